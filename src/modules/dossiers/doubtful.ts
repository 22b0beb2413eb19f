import type { Queryable } from '../../kernel/db.ts'

/** After so many days a partner's word came too late for the figures of its day. */
export const lateWordDays = 3

/**
 * What makes the figures of a dossier doubtful, each as a condition on its row. The channel is always known and a closed
 * dossier always has its end: the database refuses anything else.
 */
const conditions = {
  /** The work ended before it began. */
  'ended-before-accepted':
    'd.accepted_at is not null and coalesce(d.decided_at, d.closed_at) < d.accepted_at',
  'accepted-before-filed': 'd.accepted_at < d.submitted_at',
  /** It is being worked on and nobody waits for the applicant, and yet it has no date. */
  'no-due-date': `d.state = 'in-progress' and d.due_at is null and d.branches is null`,
  /** The date that was promised lies before the acceptance. */
  'due-before-accepted': 'd.due_at < d.accepted_at',
  /** Granted and handed out, and no signed paper stands behind it. */
  'result-without-paper': `d.state = 'returned' and d.outcome = 'granted' and d.branches is null
    and not exists (select from journal.entry e where e.stream = d.id and e.data ? 'signature')`,
  /** What another system did was told here days later. */
  'late-word': `(d.partner_word ->> 'receivedAt')::timestamptz
    > (d.partner_word ->> 'statedAt')::timestamptz + interval '${lateWordDays} days'`,
} as const
export type Doubt = keyof typeof conditions
export const doubts = Object.keys(conditions) as Doubt[]

/** Dossiers filed from one day to another that an authority or one below it settles; '' is the whole installation. */
export interface DoubtQuery {
  authority: string
  from: string
  to: string
}

// Days of law begin at midnight in Hà Nội.
const asked = `from dossiers.dossier d
  where ($1 = '' or d.competent = $1 or d.competent like $1 || '.%')
    and d.submitted_at >= $2::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
    and d.submitted_at < ($3::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'`

/** How many dossiers are doubtful, by what makes them so. One dossier may be several. */
export async function countDoubts(
  db: Queryable,
  { authority, from, to }: DoubtQuery,
): Promise<Record<Doubt, number>> {
  const { rows } = await db.query({
    name: 'dossiers.count-doubts',
    text: `select ${doubts.map((each) => `count(*) filter (where ${conditions[each]})::int as "${each}"`).join(', ')}
           ${asked}`,
    values: [authority, from, to],
  })
  return rows[0]
}

/** The doubtful dossiers themselves, the newest first. Whoever asks must be allowed to see them. */
export async function doubtfulDossiers(
  db: Queryable,
  { authority, from, to, doubt, limit }: DoubtQuery & { doubt: Doubt; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: `dossiers.doubtful-${doubt}`,
    text: `select d.id ${asked} and ${conditions[doubt]} order by d.submitted_at desc, d.id limit $4`,
    values: [authority, from, to, limit],
  })
  return rows.map(({ id }) => id)
}
