import type { Db } from '../../kernel/db.ts'
import { limitHours, listVersions, type ProcedureVersion } from '../catalogue/index.ts'
import { allOfficers, listAuthorities } from '../directory/index.ts'
import type { Step } from './compiled-process.ts'

/** A procedure that runs on a process, with the legal limits of its cases in working hours. */
export interface ProcedureUse {
  code: string
  name: string
  processKey: string
  /** Kind of the authorities that settle it. */
  settledBy: string
  limits: { caseName: { vi: string; en: string }; hours: number }[]
}

/** The procedures in force on a date of law that run on these processes. */
export async function proceduresUsing(db: Db, keys: readonly string[], on: string): Promise<ProcedureUse[]> {
  const versions = await listVersions(db, on)
  return versions
    .filter(({ processKey }) => keys.includes(processKey))
    .map(useOf)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

function useOf({ procedureCode, plainName, processKey, executing, cases }: ProcedureVersion): ProcedureUse {
  const limits = cases.map(({ name, limit }) => ({ caseName: name, hours: limitHours(limit) }))
  return { code: procedureCode, name: plainName, processKey, settledBy: executing.kind, limits }
}

/** Who could do a step: how many officers hold the role at all, and where nobody does. */
export interface Holders {
  count: number
  /** Short names of the staffed authorities that settle these procedures and have nobody for it. */
  without: string[]
}
export type HoldersOf = (step: Pick<Step, 'role' | 'authority'>, settledBy: readonly string[]) => Holders

/** Looks up who holds which role today; authorities without any officer are not counted as lacking one. */
export async function holdersIn(db: Db): Promise<HoldersOf> {
  const [officers, authorities] = await Promise.all([allOfficers(db), listAuthorities(db)])
  const posts = officers.filter(({ locked }) => !locked).flatMap((officer) => officer.posts)
  const staffed = new Set(posts.map(({ authorityCode }) => authorityCode))
  return ({ role, authority }, settledBy) => {
    const held = posts.filter(({ roles }) => roles.includes(role))
    const places = new Set(held.map(({ authorityCode }) => authorityCode))
    const concerned = authority === 'competent' ? authorities : []
    const without = concerned.filter(
      ({ code, kind }) => settledBy.includes(kind) && staffed.has(code) && !places.has(code),
    )
    return { count: held.length, without: without.map(({ shortName }) => shortName) }
  }
}
