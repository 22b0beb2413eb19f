import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { type JournalActor, start as nothingYet } from '../../kernel/journal.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor, Officer } from '../identity/index.ts'
import type { ChangeKind, ProcedureChange, Versions } from './change.ts'
import {
  addPart,
  findChange,
  type ListedChange,
  listChanges,
  openChangeOf,
  writeChange,
} from './change-store.ts'
import { canonicalHash } from './content-hash.ts'
import { type Contents, PartKind, partSchemas } from './contents.ts'
import { type ChangeAct, nextState } from './decide-change.ts'
import { lastEdition } from './effective-parts.ts'
import { powersOver } from './powers-over-changes.ts'
import { refusals, type StatedProblem } from './refusals.ts'

/** What the use cases of changes need. */
export interface ChangeParts {
  db: Db
  now: Date
  /** Told that the journal has news. */
  wake?(): void
}

const Line = cleanText.pipe(z.string().trim().min(1).max(200))
const Paragraph = cleanText.pipe(z.string().trim().min(1).max(2000))

/** What is stated when a change is begun. */
export const StartRequest = z.object({
  code: z.string().regex(/^\d\.\d{6}$/),
  kind: z.enum(['new', 'amend', 'abolish']),
  title: Line,
  reason: Paragraph,
})
export type StartRequest = z.input<typeof StartRequest>

/** A saving of one part: its content, and the revision that the person saw (0: never saved). */
export const SaveRequest = z.object({
  id: z.uuid(),
  part: PartKind,
  seen: z.int().min(0),
  content: z.unknown(),
})
export type SaveRequest = z.input<typeof SaveRequest>

/**
 * Begins a change of a procedure. Refuses who is not procedure control, a procedure that does not fit the kind, and a
 * second change while one is still open: two at once would overwrite one another at publication.
 */
export async function startChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts & { contents?: Partial<Contents> },
): Promise<Outcome<ProcedureChange>> {
  const officer = await editorOf(actor, parts.db)
  if (!officer) return refusals.notYours()
  const parsed = StartRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { code, kind, title, reason } = parsed.data
  // Looked at before anything is begun: a draft without its parts would only stand in the way of others.
  for (const [part, content] of Object.entries(parts.contents ?? {})) {
    const read = partSchemas[part as PartKind].safeParse(content)
    if (!read.success) return refusals.invalid({ problems: [unfit(read.error)] })
  }
  const base = await baseOf(parts, code, kind)
  if (isRefusal(base)) return base
  const { now } = parts
  const change: ProcedureChange = {
    ...{ id: newId(now.getTime()), code, kind, title, reason, state: 'draft', base, parts: {} },
    ...{ startedBy: officer.officerId, startedAt: now.toISOString(), editors: [] },
    ...{ submitted: null, review: null, publication: null, ended: null },
  }
  const begun = await inTransaction(parts.db, async (tx) => {
    // One at a time for a procedure, also when two begin in the same moment.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`changes:${code}`])
    const open = await openChangeOf(tx, code)
    if (open) return refusals.alreadyOpen(open)
    await writeChange(tx, change, nothingYet, entry('started', { code, kind, base }, officer, now))
    return change
  })
  if (isRefusal(begun)) return begun
  for (const [part, content] of Object.entries(parts.contents ?? {})) {
    const saved = await savePart(actor, { id: change.id, part, seen: 0, content }, parts)
    if (isRefusal(saved)) return saved
  }
  parts.wake?.()
  return (await findChange(parts.db.pool, change.id))!.change
}

async function baseOf({ db, now }: ChangeParts, code: string, kind: ChangeKind): Promise<Outcome<Versions>> {
  const last = await lastEdition(db, code, dateOfLaw(now))
  if (kind === 'new') {
    return last
      ? refusals.invalid({ problems: [{ field: 'code', code: 'filed-here-already' }] })
      : { procedure: null, form: null, process: null }
  }
  return last ? last.versions : refusals.unknownProcedure({ code })
}

/**
 * Saves one part of a draft; earlier savings stay. Refuses with the other content when somebody saved the same part
 * meanwhile, so that nothing is overwritten silently.
 */
