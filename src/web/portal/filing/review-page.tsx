import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { loadCalendar, moment } from 'motcua/modules/calendar'
import { caseFor, feesFor, limitFor } from 'motcua/modules/catalogue'
import { inHours, intakeHours, saveDraft } from 'motcua/modules/dossiers'
import { fieldOf, fieldsOf, reviewView, submittedAnswers, validateAnswers } from 'motcua/modules/forms'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { ButtonRow, LinkAction } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { FieldError, Select } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Steps } from '../../ui/steps'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import {
  type Filing,
  keep,
  namesOfPapers,
  namesOfPlaces,
  openFiling,
  papersToSend,
  stepsOf,
} from './filing-source'
import { pagePath, papersKey, reviewKey } from './filing-steps'
import { savedText } from './form-page.view'
import { missingPapers } from './paper-lines'
import { paperId } from './papers-page.view'
import { refusalProblems } from './refusal-texts'
import { type ReviewPageView, reviewPageView } from './review-page.view'
import { endedAnswer, sessionEnded } from './session-ended'
import { SessionEnded } from './session-ended-page'
import { settlesView, withRuled } from './settles-source'
import { postedForm } from './uploads'

interface Tried {
  filing: Filing
  refused: Problem[]
  assuranceMissing: boolean
}

const tried = createContext<Tried | null>(null)

type View = { ended: true; here: string } | ({ ended: false } & ReviewPageView)

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  if (args.context.get(sessionEnded)) return { ended: true, here: new URL(args.request.url).pathname }
  personOnly(args)
  const result = args.context.get(tried)
  const filing = result?.filing ?? (await withRuled(await openFiling(args)))
  if (filing.draft.submittedCode) throw redirect(pagePath(filing.draft.id, 'xong'))
  return { ended: false, ...(await viewOf(filing, result)) }
}

export async function action(args: ActionFunctionArgs) {
  const { actor } = pageContext(args)
  if (actor.kind === 'anonymous') return endedAnswer(args)
  const form = await postedForm(args.request)
  const opened = await openFiling(args)
  const done = pagePath(opened.draft.id, 'xong')
  if (opened.draft.submittedCode) return redirect(done, 303)
  const filing = await withReceiving(await withRuled(opened), String(form.get('receiving') ?? ''))
  const { assurance } = filing.form.definition
  if (form.get('assurance') !== String(assurance.version))
    return again(args, { filing, refused: [], assuranceMissing: true }, 422)
  if (filing.receiving === undefined)
    return again(args, { filing, refused: [], assuranceMissing: false }, 422)
  const submitted = await submit(filing)
  if (isRefusal(submitted))
    return again(
      args,
      { filing, refused: problemsOf(filing, submitted), assuranceMissing: false },
      httpStatus[submitted.kind],
    )
  await saveDraft(
    filing.page.app.db.pool,
    filing.draft,
    { submittedCode: submitted.dossier.code },
    filing.page.now,
  )
  return redirect(done, 303)
}

function again(args: ActionFunctionArgs, result: Tried, status: number) {
  args.context.set(tried, result)
  return data(null, { status })
}

async function withReceiving(filing: Filing, chosen: string): Promise<Filing> {
  const known = filing.agencies.some(({ code }) => code === chosen)
  return known && filing.receiving === undefined ? keep(filing, { receiving: chosen }) : filing
}

// The draft is the key: pressed twice, or sent again after a lost answer, it is one dossier.
function submit({ page, person, draft, rules, answers, receiving }: Filing) {
  const { procedureCode } = rules.version
  const { papers, filedFor } = draft
  const input = { procedureCode, answers, papers, filedFor, ...(receiving && { receiving }) }
  return page.app.dossiers.submit(person, input, { key: draft.id, now: page.now, channel: 'online' })
}

function problemsOf(filing: Filing, refusal: Parameters<typeof refusalProblems>[0]): Problem[] {
  const { form, draft, page } = filing
  const places = new Map(fieldsOf(form.definition).map(({ page: at, field }) => [field.key, at.key]))
  const hrefOf = (field: string) => {
    if (field.startsWith('paper:'))
      return `${pagePath(draft.id, papersKey)}#${paperId(field.slice('paper:'.length))}`
    const at = places.get(field)
    return at ? pagePath(draft.id, at) : '#noi-dung'
  }
  // What the form itself finds wrong is already on the page, in the words of the form.
  const { problems } = validateAnswers(form, filing.answers, { today: filing.today })
  const shown = new Set(problems.map(({ field }) => field))
  return refusalProblems(refusal, page.locale, {
    isShown: (field) => shown.has(field),
    hrefOf,
    labelOf: (field) => fieldOf(form, field)?.label[page.locale] ?? field,
  })
}

