import type { Locale } from '../../../kernel/i18n.ts'
import {
  type Answers,
  type CompiledForm,
  type Field,
  type FieldType,
  fieldKinds,
  isBlank,
  validateAnswers,
} from '../../forms/index.ts'
import type { PastDossier } from './past.ts'

/** One answer of a past dossier, as far as it may be read by who settles nothing in it. */
export interface BlackedOut {
  /** The question, or the list in whose rows it is asked. */
  key: string
  label: string
  /** Null: blacked out. How long it is is not told either. Of a place the code of its commune. */
  text: string | null
}

/**
 * What of each kind of answer may be read: choices and amounts whole, days as month and year, places as their commune.
 * What names somebody, leads to somebody or was typed freely is blacked out, and so is everything not named here.
 */
const readable: Partial<Record<FieldType, 'whole' | 'month' | 'commune'>> = {
  enum: 'whole',
  bool: 'whole',
  int: 'whole',
  money: 'whole',
  area: 'whole',
  length: 'whole',
  copies: 'whole',
  country: 'whole',
  agency: 'whole',
  date: 'month',
  'partial-date': 'month',
  address: 'commune',
}

/** The answers of a past dossier with names, identity and free text blacked out, in the order of the form. Pure. */
export function blackedOut(form: CompiledForm, past: PastDossier, locale: Locale): BlackedOut[] {
  const { submittedOn: today, channel, answers } = past
  const { evaluation } = validateAnswers(form, answers as Answers, { today, channel })
  return evaluation.pages.flatMap((page) =>
    page.fields
      .filter(({ visible, value }) => visible && !isBlank(value))
      .map(({ field, path, value, row, outer }) => {
        const number = outer ? `${outer.row + 1}.${Number(row) + 1}` : row === undefined ? '' : `${row + 1}`
        const label = field.label[locale]
        return {
          key: path.replace(/\[.*$/, ''),
          label: number ? `${label} (${number})` : label,
          text: readableText(field, value, { locale, today }),
        }
      }),
  )
}

function readableText(field: Field, value: unknown, context: { locale: Locale; today: string }) {
  const how = field.sensitive ? undefined : readable[field.type]
  if (how === undefined) return null
  if (how === 'month') return monthOf(value)
  if (how === 'commune') return communeOf(value)
  return fieldKinds[field.type].display(value as never, field, context)
}

const monthOf = (value: unknown) => {
  const found = typeof value === 'string' ? /^(\d{4})(?:-(\d{2}))?/.exec(value) : null
  return found ? [found[2], found[1]].filter(Boolean).join('/') : null
}

function communeOf(value: unknown) {
  if (typeof value !== 'object' || value === null) return null
  const { communeCode } = value as { communeCode?: unknown }
  return typeof communeCode === 'string' && communeCode ? communeCode : null
}
