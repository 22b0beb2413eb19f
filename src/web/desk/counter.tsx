import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import { getVersion, listVersions, searchProcedures } from 'motcua/modules/catalogue'
import { wantsFiles } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import type { Problem } from '../ui/error-summary'
import { moneyText } from '../ui/format'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { type CounterFormView, counterFormView } from './counter.view'
import { bookingReceived, bookingToReceive } from './counter-booking'
import { CounterDone, type DoneView } from './counter-done'
import { CounterForm } from './counter-form'
import { counterPlace } from './counter-place'
import { besidesOf, type CounterFiling, checkCounter, formPagesOf, openCounter } from './counter-source'
import { counterVault, takeChosen } from './counter-vault'
import { DeskPage } from './desk-page'
import { duplicatesAtCounter } from './duplicates-source'
import { hasRole, officerOf } from './officer'
import { toPaper } from './officer-files'
import { ProcedureChoice, type ProcedureChoiceView } from './procedure-choice'

interface CounterView {
  done?: DoneView
  form?: CounterFormView
  choice?: ProcedureChoiceView
}

export async function loader(args: LoaderFunctionArgs): Promise<CounterView> {
  const page = pageContext(args)
  const officer = receptionOf(args)
  const query = new URL(args.request.url).searchParams
  const done = query.get('xong')
  if (done) return { done: await doneOf(page, officer, done, query.has('lai')) }
  const code = query.get('tt')
  const hen = query.get('hen')
  const booking =
    code && hen ? await bookingToReceive(page, officer, { code: hen, procedureCode: code }) : undefined
  const filing = code ? await openCounter(page, officer, code, undefined, booking) : undefined
  if (filing) return { form: await viewOf(page, officer, filing, { problems: [], form: [] }) }
  return { choice: await choiceOf(page, query.get('q') ?? '', code !== null) }
}

/** Reads the whole page; files it when the officer says so, else shows it again with what followed from the answers. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = receptionOf(args)
  const posted = await pageContext(args).posted(args.request)
  const filing = await openCounter(page, officer, String(posted.get('tt') ?? ''), posted)
  if (!filing) throw data(null, { status: 404 })
  const command = String(posted.get('command') ?? 'recalc')
  if (!['submit', 'submit-accept', 'help'].includes(command))
    return {
      form: await viewOf(page, officer, filing, {
        problems: filing.refusedFiles.map(atPapers),
        form: [],
        posted,
      }),
    }
  const problems = [...visitorProblems(page, filing), ...filing.refusedFiles.map(atPapers)]
  const formProblems = checkCounter(filing, page.now)
  if (problems.length + formProblems.length > 0)
    return data(
      { form: await viewOf(page, officer, filing, { problems, form: formProblems, posted }) },
      { status: 422 },
    )
  const outcome = await file(page, officer, filing, { command, posted })
  if (typeof outcome === 'string') return redirect(outcome)
  const status = httpStatus[outcome.kind]
  return data(
    { form: await viewOf(page, officer, filing, { problems: outcome.problems, form: [], posted }) },
    { status },
  )
}

/** Files for the person who came, here or online with who settles it, and accepts at once when asked. Gives the address to go on to. */
async function file(
  page: PageContext,
  officer: Officer,
  filing: CounterFiling,
  { command, posted }: { command: string; posted: FormData },
) {
  const { app, now, locale } = page
  const vault = await counterVault(page, officer, filing, {
    papers: besidesOf(filing, page).papers,
    form: posted,
  })
  const taken = await takeChosen(page, officer, filing.visitor.personalId, vault)
  if (taken.refused.length > 0) return { kind: 'invalid' as const, problems: taken.refused.map(atPapers) }
  const { visitor, rules, receiving, key } = filing
  const submitted = await app.dossiers.submit(
    officer,
    {
      procedureCode: rules.version.procedureCode,
      ...(receiving && { receiving }),
      answers: filing.answers,
      papers: [...filing.held.map(toPaper), ...taken.papers],
      applicant: {
        name: visitor.name,
        ...(visitor.personalId && { personalId: visitor.personalId }),
        ...(visitor.phone && { phone: visitor.phone }),
      },
    },
    { key, now, channel: command === 'help' ? 'online' : 'direct' },
  )
  if (isRefusal(submitted)) {
    const found = (submitted.details as { problems?: { code: string; params?: Record<string, string> }[] })
      .problems
    const texts = found?.map(({ code, params }) => refusalText({ code, details: params }, locale))
    const problems = (texts ?? [refusalText(submitted, locale)]).map((text) => ({ href: '#to-khai', text }))
    return { kind: submitted.kind, problems }
  }
  const { code, sequence, state } = submitted.dossier
  const booking = String(posted.get('hen') ?? '')
  if (booking) await bookingReceived(page, officer, { code: booking, dossierCode: code })
  if (command === 'submit-accept' && state === 'submitted')
    await app.dossiers.act(officer, code, { command: 'accept' }, { now, expectedSequence: sequence })
  return `/can-bo/tai-quay?xong=${code}${submitted.isNew ? '' : '&lai=1'}`
}

