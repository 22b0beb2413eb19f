import type { Queryable } from '../../kernel/db.ts'
import { at } from '../../kernel/time.ts'
import type { TaskKind } from '../dossiers/index.ts'
import { type Share, type Stage, type StageTime, shares, stages } from './dossier-time.ts'
import type { Whose } from './step-spans.ts'
import type { Loop, Spread, TimeAsked, TotalTime } from './where-time-goes.ts'

/** The part of a question that every statement asks; `$1` to `$5` are its values. */
function whereOf(asked: TimeAsked, moment: 'closed_at' | 'decided_at'): string {
  const place = asked.authority
    ? `and (authority = $3 or (authority >= $3 || '.' and authority < $3 || '/'))`
    : 'and $3::text is null'
  return `process_key = $1 and process_version = $2 ${place}
    and ${moment} >= coalesce($4::timestamptz, '-infinity') and ${moment} < coalesce($5::timestamptz, 'infinity')`
}

const valuesOf = ({ key, version, authority, from, to }: TimeAsked) => [
  key,
  version,
  authority,
  from && at(from, '00:00'),
  to && at(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), '00:00'),
]

const nameOf = (what: string, { authority }: TimeAsked) => `reform.${what}${authority ? '-of-place' : ''}`
const spread = (of: string) =>
  `percentile_disc(array[0.5, 0.9]) within group (order by ${of}) filter (where done)`

// Looking at a place, taking over papers and listening for a message that does not come go on beside a step, whose time
// it is.
const apart = `kind not in ('visit', 'handover') and (kind <> 'wait' or done)`

// As the index has them: a join, or the rules of a language, would sort everything first.
const line = (['kind', 'step_id', 'whose'] as const).map((name) => `${name} collate "C"`)

/** What was done of each step, and how long it took. */
export async function readSteps(
  db: Queryable,
  asked: TimeAsked,
  planned: readonly { stepId: string; minutes: number }[],
) {
  const plans = planned.map((_, i) => `when $${2 * i + 6} then $${2 * i + 7}::int`)
  const plan =
    plans.length === 0 ? 'null::int' : `case when kind = 'step' then case step_id ${plans.join(' ')} end end`
  const { rows } = await db.query({
    name: nameOf(`steps-${plans.length}`, asked),
    text: `select ${line[0]} as kind, ${line[1]} as step_id, ${line[2]} as whose,
        count(*) filter (where done)::int as done,
        ${spread('round_waiting')} as waiting, ${spread('round_working')} as working,
        ${spread('round_waiting + round_working')} as whole,
        coalesce(sum(waiting) filter (where ${apart}), 0)::float8 as waiting_sum,
        coalesce(sum(working) filter (where ${apart}), 0)::float8 as working_sum,
        count(*) filter (where done and round > 1)::int as again, max(round)::int as most_rounds,
        sum(hand_overs)::int as hand_overs,
        count(*) filter (where done and round_waiting + round_working > ${plan})::int as over_plan
      from reform.step_span where ${whereOf(asked, 'closed_at')} and closed_at is not null
      group by ${line.join(', ')}`,
    values: [...valuesOf(asked), ...planned.flatMap(({ stepId, minutes }) => [stepId, minutes])],
  })
  return rows.map((row) => ({
    kind: row.kind as TaskKind,
    stepId: row.step_id as string | null,
    whose: row.whose as Whose,
    done: row.done as number,
    waiting: toSpread(row.waiting),
    working: toSpread(row.working),
    whole: toSpread(row.whole),
    waitingSum: row.waiting_sum as number,
    workingSum: row.working_sum as number,
    again: row.again as number,
    mostRounds: row.most_rounds as number,
    handOvers: row.hand_overs as number,
    overPlan: row.over_plan as number,
  }))
}

const toSpread = (values: (number | null)[] | null): Spread | null =>
  typeof values?.[0] === 'number' ? { p50: values[0], p90: values[1]! } : null

