import { isRefusal } from 'motcua/kernel/errors'
import {
  certificationNumber,
  certificationsOf,
  certificationVolume,
  certifyCopy,
} from 'motcua/modules/dossiers'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { capturedFiles, openCertifying } from './certify-source'
import { DeskPage } from './desk-page'
import styles from './digitise.css?url'
import { SigningPin } from './signing-pin'
import { authorisationIn, signingOf } from './signing-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, view } = await openCertifying(args)
  const { code } = view.dossier
  const [files, done, signing] = await Promise.all([
    capturedFiles(page, view),
    certificationsOf(page.app.db.pool, view.dossier.id),
    signingOf(page, officer),
  ])
  const [original] = (view.answers.originals as { paperType?: string }[] | undefined) ?? []
  return {
    ...{ code, files, signing, title: view.party.name, name: original?.paperType ?? '' },
    mayCertify: view.actions.some(({ command }) => command === 'approve'),
    done: done.map((line) => ({
      key: line.id,
      number: certificationNumber(line),
      volume: certificationVolume(line),
      name: line.paperName,
      href: `/tep/${line.fileId}?ho-so=${code}&pdf=1`,
      kept: line.vaultItemId !== null,
    })),
  }
}

export async function action(args: ActionFunctionArgs) {
  const { page, officer, view } = await openCertifying(args)
  const form = await args.request.formData()
  const paperName = String(form.get('paperName') ?? '')
    .normalize('NFC')
    .trim()
  const wanted = { paperName: paperName || '…', compared: form.has('compared') }
  const { authorisation = {} } = authorisationIn(form)
  const door = { ...page.app.papers, signatures: page.app.signatures }
  const line = await certifyCopy(door, officer, view, { wanted, authorisation })
  if (isRefusal(line)) return data({ problem: refusalText(line, page.locale), paperName }, { status: 422 })
  return redirect(`/can-bo/ho-so/${view.dossier.code}/chung-thuc`)
}

/** What was captured of an original, for who certifies that the copy is the same. */
export default function Certify({ actionData }: { actionData?: { problem: string; paperName: string } }) {
  const t = useT()
  const { code, title, name, files, done, signing, mayCertify } = useLoaderData<typeof loader>()
  return (
    <DeskPage keys={[{ keys: ['Q'], does: t('digitise.back') }]}>
      <Title>{t('certify.title')}</Title>
      <main id="noi-dung" className="pane pane--page digitise">
        <div className="pane__head">
          <p className="tiny">
            <a href={`/can-bo/ho-so/${code}`} data-hotkey="Q">
              {t('digitise.back')} {code}
            </a>
          </p>
          <h1 className="desk__title">
            {t('certify.title')} <small className="pane__lead">{title}</small>
          </h1>
          <p className="small soft">{t('certify.lead')}</p>
          {actionData && <Notice tone="bad" role="alert" title={actionData.problem} />}
          {done.map((line) => (
            <Notice
              key={line.key}
              tone="ok"
              title={t('certify.done', { number: line.number, volume: line.volume })}
            >
              {line.name} · {t(line.kept ? 'certify.kept' : 'certify.notKept')}{' '}
              <LinkAction href={line.href} icon="file-text" small>
                {t('certify.see')}
              </LinkAction>
            </Notice>
          ))}
        </div>
        <form method="post">
          <div className="digitise__files">
            {files.map(({ name: file, href }) => (
              <a key={href} href={href} target="_blank" rel="noopener">
                <img src={href} alt={file} />
                <span>{file}</span>
              </a>
            ))}
          </div>
          {files.length === 0 && <p>{t('certify.notCaptured')}</p>}
          {files.length > 0 && mayCertify && (
            <>
              <label className="pick">
                <span>{t('certify.name')}</span>
                <input
                  className="input"
                  name="paperName"
                  required
                  maxLength={200}
                  defaultValue={actionData?.paperName ?? name}
                />
              </label>
              <label className="choice choice--small">
                <input type="checkbox" name="compared" />
                <span>{t('certify.compared')}</span>
              </label>
              <div className="digitise__sign">
                <SigningPin signing={signing} />
                <Button icon="circle-check" hotkey="G">
                  {t('certify.sign')}
                </Button>
              </div>
            </>
          )}
        </form>
      </main>
    </DeskPage>
  )
}
