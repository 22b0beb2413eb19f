import { isRefusal } from '../../kernel/errors.ts'
import { checkProcess, longestHours } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import { type CompiledProcess, own, type ProcessProblem, type Step } from './compiled-process.ts'
import type { HoldersOf, ProcedureUse } from './process-use.ts'

/** What a model is held against; looked up by the caller. */
export interface PreviewFacts {
  /** Procedures that run on the process of this key. */
  uses(key: string): Promise<readonly ProcedureUse[]>
  holders: HoldersOf
  /** The version that it would follow: the last one that is or will be in force. */
  before(key: string): Promise<CompiledProcess | undefined>
  /** The file of a process that it calls. */
  called(key: string): Promise<string | undefined>
  /** Processes that call it, with their files and the procedures that run on them. */
  callers?(key: string): Promise<readonly Caller[]>
}

/** A process that calls another one. */
export interface Caller {
  key: string
  name: string
  xml: string
  uses: readonly ProcedureUse[]
}

/** How a step differs from the version before. */
export interface StepChange {
  stepId: string
  name: string
  change: 'added' | 'removed' | 'changed'
  /** What changed of a step that stays, in the order of the table. */
  parts: {
    part: 'name' | 'role' | 'hours' | 'unitKind' | 'authority' | 'outcomes'
    from: string
    to: string
  }[]
}

/** A model as somebody means to publish it, with everything that should be looked at before. */
export interface ProcessPreview {
  /** Null when the model cannot run. */
  process: CompiledProcess | null
  problems: ProcessProblem[]
  warnings: ProcessProblem[]
  /** Working hours along the longest way; null when it cannot run. */
  hours: number | null
  uses: readonly ProcedureUse[]
  /** Null for a process that has no version yet. */
  changes: StepChange[] | null
}

/** Reads, checks and compares a model; nothing is stored. */
export async function previewProcess(xml: string, facts: PreviewFacts): Promise<ProcessPreview> {
  const process = await compileProcess(xml, { called: facts.called })
  if (isRefusal(process)) {
    const { problems = [{ code: process.code, element: null, params: numbersOf(process.details) }] } =
      process.details as { problems?: ProcessProblem[] }
    return { process: null, problems, warnings: [], hours: null, uses: [], changes: null }
  }
  const [uses, before, callers] = await Promise.all([
    facts.uses(process.id),
    facts.before(process.id),
    facts.callers?.(process.id) ?? [],
  ])
  const { errors, warnings } = checkProcess(process)
  return {
    process,
    problems: [...keyProblems(process), ...errors],
    warnings: [
      ...warnings,
      ...limitWarnings(process, uses, callers.length),
      ...(await callerWarnings(xml, process, { callers, called: facts.called })),
      ...holderWarnings(process, facts.holders, uses),
    ],
    hours: longestHours(process),
    uses,
    changes: before ? compareSteps(before, process) : null,
  }
}

const numbersOf = (details: unknown) => ({ ...(details as Record<string, number>) })

// The key stands in addresses and in the procedures that run on it.
function keyProblems({ id }: CompiledProcess): ProcessProblem[] {
  return /^[A-Za-z_][\w.-]{0,79}$/.test(id)
    ? []
    : [{ code: 'key-invalid', element: null, params: { key: id } }]
}

function limitWarnings(
  process: CompiledProcess,
  uses: readonly ProcedureUse[],
  callers: number,
): ProcessProblem[] {
  const hours = longestHours(process)
  if (uses.length === 0 && callers > 0) return []
  if (uses.length === 0) return [{ code: 'not-used', element: null, params: { key: process.id } }]
  return uses.flatMap(({ name, limits }) =>
    limits
      .filter((limit) => hours > limit.hours)
      .map(({ caseName, hours: limitHours }) => ({
        code: 'above-limit',
        element: null,
        params: { name, caseName: caseName.vi, hours, limitHours },
      })),
  )
}

/** What calls a process takes its hours into its own limits: it is compiled with the new model in it. */
async function callerWarnings(
  xml: string,
  { id }: CompiledProcess,
  { callers, called }: { callers: readonly Caller[]; called: PreviewFacts['called'] },
): Promise<ProcessProblem[]> {
  const found: ProcessProblem[] = []
  for (const caller of callers) {
    const whole = await compileProcess(caller.xml, {
      called: async (key) => (key === id ? xml : called(key)),
    })
    const params = { owner: caller.name }
    if (isRefusal(whole)) {
      found.push({ code: 'breaks-caller', element: null, params })
      continue
    }
    const hours = longestHours(whole)
    for (const { name, limits } of caller.uses)
      for (const limit of limits.filter((each) => hours > each.hours))
        found.push({
          code: 'above-limit-of-caller',
          element: null,
          params: { ...params, name, caseName: limit.caseName.vi, hours, limitHours: limit.hours },
        })
  }
  return found
}

function holderWarnings(
  process: CompiledProcess,
  holders: HoldersOf,
  uses: readonly ProcedureUse[],
): ProcessProblem[] {
  const settledBy = uses.map((use) => use.settledBy)
  return Object.values(process.steps).flatMap((step): ProcessProblem[] => {
    const { count, without } = holders(step, settledBy)
    const about = (code: string, places: string) => [
      { code, element: step.stepId, params: { name: step.name || step.stepId, role: step.role, places } },
    ]
    if (count === 0) return about('role-unheld', '')
    return without.length > 0 ? about('role-unheld-at', without.join(', ')) : []
  })
}

/** Steps that were added, removed or changed, in the order of the newer version and then of the older. Pure. */
export function compareSteps(
  before: Pick<CompiledProcess, 'steps'>,
  after: Pick<CompiledProcess, 'steps'>,
): StepChange[] {
  const kept = Object.values(after.steps).flatMap((step): StepChange[] => {
    const { stepId, name } = step
    const old = own(before.steps, stepId)
    if (!old) return [{ stepId, name, change: 'added', parts: [] }]
    const parts = partsOf(old, step)
    return parts.length > 0 ? [{ stepId, name, change: 'changed', parts }] : []
  })
  const removed = Object.values(before.steps)
    .filter(({ stepId }) => own(after.steps, stepId) === undefined)
    .map(({ stepId, name }): StepChange => ({ stepId, name, change: 'removed', parts: [] }))
  return [...kept, ...removed]
}

const parts = ['name', 'role', 'hours', 'unitKind', 'authority', 'outcomes'] as const

function partsOf(old: Step, step: Step): StepChange['parts'] {
  return parts
    .map((part) => ({ part, from: String(old[part]), to: String(step[part]) }))
    .filter(({ from, to }) => from !== to)
}
