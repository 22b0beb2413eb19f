import type { ModdleElement } from 'bpmn-moddle'
import { calledKey } from './calls.ts'
import { one } from './element.ts'
import { compileBoundary, compileEnd, compileThrow } from './events.ts'
import { compileGateway } from './gateways.ts'
import { type Beginning, flowId, idIn, type Level, newLevel, onlyWay } from './level.ts'
import { mostElements } from './problems.ts'
import { compileStep, compileWait } from './steps.ts'
import { isPassive, unsupportedKind } from './supported.ts'

type Compile = (level: Level, element: ModdleElement) => void

const compilers: Record<string, Compile> = {
  'bpmn:UserTask': compileStep,
  'bpmn:ReceiveTask': compileWait,
  'bpmn:IntermediateCatchEvent': compileWait,
  'bpmn:IntermediateThrowEvent': compileThrow,
  'bpmn:ExclusiveGateway': compileGateway,
  'bpmn:ParallelGateway': compileGateway,
  'bpmn:InclusiveGateway': compileGateway,
  'bpmn:SubProcess': compileSub,
  'bpmn:CallActivity': compileCall,
  'bpmn:BoundaryEvent': compileBoundary,
  'bpmn:EndEvent': compileEnd,
  'bpmn:SequenceFlow': checkFlow,
}

/** Compiles the elements of one level into the process, in the order of the file; says where the level begins. */
export function compileLevel(level: Level): Beginning {
  for (const element of level.elements) {
    const type = unsupportedKind(element)
    if (type !== undefined) level.note('unsupported', element, { type })
    // Met here when the file wrote the letters of such a name as numbers.
    else if (element.id !== undefined && element.id in Object.prototype)
      level.note('id-forbidden', element, { id: element.id })
    else if (!isPassive(element) && element.id === undefined && element.$type !== 'bpmn:SequenceFlow')
      level.note('id-missing', element)
    else compilers[element.$type]?.(level, element)
  }
  if (!level.elements.some((each) => each.$type === 'bpmn:EndEvent')) level.note('no-end', level.container)
  return beginningOf(level)
}

function beginningOf(level: Level): Beginning {
  const [start, another] = level.elements.filter((each) => each.$type === 'bpmn:StartEvent')
  if (!start) level.note('no-start', level.container)
  if (another) level.note('several-starts', another)
  if (start && level.flowsInto(start).length > 0) level.note('flow-misplaced', start)
  return {
    start: idIn(level, start),
    startName: start?.name ?? '',
    first: start ? onlyWay(level, start) : { flowId: '', to: '' },
  }
}

function checkFlow(level: Level, flow: ModdleElement): void {
  const ends = [one(flow, 'sourceRef'), one(flow, 'targetRef')]
  const name = flow.name || flowId(level, flow)
  const meets = (end: ModdleElement | undefined) =>
    end?.id !== undefined && !isPassive(end) && end.$type !== 'bpmn:SequenceFlow'
  if (!ends.every(meets)) level.note('flow-broken', flow, { name })
  else if (!ends.every((end) => level.elements.includes(end!))) level.note('flow-crosses', flow, { name })
}

/** An embedded sub-process. */
function compileSub(level: Level, element: ModdleElement): void {
  const inside = newLevel({ ...level, within: idIn(level, element) }, element)
  putSub(level, element, null, inside)
}

/** A call: the process that is called becomes the inside of a sub-process. */
function compileCall(level: Level, element: ModdleElement): void {
  const key = calledKey(element) ?? ''
  const process = level.called.get(key)
  const callers = [...level.callers, key]
  if (level.callers.includes(key)) level.note('call-recursion', element, { path: callers.join(' → ') })
  else if (process === undefined) level.note('called-missing', element, { key })
  else {
    const id = idIn(level, element)
    putSub(level, element, key, newLevel({ ...level, within: id, prefix: `${id}/`, callers }, process))
  }
}

function putSub(level: Level, element: ModdleElement, called: string | null, inside: Level): void {
  level.size.elements += inside.elements.length
  // Calls within calls multiply; what is too large is said once, at the end.
  if (level.size.elements > mostElements) return
  const id = idIn(level, element)
  const { start, first } = compileLevel(inside)
  const next = onlyWay(level, element)
  level.compiled.subs[id] = { id, name: element.name ?? '', within: level.within, called, start, first, next }
}
