import type { Db } from '../../src/kernel/db.ts'
import { computeDue, loadCalendar } from '../../src/modules/calendar/index.ts'
import { listAuthorities } from '../../src/modules/directory/index.ts'

const acceptedOn = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20']
const limits = [5, 7, 10, 15]

/** What dossiers of the same place, limit and moment have in common. */
interface Kind {
  competent: string
  version: string
  amount: number
  accepted_at: string
  due_at: string
  step_due_at: string
}

/**
 * Stores open dossiers of the demonstration's authorities, each accepted in the week from 16 November 2026 and in the
 * middle of its first step, with the entry that heads its journal: rows as the use cases write them, made by the
 * database, so that a million takes minutes and not hours. Hashes of the entries are none.
 */
export async function loadOpenDossiers(db: Db, count: number, onProgress: (stored: number) => void) {
  const kinds = JSON.stringify(await kindsOf(db))
  const atOnce = 50_000
  for (let stored = 0; stored < count; stored += atOnce) {
    await db.pool.query(statement, [kinds, stored, Math.min(atOnce, count - stored)])
    onProgress(Math.min(count, stored + atOnce))
  }
  await db.pool.query('vacuum analyze dossiers.dossier, dossiers.task')
}

async function kindsOf(db: Db): Promise<Kind[]> {
  const authorities = await listAuthorities(db, { kinds: ['commune', 'department'] })
  const calendars = await Promise.all(
    authorities.map(({ code }) => loadCalendar(db, { authorityCode: code })),
  )
  return authorities.flatMap(({ code }, i) => {
    const calendar = calendars[i]!
    return acceptedOn.flatMap((day, d) =>
      limits.map((amount): Kind => {
        const accepted_at = new Date(`${day}T0${1 + d}:${10 + amount}:00Z`).toISOString()
        const due = (limit: { amount: number; unit: 'working-day' | 'working-hour' }) =>
          computeDue({ acceptedAt: accepted_at, limit, calendar }).dueAt!
        return {
          ...{ competent: code, version: calendar.version, amount, accepted_at },
          due_at: due({ amount, unit: 'working-day' }),
          step_due_at: due({ amount: amount * 4, unit: 'working-hour' }),
        }
      }),
    )
  })
}

const statement = `
with kind as (
  select k.*, count(*) over () as kinds from rows from (json_to_recordset($1::json) as (competent text, version text,
    amount int, accepted_at timestamptz, due_at timestamptz, step_due_at timestamptz)) with ordinality
    as k (competent, version, amount, accepted_at, due_at, step_due_at, place)
), numbered as (
  select uuidv7() as id, i.n, sha256(int8send(i.n)) as hash, kind.*
  from (select $2::bigint + n as n from generate_series(1, $3::int) n) i
  join kind on kind.place = 1 + i.n % kind.kinds
),
dossier as (
  insert into dossiers.dossier (id, code, sequence, head_hash, state, national_status, procedure_code,
    procedure_version, case_code, form_key, form_version, process_key, process_version, channel, received_by, competent,
    applicant_kind, filed_for, delivery, limit_amount, limit_unit, supplement_rule, calendar_version, submitted_at,
    intake_due_at, accepted_at, promised_due_at, due_at, index_due_at, answers_ref, fees, marking)
  select id, competent || '-261116-' || lpad(n::text, 7, '0'), 1, hash, 'in-progress', 4, '1.001193', 1, 'standard',
    'birth-registration', 1, 'birth-registration', 1, 'online', competent, competent, 'citizen', 'self', 'electronic',
    amount, 'working-day', 'subtract', version, accepted_at, accepted_at, accepted_at, due_at, due_at, due_at, id,
    '[{"key": "copy", "name": "Bản sao", "amountVnd": 8000}]',
    '{"tokens": [{"no": 1, "at": "verify", "by": null, "scope": 0}], "scopes": [], "timers": [], "last": 1,
      "result": null}'
  from numbered
), task as (
  insert into dossiers.task (dossier_id, no, kind, step_id, step_kind, name, role, authority, unit_kind, opened_at,
    due_at, procedure_code, channel)
  select id, 2, 'step', 'verify', 'work', 'Thẩm tra hồ sơ', 'specialist', competent, 'division', accepted_at,
    step_due_at, '1.001193', 'online'
  from numbered
)
insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
select id, 1, 'dossier', 'dossiers.submitted', json_build_object('calendarVersion', version),
  '{"kind": "person", "id": "bench"}', accepted_at, null, hash
from numbered`
