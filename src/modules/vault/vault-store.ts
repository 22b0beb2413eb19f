import type { Queryable } from '../../kernel/db.ts'
import { isId } from '../../kernel/ids.ts'
import { entryColumns, type NewEntry, seal, start } from '../../kernel/journal.ts'
import type { Share } from './sharing.ts'
import { type Owner, ownerIdOf, type VaultItem } from './vault-item.ts'

const columns = `id, owner_kind as "ownerKind", owner_id as "ownerId", personal_id as "personalId", origin,
  paper_code as "paperCode", name, number, issued_on as "issuedOn", valid_to as "validTo", issuer, trust, sha256,
  media_type as "mediaType", size, file_id as "fileId", document_id as "documentId", evidence_id as "evidenceId",
  dossier_code as "dossierCode", state, replaced_by as "replacedBy", hidden_at is not null as hidden, fields,
  added_at as "addedAt"`

type Row = Omit<VaultItem, 'addedAt'> & { addedAt: Date }
const toItem = (row: Row): VaultItem => ({ ...row, addedAt: row.addedAt.toISOString() })

/** Writes an item unless its holder has the same one already; gives its id and whether it is new. */
export async function insertItem(
  db: Queryable,
  item: Omit<VaultItem, 'hidden'>,
): Promise<{ id: string; isNew: boolean }> {
  const { rows } = await db.query({
    name: 'vault.insert-item',
    text: `insert into vault.item (id, owner_kind, owner_id, personal_id, origin, paper_code, name, number, issued_on,
             valid_to, issuer, trust, sha256, media_type, size, file_id, document_id, evidence_id, dossier_code, state,
             replaced_by, fields, added_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
           on conflict (holder, origin) do nothing returning id`,
    values: [
      item.id,
      item.ownerKind,
      item.ownerId,
      item.personalId,
      item.origin,
      item.paperCode,
      item.name,
      item.number,
      item.issuedOn,
      item.validTo,
      item.issuer,
      item.trust,
      item.sha256,
      item.mediaType,
      item.size,
      item.fileId,
      item.documentId,
      item.evidenceId,
      item.dossierCode,
      item.state,
      item.replacedBy,
      item.fields,
      item.addedAt,
    ],
  })
  if (rows[0]) return { id: rows[0].id, isNew: true }
  const { rows: known } = await db.query({
    name: 'vault.item-by-origin',
    text: `select id from vault.item where holder = $1 and origin = $2`,
    values: [`${item.ownerKind}:${item.personalId ?? item.ownerId}`, item.origin],
  })
  return { id: known[0].id, isNew: false }
}

export async function findItem(db: Queryable, id: string): Promise<VaultItem | undefined> {
  if (!isId(id)) return undefined
  const [found] = await findItems(db, [id])
  return found
}

export async function findItems(db: Queryable, ids: readonly string[]): Promise<VaultItem[]> {
  const { rows } = await db.query({
    name: 'vault.items',
    text: `select ${columns} from vault.item where id = any($1::uuid[])`,
    values: [ids.filter(isId)],
  })
  return rows.map(toItem)
}

/** The items of some owners, the newest first; with `codes` only those of these paper codes. */
export async function itemsOf(
  db: Queryable,
  owners: readonly Owner[],
  { codes }: { codes?: readonly string[] } = {},
): Promise<VaultItem[]> {
  const people = owners.filter((owner) => owner.kind === 'person')
  const { rows } = await db.query({
    name: 'vault.items-of',
    text: `select ${columns} from vault.item
           where (owner_kind = 'person' and (owner_id = any($1) or personal_id = any($2))
               or owner_kind = 'organisation' and owner_id = any($3))
             and ($4::text[] is null or paper_code = any($4))
           order by added_at desc, id`,
    values: [
      people.map(ownerIdOf),
      people.flatMap(({ personalId }) => personalId ?? []),
      owners.flatMap((owner) => (owner.kind === 'organisation' ? owner.code : [])),
      codes ?? null,
    ],
  })
  return rows.map(toItem)
}

