import { alone } from '../../kernel/alone.ts'
import type { Db } from '../../kernel/db.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/feed.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findListedProcedure, findVersion } from '../catalogue/index.ts'
import {
  endedBy,
  forgetAuthorities,
  type OpenWork,
  officersOf,
  type Reorganisation,
  type ReorganisationLine,
  type ReorganisationPlan,
  type ReorganisationProblem,
  type ReorganisationRequest,
  type Reorganisations,
  type Unit,
  unitsOf,
} from '../directory/index.ts'
import { findBulkMove } from './moving-many/bulk-move-store.ts'
import { type Followed, followReorganisation } from './moving-many/follow-reorganisation.ts'
import { previewSuccession, type SuccessionPreview } from './moving-many/preview-succession.ts'
import type { SuccessionMove } from './moving-many/succession.ts'

/** The task of the worker: applies decisions whose day has come, and lets the dossiers follow. */
export const reorganiseTask = 'reorganise'
/** Looks each minute: a decision takes effect as its day begins, and an unfinished move goes on. */
export const reorganiseCrontab = `* * * * * ${reorganiseTask}`

/** Asks the worker to look now and not at the next minute. */
export const reorganiseSoon = (db: Db): Promise<void> =>
  enqueue(db.pool, [{ identifier: reorganiseTask, payload: {} }])

export interface ReorganisationRunParts {
  db: Db
  reorganisations: Reorganisations
  now(): Date
  wake?(): void
  /** How long to rest after a batch, as a share of the time that it took. */
  rest?: number
  onProgress?: (progress: Followed) => void | Promise<void>
  /** Told of decisions that no longer fit what stands. */
  onHeld?: (held: { id: string; problems: ReorganisationProblem[] }) => void
}

const oneAtATime = 0x6d63_0023

/**
 * Applies every decision whose day has come and moves the open dossiers of its authorities. One run at a time in the
 * whole installation; what a process left unfinished goes on where it stopped. False when another one is at it.
 */
export function runReorganisations(parts: ReorganisationRunParts): Promise<boolean> {
  const { db, reorganisations, now } = parts
  return alone(db.pool, { number: oneAtATime }, async () => {
    const { held } = await reorganisations.applyDue(now())
    for (const each of held) parts.onHeld?.(each)
    for (const applied of await reorganisations.toFollow(now())) await follow(applied, parts)
  })
}

async function follow(applied: Reorganisation, parts: ReorganisationRunParts): Promise<void> {
  const { db, now, reorganisations, rest, onProgress } = parts
  // It may have been applied by another process.
  forgetAuthorities(db)
  const moves = await movesOf(db, applied, now())
  let counts = { found: 0, moved: 0, left: 0 }
  if (moves.length > 0) {
    const { id, number, effectiveOn } = applied
    const officers = await workplaces(db, moves, dateOfLaw(now()))
    const done = await followReorganisation(
      { db, now, ...(rest !== undefined && { rest }), ...(onProgress && { onProgress }) },
      { id, decision: number, effectiveOn, moves, officers },
    )
    if (isRefusal(done)) return
    counts = { found: done.open, moved: done.moved, left: await leftAt(db, applied) }
    parts.wake?.()
  }
  await reorganisations.followed(applied, { now: now(), counts })
}

async function leftAt(db: Db, { lines }: Reorganisation): Promise<number> {
  const ended = lines.flatMap((line) => endedBy(line).map(({ code }) => code))
  const open = await openWorkOf(db, ended)
  return [...open.values()].reduce((sum, { dossiers }) => sum + dossiers, 0)
}

// Where officers of the heirs work now: who came along keeps their tasks.
async function workplaces(
  db: Db,
  moves: readonly SuccessionMove[],
  on: string,
): Promise<Map<string, string>> {
  const heirs = [...new Set(moves.map(({ to }) => to))]
  const staffs = await Promise.all(heirs.map((code) => officersOf(db, code, undefined, on)))
  return new Map(staffs.flatMap((staff, i) => staff.map(({ officerId }) => [officerId, heirs[i]!] as const)))
}

/** What the lines of a decision mean for open dossiers: what was chosen first, then rules, then the main successor. */
export async function movesOf(
  db: Db,
  { lines }: Pick<ReorganisationRequest, 'lines'>,
  now: Date,
): Promise<SuccessionMove[]> {
  const moves: SuccessionMove[] = []
  for (const line of lines) {
    if (line.kind === 'split') moves.push(...(await splitMoves(db, line, now)))
    else if (line.kind === 'unit-move') moves.push(...(await unitMoves(db, line, now)))
    else
      moves.push(
        ...endedBy(line).flatMap(({ code, successors }) => successors.map((to) => ({ from: code, to }))),
      )
  }
  return moves
}

type Split = Extract<ReorganisationLine, { kind: 'split' }>

