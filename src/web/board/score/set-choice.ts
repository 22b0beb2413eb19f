import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { listIndexSets, type StoredSet, setsInForce } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { dateText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import { notHere } from '../not-here'
import { indexPath } from './score.links'

/** The set by which a page gives points, and those that may be chosen instead: the country's first, then the province's. */
export interface ChosenSet {
  stored: StoredSet
  choices: StoredSet[]
}

/**
 * The set that an address asks for, of those that hold for a unit at the end of the period: what was valid then stays
 * what it is judged by. Answers 404 with words where no set held yet, or none of that name.
 */
export async function setAsked(page: PageContext, ask: BoardAsk, unit: string): Promise<ChosenSet> {
  const { app, now, locale } = page
  const t = messages(locale)
  const today = dateOfLaw(now)
  const choices = await setsInForce(app.db, {
    on: [ask.to, today].toSorted()[0]!,
    territories: ['VN', unit.split('.')[0]!],
  })
  const national = choices.find(({ territory }) => territory === 'VN')
  const stored = ask.set === null ? national : choices.find(({ set }) => set.key === ask.set)
  if (stored)
    return { stored, choices: choices.filter((each) => each === national || each.territory !== 'VN') }
  if (national)
    throw notHere({
      title: t('score.notHere.set'),
      text: t('score.notHere.setMore', { set: (ask.set ?? '').slice(0, 60) }),
      link: { href: boardHref(indexPath, ask, { set: null }), text: t('score.notHere.national') },
    })
  throw notHere({
    title: t('score.notHere.period'),
    text: t('score.notHere.periodMore', { from: dateText(await firstDay(page)) }),
    link: {
      href: boardHref(indexPath, ask, { kind: 'thang', set: null }),
      text: t('score.notHere.thisMonth'),
    },
  })
}

/** The first day on which a set of the country held. */
async function firstDay({ app, now }: PageContext): Promise<string> {
  const national = await listIndexSets(app.db, { territories: ['VN'] })
  const days = national.filter(({ set }) => !set.trial).map(({ set }) => set.validFrom)
  return days.toSorted()[0] ?? dateOfLaw(now)
}
