import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { StoredSet } from 'motcua/modules/indicators'
import { dateText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import { type HeadView, headView, periodText } from '../head.view'
import { historyView } from '../history.view'
import type { ScoreFacts } from './score-facts'

/** What is asked of a page of the index besides the figures. */
export interface ScoreFrame {
  ask: BoardAsk
  path: string
  locale: Locale
  /** What only this page asks for. */
  more?: Readonly<Record<string, string>>
  /** Whether the reader may open the dossiers of the place. */
  mayOpen?: boolean
}

/** What every page of the index says: of where, which period, which set and when. */
export function scoreFrame(facts: ScoreFacts, frame: ScoreFrame) {
  const { version, place, chosen, history, now, today } = facts
  const t = messages(frame.locale)
  const set = setView(chosen, frame, t)
  return {
    ...headView({ ...frame, now, today }),
    set,
    history: history && historyView(history, { ...frame, today, t }),
    ...{ version, place: place.name, placeCode: place.code, period: periodText(frame.ask, t) },
    // Walls, slides and pictures have room for one line alone.
    where: [place.name, set.own].filter(Boolean).join(' · '),
  }
}

function setView(
  { stored, choices }: ScoreFacts['chosen'],
  { ask, path, locale, more }: ScoreFrame,
  t: Translate,
): NonNullable<HeadView['set']> {
  return {
    name: stored.set.name[locale],
    text: setText(stored, t),
    own: stored.territory === 'VN' ? null : t('score.set.mark', { document: stored.set.basis.document }),
    choices: choices.map(({ territory, set }) => ({
      key: set.key,
      name: t(territory === 'VN' ? 'score.set.national' : 'score.set.own', { set: set.name[locale] }),
      href: boardHref(path, ask, { set: territory === 'VN' ? null : set.key }, more),
      current: set.key === stored.set.key,
    })),
  }
}

/** On which decision a set stands, and from when to when it holds. */
function setText({ set, decision }: StoredSet, t: Translate): string {
  const document = decision
    ? t('score.set.decision', { number: decision.number, on: dateText(decision.on) })
    : set.basis.document
  const days = set.validTo
    ? t('score.set.fromTo', { from: dateText(set.validFrom), to: dateText(set.validTo) })
    : t('score.set.from', { from: dateText(set.validFrom) })
  return `${document}; ${days}.`
}