async function splitMoves(db: Db, { from, rules, rest }: Split, now: Date): Promise<SuccessionMove[]> {
  const byField = rules.some(({ units }) => units.length > 0) ? await fieldsAt(db, from, now) : new Map()
  const units = byField.size > 0 ? await unitsOf(db, from) : []
  const away = rules.filter(({ to }) => to !== from)
  return [
    ...away.flatMap(({ to, dossiers }) => (dossiers.length > 0 ? [{ from, to, when: { dossiers } }] : [])),
    ...away.flatMap(({ to, procedures }) =>
      procedures.length > 0 ? [{ from, to, when: { procedures } }] : [],
    ),
    ...away.flatMap(({ to, units: codes }) => {
      const procedures = proceduresOf(
        units.filter(({ unitCode }) => codes.includes(unitCode)),
        byField,
      )
      return procedures.length > 0 ? [{ from, to, when: { procedures } }] : []
    }),
    ...(rest !== null && rest !== from ? [{ from, to: rest }] : []),
  ]
}

type UnitMove = Extract<ReorganisationLine, { kind: 'unit-move' }>

// What lies with a unit is known by the fields it handles; a unit without fields by its kind.
async function unitMoves(db: Db, { authority, unit, to }: UnitMove, now: Date): Promise<SuccessionMove[]> {
  const all = [...(await unitsOf(db, to)), ...(await unitsOf(db, authority))]
  const moved = all.find(({ unitCode }) => unitCode === unit)
  if (!moved) return []
  if (moved.fields.length === 0) return [{ from: authority, to, when: { unitKind: moved.kind } }]
  const procedures = proceduresOf([moved], await fieldsAt(db, authority, now))
  return procedures.length > 0 ? [{ from: authority, to, when: { procedures } }] : []
}

function proceduresOf(units: readonly Unit[], byField: ReadonlyMap<string, string[]>): string[] {
  return [...new Set(units.flatMap(({ fields }) => fields.flatMap((field) => byField.get(field) ?? [])))]
}

async function fieldsAt(db: Db, authority: string, now: Date): Promise<Map<string, string[]>> {
  const work = (await openWorkOf(db, [authority], now)).get(authority)
  const groups = Map.groupBy(work?.procedures ?? [], ({ field }) => field)
  return new Map([...groups].map(([field, all]) => [field, all.map(({ procedureCode }) => procedureCode)]))
}

/** What a decision would find of open dossiers and tasks, move by move; nothing is written. */
export async function previewReorganised(
  db: Db,
  request: Pick<ReorganisationRequest, 'lines'>,
  { plan, now }: { plan: Pick<ReorganisationPlan, 'officers'>; now: Date },
): Promise<SuccessionPreview[]> {
  const moves = await movesOf(db, request, now)
  const officers = new Map(
    plan.officers.flatMap(({ officerId, to }) => (to[0] ? [[officerId, to[0].authorityCode] as const] : [])),
  )
  return moves.length > 0 ? previewSuccession(db, { moves, officers }, now) : []
}

/** How far the dossiers of an applied decision are; undefined before the first one is looked at. */
export async function followedSoFar(db: Db, id: string): Promise<Followed | undefined> {
  const run = await findBulkMove(db.pool, id)
  return run && { open: run.open, moved: run.moved, freed: run.freed }
}

/** The open dossiers of authorities, by procedure: those that they settle, received or helped with. */
export async function openWorkOf(
  db: Db,
  authorities: readonly string[],
  now?: Date,
): Promise<Map<string, OpenWork>> {
  const { rows } = await db.pool.query<{ authority: string; procedureCode: string; dossiers: number }>({
    name: 'dossiers.open-work',
    text: `select authority, procedure_code as "procedureCode", count(distinct id)::int as dossiers from (
        select competent as authority, procedure_code, id from dossiers.dossier
          where closed_at is null and competent = any($1)
        union all select received_by, procedure_code, id from dossiers.dossier
          where closed_at is null and received_by <> competent and received_by = any($1)
        union all select helped_by, procedure_code, id from dossiers.dossier
          where closed_at is null and helped_by is not null and helped_by = any($1)
      ) o group by 1, 2`,
    values: [authorities],
  })
  const fields = now ? await fieldsOf(db, new Set(rows.map((row) => row.procedureCode)), now) : new Map()
  const work = new Map<string, OpenWork>()
  for (const { authority, procedureCode, dossiers } of rows) {
    const there = work.get(authority) ?? { dossiers: 0, procedures: [] }
    there.dossiers += dossiers
    there.procedures.push({ procedureCode, field: fields.get(procedureCode) ?? '', dossiers })
    work.set(authority, there)
  }
  return work
}

async function fieldsOf(db: Db, procedures: ReadonlySet<string>, now: Date): Promise<Map<string, string>> {
  const on = dateOfLaw(now)
  const found = await Promise.all(
    [...procedures].map(async (code) => {
      const version = await findVersion(db, code, on)
      const field = version?.field.name ?? (await findListedProcedure(db, code))?.field
      return [code, field ?? ''] as const
    }),
  )
  return new Map(found)
}
