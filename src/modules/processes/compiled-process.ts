import type { Feel } from '../../kernel/feel/index.ts'
import type { Role, UnitKind } from '../directory/index.ts'
import type { Diagram } from './diagram.ts'

export const stepKinds = ['work', 'draft', 'review', 'decide', 'issue'] as const
export type StepKind = (typeof stepKinds)[number]

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

export interface Step extends StepRef {
  /** What the person may state when the step is done, the ordinary outcome first. */
  outcomes: string[]
  /** Node that follows; gateways decide further. */
  next: string
}

export interface Branch {
  flowId: string
  name: string
  to: string
  text: string
  condition: Feel
}

export interface Gateway {
  id: string
  name: string
  branches: Branch[]
  /** Taken when no branch holds; null when the branches cover everything. */
  otherwise: string | null
}

export interface Ending {
  id: string
  name: string
  result: 'granted' | 'refused' | null
}

export type { Diagram, Point } from './diagram.ts'

/** A BPMN model as it runs: plain JSON, stored beside the XML that it was compiled from. */
export interface CompiledProcess {
  id: string
  name: string
  /** As the file states it; a file from elsewhere may not. */
  edition: { version: number; validFrom: string | null; validTo: string | null }
  /** Node after the start event. */
  first: string
  start: { id: string; name: string }
  steps: Record<string, Step>
  gateways: Record<string, Gateway>
  ends: Record<string, Ending>
  diagram: Diagram | null
}

/** Something to correct in a model; the text is `processes.problem.<code>`. */
export interface ProcessProblem {
  code: string
  element: string | null
  params: Record<string, string | number>
}

/** The nodes that a node leads to, in the order of the drawing. */
export function nextOf(process: CompiledProcess, nodeId: string): string[] {
  const step = process.steps[nodeId]
  if (step) return [step.next]
  const gateway = process.gateways[nodeId]
  if (!gateway) return nodeId === process.start.id ? [process.first] : []
  return [
    ...gateway.branches.map((branch) => branch.to),
    ...(gateway.otherwise === null ? [] : [gateway.otherwise]),
  ]
}

/** The name of a node as people know it; its id when it has none. */
export function nameOf(process: CompiledProcess, nodeId: string): string {
  const node = process.steps[nodeId] ?? process.gateways[nodeId] ?? process.ends[nodeId]
  return node?.name || nodeId
}

/** The part of a step that a dossier keeps with its task. */
export function stepRef({ outcomes: _, next: __, ...ref }: Step): StepRef {
  return ref
}
