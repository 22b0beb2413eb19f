import { setImmediate } from 'node:timers/promises'
import type { Queryable } from '../../../kernel/db.ts'
import { entryColumns } from '../../../kernel/journal.ts'
import type { Dossier } from '../dossier.ts'
import { nextTimer } from '../dossier-row.ts'
import { applyEntries } from '../dossier-store.ts'
import type { DossierEntry } from '../entries.ts'
import type { OpenDossier } from './open-dossier.ts'

/** A dossier that moves, with the entry that moves it. */
export interface Move {
  dossier: OpenDossier
  entry: DossierEntry
  /** Tasks whose holder does not move along. */
  freed: number
}

/**
 * Writes what moves, each with its entry, and counts it in the run; gives those written. Who acted on a dossier
 * meanwhile was first, or is just at it: it is left.
 */
export async function writeMoves(db: Queryable, run: string, moves: readonly Move[]): Promise<Set<string>> {
  if (moves.length === 0) return new Set()
  const changes = await inTurns(moves, ({ dossier, entry }) => changeOf(dossier, entry))
  const after = changes.map((change) => change.after)
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.move-many',
    text: statement,
    values: [
      ...entryColumns(
        'dossier',
        changes.flatMap(({ entries }) => entries),
      ),
      after.map(({ processKey }) => processKey),
      after.map(({ processVersion }) => processVersion),
      after.map(({ marking }) => marking && JSON.stringify(marking)),
      after.map(nextTimer),
      after.map(({ competent }) => competent),
      after.map(({ receivedBy }) => receivedBy),
      after.map(({ helpedBy }) => helpedBy),
      after.map(({ predecessors }) => JSON.stringify(predecessors)),
      moves.map(({ freed }) => freed),
      JSON.stringify(changes.flatMap(changedTasks)),
      run,
      JSON.stringify(after.map(rulesOf)),
    ],
  })
  return new Set(rows.map(({ id }) => id))
}

// Sealing takes most of the time; requests that came meanwhile are answered in between.
async function inTurns<In, Out>(all: readonly In[], one: (each: In) => Out): Promise<Out[]> {
  const done: Out[] = []
  for (let from = 0; from < all.length; from += atOnce) {
    done.push(...all.slice(from, from + atOnce).map(one))
    await setImmediate()
  }
  return done
}
const atOnce = 25

// What another edition changes; of other moves it is as it was.
const rulesOf = ({
  id,
  procedureVersion,
  formVersion,
  limit,
  supplementRule,
  dueAt,
  indexDueAt,
}: Dossier) => ({
  ...{ id, procedure_version: procedureVersion, form_version: formVersion, supplement_rule: supplementRule },
  ...{ limit_amount: limit.amount, limit_unit: limit.unit, limit_cut_off: limit.cutOff },
  ...{ limit_addition: limit.addition ?? null, due_at: dueAt, index_due_at: indexDueAt },
})

// These entries read and change only what was read of the dossier; the fold is the one that every reader knows.
const changeOf = (dossier: OpenDossier, entry: DossierEntry) => ({
  ...applyEntries(dossier.id, dossier as Dossier, [entry]),
  before: dossier,
})

function changedTasks({ before, after }: { before: OpenDossier; after: Dossier }) {
  return after.tasks
    .filter((task, i) => task !== before.tasks[i])
    .map(({ no, stepId, stepKind, name, role, authority, unitKind, assignee, dueAt }) => ({
      ...{ id: after.id, no, step_id: stepId, step_kind: stepKind, name, role },
      ...{ authority, unit_kind: unitKind, assignee, due_at: dueAt },
    }))
}

// Rows are taken in the order of their ids and never waited for, so that nobody who acts waits in a circle with this.
const statement = `
with change as (
  select * from unnest($1::uuid[], $2::int[], $9::bytea[], $10::text[], $11::int[], $12::jsonb[], $13::timestamptz[],
    $14::text[], $15::text[], $16::text[], $17::jsonb[], $18::int[]) c (id, sequence, hash, process_key, process_version,
    marking, next_timer_at, competent, received_by, helped_by, predecessors, freed)
),
rules as (
  select * from json_to_recordset($21::json) r (id uuid, procedure_version int, form_version int, supplement_rule text,
    limit_amount int, limit_unit text, limit_cut_off text, limit_addition jsonb, due_at timestamptz,
    index_due_at timestamptz)
),
held as materialized (
  select d.id from dossiers.dossier d join change c on d.id = c.id and d.sequence = c.sequence - 1
  order by d.id for update of d skip locked
),
head as (
  update dossiers.dossier d set sequence = c.sequence, head_hash = c.hash, process_key = c.process_key,
    process_version = c.process_version, marking = c.marking, next_timer_at = c.next_timer_at,
    competent = c.competent, received_by = c.received_by, helped_by = c.helped_by, predecessors = c.predecessors,
    procedure_version = r.procedure_version, form_version = r.form_version, supplement_rule = r.supplement_rule,
    limit_amount = r.limit_amount, limit_unit = r.limit_unit, limit_cut_off = r.limit_cut_off,
    limit_addition = r.limit_addition, due_at = r.due_at, index_due_at = r.index_due_at
  from change c join held using (id) join rules r using (id) where d.id = c.id
  returning d.id, c.freed
),
entries as (
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select e.* from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[],
    $7::timestamptz[], $8::bytea[], $9::bytea[]) e (stream) where e.stream in (select id from head)
),
tasks as (
  update dossiers.task t set step_id = v.step_id, step_kind = v.step_kind, name = v.name, role = v.role,
    authority = v.authority, unit_kind = v.unit_kind, assignee = v.assignee, due_at = v.due_at
  from json_to_recordset($19::json) v (id uuid, no int, step_id text, step_kind text, name text, role text,
    authority text, unit_kind text, assignee text, due_at timestamptz)
  where t.dossier_id = v.id and t.no = v.no and v.id in (select id from head)
),
counted as (
  update dossiers.bulk_move r set moved = r.moved + h.moved, freed = r.freed + h.freed
  from (select count(*) as moved, coalesce(sum(freed), 0) as freed from head) h
  where r.id = $20 and h.moved > 0
)
select id from head`
