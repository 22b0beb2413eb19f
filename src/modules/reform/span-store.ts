import type { Queryable } from '../../kernel/db.ts'
import type { DossierTime, Stage, StageTime } from './dossier-time.ts'
import { shares, stages } from './dossier-time.ts'
import type { SpanEntry, StepSpan } from './step-spans.ts'

/** One dossier as time. */
export interface TimeOfDossier {
  spans: StepSpan[]
  time: DossierTime
}

const spansLock = 0x6d63_0150

/** One writer at a time until the transaction ends; taken before reading, so that whoever writes later has read later. */
export async function lockSpans(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [spansLock])
}

/** What the journal says of dossiers after their filing, by dossier, oldest first. */
export async function readEntries(db: Queryable, ids: readonly string[]): Promise<Map<string, SpanEntry[]>> {
  const { rows } = await db.query({
    name: 'reform.entries',
    text: `select stream, sequence, kind, data - 'marking' - 'branches' - 'papers' as data, actor, at
           from journal.entry where stream = any($1) and sequence > 1 order by stream, sequence`,
    values: [ids],
  })
  // What dossiers wrote to the journal is what they say it is.
  return Map.groupBy(rows, (row) => row.stream as string) as unknown as Map<string, SpanEntry[]>
}

const spanColumns = {
  dossier_id: 'dossierId',
  no: 'no',
  process_key: 'processKey',
  process_version: 'processVersion',
  kind: 'kind',
  step_id: 'stepId',
  came_from: 'cameFrom',
  sent_back: 'sentBack',
  whose: 'whose',
  role: 'role',
  authority: 'authority',
  holder: 'holder',
  officer: 'officer',
  opened_at: 'openedAt',
  taken_at: 'takenAt',
  closed_at: 'closedAt',
  due_at: 'dueAt',
  outcome: 'outcome',
  done: 'done',
  round: 'round',
  hand_overs: 'handOvers',
  waiting: 'waiting',
  working: 'working',
  held: 'held',
  round_waiting: 'roundWaiting',
  round_working: 'roundWorking',
} as const satisfies Record<string, keyof StepSpan>

const timeColumns = {
  dossier_id: 'dossierId',
  process_key: 'processKey',
  process_version: 'processVersion',
  authority: 'authority',
  submitted_at: 'submittedAt',
  accepted_at: 'acceptedAt',
  decided_at: 'decidedAt',
  closed_at: 'closedAt',
} as const satisfies Record<string, keyof DossierTime>

/** The row of a span; instants are ISO text. */
export const toSpanRow = (span: StepSpan) => rowOf(spanColumns, span)

/** The row of a dossier's time. */
export const toTimeRow = (time: DossierTime) => ({
  ...rowOf(timeColumns, time),
  ...Object.fromEntries(
    stages.flatMap((stage) =>
      shares.map((share) => [`${stage}_${share}`, (time[stage] as StageTime | null)?.[share] ?? null]),
    ),
  ),
})

const rowOf = <T extends object>(columns: Record<string, keyof T>, value: T): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).map(([column, field]) => [column, value[field]]))

const allOf = (names: readonly string[], from: string) => names.map((name) => `${from}.${name}`).join(', ')
const setting = (names: readonly string[]) => names.map((name) => `${name} = excluded.${name}`).join(', ')
const spanNames = Object.keys(spanColumns)
const timeNames = [
  ...Object.keys(timeColumns),
  ...stages.flatMap((stage: Stage) => shares.map((share) => `${stage}_${share}`)),
]

// What is as it was is not written again: a batch may come twice.
const saveStatement = `
with times as (
  insert into reform.dossier_time as t (${timeNames.join(', ')})
  select ${allOf(timeNames, 'r')} from jsonb_populate_recordset(null::reform.dossier_time, $2) r
  on conflict (dossier_id) do update set ${setting(timeNames.slice(1))}
  where (${allOf(timeNames, 't')}) is distinct from (${allOf(timeNames, 'excluded')})
)
insert into reform.step_span as s (${spanNames.join(', ')})
select ${allOf(spanNames, 'r')} from jsonb_populate_recordset(null::reform.step_span, $1) r
on conflict (dossier_id, no) do update set ${setting(spanNames.slice(2))}
where (${allOf(spanNames, 's')}) is distinct from (${allOf(spanNames, 'excluded')})`

/** Puts dossiers as they stand now in the place of what was stored, in one statement. */
export async function saveTimes(tx: Queryable, times: readonly TimeOfDossier[]): Promise<void> {
  if (times.length === 0) return
  const spans = times.flatMap((each) => each.spans.map(toSpanRow))
  const wholes = times.map(({ time }) => toTimeRow(time))
  await tx.query({
    name: 'reform.save',
    text: saveStatement,
    values: [JSON.stringify(spans), JSON.stringify(wholes)],
  })
}

/** What is stored of dossiers, as rows with instants as ISO text, in the order of dossiers and tasks. */
export async function storedRows(
  db: Queryable,
  ids: readonly string[],
): Promise<{ spans: Record<string, unknown>[]; times: Record<string, unknown>[] }> {
  const read = async (text: string) => (await db.query(text, [ids])).rows.map(plain)
  return {
    spans: await read('select * from reform.step_span where dossier_id = any($1) order by dossier_id, no'),
    times: await read('select * from reform.dossier_time where dossier_id = any($1) order by dossier_id'),
  }
}

const plain = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  )
