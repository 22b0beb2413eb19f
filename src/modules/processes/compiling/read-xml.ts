import { BpmnModdle, type ModdleElement, type ParseResult } from 'bpmn-moddle'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { ProcessProblem } from '../compiled-process.ts'
import { motcuaModdle } from '../moddle-extension.ts'
import { parseXml } from './parse-xml.ts'
import { mostBytes, refusals } from './problems.ts'

const moddle = new BpmnModdle({ motcua: motcuaModdle })

// The parser and we keep elements in plain objects by id, so the names that every object has are no ids.
const takenNames = Object.getOwnPropertyNames(Object.prototype).join('|')
const takenId = new RegExp(`\\bid\\s*=\\s*["'](${takenNames})["']`)
// Elements inside elements: BPMN needs a handful; the parser's own stack has an end.
const deepest = 200
const mostNamed = 100

/** The parsed definitions of a BPMN 2.0 file, or what keeps it from being read. */
export async function readXml(xml: string): Promise<Outcome<ModdleElement>> {
  if (xml.length > mostBytes) return refusals.tooLarge()
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return notReadable('doctype-forbidden')
  const taken = takenId.exec(xml)?.[1]
  if (taken) return notReadable('id-forbidden', { id: taken })
  if (depthOf(xml) > deepest) return notReadable('too-deep', { deepest })
  try {
    const parsed = await parseXml(moddle, xml)
    const lost = parsed.warnings.flatMap(({ message }) => lostIn(message, xml))
    if (lost.length > 0) return refusals.notRunnable(lost.slice(0, mostNamed))
    resolveQualified(parsed)
    return parsed.rootElement
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200)
    return notReadable('not-xml', { detail })
  }
}

// Some tools write the prefix of the file's own namespace before the id that they refer to.
function resolveQualified({ warnings, elementsById }: ParseResult): void {
  for (const { element, property, value = '' } of warnings) {
    const id = value.slice(value.indexOf(':') + 1)
    if (!element || property === undefined || id === value || !Object.hasOwn(elementsById, id)) continue
    if (!Array.isArray(element.get(property))) element.set(property, elementsById[id])
  }
}

const lostContent = 'unparsable content '
const nestedError = 'nested error: '

/**
 * What the parser left out: running the rest would be another process than the one that was drawn. What it leaves
 * out of a drawing is only drawn otherwise.
 */
function lostIn(warning: string, xml: string): ProcessProblem[] {
  if (!warning.startsWith(lostContent)) return []
  // A tag may be as long as the file: only the part that is needed is looked at.
  const element = warning.slice(lostContent.length, lostContent.length + 200).split(' ')[0]!
  const reason = warning.slice(warning.lastIndexOf(nestedError)).slice(nestedError.length)
  if (isDrawn(element, xml)) return []
  const id = reason.slice(reason.indexOf('<') + 1, -1).slice(0, 100)
  if (reason.startsWith('duplicate ID')) return [{ code: 'id-twice', element: id, params: { name: id } }]
  if (reason.startsWith('illegal ID')) return [{ code: 'id-invalid', element: null, params: { id } }]
  return [{ code: 'unreadable', element: null, params: { detail: reason.slice(0, 200) } }]
}

function isDrawn(element: string, xml: string): boolean {
  const prefix = /^<([\w.-]+):/.exec(element)?.[1]
  const uri = prefix && new RegExp(`xmlns:${prefix}\\s*=\\s*["']([^"']*)`).exec(xml)?.[1]
  return uri !== undefined && /\/(BPMN|DD)\/\d+\/D[ICD]$/.test(uri)
}

const notReadable = (code: string, params: ProcessProblem['params'] = {}) =>
  refusals.notRunnable([{ code, element: null, params }])

/** The problems in a refusal of this file. */
export function problemsIn(outcome: Outcome<unknown>): ProcessProblem[] {
  if (!isRefusal(outcome)) return []
  const { problems } = outcome.details as { problems?: ProcessProblem[] }
  return problems ?? [{ code: outcome.code.replace(/^processes\./, ''), element: null, params: {} }]
}

// An upper bound is enough: tags in comments and texts count too.
function depthOf(xml: string): number {
  let [depth, most] = [0, 0]
  for (const [, closing, self] of xml.matchAll(/<(\/)?[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/)?>/g)) {
    if (closing) depth = Math.max(0, depth - 1)
    else if (!self) most = Math.max(most, ++depth)
  }
  return most
}
