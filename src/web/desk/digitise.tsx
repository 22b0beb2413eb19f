import { useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import styles from './digitise.css?url'
import {
  type DigitiseLine,
  digitisePage,
  openDigitising,
  postDigitising,
  type Told,
  type WaitingPaper,
} from './digitise-source'
import { PaperUpload } from './paper-upload'
import { SigningPin } from './signing-pin'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

export async function loader(args: LoaderFunctionArgs) {
  return digitisePage(await openDigitising(args))
}

export async function action(args: ActionFunctionArgs) {
  const open = await openDigitising(args)
  const told = await postDigitising(open, await open.page.posted(args.request))
  if (told.waitsAt) return redirect(told.waitsAt)
  return data(told, { status: told.problems.length > 0 ? 422 : 200 })
}

/** The papers of a dossier at the counter: what is to be digitised, what is there, what waits for a signature. */
export default function Digitise({ actionData }: { actionData?: Told }) {
  const t = useT()
  const { code, title, lines, left, signing } = useLoaderData<typeof loader>()
  const waits = lines.some(({ waiting, mayScan, captured }) => mayScan && !captured && waiting.length > 0)
  // Reading takes seconds: what it proposes comes by itself, into the fields that nobody has written in.
  useWatch(lines.some(({ waiting }) => waiting.some(({ beingRead }) => beingRead)))
  const status = left > 0 ? t('digitise.left', { count: left }) : t('digitise.nothingLeft')
  const keys = [
    { keys: ['Q'], does: t('digitise.back') },
    { keys: ['G'], does: t('digitise.sign') },
  ]
  return (
    <DeskPage keys={keys} status={status}>
      <Title>{t('digitise.title')}</Title>
      <main id="noi-dung" className="pane pane--page digitise">
        <div className="pane__head">
          <p className="tiny">
            <a href={`/can-bo/ho-so/${code}`} data-hotkey="Q">
              {t('digitise.back')} {code}
            </a>
          </p>
          <h1 className="desk__title">
            {t('digitise.title')} <small className="pane__lead">{title}</small>
          </h1>
          <p className="small soft">{t('digitise.lead')}</p>
          <Telling told={actionData} />
        </div>
        <form method="post" encType="multipart/form-data">
          {lines.map((line) => (
            <Line key={line.key} line={line} values={actionData?.values ?? {}} />
          ))}
          <div className="digitise__sign">
            {waits && signing && <SigningPin signing={signing} />}
            {waits && signing && (
              <Button name="intent" value="sign" icon="circle-check" hotkey="G">
                {t('digitise.sign')}
              </Button>
            )}
            {waits && !signing && <Notice tone="warn" title={t('digitise.nobody-signs')} />}
            {!waits && <p className="soft">{t('digitise.none')}</p>}
          </div>
        </form>
      </main>
    </DeskPage>
  )
}

function Telling({ told }: { told?: Told | undefined }) {
  if (!told) return null
  return (
    <>
      {told.done && <Notice tone="ok" role="status" title={told.done} />}
      {told.problems.map((text) => (
        <Notice key={text} tone="bad" role="alert" title={text} />
      ))}
    </>
  )
}

function Line({ line, values }: { line: DigitiseLine; values: Told['values'] }) {
  const t = useT()
  const id = `tp-${line.key}`
  return (
    <section className="digitise__line" aria-labelledby={id} data-missing={line.missing || undefined}>
      <h2 id={id}>{line.name}</h2>
      <p className="small soft">
        <b className={`digitise__rule digitise__rule--${line.rule}`}>{line.ruleText}</b> {line.why}
      </p>
      {line.taken && <State text={t('digitise.taken')} />}
      {line.inVault.map((name) => (
        <State key={name} text={t('digitise.inVault')}>
          {t('digitise.inVaultHow', { name })}
        </State>
      ))}
      {line.done.map((copy) => (
        <State key={copy.key} text={`${t('digitise.done')}: ${copy.name}`}>
          {copy.text} · {t(copy.kept ? 'digitise.kept' : 'digitise.notKept')}{' '}
          <LinkAction href={copy.href} icon="file-text" small>
            {t('digitise.see')}
          </LinkAction>
        </State>
      ))}
      {line.captured && <State text={t('digitise.captured')} />}
      {line.captured && line.waiting.map((paper) => <Captured key={paper.key} paper={paper} />)}
      {line.mayScan &&
        !line.captured &&
        line.waiting.map((paper) => <Waiting key={paper.key} paper={paper} values={values} />)}
      {line.mayScan && (
        <div className="counter__paper digitise__scan">
          <label htmlFor={`quet-${line.key}`}>
            {t('digitise.scan')} <span className="vh">{line.name}</span>
          </label>
          <PaperUpload id={`quet-${line.key}`} component={line.key} />
          <Button kind="second" size="small" name="intent" value="add">
            {t('digitise.add')}
            <span className="vh"> {line.name}</span>
          </Button>
        </div>
      )}
    </section>
  )
}

function State({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <p className="digitise__state" role="status">
      <Icon name="circle-check" /> <b>{text}</b> {children}
    </p>
  )
}

/** What was captured of an original: to be looked at, and taken back. */
function Captured({ paper: { key, files } }: { paper: WaitingPaper }) {
  const t = useT()
  return (
    <div className="digitise__files">
      <Files files={files} />
      <Button kind="quiet" size="small" name="intent" value={`drop:${key}`}>
        {t('digitise.drop')}
      </Button>
    </div>
  )
}

function Files({ files }: Pick<WaitingPaper, 'files'>) {
  return files.map(({ name, href, shown }) => (
    <div key={href} className="digitise__file">
      {shown === 'pdf' && <iframe src={href} title={name} loading="lazy" />}
      <a href={href} target="_blank" rel="noopener">
        {shown === 'picture' && <img src={href} alt={name} loading="lazy" />}
        {shown === null && <Icon name="file-text" />}
        <span>{name}</span>
      </a>
    </div>
  ))
}

/** A scan beside what is read on it. */
function Waiting({ paper, values }: { paper: WaitingPaper; values: Told['values'] }) {
  const t = useT()
  const { key, files, kinds, beingRead } = paper
  const [kind, setKind] = useState(values[`kind:${key}`] ?? kinds[0]!.value)
  const { fields } = kinds.find(({ value }) => value === kind) ?? kinds[0]!
  return (
    <fieldset className="digitise__waiting">
      <legend className="vh">{files.map(({ name }) => name).join(', ')}</legend>
      <div className="digitise__files">
        <Files files={files} />
      </div>
      <div className="digitise__data">
        {beingRead && (
          <p className="small" role="status">
            {t('digitise.reading')}
          </p>
        )}
        <label className="pick">
          <span>{t('digitise.kind')}</span>
          <select
            className="input"
            name={`kind:${key}`}
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          >
            {kinds.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {fields.map((field) => (
          <label key={field.key} className="pick">
            <span>
              {field.label}
              {field.required && ' *'}
            </span>
            <input
              className="input"
              name={`${field.key}:${key}`}
              type={field.type === 'date' ? 'date' : 'text'}
              inputMode={field.type === 'personal-id' ? 'numeric' : undefined}
              maxLength={200}
              defaultValue={values[`${field.key}:${key}`] ?? field.proposal}
            />
          </label>
        ))}
        <label className="choice choice--small">
          <input type="checkbox" name={`compared:${key}`} defaultChecked={`compared:${key}` in values} />
          <span>{t('digitise.compared')}</span>
        </label>
        <label className="choice choice--small">
          <input type="checkbox" name="chosen" value={key} defaultChecked />
          <span>{t('digitise.choose')}</span>
        </label>
        <Button kind="quiet" size="small" name="intent" value={`drop:${key}`}>
          {t('digitise.drop')}
        </Button>
      </div>
    </fieldset>
  )
}
