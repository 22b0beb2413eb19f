import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { Dossier } from 'motcua/modules/dossiers'
import { dateText } from '../ui/format'

/** A dossier behind a figure: where it is, who has the next step, how late. Never whose it is. */
export interface BehindRow {
  code: string
  /** Null when the reader answers for the authority but holds no post that may open the dossier itself. */
  href: string | null
  procedure: string
  place: string
  received: string
  due: string
  /** Calendar days since the day due; null when not late. */
  daysLate: number | null
  holder: string
  /** Why it does not count, where the figure says so. */
  reason?: string
}

export interface BehindNames {
  procedures: Readonly<Record<string, string>>
  places: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
}

/** Arranges dossiers for leaders, the longest overdue on top, then the one due first. */
export function behindRows(
  dossiers: readonly { dossier: Dossier; opens: boolean }[],
  { names, today, locale }: { names: BehindNames; today: string; locale: Locale },
): BehindRow[] {
  return dossiers
    .toSorted((a, b) => (dueOf(a.dossier) < dueOf(b.dossier) ? -1 : 1))
    .map(({ dossier, opens }) => ({
      code: dossier.code,
      href: opens ? `/can-bo/ho-so/${dossier.code}` : null,
      procedure: names.procedures[dossier.procedureCode] ?? dossier.procedureCode,
      place: names.places[dossier.competent] ?? dossier.competent,
      received: dateText(dossier.submittedAt),
      due: dossier.dueAt ? dateText(dossier.dueAt) : '–',
      daysLate: daysLate(dossier, today),
      holder: holderOf(dossier, names, locale),
    }))
}

const dueOf = ({ dueAt }: Dossier) => dueAt ?? '9'

/** Calendar days since the day due, for what is still open. */
export function daysLate(
  dossier: Pick<Dossier, 'dueAt' | 'decidedAt' | 'closedAt'>,
  today: string,
): number | null {
  const { dueAt, decidedAt, closedAt } = dossier
  if (dueAt === null) return null
  const end = decidedAt ?? closedAt
  const until = end === null ? today : dateOfLaw(end)
  const days = Temporal.PlainDate.from(dateOfLaw(dueAt)).until(until).days
  return days > 0 ? days : null
}

function holderOf(dossier: Dossier, names: BehindNames, locale: Locale): string {
  const t = messages(locale)
  const open = dossier.tasks.filter(({ closedAt }) => closedAt === null)
  if (open.length === 0) return t('board.inside.ended')
  return open
    .map(({ kind, name, assignee, role, authority }) => {
      const step = t(`desk.task.${kind}`, { name })
      const job = findMessage(locale, `processes.role.${role}`) ?? role
      const who =
        assignee === null ? `${job}, ${t('board.inside.nobody')}` : (names.officers[assignee] ?? assignee)
      const place = authority === dossier.competent ? '' : `, ${names.places[authority] ?? authority}`
      return role === 'applicant' ? step : `${step}: ${who}${place}`
    })
    .join('; ')
}
