import type { Queryable } from '../../kernel/db.ts'
import type { Level } from './types.ts'

/** A signed paper whose time stamps follow. */
export interface Lengthening {
  sha256: string
  wanted: Level
  askedAt: string
  tries: number
}

/** Notes that a paper is to be lengthened, in place of the one that it was signed over. */
export async function askLengthening(
  db: Queryable,
  { sha256, wanted, instead }: { sha256: string; wanted: Level; instead: string | null },
  now: Date,
): Promise<void> {
  await db.query(
    `insert into signatures.lengthening (sha256, wanted, asked_at, next_at) values ($1, $2, $3, $3)
     on conflict (sha256) do nothing`,
    [sha256, wanted, now],
  )
  if (instead !== null)
    await db.query(
      "update signatures.lengthening set state = 'overtaken' where sha256 = $1 and state = 'waiting'",
      [instead],
    )
}

/** Whether a paper still lacks its time stamps. */
export async function isShort(db: Queryable, sha256: string): Promise<boolean> {
  const { rows } = await db.query({
    name: 'signatures.is-short',
    text: "select 1 from signatures.lengthening where sha256 = $1 and state = 'waiting'",
    values: [sha256],
  })
  return rows.length > 0
}

/** What is to be lengthened now, longest waiting first. */
export async function dueLengthenings(db: Queryable, now: Date, most: number): Promise<Lengthening[]> {
  const { rows } = await db.query(
    `select sha256, wanted, asked_at, tries from signatures.lengthening
     where state = 'waiting' and next_at <= $1 order by next_at, sha256 limit $2`,
    [now, most],
  )
  return rows.map(({ sha256, wanted, asked_at, tries }) => ({
    ...{ sha256, wanted, tries, askedAt: asked_at.toISOString() },
  }))
}

export async function finishLengthening(
  db: Queryable,
  { sha256, longer, now }: { sha256: string; longer: { sha256: string; size: number } | null; now: Date },
): Promise<void> {
  await db.query(
    `update signatures.lengthening set state = case when $2::text is null then 'gone' else 'done' end,
       longer_sha256 = $2, longer_size = $3, done_at = $4
     where sha256 = $1 and state = 'waiting'`,
    [sha256, longer?.sha256 ?? null, longer?.size ?? null, now],
  )
}

export async function lengthenAgainAt(db: Queryable, sha256: string, at: Date): Promise<void> {
  await db.query(
    "update signatures.lengthening set tries = tries + 1, next_at = $2 where sha256 = $1 and state = 'waiting'",
    [sha256, at],
  )
}

/** The edition of a paper that got its time stamps later; undefined when it needed none or has none yet. */
export async function longerEdition(
  db: Queryable,
  sha256: string,
): Promise<{ sha256: string; size: number } | undefined> {
  const { rows } = await db.query({
    name: 'signatures.longer-edition',
    text: "select longer_sha256, longer_size from signatures.lengthening where sha256 = $1 and state = 'done'",
    values: [sha256],
  })
  return rows[0] && { sha256: rows[0].longer_sha256, size: Number(rows[0].longer_size) }
}

/** How many signed papers still lack time stamps, and since when; null when none does. */
export async function shortPapers(db: Queryable): Promise<{ count: number; since: string } | null> {
  const { rows } = await db.query(
    "select count(*)::int as count, min(asked_at) as since from signatures.lengthening where state = 'waiting'",
  )
  return rows[0].count === 0 ? null : { count: rows[0].count, since: rows[0].since.toISOString() }
}