/** The items that an act of a dossier issued, by its origin. */
export async function itemsByOrigin(db: Queryable, origins: readonly string[]): Promise<VaultItem[]> {
  const { rows } = await db.query({
    name: 'vault.items-by-origin',
    text: `select ${columns} from vault.item where origin = any($1)`,
    values: [origins],
  })
  return rows.map(toItem)
}

/** Gives an issued paper its content, once it has been laid out. */
export async function fillContent(
  db: Queryable,
  origin: string,
  content: { sha256: string; size: number; number: string; documentId: string },
): Promise<void> {
  await db.query(
    'update vault.item set sha256 = $2, size = $3, number = $4, document_id = $5 where origin = $1 and sha256 is null',
    [origin, content.sha256, content.size, content.number, content.documentId],
  )
}

/** What became of an issued paper; false when nothing changed. */
export async function markEnded(
  db: Queryable,
  id: string,
  end: { state: 'replaced' | 'revoked'; replacedBy: string | null },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update vault.item set state = $2, replaced_by = $3
     where id = $1 and (state = 'valid' or (state = 'replaced' and replaced_by is null and $3::uuid is not null))`,
    [id, end.state, end.replacedBy],
  )
  return rowCount === 1
}

/**
 * Takes an own upload away and asks for its content to be destroyed: its row stays for those who used or read it.
 * False when it was removed before.
 */
export async function markRemoved(tx: Queryable, id: string, now: Date): Promise<boolean> {
  const { rows } = await tx.query(
    `select file_id as "fileId" from vault.item where id = $1 and trust = 'own-upload' and state <> 'removed' for update`,
    [id],
  )
  if (rows.length === 0) return false
  await tx.query(`update vault.item set state = 'removed', removed_at = $2, file_id = null where id = $1`, [
    id,
    now,
  ])
  await tx.query('insert into vault.erasure (item_id, file_id, asked_at) values ($1, $2, $3)', [
    id,
    rows[0].fileId,
    now,
  ])
  return true
}

/** Puts an own upload back that its owner had removed and now uploads again; false when it was not removed. */
export async function putBack(db: Queryable, id: string, fileId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update vault.item set state = 'valid', file_id = $2, hidden_at = null, removed_at = null
     where id = $1 and state = 'removed'`,
    [id, fileId],
  )
  return rowCount === 1
}

/** An item, which stays as it is until the transaction ends. */
export async function lockItem(tx: Queryable, id: string): Promise<VaultItem> {
  const { rows } = await tx.query(`select ${columns} from vault.item where id = $1 for update`, [id])
  return toItem(rows[0])
}

/** Content that is to be destroyed. */
export interface WaitingErasure {
  id: string
  itemId: string
  fileId: string | null
  /** Hashes of the content, when the files that named it are gone already. */
  hashes: string[] | null
}

export async function waitingErasures(db: Queryable, askedBefore: Date): Promise<WaitingErasure[]> {
  const { rows } = await db.query(
    `select id, item_id as "itemId", file_id as "fileId", hashes from vault.erasure
     where done_at is null and asked_at <= $1 order by asked_at limit 500`,
    [askedBefore],
  )
  return rows
}

/** Which of some files other items still have as their content. */
export async function keptByItems(db: Queryable, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query(
    `select file_id as id from vault.item where file_id = any ($1::uuid[]) and state <> 'removed'`,
    [fileIds],
  )
  return new Set(rows.map(({ id }) => id))
}

export async function noteHashes(tx: Queryable, id: string, hashes: readonly string[]): Promise<void> {
  await tx.query('update vault.erasure set hashes = $2 where id = $1', [id, hashes])
}

/** Writes down what became of a content; false when that was done before. */
export async function finishErasure(
  tx: Queryable,
  id: string,
  outcome: 'erased' | 'held' | 'put-back',
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update vault.erasure set done_at = $3, outcome = $2 where id = $1 and done_at is null',
    [id, outcome, now],
  )
  return rowCount === 1
}

