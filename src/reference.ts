import { type Db, openDatabase } from './kernel/db.ts'
import { loadCalendars } from './modules/calendar/index.ts'
import { loadProcedures, loadProcedureVersions } from './modules/catalogue/index.ts'
import { loadDirectory } from './modules/directory/index.ts'
import { loadForms } from './modules/forms/index.ts'
import { loadIndexSets, loadTargets } from './modules/indicators/index.ts'
import { loadProcesses } from './modules/processes/index.ts'
import { loadPeriods } from './modules/retention/index.ts'

export interface ReferenceOptions {
  /** Also load the sample province tỉnh Sông Mai. */
  demonstration: boolean
}

/**
 * Loads all reference data of `db/reference`, each module its own, in the order in which they need one another.
 * Files that have not changed are skipped, so that a second start costs milliseconds. Gives the names of what was
 * loaded.
 */
export async function loadReference(
  database: Db | string,
  options: ReferenceOptions = { demonstration: true },
): Promise<string[]> {
  if (typeof database === 'string') return withDatabase(database, (db) => loadReference(db, options))
  const loaded: string[] = []
  for (const [name, load] of loaders(options)) if (await load(database)) loaded.push(name)
  return loaded
}

type Load = (db: Db) => Promise<unknown>

function loaders(options: ReferenceOptions): [string, Load][] {
  return [
    ['directory', (db) => loadDirectory(db, options)],
    ['calendar', loadCalendars],
    ['catalogue', loadProcedures],
    ['procedure versions', (db) => loadProcedureVersions(db, options)],
    ['forms', loadForms],
    ['processes', loadProcesses],
    ['periods of keeping', loadPeriods],
    ['index sets', loadIndexSets],
    ['targets', loadTargets],
  ]
}

async function withDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { max: 2 })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
