import { type Locale, messages } from 'motcua/kernel/i18n'
import { isStorableText } from 'motcua/kernel/text'
import { isGuessable } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../../ui/button'
import { ErrorSummary, errorAt, type Problem } from '../../ui/error-summary'
import { TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { findPublicStatus } from './look-up'
import { retryAfterHeaders, tooMany, waitBeforeTry } from './lookup-limits'
import { PublicStatusCard } from './public-status'
import type { PublicStatusView } from './public-status.view'

interface Typed {
  code: string
  secret: string
}

type Answer =
  | { kind: 'found'; status: PublicStatusView }
  | { kind: 'problems'; typed: Typed; problems: Problem[] }
  | { kind: 'wait'; typed: Typed; seconds: number }

/** A code in the address (of a message, of a link) is put into the form; the proof is always typed. */
export function loader(args: LoaderFunctionArgs): Typed {
  return { code: args.url.searchParams.get('code') ?? '', secret: '' }
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const typed = read(await args.request.formData())
  const missing = missingIn(typed, page.locale)
  if (missing.length > 0) return data<Answer>({ kind: 'problems', typed, problems: missing }, { status: 422 })
  const guessed = isGuessable(typed.secret) && { code: typed.code }
  const seconds = waitBeforeTry({ address: page.address, ...guessed }, page.now)
  if (seconds !== null) return data<Answer>({ kind: 'wait', typed, seconds }, tooMany(seconds))
  const status = await findPublicStatus(page, typed.code, typed.secret)
  if (status !== undefined) return data<Answer>({ kind: 'found', status })
  const text = messages(page.locale)('tracking.lookup.failed')
  return data<Answer>({ kind: 'problems', typed, problems: [{ href: '#ma', text }] }, { status: 404 })
}

// Spaces come along when a code is copied from a message.
function read(form: FormData): Typed {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .replaceAll(/\s/g, '')
      .slice(0, 60)
  return { code: text('code'), secret: text('secret') }
}

function missingIn({ code, secret }: Typed, locale: Locale): Problem[] {
  const t = messages(locale)
  return [
    ...(code === '' || !isStorableText(code)
      ? [{ href: '#ma', text: t('tracking.lookup.codeMissing') }]
      : []),
    ...(secret === '' || !isStorableText(secret)
      ? [{ href: '#bm', text: t('tracking.lookup.secretMissing') }]
      : []),
  ]
}

export const headers = retryAfterHeaders

export default function LookUpPage({ loaderData, actionData }: { loaderData: Typed; actionData?: Answer }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.lookup.title') }]}>
      <Title>{t('tracking.lookup.title')}</Title>
      {actionData?.kind === 'problems' && <ErrorSummary problems={actionData.problems} />}
      <h1>{t('tracking.lookup.title')}</h1>
      {actionData?.kind === 'found' ? (
        <div className="mt-5 max-w-3xl">
          <PublicStatusCard status={actionData.status} />
        </div>
      ) : (
        <LookUpForm typed={actionData?.typed ?? loaderData} answer={actionData} />
      )}
    </Main>
  )
}

function LookUpForm({ typed, answer }: { typed: Typed; answer?: Answer }) {
  const t = useT()
  const problems = answer?.kind === 'problems' ? answer.problems : []
  return (
    <>
      <p className="lead mt-3">{t('tracking.lookup.lead')}</p>
      {answer?.kind === 'wait' && (
        <div className="mt-5 max-w-xl">
          <Notice
            tone="warn"
            role="alert"
            title={t('tracking.lookup.tooMany', {
              time: t('tracking.lookup.minutes', { minutes: Math.max(1, Math.ceil(answer.seconds / 60)) }),
            })}
          >
            {t('tracking.lookup.tooManyText')}
          </Notice>
        </div>
      )}
      <form method="post" className="mt-5 max-w-xl">
        <TextField
          id="ma"
          name="code"
          label={t('tracking.lookup.code')}
          hint={t('tracking.lookup.codeHint')}
          error={errorAt(problems, 'ma')}
          defaultValue={typed.code}
          code
          autoComplete="off"
          maxLength={60}
        />
        <TextField
          id="bm"
          name="secret"
          label={t('tracking.lookup.secret')}
          hint={t('tracking.lookup.secretHint')}
          error={errorAt(problems, 'bm')}
          defaultValue={typed.secret}
          code
          width="mid"
          autoComplete="off"
          maxLength={20}
        />
        <div className="mt-5">
          <Button>{t('tracking.lookup.go')}</Button>
        </div>
      </form>
      <p className="small soft mt-6 max-w-xl">{t('tracking.lookup.qr')}</p>
    </>
  )
}
