import { type Locale, messages } from 'motcua/kernel/i18n'
import { type FormBurden, figuresOf, questionFigures } from 'motcua/modules/forms'

/** One figure of what people have to do, now and before. */
export interface BurdenFigure {
  id: string
  label: string
  now: number
  before: number | null
}

/** What people have to do with a form and its papers: the same figures in the same words on every page. */
export function burdenLines(now: FormBurden, was: FormBurden | null, locale: Locale): BurdenFigure[] {
  const t = messages(locale)
  const [is, before] = [figuresOf(now), was && figuresOf(was)]
  return [
    ...questionFigures.map((id) => ({
      ...{ id, label: t(`studio.questions.${id}`) },
      ...{ now: is[id], before: before?.[id] ?? null },
    })),
    ...(['papersAsked', 'minutes'] as const).map((id) => ({
      ...{ id, label: t(`studio.questions.${id === 'minutes' ? id : 'papers'}`) },
      ...{ now: now[id], before: was?.[id] ?? null },
    })),
  ]
}

/** In one line, what the figures count and how they add up to the paper form. */
export function burdenExplained(burden: FormBurden, locale: Locale): string {
  const { always, filled } = figuresOf(burden)
  const { paper, dropped } = burden
  return messages(locale)('studio.questions.explained', { paper, always, filled, dropped })
}
