import { type Locale, messages } from 'motcua/kernel/i18n'
import type { StatementProblem } from 'motcua/modules/processes'
import type { Problem } from '../ui/error-summary'
import { dateText } from '../ui/format'

/** What is stated with a model, as it was typed. */
export interface StatedValues {
  validFrom: string
  decisionNumber: string
  decisionOn: string
  reason: string
}

export const stated = ['validFrom', 'decisionNumber', 'decisionOn', 'reason'] as const

/** What a posted form states. */
export function readStated(form: FormData): StatedValues {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    validFrom: text('validFrom'),
    decisionNumber: text('decisionNumber'),
    decisionOn: text('decisionOn'),
    reason: text('reason'),
  }
}

/** What is wrong with what was stated, in the order of the form, each with the box that mends it. Pure. */
export function statedProblems(problems: readonly StatementProblem[], locale: Locale): Problem[] {
  const t = messages(locale)
  const isStated = (field: string): field is (typeof stated)[number] =>
    (stated as readonly string[]).includes(field)
  const order = (field: string) => (isStated(field) ? stated.indexOf(field) : stated.length)
  return problems
    .toSorted((a, b) => order(a.field) - order(b.field))
    .map(({ field, code, params = {} }) => {
      if (!isStated(field)) return { href: '#tep', text: t('processPage.problem.not-sent') }
      const { date } = params
      const shown = { ...params, ...(typeof date === 'string' && { date: dateText(date) }) }
      const said = t(`processPage.problem.${code as 'needed'}`, shown)
      return { href: `#${field}`, text: `${t(`processPage.import.${field}`)}: ${said}` }
    })
}
