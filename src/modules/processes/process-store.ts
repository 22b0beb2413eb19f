import type { Db, Queryable } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { loadWhenChanged, packagedNames, upsertRows } from '../directory/index.ts'
import { checkProcess } from './check-process.ts'
import { type CompileOptions, compileProcess } from './compile-process.ts'
import type { CompiledProcess } from './compiled-process.ts'
import { newestXml } from './publication-store.ts'

/** One published version of an internal process. */
export interface ProcessVersion {
  key: string
  version: number
  validFrom: string
  validTo: string | null
  compiled: CompiledProcess
  /** Taken back before its first day: no dossier ran on it. */
  withdrawn: boolean
}

/** Loads the models of `db/reference/packages`, compiled and checked, when they changed since the last start. */
export async function loadProcesses(db: Db): Promise<boolean> {
  const names = await packagedNames(/^process(-\d+)?\.bpmn$/)
  const loaded = await loadWhenChanged(db, { key: 'processes', edition: 6, names }, storeProcesses)
  if (loaded) forgetProcesses(db)
  return loaded
}

async function storeProcesses(tx: Queryable, texts: readonly string[]): Promise<void> {
  const published = await compileAgain(tx)
  const byKey = new Map(texts.map((xml) => [keyIn(xml), xml]))
  const rows = await Promise.all(texts.map((xml) => processRow(xml, async (key) => byKey.get(key))))
  await storeShipped(
    tx,
    rows.filter(({ key }) => !published.has(key)),
  )
  // What was decided here outweighs what is shipped: only the drawing of a version that exists is renewed.
  await tx.query(
    `update processes.process_version old set bpmn_xml = new.bpmn_xml, compiled = new.compiled
     from json_populate_recordset(null::processes.process_version, $1::json) new
     where old.key = new.key and old.version = new.version and old.published_by is null`,
    [JSON.stringify(rows.filter(({ key }) => published.has(key)))],
  )
}

const storeShipped = (tx: Queryable, rows: readonly Record<string, unknown>[]) =>
  upsertRows(tx, 'processes.process_version', ['key', 'version'], rows)

/**
 * Compiles what was published here anew, since what runs may look different in this edition. Gives its keys. One that
 * this edition refuses stays as it was compiled: the others must not wait for it, and the installation must start.
 */
async function compileAgain(tx: Queryable): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string; version: number; xml: string; publishedAt: Date }>(
    `select key, version, bpmn_xml as xml, published_at as "publishedAt" from processes.process_version
     where published_by is not null`,
  )
  for (const { key, version, xml, publishedAt } of rows) {
    const called = (name: string) => newestXml({ pool: tx }, name, publishedAt)
    const compiled = await compileProcess(xml, { called })
    if (isRefusal(compiled)) {
      process.emitWarning(`process ${key} ${version} stays as it was: ${JSON.stringify(compiled.details)}`)
      continue
    }
    await tx.query('update processes.process_version set compiled = $3 where key = $1 and version = $2', [
      key,
      version,
      JSON.stringify(compiled),
    ])
  }
  return new Set(rows.map(({ key }) => key))
}

/** The key of a file that was not read yet. */
const keyIn = (xml: string) => /<(?:\w+:)?process\s[^>]*?\bid="([^"]+)"/.exec(xml)?.[1] ?? ''

async function processRow(xml: string, called: CompileOptions['called']) {
  // A reference model that cannot run is a bug in the repository, so it is thrown.
  const compiled = accepted(await compileProcess(xml, { called }))
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
  return versions?.find(
    (each) => !each.withdrawn && each.validFrom <= on && (each.validTo === null || on <= each.validTo),
  )
}

/** A version that a dossier runs on. Throws when there is no such version: dossiers only name stored ones. */
export async function getProcess(db: Db, key: string, version: number): Promise<ProcessVersion> {
  const found = await findProcessVersion(db, key, version)
  if (!found) throw new Error(`no version ${version} of process ${key}`)
  return found
}

/** A version by its number, withdrawn ones too; undefined when there is none. */
export async function findProcessVersion(
  db: Db,
  key: string,
  version: number,
): Promise<ProcessVersion | undefined> {
  const of = async () => (await knownOf(db)).get(key)?.find((each) => each.version === version)
  const found = await of()
  if (found) return found
  // Another process of the installation may have published it a moment ago.
  forgetProcesses(db)
  return of()
}

/** The newest version of every process, by key. */
export async function listProcesses(db: Db): Promise<ProcessVersion[]> {
  return [...(await knownOf(db)).values()].flatMap((versions) =>
    versions.filter(({ withdrawn }) => !withdrawn).slice(0, 1),
  )
}

/** The last version of a process that is or will be in force; undefined when there is none. */
export async function findLastProcess(db: Db, key: string): Promise<ProcessVersion | undefined> {
  return (await knownOf(db)).get(key)?.find(({ withdrawn }) => !withdrawn)
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
  remembered.delete(db)
}

type Known = Map<string, ProcessVersion[]>
interface Memory {
  /** Counts what was published and withdrawn, so that news is seen. */
  edition: string
  known: Known
}

/** For so long a process may not know what another one published. */
const recheckMs = 2000
const remembered = new WeakMap<Db, { memory: Promise<Memory>; checkedAt: number }>()

async function knownOf(db: Db): Promise<Known> {
  const before = remembered.get(db)
  const now = performance.now()
  if (before && now - before.checkedAt < recheckMs) return (await before.memory).known
  const next = { memory: renew(db, before?.memory), checkedAt: now }
  remembered.set(db, next)
  const forget = () => remembered.get(db) === next && remembered.delete(db)
  // Nothing is remembered before the first models are there, so that a start does not keep an empty list.
  next.memory.then(({ known }) => known.size === 0 && forget(), forget)
  return (await next.memory).known
}

async function renew(db: Db, before: Promise<Memory> | undefined): Promise<Memory> {
  const [{ rows }, old] = await Promise.all([
    db.pool.query<{ edition: string }>({
      name: 'processes.edition',
      text: `select concat_ws('/', count(*), count(withdrawn_at), max(published_at)) as edition
             from processes.process_version`,
    }),
    before,
  ])
  const { edition } = rows[0]!
  return old?.edition === edition ? old : { edition, known: await readKnown(db) }
}

async function readKnown(db: Db): Promise<Known> {
  const { rows } = await db.pool.query<ProcessVersion>(
    `select key, version, valid_from as "validFrom", valid_to as "validTo", compiled, withdrawn_at is not null as withdrawn
     from processes.process_version order by key, valid_from desc, version desc`,
  )
  return Map.groupBy(rows, (row) => row.key)
}
