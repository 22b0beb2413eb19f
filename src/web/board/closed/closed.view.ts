import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { ShownSnapshot } from 'motcua/modules/indicators'
import { dateText, numberText, timeText } from '../../ui/format'
import type { Cell } from '../csv.view'
import { pointsText, signed } from '../score/score-facts'
import { closedCsvPath } from './closed.links'

/** What the page of closed periods is drawn from. */
export interface ClosedFacts {
  unit: { code: string; name: string }
  /** Name of the period, as in `2026-10`. */
  period: string
  snapshots: readonly ShownSnapshot[]
  /** Names of figures and sets by key. */
  figures: Readonly<Record<string, string>>
  sets: Readonly<Record<string, string>>
}

/** Every revision of a closed period: when and why it was made, its total, and what differs from the one before. */
export function closedView({ snapshots, figures, sets, ...facts }: ClosedFacts, locale: Locale) {
  const t = messages(locale)
  return {
    ...facts,
    title: t('closed.title'),
    periodText: periodName(facts.period, t),
    csvHref: closedHref(closedCsvPath, facts),
    isWithheld: snapshots.some(({ score }) => score === null),
    revisions: snapshots.map((each, i) => {
      const before = snapshots[i - 1]
      const isNext = before?.setKey === each.setKey && before.setVersion === each.setVersion
      const total = each.score?.total ?? null
      const was = isNext ? (before.score?.total ?? null) : null
      return {
        key: `${each.setKey} ${each.setVersion} ${each.revision}`,
        set: sets[each.setKey] ?? each.setKey,
        revision: each.revision,
        when: `${timeText(new Date(each.asAt))} ${dateText(new Date(each.asAt))}`,
        why: t(`closed.why.${each.why}`),
        total: total === null ? '–' : pointsText(total, locale),
        change: total === null || was === null ? '' : signed(total - was, locale),
        changed: Object.entries(each.changed ?? {}).map(([key, [from, to]]) => ({
          key,
          name: figures[key] ?? key,
          from: countText(from, t, locale),
          to: countText(to, t, locale),
        })),
      }
    }),
  }
}

export type ClosedView = ReturnType<typeof closedView>

/** The same as lines: one for each revision, one for each figure that it changed. */
export function* closedLines(
  { unit, period, snapshots, figures }: ClosedFacts,
  locale: Locale,
): Generator<Cell[]> {
  const t = messages(locale)
  yield [
    ...['unit', 'period', 'set', 'setVersion', 'revision', 'asAt', 'why', 'total'],
    ...['figure', t('closed.figure'), 'before.n', 'before.d', 'after.n', 'after.d'],
  ]
  for (const { setKey, setVersion, revision, asAt, why, score, changed } of snapshots) {
    const head = [unit.code, period, setKey, setVersion, revision, asAt, why, score?.total ?? null]
    yield [...head, null, null, null, null, null, null]
    for (const [key, [from, to]] of Object.entries(changed ?? {}))
      yield [...head, key, figures[key] ?? key, ...cellsOf(from), ...cellsOf(to)]
  }
}

type Figure = NonNullable<NonNullable<ShownSnapshot['changed']>[string]>[number]

const cellsOf = (value: Figure): Cell[] =>
  value === null ? [null, null] : typeof value === 'boolean' ? [String(value), null] : [value[0], value[1]]

function countText(value: Figure, t: Translate, locale: Locale): string {
  if (value === null) return t('closed.notMeasured')
  if (typeof value === 'boolean') return t(value ? 'closed.yes' : 'closed.no')
  return `${numberText(value[0], locale)} / ${numberText(value[1], locale)}`
}

/** "tháng 10/2026" of `2026-10`. */
export function periodName(key: string, t: Translate): string {
  const [year, part = ''] = [key.slice(0, 4), key.slice(5)]
  if (part === '') return t('board.period.year', { year })
  if (part === '9M') return t('closed.nineMonths', { year })
  if (part.startsWith('H')) return t('closed.half', { half: part.slice(1), year })
  if (part.startsWith('Q'))
    return t('board.period.quarter', { quarter: ['I', 'II', 'III', 'IV'][Number(part[1]) - 1]!, year })
  if (part.length === 2) return t('board.period.month', { month: Number(part), year })
  return dateText(key)
}

/** The address of a closed period of a unit. */
export function closedHref(path: string, { unit, period }: Pick<ClosedFacts, 'unit' | 'period'>): string {
  return `${path}?${new URLSearchParams({ ...(unit.code && { 'co-quan': unit.code }), ky: period })}`
}
