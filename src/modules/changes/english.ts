/** The English of names that stand beside their Vietnamese. */
const beside = { nameEn: 'name', plainNameEn: 'plainName' } as const

/**
 * A draft as it runs while its English is unfinished: a text without English is shown in Vietnamese, the language of
 * the law, until somebody translates it. What is given stays as it is.
 */
export function withEnglish<T>(draft: T): T {
  if (typeof draft !== 'object' || draft === null) return draft
  if (Array.isArray(draft)) return draft.map(withEnglish) as T
  const whole: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(draft)) whole[key] = withEnglish(value)
  if (isText(whole)) whole.en ||= whole.vi
  for (const [en, vi] of Object.entries(beside)) if (whole[en] === '') whole[en] = whole[vi]
  return whole as T
}

/** A text in two languages, of which one may be missing. */
const isText = (value: Record<string, unknown>) =>
  typeof value.vi === 'string' && Object.keys(value).every((key) => key === 'vi' || key === 'en')
