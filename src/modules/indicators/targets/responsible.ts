import type { Db } from '../../../kernel/db.ts'
import { listAuthorities, officersOf } from '../../directory/index.ts'

/**
 * The officers who answer for a unit's targets on a day of law: its leaders and its control. A province (and '', the
 * whole installation) is answered for by the leaders of its committee and by control at its office.
 */
export async function responsibleFor(db: Db, authority: string, on: string): Promise<string[]> {
  const all = await listAuthorities(db)
  const provinces = all.filter(({ code }) => !code.includes('.') && (authority === '' || code === authority))
  const places = provinces.length > 0 ? provinces.map(({ code }) => code) : [authority]
  const offices = all.filter(
    ({ kind, code }) => kind === 'office' && provinces.some((each) => code.startsWith(`${each.code}.`)),
  )
  const found = await Promise.all([
    ...places.map((code) => officersOf(db, code, 'leader', on)),
    ...[...places, ...offices.map(({ code }) => code)].map((code) => officersOf(db, code, 'control', on)),
  ])
  return [...new Set(found.flat().map(({ officerId }) => officerId))].toSorted()
}
