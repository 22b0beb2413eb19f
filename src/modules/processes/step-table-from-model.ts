import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { isRefusal } from '../../kernel/errors.ts'
import { compileProcess } from './compile-process.ts'
import { type CompiledProcess, nameOf, own, type ProcessProblem, type Step } from './compiled-process.ts'
import { attribute, flowElementsOf, list, text } from './compiling/element.ts'
import { onlyProcess } from './compiling/only-process.ts'
import { readXml } from './compiling/read-xml.ts'
import { judge } from './judge-branch.ts'
import { motcuaModdle } from './moddle-extension.ts'
import { type StepRow, StepTable, type Target } from './step-table.ts'
import { tableExporter } from './step-table-model.ts'

/** Why a model is no table; `processEditor.richer.<code>`. */
export interface Richer {
  code: 'not-runnable' | 'condition' | 'gateway' | 'wait' | 'event' | 'part' | 'ending' | 'no-way' | 'unfit'
  /** The element that is more than a table can say. */
  name: string
  element: string | null
}

export interface TableOfModel {
  table: StepTable
  key: string
  name: string
}

/**
 * The step table that says the same as a model; what is richer than a table names where. What a draft still lacks -
 * roles, hours - is left empty in its row.
 */
export async function modelToSteps(
  xml: string,
): Promise<TableOfModel | { richer: Richer[]; problems: ProcessProblem[] }> {
  const root = await readXml(xml)
  const process = isRefusal(root) ? undefined : onlyProcess(root, () => undefined)
  if (isRefusal(root) || !process) return unreadable(isRefusal(root) ? root.details : {})
  const missing = fillIn(process)
  const filled = missing.size > 0 ? (await new BpmnModdle({ motcua: motcuaModdle }).toXML(root)).xml : xml
  const compiled = await compileProcess(filled)
  if (isRefusal(compiled)) return unreadable(compiled.details)
  const richer = beyondTables(compiled)
  const drawn = new Map(flowElementsOf(process).map((element) => [element.id ?? '', element]))
  const exporter = text(root, 'exporter')
  const rows =
    richer.length > 0 ? [] : rowsOf({ compiled, drawn, missing, lanes: lanesOf(process), exporter }, richer)
  const table = StepTable.safeParse({
    rows,
    receptionHours: Number(attribute(process, 'receptionHours') ?? 0) || 0,
    returnHours: Number(attribute(process, 'returnHours') ?? 0) || 0,
  })
  if (richer.length === 0 && !table.success)
    richer.push({ code: 'unfit', name: compiled.name, element: null })
  if (richer.length > 0 || !table.success) return { richer, problems: [] }
  return { table: table.data, key: compiled.id, name: compiled.name }
}

function unreadable(details: unknown): { richer: Richer[]; problems: ProcessProblem[] } {
  const { problems = [] } = (details ?? {}) as { problems?: ProcessProblem[] }
  return { richer: [{ code: 'not-runnable', name: '', element: null }], problems }
}

/** Writes something where a draft says nothing yet, so that the rest of it can be read; gives what was written. */
function fillIn(process: ModdleElement): Set<string> {
  const missing = new Set<string>()
  for (const task of flowElementsOf(process)) {
    if (task.$type !== 'bpmn:UserTask' || task.id === undefined) continue
    for (const [name, value] of [
      ['role', 'specialist'],
      ['hours', '1'],
    ] as const) {
      if (attribute(task, name) !== undefined) continue
      task.set(`motcua:${name}`, value)
      missing.add(`${name} ${task.id}`)
    }
  }
  return missing
}

function beyondTables(process: CompiledProcess): Richer[] {
  const all = (code: Richer['code'], nodes: Record<string, unknown>) =>
    Object.keys(nodes).map((id) => ({ code, name: nameOf(process, id), element: id }))
  const { waits, subs, boundaries, throws, gateways, ends } = process
  const choosing = Object.values(gateways).filter(({ kind }) => kind !== 'exclusive')
  const raising = Object.values(ends).filter(
    ({ effect }) => effect.is === 'error' || effect.is === 'escalation',
  )
  return [
    ...all('part', subs),
    ...all('wait', waits),
    ...all('event', boundaries),
    ...all('event', throws),
    ...all('gateway', Object.fromEntries(choosing.map((each) => [each.id, each]))),
    ...all('ending', Object.fromEntries(raising.map((each) => [each.id, each]))),
  ]
}

interface Reading {
  compiled: CompiledProcess
  drawn: ReadonlyMap<string, ModdleElement>
  missing: ReadonlySet<string>
  lanes: ReadonlyMap<string, string>
  exporter: string | undefined
}

