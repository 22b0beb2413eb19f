import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { type JournalActor, keepPrivate, seal } from '../../kernel/journal.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findAuthority } from '../directory/index.ts'
import type { Actor, Officer } from '../identity/index.ts'
import type { CompiledProcess } from './compiled-process.ts'
import { type PreviewFacts, previewProcess } from './preview-process.ts'
import { forgetProcesses } from './process-store.ts'
import {
  addEntry,
  addVersion,
  lockProcess,
  newestXml,
  type PublishedVersion,
  publishedVersions,
  withdrawVersion,
} from './publication-store.ts'
import { refusals, type StatementProblem } from './refusals.ts'

/** A model and what is stated with it. */
export const Publication = z.object({
  /** The BPMN 2.0 file exactly as it was drawn. */
  xml: z.string().min(1),
  /** The first day of law on which dossiers begin on it. */
  validFrom: z.iso.date(),
  decision: z.object({ number: cleanText.pipe(z.string().trim().min(1).max(100)), on: z.iso.date() }),
  reason: cleanText.pipe(z.string().trim().min(1).max(500)),
  /** The newest version that the publisher saw, 0 for none; another one is refused. */
  seen: z.int().min(0),
})
export type Publication = z.infer<typeof Publication>

export interface PublishParts {
  db: Db
  facts: PreviewFacts
  now: Date
  /** Told that the journal has news. */
  wake?(): void
}

export interface Published {
  key: string
  version: number
  validFrom: string
}

/** Roles of the unit that keeps the processes of a province: nobody else publishes. */
const keepers = ['office', 'province']

/**
 * Whether an officer publishes processes: procedure control at the province, for a version holds for all its
 * authorities. Control of a single authority reads and checks. A power limited to some procedures is not enough.
 */
export async function mayPublish(db: Db, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'officer') return false
  const held = actor.posts.filter(
    ({ roles, procedures }) => roles.includes('control') && procedures === undefined,
  )
  const places = await Promise.all(held.map(({ authorityCode }) => findAuthority(db, authorityCode)))
  return places.some((place) => place !== undefined && keepers.includes(place.kind))
}

/** Whether an officer may put a model to the test without publishing it: procedure control of any authority. */
export const mayCheck = (actor: Actor): boolean =>
  actor.kind === 'officer' && actor.posts.some(({ roles }) => roles.includes('control'))

/**
 * Publishes a model as the next version of its process; the version before it ends the day before, and dossiers that
 * run stay on theirs. Refuses models that cannot run with all their problems, days in the past, and what was written
 * before somebody else published.
 */
export async function publishProcess(
  actor: Actor,
  raw: unknown,
  { db, facts, now, wake }: PublishParts,
): Promise<Outcome<Published>> {
  if (actor.kind !== 'officer' || !(await mayPublish(db, actor))) return refusals.notYours()
  const parsed = Publication.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: misstated(parsed.error) })
  const stated = [...statementProblems(parsed.data, dateOfLaw(now))]
  if (stated.length > 0) return refusals.invalid({ problems: stated })
  const { process, problems } = await previewProcess(parsed.data.xml, facts)
  if (!process || problems.length > 0) return refusals.notPublishable(problems)
  const published = await inTransaction(db, (tx) => storeProcess(tx, actor, parsed.data, process, now))
  if (isRefusal(published)) return published
  forgetProcesses(db)
  wake?.()
  return published
}

function* statementProblems({ validFrom, decision }: Publication, today: string): Iterable<StatementProblem> {
  if (validFrom < today) yield { field: 'validFrom', code: 'in-the-past' }
  if (decision.on > today) yield { field: 'decisionOn', code: 'decision-in-the-future' }
  else if (decision.on > validFrom) yield { field: 'decisionOn', code: 'decision-after-start' }
}

/**
 * Stores a model that was found fit as the next version of its process, with the entry in its journal. Refuses what
 * would not follow the last version, what is published already, and what was written before somebody else published.
 */
