import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { Queryable } from './db.ts'
import { randomPooled, uuidV4 } from './ids.ts'

/** Who did it, as the journal keeps it: an id, never a person's name or number. */
export interface JournalActor {
  kind: 'person' | 'officer' | 'system'
  id: string
  /** The post that gave the officer the power to act. */
  post?: string
  /** The officer in whose place they act. */
  for?: string
}

/** An act before it has its place in the stream. */
export interface NewEntry<Kind extends string = string, Data = Record<string, unknown>> {
  kind: Kind
  data: Data
  actor: JournalActor
  at: Date
}

/** An act with its place in the stream and its seal. */
export interface Entry<Kind extends string = string, Data = Record<string, unknown>>
  extends NewEntry<Kind, Data> {
  stream: string
  sequence: number
  previousHash: Buffer | null
  hash: Buffer
}

/** Where a stream stands: the sequence and hash of its last entry; `start` for a new stream. */
export interface Head {
  sequence: number
  hash: Buffer | null
}

export const start: Head = { sequence: 0, hash: null }

/** Numbers and seals new entries after `head`; pure. */
export function seal<E extends NewEntry>(stream: string, head: Head, entries: readonly E[]): (E & Entry)[] {
  let { sequence, hash } = head
  return entries.map((entry) => {
    sequence += 1
    const sealed = {
      ...entry,
      stream,
      sequence,
      previousHash: hash,
      hash: hashOf(stream, sequence, hash, entry),
    }
    hash = sealed.hash
    return sealed
  })
}

/**
 * SHA-256 over the canonical JSON (RFC 8785) of an entry and the hash before it.
 * What SQL assigns (id, xid, position) is left out, so a restored copy verifies as well.
 */
export function hashOf(stream: string, sequence: number, previous: Buffer | null, entry: NewEntry): Buffer {
  return createHash('sha256')
    .update(sealedText(stream, sequence, previous, entry))
    .digest()
}

/** The text whose SHA-256 is the hash of an entry: what somebody outside needs to check the chain themselves. */
export function sealedText(
  stream: string,
  sequence: number,
  previous: Buffer | null,
  { kind, data, actor, at }: NewEntry,
): string {
  return canonicalJson({
    stream,
    sequence,
    kind,
    data,
    actor,
    at: at.toISOString(),
    previous: previous === null ? null : previous.toString('hex'),
  })
}

/** Content that must be erasable (answers, free text): kept beside the journal, bound by a salted hash. */
export interface PrivateContent {
  id: string
  field: string
  content: unknown
  salt: Buffer
}

/** What the journal keeps of private content. */
export interface PrivateRef {
  ref: string
  hash: string
}

/** Makes the row kept beside the journal and the reference that the entry carries. */
export function keepPrivate(
  field: string,
  content: unknown,
  random: (size: number) => Buffer = randomPooled,
): [PrivateRef, PrivateContent] {
  const salt = random(16)
  const id = uuidV4(random(16))
  return [
    { ref: id, hash: privateHash(salt, content) },
    { id, field, content, salt },
  ]
}

/** The salted hash of private content; without the salt the content cannot be guessed from it. */
export function privateHash(salt: Buffer, content: unknown): string {
  return createHash('sha256').update(salt).update(canonicalJson(content)).digest('hex')
}

/** The columns of `journal.entry` as arrays, one array per column, for `unnest`. */
export function entryColumns(streamKind: string, entries: readonly Entry[]) {
  return [
    entries.map((e) => e.stream),
    entries.map((e) => e.sequence),
    entries.map(() => streamKind),
    entries.map((e) => e.kind),
    entries.map((e) => JSON.stringify(e.data)),
    entries.map((e) => JSON.stringify(e.actor)),
    entries.map((e) => e.at),
    entries.map((e) => e.previousHash),
    entries.map((e) => e.hash),
  ]
}

interface EntryRow {
  stream: string
  sequence: number
  kind: string
  data: Record<string, unknown>
  actor: JournalActor
  at: Date
  previous_hash: Buffer | null
  hash: Buffer
}

export function toEntry(row: EntryRow): Entry {
  const { stream, sequence, kind, data, actor, at, previous_hash, hash } = row
  return { stream, sequence, kind, data, actor, at, previousHash: previous_hash, hash }
}

/** All entries of one stream, oldest first. */
export async function readStream(db: Queryable, stream: string): Promise<Entry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'journal.read-stream',
    text: 'select stream, sequence, kind, data, actor, at, previous_hash, hash from journal.entry where stream = $1 order by sequence',
    values: [stream],
  })
  return rows.map(toEntry)
}

/** A fault found by `verifyStream`: where, and what is wrong. */
export interface ChainFault {
  stream: string
  sequence: number
  fault: 'gap' | 'broken-link' | 'changed'
}

/** Checks numbering, links and seals of one stream's entries, oldest first. */
export function verifyStream(entries: readonly Entry[]): ChainFault | undefined {
  let head = start
  for (const entry of entries) {
    const { stream, sequence, hash } = entry
    if (sequence !== head.sequence + 1) return { stream, sequence, fault: 'gap' }
    if (!sameHash(entry.previousHash, head.hash)) return { stream, sequence, fault: 'broken-link' }
    if (!hashOf(stream, sequence, head.hash, entry).equals(hash))
      return { stream, sequence, fault: 'changed' }
    head = { sequence, hash }
  }
  return undefined
}

/**
 * Checks the chains of all streams but those of one kind, whose owner checks them together with its rows.
 * Reads a few hundred streams at a time.
 */
export async function verifyOtherStreams(
  db: Queryable,
  kind: string,
): Promise<{ streams: number; faults: ChainFault[] }> {
  const report = { streams: 0, faults: [] as ChainFault[] }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await db.query<EntryRow>(
      `select stream, sequence, kind, data, actor, at, previous_hash, hash from journal.entry where stream in
         (select distinct stream from journal.entry where stream_kind <> $1 and stream > $2 order by stream limit 200)
       order by stream, sequence`,
      [kind, after],
    )
    if (rows.length === 0) return report
    for (const entries of Map.groupBy(rows.map(toEntry), ({ stream }) => stream).values()) {
      report.streams += 1
      const fault = verifyStream(entries)
      if (fault) report.faults.push(fault)
    }
    after = rows.at(-1)!.stream
  }
}

function sameHash(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b)
}
