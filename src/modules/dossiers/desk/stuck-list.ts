import type { Db, Queryable } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar, workingMinutesOrNone } from '../../calendar/index.ts'
import { listAuthorities, presentAt } from '../../directory/index.ts'
import type { Officer } from '../../identity/index.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { toDossier } from '../dossier-row.ts'
import {
  type Alarm,
  alarmsOf,
  isExplained,
  patience,
  type StuckFacts,
  stuckReasons,
  type Time,
} from './stuck.ts'

/** One line of the alarm list. */
export interface StuckLine {
  dossier: Dossier
  applicantName: string
  /** The gravest first. */
  alarms: Alarm[]
  /** Who explained the delay and when, while the explanation holds. */
  explained: { until: string; by: string } | null
}

export interface StuckList {
  /** What nobody has explained; empty when all is well. */
  lines: StuckLine[]
  explained: StuckLine[]
  /** Whether more waits behind what is shown. */
  hasMore: boolean
}

/** So many lines are shown; whoever has more begins with these. */
const mostLines = 300
const mostExplained = 100
const mostCandidates = 1000
/** An open dossier without a task must never be: each place looks for its own, not a whole province at once. */
const fewPlaces = 5

/**
 * The authorities whose alarms an officer answers for: where a head or leader leads, or control looks; a province's
 * are those of everybody under it. None for other officers.
 */
export async function alarmScope(db: Db, { posts }: Officer): Promise<string[]> {
  // A power for some procedures directs no house.
  const directs = posts.filter(
    ({ roles, procedures }) => procedures === undefined && roles.some((role) => directing.has(role)),
  )
  const own = new Set(directs.map(({ authorityCode }) => authorityCode))
  if (own.size === 0) return []
  const all = await listAuthorities(db)
  const parentOf = new Map(all.map(({ code, parentCode }) => [code, parentCode]))
  const provinces = new Set(
    all.filter(({ code, kind }) => own.has(code) && kind === 'province').map(({ code }) => code),
  )
  const under = all.filter(({ code }) => isUnder(code, provinces, parentOf)).map(({ code }) => code)
  return [...new Set([...own, ...under])]
}
const directing = new Set<string>(['head', 'leader', 'control'])

function isUnder(
  code: string,
  tops: ReadonlySet<string>,
  parentOf: ReadonlyMap<string, string | null>,
): boolean {
  const seen = new Set<string>()
  for (let at: string | null | undefined = code; at && !seen.has(at); at = parentOf.get(at)) {
    if (tops.has(at)) return true
    seen.add(at)
  }
  return false
}

/** Whether somebody answers for alarms at all. */
export const seesAlarms = ({ posts }: Officer): boolean =>
  posts.some(({ roles, procedures }) => procedures === undefined && roles.some((role) => directing.has(role)))

/** The alarm list of some authorities: candidates by index, then each held to the rules. */
export async function readStuck(
  db: Db,
  scope: readonly string[],
  { now }: { now: Date },
): Promise<StuckList> {
  if (scope.length === 0) return { lines: [], explained: [], hasMore: false }
  const each = Math.max(8, Math.ceil(500 / scope.length))
  const present = await presentAt(db, scope, dateOfLaw(now))
  const [open, idle, told] = await Promise.all([
    candidates(db.pool, scope, { now, each, present }),
    scope.length <= fewPlaces ? withoutTask(db.pool, scope) : [],
    explainedIds(db.pool, scope, now),
  ])
  const all = await linesOf(db, [...new Set([...idle, ...open, ...told])], { now, present })
  const lines = all.filter(({ explained, alarms }) => explained === null && alarms.length > 0)
  return {
    lines: lines.toSorted(graver).slice(0, mostLines),
    explained: all.filter(({ explained }) => explained !== null),
    hasMore: lines.length > mostLines || open.length >= mostCandidates,
  }
}

const graver = (a: StuckLine, b: StuckLine) =>
  rank(a) - rank(b) || a.alarms[0]!.since.localeCompare(b.alarms[0]!.since)
const rank = ({ alarms }: StuckLine) => stuckReasons.indexOf(alarms[0]!.reason)

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * Dossiers that may be stuck: at least the time of the rules by the clock on the wall, which is never longer than
 * working time. Each range is read in its own order and no further than `each`, so it stays fast over a million.
 */
async function candidates(
  db: Queryable,
  scope: readonly string[],
  { now, each, present }: { now: Date; each: number; present: Present },
): Promise<string[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.stuck-candidates',
    text: candidatesStatement,
    values: [
      scope,
      now,
      each,
      ago(patience.unheldHours * hourMs),
      ago(patience.noMovementDays * dayMs),
      ago(patience.takeOverHours * hourMs),
      ago(patience.obligationDays * dayMs),
      ago(patience.collectDays * dayMs),
      ago(patience.supplementDays * dayMs),
      ago(patience.questionDays * dayMs),
      ago(patience.partnerHours * hourMs),
      JSON.stringify(Object.fromEntries(present)),
    ],
  })
  return rows.map(({ id }) => id)
}

