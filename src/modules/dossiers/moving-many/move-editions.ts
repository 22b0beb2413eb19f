import type { Db, Queryable } from '../../../kernel/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar } from '../../calendar/index.ts'
import { editionDates, forgetVersions, getVersion } from '../../catalogue/index.ts'
import { findAuthority } from '../../directory/index.ts'
import type { DossierEntry } from '../entries.ts'
import { addBulkMove, type BulkMove, noteBeginning, noteProgress } from './bulk-move-store.ts'
import { type EditionFacts, type EditionTarget, editionMoveOf } from './edition-move.ts'
import type { EditionPlan, EditionRule } from './edition-plan.ts'
import type { MovingParts } from './follow-reorganisation.ts'
import { wantMoves } from './move-processes.ts'
import { type Chosen, countOpen, type OpenDossier } from './open-dossier.ts'
import { type Counted, type Walk, walk } from './walk.ts'
import { type Move, writeMoves } from './write-moves.ts'

/**
 * Notes, with the publication of an edition, that open dossiers go to it from its day on; the worker does it. Who may
 * publish is asked by the caller, whose transaction this is.
 */
export async function askForEditionMove(
  tx: Queryable,
  plan: EditionPlan,
  { decision, reason, by, now }: { decision: string; reason: string; by: string; now: Date },
): Promise<{ id: string }> {
  const id = newId(now.getTime())
  await addBulkMove(tx, { id, kind: 'edition', plan, decision, reason, by, askedAt: now })
  await wantMoves(tx)
  return { id }
}

const ofEdition = (
  procedureCode: string,
  to: number,
  rule: EditionRule,
  authorities: readonly string[] | null = null,
): Chosen => ({
  name: `edition-${rule}${authorities ? '-of' : ''}`,
  condition: `d.decided_at is null and d.procedure_code = $2 and d.procedure_version <> $3${
    rule === 'move-not-accepted' ? ' and d.accepted_at is null' : ''
  }${authorities ? ' and (d.competent = any($4) or d.received_by = any($4))' : ''}`,
  values: [procedureCode, to, ...(authorities ? [authorities] : [])],
})

/** Dossiers that came to an edition by a move, and not by being filed under it. */
const movedTo = (
  procedureCode: string,
  version: number,
  authorities: readonly string[] | null = null,
): Chosen => ({
  name: `edition-back${authorities ? '-of' : ''}`,
  condition: `d.decided_at is null and d.procedure_code = $2 and d.procedure_version = $3
    and exists (select from journal.entry e where e.stream = d.id and e.kind = 'dossiers.edition-changed'
      and (e.data -> 'to' ->> 'procedure')::int = $3)${
        authorities ? ' and (d.competent = any($4) or d.received_by = any($4))' : ''
      }`,
  values: [procedureCode, version, ...(authorities ? [authorities] : [])],
})

const batchesBetweenNotes = 5

/** Does one run, once its day has come; one whose edition was taken back moves nothing. */
export async function runEditionMove(
  { id, plan }: Extract<BulkMove, { kind: 'edition' }>,
  { db, now, rest = 1 }: MovingParts,
): Promise<void> {
  const { procedureCode, rule, to, validFrom } = plan
  if (dateOfLaw(now()) < validFrom) return
  if (plan.back !== undefined)
    return runMoveBack({ id, plan: { ...plan, back: plan.back } }, { db, now, rest })
  const standing = (await editionDates(db.pool, procedureCode)).find(
    ({ version }) => version === to.procedure,
  )
  if (!standing || standing.withdrawn) {
    await noteBeginning(db.pool, id, 0, now())
    return noteProgress(db.pool, id, { stayed: 0, stays: [] }, now())
  }
  // Whoever published it did it in another process: what this one remembers may be older.
  forgetVersions(db)
  const edition = await getVersion(db, procedureCode, to.procedure)
  const target = { edition, form: to.form, process: { key: edition.processKey, version: to.process } }
  const chosen = ofEdition(procedureCode, to.procedure, rule)
  await noteBeginning(db.pool, id, await countOpen(db.pool, chosen), now())
  let batches = 0
  const counted = await walk({
    ...{ db, chosen, rest },
    decide: decideEdition(db, { rule, target, run: id, now }),
    keep: (moves) => writeMoves(db.pool, id, moves),
    onBatch: async (far) => {
      batches += 1
      if (batches % batchesBetweenNotes === 0) await noteProgress(db.pool, id, far, null)
    },
  })
  await noteProgress(db.pool, id, counted, now())
}

