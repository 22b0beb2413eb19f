import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { ProcessProblem } from '../compiled-process.ts'
import { motcuaModdle } from '../moddle-extension.ts'
import { mostBytes, refusals } from './problems.ts'

// The parser keeps elements in plain objects by id, so the names that every object has are no ids.
const takenNames = Object.getOwnPropertyNames(Object.prototype).join('|')
const takenId = new RegExp(`\\bid\\s*=\\s*["'](${takenNames})["']`)
// Elements inside elements: BPMN needs a handful; the parser's own stack has an end.
const deepest = 200

/** The parsed definitions of a BPMN 2.0 file, or what keeps it from being read. */
export async function readXml(xml: string): Promise<Outcome<ModdleElement>> {
  if (xml.length > mostBytes) return refusals.tooLarge()
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return notReadable('doctype-forbidden')
  const taken = takenId.exec(xml)?.[1]
  if (taken) return notReadable('id-forbidden', { id: taken })
  if (depthOf(xml) > deepest) return notReadable('too-deep', { deepest })
  try {
    const { rootElement } = await new BpmnModdle({ motcua: motcuaModdle }).fromXML(xml)
    return rootElement
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200)
    return notReadable('not-xml', { detail })
  }
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
  for (const [, closing, self] of xml.matchAll(/<(\/)?[A-Za-z_][^<>]*?(\/)?>/g)) {
    if (closing) depth = Math.max(0, depth - 1)
    else if (!self) most = Math.max(most, ++depth)
  }
  return most
}
