import type { ModdleElement } from 'bpmn-moddle'
import type { CompiledProcess, ProcessProblem, Way } from '../compiled-process.ts'
import { flowElementsOf, one } from './element.ts'
import { type Note, noteIn } from './problems.ts'

/** What one compilation knows and fills. */
export interface Compilation {
  compiled: CompiledProcess
  problems: ProcessProblem[]
  /** Processes that are called, by key; undefined of a key that nobody publishes. */
  called: ReadonlyMap<string, ModdleElement | undefined>
  /** Elements seen so far, those of called processes once for each call. */
  size: { elements: number }
}

/** One level of a model: the process itself, a sub-process, or a process that is called. */
export interface Level extends Compilation {
  container: ModdleElement
  elements: readonly ModdleElement[]
  /** Id of the sub-process that this level is the inside of; null of the process itself. */
  within: string | null
  /** What the ids of this level begin with: the calls around it. */
  prefix: string
  /** Keys of the processes that called each other down to here. */
  callers: readonly string[]
  note: Note
  flowsFrom(element: ModdleElement): readonly ModdleElement[]
  flowsInto(element: ModdleElement): readonly ModdleElement[]
}

/** Where a level begins. */
export interface Beginning {
  start: string
  startName: string
  first: Way
}

export function newLevel(
  outer: Omit<Level, 'container' | 'elements' | 'note' | 'flowsFrom' | 'flowsInto'>,
  container: ModdleElement,
): Level {
  const elements = flowElementsOf(container)
  const flows = elements.filter((each) => each.$type === 'bpmn:SequenceFlow')
  const from = Map.groupBy(flows, (flow) => one(flow, 'sourceRef'))
  const into = Map.groupBy(flows, (flow) => one(flow, 'targetRef'))
  return {
    ...outer,
    container,
    elements,
    note: noteIn(outer.problems, outer.prefix),
    flowsFrom: (element) => from.get(element) ?? [],
    flowsInto: (element) => into.get(element) ?? [],
  }
}

/** The id under which an element is known in the whole compiled process. */
export const idIn = (level: Level, element: ModdleElement | undefined): string =>
  element?.id === undefined ? '' : `${level.prefix}${element.id}`

/** Flows may go without an id in BPMN; where they lead from and to names them then. */
export function flowId(level: Level, flow: ModdleElement): string {
  if (flow.id !== undefined) return idIn(level, flow)
  const [from, to] = [one(flow, 'sourceRef'), one(flow, 'targetRef')]
  return `${idIn(level, from)}>${to?.id ?? ''}>${level.elements.indexOf(flow)}`
}

export const wayOf = (level: Level, flow: ModdleElement): Way => ({
  flowId: flowId(level, flow),
  to: idIn(level, one(flow, 'targetRef')),
})

/** The only way out of a node that has one. */
export function onlyWay(level: Level, element: ModdleElement): Way {
  const flows = level.flowsFrom(element)
  if (flows.length === 0) level.note('dead-end', element)
  if (flows.length > 1) level.note('several-flows-out', element)
  if (flows.some((flow) => flow.get('conditionExpression') !== undefined))
    level.note('condition-misplaced', element)
  return flows[0] ? wayOf(level, flows[0]) : { flowId: '', to: '' }
}
