import type { Db } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { exportProcess } from './export-process.ts'
import { findProcessVersion, findProcessXml } from './process-store.ts'

/** The file of a version as it was published, saying which version it is and when it holds; undefined without one. */
export async function exportVersion(db: Db, key: string, version: number): Promise<string | undefined> {
  const [stored, xml] = await Promise.all([
    findProcessVersion(db, key, version),
    findProcessXml(db, key, version),
  ])
  if (!stored || xml === undefined) return undefined
  const { validFrom, validTo } = stored
  // What was published could be read.
  return accepted(await exportProcess(xml, { version, validFrom, validTo }))
}
