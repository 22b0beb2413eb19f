import type { Locale } from 'motcua/kernel/i18n'
import type {
  Counts,
  IndexScore,
  IndexSet,
  IndicatorChange,
  Level,
  QualityNote,
  Raise,
} from 'motcua/modules/indicators'
import { numberText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import type { Doubted } from '../doubts/doubts-source'
import type { UnitHistory } from '../history.view'
import { indexPath } from './score.links'
import type { ChosenSet } from './set-choice'

/** The counts of a unit and what they come to. */
export interface Scored {
  counts: Counts
  score: IndexScore
}

/** A unit with its counts and points in a period, and the same in the period before. */
export interface UnitFacts extends Scored {
  code: string
  name: string
  level: Level
  communeCode: string | null
  before: Scored
  /** Dossiers in the base of timeliness: who has too few is not ranked. */
  dossiers: number
}

/** A note of the figures, or of what is not shown to whoever asks. */
export interface ScoreNote {
  key: QualityNote['key'] | 'withheld' | 'others-withheld' | 'whole-months'
  params: QualityNote['params']
}

/** Everything that the pages of the index are drawn from. */
export interface ScoreFacts {
  set: IndexSet
  chosen: ChosenSet
  /** Of the place; null of the whole installation. */
  history: UnitHistory | null
  place: UnitFacts
  /** The units directly below that are compared with each other. */
  units: UnitFacts[]
  /** Short names of authorities, by code. */
  names: Readonly<Record<string, string>>
  /** The kind of units that are ranked. */
  kind: 'commune' | 'department' | 'province'
  /** First days of months, and how the place and its units stood in them; absent without a dossier. */
  months: { month: string; of: ReadonlyMap<string, Scored> }[]
  raises: Raise[]
  changes: IndicatorChange[]
  /** What to know about the counts of the place. */
  notes: ScoreNote[]
  /** Dossiers whose facts contradict each other, for those who answer for the place. */
  doubts: Doubted
  /** The place has so few dossiers, or one beside it, that its figures are not for whoever asks. */
  withheld: boolean
  /** Null where they are withheld. */
  stats: { received: number; finished: number; onTimeShare: number | null } | null
  version: number
  today: string
  now: Date
}

/** Two digits, as the index publishes its points. */
export const pointsText = (points: number, locale: Locale) => numberText(points, locale, 2)

/** "+0,42" or "−0,42". */
export const signed = (points: number, locale: Locale) =>
  `${points > 0 ? '+' : points < 0 ? '−' : ''}${pointsText(Math.abs(points), locale)}`

/** Whether anything was counted at all in a period. */
export const hasFigures = (counts: Counts) => (counts.onTime?.[1] ?? 0) > 0

/** The page of a group or an indicator, of the same unit and period. */
export function indicatorHref(ask: BoardAsk, key: string): string {
  return boardHref(`${indexPath}/${key}`, ask)
}
