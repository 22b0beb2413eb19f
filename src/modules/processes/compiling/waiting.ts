import type { ModdleElement } from 'bpmn-moddle'
import type { Awaited } from '../compiled-process.ts'
import { definitionOf, one } from './element.ts'
import type { Level } from './level.ts'
import { timerOf } from './timer.ts'

/** What a wait or a boundary event waits for. `onStep`: it stands on something that has hours of its own. */
export function awaitedOf(level: Level, element: ModdleElement, onStep = false): Awaited {
  const definition = element.$type === 'bpmn:ReceiveTask' ? element : definitionOf(element)
  if (definition?.$type === 'bpmn:TimerEventDefinition') {
    return { is: 'timer', timer: timerOf(level, element, definition, onStep) }
  }
  const message = definition && one(definition, 'messageRef')
  if (!message) level.note('message-missing', element)
  return { is: 'message', message: message?.name || message?.id || '' }
}
