import { messages } from '../../kernel/i18n.ts'
import { burden } from './burden.ts'
import type { CompiledForm } from './compile-form.ts'
import type { FieldState } from './evaluate-form.ts'
import { fieldKinds, isBlank } from './fields/index.ts'
import { type FormPageInput, problemViews, sourceLabel } from './form-page-view.ts'
import type { ReviewRow, ReviewView } from './form-view.ts'
import { validateAnswers } from './validate-answers.ts'

/** Everything the person is about to send, with sources and the way back to each page. */
export function reviewView(
  compiled: CompiledForm,
  given: Omit<FormPageInput, 'problems' | 'editing'>,
): ReviewView {
  const { definition } = compiled
  const { evaluation, problems, warnings } = validateAnswers(compiled, given.answers, given)
  const counts = burden(compiled, given.answers, given.origins, given)
  const sections = evaluation.pages.flatMap((page) => {
    const rows = page.fields
      .filter((state) => state.visible && !isBlank(state.value))
      .map((state) => rowOf(state, page.key, given))
    const title = definition.pages.find((one) => one.key === page.key)?.title[given.locale] ?? page.key
    return rows.length ? [{ key: page.key, title, rows }] : []
  })
  return {
    formKey: definition.key,
    title: definition.title[given.locale],
    sections,
    counts,
    notAskedText: messages(given.locale)('forms.review.not-asked', { count: counts.notAsked }),
    assurance: { text: definition.assurance[given.locale], version: definition.assurance.version },
    problems: problemViews(compiled, evaluation, problems, given.locale),
    warnings: problemViews(compiled, evaluation, warnings, given.locale),
  }
}

function rowOf(
  { field, path, value, row, outer }: FieldState,
  pageKey: string,
  given: Omit<FormPageInput, 'problems' | 'editing'>,
): ReviewRow {
  const { locale } = given
  const number = outer ? `${outer.row + 1}.${Number(row) + 1}` : row === undefined ? '' : String(row + 1)
  const label = number ? `${field.label[locale]} (${number})` : field.label[locale]
  const origin = given.origins[path]
  const source = origin?.state === 'given' ? sourceLabel(origin.source, locale) : undefined
  return {
    key: path,
    label,
    text: fieldKinds[field.type].display(value, field, given),
    ...(source ? { source } : {}),
    ...(field.locked || field.type === 'computed' ? {} : { editPageKey: pageKey }),
    sensitive: field.sensitive,
  }
}
