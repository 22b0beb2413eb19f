import { datedVersions, endBefore, takeBack } from '../../kernel/dated-versions.ts'
import type { Queryable } from '../../kernel/db.ts'
import { type ProcedureVersion, ProcedureVersion as Schema } from './procedure-version.ts'

const editions = { table: 'catalogue.procedure_version', key: 'procedure_code' }

/** An edition as it stands in its history: who published it by which decision; what was shipped has neither. */
export interface Edition {
  version: ProcedureVersion
  publishedAt: string
  publishedBy: string | null
  decision: { number: string; on: string } | null
  withdrawnAt: string | null
}

interface EditionRow {
  definition: Record<string, unknown>
  version: number
  validFrom: string
  validTo: string | null
  published_at: Date
  published_by: string | null
  decision_number: string | null
  decision_on: string | null
  withdrawn_at: Date | null
}

/** What `toEdition` reads. The dates stand in columns: publishing the next edition ends this one there. */
export const editionColumns = `definition, version, valid_from as "validFrom", valid_to as "validTo", published_at,
  published_by, decision_number, decision_on, withdrawn_at`

/**
 * An edition as it is stored. None where it no longer reads as an edition, such as after an upgrade: that one procedure
 * is then not to be filed here, and all others are.
 */
export function toEdition(row: EditionRow): Edition[] {
  const { definition, version, validFrom, validTo, decision_number, decision_on } = row
  const decision =
    decision_number !== null && decision_on !== null ? { number: decision_number, on: decision_on } : null
  const announcement = decision ?? definition.announcement
  const read = Schema.safeParse({ ...definition, version, validFrom, validTo, announcement })
  if (!read.success) {
    const at = read.error.issues.map(({ path }) => path.join('.')).join(', ')
    process.emitWarning(`edition ${version} of procedure ${definition.procedureCode} is unreadable: ${at}`)
    return []
  }
  const edition = {
    version: read.data,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by,
    decision,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }
  return [edition]
}

/** Every edition of a procedure, the newest first; withdrawn ones too. */
export async function editionsOf(db: Queryable, procedureCode: string): Promise<Edition[]> {
  const { rows } = await db.query<EditionRow>({
    name: 'catalogue.editions-of',
    text: `select ${editionColumns} from catalogue.procedure_version where procedure_code = $1 order by version desc`,
    values: [procedureCode],
  })
  return rows.flatMap(toEdition)
}

/** Dates of the editions of a procedure, the newest first. */
export const editionDates = (db: Queryable, procedureCode: string) =>
  datedVersions(db, editions, procedureCode)

/** The keys of the form and the process of an edition, unreadable ones too; undefined where there is no such edition. */
export async function keysOfEdition(
  db: Queryable,
  procedureCode: string,
  version: number,
): Promise<KeysOfEdition | undefined> {
  const { rows } = await db.query<KeysOfEdition>(
    `select definition ->> 'formKey' as "formKey", definition ->> 'processKey' as "processKey"
     from catalogue.procedure_version where procedure_code = $1 and version = $2`,
    [procedureCode, version],
  )
  return rows[0]
}

interface KeysOfEdition {
  formKey: string
  processKey: string
}

/** The procedures of which an edition, withdrawn ones too, runs on a form or a process of this key. */
export async function proceduresOn(
  db: Queryable,
  which: keyof KeysOfEdition,
  key: string,
): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    'select distinct procedure_code as code from catalogue.procedure_version where definition ->> $1 = $2',
    [which, key],
  )
  return rows.map(({ code }) => code)
}

/** Who publishes an edition, by which decision, when. */
export interface Announced {
  by: string
  decision: { number: string; on: string }
  at: Date
}

/** Stores an edition and ends the one before it the day before; a procedure new to the list is entered in it. */
export async function addEdition(
  tx: Queryable,
  edition: ProcedureVersion,
  { by, decision, at }: Announced,
): Promise<void> {
  const { procedureCode, version, validFrom, validTo } = edition
  await enterInList(tx, edition)
  const replacedTo = await endBefore(tx, editions, procedureCode, validFrom)
  await tx.query(
    `insert into catalogue.procedure_version (procedure_code, version, definition, valid_from, valid_to, published_at,
       published_by, decision_number, decision_on, replaced_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[procedureCode, version, JSON.stringify(edition), validFrom, validTo, at],
      ...[by, decision.number, decision.on, replacedTo],
    ],
  )
}

/** Ends a procedure: no edition is in force from this day on. Gives until when the last one was to be. */
export const endEditions = (tx: Queryable, procedureCode: string, from: string): Promise<string | null> =>
  endBefore(tx, editions, procedureCode, from)

/** Gives an edition the end back that it had before its procedure was to end. */
export async function reopenEdition(
  tx: Queryable,
  { procedureCode, version, validTo }: { procedureCode: string; version: number; validTo: string | null },
): Promise<void> {
  await tx.query(
    'update catalogue.procedure_version set valid_to = $3 where procedure_code = $1 and version = $2',
    [procedureCode, version, validTo],
  )
}

/** Takes an edition back: it is not found by date any more, and the one before it goes on. */
export async function takeEditionBack(
  tx: Queryable,
  edition: { procedureCode: string; version: number; at: Date },
): Promise<void> {
  await takeBack(tx, editions, { ...edition, value: edition.procedureCode })
}

/** Enters procedures that the national list lacks, in the list; those that are there stay as published. */
export async function enterInList(tx: Queryable, ...versions: readonly ProcedureVersion[]): Promise<void> {
  await tx.query(
    `insert into catalogue.procedure (code, name, plain_name, synonyms, field, subjects, channels, source, as_of)
     select code, name, plain_name, synonyms, field, subjects, channels, source, as_of
     from json_populate_recordset(null::catalogue.procedure, $1) on conflict (code) do nothing`,
    [JSON.stringify(versions.map(listRow))],
  )
}

function listRow(version: ProcedureVersion) {
  return {
    code: version.procedureCode,
    name: version.name,
    plain_name: version.plainName,
    synonyms: version.synonyms,
    field: version.field.name,
    subjects: version.subjects,
    channels: [...new Set(version.cases.flatMap((each) => each.channels))],
    source: version.source,
    as_of: version.asOf,
  }
}
