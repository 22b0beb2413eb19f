import { isDeepStrictEqual } from 'node:util'
import type { Queryable } from '../../kernel/db.ts'
import {
  type ChainFault,
  type Entry,
  type PrivateRef,
  privateHash,
  toEntry,
  verifyStream,
} from '../../kernel/journal.ts'
import type { Dossier } from './dossier.ts'
import { findByIds } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { fold } from './evolve.ts'

export interface VerifyReport {
  streams: number
  entries: number
  chainFaults: ChainFault[]
  /** Dossiers whose row differs from the fold of their journal. */
  differingRows: { code: string; fields: string[] }[]
}

const batch = 200

/** Which of some dossiers the journal says were destroyed; where nobody says it, missing contents are no fault. */
export type PurgedOf = (ids: readonly string[]) => Promise<ReadonlySet<string>>

/** Checks every dossier's chain and that its row is the fold of its entries, in batches of flat memory. */
export async function verifyDossiers(db: Queryable, purgedOf?: PurgedOf): Promise<VerifyReport> {
  const report: VerifyReport = { streams: 0, entries: 0, chainFaults: [], differingRows: [] }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await db.query(
      `select distinct stream from journal.entry where stream_kind = 'dossier' and stream > $1 order by stream limit $2`,
      [after, batch],
    )
    if (rows.length === 0) {
      report.differingRows.push(...(await rowsWithoutJournal(db)))
      return report
    }
    const ids: string[] = rows.map((row) => row.stream)
    await verifyBatch(db, ids, report, purgedOf)
    after = ids.at(-1)!
  }
}

/** The same for some dossiers. */
export async function verifyTheseDossiers(
  db: Queryable,
  ids: readonly string[],
  purgedOf?: PurgedOf,
): Promise<VerifyReport> {
  const report: VerifyReport = { streams: 0, entries: 0, chainFaults: [], differingRows: [] }
  for (let from = 0; from < ids.length; from += batch)
    await verifyBatch(db, ids.slice(from, from + batch), report, purgedOf)
  return report
}

async function rowsWithoutJournal(db: Queryable): Promise<VerifyReport['differingRows']> {
  const { rows } = await db.query(
    `select d.code from dossiers.dossier d
     where not exists (select from journal.entry e where e.stream = d.id and e.sequence = 1)`,
  )
  return rows.map(({ code }) => ({ code, fields: ['journal'] }))
}

async function verifyBatch(
  db: Queryable,
  ids: readonly string[],
  report: VerifyReport,
  purgedOf: PurgedOf | undefined,
): Promise<void> {
  const { rows } = await db.query(
    `select stream, sequence, kind, data, actor, at, previous_hash, hash from journal.entry
     where stream = any($1) order by stream, sequence`,
    [ids],
  )
  const files = new Map((await findByIds(db, ids)).map((file) => [file.dossier.id, file.dossier]))
  const kept = await readKept(db, ids)
  const purged = await purgedOf?.(ids)
  const streams = Map.groupBy(rows.map(toEntry), (entry) => entry.stream)
  for (const [id, entries] of streams) {
    report.streams += 1
    report.entries += entries.length
    const fault = verifyStream(entries)
    if (fault) report.chainFaults.push(fault)
    const folded = fold(entries as SealedDossierEntry[])
    const fields = [
      ...differences(folded, files.get(id)),
      ...changedContents(entries, kept),
      ...(purged ? unexplained(entries, kept, purged.has(id)) : []),
    ]
    if (fields.length > 0) report.differingRows.push({ code: folded?.code ?? id, fields })
  }
}

type Kept = Map<string, { field: string; content: unknown; salt: Buffer }>

async function readKept(db: Queryable, ids: readonly string[]): Promise<Kept> {
  const { rows } = await db.query(
    'select id, field, content, salt from dossiers.private where dossier_id = any($1)',
    [ids],
  )
  return new Map(rows.map(({ id, ...kept }) => [id, kept]))
}

/** Erasable contents that are still there must be what the journal sealed; what was purged is no fault. */
function changedContents(entries: readonly Entry[], kept: Kept): string[] {
  return entries.flatMap(({ data }) =>
    Object.values(data).flatMap((value) => {
      const { ref, hash } = (value ?? {}) as Partial<PrivateRef>
      const found = ref === undefined ? undefined : kept.get(ref)
      return found === undefined || privateHash(found.salt, found.content) === hash
        ? []
        : [`private ${found.field}`]
    }),
  )
}

/** What is gone without an entry that says so, and what is still there although an entry says it is gone. */
function unexplained(entries: readonly Entry[], kept: Kept, purged: boolean): string[] {
  const named = entries.flatMap(({ data }) =>
    Object.entries(data).flatMap(([name, value]) => {
      const { ref, hash } = (value ?? {}) as Partial<PrivateRef>
      return ref === undefined || hash === undefined ? [] : [{ name, there: kept.has(ref) }]
    }),
  )
  const wrong = named.filter(({ there }) => there === purged).map(({ name }) => name)
  return [...new Set(wrong)].map((name) =>
    purged ? `not erased: ${name}` : `erased without an entry: ${name}`,
  )
}

/** Names of the fields in which the stored row differs from the fold. */
export function differences(folded: Dossier | undefined, stored: Dossier | undefined): string[] {
  if (folded === undefined || stored === undefined) return ['missing']
  const keys = Object.keys(folded) as (keyof Dossier)[]
  return keys.filter((key) => !isDeepStrictEqual(plain(folded[key]), plain(stored[key])))
}

// Stored JSON has no undefined and no Buffer; compare both sides in the shape that JSON keeps.
const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))
