import type { Translate } from 'motcua/kernel/i18n'
import type { Authority, Kin } from 'motcua/modules/directory'
import { dateText } from '../ui/format'
import { type BoardAsk, boardHref, periodOf, stepFor } from './board-query'

/** Where a unit came from and where it went, as far as the directory tells. */
export interface UnitHistory {
  unit: Pick<Authority, 'validFrom' | 'validTo'>
  before: readonly Kin[]
  after: readonly Kin[]
}

/** Units that took over or gave, each with its own page. */
interface Related {
  text: string
  units: { code: string; name: string; href: string; note: string | null }[]
}

/** What a page says of the history of its unit; null where there is nothing to say. */
export interface HistoryView {
  /** The unit has ended: since when, and its last months. */
  ended: { text: string; href: string; link: string } | null
  heirs: Related | null
  origins: Related | null
}

/**
 * The history of a unit for its page: those that took over are opened for the same period, those that have ended for the
 * last year in which they stood.
 */
export function historyView(
  { unit, before, after }: UnitHistory,
  { ask, path, today, t }: { ask: BoardAsk; path: string; today: string; t: Translate },
): HistoryView | null {
  const end = unit.validTo !== null && unit.validTo < today ? unit.validTo : null
  if (end === null && before.length + after.length === 0) return null
  const related = (kin: readonly Kin[], text: string): Related | null =>
    kin.length === 0
      ? null
      : {
          text,
          units: kin.map(({ authority: { code, shortName, validTo }, on, isWhole }) => ({
            ...{ code, name: shortName },
            href: boardHref(path, {
              ...(validTo !== null && validTo < today ? lastYear(ask, validTo) : ask),
              authority: code,
            }),
            note: isWhole ? null : t('board.history.part', { on: dateText(on) }),
          })),
        }
  return {
    ended:
      end === null
        ? null
        : {
            text: t('board.history.ended', { on: dateText(end) }),
            href: boardHref(path, lastYear(ask, end)),
            link: t('board.history.last'),
          },
    heirs: related(after, t(end ? 'board.history.heirs' : 'board.history.gave')),
    origins: related(before, t('board.history.origins')),
  }
}

/** The last twelve whole months of a unit. */
function lastYear(ask: BoardAsk, end: string): BoardAsk {
  const period = periodOf('12-thang', end)
  return { ...ask, ...period, kind: 'khac', step: stepFor(period.from, period.to) }
}
