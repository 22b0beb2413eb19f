import { type Locale, messages } from 'motcua/kernel/i18n'
import type { CompiledProcess } from 'motcua/modules/processes'
import type { WhereTimeGoes } from 'motcua/modules/reform'
import { type FiguresView, lineName } from '../../desk/process-figures.view'
import { spanText } from '../../ui/clock.view'
import type { BoardAsk } from '../board-query'
import type { Choice } from '../board-source'
import { headView } from '../head.view'
import { stepsPath } from './score.links'

interface StepsFacts {
  ask: BoardAsk
  place: Choice
  locale: Locale
  now: Date
  today: string
  time: WhereTimeGoes | null
  process: CompiledProcess | null
  figures: FiguresView | null
  chosen: string
  procedures: { code: string; name: string }[]
}

/** How long the steps of a procedure take: half of the times, step by step, and what stands out. */
export function stepsView(facts: StepsFacts) {
  const { ask, place, locale, now, today, time, process, figures, chosen } = facts
  const t = messages(locale)
  const timed = (time?.steps ?? []).filter(({ kind, whole }) => kind === 'step' && whole !== null)
  const longest = timed.toSorted((a, b) => b.whole!.p50 - a.whole!.p50)[0]
  const bars = process
    ? timed.map((line) => ({
        label: lineName(line, process, t),
        value: line.whole!.p50,
        text: spanText(line.whole!.p50, locale),
        look: line === longest ? ('focus' as const) : ('data' as const),
      }))
    : []
  return {
    ...headView({ ...{ ask, locale, now, today, path: stepsPath }, more: { 'quy-trinh': chosen } }),
    place: place.name,
    chosen,
    procedures: facts.procedures.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
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