export async function savePart(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  const officer = await editorOf(actor, parts.db)
  if (!officer) return refusals.notYours()
  const parsed = SaveRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { id, part, seen } = parsed.data
  const content = partSchemas[part].safeParse(parsed.data.content)
  if (!content.success) return refusals.invalid({ problems: [unfit(content.error)] })
  const saved = await inTransaction(parts.db, (tx) =>
    act(tx, { id, act: 'save', officer, parts }, async (change) => {
      const before = change.parts[part]
      if ((before?.revision ?? 0) !== seen) return refusals.meanwhile({ part, ...before! })
      const revision = seen + 1
      await addPart(tx, { id, part, revision, content: content.data, by: officer.officerId, at: parts.now })
      return {
        change: { ...change, editors: [...new Set([...change.editors, officer.officerId])] },
        data: { part, revision, sha256: canonicalHash(content.data) },
      }
    }),
  )
  if (!isRefusal(saved)) parts.wake?.()
  return saved
}

const Note = z.object({ id: z.uuid(), note: cleanText.pipe(z.string().trim().max(2000)).default('') })
const Reasoned = z.object({ id: z.uuid(), note: Paragraph })
/** `seen`: when that which was looked at had been handed in; what was handed in afresh is refused. */
const Seen = Note.extend({ seen: z.string().max(40).optional() })

/** What is known of a change when it is handed in. */
interface Handed {
  problems: readonly unknown[]
  findings: readonly { severity: string }[]
  tests: { failed: number } | null
}

const submit = simpleAct('submit', Note, (change, { by, at }) => {
  if (change.kind !== 'abolish' && Object.keys(change.parts).length === 0) return refusals.nothingChanged()
  return { ...change, submitted: { by, at } }
})

/**
 * Hands a draft to a second person. Refuses one whose parts could not run, when `readiness` says so, and one in which
 * nothing was changed.
 */
export async function submitForReview(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts & { readiness?: Handed },
): Promise<Outcome<ProcedureChange>> {
  const { problems = [], findings = [], tests = null } = parts.readiness ?? {}
  const errors = problems.length + findings.filter(({ severity }) => severity === 'error').length
  const failed = tests?.failed ?? 0
  if (errors + failed > 0) return refusals.notReady({ errors, failed })
  return submit(actor, raw, parts)
}

/** Takes a change back into the hands of its editors, before it is published. */
export const takeBackChange = simpleAct('take-back', Note, (change) => ({ ...change, submitted: null }))

/** The second person sends it back, and says why. */
export const returnChange = simpleAct('return', Reasoned, (change, { by, at, note }) => ({
  ...change,
  submitted: null,
  review: { by, at, approved: false, note },
}))

/**
 * The second person approves what was handed in; nobody who edited it may. Refused when it was taken back and handed in
 * again since it was seen: what is approved is what was read.
 */
export const approveChange = simpleAct('approve', Seen, (change, { by, at, note, seen }) =>
  seen !== undefined && seen !== change.submitted?.at
    ? refusals.actedMeanwhile()
    : { ...change, review: { by, at, approved: true, note } },
)

/** Gives a change up before it was published; what was typed stays to be read. */
export const abandonChange = simpleAct('abandon', Reasoned, (change, { by, at, note }) => ({
  ...change,
  ended: { by, at, reason: note },
}))

/**
 * Builds a draft on what is in force by now, when something was published since it began: parts that were not touched
 * follow, what was drafted stays.
 */
export async function rebaseChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  if (actor.kind !== 'officer') return refusals.notYours()
  const parsed = Note.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  return inTransaction(parts.db, (tx) =>
    act(tx, { id: parsed.data.id, act: 'rebase', officer: actor, parts }, async (change) => {
      const base = await baseOf(parts, change.code, change.kind)
      return isRefusal(base) ? base : { change: { ...change, base }, data: { base } }
    }),
  )
}

type Said = { by: string; at: string; note: string; seen?: string | undefined }

function simpleAct(
  named: ChangeAct,
  schema: typeof Note | typeof Reasoned | typeof Seen,
  evolve: (change: ProcedureChange, said: Said) => Outcome<ProcedureChange>,
) {
  return async (actor: Actor, raw: unknown, parts: ChangeParts): Promise<Outcome<ProcedureChange>> => {
    if (actor.kind !== 'officer') return refusals.notYours()
    const parsed = schema.safeParse(raw)
    if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
    const { id, ...typed } = parsed.data
    const said = { by: actor.officerId, at: parts.now.toISOString(), ...typed }
    const done = await inTransaction(parts.db, (tx) =>
      act(tx, { id, act: named, officer: actor, parts }, async (change) => {
        const evolved = evolve(change, said)
        return isRefusal(evolved) ? evolved : { change: evolved, data: { revisions: revisionsOf(change) } }
      }),
    )
    if (!isRefusal(done)) parts.wake?.()
    return done
  }
}