/** Where an outcome leads: a step, or one of the ends. */
type End = { step: string } | { end: 'granted' | 'refused' }

function rowsOf(reading: Reading, richer: Richer[]): StepRow[] {
  const { compiled } = reading
  const first = follow(compiled, compiled.first.to, null, richer)
  const leads = new Map(
    Object.values(compiled.steps).map((step) => [
      step.stepId,
      step.outcomes.map((outcome) => ({ outcome, to: follow(compiled, step.next.to, outcome, richer) })),
    ]),
  )
  if (richer.length > 0 || !first) return []
  const order = orderOf(reading, first, leads)
  return order.map((id, i) => {
    const outcomes = leads.get(id)!.map(({ outcome, to }) => ({ outcome, to: targetOf(to!, order[i + 1]) }))
    return rowOf(reading, compiled.steps[id]!, outcomes)
  })
}

/** Passes the gateways behind a step; undefined, and noted, where more than the outcome decides. */
function follow(
  process: CompiledProcess,
  from: string,
  outcome: string | null,
  richer: Richer[],
): End | undefined {
  const seen = new Set<string>()
  for (let node = from; ; ) {
    const gateway = own(process.gateways, node)
    if (!gateway) return endOf(process, node)
    const beyond = (code: Richer['code']) => {
      if (!richer.some((each) => each.code === code && each.element === node))
        richer.push({ code, name: nameOf(process, node), element: node })
      return undefined
    }
    if (seen.has(node)) return beyond('no-way')
    seen.add(node)
    const judged = gateway.branches.map((branch) => ({ to: branch.to, is: judge(branch, outcome) }))
    const taken = judged.find(({ is }) => is !== false)
    if (taken?.is === undefined && taken) return beyond('condition')
    const way = taken ?? gateway.otherwise
    if (!way) return beyond('no-way')
    node = way.to
  }
}

function endOf(process: CompiledProcess, node: string): End {
  const ending = own(process.ends, node)
  return ending ? { end: ending.result ?? 'granted' } : { step: node }
}

type Leads = ReadonlyMap<string, { to: End | undefined }[]>

/** The order of the file when a table was written to it; else along the ordinary outcomes, then the others. */
function orderOf({ compiled, exporter }: Reading, first: End, leads: Leads): string[] {
  const all = Object.keys(compiled.steps)
  const start = 'step' in first ? first.step : undefined
  if (exporter === tableExporter && all[0] === start) return all
  const order: string[] = []
  const waiting = start === undefined ? [] : [start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const later: string[] = []
    for (let at: string | undefined = id; at !== undefined && !order.includes(at); ) {
      order.push(at)
      const [ordinary, ...others]: (string | undefined)[] = leads
        .get(at)!
        .map(({ to }) => (to && 'step' in to ? to.step : undefined))
      later.push(...others.filter((each) => each !== undefined))
      at = ordinary
    }
    waiting.push(...later.toReversed())
  }
  return [...order, ...all.filter((id) => !order.includes(id))]
}

function targetOf(to: End, below: string | undefined): Target {
  if ('end' in to) return to.end === 'granted' && below === undefined ? 'next' : to.end
  return to.step === below ? 'next' : `#${to.step}`
}

function rowOf({ drawn, missing, lanes }: Reading, step: Step, outcomes: StepRow['outcomes']): StepRow {
  const { stepId: id, name, unitKind, authority, kind, signs } = step
  const task = drawn.get(id)
  return {
    id,
    name,
    note: list(task?.get('documentation'))
      .map((each) => text(each, 'text') ?? '')
      .filter(Boolean)
      .join('\n'),
    performer: (task && attribute(task, 'performer')) ?? lanes.get(id) ?? '',
    role: missing.has(`role ${id}`) ? null : step.role,
    unitKind,
    authority,
    kind,
    hours: missing.has(`hours ${id}`) ? null : step.hours,
    product: (task && attribute(task, 'product')) ?? '',
    outcomes,
    ...(signs && { signs }),
  }
}

/** The name of the lane that each step stands in. */
function lanesOf(process: ModdleElement): Map<string, string> {
  const found = new Map<string, string>()
  const read = (lane: ModdleElement) => {
    for (const node of list(lane.get('flowNodeRef'))) if (node.id && lane.name) found.set(node.id, lane.name)
    for (const inner of list((lane.get('childLaneSet') as ModdleElement | undefined)?.get('lanes')))
      read(inner)
  }
  for (const set of list(process.get('laneSets'))) for (const lane of list(set.get('lanes'))) read(lane)
  return found
}