export async function storeProcess(
  tx: Queryable,
  actor: Officer,
  { xml, validFrom, decision, reason, seen }: Publication,
  compiled: CompiledProcess,
  now: Date,
): Promise<Outcome<Published>> {
  const key = compiled.id
  const head = await lockProcess(tx, key, newId(now.getTime()))
  const versions = await publishedVersions(tx, key)
  if ((versions[0]?.version ?? 0) !== seen) return refusals.meanwhile()
  const standing = versions.filter(({ withdrawn }) => withdrawn === null)
  const coming = standing.find((each) => each.validFrom >= validFrom)
  if (coming) return refusals.invalid({ problems: [notAfter(coming)] })
  const last = standing.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  if (last && (await newestXml({ pool: tx }, key)) === xml)
    return refusals.alreadyPublished({ version: last.version })
  const version = seen + 1
  const [ref, kept] = keepPrivate('reason', reason)
  const follows = last && (last.validTo === null || last.validTo >= validFrom) ? last : null
  const published = { key, version, validFrom }
  await addVersion(tx, {
    ...published,
    ...{ xml, compiled, by: actor.officerId, decision, reason: kept, at: now, follows },
  })
  const sha256 = createHash('sha256').update(xml).digest('hex')
  const data = { ...published, decision, sha256, follows: follows?.version ?? null, reason: ref }
  await record(tx, key, head, { kind: 'processes.published', data, actor: journalActor(actor), at: now })
  return published
}

const notAfter = ({ version, validFrom }: PublishedVersion): StatementProblem => ({
  field: 'validFrom',
  code: 'not-after-the-last',
  params: { version, date: validFrom },
})

const Withdrawal = z.object({
  key: z.string().min(1).max(80),
  version: z.int().positive(),
  reason: cleanText.pipe(z.string().trim().min(1).max(500)),
})

/** Takes back a version before its first day; the version before it goes on. What is in force is not withdrawn. */
export async function withdrawProcess(
  actor: Actor,
  raw: unknown,
  { db, now, wake }: Omit<PublishParts, 'facts'>,
): Promise<Outcome<Published>> {
  if (actor.kind !== 'officer' || !(await mayPublish(db, actor))) return refusals.notYours()
  const parsed = Withdrawal.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: misstated(parsed.error) })
  const withdrawn = await inTransaction(db, (tx) => takeProcessBack(tx, actor, parsed.data, now))
  if (isRefusal(withdrawn)) return withdrawn
  forgetProcesses(db)
  wake?.()
  return withdrawn
}

/** Takes a version back inside a transaction; with `onFirstDay` also on the day on which it came into force. */
export async function takeProcessBack(
  tx: Queryable,
  actor: Officer,
  { key, version, reason }: z.infer<typeof Withdrawal>,
  now: Date,
  { onFirstDay = false } = {},
): Promise<Outcome<Published>> {
  const versions = await publishedVersions(tx, key)
  // Nothing is made for a process that does not exist; whoever waits for the lock looks again.
  if (versions.length === 0) return refusals.unknown()
  const head = await lockProcess(tx, key, newId(now.getTime()))
  const found = (await publishedVersions(tx, key)).find((each) => each.version === version)
  if (!found) return refusals.unknown()
  if (found.withdrawn) return refusals.alreadyWithdrawn()
  const today = dateOfLaw(now)
  const begun = onFirstDay ? found.validFrom < today : found.validFrom <= today
  if (found.publishedBy === null || begun) return refusals.inForce()
  const [ref, kept] = keepPrivate('reason', reason)
  await withdrawVersion(tx, { key, version, by: actor.officerId, reason: kept, at: now })
  const data = { key, version, reason: ref }
  await record(tx, key, head, { kind: 'processes.withdrawn', data, actor: journalActor(actor), at: now })
  return { key, version, validFrom: found.validFrom }
}

type Head = Awaited<ReturnType<typeof lockProcess>>

async function record(
  tx: Queryable,
  key: string,
  { stream, ...head }: Head,
  entry: { kind: string; data: Record<string, unknown>; actor: JournalActor; at: Date },
): Promise<void> {
  await addEntry(tx, key, seal(stream, head, [entry])[0]!)
}

function journalActor({ officerId, posts }: Officer): JournalActor {
  const post = posts.find(({ roles }) => roles.includes('control'))!
  const { postId, standsInFor } = post
  return {
    kind: 'officer',
    id: officerId,
    post: postId,
    ...(standsInFor && { for: standsInFor.officerId }),
  }
}

const fields: Record<string, StatementProblem['field']> = {
  xml: 'xml',
  validFrom: 'validFrom',
  'decision.number': 'decisionNumber',
  'decision.on': 'decisionOn',
  reason: 'reason',
}

function misstated(error: z.ZodError): StatementProblem[] {
  const problems = error.issues.map(({ path, code }): StatementProblem => {
    const field = fields[path.join('.')] ?? 'seen'
    return { field, code: code === 'too_big' ? 'too-long' : 'needed' }
  })
  return problems.filter(({ field }, i) => problems.findIndex((each) => each.field === field) === i)
}
