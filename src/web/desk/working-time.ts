import { type Calendar, loadCalendar, workingMinutesOrNone } from 'motcua/modules/calendar'
import type { PageContext } from 'motcua/web/context'

/** Working minutes between two instants at an authority; negative when the second is earlier, NaN in an unpublished year. */
export type WorkingMinutes = (authority: string, from: string, to: string) => number

/** Calendars of the authorities of a page, loaded once. */
export async function workingTimeOf(
  { app }: Pick<PageContext, 'app'>,
  authorities: readonly string[],
): Promise<WorkingMinutes> {
  const codes = [...new Set(authorities)]
  const calendars = new Map<string, Calendar>()
  await Promise.all(
    codes.map(async (code) => calendars.set(code, await loadCalendar(app.db, { authorityCode: code }))),
  )
  return (authority, from, to) => workingMinutesOrNone(calendars.get(authority)!, from, to)
}
