import { type LoaderFunctionArgs, redirect } from 'react-router'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'

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

export default function VerifyFormPage({ loaderData: { missing } }: { loaderData: Loaded }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.verify.title') }]}>
      <Title>{t('tracking.verify.title')}</Title>
      {missing && <ErrorSummary problems={[{ href: '#ma', text: t('tracking.verify.missing') }]} />}
      <h1>{t('tracking.verify.title')}</h1>
      <p className="lead mt-3">{t('tracking.verify.lead')}</p>
      <VerifyForm missing={missing} />
      <p className="small soft mt-5">{t('tracking.verify.privacy')}</p>
    </Main>
  )
}

/** The code as printed under the QR. */
export function VerifyForm({ code, missing = false }: { code?: string; missing?: boolean }) {
  const t = useT()
  return (
    <form method="get" action="/xac-minh" className="mt-5 max-w-xl">
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
