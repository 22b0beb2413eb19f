import { type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { figuresView, inOrder, lineName } from '../../desk/process-figures.view'
import { spanText } from '../../ui/clock.view'
import { boardHref } from '../board-query'
import { headView } from '../head.view'
import { stepsCsvPath, stepsPath } from './score.links'
import type { ReadSteps } from './steps-source'

type StepsFacts = Pick<ReadSteps, 'ask' | 'place' | 'chosen' | 'procedures' | 'facts'> & {
  locale: Locale
  now: Date
}

/** How long the steps of a procedure take: half of the times, step by step, and what stands out. */
export function stepsView({ ask, place, chosen, procedures, facts, locale, now }: StepsFacts) {
  const t = messages(locale)
  const process = facts?.process
  const figures = facts && figuresView(facts)
  const timed = (facts?.time.steps ?? []).filter(({ kind, whole }) => kind === 'step' && whole !== null)
  const longest = timed.toSorted((a, b) => b.whole!.p50 - a.whole!.p50)[0]
  const bars = process
    ? inOrder(timed, process).map((line) => ({
        label: lineName(line, process, t),
        value: line.whole!.p50,
        text: spanText(line.whole!.p50, locale),
        look: line === longest ? ('focus' as const) : ('data' as const),
      }))
    : []
  const more = { 'quy-trinh': chosen }
  return {
    ...headView({ ...{ ask, locale, now, today: dateOfLaw(now), path: stepsPath }, more }),
    csv: boardHref(stepsCsvPath, { ...ask, wall: false }, {}, more),
    place: place.name,
    chosen,
    procedures: procedures.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    bars,
    finding:
      longest && process
        ? t('score.steps.longest', {
            step: lineName(longest, process, t),
            time: spanText(longest.whole!.p50, locale),
          })
        : '',
    describe: t('score.steps.describe', {
      values: bars.map(({ label, text }) => `${label} ${text}`).join(', '),
    }),
    findings: figures?.findings ?? [],
    rows: figures?.rows ?? [],
  }
}

export type StepsView = ReturnType<typeof stepsView>
