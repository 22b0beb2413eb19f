import type { Db } from 'motcua/kernel/db'
import { alarmScope, readStuck, seesAlarms } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'

/** Every page shows the number, so it is counted at most once a minute for the same places. */
const freshMs = 60_000
const remembered = new WeakMap<Db, Map<string, { countedAt: number; count: Promise<number> }>>()

/** How many alarms nobody has explained where the officer answers for them; undefined for who does not. */
export async function alarmCount(db: Db, officer: Officer, now: Date): Promise<number | undefined> {
  if (!seesAlarms(officer)) return undefined
  const scope = await alarmScope(db, officer)
  const places = remembered.get(db) ?? new Map()
  remembered.set(db, places)
  const key = scope.join(' ')
  const known = places.get(key)
  if (known && now.getTime() - known.countedAt < freshMs) return known.count
  const count = readStuck(db, scope, { now }).then(({ lines }) => lines.length)
  places.set(key, { countedAt: now.getTime(), count })
  count.catch(() => places.delete(key))
  return count
}

/** Counts anew, after somebody explained or moved something. */
export const forgetAlarmCounts = (db: Db): void => void remembered.delete(db)
