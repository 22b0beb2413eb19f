import { buffer } from 'node:stream/consumers'
import { isRefusal } from 'motcua/kernel/errors'
import { findByVerifyCode, type IssuedDocument, openDocument, successorsOf } from 'motcua/modules/documents'
import { verifyPdf } from 'motcua/modules/signatures'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from 'react-router'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { retryAfterHeaders } from './lookup-limits'
import { type VerifyView, verifyView } from './verify.view'
import { VerifyCard } from './verify-card'
import { FileForm, FileFound, SignatureList } from './verify-file'
import { VerifyForm } from './verify-form-page'
import { mostMegabytes } from './verify-limits'
import { type SignatureLine, signatureLines } from './verify-signatures.view'
import { type Checked, checkPosted } from './verify-upload'

interface Loaded {
  code: string
  paper: VerifyView | null
  signatures: SignatureLine[]
}

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const code = args.params.code ?? ''
  const document = await findByVerifyCode(page.app.db.pool, code)
  if (document === undefined) return data<Loaded>({ code, paper: null, signatures: [] }, { status: 404 })
  const successors = await successorsOf(page.app.db.pool, document)
  const signatures = await signaturesOn(page, document)
  return data<Loaded>({ code, paper: verifyView(document, successors, page.locale), signatures })
}

/** The signatures on a paper as they are found now; none when the store cannot give the paper. */
async function signaturesOn({ app, now, locale }: PageContext, document: IssuedDocument) {
  if (document.signatures.length === 0) return []
  const opened = await openDocument(app.files, document, app.db.pool)
  if (isRefusal(opened)) return []
  const { trusted, revocation } = app.signatures
  const report = await verifyPdf({ trusted, revocation }, await buffer(opened.stream), { at: now })
  return signatureLines(report, document.signatures, locale)
}

/** Compares a file with the issued paper, and says what else it is; the file is not kept. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const document = await findByVerifyCode(page.app.db.pool, args.params.code ?? '')
  return checkPosted(args.request, page, document)
}

export const headers = retryAfterHeaders

export default function VerifyPage({
  loaderData: { code, paper, signatures },
  actionData,
}: {
  loaderData: Loaded
  actionData?: Checked
}) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.verify.title'), href: '/xac-minh' }, { label: code }]}>
      <Title>{t('tracking.verify.title')}</Title>
      <h1>{t('tracking.verify.title')}</h1>
      <p className="soft mt-2">
        {t('tracking.verify.code')} <b className="code">{code}</b>
      </p>
      <div className="mt-5 max-w-3xl stack-l">
        <FileFound checked={actionData} withPaper={paper === null} />
        {paper ? (
          <>
            <VerifyCard paper={paper} />
            <SignatureList id="chu-ky" lines={signatures} title={t('tracking.verify.signatures')} />
          </>
        ) : (
          <>
            <Notice tone="bad" title={t('tracking.verify.unknown')}>
              {t('tracking.verify.unknownText')}
            </Notice>
            <VerifyForm code={code} />
          </>
        )}
        <FileForm
          checked={actionData}
          most={mostMegabytes}
          action={`/xac-minh/${encodeURIComponent(code)}`}
        />
      </div>
    </Main>
  )
}
