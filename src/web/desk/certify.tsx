import { useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import styles from './certify.css?url'
import {
  type CertifyView,
  certifyView,
  type OriginalView,
  openCertifying,
  postCertifying,
  type Told,
} from './certify-source'
import { DeskPage } from './desk-page'
import { PaperUpload } from './paper-upload'
import { SigningPin } from './signing-pin'

export const links = () => [{ rel: 'stylesheet', href: styles }]

export async function loader(args: LoaderFunctionArgs) {
  const signed = Number(new URL(args.request.url).searchParams.get('da-ky') ?? 0)
  return { ...(await certifyView(await openCertifying(args))), signed: Math.max(signed, 0) }
}

export async function action(args: ActionFunctionArgs) {
  const open = await openCertifying(args)
  const { problems, values, count } = await postCertifying(open, await open.page.posted(args.request))
  if (problems.length > 0) return data({ problems, values }, { status: 422 })
  return redirect(
    `/can-bo/ho-so/${open.view.dossier.code}/chung-thuc${count > 0 ? `?da-ky=${count}` : ''}`,
    303,
  )
}

/** Originals that were brought to be certified: captured by reception, looked at and signed by who decides. */
export default function Certify({ actionData }: { actionData?: Told }) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  const { code, who, originals, mayCapture, mayCertify, mayAdd, fee, signing, signed, allDone } = view
  const values = actionData?.values ?? {}
  const toSign = mayCertify && originals.some(({ state }) => state === 'captured')
  const keys = [
    { keys: ['Q'], does: t('digitise.back') },
    ...(toSign ? [{ keys: ['G'], does: t('certify.sign') }] : []),
  ]
  return (
    <DeskPage keys={keys} status={`${t('certify.feeAll')}: ${fee.amount}`}>
      <Title>{t('certify.title')}</Title>
      <main id="noi-dung" className="pane pane--page certify">
        <div className="pane__head">
          <p className="tiny">
            <a href={`/can-bo/ho-so/${code}`} data-hotkey="Q">
              {t('digitise.back')} {code}
            </a>
          </p>
          <h1 className="desk__title">
            {t('certify.title')} <small className="pane__lead">{who}</small>
          </h1>
          <p className="small soft">{t('certify.lead')}</p>
          {actionData?.problems.map((text) => (
            <Notice key={text} tone="bad" role="alert" title={text} />
          ))}
          {signed > 0 && <Notice tone="ok" role="status" title={t('certify.signed', { count: signed })} />}
          {allDone && mayCertify && (
            <Notice icon="info" title={t('certify.approveNext')}>
              <LinkAction href={`/can-bo/ho-so/${code}`} icon="arrow-right">
                {t('certify.openDossier')}
              </LinkAction>
            </Notice>
          )}
        </div>
        <form method="post" encType="multipart/form-data">
          {originals.map((each) => (
            <Original key={each.place} original={each} {...{ mayCapture, mayCertify, values }} />
          ))}
          {mayAdd && <Another place={originals.length} />}
          <Fee fee={fee} />
          {toSign && (
            <div className="certify__sign">
              {signing ? (
                <SigningPin signing={signing} />
              ) : (
                <Notice tone="warn" title={t('certify.nobody-signs')} />
              )}
              <Button name="intent" value="sign" icon="circle-check" hotkey="G">
                {t('certify.sign')}
              </Button>
            </div>
          )}
        </form>
      </main>
    </DeskPage>
  )
}

interface OriginalProps {
  original: OriginalView
  mayCapture: boolean
  mayCertify: boolean
  values: Told['values']
}

const tones = { waiting: 'waiting', captured: 'info', certified: 'ok' } as const

function Original({ original, mayCapture, mayCertify, values }: OriginalProps) {
  const t = useT()
  const { place, title, state, pages, counted, fee, done } = original
  const id = `ban-chinh-${place}`
  return (
    <section className="certify__original" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <StateTag state={tones[state]}>{t(`certify.state.${state}`)}</StateTag>
        <p className="small soft">
          {counted} · <b>{fee}</b>
        </p>
      </header>
      {pages.length > 0 && <Pages original={original} editable={mayCapture && state !== 'certified'} />}
      {done && <Done done={done} />}
      {state === 'waiting' && !mayCapture && <p className="soft">{t('certify.notCaptured')}</p>}
      {mayCapture && state !== 'certified' && <Capture original={original} />}
      {mayCertify && state === 'captured' && <Statement original={original} values={values} />}
      {mayCapture && !mayCertify && state === 'captured' && (
        <p className="small soft">{t('certify.waitsForSigner')}</p>
      )}
    </section>
  )
}

