import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type NewEntry, seal } from '../../../kernel/journal.ts'
import { cleanText } from '../../../kernel/text.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { Actor, Officer } from '../../identity/index.ts'
import { IndexSet } from './index-set.ts'
import {
  addSetEntry,
  endSet,
  findStoredSet,
  lockTerritory,
  newestVersion,
  type StoredSet,
  setsOfTerritory,
  writeSet,
} from './index-set-store.ts'
import { powersOverSets } from './powers-over-sets.ts'
import { problemsOf, readIndexSet } from './read-index-set.ts'
import { refusals, type SetProblem } from './refusals.ts'

export interface SetParts {
  db: Db
  now: Date
  /** Told that the journal has news. */
  wake?(): void
}

/**
 * Begins a set of the officer's province as a copy of another: a set of its own gets the key of the national one behind
 * the code of the province, a copy of its own set is the next version of it. One draft of a key is open at a time.
 */
export async function startSet(actor: Actor, from: string, parts: SetParts): Promise<Outcome<StoredSet>> {
  const { db, now } = parts
  const [territory] = (await powersOverSets(db, actor)).edit
  if (actor.kind !== 'officer' || territory === undefined) return refusals.notYours()
  const source = await findStoredSet(db.pool, from)
  if (!source || source.state === 'abandoned') return refusals.unknownSet()
  return changing(actor, territory, parts, async (tx) => {
    const key =
      source.territory === territory ? source.set.key : `${territory.toLowerCase()}-${source.set.key}`
    const sets = await setsOfTerritory(tx, territory)
    if (sets.some((each) => each.set.key === key && isOpen(each))) return refusals.openDraft()
    const version = (await newestVersion(tx, key)) + 1
    const stored: StoredSet = {
      ...{ id: newId(now.getTime()), territory, state: 'draft', revision: 1, decision: null },
      set: { ...source.set, key, version, trial: false, doubts: [] },
      ...{ editedBy: actor.officerId, editedAt: now, ...nobody },
    }
    return { stored, kind: 'started', data: { from: source.set.key, fromVersion: source.set.version } }
  })
}

const nobody = { handedInBy: null, handedInAt: null, publishedBy: null, publishedAt: null }
const isOpen = ({ state }: StoredSet) => state === 'draft' || state === 'handed-in'

const Saving = z.object({ id: z.uuid(), revision: z.int(), set: z.unknown() })

/**
 * Saves what the officer wrote; points that do not add up yet may be saved, a set that cannot be read may not. Refuses
 * what was written before somebody else saved.
 */
export async function saveSet(actor: Actor, raw: z.infer<typeof Saving>, parts: SetParts) {
  const { id, revision, set } = Saving.parse(raw)
  return changeSet(actor, id, 'edit', parts, (found) => {
    if (found.state !== 'draft') return refusals.notOpen()
    if (found.revision !== revision) return refusals.savedMeanwhile()
    const { key, version } = found.set
    const read = IndexSet.safeParse({ ...(set as object), key, version, trial: false })
    if (!read.success)
      return readIndexSet({ ...(set as object), key, version }) as ReturnType<typeof refusals.invalidSet>
    const stored = { ...found, set: read.data, editedBy: officerIn(actor), editedAt: parts.now }
    return { stored, kind: 'saved', data: {} }
  })
}

/** Hands a set in to the one who publishes; refuses one whose points do not add up. */
export function handInSet(actor: Actor, id: string, parts: SetParts) {
  return changeSet(actor, id, 'edit', parts, (found) => {
    if (found.state !== 'draft') return refusals.notOpen()
    const problems = problemsOf(found.set)
    if (problems.length > 0) return refusals.invalidSet({ problems })
    const stored = {
      ...found,
      state: 'handed-in' as const,
      ...{ handedInBy: officerIn(actor), handedInAt: parts.now },
    }
    return { stored, kind: 'handed-in', data: {} }
  })
}

/** Gives a set that was handed in back to its writers: who handed it in takes it back, who publishes returns it. */
export async function returnSet(actor: Actor, id: string, parts: SetParts) {
  return changeSet(actor, id, 'either', parts, (found) => {
    if (found.state !== 'handed-in') return refusals.notOpen()
    return {
      stored: { ...found, state: 'draft' as const, handedInBy: null, handedInAt: null },
      kind: 'returned',
      data: {},
    }
  })
}

/** Gives a draft up. */
export function abandonSet(actor: Actor, id: string, parts: SetParts) {
  return changeSet(actor, id, 'edit', parts, (found) => {
    if (!isOpen(found)) return refusals.notOpen()
    return { stored: { ...found, state: 'abandoned' as const }, kind: 'abandoned', data: {} }
  })
}

export const SetPublication = z.object({
  id: z.uuid(),
  decision: z.object({ number: cleanText.pipe(z.string().trim().min(1).max(100)), on: z.iso.date() }),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
})
export type SetPublication = z.infer<typeof SetPublication>

/**
 * Publishes a set from a day on, by a decision; by somebody else than who wrote it and handed it in. The set of the
 * province that held before ends the day before. Refuses days in the past and sets whose days would overlap.
 */
