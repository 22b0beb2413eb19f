import type { ModdleElement } from 'bpmn-moddle'
import { flowElementsOf, text } from './element.ts'

/** The key of the process that a call names; a prefix of a namespace says nothing about it. */
export function calledKey(call: ModdleElement): string | undefined {
  return text(call, 'calledElement')?.replace(/^[^:]*:/, '')
}

/** Every key that a process or its parts call. */
export function calledKeys(container: ModdleElement): string[] {
  return flowElementsOf(container).flatMap((each) => {
    if (each.$type === 'bpmn:SubProcess') return calledKeys(each)
    const key = each.$type === 'bpmn:CallActivity' ? calledKey(each) : undefined
    return key === undefined ? [] : [key]
  })
}
