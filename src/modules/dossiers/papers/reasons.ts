import { type ExplanationStep, explainAll } from '../../calendar/index.ts'

/** Sentences that a slip has room for beside its date. */
const most = 8

// The slip states these two moments itself.
const stated = new Set<ExplanationStep['kind']>(['received', 'due'])
// What every count of days is made of; of a long one the weeks are not told one by one.
const ordinary = new Set<ExplanationStep['kind']>(['counted', 'weekend', 'rest-of-day'])

/**
 * Why a date is what it is, as a slip says it: every step of a short count; of a long one what is out of the
 * ordinary. The whole count stands on the page of the dossier. Pure.
 */
export function reasonsFrom(explanation: readonly ExplanationStep[]): string[] {
  const steps = explanation.filter(({ kind }) => !stated.has(kind))
  if (steps.length <= most) return sentences(steps)
  const special = steps.filter(({ kind }) => !ordinary.has(kind))
  const weekends = steps.some(({ kind }) => kind === 'weekend')
  return [
    ...sentences(special.slice(0, most)),
    ...(weekends ? ['Các ngày nghỉ hằng tuần không tính'] : []),
    'Cách tính từng ngày xem ở trang hồ sơ',
  ]
}

const sentences = (steps: ExplanationStep[]) =>
  explainAll(steps, 'vi').map((sentence) => sentence.replace(/\.+$/, ''))