/** That an item was removed, and what became of its content; undefined when it is there. */
export interface Removal {
  at: string
  content: 'waiting' | 'erased' | 'held'
}

export async function removalOf(db: Queryable, itemId: string): Promise<Removal | undefined> {
  const { rows } = await db.query(
    `select i.removed_at as at, coalesce(e.outcome, case when e.id is null then 'erased' else 'waiting' end) as content
     from vault.item i left join lateral (
       select id, outcome from vault.erasure where item_id = i.id order by id desc limit 1) e on true
     where i.id = $1 and i.state = 'removed'`,
    [itemId],
  )
  return rows[0] && { at: rows[0].at.toISOString(), content: rows[0].content }
}

/** What a file that was made out of an item is for, before the number of the item. */
export const copyMark = 'vault:'

/** What happens to the content of an item, as the journal tells it: who and when, never what the paper is. */
type VaultEntry = NewEntry<'vault.removed' | 'vault.put-back' | 'vault.erased'>

/** Writes an entry of an item into the journal; whoever calls it has locked the item. */
export async function enter(tx: Queryable, itemId: string, entry: VaultEntry): Promise<void> {
  const { rows } = await tx.query(
    'select sequence, hash from journal.entry where stream = $1 order by sequence desc limit 1',
    [itemId],
  )
  await tx.query(
    `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[],
       $8::bytea[], $9::bytea[])`,
    entryColumns('vault', seal(itemId, rows[0] ?? start, [entry as NewEntry])),
  )
}

export async function setHidden(db: Queryable, id: string, since: Date | null): Promise<void> {
  await db.query('update vault.item set hidden_at = $2 where id = $1', [id, since])
}

/** Valid papers whose last day lies in a span of dates of law: the feed for reminders. */
export async function expiring(db: Queryable, from: string, to: string): Promise<VaultItem[]> {
  const { rows } = await db.query({
    name: 'vault.expiring',
    text: `select ${columns} from vault.item
           where state = 'valid' and hidden_at is null and valid_to between $1 and $2 order by valid_to, id`,
    values: [from, to],
  })
  return rows.map(toItem)
}

const shareColumns = `id, item_id as "itemId", with_kind as "withKind", with_id as "withId", with_name as "withName",
  purpose, may_use as "mayUse", until, created_at as "createdAt", created_by as "createdBy", ended_at as "endedAt"`
type ShareRow = Omit<Share, 'createdAt' | 'endedAt'> & { createdAt: Date; endedAt: Date | null }
const toShare = (row: ShareRow): Share => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