const atPapers = (text: string): Problem => ({ href: '#giay-to', text })

function visitorProblems({ locale }: PageContext, { visitor }: CounterFiling): Problem[] {
  const t = messages(locale)
  return [
    ...(visitor.name ? [] : [{ href: '#visitor-name', text: t('desk.counter.nameMissing') }]),
    ...(visitor.personalId && !/^\d{12}$/.test(visitor.personalId)
      ? [{ href: '#visitor-id', text: t('desk.counter.idWrong') }]
      : []),
  ]
}

async function viewOf(
  page: PageContext,
  officer: Officer,
  filing: CounterFiling,
  {
    problems,
    form,
    posted,
  }: { problems: Problem[]; form: ReturnType<typeof checkCounter>; posted?: FormData },
): Promise<CounterFormView> {
  const { name, personalId, phone } = filing.visitor
  const { procedureCode } = filing.rules.version
  const [drawn, duplicates, place] = await Promise.all([
    formPagesOf(page, filing, form),
    duplicatesAtCounter(page, officer, { procedureCode, name, personalId, phone }),
    counterPlace(page, officer, filing),
  ])
  const besides = besidesOf(filing, page)
  const vault = await counterVault(page, officer, filing, { papers: besides.papers, form: posted })
  const today = dateOfLaw(page.now)
  const { locale } = page
  return counterFormView({ filing, ...drawn, besides, vault, today, place, problems, duplicates, locale })
}

function receptionOf(args: LoaderFunctionArgs): Officer {
  const officer = officerOf(args)
  if (!hasRole(officer, 'reception')) throw data(null, { status: 403 })
  return officer
}

async function choiceOf(page: PageContext, q: string, unknown: boolean): Promise<ProcedureChoiceView> {
  const { app, now } = page
  const versions = await listVersions(app.db, dateOfLaw(now))
  const offered = versions.filter(({ cases }) => cases.some(({ channels }) => channels.includes('direct')))
  const line = ({ procedureCode, plainName, name, counterFlow }: (typeof offered)[number]) => ({
    code: procedureCode,
    name: plainName,
    legal: name,
    waits: counterFlow === 'while-you-wait',
  })
  const often = offered.toSorted(
    (a, b) => Number(b.counterFlow === 'while-you-wait') - Number(a.counterFlow === 'while-you-wait'),
  )
  if (!q) return { q, unknown, often: often.map(line), found: null }
  const page1 = await searchProcedures(app.db, { q, limit: 100 } as Parameters<typeof searchProcedures>[1])
  const codes = isRefusal(page1) ? [] : page1.items.map(({ code }) => code)
  const found = codes.flatMap((code) => offered.filter(({ procedureCode }) => procedureCode === code))
  return { q, unknown, often: often.map(line), found: found.map(line) }
}

async function doneOf(
  { app, locale }: PageContext,
  officer: Officer,
  code: string,
  again: boolean,
): Promise<DoneView> {
  const view = await app.dossiers.view(officer, code)
  if (isRefusal(view)) throw data(null, { status: 404 })
  const { dossier, party, history, answers } = view
  const version = await getVersion(app.db, dossier.procedureCode, dossier.procedureVersion)
  const accepted = history.find(({ kind }) => kind === 'dossiers.accepted')
  const total = dossier.fees.reduce<number | null>(
    (sum, { amountVnd }) => (sum === null || amountVnd === null ? null : sum + amountVnd),
    0,
  )
  return {
    code,
    sequence: dossier.sequence,
    name: party.name,
    again,
    receipt: accepted ? `/giay/${code}/receipt-${accepted.sequence}.pdf` : null,
    dueAt: dossier.dueAt,
    secret: party.lookupSecret,
    fee: total === null ? messages(locale)('desk.dossier.feeLater') : moneyText(total),
    mayAccept: view.actions.some(({ command }) => command === 'accept'),
    capture: wantsFiles(version, answers) ? `/can-bo/ho-so/${code}/chung-thuc` : null,
  }
}

export default function Counter({ actionData }: { actionData?: { form: CounterFormView } }) {
  const t = useT()
  const loaded = useLoaderData<typeof loader>()
  const form = actionData?.form ?? loaded.form
  return (
    <DeskPage
      keys={[
        { keys: ['F2'], does: t('desk.keys.counter') },
        { keys: ['/'], does: t('desk.keys.find') },
      ]}
    >
      <Title>{t('desk.counter.title')}</Title>
      <main id="noi-dung" className="counter">
        {loaded.done ? (
          <CounterDone done={loaded.done} />
        ) : form ? (
          <CounterForm key={form.key} view={form} />
        ) : (
          loaded.choice && <ProcedureChoice view={loaded.choice} />
        )}
      </main>
    </DeskPage>
  )
}
