import type { Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale } from 'motcua/kernel/i18n'
import type { StatedProblem } from 'motcua/modules/changes'
import { refusalText } from '../desk/acting'
import { errorAt, type Problem } from '../ui/error-summary'
import { dateText } from '../ui/format'

/** What is typed to begin a change. */
export interface StartValues {
  code: string
  title: string
  reason: string
}

export function readStart(form: FormData): StartValues {
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 3000)
  return { code: text('code').trim(), title: text('title'), reason: text('reason') }
}

/** Where each stated field is typed. */
export const fieldIds: Record<StatedProblem['field'], string> = {
  code: 'ma',
  title: 'ten',
  reason: 'ly-do',
  note: 'y-kien',
  validFrom: 'tu-ngay',
  decisionNumber: 'so-quyet-dinh',
  decisionOn: 'ngay-quyet-dinh',
  content: 'noi-dung',
}

/** A refusal as problems of the page: each field's own, else the sentence of the refusal. */
export function statedTexts(refused: Refusal, locale: Locale): Problem[] {
  const { problems } = refused.details as { problems?: StatedProblem[] }
  if (refused.code !== 'changes.invalid' || !problems)
    return [{ href: '#noi-dung', text: refusalText(refused, locale) }]
  return problems.map(({ field, code, params = {} }) => {
    const said = { ...params, ...(typeof params.date === 'string' && { date: dateText(params.date) }) }
    const text = findMessage(locale, `changes.problem.${code}`, said) ?? code
    return { href: `#${fieldIds[field]}`, text }
  })
}

/** What is wrong with one field. */
export const errorOf = (problems: readonly Problem[], field: StatedProblem['field']): string | undefined =>
  errorAt(problems, fieldIds[field])
