import type { Locale, Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { moment } from 'motcua/modules/calendar'
import type { Dossier, EntryData, EntryKind, HistoryItem } from 'motcua/modules/dossiers'
import { dateText } from '../../ui/format'
import { type DateMove, dateMoves } from './date-moves'
import { type Link, nameIn, paperOf, type StatusFacts, upperFirst } from './status-facts'

/** Something that changes what a person expects; plain sentences, the first says what happened. */
export interface News {
  key: string
  tone: 'info' | 'ok' | 'warn' | 'bad'
  title: string
  lines: string[]
  link: Link | null
}

/** What changed and still matters: apologies, an appointment, a new place, a new result. Oldest first. */
export function newsOf(facts: StatusFacts, locale: Locale, t: Translate): News[] {
  const { dossier } = facts.view
  const running = dossier.decidedAt === null && dossier.closedAt === null
  return [
    ...(running ? [extended(facts, locale, t), apologised(facts, locale, t)] : []),
    transferred(facts, locale, t),
    visit(facts, locale, t),
    changedResult(facts, t),
    restored(facts, t),
  ].filter((each) => each !== null)
}

const last = <K extends EntryKind>({ view }: StatusFacts, kind: K) =>
  view.history.findLast((item) => item.kind === kind) as (HistoryItem & { data: EntryData[K] }) | undefined

function extended(facts: StatusFacts, locale: Locale, t: Translate): News | null {
  const act = last(facts, 'dossiers.extended')
  if (act === undefined) return null
  return {
    key: 'extended',
    tone: 'warn',
    title: t('status.extended.title', { day: dayInWords(act.data.dueAt, locale) }),
    lines: [...reason(act, t), t('status.extended.before', { date: dateText(act.data.from) })],
    link: paperOf(act, facts, t) ?? null,
  }
}

function apologised(facts: StatusFacts, locale: Locale, t: Translate): News | null {
  const act = last(facts, 'dossiers.apologised')
  if (act === undefined) return null
  const { dueAt } = facts.view.dossier
  return {
    key: 'apologised',
    tone: 'warn',
    title: t('status.apologised.title', { day: dayInWords(act.data.until, locale) }),
    lines: [...reason(act, t), ...(dueAt ? [t('status.apologised.law', { date: dateText(dueAt) })] : [])],
    link: paperOf(act, facts, t) ?? null,
  }
}

const reason = ({ text }: HistoryItem, t: Translate) =>
  text === undefined ? [] : [t('status.reason', { reason: text })]

function transferred(facts: StatusFacts, locale: Locale, t: Translate): News | null {
  const act = last(facts, 'dossiers.transferred')
  if (act === undefined || facts.view.dossier.closedAt !== null) return null
  const moved = dateMoves(facts.view.history).find(({ sequence }) => sequence === act.sequence)
  const place = nameIn(facts.authorities, act.data.to)
  const { dueAt } = act.data
  const when = moved
    ? t('status.transferred.moved', { day: dayInWords(moved.to, locale) })
    : dueAt === null
      ? t('status.transferred.later')
      : t('status.transferred.same', { day: dayInWords(dueAt, locale) })
  return {
    key: 'transferred',
    tone: 'info',
    title: t('status.transferred.title', { place }),
    lines: [when, t('status.transferred.code')],
    link: null,
  }
}

/** The appointment that is still to be kept. */
function visit(facts: StatusFacts, locale: Locale, t: Translate): News | null {
  const { tasks, closedAt } = facts.view.dossier
  const open = tasks.some((task) => task.kind === 'visit' && task.closedAt === null)
  const act = last(facts, 'dossiers.visit-planned')
  if (!open || closedAt !== null || act === undefined) return null
  const details = act.words?.details as { place?: string; reason?: string } | undefined
  return {
    key: 'visit',
    tone: 'info',
    title: t('status.visit.title', { at: moment(act.data.on, locale) }),
    lines: [
      ...(details?.place ? [t('status.visit.place', { place: details.place })] : []),
      ...(details?.reason ? [t('status.visit.reason', { reason: details.reason })] : []),
      t('status.visit.ask'),
    ],
    link: null,
  }
}

function changedResult(facts: StatusFacts, t: Translate): News | null {
  const { resultState } = facts.view.dossier
  if (resultState !== 'corrected' && resultState !== 'revoked') return null
  const kind = resultState === 'corrected' ? 'dossiers.result-corrected' : 'dossiers.result-revoked'
  const act = last(facts, kind)
  return {
    key: resultState,
    tone: resultState === 'corrected' ? 'info' : 'bad',
    title: t(`status.${resultState}.title`),
    lines: [...(act ? reason(act, t) : []), t(`status.${resultState}.do`)],
    link: (act && paperOf(act, facts, t)) ?? null,
  }
}

function restored(facts: StatusFacts, t: Translate): News | null {
  const act = last(facts, 'dossiers.restored')
  if (act === undefined || facts.view.dossier.closedAt !== null) return null
  return {
    key: 'restored',
    tone: 'info',
    title: t('status.restored.title'),
    lines: [...reason(act, t), t('status.restored.clock')],
    link: null,
  }
}

/** How often and why the promised date moved; null while it is the first one. */
export function movesOf({ view }: StatusFacts, t: Translate): { title: string; lines: string[] } | null {
  const moves = dateMoves(view.history)
  if (moves.length === 0) return null
  return {
    title: t('status.moved.title', { count: moves.length }),
    lines: moves.map((move) =>
      t('status.moved.line', {
        ...fromTo(move),
        why: t(`status.moved.${reasonOf(move, view.dossier)}`),
      }),
    ),
  }
}

function reasonOf({ by }: DateMove, { supplementRule }: Pick<Dossier, 'supplementRule'>) {
  const anew = by === 'dossiers.supplemented' && supplementRule === 'restart'
  return anew ? ('restarted' as const) : shortOf(by)
}

const shortOf = <K extends DateMove['by']>(kind: K) =>
  kind.slice('dossiers.'.length) as K extends `dossiers.${infer Short}` ? Short : never

const fromTo = ({ from, to }: DateMove) => ({ from: dateText(from), to: dateText(to) })

/** "thứ Hai 23/11/2026". */
export const dayInWords = (instant: string, locale: Locale) => moment(dateOfLaw(instant), locale)
/** "Thứ Hai 23/11/2026". */
export const dayInWordsFirst = (instant: string, locale: Locale) => upperFirst(dayInWords(instant, locale))
