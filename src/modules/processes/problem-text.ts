import { findMessage, type Locale } from '../../kernel/i18n.ts'
import type { ProcessProblem } from './compiled-process.ts'

/** A problem or warning of a model in words, with the id that its author finds in the editor. */
export function problemText({ code, element, params }: ProcessProblem, locale: Locale): string {
  const role = params.role === undefined ? undefined : findMessage(locale, `processes.role.${params.role}`)
  const said = { ...params, roleName: role ?? '' }
  const keys = [`processes.problem.${code}`, `processPage.problem.${code}`, code]
  const text = keys.map((key) => findMessage(locale, key, said)).find((each) => each !== undefined) ?? code
  return element === null || text.includes(`“${element}”`) ? text : `${text} [${element}]`
}
