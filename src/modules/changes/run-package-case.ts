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
  type Answers,
  accountFacts,
  burden,
  type CompiledForm,
  demonstrationRegisters,
  type Origins,
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
    account: (personalId) => accounts.get(personalId),
    registers: (personalId) => registersFor(personalId, [registers]),
  }
}

/** Runs one case through form, fees, papers, competence and process, and compares what it states. */
export async function runPackageCase(
  { edition, form, process }: CaseRules,
  test: PackageCase,
  citizens: Citizens,
): Promise<CaseOutcome> {
  const { on: today, channel, expect } = test
  const filled = await fill(form, test, citizens)
  const validated = validateAnswers(form, filled.answers, { today, channel, origins: filled.origins })
  const answers = { ...validated.answers, ...test.recorded }
  const asks = burden(form, filled.answers, filled.origins, { today, channel }).asks
  const { code: caseCode } = caseFor(edition, answers, { channel, today })
  const facts = { caseCode, channel, answers, today }
  const { amount, unit } = limitFor(edition, facts)
  const way = expect.steps
    ? walk(process, expect.steps, {
        answers,
        procedure: { code: edition.procedureCode, case: caseCode },
        today,
      })
    : undefined
  const came: Record<keyof PackageCase['expect'], unknown> = {
    problems: validated.problems.map(({ field, code }) => `${field}:${code}`).toSorted(),
    caseCode,
    feesVnd: totalOf(feesFor(edition, facts)),
    limit: { amount, unit },
    papers: componentsFor(edition, facts)
      .filter(({ required }) => required)
      .map(({ key }) => key)
      .toSorted(),
    asks,
    competent: routeOf(edition, answers, { channel, caseCode, today })?.kind ?? null,
    steps: way?.passed,
    result: way?.result ?? null,
  }
  return { differences: differing(expect, came), asks }
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

/** Fills page after page as a person would: what a later source needs is typed before. */
async function fill(form: CompiledForm, test: PackageCase, citizens: Citizens) {
  const { personalId, on: today, channel } = test
  const known = personalId === undefined ? undefined : citizens.account(personalId)
  const account = known ? accountFacts(known) : {}
  const registers = silenced(test, personalId ? await citizens.registers(personalId) : {})
  const input = { account, registers, today, channel }
  let state: { answers: Answers; origins: Origins } = prefill(form, input)
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

const silenced = ({ registers }: PackageCase, known: Registers): Registers =>
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
