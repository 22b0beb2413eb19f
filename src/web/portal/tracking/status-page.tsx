import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { cleanText } from 'motcua/kernel/text'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { LinkAction } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { Main, signInPath } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Timeline } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { refusalText } from '../filing/refusal-texts'
import { postedForm } from '../filing/uploads'
import { personOnly } from '../person-only'
import { Branches } from './branches'
import { groupFacts, wholeOf } from './branches-source'
import { confirmationAsked } from './confirmation'
import { findPublicStatus } from './look-up'
import { retryAfterHeaders, tooMany, waitBeforeTry } from './lookup-limits'
import { PublicStatusCard } from './public-status'
import type { PublicStatusView } from './public-status.view'
import { type ReaderLine, readerLines } from './readers-source'
import { readingLines } from './readings-source'
import { type StatusView, statusView } from './status.view'
import { Ask, NewsOf, Now, Obligation, PersonLines, Readers, Sent } from './status-parts'
import { Side } from './status-side'
import { statusFacts } from './status-source'
import { Thread } from './thread'
import { TooManyTries } from './too-many-tries'

/** What the applicant did on the page before this one. */
type JustDone = 'supplemented' | 'withdrawn' | 'sent' | 'named' | 'saved'

type Loaded =
  | {
      kind: 'mine'
      status: StatusView
      justDone: JustDone | null
      readings: string[]
      readers: ReaderLine[] | null
    }
  | { kind: 'public'; status: PublicStatusView }
  | { kind: 'wait'; seconds: number }

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const code = args.params.code ?? ''
  const secret = args.url.searchParams.get('m')
  const view = await page.app.dossiers.view(page.actor, code)
  if (!isRefusal(view)) {
    // Whoever is asked for a yes reads what it is about before anything else.
    if (confirmationAsked(view)) throw redirect(`/ho-so/${view.dossier.code}/xac-nhan`)
    const facts = await statusFacts(page.app, view, page.now, page.locale)
    const [group, whole, readings, readers] = await Promise.all([
      groupFacts(page.app, page.actor, facts, page.locale),
      wholeOf(page.app, view, page.locale),
      readingLines(page.app, view.dossier.id, page.locale),
      readerLines(page.app, view, page.locale),
    ])
    return data<Loaded>({
      kind: 'mine',
      status: statusView({ ...facts, group, whole }, page.locale),
      justDone: justDone(args.url, view.dossier.state),
      readings,
      readers,
    })
  }
  if (secret !== null) return withSecret(args, code, secret)
  // Signed out, every code asks for sign-in, known or not; signed in, somebody else's dossier does not exist.
  if (page.actor.kind === 'anonymous') throw redirect(signInPath(args.url.pathname))
  throw data(null, { status: 404 })
}

// An address can be kept or passed on: the notice stands only while it is still true.
function justDone({ searchParams }: URL, state: string): JustDone | null {
  if (searchParams.has('da-rut') && state === 'withdrawn') return 'withdrawn'
  if (searchParams.has('da-nhan')) return 'sent'
  if (searchParams.has('da-nho')) return 'named'
  if (searchParams.has('da-xac-nhan')) return 'saved'
  return searchParams.has('da-bo-sung') && state !== 'awaiting-supplement' ? 'supplemented' : null
}

async function withSecret(args: LoaderFunctionArgs, code: string, secret: string) {
  const page = pageContext(args)
  const seconds = waitBeforeTry({ address: page.address }, page.now)
  if (seconds !== null) return data<Loaded>({ kind: 'wait', seconds }, tooMany(seconds))
  // Four digits are for the form, which counts tries of each code.
  const status = secret.length >= 8 ? await findPublicStatus(page, code, secret) : undefined
  if (status === undefined) throw data(null, { status: 404 })
  return data<Loaded>({ kind: 'public', status })
}

const Words = cleanText.pipe(z.string().trim().min(1).max(4000))

/** What came back: the words as typed, and what to mend. */
interface NotSent {
  typed: string
  problems: Problem[]
}

/** A message to the office. */
export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const person = personOnly(args)
  const form = await postedForm(args.request)
  const typed = String(form.get('text') ?? '')
  const words = Words.safeParse(typed)
  const again = (text: string, status: number) =>
    data<NotSent>({ typed, problems: [{ href: '#loi-nhan', text }] }, { status })
  const t = messages(locale)
  if (!words.success)
    return again(t(typed.trim() === '' ? 'status.thread.missing' : 'status.thread.tooLong'), 422)
  const code = args.params.code ?? ''
  const done = await app.dossiers.act(person, code, { command: 'message', text: words.data }, { now })
  if (isRefusal(done)) return again(refusalText(done, locale), httpStatus[done.kind])
  return redirect(`/ho-so/${code}?da-nhan=1#nhan`, 303)
}

