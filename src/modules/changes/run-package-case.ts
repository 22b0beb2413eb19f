import { z } from 'zod'
import {
  caseFor,
  componentsFor,
  feesFor,
  limitFor,
  type ProcedureVersion,
  routeOf,
  totalOf,
} from '../catalogue/index.ts'
import { referenceText } from '../directory/index.ts'
import {
  accountFacts,
  burden,
  type CompiledForm,
  demonstrationRegisters,
  type Problem,
  prefill,
  type Registers,
  registersFor,
  unavailable,
  validateAnswers,
} from '../forms/index.ts'
import {
  begin,
  type CompiledProcess,
  complete,
  NoWayOn,
  occur,
  type ProcessFacts,
  type Run,
} from '../processes/index.ts'
import type { PackageCase } from './package-case.ts'

/** What a case is run on: parts that are ready, and the invented citizens. */
export interface CaseRules {
  edition: ProcedureVersion
  form: CompiledForm
  process: CompiledProcess
}

/** One thing that came out otherwise than the case states. */
export interface CaseDifference {
  /** Which expectation: `caseCode`, `feesVnd`, `steps` … */
  what: keyof PackageCase['expect']
  expected: unknown
  came: unknown
}

export interface CaseOutcome {
  differences: CaseDifference[]
  /** How many questions were put to the person. */
  asks: number
}

/** Whom a case may name, and what registers say of them. */
export interface Citizens {
  /** All of them, to choose from. */
  people: readonly { personalId: string; name: string }[]
  account(personalId: string): Parameters<typeof accountFacts>[0] | undefined
  registers(personalId: string): Promise<Registers>
}

const Accounts = z.object({
  citizens: z.array(
    z.object({
      name: z.string(),
      personalId: z.string(),
      dateOfBirth: z.string(),
      phone: z.string(),
      email: z.string().optional(),
    }),
  ),
})

/** The invented citizens that are shipped: test cases may name them on every installation. */
export async function inventedCitizens(): Promise<Citizens> {
  const [text, registers] = await Promise.all([
    referenceText('demonstration/accounts.json'),
    demonstrationRegisters(),
  ])
  const accounts = new Map(
    Accounts.parse(JSON.parse(text)).citizens.map((each) => [
      each.personalId,
      { ...each, phone: `+84${each.phone.slice(1)}` },
    ]),
  )
  return {
    people: [...accounts.values()].map(({ personalId, name }) => ({ personalId, name })),
    account: (personalId) => accounts.get(personalId),
    registers: (personalId) => registersFor(personalId, [registers]),
  }
}

/** Runs one case through form, fees, papers, competence and process, and compares what it states. */
export async function runPackageCase(
  rules: CaseRules,
  test: PackageCase,
  citizens: Citizens,
): Promise<CaseOutcome> {
  const { came, asks } = comingOut(rules, test, await fillCase(rules.form, test, citizens))
  return { differences: differing(test.expect, came), asks }
}

/** Everything that a case can state, as it came out. */
export type CaseResults = Record<keyof PackageCase['expect'], unknown>

/** What comes out of a case, whether it states it or not. */
export interface TriedCase {
  came: CaseResults
  /** What came out otherwise than the case states. */
  differences: CaseDifference[]
  problems: Problem[]
  /** The steps from beginning to end, with how each ends and how it could end. */
  way: WayStep[]
  filled: FilledCase
}

/**
 * Runs a case as far as it goes: after the steps that it states come the ordinary ones, each ended as it ordinarily
 * ends, so that who writes a case sees the whole way before stating it. `wished` are steps to follow instead of those.
 */
export async function tryPackageCase(
  rules: CaseRules,
  test: PackageCase,
  citizens: Citizens,
  wished: readonly string[] = test.expect.steps ?? [],
): Promise<TriedCase> {
  const filled = await fillCase(rules.form, test, citizens)
  const { came, problems, facts } = comingOut(rules, test, filled)
  const whole = wholeWay(rules.process, wished, facts)
  return {
    came: { ...came, steps: whole.passed, result: whole.result },
    differences: differing(test.expect, came),
    ...{ problems, way: whole.way, filled },
  }
}