/** The pages as they will stand in the copy, in their order. */
function Pages({
  original: { place, title, pages },
  editable,
}: {
  original: OriginalView
  editable: boolean
}) {
  const t = useT()
  const act = (name: 'turn' | 'up' | 'drop', i: number) => (
    <button
      type="submit"
      className="certify__act"
      name="intent"
      value={`${name}:${place}:${i}`}
      aria-label={t(`certify.${name}Page`, { no: i + 1 })}
    >
      <Icon name={name === 'turn' ? 'rotate-cw' : name === 'up' ? 'arrow-left' : 'x'} />
      {t(`certify.${name}`)}
    </button>
  )
  return (
    <ol className="certify__pages">
      {pages.map(({ src, width, height }, i) => (
        <li key={src} data-wide={width > height || undefined}>
          <a href={src} target="_blank" rel="noopener">
            <img
              src={src}
              width={width}
              height={height}
              alt={t('certify.pageAlt', { no: i + 1, name: title })}
              loading="lazy"
            />
          </a>
          <p className="certify__page">
            <span className="small">{t('certify.pageNo', { no: i + 1 })}</span>
            {editable && act('turn', i)}
            {editable && i > 0 && act('up', i)}
            {editable && act('drop', i)}
          </p>
        </li>
      ))}
    </ol>
  )
}

function Done({ done }: { done: NonNullable<OriginalView['done']> }) {
  const t = useT()
  return (
    <p className="certify__done">
      <Icon name="circle-check" /> <b>{done.text}</b> · {t(done.kept ? 'certify.kept' : 'certify.notKept')}{' '}
      <LinkAction href={done.href} icon="file-text" small>
        {t('certify.see')}
      </LinkAction>{' '}
      {done.verify && (
        <LinkAction href={done.verify} icon="file-check" small>
          {t('certify.verify')}
        </LinkAction>
      )}
    </p>
  )
}

function Capture({ original: { place, title, pages } }: { original: OriginalView }) {
  const t = useT()
  const id = `chup-${place}`
  return (
    <div className="certify__capture counter__paper">
      <label htmlFor={id}>
        {t('certify.capture')} <span className="vh">{title}</span>
      </label>
      <PaperUpload id={id} component={`original-${place}`} />
      <p className="small soft">{t('certify.captureHint')}</p>
      <div className="btn-row">
        <Button kind="second" size="small" name="intent" value="add">
          {t('certify.addPages')}
          <span className="vh"> {title}</span>
        </Button>
        {pages.length > 0 && (
          <Button kind="quiet" size="small" name="intent" value={`drop-all:${place}`}>
            {t('certify.dropAll')}
            <span className="vh"> {title}</span>
          </Button>
        )}
      </div>
    </div>
  )
}

/** What will be signed: the statement, the name of the paper in it, and that it was compared. */
function Statement({ original, values }: Pick<OriginalProps, 'original' | 'values'>) {
  const t = useT()
  const { place, title, pages, preview } = original
  const [name, setName] = useState(values[`name:${place}`] ?? original.name)
  return (
    <fieldset className="certify__statement">
      <legend>{t('certify.statement')}</legend>
      <p>{t('certify.statementText', { pages: pages.length })}</p>
      <label className="pick">
        <span>{t('certify.name')}</span>
        <input
          className="input"
          name={`name:${place}`}
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          aria-describedby={`goi-y-${place}`}
        />
        <small id={`goi-y-${place}`} className="soft">
          {t('certify.nameHint')}
        </small>
      </label>
      <p>
        <a
          className="link-action"
          href={`${preview}?${new URLSearchParams({ ten: name })}`}
          target="_blank"
          rel="noopener"
        >
          <Icon name="eye" />
          {t('certify.preview')}
          <span className="vh"> {title}</span>
        </a>
      </p>
      <label className="choice choice--small">
        <input
          type="checkbox"
          name={`compared:${place}`}
          value="1"
          defaultChecked={`compared:${place}` in values}
        />
        <span>{t('certify.compared')}</span>
      </label>
      <label className="choice choice--small">
        <input type="checkbox" name="chosen" value={place} defaultChecked />
        <span>
          {t('certify.choose')} <span className="vh">{title}</span>
        </span>
      </label>
    </fieldset>
  )
}

/** One more paper than the request named. */
function Another({ place }: { place: number }) {
  const t = useT()
  return (
    <details className="certify__another">
      <summary>{t('certify.another')}</summary>
      <label className="pick">
        <span>{t('certify.anotherName')}</span>
        <input className="input" name={`name:${place}`} maxLength={200} />
      </label>
      <div className="certify__capture counter__paper">
        <label htmlFor={`chup-${place}`}>
          {t('certify.capture')} <span className="vh">{t('certify.another')}</span>
        </label>
        <PaperUpload id={`chup-${place}`} component={`original-${place}`} />
        <Button kind="second" size="small" name="intent" value="add">
          {t('certify.addPages')}
          <span className="vh"> {t('certify.another')}</span>
        </Button>
      </div>
    </details>
  )
}

function Fee({ fee }: { fee: CertifyView['fee'] }) {
  const t = useT()
  return (
    <div className="certify__fee">
      <p>
        {t('certify.feeAll')}: <b>{fee.amount}</b>
      </p>
      {fee.changed ? (
        <Notice tone="warn" title={fee.text}>
          {t('certify.feeBasis')}
          {fee.mayCorrect && (
            <p>
              <Button kind="second" size="small" name="intent" value="fee">
                {t('certify.feeCarry', { fee: fee.amount })}
              </Button>
            </p>
          )}
        </Notice>
      ) : (
        <p className="small soft">
          {fee.text} {t('certify.feeBasis')}
        </p>
      )}
    </div>
  )
}
