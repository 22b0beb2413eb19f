import { accepted, isRefusal } from '../../kernel/errors.ts'
import { compileProcess } from './compile-process.ts'
import type { CompiledProcess, ProcessProblem } from './compiled-process.ts'
import type { Marking, Run } from './marking.ts'
import { awaits, begin, complete, occur, type ProcessFacts } from './run-process.ts'

/** A BPMN file around the elements of one process; `roots` stand beside it: messages, errors, escalations. */
export const aModel = (elements: string, { id = 'process', attributes = '', roots = '' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="https://motcua.vn/schema/bpmn"
  id="d-${id}" targetNamespace="t">${roots}<bpmn:process id="${id}" isExecutable="true" ${attributes}>${elements}</bpmn:process></bpmn:definitions>`

export const task = (id: string, attributes = 'motcua:role="specialist" motcua:hours="2"', inside = '') =>
  `<bpmn:userTask id="${id}" name="${id}" ${attributes}>${inside}</bpmn:userTask>`
export const tasks = (ids: string) =>
  ids
    .split(' ')
    .map((id) => task(id))
    .join('')
/** A task that can end in several ways, the ordinary one first. */
export const deciding = (id: string, outcomes: string) =>
  task(id, `motcua:role="head" motcua:hours="1" motcua:outcomes="${outcomes}"`)

export const started = '<bpmn:startEvent id="s" />'
export const ended = '<bpmn:endEvent id="e" motcua:result="granted" />'
export const end = (id: string, inside = '', attributes = '') =>
  `<bpmn:endEvent id="${id}" ${attributes}>${inside}</bpmn:endEvent>`
export const start = (id: string) => `<bpmn:startEvent id="${id}" />`

export const exclusive = (id: string, otherwise?: string) => gateway('exclusive', id, otherwise)
export const inclusive = (id: string, otherwise?: string) => gateway('inclusive', id, otherwise)
export const parallel = (id: string) => gateway('parallel', id)
const gateway = (kind: string, id: string, otherwise?: string) =>
  `<bpmn:${kind}Gateway id="${id}"${otherwise ? ` default="${id}-${otherwise}"` : ''} />`

export const flow = (from: string, to: string, condition?: string) =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`
/** Flows along chains of ids: `s a e, a b` leads from s to a to e, and from a to b. */
export const flows = (chains: string) =>
  chains
    .split(',')
    .map((chain) => chain.trim().split(/\s+/))
    .flatMap((ids) => ids.slice(1).map((to, i) => flow(ids[i]!, to)))
    .join('')

export const sub = (id: string, inside: string, attributes = '') =>
  `<bpmn:subProcess id="${id}" ${attributes}>${inside}</bpmn:subProcess>`
export const call = (id: string, called: string) =>
  `<bpmn:callActivity id="${id}" name="${id}" calledElement="${called}" />`

export const timer = (text: string, attributes = '', kind = 'timeDuration') =>
  `<bpmn:timerEventDefinition ${attributes}><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition>`
export const message = '<bpmn:messageEventDefinition messageRef="message-reply" />'
export const error = '<bpmn:errorEventDefinition errorRef="error-failed" />'
export const escalation = '<bpmn:escalationEventDefinition escalationRef="escalation-ask" />'
/** What the events above refer to. */
export const roots =
  '<bpmn:message id="message-reply" name="reply" /><bpmn:error id="error-failed" errorCode="failed" />' +
  '<bpmn:escalation id="escalation-ask" escalationCode="ask" />'

export const catching = (
  id: string,
  definition: string,
  attributes = 'motcua:role="clerk" motcua:hours="8"',
) =>
  `<bpmn:intermediateCatchEvent id="${id}" name="${id}" ${attributes}>${definition}</bpmn:intermediateCatchEvent>`
export const receiving = (id: string) =>
  `<bpmn:receiveTask id="${id}" name="${id}" messageRef="message-reply" motcua:role="clerk" motcua:hours="8" />`
export const throwing = (id: string, definition = '') =>
  `<bpmn:intermediateThrowEvent id="${id}">${definition}</bpmn:intermediateThrowEvent>`
/** An event on the border of a node; `passing` lets what happens inside go on. */
export const onBorder = (id: string, host: string, definition: string, passing?: 'passing') =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"${passing ? ' cancelActivity="false"' : ''}>${definition}</bpmn:boundaryEvent>`

/** A process from its elements, with a start `s`, an end `e` and everything that events may refer to. */
export async function aProcess(
  elements: string,
  called: Record<string, string> = {},
): Promise<CompiledProcess> {
  const options = { called: async (key: string) => called[key] }
  return accepted(await compileProcess(aModel(started + elements + ended, { roots }), options))
}

/** The problems for which a file is refused, as code and element. */
export async function problemsOf(
  xml: string,
  called: Record<string, string> = {},
): Promise<ProcessProblem[]> {
  const outcome = await compileProcess(xml, { called: async (key) => called[key] })
  if (!isRefusal(outcome)) return []
  return (outcome.details as { problems?: ProcessProblem[] }).problems ?? []
}

export const named = (problems: readonly ProcessProblem[]) =>
  problems.map(({ code, element }) => [code, element])

/** A process that runs, told what happens one thing after the other. */
export class Playing {
  readonly process: CompiledProcess
  last: Run

  constructor(process: CompiledProcess, facts: ProcessFacts = {}) {
    this.process = process
    this.last = begin(process, facts)
  }

  /** Steps end, one after the other, each with the outcome that it states (`sign=send-back`) or the ordinary one. */
  did(steps: string, facts: ProcessFacts = {}): this {
    for (const each of steps.split(' ')) {
      const [step = '', outcome = this.process.steps[step]?.outcomes[0] ?? 'ok'] = each.split('=')
      this.last = complete(this.process, this.last.marking, step, { ...facts, outcome })
    }
    return this
  }

  /** Messages come and moments arrive. */
  came(nodes: string, facts: ProcessFacts = {}): this {
    for (const node of nodes.split(' ')) this.last = occur(this.process, this.last.marking, node, facts)
    return this
  }

  get marking(): Marking {
    return this.last.marking
  }

  /** Steps and waits that are open, in the order of the alphabet. */
  get open(): string {
    return this.marking.tokens
      .filter(({ by }) => by === null)
      .map(({ at }) => at)
      .toSorted()
      .join(' ')
  }

  get awaited(): string {
    return awaits(this.process, this.marking)
      .messages.map(({ node }) => node)
      .toSorted()
      .join(' ')
  }

  get armed(): string {
    return this.marking.timers
      .map(({ node }) => node)
      .toSorted()
      .join(' ')
  }
}
