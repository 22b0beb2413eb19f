import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { dateText, timeText } from '../ui/format'
import { type BoardAsk, boardHref, periodBefore, periodKinds } from './board-query'
import type { HistoryView } from './history.view'

/** A set of the index that a page may be drawn by. */
export interface SetChoice {
  key: string
  name: string
  href: string
  current: boolean
}

/** What every page of figures says at its top: which period, by what it is judged, and of when the figures are. */
export interface HeadView {
  ask: BoardAsk
  /** What a page asks for besides, so that it stays when the period changes. */
  more: Readonly<Record<string, string>>
  tabs: { label: string; href: string; current: boolean }[]
  asAt: { time: string; date: string }
  /** The period has not ended. */
  isMoving: boolean
  /** What a form must send along so that the period stays. */
  kept: [name: string, value: string][]
  /** The set by which points are given, with its decision and days; of pages without points, null. */
  set: {
    name: string
    text: string
    choices: SetChoice[]
    /** Said beside the place where there is no room for more: which set of its own a province is judged by. */
    own: string | null
  } | null
  /** Where the unit came from and went; null where nobody read it or nothing is to say. */
  history: HistoryView | null
}

/** The top of a page of figures; pages that give points add their set. */
export function headView({
  ask,
  path,
  locale,
  now,
  today,
  more = {},
}: {
  ask: BoardAsk
  path: string
  locale: Locale
  now: Date
  today: string
  more?: Readonly<Record<string, string>>
}): HeadView {
  const t = messages(locale)
  return {
    ...{ ask, more, set: null, history: null },
    tabs: periodTabs(ask, path, t, more),
    asAt: { time: timeText(now), date: dateText(now) },
    isMoving: ask.from <= today && today <= ask.to,
    kept: [...new URL(boardHref('/', ask), 'http://here').searchParams],
  }
}

function periodTabs(ask: BoardAsk, path: string, t: Translate, more: Readonly<Record<string, string>>) {
  return periodKinds
    .filter((kind) => kind !== 'khac')
    .map((kind) => ({
      label: t(`board.period.${kind}`),
      href: boardHref(path, ask, { kind }, more),
      current: ask.kind === kind,
    }))
}

/** The words for a period: "tháng 11/2026". */
export function periodText({ kind, from, to }: Pick<BoardAsk, 'kind' | 'from' | 'to'>, t: Translate): string {
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))]
  switch (kind) {
    case 'thang':
      return t('board.period.month', { month, year })
    case 'quy':
      return t('board.period.quarter', { quarter: ['I', 'II', 'III', 'IV'][(month - 1) / 3]!, year })
    case 'nam':
      return t('board.period.year', { year })
    case '12-thang':
      return t('board.period.twelve', { month: Number(to.slice(5, 7)), year: to.slice(0, 4) })
    default:
      return t('board.period.range', { from: dateText(from), to: dateText(to) })
  }
}

/** The words for the period that one is compared with. */
export function beforeText(ask: BoardAsk, t: Translate): string {
  if (ask.kind === 'khac' || ask.kind === '12-thang') return t('board.period.before')
  return periodText({ kind: ask.kind, ...periodBefore(ask) }, t)
}
