import type { Db } from '../../kernel/db.ts'
import { listAuthorities } from '../directory/index.ts'
import { alarmScope } from '../dossiers/index.ts'
import type { Actor, Officer } from '../identity/index.ts'

/**
 * The authorities of which somebody may know which officer holds what: heads and leaders where they direct, control
 * where it looks, a province's those of everybody under it. Nobody else, and no system.
 */
export async function namedAuthorities(db: Db, actor: Actor): Promise<string[]> {
  if (actor.kind !== 'officer') return []
  const [directed, controlled] = await Promise.all([alarmScope(db, actor), controlledBy(db, actor)])
  return [...new Set([...directed, ...controlled])]
}

/** Control of procedures sits in the office of a province and looks at all of it (NĐ 92/2017/NĐ-CP). */
async function controlledBy(db: Db, { posts }: Officer): Promise<string[]> {
  const places = new Set(
    posts
      .filter(({ roles, procedures }) => procedures === undefined && roles.includes('control'))
      .map(({ authorityCode }) => authorityCode),
  )
  if (places.size === 0) return []
  const all = await listAuthorities(db)
  const provinces = new Set(all.filter(({ kind }) => kind === 'province').map(({ code }) => code))
  const above = all.flatMap(({ code, kind, parentCode }) =>
    places.has(code) && kind === 'office' && parentCode !== null && provinces.has(parentCode)
      ? [parentCode]
      : [],
  )
  return all.flatMap(({ code }) => (above.some((top) => `${code}.`.startsWith(`${top}.`)) ? [code] : []))
}