/** Brings back what an edition that was taken back had drawn to itself. */
async function runMoveBack(
  { id, plan }: { id: string; plan: EditionPlan & { back: number } },
  { db, now, rest }: MovingParts,
): Promise<void> {
  forgetVersions(db)
  const chosen = movedTo(plan.procedureCode, plan.back)
  await noteBeginning(db.pool, id, await countOpen(db.pool, chosen), now())
  const counted = await walk({
    ...{ db, chosen, rest },
    decide: decideBack(db, { plan, run: id, now }),
    keep: (moves) => writeMoves(db.pool, id, moves),
  })
  await noteProgress(db.pool, id, counted, now())
}

/** Each goes back to the edition and the form that it had; a date that came earlier was promised since, and stays. */
function decideBack(
  db: Db,
  { plan, run, now }: { plan: Pick<EditionPlan, 'procedureCode' | 'to'>; run: string; now(): Date },
): Walk['decide'] {
  const byEdition = new Map<string, Promise<Walk['decide']>>()
  const deciderOf = async ({ procedure, form }: Came) => {
    const edition = await getVersion(db, plan.procedureCode, procedure)
    const target = { edition, form, process: { key: edition.processKey, version: plan.to.process } }
    return decideEdition(db, { rule: 'move-all', target, run, now })
  }
  return async (dossier) => {
    const came = await cameFrom(db.pool, dossier)
    if (came === undefined) return null
    const key = `${came.procedure} ${came.form}`
    const decider = byEdition.get(key) ?? deciderOf(came)
    byEdition.set(key, decider)
    return (await decider)(dossier)
  }
}

interface Came {
  procedure: number
  form: number
}

/** The edition that a dossier had before its last move. */
async function cameFrom(
  db: Queryable,
  { id, procedureVersion }: Pick<OpenDossier, 'id' | 'procedureVersion'>,
): Promise<Came | undefined> {
  const { rows } = await db.query<{ from: Came }>({
    name: 'dossiers.edition-came-from',
    text: `select data -> 'from' as from from journal.entry
      where stream = $1 and kind = 'dossiers.edition-changed' and (data -> 'to' ->> 'procedure')::int = $2
      order by sequence desc limit 1`,
    values: [id, procedureVersion],
  })
  return rows[0]?.from
}

/** What taking an edition back would do to the dossiers that were moved to it, and how many keep it; nothing is written. */
export async function previewMoveBack(
  db: Db,
  {
    procedureCode,
    back,
    to,
    now,
    authorities = null,
  }: Pick<EditionPlan, 'procedureCode' | 'to'> & {
    back: number
    now: Date
    authorities?: readonly string[] | null
  },
): Promise<{ moved: number; stayed: number; keep: number; complete: boolean }> {
  const chosen = movedTo(procedureCode, back, authorities)
  const counted = await walk({
    ...{ db, chosen, atMost: editionPreviewedAtMost },
    decide: decideBack(db, { plan: { procedureCode, to }, run: '', now: () => now }),
    keep: async (moves) => new Set(moves.map(({ dossier }) => dossier.id)),
  })
  const { rows } = await db.pool.query<{ n: number }>(
    `select count(*)::int as n from dossiers.dossier d
     where d.closed_at is null and d.procedure_code = $1 and d.procedure_version = $2
       and ($3::text[] is null or d.competent = any($3) or d.received_by = any($3))`,
    [procedureCode, back, authorities],
  )
  const { moved, stayed, complete } = counted
  return { moved, stayed, keep: Math.max(0, rows[0]!.n - moved), complete }
}

