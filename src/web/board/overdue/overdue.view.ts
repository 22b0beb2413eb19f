import { findMessage, type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { Dossier } from 'motcua/modules/dossiers'
import type { OverdueCell, OverdueItem, Standing } from 'motcua/modules/indicators'
import { dateText, momentText, timeText } from '../../ui/format'

/** Who holds a step: where, who, since when, and in whose place. */
export interface OverdueHold {
  step: string
  holder: string
  since: string
}

export interface OverdueRow {
  code: string
  /** Null when the reader answers for the place but holds no post that may open the dossier itself. */
  href: string | null
  procedure: string
  place: string
  standing: Standing
  standingText: string
  law: string
  index: string
  holds: OverdueHold[]
}

export interface OverdueNames {
  procedures: Readonly<Record<string, string>>
  places: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
  /** Names of units, by authority and unit code. */
  units: Readonly<Record<string, string>>
  /** For whom an officer works at an authority by a lent post, by officer and authority. */
  onBehalf: Readonly<Record<string, string>>
}

export interface OverdueFacts {
  items: readonly { item: OverdueItem; dossier: Dossier; opens: boolean }[]
  names: OverdueNames
  now: Date
  locale: Locale
}

/** Late dossiers as rows: how late by each measure, and who holds them. Never whose they are. */
export function overdueRows({ items, names, now, locale }: OverdueFacts): OverdueRow[] {
  const t = messages(locale)
  const today = dateOfLaw(now)
  return items.map(({ item, dossier, opens }) => ({
    code: dossier.code,
    href: opens ? `/can-bo/ho-so/${dossier.code}` : null,
    procedure: names.procedures[dossier.procedureCode] ?? dossier.procedureCode,
    place: names.places[dossier.competent] ?? dossier.competent,
    standing: item.standing,
    standingText: t(`overdue.standing.${item.standing}`),
    law: lateness(dossier.dueAt, item.byLaw, today, t),
    index:
      item.byIndex && dossier.supplementRequests > 1
        ? t('overdue.twice')
        : lateness(dossier.indexDueAt, item.byIndex, today, t),
    holds: holdsOf(dossier, names, t, locale),
  }))
}

function lateness(dueAt: string | null, isLate: boolean, today: string, t: Translate): string {
  if (dueAt === null) return t('overdue.paused')
  const due = dateOfLaw(dueAt)
  const count = Math.abs(Temporal.PlainDate.from(due).until(today).days)
  if (isLate) return t('overdue.late', { count })
  return count === 0
    ? t('overdue.today', { at: timeText(dueAt) })
    : t('overdue.left', { date: dateText(due), count })
}

function holdsOf(dossier: Dossier, names: OverdueNames, t: Translate, locale: Locale): OverdueHold[] {
  return dossier.tasks
    .filter(({ closedAt }) => closedAt === null)
    .map(({ kind, name, role, authority, assignee, unitKind, openedAt }) => {
      const since = momentText(openedAt, locale)
      const step = t(`desk.task.${kind}`, { name })
      if (role === 'applicant') return { step, holder: t('overdue.applicant'), since }
      const where = names.places[authority] ?? authority
      const unit = names.units[`${authority} ${assignee ?? unitKind}`]
      return {
        step,
        holder: `${unit ? `${unit}, ${where}` : where}: ${whoOf(assignee, authority, role, names, t, locale)}`,
        since,
      }
    })
}

function whoOf(
  assignee: string | null,
  authority: string,
  role: string,
  { officers, onBehalf }: OverdueNames,
  t: Translate,
  locale: Locale,
): string {
  if (assignee === null)
    return t('overdue.nobody', { role: findMessage(locale, `processes.role.${role}`) ?? role })
  const name = officers[assignee] ?? assignee
  const other = onBehalf[`${assignee} ${authority}`]
  return other ? t('overdue.onBehalf', { name, other }) : name
}

/** What is chosen of the list. */
export interface OverdueAsk {
  procedureCode: string | null
  step: string | null
  standing: Standing | null
}

export const isAsked = (
  { procedureCode, step, standing }: OverdueAsk,
  cell: Pick<OverdueCell, 'procedureCode' | 'step' | 'standing'>,
): boolean =>
  (procedureCode === null || cell.procedureCode === procedureCode) &&
  (step === null || cell.step === step) &&
  (standing === null || cell.standing === standing)

export const sumOf = (cells: readonly OverdueCell[]): number =>
  cells.reduce((all, { count }) => all + count, 0)

/** What may be chosen, each with how many it would show beside the rest of what is chosen. */
export function choicesOf(
  cells: readonly OverdueCell[],
  ask: OverdueAsk,
  procedures: Readonly<Record<string, string>>,
  locale: Locale,
) {
  const tally = (key: 'procedureCode' | 'step', others: OverdueAsk) => {
    const found = Map.groupBy(
      cells.filter((cell) => cell[key] !== null && isAsked(others, cell)),
      (cell) => cell[key] as string,
    )
    return [...found].map(([value, own]) => ({ value, count: sumOf(own) }))
  }
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, 'vi')
  return {
    procedures: tally('procedureCode', { ...ask, procedureCode: null })
      .map(({ value, count }) => ({ value, label: `${procedures[value] ?? value} (${count})` }))
      .toSorted(byName),
    steps: tally('step', { ...ask, step: null })
      .map(({ value, count }) => ({
        value,
        label: `${findMessage(locale, `desk.task.${value}`) ?? value} (${count})`,
      }))
      .toSorted(byName),
  }
}
