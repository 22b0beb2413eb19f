import type { Feel } from '../../kernel/feel/index.ts'
import type { Role, UnitKind } from '../directory/index.ts'
import type { Diagram } from './diagram.ts'
import type { TimerSpec } from './marking.ts'

export const stepKinds = ['work', 'draft', 'review', 'decide', 'issue'] as const
export type StepKind = (typeof stepKinds)[number]

export const signsAs = ['initial', 'second'] as const
export type SignsAs = (typeof signsAs)[number]

/** A step of the internal process: who does what within how many working hours. */
export interface StepRef {
  stepId: string
  name: string
  role: Role
  /** Working hours planned for the step. */
  hours: number
  kind: StepKind
  unitKind: UnitKind
  /** Whose unit does it: the authority that received the dossier, or the one that settles it. */
  authority: 'receiving' | 'competent'
}

/** A flow and the node at its end. */
export interface Way {
  flowId: string
  to: string
}

/** Where a node stands: the id of its sub-process; null in the process itself. */
interface Placed {
  within: string | null
}

export interface Step extends StepRef, Placed {
  /** What the person may state when the step is done, the ordinary outcome first. */
  outcomes: string[]
  /** Who does it signs the paper before who decides: an initial, or a second signature beside. */
  signs?: SignsAs
  next: Way
}

/** A place where the process waits for a message or a moment; somebody watches over it. */
export interface Wait extends StepRef, Placed {
  awaits: Awaited
  next: Way
}

export type Awaited = { is: 'message'; message: string } | { is: 'timer'; timer: TimerSpec }

export interface Branch extends Way {
  name: string
  text: string
  /** When the branch is taken; null of a parallel gateway, whose branches are all taken. */
  condition: Feel | null
}

export interface Gateway extends Placed {
  id: string
  name: string
  kind: 'exclusive' | 'parallel' | 'inclusive'
  branches: Branch[]
  /** Taken when no branch holds; null when the branches cover everything. */
  otherwise: Way | null
  /** Flows that lead here: what a join waits for. */
  incoming: string[]
}

/** An event on the border of a step, a wait or a sub-process. */
export interface Boundary extends Placed {
  id: string
  name: string
  /** The node that it stands on. */
  host: string
  /** Whether what happens inside ends when the event occurs. */
  interrupting: boolean
  on: Awaited | Caught
  next: Way
}

/** An error or escalation that is caught; null catches every one. */
export interface Caught {
  is: 'error' | 'escalation'
  code: string | null
}

/** An event that is passed at once and may tell the scopes around it. */
export interface Throwing extends Placed {
  id: string
  name: string
  escalates: { code: string } | null
  next: Way
}

/** A part with its own start and ends; of a call, the process that is called, compiled in. */
export interface SubProcess extends Placed {
  id: string
  name: string
  /** Key of the process that is called; null of a part drawn in place. */
  called: string | null
  start: string
  first: Way
  next: Way
}

export interface Ending extends Placed {
  id: string
  name: string
  result: 'granted' | 'refused' | null
  /** What it does beside ending its own token. */
  effect: { is: 'none' | 'terminate' } | { is: 'error' | 'escalation'; code: string }
}

export type { Diagram, Point } from './diagram.ts'

/**
 * A BPMN model as it runs: plain JSON, stored beside the XML that it was compiled from. Nodes of every level stand
 * in one space of ids; those of a called process begin with the id of the call and a slash.
 */
export interface CompiledProcess {
  id: string
  name: string
  /** As the file states it; a file from elsewhere may not. */
  edition: { version: number; validFrom: string | null; validTo: string | null }
  start: { id: string; name: string }
  /** The way that leaves the start event. */
  first: Way
  steps: Record<string, Step>
  waits: Record<string, Wait>
  gateways: Record<string, Gateway>
  throws: Record<string, Throwing>
  subs: Record<string, SubProcess>
  boundaries: Record<string, Boundary>
  ends: Record<string, Ending>
  diagram: Diagram | null
}

/** Something to correct in a model; the text is `processes.problem.<code>`. */
export interface ProcessProblem {
  code: string
  element: string | null
  params: Record<string, string | number>
}

/** A record's own entry: ids come from files and links, so that names like `constructor` must find nothing. */
export function own<T>(record: Readonly<Record<string, T>>, id: string | null): T | undefined {
  return id !== null && Object.hasOwn(record, id) ? record[id] : undefined
}

const kinds = ['steps', 'waits', 'gateways', 'throws', 'subs', 'boundaries', 'ends'] as const

/** Every node of the process and its parts, kind by kind; start events are not among them. */
export function nodesOf(process: CompiledProcess): string[] {
  return kinds.flatMap((kind) => Object.keys(process[kind]))
}

/** A node by its id, whatever it is. */
export function nodeOf(process: CompiledProcess, nodeId: string) {
  for (const kind of kinds) {
    const found = own<CompiledProcess[typeof kind][string]>(process[kind], nodeId)
    if (found) return found
  }
  return undefined
}

/** The ways that leave a node, in the order of the drawing. */
export function waysFrom(process: CompiledProcess, nodeId: string): Way[] {
  if (nodeId === process.start.id) return [process.first]
  const gateway = own(process.gateways, nodeId)
  if (gateway) return gateway.otherwise ? [...gateway.branches, gateway.otherwise] : gateway.branches
  const node = nodeOf(process, nodeId)
  return node && 'next' in node ? [node.next] : []
}

/** The nodes that a node leads to, in the order of the drawing. */
export function nextOf(process: CompiledProcess, nodeId: string): string[] {
  return waysFrom(process, nodeId).map((way) => way.to)
}

/** The sub-process that a node stands in; null in the process itself. */
export function withinOf(process: CompiledProcess, nodeId: string): string | null {
  return nodeOf(process, nodeId)?.within ?? null
}

/** The name of a node as people know it; its id when it has none. */
export function nameOf(process: CompiledProcess, nodeId: string): string {
  return nodeOf(process, nodeId)?.name || nodeId
}

/** The part of a step or wait that a dossier keeps with its task. */
export function stepRef({ stepId, name, role, hours, kind, unitKind, authority }: StepRef): StepRef {
  return { stepId, name, role, hours, kind, unitKind, authority }
}