function comingOut({ edition, form, process }: CaseRules, test: PackageCase, filled: FilledCase) {
  const { on: today, channel, expect } = test
  const validated = validateAnswers(form, filled.answers, { today, channel, origins: filled.origins })
  const answers = { ...validated.answers, ...test.recorded }
  const asks = burden(form, filled.answers, filled.origins, { today, channel }).asks
  const { code: caseCode } = caseFor(edition, answers, { channel, today })
  const situation = { caseCode, channel, answers, today }
  const { amount, unit } = limitFor(edition, situation)
  const facts: ProcessFacts = {
    answers,
    procedure: { code: edition.procedureCode, case: caseCode },
    today,
  }
  const way = expect.steps ? walk(process, expect.steps, facts) : undefined
  const came: CaseResults = {
    problems: validated.problems.map(({ field, code }) => `${field}:${code}`).toSorted(),
    caseCode,
    feesVnd: totalOf(feesFor(edition, situation)),
    limit: { amount, unit },
    papers: componentsFor(edition, situation)
      .filter(({ required }) => required)
      .map(({ key }) => key)
      .toSorted(),
    asks,
    competent: routeOf(edition, answers, { channel, caseCode, today })?.kind ?? null,
    steps: way?.passed,
    result: way?.result ?? null,
  }
  return { came, asks, problems: validated.problems, facts }
}

function differing(expect: PackageCase['expect'], came: Record<string, unknown>): CaseDifference[] {
  return (Object.keys(expect) as CaseDifference['what'][]).flatMap((what) => {
    const stated = expect[what]
    const expected = what === 'problems' || what === 'papers' ? (stated as string[]).toSorted() : stated
    return JSON.stringify(expected) === JSON.stringify(came[what])
      ? []
      : [{ what, expected, came: came[what] ?? null }]
  })
}

/** The form as the person of a case has it before them. */
export type FilledCase = ReturnType<typeof prefill>

/** Fills page after page as a person would: what a later source needs is typed before. */
export async function fillCase(
  form: CompiledForm,
  test: Pick<PackageCase, 'personalId' | 'on' | 'channel' | 'registers' | 'answers'>,
  citizens: Citizens,
): Promise<FilledCase> {
  const { personalId, on: today, channel } = test
  const known = personalId === undefined ? undefined : citizens.account(personalId)
  const account = known ? accountFacts(known) : {}
  const registers = silenced(test, personalId ? await citizens.registers(personalId) : {})
  const input = { account, registers, today, channel }
  let state = prefill(form, input)
  for (const { groups } of form.definition.pages) {
    const keys = new Set(groups.flatMap((group) => [group.key, ...group.fields.map(({ key }) => key)]))
    const typed = Object.entries(test.answers).filter(([key]) => keys.has(key))
    const origins = { ...state.origins }
    for (const [key] of typed) delete origins[key]
    const answers = { ...state.answers, ...Object.fromEntries(typed) }
    state = prefill(form, { ...input, answers, origins })
  }
  // What belongs to no page is kept: it must be refused as an unknown name.
  return { ...state, answers: { ...test.answers, ...state.answers } }
}

const silenced = ({ registers }: Pick<PackageCase, 'registers'>, known: Registers): Registers =>
  registers === 'silent' ? Object.fromEntries(Object.keys(known).map((key) => [key, unavailable])) : known

/** Takes the stated steps one after the other; stops where one is not open, and says how far it came. */
function walk(process: CompiledProcess, steps: readonly string[], facts: ProcessFacts) {
  let run: Run = begin(process, facts)
  const passed: string[] = []
  for (const each of steps) {
    const [step = '', stated] = each.split('=')
    if (!run.marking.tokens.some(({ at, by }) => at === step && by === null)) break
    const next = onwards(process, run, { step, outcome: stated ?? process.steps[step]?.outcomes[0] }, facts)
    if (!next) break
    run = next
    passed.push(each)
  }
  return { passed, result: run.ended ? run.result : null }
}

