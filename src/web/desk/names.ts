import { dateOfLaw } from 'motcua/kernel/time'
import { findListedProcedure, findVersion } from 'motcua/modules/catalogue'
import { findAuthority, findOfficer } from 'motcua/modules/directory'
import type { PageContext } from 'motcua/web/context'

/** Plain names of procedures by code. */
export async function procedureNames(
  { app, now }: Pick<PageContext, 'app' | 'now'>,
  codes: readonly string[],
): Promise<Record<string, string>> {
  const on = dateOfLaw(now)
  return namesOf(codes, async (code) => {
    const version = await findVersion(app.db, code, on)
    return version?.plainName ?? (await findListedProcedure(app.db, code))?.name
  })
}

/** Short names of authorities by code. */
export function placeNamesOf({ app }: Pick<PageContext, 'app'>, codes: readonly string[]) {
  return namesOf(codes, async (code) => (await findAuthority(app.db, code))?.shortName)
}

/** Names of officers by their ids. */
export function officerNames({ app }: Pick<PageContext, 'app'>, ids: readonly string[]) {
  return namesOf(ids, async (id) => (await findOfficer(app.db, id))?.name)
}

async function namesOf(
  codes: readonly string[],
  find: (code: string) => Promise<string | undefined>,
): Promise<Record<string, string>> {
  const pairs = [...new Set(codes)].map(async (code) => [code, (await find(code)) ?? code] as const)
  return Object.fromEntries(await Promise.all(pairs))
}
