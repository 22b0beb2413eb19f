import type { Db, Queryable } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { loadWhenChanged, referenceNames, upsertRows } from '../directory/index.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import type { CompiledProcess } from './compiled-process.ts'

/** One published version of an internal process. */
export interface ProcessVersion {
  key: string
  version: number
  validFrom: string
  validTo: string | null
  compiled: CompiledProcess
}

/** Loads the models of `db/reference/processes`, compiled and checked, when they changed since the last start. */
export async function loadProcesses(db: Db): Promise<boolean> {
  const names = await referenceNames('processes', '.bpmn')
  const loaded = await loadWhenChanged(db, { key: 'processes', edition: 1, names }, storeProcesses)
  if (loaded) forgetProcesses(db)
  return loaded
}

async function storeProcesses(tx: Queryable, texts: readonly string[]): Promise<void> {
  const rows = await Promise.all(texts.map(processRow))
  await upsertRows(tx, 'processes.process_version', ['key', 'version'], rows)
}

async function processRow(xml: string) {
  // A reference model that cannot run is a bug in the repository, so it is thrown.
  const compiled = accepted(await compileProcess(xml))
  const { errors } = checkProcess(compiled)
  if (errors.length > 0) throw new Error(`process ${compiled.id}: ${JSON.stringify(errors)}`)
  const { version, validFrom, validTo } = compiled.edition
  if (validFrom === null) throw new Error(`process ${compiled.id} does not say from when it is valid`)
  const dates = { valid_from: validFrom, valid_to: validTo, published_at: new Date() }
  return { key: compiled.id, version, bpmn_xml: xml, compiled, ...dates }
}

/** The version of a process in force on a date of law (`YYYY-MM-DD`); undefined when there is none. */
export async function findProcess(db: Db, key: string, on: string): Promise<ProcessVersion | undefined> {
  const versions = (await knownOf(db)).get(key)
  return versions?.find((each) => each.validFrom <= on && (each.validTo === null || on <= each.validTo))
}

/** A version that a dossier runs on. Throws when there is no such version: dossiers only name stored ones. */
export async function getProcess(db: Db, key: string, version: number): Promise<ProcessVersion> {
  const found = (await knownOf(db)).get(key)?.find((each) => each.version === version)
  if (!found) throw new Error(`no version ${version} of process ${key}`)
  return found
}

/** The newest version of every process, by key. */
export async function listProcesses(db: Db): Promise<ProcessVersion[]> {
  return [...(await knownOf(db)).values()].flatMap((versions) => versions.slice(0, 1))
}

/** The BPMN 2.0 file of a version exactly as it was published; undefined when there is none. */
export async function findProcessXml(db: Db, key: string, version: number): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ xml: string }>(
    'select bpmn_xml as xml from processes.process_version where key = $1 and version = $2',
    [key, version],
  )
  return rows[0]?.xml
}

/** Forgets what this process remembers, after a publication. */
export function forgetProcesses(db: Db): void {
  memory.delete(db)
}

type Known = Map<string, ProcessVersion[]>
const memory = new WeakMap<Db, Promise<Known>>()

function knownOf(db: Db): Promise<Known> {
  const known = memory.get(db) ?? readKnown(db)
  memory.set(db, known)
  known.then(
    (processes) => processes.size === 0 && memory.delete(db),
    () => memory.delete(db),
  )
  return known
}

async function readKnown(db: Db): Promise<Known> {
  const { rows } = await db.pool.query<ProcessVersion>(
    `select key, version, valid_from as "validFrom", valid_to as "validTo", compiled
     from processes.process_version order by key, valid_from desc, version desc`,
  )
  return Map.groupBy(rows, (row) => row.key)
}
