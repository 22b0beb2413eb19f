import { computeDueAt, MissingCalendarYear } from '../../calendar/index.ts'
import {
  additionFor,
  caseFor,
  componentsFor,
  feesFor,
  findCase,
  type Limit,
  limitFor,
  type ProcedureVersion,
  routeOf,
  totalOf,
} from '../../catalogue/index.ts'
import { clockFacts } from '../../dossiers/index.ts'
import { type CompiledForm, validateAnswers } from '../../forms/index.ts'
import { wayAhead } from '../../processes/index.ts'
import { type NarrowForms, narrowAnswers, narrowForms } from './narrow-form.ts'
import type { PastDossier, PastOutcome, PastProblem, Replayed, ReplayKind, ReplayRules } from './past.ts'

/** What two sets of rules can say differently, found once for many dossiers. */
interface Plan {
  forms: NarrowForms | null
  /** Whether the rules of each matter differ; where they do not, only another case can make a difference. */
  differ: Record<'cases' | 'fees' | 'limits' | 'papers' | 'routing' | 'process', boolean>
  /** Paths of the process by set of rules and case; null when its branches read answers. */
  paths: Map<string, string[]> | null
}

/**
 * How a past dossier fares under the rules before and after a change. Pure; what the two sets of rules say alike is not
 * computed, so that many dossiers are looked at quickly. Questions that did not exist then, or were not put, are told
 * as asked, not as a refusal: nobody could have answered them.
 */
export function replayOne(before: ReplayRules, after: ReplayRules, past: PastDossier): Replayed {
  const plan = planOf(before, after)
  const found: Replayed = {
    before: { problems: [], asked: [], missing: [], caseCode: past.caseCode },
    after: { problems: [], asked: [], missing: [], caseCode: past.caseCode },
    differs: [],
  }
  if (plan.forms) compareForms(plan.forms, past, found)
  if (plan.differ.cases) compareCases(before.edition, after.edition, past, found)
  const other = found.before.caseCode !== found.after.caseCode
  const each = (
    differs: boolean,
    compare: (rules: ReplayRules, past: PastDossier, outcome: PastOutcome) => void,
  ) => {
    if (!differs && !other) return
    compare(before, past, found.before)
    compare(after, past, found.after)
  }
  each(plan.differ.papers, papers)
  each(plan.differ.routing, authority)
  each(plan.differ.limits, time)
  each(plan.differ.fees, price)
  each(plan.differ.process, (rules, one, outcome) =>
    path(rules, one, outcome, rules === before ? 'before' : 'after', plan),
  )
  found.differs = [...differencesIn(found, past)]
  return found
}

/** Everything that rules say of a past dossier beside its answers, whether or not other rules say the same. */
export function outcomeUnder(
  rules: ReplayRules,
  past: PastDossier,
  caseCode: string,
): Required<Omit<PastOutcome, 'dueAt'>> & Pick<PastOutcome, 'dueAt'> {
  const outcome: PastOutcome = { problems: [], asked: [], missing: [], caseCode }
  papers(rules, past, outcome)
  authority(rules, past, outcome)
  time(rules, past, outcome)
  price(rules, past, outcome)
  path(rules, past, outcome, 'before', { paths: null })
  return outcome as ReturnType<typeof outcomeUnder>
}

const plans = new WeakMap<ReplayRules, WeakMap<ReplayRules, Plan>>()

function planOf(before: ReplayRules, after: ReplayRules): Plan {
  const known = plans.get(before) ?? new WeakMap<ReplayRules, Plan>()
  plans.set(before, known)
  const plan = known.get(after) ?? makePlan(before, after)
  known.set(after, plan)
  return plan
}

const readsAnswers = ({ process }: ReplayRules) =>
  Object.values(process.gateways).some(({ branches }) =>
    branches.some(({ text }) => text.includes('answers')),
  )

