import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Workload } from 'motcua/modules/dossiers'
import { spanText } from '../ui/clock.view'
import { momentText } from '../ui/format'

export interface LoadRow {
  /** Id of the officer, or `none:<role>`. */
  key: string
  name: string
  title: string
  open: number
  overdue: number
  today: number
  /** Null where nobody could have finished anything. */
  finished: number | null
  oldest: string
  href: string
}

export interface WorkloadFacts {
  workload: Workload
  /** The officers of the unit that is shown, in its order. */
  officers: readonly { officerId: string; name: string; title: string; roles: readonly string[] }[]
  minutes: (from: string, to: string) => number
  now: Date
  locale: Locale
}

/** What nobody holds, then everybody of a unit with what they have on the desk. Pure. */
export function workloadRows(facts: WorkloadFacts): LoadRow[] {
  const { workload, officers, locale } = facts
  const t = messages(locale)
  const people = officers.map(({ officerId, name, title }) => ({
    ...summed(
      workload.loads.filter((load) => load.officerId === officerId),
      facts,
    ),
    key: officerId,
    name,
    title,
    finished: workload.finished[officerId] ?? 0,
    href: `/can-bo/viec?view=all&assignee=${encodeURIComponent(officerId)}`,
  }))
  const roles = new Set(officers.flatMap((officer) => officer.roles))
  const unheld = workload.loads
    .filter(({ officerId, role }) => officerId === null && roles.has(role))
    .map((load) => ({
      ...summed([load], facts),
      key: `none:${load.role}`,
      name: t('work.load.unheld', { role: t(`work.role.${load.role as 'head'}`) }),
      title: '',
      finished: null,
      href: '/can-bo/viec?view=unheld',
    }))
  // What nobody holds needs somebody first.
  return [...unheld, ...people.toSorted((a, b) => b.overdue - a.overdue || b.open - a.open)]
}

function summed(loads: Workload['loads'], { minutes, now, locale }: WorkloadFacts) {
  const sum = (of: 'open' | 'overdue' | 'dueToday') => loads.reduce((all, load) => all + load[of], 0)
  const oldest = loads
    .map((load) => load.oldest)
    .filter((at) => at !== null)
    .toSorted()[0]
  return {
    open: sum('open'),
    overdue: sum('overdue'),
    today: sum('dueToday'),
    oldest: oldest
      ? `${momentText(oldest, locale)} (${spanText(Math.max(0, minutes(oldest, now.toISOString())), locale)})`
      : messages(locale)('work.load.none'),
  }
}

/** Monday morning of the week of an instant, as a date of law. */
export function weekBegins(today: string): string {
  const date = Temporal.PlainDate.from(today)
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}