export const headers = retryAfterHeaders

export default function StatusPage({ loaderData, actionData }: { loaderData: Loaded; actionData?: NotSent }) {
  const t = useT()
  if (loaderData.kind === 'wait') return <TooManyTries seconds={loaderData.seconds} />
  if (loaderData.kind === 'public')
    return (
      <Main
        crumbs={[{ label: t('tracking.lookup.title'), href: '/tra-cuu' }, { label: loaderData.status.code }]}
      >
        <Title>{loaderData.status.code}</Title>
        <h1>{t('tracking.lookup.title')}</h1>
        <div className="mt-5 max-w-3xl">
          <PublicStatusCard status={loaderData.status} />
        </div>
      </Main>
    )
  const { status, justDone: done, readings, readers } = loaderData
  return <Status {...{ status, readings, readers }} justDone={done} notSent={actionData} />
}

function Status({
  status,
  justDone,
  readings,
  readers,
  notSent,
}: {
  status: StatusView
  justDone: JustDone | null
  readings: readonly string[]
  readers: readonly ReaderLine[] | null
  notSent: NotSent | undefined
}) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }, { label: status.title }]}>
      <Title>{status.title}</Title>
      <ErrorSummary problems={notSent?.problems ?? []} />
      {status.deskHref && (
        <p className="mb-4 small">
          {t('tracking.officerView')} <a href={status.deskHref}>{t('tracking.officerDesk')}</a>
        </p>
      )}
      <h1>{status.title}</h1>
      <p className="soft mt-2">
        {t('tracking.codeLine')} <b className="code">{status.code}</b> ·{' '}
        <span className="num">{status.filed}</span>
      </p>
      <div className="two mt-5">
        <div>
          <div className="stack">
            {justDone && <JustDoneNotice done={justDone} />}
            {status.partOf && (
              <Notice icon="info" title={status.partOf.title}>
                <LinkAction href={status.partOf.href}>{status.partOf.label}</LinkAction>
              </Notice>
            )}
            {status.thread?.myTurn && (
              <Notice tone="warn" icon="message-square" title={t('status.thread.yourTurnTitle')}>
                <LinkAction href="#nhan">{t('status.thread.goAnswer')}</LinkAction>
              </Notice>
            )}
            <NewsOf news={status.news} />
            <Present status={status} />
          </div>
          {status.branches && <Branches branches={status.branches} />}
          <PersonLines id="nguoi-nhan" title={t('status.delivery.title')} lines={status.recipients} />
          <PersonLines id="nguoi-cung" title={t('status.party.title')} lines={status.parties} />
          <section className="section" aria-labelledby="duong-di">
            <h2 id="duong-di" className="mb-5">
              {t('tracking.way')}
            </h2>
            <Timeline steps={status.steps.map(toTimelineStep)} />
          </section>
          {status.thread && <Thread thread={status.thread} notSent={notSent} />}
          <Sent status={status} />
          {readers && <Readers readers={readers} />}
        </div>
        <Side status={status} readings={readings} readers={readers !== null} />
      </div>
    </Main>
  )
}

const doneTexts = {
  supplemented: ['tracking.done.supplemented', 'tracking.done.supplementedText'],
  withdrawn: ['tracking.done.withdrawn', 'tracking.done.withdrawnText'],
  sent: ['status.thread.sent', 'status.thread.sentText'],
  named: ['status.party.named', 'status.party.namedText'],
  saved: ['status.party.saved', 'status.party.savedText'],
} as const satisfies Record<JustDone, unknown>

function JustDoneNotice({ done }: { done: JustDone }) {
  const t = useT()
  const [title, text] = doneTexts[done]
  return (
    <Notice tone="ok" role="status" title={t(title)}>
      {t(text)}
    </Notice>
  )
}

// What is asked of the reader stands in the door; without a request the door says who has it.
function Present({ status }: { status: StatusView }) {
  if (status.ask) return <Ask status={status} ask={status.ask} />
  if (status.obligation) return <Obligation status={status} obligation={status.obligation} />
  return <Now status={status} />
}

const toTimelineStep = ({ key, state, title, lines }: StatusView['steps'][number]) => ({
  key,
  state,
  title,
  lines: lines.map(({ text, link }) =>
    link ? (
      <>
        {text} · <a href={link.href}>{link.label}</a>
      </>
    ) : (
      text
    ),
  ),
})
