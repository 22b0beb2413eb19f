import type { ModdleElement } from 'bpmn-moddle'

export const list = (value: unknown): ModdleElement[] => (Array.isArray(value) ? value : [])

/** An element that another one refers to, or holds alone. */
export const one = (element: ModdleElement, name: string) => element.get(name) as ModdleElement | undefined

/** One of our attributes; undefined when it is absent or blank. */
export function attribute(element: ModdleElement, name: string): string | undefined {
  const value = element.get(`motcua:${name}`)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A plain text attribute of BPMN; undefined when it is absent or blank. */
export function text(element: ModdleElement | undefined, name: string): string | undefined {
  const value = element?.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** FEEL in the body of an expression; some editors write it with a leading "=". */
export function expression(element: ModdleElement | undefined): string | undefined {
  return text(element, 'body')?.replace(/^=\s*/, '') || undefined
}

/** The only event definition of an event; undefined of a plain one. */
export const definitionOf = (event: ModdleElement): ModdleElement | undefined =>
  list(event.get('eventDefinitions'))[0]

/** Children of a process or sub-process. */
export const flowElementsOf = (container: ModdleElement): ModdleElement[] =>
  list(container.get('flowElements'))
