import type { ModdleElement } from 'bpmn-moddle'
import type { Boundary, Ending } from '../compiled-process.ts'
import { attribute, definitionOf, one, text } from './element.ts'
import { idIn, type Level, onlyWay } from './level.ts'
import { eventKind } from './supported.ts'
import { awaitedOf } from './waiting.ts'

/** An end: of its own token, of everything around it, or one that tells whoever stands around. */
export function compileEnd(level: Level, element: ModdleElement): void {
  const id = idIn(level, element)
  if (level.flowsFrom(element).length > 0) level.note('flow-misplaced', element)
  level.compiled.ends[id] = {
    id,
    name: element.name ?? '',
    within: level.within,
    result: resultOf(level, element),
    effect: effectOf(level, element),
  }
}

function resultOf({ note }: Level, element: ModdleElement): Ending['result'] {
  const result = attribute(element, 'result')
  if (result === undefined || result === 'granted' || result === 'refused') return result ?? null
  note('attribute-unknown', element, { attribute: 'result', value: result })
  return null
}

function effectOf(level: Level, element: ModdleElement): Ending['effect'] {
  switch (eventKind(element)) {
    case 'Terminate':
      return { is: 'terminate' }
    case 'Error':
      return { is: 'error', code: thrownCode(level, element, 'error') }
    case 'Escalation':
      return { is: 'escalation', code: thrownCode(level, element, 'escalation') }
    default:
      return { is: 'none' }
  }
}

/** An event that is passed at once: a milestone, or an escalation. */
export function compileThrow(level: Level, element: ModdleElement): void {
  const id = idIn(level, element)
  const escalates = eventKind(element) === 'Escalation'
  level.compiled.throws[id] = {
    id,
    name: element.name ?? '',
    within: level.within,
    escalates: escalates ? { code: thrownCode(level, element, 'escalation') } : null,
    next: onlyWay(level, element),
  }
}

function thrownCode(level: Level, element: ModdleElement, is: 'error' | 'escalation'): string {
  const code = codeOf(element, is)
  if (code === null) level.note(`${is}-code-missing`, element)
  return code ?? ''
}

/** The code of an error or escalation event: as stated, or the name or id of what it refers to. */
function codeOf(element: ModdleElement, is: 'error' | 'escalation'): string | null {
  const definition = definitionOf(element)
  const thrown = definition && one(definition, `${is}Ref`)
  return text(thrown, `${is}Code`) ?? thrown?.name ?? thrown?.id ?? null
}

const hosts = new Set(['bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:SubProcess', 'bpmn:CallActivity'])
const works = new Set(['bpmn:UserTask', 'bpmn:ReceiveTask'])

/** An event on the border of a step, a receive task or a sub-process. */
export function compileBoundary(level: Level, element: ModdleElement): void {
  const host = one(element, 'attachedToRef')
  if (!host || !hosts.has(host.$type) || !level.elements.includes(host)) {
    level.note('boundary-without-host', element)
    return
  }
  if (level.flowsInto(element).length > 0) level.note('flow-misplaced', element)
  const on = caughtOf(level, element, host)
  const boundary: Boundary = {
    id: idIn(level, element),
    name: element.name ?? '',
    within: level.within,
    host: idIn(level, host),
    // An error always ends what it happened in.
    interrupting: on.is === 'error' || element.get('cancelActivity') !== false,
    on,
    next: onlyWay(level, element),
  }
  level.compiled.boundaries[boundary.id] = boundary
}

function caughtOf(level: Level, element: ModdleElement, host: ModdleElement): Boundary['on'] {
  const kind = eventKind(element)
  if (kind === 'Timer' || kind === 'Message') return awaitedOf(level, element, works.has(host.$type))
  const is = kind === 'Error' ? 'error' : 'escalation'
  const code = codeOf(element, is)
  // On a step, the code is an outcome that the person states; a wait raises nothing.
  if (code === null && host.$type === 'bpmn:UserTask') level.note(`${is}-code-missing`, element)
  if (host.$type === 'bpmn:ReceiveTask') level.note('boundary-never', element)
  return { is, code }
}

/** Lets every step state the errors and escalations that events on it catch. */
export function addRaisedOutcomes({ compiled }: Pick<Level, 'compiled'>): void {
  for (const { host, on } of Object.values(compiled.boundaries)) {
    const step = compiled.steps[host]
    if (!step || !('code' in on) || on.code === null || step.outcomes.includes(on.code)) continue
    step.outcomes.push(on.code)
  }
}