const notExplained = `(d.explained_until is null or d.explained_until <= $2)`

/** The oldest of a range at each place; what else a line must be is asked of its dossier. */
const ofPlace = (range: string, order: string, beside = 'true') => `
  select dossier_id from unnest($1::text[]) as a (code) cross join lateral (
    select t.dossier_id from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
    where t.closed_at is null and t.authority = a.code and ${range} and ${notExplained} and ${beside}
    order by ${order} limit $3) x`

const roles = `unnest(array['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'])`
const late = `
  select dossier_id from unnest($1::text[]) as a (code) cross join ${roles} as r (role) cross join lateral (
    select t.dossier_id from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
    where t.closed_at is null and t.authority = a.code and t.role = r.role and t.due_at < $2
      and t.kind in ('intake', 'step', 'visit', 'wait', 'compensation') and ${notExplained}
    order by t.due_at limit $3) x`

// The asker's list has it too, though somebody elsewhere holds the task.
const heldElsewhere = `
  select t.dossier_id from (
    select dossier_id, authority from dossiers.task
    where closed_at is null and authority <> all ($1)
      and (kind = 'consult' and due_at < $2 or kind in ('transfer', 'handover') and opened_at < $6)
    limit 5000) t
  cross join lateral (
    select competent, explained_until from dossiers.dossier where id = t.dossier_id offset 0) d
  where d.competent = any ($1) and ${notExplained}`

const lastAnswerDay = `(select (e.data ->> 'answerBy')::timestamptz from journal.entry e
  where e.stream = t.dossier_id and e.kind = 'dossiers.supplement-requested' order by e.sequence desc limit 1)`
const unansweredPapers = `
  select dossier_id from unnest($1::text[]) as a (code) cross join lateral (
    select t.dossier_id from (
      select dossier_id, opened_at from dossiers.task
      where closed_at is null and kind = 'supplement' and authority = a.code order by opened_at limit 500) t
    join dossiers.dossier d on d.id = t.dossier_id
    where coalesce(${lastAnswerDay}, t.opened_at + ($2 - $9)) < $2 and ${notExplained}
    limit $3) x`

const questions = `
  select id from (
    select d.id from dossiers.dossier d
    where d.thread_awaits = 'officer' and (d.competent = any ($1) or d.received_by = any ($1)) and ${notExplained}
      and (select max(e.at) from journal.entry e where e.stream = d.id and e.kind = 'dossiers.messaged') < $10
    limit $3 * cardinality($1::text[])) q`

// Whether the two say the same is asked of the dossier; few have a word of a partner at all.
const partnerWords = `
  select id from (
    select d.id from dossiers.dossier d
    where d.partner_word is not null and d.closed_at is null and d.competent = any ($1) and ${notExplained}
      and d.partner_word ->> 'authoritative' = 'false' and (d.partner_word ->> 'receivedAt')::timestamptz < $11
    limit $3 * cardinality($1::text[])) w`

const candidatesStatement = `
select distinct dossier_id as id from (
  ${[
    late,
    ofPlace(`t.role = 'reception' and t.due_at is null and t.kind = 'intake'`, 't.dossier_id'),
    ofPlace(`t.opened_at < $4 and t.assignee is null and t.kind in ('step', 'visit')`, 't.opened_at'),
    ofPlace(
      `t.opened_at < $5 and t.kind in ('step', 'visit')`,
      't.opened_at',
      `(select e.at from journal.entry e where e.stream = d.id and e.sequence = d.sequence) < $5`,
    ),
    ofPlace(`t.assignee is not null and not ($12::jsonb -> a.code) ? t.assignee`, 't.opened_at'),
    ofPlace(`t.kind = 'consult' and t.due_at < $2`, 't.opened_at'),
    ofPlace(`t.kind = 'confirm' and t.due_at < $2`, 't.opened_at'),
    ofPlace(`t.kind in ('transfer', 'handover') and t.opened_at < $6`, 't.opened_at'),
    heldElsewhere,
    ofPlace(`t.kind = 'obligation' and t.opened_at < $7`, 't.opened_at'),
    ofPlace(`t.kind = 'return' and t.opened_at < $8`, 't.opened_at'),
    unansweredPapers,
    questions,
    partnerWords,
  ].join(' union all ')}
) found limit ${mostCandidates}`