function makePlan(before: ReplayRules, after: ReplayRules): Plan {
  const [old, now] = [before.edition, after.edition]
  const differ = (of: (edition: ProcedureVersion) => unknown) =>
    JSON.stringify(of(old)) !== JSON.stringify(of(now))
  return {
    forms: narrowForms(before.form, after.form),
    differ: {
      cases: differ(({ cases }) => cases.map(({ code, when, channels }) => ({ code, when, channels }))),
      fees: differ(({ cases, counts }) => [
        counts,
        cases.map(({ code, fees }) => [code, fees.map(withoutWords)]),
      ]),
      limits: differ(({ cases, supplementRule }) => [
        supplementRule,
        cases.map(({ code, limit, channelLimits }) => [code, limit, channelLimits]),
      ]),
      papers: differ(({ components }) => components.map(withoutWords)),
      routing: differ(({ routing, executing }) => [executing.kind, routing.map(withoutWords)]),
      process: JSON.stringify(graphOf(before)) !== JSON.stringify(graphOf(after)),
    },
    paths: readsAnswers(before) || readsAnswers(after) ? null : new Map(),
  }
}

const withoutWords = ({ name, nameEn, help, text, basis, ...rest }: Record<string, unknown>) => rest
const graphOf = ({ process: { diagram, edition, ...graph } }: ReplayRules) => graph

function compareForms({ before, after, keys }: NarrowForms, past: PastDossier, found: Replayed): void {
  const answers = narrowAnswers(past.answers, keys)
  const was = problemsOf(before, past, answers)
  const is = problemsOf(after, past, answers)
  const old = new Set(was.problems.map(idOf))
  const now = new Set(is.problems.map(idOf))
  found.before.problems = was.problems.filter((problem) => !now.has(idOf(problem)))
  for (const problem of is.problems.filter((each) => !old.has(idOf(each)))) {
    const isNew = blank.has(problem.code) && !was.isShown(problem.field)
    if (isNew) found.after.asked.push(problem.field)
    else found.after.problems.push(problem)
  }
}

/** Nothing was answered, or too few rows were given. */
const blank = new Set(['forms.required', 'forms.rows-few'])

const idOf = ({ field, code }: PastProblem) => `${field} ${code}`

function problemsOf(
  form: CompiledForm,
  { submittedOn, channel }: PastDossier,
  answers: PastDossier['answers'],
) {
  const { problems, evaluation } = validateAnswers(form, answers, { today: submittedOn, channel })
  return {
    // An answer to a question that is not there any more is no fault of the person.
    problems: problems.flatMap(({ field, code }) =>
      code === 'forms.unknown-field' ? [] : [{ field, code }],
    ),
    isShown: (path: string) =>
      evaluation.pages.some(
        ({ fields, lists }) =>
          fields.some((state) => state.path === path && state.visible) ||
          lists.some((list) => list.path === path && list.shown),
      ),
  }
}

function compareCases(
  old: ProcedureVersion,
  now: ProcedureVersion,
  past: PastDossier,
  found: Replayed,
): void {
  const { answers, submittedOn: today, channel } = past
  const was = caseFor(old, answers, { today, channel })
  const is = caseFor(now, answers, { today, channel })
  // What an officer found out decided the case then; the answers alone would not say it.
  const byOfficer = was.code !== past.caseCode && now.cases.some(({ code }) => code === past.caseCode)
  found.after.caseCode = byOfficer ? past.caseCode : is.code
  if (!findCase(now, found.after.caseCode).channels.includes(channel))
    found.after.problems.push({ field: 'channel', code: 'dossiers.channel-not-offered' })
}

const situationOf = ({ channel, answers, submittedOn: today }: PastDossier, caseCode: string) => ({
  ...{ caseCode, channel, answers, today },
})