/** One step of a way, in words and with its choices. */
export interface WayStep {
  step: string
  name: string
  outcome: string
  outcomes: string[]
}

/** So many steps are followed at most: a process may come back to where it was. */
const mostSteps = 60

/** The way along the wished steps as far as they are open, and from there along what ordinarily happens. */
function wholeWay(process: CompiledProcess, wished: readonly string[], facts: ProcessFacts) {
  let run: Run
  try {
    run = begin(process, facts)
  } catch (error) {
    if (error instanceof NoWayOn) return { passed: [], way: [], result: null }
    throw error
  }
  const way: WayStep[] = []
  const passed: string[] = []
  const left = [...wished]
  while (!run.ended && way.length < mostSteps) {
    const stated = openStep(run, left.shift(), process)
    if (!stated) left.length = 0
    const step = stated?.step ?? firstOpen(run, process)
    const { name = step ?? '', outcomes = [] } = process.steps[step ?? ''] ?? {}
    const outcome = stated?.outcome ?? outcomes[0] ?? ''
    const next = step && onwards(process, run, { step, outcome }, facts)
    if (!step || !next) break
    run = next
    way.push({ step, name, outcome, outcomes })
    passed.push(outcome === '' || outcome === outcomes[0] ? step : `${step}=${outcome}`)
  }
  return { passed, way, result: run.ended ? run.result : null }
}

/** The first open task; a wait when nothing else is open. */
function firstOpen({ marking }: Run, { steps, waits }: CompiledProcess): string | undefined {
  const open = marking.tokens.flatMap(({ at, by }) => (by === null ? [at] : []))
  return open.find((at) => Object.hasOwn(steps, at)) ?? open.find((at) => Object.hasOwn(waits, at))
}

/** A stated step that is open now and can end as stated. */
function openStep({ marking }: Run, stated: string | undefined, { steps }: CompiledProcess) {
  const [step = '', outcome] = stated?.split('=') ?? []
  if (!marking.tokens.some(({ at, by }) => at === step && by === null)) return undefined
  const outcomes = steps[step]?.outcomes ?? []
  if (outcome !== undefined && steps[step] && !outcomes.includes(outcome)) return undefined
  return { step, outcome: outcome ?? outcomes[0] ?? '' }
}

function onwards(
  process: CompiledProcess,
  { marking }: Run,
  { step, outcome }: { step: string; outcome: string | undefined },
  facts: ProcessFacts,
): Run | undefined {
  try {
    return process.steps[step]
      ? complete(process, marking, step, { ...facts, outcome: outcome ?? 'done' })
      : occur(process, marking, step, facts)
  } catch (error) {
    if (error instanceof NoWayOn) return undefined
    throw error
  }
}

/**
 * The case with what came out as what must come out: for who has looked at the difference and finds it right. Answers to
 * questions that are gone are dropped first; what then comes out is seen at the next run.
 */
export function withOutcome(test: PackageCase, differences: readonly CaseDifference[]): PackageCase {
  const problems = differences.find(({ what }) => what === 'problems')?.came
  const gone = (Array.isArray(problems) ? problems : []).flatMap((problem: string) =>
    problem.endsWith(':forms.unknown-field') ? [problem.slice(0, -':forms.unknown-field'.length)] : [],
  )
  if (gone.length > 0) {
    const kept = Object.entries(test.answers).filter(([key]) => !gone.includes(key))
    return { ...test, answers: Object.fromEntries(kept) }
  }
  const came = differences.map(({ what, came: value }) => [what, value])
  return { ...test, expect: { ...test.expect, ...Object.fromEntries(came) } }
}