async function withoutTask(db: Queryable, scope: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.without-task',
    // Nearly all have a task where they are settled, so that two indexes answer for them.
    text: `with elsewhere as materialized (
        select id from dossiers.dossier where closed_at is null and competent = any ($1)
        except select dossier_id from dossiers.task where closed_at is null and authority = any ($1))
      select e.id from elsewhere e
      where not exists (select from dossiers.task t where t.dossier_id = e.id and t.closed_at is null)
      limit ${mostExplained}`,
    values: [scope],
  })
  return rows.map(({ id }) => id)
}

async function explainedIds(db: Queryable, scope: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.explained',
    text: `select id from dossiers.dossier
      where explained_until > $2 and closed_at is null and (competent = any ($1) or received_by = any ($1))
      order by explained_until limit ${mostExplained}`,
    values: [scope, now],
  })
  return rows.map(({ id }) => id)
}

async function linesOf(
  db: Db,
  ids: readonly string[],
  { now, present }: { now: Date; present: Present },
): Promise<StuckLine[]> {
  const { rows } = await db.pool.query({
    name: 'dossiers.stuck-facts',
    text: `select d.*, coalesce(p.name, '') as party_name,
        (select json_agg(t order by t.no) from dossiers.task t where t.dossier_id = d.id) as tasks,
        (select e.at from journal.entry e where e.stream = d.id and e.sequence = d.sequence) as moved_at,
        case when d.thread_awaits = 'officer' then (select max(e.at) from journal.entry e
          where e.stream = d.id and e.kind = 'dossiers.messaged') end as asked_at,
        case when d.state = 'awaiting-supplement' then (select e.data ->> 'answerBy' from journal.entry e
          where e.stream = d.id and e.kind = 'dossiers.supplement-requested' order by e.sequence desc limit 1)
        end as answer_by,
        case when d.explained_until > $2 then (select e.actor ->> 'id' from journal.entry e
          where e.stream = d.id and e.kind = 'dossiers.delay-explained' order by e.sequence desc limit 1)
        end as explained_by
      from dossiers.dossier d left join dossiers.party p on p.dossier_id = d.id
      where d.id = any ($1)`,
    values: [ids, now],
  })
  const lines = rows.map((row) => ({
    applicantName: row.party_name as string,
    explainedBy: row.explained_by as string | null,
    facts: {
      ...dossierOf(row, present),
      lastMovedAt: (row.moved_at ?? row.submitted_at).toISOString(),
      askedAt: row.asked_at?.toISOString() ?? null,
      answerBy: row.answer_by === null ? null : endOfDay(row.answer_by),
    } satisfies StuckFacts & { dossier: Dossier },
  }))
  const time = await workingTime(
    db,
    lines.flatMap(({ facts }) => facts.dossier.tasks.map(({ authority }) => authority)),
    now,
  )
  return lines.map(({ facts, applicantName, explainedBy }) => ({
    dossier: facts.dossier,
    applicantName,
    alarms: alarmsOf(facts, time),
    explained: isExplained(facts.dossier, time)
      ? { until: facts.dossier.explainedUntil!, by: explainedBy ?? '' }
      : null,
  }))
}

/** Who works at each authority of the list; of other places nobody is asked. */
type Present = ReadonlyMap<string, readonly string[]>

// biome-ignore lint/suspicious/noExplicitAny: a row of the database
function dossierOf(row: any, present: Present): Pick<StuckFacts, 'left'> & { dossier: Dossier } {
  const dossier = toDossier(row, row.tasks ?? [])
  return { dossier, left: leftIn(dossier, present) }
}

const leftIn = (dossier: Dossier, present: Present): ReadonlySet<number> =>
  new Set(
    openTasks(dossier).flatMap(({ no, authority, assignee }) =>
      assignee !== null && present.get(authority)?.includes(assignee) === false ? [no] : [],
    ),
  )

// A day without an hour lasts until it ends.
const endOfDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T16:59:59.999Z` : new Date(text).toISOString()

async function workingTime(db: Db, authorities: readonly string[], now: Date): Promise<Time> {
  const calendars = new Map<string, Calendar>()
  for (const code of new Set(authorities))
    calendars.set(code, await loadCalendar(db, { authorityCode: code }))
  const until = now.toISOString()
  return {
    now,
    minutesPerDay: (authority) => calendars.get(authority)?.minutesPerDay ?? 8 * 60,
    minutesSince(authority, instant) {
      const calendar = calendars.get(authority)
      if (!calendar) return Number.POSITIVE_INFINITY
      const worked = workingMinutesOrNone(calendar, instant, until)
      // Nobody can say how long it was, so somebody should look.
      return Number.isNaN(worked) ? Number.POSITIVE_INFINITY : worked
    },
  }
}
