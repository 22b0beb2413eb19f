import { type Locale, messages } from 'motcua/kernel/i18n'
import type { ResultDraftField } from 'motcua/modules/dossiers'

/** For whoever reviews and signs; no paper prints it. */
export const noteField: ResultDraftField = {
  key: 'note',
  label: { vi: messages('vi')('desk.panel.draftNote'), en: messages('en')('desk.panel.draftNote') },
  type: 'longtext',
  required: false,
}

/** What each field shows at first: the draft so far, else what the declaration says: in words, figures and dates bare. */
export function draftValues(
  fields: readonly ResultDraftField[],
  draft: Record<string, unknown> | null,
  declared: { words: Readonly<Record<string, string>>; answers: Record<string, unknown> },
): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ key, type }) => {
      const source = type === 'date' || type === 'number' ? declared.answers : declared.words
      return [key, String(draft?.[key] ?? source[key] ?? '')]
    }),
  )
}

/** The draft as it is kept: only what was written, figures as numbers. */
export function draftOf(fields: readonly ResultDraftField[], form: FormData): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ key, type }) => {
      const text = String(form.get(`draft:${key}`) ?? '')
        .normalize('NFC')
        .trim()
      if (text === '') return []
      return [
        [key, type === 'number' && /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text],
      ]
    }),
  )
}

/** What was drafted, in the words of its fields. */
export function draftedLines(
  fields: readonly ResultDraftField[],
  draft: Record<string, unknown> | null,
  locale: Locale,
): { label: string; value: string }[] {
  return fields.flatMap(({ key, label }) => {
    const value = draft?.[key]
    const said = typeof value === 'string' || typeof value === 'number'
    return said ? [{ label: label[locale], value: String(value) }] : []
  })
}