interface Acting {
  id: string
  act: ChangeAct
  officer: Officer
  parts: ChangeParts
}

/** Does one act on a change that is held meanwhile, and writes it with its entry. */
export async function act(
  tx: Queryable,
  { id, act: named, officer, parts }: Acting,
  work: (
    change: ProcedureChange,
  ) => Promise<Outcome<{ change: ProcedureChange; data: Record<string, unknown> }>>,
): Promise<Outcome<ProcedureChange>> {
  const found = await findChange(tx, id, { lock: true })
  if (!found) return refusals.unknown()
  const powers = await powersOver(parts.db, officer)
  const state = nextState(found.change, named, { officerId: officer.officerId, powers })
  if (isRefusal(state)) return state
  const worked = await work(found.change)
  if (isRefusal(worked)) return worked
  const changed = { ...worked.change, state }
  await writeChange(tx, changed, found.head, entry(named, worked.data, officer, parts.now))
  return (await findChange(tx, id))!.change
}

/** Names of entries: what was done, in the past. */
const entryKinds = {
  started: 'started',
  save: 'saved',
  rebase: 'rebased',
  submit: 'submitted',
  'take-back': 'taken-back',
  return: 'returned',
  approve: 'approved',
  publish: 'published',
  withdraw: 'withdrawn',
  abandon: 'abandoned',
} as const

function entry(named: keyof typeof entryKinds, data: Record<string, unknown>, officer: Officer, at: Date) {
  return { kind: `changes.${entryKinds[named]}`, data, actor: journalActor(officer), at }
}

function journalActor({ officerId, posts }: Officer): JournalActor {
  const post =
    posts.find(({ roles }) => roles.includes('control')) ??
    posts.find(({ roles }) => roles.includes('leader'))
  return {
    kind: 'officer',
    id: officerId,
    ...(post && { post: post.postId }),
    ...(post?.standsInFor && { for: post.standsInFor.officerId }),
  }
}

/** Which saving of each part somebody saw, as the journal keeps it. */
export const revisionsOf = ({ parts }: ProcedureChange): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([part, saved]) => [part, saved?.revision ?? 0]))

async function editorOf(actor: Actor, db: Db): Promise<Officer | undefined> {
  return actor.kind === 'officer' && (await powersOver(db, actor)).edit ? actor : undefined
}

/** A change as an officer who edits or reviews reads it; undefined for everybody else and for what there is not. */
export async function readChange(db: Db, actor: Actor, id: string): Promise<ProcedureChange | undefined> {
  if (!z.uuid().safeParse(id).success || !(await mayReadChanges(db, actor))) return undefined
  return (await findChange(db.pool, id))?.change
}

/** Whether somebody may look at changes of procedures at all. */
export async function mayReadChanges(db: Db, actor: Actor): Promise<boolean> {
  const { edit, review } = await powersOver(db, actor)
  return edit || review
}

/** Changes of one procedure, or all, for who may read them. */
export async function changesFor(db: Db, actor: Actor, code?: string): Promise<ListedChange[]> {
  return (await mayReadChanges(db, actor)) ? listChanges(db, code) : []
}

const fields: Record<string, StatedProblem['field']> = {
  code: 'code',
  title: 'title',
  reason: 'reason',
  note: 'note',
  validFrom: 'validFrom',
  'decision.number': 'decisionNumber',
  'decision.on': 'decisionOn',
}

/** What was stated wrongly, each field once. */
export function stated(error: z.ZodError): StatedProblem[] {
  const problems = error.issues.map(({ path, code }): StatedProblem => {
    const field = fields[path.join('.')] ?? 'content'
    return { field, code: code === 'too_big' ? 'too-long' : 'needed' }
  })
  return problems.filter(({ field }, i) => problems.findIndex((each) => each.field === field) === i)
}

const unfit = ({ issues }: z.ZodError): StatedProblem => ({
  field: 'content',
  code: issues.some(({ message }) => message === 'too large') ? 'too-large' : 'unreadable',
})
