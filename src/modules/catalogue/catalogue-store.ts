import type { Db } from '../../kernel/db.ts'
import { type Outcome, refusal } from '../../kernel/errors.ts'
import type { LifeEvent, ListedProcedure, ProcedurePage, ProcedureResult } from './procedure-list.ts'
import { ProcedureQuery } from './procedure-list.ts'
import { remember } from './revision.ts'
import { makeSearchIndex, type SearchIndex } from './search.ts'

interface Memory {
  index: SearchIndex
  byCode: Map<string, ListedProcedure>
  events: LifeEvent[]
}

const memory = remember(readMemory, ({ byCode }) => byCode.size === 0)

/** Procedures for what was typed, best first, a page at a time; with nothing found: near names and whose list it is. */
export async function searchProcedures(db: Db, query: ProcedureQuery): Promise<Outcome<ProcedurePage>> {
  const parsed = ProcedureQuery.safeParse(query)
  if (!parsed.success)
    return refusal('invalid', 'catalogue.unclear-question', { problems: parsed.error.issues })
  const asked = parsed.data
  const offset = asked.cursor === undefined ? 0 : offsetOf(asked.cursor)
  if (offset === undefined) return refusal('invalid', 'catalogue.unknown-cursor', { cursor: asked.cursor })
  const { index } = await memory.of(db)
  const next = offset + asked.limit
  const found = index.find(asked.q, {
    to: next,
    ...(narrows(asked) && { meets: (each) => meets(each, asked) }),
  })
  return {
    items: found.items.slice(offset),
    nextCursor: next < found.total ? cursorOf(next) : null,
    total: found.total,
    near: found.total === 0 ? index.near(asked.q) : [],
    publishers: found.total === 0 ? index.publishers : [],
  }
}

// Without a filter the hits need not be looked at one by one.
const narrows = ({ field, agencyCode, level, filedHere }: ReturnType<typeof ProcedureQuery.parse>): boolean =>
  [field, agencyCode, level, filedHere].some((each) => each !== undefined)

function meets(procedure: ListedProcedure, asked: ReturnType<typeof ProcedureQuery.parse>): boolean {
  return (
    (asked.field === undefined || procedure.field === asked.field) &&
    (asked.agencyCode === undefined || procedure.agencyCode === asked.agencyCode) &&
    (asked.level === undefined || procedure.levels.includes(asked.level)) &&
    (asked.filedHere === undefined || procedure.filedHere === asked.filedHere)
  )
}

function cursorOf(offset: number): string {
  return Buffer.from(`after:${offset}`).toString('base64url')
}

function offsetOf(cursor: string): number | undefined {
  const found = /^after:(\d{1,7})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  return found ? Number(found[1]) : undefined
}

/** The published procedure with this code; undefined when it is not in the list. */
export async function findListedProcedure(db: Db, code: string): Promise<ListedProcedure | undefined> {
  return (await memory.of(db)).byCode.get(code)
}

/** The eight life events in the order of the page. */
export async function lifeEvents(db: Db): Promise<LifeEvent[]> {
  return (await memory.of(db)).events
}

/** Fields of the list with how many procedures each has, by name. */
export async function listFields(db: Db): Promise<{ name: string; count: number }[]> {
  const counts = new Map<string, number>()
  for (const { field } of (await memory.of(db)).byCode.values())
    if (field) counts.set(field, (counts.get(field) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** Results named for a procedure, as published. */
export async function resultsOf(db: Db, procedureCode: string): Promise<ProcedureResult[]> {
  const { rows } = await db.pool.query<ProcedureResult>({
    name: 'catalogue.results-of',
    text: `select result_code as code, name from catalogue.procedure_result where procedure_code = $1 order by result_code`,
    values: [procedureCode],
  })
  return rows
}

/** Says that the list or a version has changed: every process builds its search index again. */
export async function catalogueChanged(db: Db): Promise<void> {
  await db.pool.query('update catalogue.revision set number = number + 1')
  memory.forget(db)
}

async function readMemory(db: Db): Promise<Memory> {
  const [procedures, events] = await Promise.all([readProcedures(db), readEvents(db)])
  return {
    index: makeSearchIndex(procedures, events),
    byCode: new Map(procedures.map((procedure) => [procedure.code, procedure])),
    events,
  }
}

type Row = Omit<ListedProcedure, 'plainNameEn' | 'filedHere'>

async function readProcedures(db: Db): Promise<ListedProcedure[]> {
  const [{ rows }, versions] = await Promise.all([
    db.pool.query<Row>(
      `select code, name, plain_name as "plainName", synonyms, agency_code as "agencyCode", publisher,
              announcing_decision as "announcingDecision", levels, procedure_type as "procedureType", field, subjects,
              channels, processing_times as "processingTimes", stated_free as "statedFree",
              fee_amounts_vnd::float8[] as "feeAmountsVnd", source, as_of as "asOf"
       from catalogue.procedure order by code`,
    ),
    readVersions(db),
  ])
  // What is between state bodies is no answer to somebody who looks for a procedure.
  return rows.flatMap((row) => {
    const version = versions.get(row.code)
    if (version?.kind === 'internal') return []
    return {
      ...row,
      field: row.field ?? version?.field ?? null,
      plainName: version?.plainName ?? row.plainName,
      plainNameEn: version?.plainNameEn ?? null,
      filedHere: version !== undefined,
    }
  })
}

interface VersionNames {
  code: string
  kind: string | null
  plainName: string | null
  plainNameEn: string | null
  field: string | null
}

async function readVersions(db: Db): Promise<Map<string, VersionNames>> {
  const { rows } = await db.pool.query<VersionNames>(
    `select distinct on (procedure_code) procedure_code as code, definition ->> 'kind' as kind, definition ->> 'plainName' as "plainName",
            definition ->> 'plainNameEn' as "plainNameEn", definition -> 'field' ->> 'name' as field
     from catalogue.procedure_version where withdrawn_at is null
     order by procedure_code, valid_from desc, version desc`,
  )
  return new Map(rows.map((row) => [row.code, row]))
}

async function readEvents(db: Db): Promise<LifeEvent[]> {
  const { rows } = await db.pool.query<LifeEvent>(
    `select key, name, name_en as "nameEn", synonyms, entries from catalogue.life_event order by position`,
  )
  return rows
}