/** How dossiers are decided: what `walk` needs. */
export function decideEdition(
  db: Db,
  { rule, target, run, now }: Pick<EditionFacts, 'rule' | 'target' | 'run'> & { now(): Date },
): Walk['decide'] {
  const places = new Map<string, Promise<{ calendar: Calendar; communeCode: string | null }>>()
  const placeOf = async (authorityCode: string) => ({
    calendar: await loadCalendar(db, { authorityCode }),
    communeCode: (await findAuthority(db, authorityCode))?.communeCode ?? null,
  })
  return async (dossier) => {
    const place = places.get(dossier.competent) ?? placeOf(dossier.competent)
    places.set(dossier.competent, place)
    const data = editionMoveOf(dossier, { rule, target, run, ...(await place) })
    if (data === null || 'stays' in data) return data
    const actor = { kind: 'system', id: 'edition-move' } as const
    const entry = { kind: 'dossiers.edition-changed', data, actor, at: now() } as unknown as DossierEntry
    return { dossier, entry, freed: 0 }
  }
}

/** What moving open dossiers to an edition would do. */
export interface EditionMovePreview
  extends Pick<Counted, 'looked' | 'moved' | 'stayed' | 'stays' | 'complete'> {
  rule: EditionRule
  /** Dossiers whose date would come earlier, and those that keep it. */
  earlier: number
  kept: number
  notAccepted: number
  /** Some whose date moves. */
  examples: { code: string; from: string | null; to: string | null }[]
  /** Some that nobody accepted yet, for whoever wants to know what they would lack. */
  open: string[]
}

const mostExamples = 20
/** So many dossiers are looked at by a preview that somebody waits for. */
export const editionPreviewedAtMost = 20_000

/**
 * What publication would do to the dossiers that are open now; nothing is written. `target` may be a draft. With
 * `authorities` only those that they received or settle.
 */
export async function previewEditionMove(
  db: Db,
  {
    rule,
    target,
    now,
    atMost = editionPreviewedAtMost,
    authorities = null,
  }: {
    rule: EditionRule
    target: EditionTarget
    now: Date
    atMost?: number
    authorities?: readonly string[] | null
  },
): Promise<EditionMovePreview> {
  const { procedureCode, version } = target.edition
  const found = {
    earlier: 0,
    kept: 0,
    notAccepted: 0,
    examples: [] as EditionMovePreview['examples'],
    open: [] as string[],
  }
  const decide = decideEdition(db, { rule, target, run: '', now: () => now })
  const { looked, moved, stayed, stays, complete } = await walk({
    ...{ db, chosen: ofEdition(procedureCode, version, rule, authorities), atMost },
    decide: async (dossier) => {
      const decided = await decide(dossier)
      if (decided !== null && 'entry' in decided) note(found, dossier, decided)
      return decided
    },
    keep: async (moves) => new Set(moves.map(({ dossier }) => dossier.id)),
  })
  return { rule, looked, moved, stayed, stays, complete, ...found }
}

function note(
  found: Pick<EditionMovePreview, 'earlier' | 'kept' | 'notAccepted' | 'examples' | 'open'>,
  { code, dueAt: from, acceptedAt }: OpenDossier,
  { entry }: Move,
): void {
  const { dueAt: to } = entry.data as { dueAt: string | null }
  if (acceptedAt === null) {
    found.notAccepted += 1
    if (found.open.length < mostExamples) found.open.push(code)
  } else if (to === from) found.kept += 1
  else {
    found.earlier += 1
    if (found.examples.length < mostExamples) found.examples.push({ code, from, to })
  }
}

/** Unsent drafts of citizens: they follow the form in force when they are next opened. */
export async function countDraftsOf(db: Queryable, procedureCode: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from dossiers.draft where procedure_code = $1 and submitted_code is null',
    [procedureCode],
  )
  return rows[0]!.n
}
