import { accepted } from '../../src/kernel/errors.ts'
import { type CompiledProcess, compileProcess } from '../../src/modules/processes/index.ts'

const attributes = (given: Record<string, string | number | boolean>) =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')

/** A user task; the role and the hours where the test does not care. */
export function aStep(id: string, stated: Record<string, string | number> = {}, inside = ''): string {
  const own = { role: 'specialist', hours: 4, kind: 'work', ...stated }
  const work = Object.fromEntries(Object.entries(own).map(([name, value]) => [`motcua:${name}`, value]))
  return element('userTask', { id, name: id, ...work }, inside)
}

/** Any BPMN element. */
export const element = (
  type: string,
  given: Record<string, string | number | boolean>,
  inside = '',
): string => `<bpmn:${type}${attributes(given)}>${inside}</bpmn:${type}>`

/** A timer of so long; counted in working time from the start of what it stands on. */
export const aTimer = (duration: string, more: Record<string, string> = {}): string =>
  `<bpmn:timerEventDefinition${attributes(Object.fromEntries(Object.entries(more).map(([name, value]) => [`motcua:${name}`, value])))}>` +
  `<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`

/** `a > b`, or `a > b : outcome = "no"` with a condition; the flow is called `a-b`. */
export function aFlow(text: string): string {
  const [way, condition] = text.split(' : ')
  const [from, to] = way!.split(' > ')
  const when = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition.replaceAll('<', '&lt;')}</bpmn:conditionExpression>`
    : ''
  return element('sequenceFlow', { id: `${from}-${to}`, sourceRef: from!, targetRef: to! }, when)
}

/** A BPMN file of one process that begins at `start`; `around` are messages, errors and escalations. */
export function aModel(elements: readonly string[], flows: readonly string[], around = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="https://motcua.vn/schema/bpmn" id="d" targetNamespace="t">${around}` +
    `<bpmn:process id="p" name="p" isExecutable="true" motcua:version="1" motcua:validFrom="2026-01-01">` +
    `<bpmn:startEvent id="start"/>${elements.join('')}${flows.map(aFlow).join('')}</bpmn:process></bpmn:definitions>`
  )
}

/** The same, compiled. */
export const aProcess = async (...model: Parameters<typeof aModel>): Promise<CompiledProcess> =>
  accepted(await compileProcess(aModel(...model)))