async function viewOf(filing: Filing, result: Tried | null): Promise<ReviewPageView> {
  const { page, draft, rules, form, answers, origins, today, agencies, receiving } = filing
  const { locale, now, app } = page
  const { version } = rules
  const given = submittedAnswers(form, answers, { today })
  const caseCode = caseFor(version, given, { today }).code
  const [places, settles, calendar] = await Promise.all([
    namesOfPlaces(filing),
    settlesView(filing),
    loadCalendar(app.db, { authorityCode: receiving ?? '' }),
  ])
  const lines = papersToSend(filing, locale)
  const missing = missingPapers(lines, draft.papers)
  const intakeDueAt = inHours({ calendar, now }, intakeHours)
  return reviewPageView({
    draftId: draft.id,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    review: reviewView(form, { answers, origins, locale, today, places, agencies }),
    lines,
    papers: draft.papers,
    names: namesOfPapers(filing, locale),
    missing,
    fees: feesFor(version, { caseCode, channel: 'online', answers: given, today }, locale),
    limit: limitFor(version, { caseCode, channel: 'online' }),
    filedFor: draft.filedFor,
    agency: agencies.find(({ code }) => code === receiving)?.name,
    agencies,
    settles,
    intakeDue: intakeDueAt === null ? null : moment(intakeDueAt, locale),
    resultName: version.results[0]?.name ?? version.plainName,
    steps: stepsOf(filing, reviewKey),
    savedAt: savedText(draft.updatedAt, now, locale),
    refused: result?.refused ?? [],
    assuranceMissing: result?.assuranceMissing ?? false,
    tried: result !== null,
    locale,
  })
}

export default function ReviewPage({ loaderData: view }: { loaderData: View }) {
  return view.ended ? <SessionEnded here={view.here} kept /> : <Page view={view} />
}

function Page({ view }: { view: ReviewPageView }) {
  const t = useT()
  return (
    <Main>
      <Title>{`${t('filing.review.title')} · ${view.title}`}</Title>
      <div className="form-page">
        <LinkAction href={view.backHref} icon="arrow-left" small>
          {t('web.nav.back')}
        </LinkAction>
        <Steps steps={view.steps} savedAt={view.savedAt} />
        <ErrorSummary
          problems={view.problems}
          title={view.tried ? undefined : t('filing.review.todo', { count: view.problems.length })}
        />
        {view.warnings.length > 0 && <Warnings warnings={view.warnings} />}
        <p className="small faint">{view.title}</p>
        <h1>{t('filing.review.title')}</h1>
        <p className="lead mt-3">
          {t('filing.review.lead-before')} <Icon name="database" /> {t('filing.review.lead-after')}
        </p>
        <div className="two form-two mt-5">
          <div className="stack-l">
            {view.sections.map(({ key, title, rows }) => (
              <section key={key} id={key}>
                <h2>{title}</h2>
                <SummaryList rows={rows} />
              </section>
            ))}
            <Send view={view} />
          </div>
          <aside className="stack-l stick" aria-label={t('filing.review.in-short')}>
            <dl className="tally">
              {view.tally.map(({ count, label }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{count}</dd>
                </div>
              ))}
            </dl>
            <section>
              <h2 className="side">{t('filing.review.after')}</h2>
              <ol className="after">
                {view.after.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </section>
          </aside>
        </div>
      </div>
    </Main>
  )
}

function Warnings({ warnings }: { warnings: readonly Problem[] }) {
  const t = useT()
  return (
    <Notice tone="warn" title={t('filing.review.warnings')}>
      <ul>
        {warnings.map(({ href, text }) => (
          <li key={text}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Send({ view }: { view: ReviewPageView }) {
  const t = useT()
  return (
    <section className="send">
      <h2>{t('filing.review.send-title')}</h2>
      <form method="post" className="sheet stack">
        {view.agencies && (
          <Select
            id="receiving"
            name="receiving"
            label={t('filing.review.settles')}
            hint={t('filing.review.settles-hint')}
            options={view.agencies.map(({ code, name }) => ({ value: code, label: name }))}
            width="full"
          />
        )}
        <div className={view.assuranceMissing ? 'field field--error' : 'field'}>
          {view.assuranceMissing && <FieldError id="assurance">{t('filing.review.assure')}</FieldError>}
          <label className="choice" htmlFor="assurance">
            <input
              type="checkbox"
              id="assurance"
              name="assurance"
              value={view.assurance.version}
              aria-invalid={view.assuranceMissing || undefined}
              aria-describedby={view.assuranceMissing ? 'assurance-e' : undefined}
            />
            <span>{view.assurance.text}</span>
          </label>
        </div>
        <p className="soft small">{view.answerBy}</p>
        <ButtonRow>
          <button className="btn btn--start" type="submit">
            {t('filing.review.send')}
            <Icon name="send" />
          </button>
        </ButtonRow>
      </form>
    </section>
  )
}