export async function insertShare(db: Queryable, share: Share): Promise<void> {
  await db.query(
    `insert into vault.share (id, item_id, with_kind, with_id, with_name, purpose, may_use, until, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      share.id,
      share.itemId,
      share.withKind,
      share.withId,
      share.withName,
      share.purpose,
      share.mayUse,
      share.until,
      share.createdAt,
      share.createdBy,
    ],
  )
}

/** Every consent for some items, the newest first. */
export async function sharesOf(db: Queryable, itemIds: readonly string[]): Promise<Share[]> {
  const { rows } = await db.query({
    name: 'vault.shares-of',
    text: `select ${shareColumns} from vault.share where item_id = any($1::uuid[]) order by created_at desc, id`,
    values: [itemIds],
  })
  return rows.map(toShare)
}

/** Consents that reach these receivers today, as `kind:id`. */
export async function sharesWith(
  db: Queryable,
  receivers: readonly string[],
  today: string,
): Promise<Share[]> {
  const { rows } = await db.query({
    name: 'vault.shares-with',
    text: `select ${shareColumns} from vault.share
           where ended_at is null and until >= $2 and with_kind || ':' || with_id = any($1) order by created_at desc`,
    values: [receivers, today],
  })
  return rows.map(toShare)
}

export async function findShare(db: Queryable, id: string): Promise<Share | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await db.query(`select ${shareColumns} from vault.share where id = $1`, [id])
  return rows[0] && toShare(rows[0])
}

/** Ends a consent; false when it had ended before. */
export async function markShareEnded(db: Queryable, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    'update vault.share set ended_at = $2 where id = $1 and ended_at is null',
    [id, now],
  )
  return rowCount === 1
}

/** One read of an item, as its owner sees it. */
export interface Read {
  itemId: string
  at: string
  how: 'opened' | 'offered' | 'downloaded'
  actorKind: 'person' | 'officer' | 'system'
  actorId: string
  actorName: string
  /** Where an officer works. */
  place: string | null
  dossierCode: string | null
  shareId: string | null
  purpose: string | null
}

export async function insertReads(db: Queryable, reads: readonly Read[]): Promise<void> {
  if (reads.length === 0) return
  await db.query({
    name: 'vault.insert-reads',
    text: `insert into vault.read (item_id, at, how, actor_kind, actor_id, actor_name, place, dossier_code, share_id, purpose)
           select r.item_id, r.at, r.how, r.actor_kind, r.actor_id, r.actor_name, r.place, r.dossier_code, r.share_id, r.purpose
           from jsonb_populate_recordset(null::vault.read, $1) r`,
    values: [
      JSON.stringify(
        reads.map((read) => ({
          item_id: read.itemId,
          at: read.at,
          how: read.how,
          actor_kind: read.actorKind,
          actor_id: read.actorId,
          actor_name: read.actorName,
          place: read.place,
          dossier_code: read.dossierCode,
          share_id: read.shareId,
          purpose: read.purpose,
        })),
      ),
    ],
  })
}

/** Who read some items, the newest first. */
export async function readsOf(db: Queryable, itemIds: readonly string[], limit = 200): Promise<Read[]> {
  const { rows } = await db.query({
    name: 'vault.reads-of',
    text: `select item_id as "itemId", at, how, actor_kind as "actorKind", actor_id as "actorId",
             actor_name as "actorName", place, dossier_code as "dossierCode", share_id as "shareId", purpose
           from vault.read where item_id = any($1::uuid[]) order by at desc, id desc limit $2`,
    values: [itemIds, limit],
  })
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** That a dossier uses an item: with the hash and the trust of that moment. */
export interface Use {
  itemId: string
  dossierId: string
  dossierCode: string
  component: string
  sha256: string
  trust: VaultItem['trust']
  usedAt: string
}

/** Notes which items a dossier uses; as often as one likes. */
export async function noteUses(db: Queryable, uses: readonly Use[]): Promise<void> {
  for (const use of uses)
    await db.query({
      name: 'vault.note-use',
      text: `insert into vault.use (item_id, dossier_id, dossier_code, component, sha256, trust, used_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      values: [use.itemId, use.dossierId, use.dossierCode, use.component, use.sha256, use.trust, use.usedAt],
    })
}

const useColumns = `item_id as "itemId", dossier_id as "dossierId", dossier_code as "dossierCode", component, sha256,
  trust, used_at as "usedAt"`
const toUse = (row: Omit<Use, 'usedAt'> & { usedAt: Date }): Use => ({
  ...row,
  usedAt: row.usedAt.toISOString(),
})

/** The dossiers that some items served, the newest first. */
export async function usesOfItems(db: Queryable, itemIds: readonly string[]): Promise<Use[]> {
  const { rows } = await db.query({
    name: 'vault.uses-of-items',
    text: `select ${useColumns} from vault.use where item_id = any($1::uuid[]) order by used_at desc`,
    values: [itemIds],
  })
  return rows.map(toUse)
}

/** The items that served a dossier. */
export async function usesOfDossier(db: Queryable, dossierId: string): Promise<Use[]> {
  const { rows } = await db.query({
    name: 'vault.uses-of-dossier',
    text: `select ${useColumns} from vault.use where dossier_id = $1 order by component`,
    values: [dossierId],
  })
  return rows.map(toUse)
}
