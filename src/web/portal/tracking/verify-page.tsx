import { createHash } from 'node:crypto'
import { findByVerifyCode, findDocumentById, type IssuedDocument } from 'motcua/modules/documents'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../../ui/button'
import { Field } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { type VerifyView, verifyView } from './verify.view'
import { VerifyCard } from './verify-card'
import { VerifyForm } from './verify-form-page'

interface Loaded {
  code: string
  paper: VerifyView | null
}
type Compared = 'same' | 'different' | 'missing'

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const code = args.params.code ?? ''
  const document = await findByVerifyCode(page.app.db.pool, code)
  if (document === undefined) return data<Loaded>({ code, paper: null }, { status: 404 })
  return data<Loaded>({ code, paper: verifyView(document, await successor(page, document), page.locale) })
}

async function successor({ app }: PageContext, { replacedBy }: IssuedDocument) {
  return replacedBy === null ? undefined : findDocumentById(app.db.pool, replacedBy)
}

/** What a form adds around its file. */
const formOverheadBytes = 4096

/** Compares the fingerprint of a file with that of the issued paper; the file is not kept. */
export async function action(args: ActionFunctionArgs): Promise<{ compared: Compared }> {
  const page = pageContext(args)
  const document = await findByVerifyCode(page.app.db.pool, args.params.code ?? '')
  if (document === undefined) throw data(null, { status: 404 })
  // A body that is longer than the paper cannot be it, and need not be read.
  const length = Number(args.request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (length > document.size + formOverheadBytes) return { compared: 'different' }
  const file = (await args.request.formData()).get('file')
  if (!(file instanceof File) || file.size === 0) return { compared: 'missing' }
  const sha256 = createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex')
  return { compared: sha256 === document.sha256 ? 'same' : 'different' }
}

export default function VerifyPage({
  loaderData: { code, paper },
  actionData,
}: {
  loaderData: Loaded
  actionData?: { compared: Compared }
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
        {actionData && <Comparison compared={actionData.compared} />}
        {paper ? (
          <>
            <VerifyCard paper={paper} />
            <CompareForm missing={actionData?.compared === 'missing'} />
          </>
        ) : (
          <>
            <Notice tone="bad" title={t('tracking.verify.unknown')}>
              {t('tracking.verify.unknownText')}
            </Notice>
            <VerifyForm code={code} />
          </>
        )}
      </div>
    </Main>
  )
}

function Comparison({ compared }: { compared: Compared }) {
  const t = useT()
  if (compared === 'missing') return null
  return compared === 'same' ? (
    <Notice tone="ok" role="status" title={t('tracking.verify.same')} />
  ) : (
    <Notice tone="bad" role="alert" title={t('tracking.verify.different')}>
      {t('tracking.verify.differentText')}
    </Notice>
  )
}

function CompareForm({ missing }: { missing: boolean }) {
  const t = useT()
  const hint = t('tracking.verify.fileHint')
  return (
    <form method="post" encType="multipart/form-data">
      <Field
        id="tep"
        label={t('tracking.verify.file')}
        hint={hint}
        error={missing ? t('tracking.verify.fileMissing') : undefined}
      >
        <input
          className="input"
          type="file"
          id="tep"
          name="file"
          accept="application/pdf"
          aria-describedby="tep-h"
        />
      </Field>
      <div className="mt-4">
        <Button kind="second">{t('tracking.verify.checkFile')}</Button>
      </div>
    </form>
  )
}
