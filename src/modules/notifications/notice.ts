import type { Queryable } from '../../kernel/db.ts'
import { defaultLocale } from '../../kernel/i18n.ts'
import { newId } from '../../kernel/ids.ts'
import { tellOnce } from './tell-once.ts'

/** What officers are told of. */
export const noticeKinds = ['targets-changed', 'objection-answered'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Something that an officer is told once, in the app and, where they gave an address, by mail. */
export interface NewNotice {
  officerId: string
  kind: NoticeKind
  /** What it tells of; the same told again to the same officer tells nobody. */
  key: string
  subject: string
  text: string
  /** The page of the desk where it is dealt with, such as `/can-bo/chi-tieu`. */
  href: string
}

/** A notice as the officer reads it. */
export interface Notice extends Omit<NewNotice, 'officerId' | 'key'> {
  id: string
  createdAt: string
  readAt: string | null
}

/**
 * Tells officers, in the transaction that makes it news. Mail carries the address of the page; officers work on it, and
 * sign in there as ever.
 */
export async function tellOfficers(
  tx: Queryable,
  notices: readonly NewNotice[],
  { baseUrl, now }: { baseUrl: string; now: Date },
): Promise<void> {
  if (notices.length === 0) return
  const addresses = await addressesOf(tx, [...new Set(notices.map(({ officerId }) => officerId))])
  const rows = notices.flatMap(({ officerId, kind, key, subject, text, href }) => {
    const email = addresses.get(officerId)
    const row = { kind, subject, params: { href }, language: defaultLocale, created_at: now }
    const own = { ...row, officer_id: officerId, notice: key }
    const inApp = { ...own, id: newId(now.getTime()), channel: 'in-app' as const, recipient: officerId, text }
    if (email === undefined) return [inApp]
    const mail = { ...own, id: newId(now.getTime()), channel: 'email' as const, recipient: email }
    return [inApp, { ...mail, text: `${text}\n\n${baseUrl}${href}` }]
  })
  await tellOnce(tx, 'officer_told_once', rows)
}

/** What an officer was told, the newest first. */
export async function noticesOf(db: Queryable, officerId: string, limit = 50): Promise<Notice[]> {
  const { rows } = await db.query({
    name: 'notifications.notices-of',
    text: `select id, kind, subject, text, params ->> 'href' as href, created_at as "createdAt", read_at as "readAt"
           from notifications.message where officer_id = $1 and channel = 'in-app'
           order by created_at desc, id desc limit $2`,
    values: [officerId, limit],
  })
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  }))
}

/** How much of what they were told an officer has not read. */
export async function unreadNotices(db: Queryable, officerId: string): Promise<number> {
  const { rows } = await db.query({
    name: 'notifications.unread-notices',
    text: `select count(*)::int as n from notifications.message
           where officer_id = $1 and channel = 'in-app' and read_at is null`,
    values: [officerId],
  })
  return rows[0].n
}

/** Marks what an officer was told as read; gives how much. */
export async function markNoticesRead(db: Queryable, officerId: string, now: Date): Promise<number> {
  const { rowCount } = await db.query({
    name: 'notifications.read-notices',
    text: `update notifications.message set read_at = $2
           where officer_id = $1 and channel = 'in-app' and read_at is null`,
    values: [officerId, now],
  })
  return rowCount ?? 0
}

/** Where officers are told besides the app. */
export async function addressesOf(
  db: Queryable,
  officerIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ officer: string; email: string }>({
    name: 'notifications.officer-addresses',
    text: `select officer_id as officer, email from notifications.officer_address
           where officer_id = any ($1) and email is not null`,
    values: [officerIds],
  })
  return new Map(rows.map(({ officer, email }) => [officer, email]))
}

/** States where an officer wants mail; null: none, what they are told stays in the app. */
export async function stateAddress(
  db: Queryable,
  { officerId, email, now }: { officerId: string; email: string | null; now: Date },
): Promise<void> {
  await db.query({
    name: 'notifications.state-address',
    text: `insert into notifications.officer_address (officer_id, email, stated_at) values ($1, $2, $3)
           on conflict (officer_id) do update set email = excluded.email, stated_at = excluded.stated_at`,
    values: [officerId, email, now],
  })
}
