import type { Db } from './kernel/db.ts'
import { isRefusal } from './kernel/errors.ts'
import { findListedProcedure, findVersion, searchProcedures } from './modules/catalogue/index.ts'
import type { LimitOf } from './modules/directory/index.ts'

/** What a grant may be limited to: the directory asks, the catalogue knows procedures and fields. */
export const limitOf =
  (db: Db, today: () => string): LimitOf =>
  async ({ procedures, fields }) => {
    const [named, found] = await Promise.all([
      Promise.all(procedures.map(async (code) => ({ code, known: await isKnown(db, code, today()) }))),
      Promise.all(fields.map(async (field) => ({ field, codes: await codesOf(db, field) }))),
    ])
    return {
      procedures: [...procedures, ...found.flatMap(({ codes }) => codes)],
      unknown: [
        ...named.filter(({ known }) => !known).map(() => ({ field: 'procedures', code: 'unknown' })),
        ...found.filter(({ codes }) => codes.length === 0).map(() => ({ field: 'fields', code: 'unknown' })),
      ],
    }
  }

async function isKnown(db: Db, code: string, today: string): Promise<boolean> {
  return Boolean((await findListedProcedure(db, code)) ?? (await findVersion(db, code, today)))
}

async function codesOf(db: Db, field: string): Promise<string[]> {
  const codes: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await searchProcedures(db, { field, limit: 100, ...(cursor && { cursor }) })
    if (isRefusal(page)) return codes
    codes.push(...page.items.map(({ code }) => code))
    if (page.nextCursor === null) return codes
    cursor = page.nextCursor
  }
}