export async function publishSet(actor: Actor, raw: unknown, parts: SetParts): Promise<Outcome<StoredSet>> {
  const parsed = SetPublication.safeParse(raw)
  if (!parsed.success)
    return refusals.invalidSet({
      problems: parsed.error.issues.map(({ path }) => ({ field: path.join('.'), code: 'indexSets.missing' })),
    })
  const { id, ...stated } = parsed.data
  const dates = datesProblems(stated, dateOfLaw(parts.now))
  if (dates.length > 0) return refusals.invalidSet({ problems: dates })
  return changeSet(actor, id, 'publish', parts, async (found, tx) => {
    if (found.state !== 'handed-in') return refusals.notOpen()
    if ([found.editedBy, found.handedInBy].includes(officerIn(actor))) return refusals.secondPerson()
    const before = await makeRoom(tx, found.territory, stated)
    if (isRefusal(before)) return before
    const stored = {
      ...{ ...found, state: 'published' as const, decision: stated.decision },
      ...{ publishedBy: officerIn(actor), publishedAt: parts.now },
      set: {
        ...found.set,
        ...{ validFrom: stated.validFrom, validTo: stated.validTo },
        basis: { document: stated.decision.number, article: null, confidence: 'C' as const },
      },
    }
    return { stored, kind: 'published', data: { ...stated } }
  })
}

type Stated = Omit<SetPublication, 'id'>

function datesProblems({ decision, validFrom, validTo }: Stated, today: string): SetProblem[] {
  return [
    ...(validFrom < today ? [{ field: 'validFrom', code: 'indexSets.in-the-past' }] : []),
    ...(decision.on > today ? [{ field: 'decisionOn', code: 'indexSets.decision-in-the-future' }] : []),
    ...(validTo !== null && validTo < validFrom
      ? [
          {
            field: 'validTo',
            code: 'indexSets.ends-before-it-begins',
            params: { from: validFrom, to: validTo },
          },
        ]
      : []),
  ]
}

/** What began earlier ends the day before; what begins on or after that day overlaps, and is refused. */
async function makeRoom(
  tx: Queryable,
  territory: string,
  { validFrom, validTo }: Stated,
): Promise<Outcome<null>> {
  const held = (await setsOfTerritory(tx, territory)).filter(({ state }) => state === 'published')
  for (const { id, set } of held) {
    if (set.validTo !== null && set.validTo < validFrom) continue
    if (validTo !== null && set.validFrom > validTo) continue
    if (set.validFrom >= validFrom) {
      const params = { key: set.key, from: set.validFrom }
      return refusals.invalidSet({ problems: [{ field: 'validFrom', code: 'indexSets.overlaps', params }] })
    }
    await endSet(tx, { id, lastDay: dayBefore(validFrom) })
  }
  return null
}

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const officerIn = (actor: Actor): string => (actor as Officer).officerId

interface Change {
  stored: StoredSet
  kind: string
  data: Record<string, unknown>
}
type Decided = Outcome<Change>

async function changeSet(
  actor: Actor,
  id: string,
  power: 'edit' | 'publish' | 'either',
  parts: SetParts,
  decide: (found: StoredSet, tx: Queryable) => Decided | Promise<Decided>,
): Promise<Outcome<StoredSet>> {
  const known = z.uuid().safeParse(id).success ? await findStoredSet(parts.db.pool, id) : undefined
  if (!known) return refusals.unknownSet()
  const powers = await powersOverSets(parts.db, actor)
  const places = power === 'either' ? [...powers.edit, ...powers.publish] : powers[power]
  if (actor.kind !== 'officer' || !places.includes(known.territory)) return refusals.notYours()
  return changing(actor, known.territory, parts, async (tx) => decide((await findStoredSet(tx, id))!, tx))
}

async function changing(
  actor: Officer,
  territory: string,
  { db, now, wake }: SetParts,
  decide: (tx: Queryable) => Promise<Decided>,
): Promise<Outcome<StoredSet>> {
  const outcome = await inTransaction(db, async (tx) => {
    const { stream, ...head } = await lockTerritory(tx, territory, newId(now.getTime()))
    const decided = await decide(tx)
    if (isRefusal(decided)) return decided
    const stored = {
      ...decided.stored,
      revision: decided.stored.revision + (decided.kind === 'started' ? 0 : 1),
    }
    await writeSet(tx, stored)
    const [sealed] = seal(stream, head, [entryOf(actor, stored, decided, now)])
    await addSetEntry(tx, territory, sealed!)
    return stored
  })
  if (!isRefusal(outcome)) wake?.()
  return outcome
}

function entryOf(
  { officerId }: Officer,
  { id, set, revision }: StoredSet,
  { kind, data }: Change,
  at: Date,
): NewEntry {
  return {
    kind: `indicators.index-set-${kind}`,
    data: { id, key: set.key, version: set.version, revision, ...data },
    ...{ actor: { kind: 'officer', id: officerId }, at },
  }
}