const openNow = ({ authority }: TimeAsked) => `closed_at is null and process_key = $1 and process_version = $2
  ${authority ? `and (authority = $3 or (authority >= $3 || '.' and authority < $3 || '/'))` : 'and $3::text is null'}`
const asNow = (asked: TimeAsked) => valuesOf(asked).slice(0, 3)

/** What is open now at each step. */
export async function readOpen(db: Queryable, asked: TimeAsked, now: Date) {
  const { rows } = await db.query({
    name: nameOf('open', asked),
    text: `select kind, step_id, whose, count(*)::int as count, count(*) filter (where due_at < $4)::int as late
      from reform.step_span where ${openNow(asked)} group by kind, step_id, whose`,
    values: [...asNow(asked), now],
  })
  return rows.map((row) => ({
    kind: row.kind as TaskKind,
    stepId: row.step_id as string | null,
    whose: row.whose as Whose,
    count: row.count as number,
    late: row.late as number,
  }))
}

/** Where work went back, most often first. */
export async function readLoops(db: Queryable, asked: TimeAsked): Promise<Loop[]> {
  const { rows } = await db.query({
    name: nameOf('loops', asked),
    text: `select came_from as "from", step_id as "to", count(*)::int as times,
        count(distinct dossier_id)::int as dossiers
      from reform.step_span where ${whereOf(asked, 'closed_at')} and sent_back and closed_at is not null
      group by 1, 2 order by times desc, 1, 2`,
    values: valuesOf(asked),
  })
  return rows
}

export interface HolderRow {
  officerId: string | null
  role: string
  authority: string
  count: number
  late: number
  oldest: Date
}

/** Who holds what is open at the office; officers by name only where `named` says so. */
export async function readHolders(
  db: Queryable,
  asked: TimeAsked,
  { named, now, limit }: { named: readonly string[]; now: Date; limit: number },
): Promise<HolderRow[]> {
  const { rows } = await db.query({
    name: nameOf('holders', asked),
    text: `select case when authority = any($5) then holder end as "officerId", role, authority,
        count(*)::int as count, count(*) filter (where due_at < $4)::int as late, min(opened_at) as oldest
      from reform.step_span where ${openNow(asked)} and whose = 'office'
      group by 1, 2, 3 order by count desc, oldest, 1, 2, 3 limit $6`,
    values: [...asNow(asked), now, named, limit],
  })
  return rows
}

const sums = stages.flatMap((stage) =>
  shares.map((share) => `coalesce(sum(${stage}_${share}), 0)::float8 as ${stage}_${share}`),
)
const untilDecided = shares.flatMap((share) => [`intake_${share}`, `settling_${share}`]).join(' + ')

/** Dossiers decided, by stage and by what their time was spent on. */
export async function readTotals(db: Queryable, asked: TimeAsked): Promise<TotalTime> {
  const { rows } = await db.query({
    name: nameOf('totals', asked),
    text: `select count(*)::int as dossiers, count(intake_waiting)::int as intake,
        count(settling_waiting)::int as settling, count(returning_waiting)::int as returning,
        percentile_disc(array[0.5, 0.9]) within group (order by ${untilDecided}) as until_decided,
        ${sums.join(', ')}
      from reform.dossier_time where ${whereOf(asked, 'decided_at')}`,
    values: valuesOf(asked),
  })
  const [row] = rows
  const timeOf = (stage: Stage) =>
    Object.fromEntries(shares.map((share: Share) => [share, row[`${stage}_${share}`]])) as StageTime
  const stageOf = (stage: Stage) => ({ ...timeOf(stage), dossiers: row[stage] as number })
  return {
    dossiers: row.dossiers,
    stages: { intake: stageOf('intake'), settling: stageOf('settling'), returning: stageOf('returning') },
    untilDecided: toSpread(row.until_decided),
  }
}
