import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { retryAfterHeaders } from './lookup-limits'
import { FileForm, FileFound } from './verify-file'
import { mostMegabytes } from './verify-limits'
import { type Checked, checkPosted } from './verify-upload'

interface Loaded {
  missing: boolean
}

/** The form is a plain GET, so that a checked paper has an address that can be passed on. */
export function loader(args: LoaderFunctionArgs): Loaded {
  const typed = args.url.searchParams.get('ma')
  const code = typed?.toUpperCase().replaceAll(/[^0-9A-Z]/g, '') ?? ''
  if (code !== '') throw redirect(`/xac-minh/${code.slice(0, 40)}`)
  return { missing: typed !== null }
}

/** Says what a file is that somebody holds up to the page; the file is not kept. */
export const action = (args: ActionFunctionArgs) => checkPosted(args.request, pageContext(args), undefined)

export const headers = retryAfterHeaders

export default function VerifyFormPage({
  loaderData: { missing },
  actionData,
}: {
  loaderData: Loaded
  actionData?: Checked
}) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.verify.title') }]}>
      <Title>{t('tracking.verify.title')}</Title>
      {missing && <ErrorSummary problems={[{ href: '#ma', text: t('tracking.verify.missing') }]} />}
      <h1>{t('tracking.verify.title')}</h1>
      <p className="lead mt-3">{t('tracking.verify.lead')}</p>
      <div className="mt-5 max-w-3xl stack-l">
        <FileFound checked={actionData} withPaper />
        <VerifyForm missing={missing} />
        <FileForm checked={actionData} most={mostMegabytes} action="/xac-minh" />
        <p className="small soft">{t('tracking.verify.privacy')}</p>
      </div>
    </Main>
  )
}

/** The code as printed under the QR. */
export function VerifyForm({ code, missing = false }: { code?: string; missing?: boolean }) {
  const t = useT()
  return (
    <form method="get" action="/xac-minh" className="max-w-xl">
      <TextField
        id="ma"
        name="ma"
        label={t('tracking.verify.code')}
        hint={t('tracking.verify.codeHint')}
        error={missing ? t('tracking.verify.missing') : undefined}
        defaultValue={code}
        code
        autoComplete="off"
        maxLength={60}
      />
      <div className="mt-5">
        <Button>{t('tracking.verify.go')}</Button>
      </div>
    </form>
  )
}