function papers({ edition }: ReplayRules, past: PastDossier, outcome: PastOutcome): void {
  const lines = componentsFor(edition, situationOf(past, outcome.caseCode)).filter(({ required }) => required)
  outcome.papers = lines.map(({ key }) => key)
  const given = new Set(past.papers)
  const groups = new Set(lines.flatMap(({ key, group }) => (group !== null && given.has(key) ? [group] : [])))
  outcome.missing = lines
    .filter(
      ({ key, group, provision }) =>
        provision === 'submit' && !given.has(key) && !(group && groups.has(group)),
    )
    .map(({ key }) => key)
}

function authority({ edition }: ReplayRules, past: PastDossier, outcome: PastOutcome): void {
  const route = routeOf(edition, past.answers, { today: past.submittedOn, channel: past.channel })
  outcome.authority = route === null ? null : [route.kind, ...route.territories].join(' ')
}

function time({ edition }: ReplayRules, past: PastDossier, outcome: PastOutcome): void {
  const limit = limitFor(edition, { caseCode: outcome.caseCode, channel: past.channel })
  const addition = additionFor(limit, past.communeCode)
  outcome.limit = { amount: limit.amount, unit: limit.unit, addedDays: addition?.days ?? 0 }
  if (past.acceptedAt !== null && past.calendar !== null)
    outcome.dueAt = dueOf(edition, { ...limit, addition }, past as PastDossier & { acceptedAt: string })
}

function dueOf(
  { supplementRule }: ProcedureVersion,
  limit: Omit<Limit, 'addition'> & { addition: { days: number; reason: string } | null },
  { pauses, extensionDays, acceptedAt, calendar }: PastDossier & { acceptedAt: string },
): string | null {
  const extension =
    extensionDays > 0 ? { days: extensionDays, at: acceptedAt, from: acceptedAt, to: acceptedAt } : null
  const clocked = { limit, pauses: [...pauses], supplementRule, extension }
  try {
    return computeDueAt(clockFacts(clocked, acceptedAt, calendar!))
  } catch (error) {
    if (error instanceof MissingCalendarYear) return null
    throw error
  }
}

function price({ edition }: ReplayRules, past: PastDossier, outcome: PastOutcome): void {
  outcome.feesVnd = totalOf(feesFor(edition, situationOf(past, outcome.caseCode)))
}

function path(
  { edition, process }: ReplayRules,
  past: PastDossier,
  outcome: PastOutcome,
  which: 'before' | 'after',
  { paths }: Pick<Plan, 'paths'>,
): void {
  const key = `${which} ${outcome.caseCode}`
  const known = paths?.get(key)
  if (known) {
    outcome.path = known
    return
  }
  const facts = {
    answers: past.answers,
    procedure: { code: edition.procedureCode, case: outcome.caseCode },
    today: past.submittedOn,
  }
  outcome.path = wayAhead(process, null, facts).steps.map(
    ({ name, role, hours }) => `${name} · ${role} · ${hours}`,
  )
  paths?.set(key, outcome.path)
}

function* differencesIn({ before, after }: Replayed, past: PastDossier): Generator<ReplayKind> {
  const online = past.channel === 'online'
  const newlyMissing = after.missing.filter((key) => !before.missing.includes(key))
  if (after.problems.length > 0) yield 'refused'
  if (after.asked.length > 0) yield 'asked'
  if (!same(before.papers, after.papers) || (online && newlyMissing.length > 0)) yield 'papers'
  if (before.authority !== after.authority) yield 'authority'
  if (before.caseCode !== after.caseCode) yield 'case'
  if (!same(before.limit, after.limit) || before.dueAt !== after.dueAt) yield 'time'
  if (before.feesVnd !== after.feesVnd) yield 'price'
  if (!same(before.path, after.path)) yield sameWay(before.path, after.path) ? 'hours' : 'path'
  if (before.problems.length > 0 && after.problems.length === 0) yield 'accepted'
}

/** The same steps by the same people, whatever hours they have. */
const sameWay = (one: readonly string[] = [], other: readonly string[] = []) =>
  same(one.map(withoutHours), other.map(withoutHours))

const withoutHours = (step: string) => step.slice(0, step.lastIndexOf(' · '))

const same = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)
