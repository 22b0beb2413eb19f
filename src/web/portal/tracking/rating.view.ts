import { type Locale, messages } from 'motcua/kernel/i18n'
import {
  type Aspect,
  aspects,
  type Grade,
  grades,
  type RatingInput,
  type RatingPage,
} from 'motcua/modules/feedback'
import type { Choice } from '../../ui/fields'
import { momentText } from '../../ui/format'

export interface RatingView {
  code: string
  grades: Choice[]
  aspects: { key: Aspect; label: string; options: Choice[]; value: string }[]
  grade: string
  comment: string
  /** Said after a rating: until when it may be changed, and what was chosen. */
  thanks: { until: string; chosen: string } | null
  open: boolean
}

/** The rating page before, after, and while it is changed. */
export function ratingView(
  { dossier, rating, changeableUntil, open }: RatingPage,
  locale: Locale,
): RatingView {
  const t = messages(locale)
  const choices = grades.map((grade) => ({ value: grade, label: t(`feedback.grade.${grade}`) }))
  const skip = { value: '', label: t('tracking.rating.skip') }
  return {
    code: dossier.code,
    grades: choices,
    aspects: aspects.map((key) => ({
      key,
      label: t(`feedback.aspect.${key}`),
      options: [...choices, skip],
      value: rating?.aspects[key] ?? '',
    })),
    grade: rating?.grade ?? '',
    comment: rating?.comment ?? '',
    thanks:
      rating && changeableUntil
        ? {
            until: t('feedback.thanks', { until: momentText(changeableUntil, locale) }),
            chosen: t('tracking.rating.yours', { grade: t(`feedback.grade.${rating.grade}`) }),
          }
        : null,
    open,
  }
}

/** What was sent, as the use case wants it; `rate` validates each value. */
export function ratingInput(form: FormData): RatingInput {
  const given = aspects.flatMap((key) => {
    const value = form.get(`aspect.${key}`)
    return typeof value === 'string' && value !== '' ? [[key, value as Grade] as const] : []
  })
  return {
    grade: String(form.get('grade') ?? '') as Grade,
    aspects: Object.fromEntries(given),
    comment: String(form.get('comment') ?? ''),
  }
}
