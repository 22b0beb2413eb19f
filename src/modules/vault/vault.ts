import type { Readable } from 'node:stream'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
import { newId } from '../../kernel/ids.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findAuthority } from '../directory/index.ts'
import {
  findDocumentById,
  findFiles,
  type IssuedDocument,
  type OpenedFile,
  openDocument,
  openFile,
  referToDocument,
  referToFile,
  type StoredFile,
} from '../documents/index.ts'
import type { Actor, Officer, Person } from '../identity/index.ts'
import type { CheckDoor } from '../signatures/index.ts'
import { checkItem, type ItemCheck } from './check-item.ts'
import { keepItem } from './keep-item.ts'
import { findPaperKind } from './paper-kinds.ts'
import { refusals } from './refusals.ts'
import { type Ground, groundFor, mayManage, ownersOf } from './rights.ts'
import { longestShareDays, type Share, ShareInput } from './sharing.ts'
import { type Owner, stateOn, type VaultItem } from './vault-item.ts'
import {
  copyMark,
  enter,
  fillContent,
  findItem,
  findShare,
  insertReads,
  insertShare,
  itemsOf,
  markRemoved,
  markShareEnded,
  putBack,
  type Read,
  type Removal,
  readsOf,
  removalOf,
  setHidden,
  sharesOf,
  sharesWith,
  usesOfItems,
} from './vault-store.ts'
import { entryName, textEntry, type ZipEntry, zipStream } from './zip-stream.ts'

export interface VaultParts {
  db: Db
  files: Files
  now(): Date
  /** Whom signatures are believed from; without it nobody looks at them. */
  check?: CheckDoor
  /** Lays out an issued paper that nobody has opened yet; undefined when its act is no more. */
  issue(item: VaultItem): Promise<Outcome<IssuedDocument> | undefined>
  /** Whether a dossier concerns the officer, is open and uses the item. */
  usedIn(officer: Officer, dossierCode: string, itemId: string): Promise<boolean>
}

/** An item with everything its owner may see about it. */
export interface OwnItem {
  item: VaultItem
  shares: Share[]
  reads: Read[]
  uses: Awaited<ReturnType<typeof usesOfItems>>
  document: IssuedDocument | undefined
  /** The file of its content, where it has one of its own. */
  file: StoredFile | undefined
  /** That its owner removed it, and what became of its content. */
  removal: Removal | undefined
}

/** A picture to look at, or the PDF/A that was made of an upload; otherwise the file as it came. */
interface Form {
  view?: boolean
  paper?: boolean
}

export interface Upload {
  name: string
  paperCode: string | null
  number: string | null
  issuer: string | null
  issuedOn: string | null
  validTo: string | null
}

/** The use cases of the vault, bound to one database. Whoever may not see an item is told that it does not exist. */
export function createVault(parts: VaultParts) {
  const { db, files } = parts
  const today = () => dateOfLaw(parts.now())

  /** The item as it stands: an issued paper is laid out now, if nobody opened it before. */
  async function withContent(
    item: VaultItem,
  ): Promise<Outcome<{ item: VaultItem; document?: IssuedDocument }>> {
    if (item.trust !== 'issued' || (item.sha256 !== null && item.documentId === null)) return { item }
    const known = item.documentId === null ? undefined : await findDocumentById(db.pool, item.documentId)
    if (known) return { item, document: known }
    const document = await parts.issue(item)
    if (document === undefined) return refusals.contentGone({ name: item.name })
    if (isRefusal(document)) return document
    const { sha256, size, number, id } = document
    await fillContent(db.pool, item.origin, { sha256, size, number, documentId: id })
    return { item: { ...item, sha256, size, number, documentId: id }, document }
  }

  async function contentOf(item: VaultItem, form: Form = {}): Promise<Outcome<OpenedFile>> {
    const filled = await withContent(item)
    if (isRefusal(filled)) return filled
    if (filled.document) return openDocument(files, filled.document, db.pool)
    if (item.state === 'removed' || item.fileId === null) return refusals.contentGone({ name: item.name })
    return openFile({ db: db.pool, files }, item.fileId, form)
  }

  async function groundOf(actor: Actor, item: VaultItem, dossierCode?: string): Promise<Ground | undefined> {
    const shares = await sharesOf(db.pool, [item.id])
    const used =
      dossierCode !== undefined &&
      actor.kind === 'officer' &&
      (await parts.usedIn(actor, dossierCode, item.id))
    return groundFor(actor, item, { shares, today: today(), dossier: used ? dossierCode : undefined })
  }

  async function managed(actor: Actor, id: string): Promise<Outcome<VaultItem>> {
    const item = await findItem(db.pool, id)
    return item !== undefined && mayManage(actor, item) ? item : refusals.notFound()
  }

  const owned = (person: Person, code?: string): Owner[] => {
    const owners = ownersOf(person)
    return code === undefined
      ? owners.filter(({ kind }) => kind === 'person')
      : owners.filter((owner) => owner.kind === 'organisation' && owner.code === code)
  }

  return {
    /** Papers of the person, or of an organisation that they may act for; an organisation of others has none. */
    list: async (person: Person, organisation?: string): Promise<VaultItem[]> =>
      itemsOf(db.pool, owned(person, organisation)),

    /** Papers that others share with the person or their organisations. */
    async sharedWith(person: Person): Promise<{ share: Share; item: VaultItem }[]> {
      const receivers = ownersOf(person).flatMap((owner) =>
        owner.kind === 'organisation'
          ? [`organisation:${owner.code}`]
          : owner.personalId
            ? [`person:${owner.personalId}`]
            : [],
      )
      return withItems(await sharesWith(db.pool, receivers, today()))
    },

    /** Papers that people share with the authorities an officer works at. */
    sharedWithOffice: async (officer: Officer) => {
      const found = await withItems(await sharesWith(db.pool, officesOf(officer), today()))
      const shares = found.map(({ share }) => share)
      return found.filter(({ item }) => groundFor(officer, item, { shares, today: today() }))
    },

    /** How many there are, without looking at them. */
    countSharedWithOffice: async (officer: Officer): Promise<number> =>
      (await sharesWith(db.pool, officesOf(officer), today())).length,

    /** One item for whoever may manage it, with its consents and everybody who read it. */
    async own(actor: Actor, id: string): Promise<Outcome<OwnItem>> {
      const item = await managed(actor, id)
      if (isRefusal(item)) return item
      const [shares, reads, uses, document, [file], removal] = await Promise.all([
        sharesOf(db.pool, [id]),
        readsOf(db.pool, [id]),
        usesOfItems(db.pool, [id]),
        item.documentId ? findDocumentById(db.pool, item.documentId) : undefined,
        item.fileId ? findFiles(db.pool, [item.fileId]) : [],
        item.state === 'removed' ? removalOf(db.pool, id) : undefined,
      ])
      return { item, shares, reads, uses, document, file, removal }
    },

    /** What the signatures on a paper are worth today, for whoever may manage it; no reading, a machine looks. */
    async check(actor: Actor, id: string): Promise<ItemCheck | undefined> {
      const item = await managed(actor, id)
      if (isRefusal(item) || parts.check === undefined || item.state === 'removed') return undefined
      return checkItem({ db, check: parts.check, now: parts.now() }, item, () => contentOf(item))
    },

    /** Everything that was read of an owner's papers. */
    async reads(person: Person, organisation?: string): Promise<Read[]> {
      const items = await itemsOf(db.pool, owned(person, organisation))
      return readsOf(
        db.pool,
        items.map(({ id }) => id),
      )
    },

    /** Opens the content for whoever has a ground to, and writes that down for the owner. */
    async open(
      actor: Actor,
      id: string,
      { dossierCode, ...form }: { dossierCode?: string | undefined } & Form = {},
    ): Promise<Outcome<OpenedFile>> {
      const item = await findItem(db.pool, id)
      const ground = item && (await groundOf(actor, item, dossierCode))
      if (!item || !ground) return refusals.notFound()
      // Whom it is shared with reads what counts; the owner may look at what counted once.
      const state = stateOn(item, today())
      if (ground.by === 'share' && state !== 'valid') return refusals.notValid({ name: item.name, state })
      const opened = await contentOf(item, form)
      if (isRefusal(opened)) return opened
      await insertReads(db.pool, [readBy(actor, item, 'opened', ground, parts.now())])
      return opened
    },

    /** Whether somebody may read an item now, outside any dossier: a copy opens no longer than the item itself. */
    async mayRead(actor: Actor, id: string): Promise<boolean> {
      const item = await findItem(db.pool, id)
      return item !== undefined && (await groundOf(actor, item)) !== undefined
    },

    /** Notes for the owner that somebody opened the copy that a dossier holds. */
    async noteRead(actor: Actor, id: string, dossierCode: string | null): Promise<void> {
      const item = await findItem(db.pool, id)
      if (item === undefined || actor.kind === 'anonymous') return
      const ground = dossierCode === null ? undefined : ({ by: 'dossier', code: dossierCode } as const)
      await insertReads(db.pool, [readBy(actor, item, 'opened', ground, parts.now())])
    },

    /**
     * Makes a file of its own out of an item, for a filing of whoever may use it: the owner, a member of the
     * organisation, or somebody it is shared with for that. Refuses what is not valid any more.
     */
    async take(actor: Actor, id: string): Promise<Outcome<{ item: VaultItem; file: StoredFile }>> {
      const found = await findItem(db.pool, id)
      const ground = found && (await groundOf(actor, found))
      if (!found || !ground || (ground.by === 'share' && !ground.mayUse) || actor.kind !== 'person')
        return refusals.notFound()
      return copy(found, { kind: 'person', id: actor.personId })
    },

    /** The same for an officer at a counter, who has the owner before them. */
    async takeAtCounter(
      officer: Officer,
      personalId: string,
      id: string,
    ): Promise<Outcome<{ item: VaultItem; file: StoredFile }>> {
      const found = await findItem(db.pool, id)
      if (!found || !isReception(officer) || found.personalId !== personalId) return refusals.notFound()
      return copy(found, { kind: 'officer', id: officer.officerId })
    },

    /**
     * First step of digitising (TT 01/2023/TT-VPCP): what the vault of the person at the counter has of the papers
     * asked for. The person sees that it was looked up. Names and dates only: content opens with the dossier.
     */
    async checkAtCounter(
      officer: Officer,
      personalId: string,
      codes: readonly string[],
    ): Promise<VaultItem[]> {
      if (!isReception(officer) || !/^\d{12}$/.test(personalId) || codes.length === 0) return []
      const owner = { kind: 'person', personId: null, personalId } as const
      const items = (await itemsOf(db.pool, [owner], { codes })).filter(
        (item) => !item.hidden && stateOn(item, today()) === 'valid',
      )
      // The page is drawn again with every answer: that is one look-up.
      const now = parts.now()
      const lately = new Date(now.getTime() - oneVisitMs).toISOString()
      const ids = items.map(({ id }) => id)
      const told = (await readsOf(db.pool, ids)).filter(
        ({ how, actorId, at }) => how === 'offered' && actorId === officer.officerId && at >= lately,
      )
      const untold = items.filter(({ id }) => told.every(({ itemId }) => itemId !== id))
      await insertReads(
        db.pool,
        untold.map((item) => readBy(officer, item, 'offered', undefined, now)),
      )
      return items
    },

    /** Keeps a file that a person uploads for themselves or for an organisation. */
    async keepUpload(
      person: Person,
      file: StoredFile,
      upload: Upload,
      organisation?: string,
    ): Promise<Outcome<{ id: string; isNew: boolean }>> {
      const [owner] = owned(person, organisation)
      if (owner === undefined) return refusals.notAMember()
      const kept = await keepItem(db.pool, {
        ...upload,
        owner,
        trust: 'own-upload',
        sha256: file.sha256,
        size: file.size,
        mediaType: file.mediaType,
        fileId: file.fileId,
        addedAt: parts.now(),
      })
      if (kept.isNew) return kept
      const now = parts.now()
      await inTransaction(db, async (tx) => {
        if (!(await putBack(tx, kept.id, file.fileId))) return
        const by = { kind: 'person', id: person.personId } as const
        await enter(tx, kept.id, { kind: 'vault.put-back', data: {}, actor: by, at: now })
      })
      return kept
    },

    /**
     * Takes an own upload away for good, its content as well unless a dossier holds it; a paper that an authority issued
     * or signed is only hidden from offers, because it is not the owner's to destroy. Consents for it end.
     */
    async remove(actor: Actor, id: string): Promise<Outcome<'removed' | 'hidden'>> {
      const item = await managed(actor, id)
      if (isRefusal(item)) return item
      const now = parts.now()
      for (const share of await sharesOf(db.pool, [id]))
        if (share.endedAt === null) await markShareEnded(db.pool, share.id, now)
      if (item.trust !== 'own-upload') {
        await setHidden(db.pool, id, now)
        return 'hidden'
      }
      await inTransaction(db, async (tx) => {
        if (!(await markRemoved(tx, id, now))) return
        const by = { kind: 'person', id: actor.kind === 'person' ? actor.personId : '' } as const
        await enter(tx, id, { kind: 'vault.removed', data: {}, actor: by, at: now })
      })
      return 'removed'
    },

    /** Offers a hidden paper again. */
    async show(actor: Actor, id: string): Promise<Outcome<VaultItem>> {
      const item = await managed(actor, id)
      if (isRefusal(item)) return item
      await setHidden(db.pool, id, null)
      return { ...item, hidden: false }
    },

    /** Lets somebody read a paper until a day, for a stated purpose. Refuses unknown receivers and too long spans. */
    async share(actor: Actor, id: string, raw: unknown): Promise<Outcome<Share>> {
      const item = await managed(actor, id)
      if (isRefusal(item)) return item
      const parsed = ShareInput.safeParse(raw)
      if (!parsed.success)
        return refusals.invalidInput({
          fields: [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))],
        })
      const state = stateOn(item, today())
      if (state !== 'valid') return refusals.notValid({ name: item.name, state })
      const input = parsed.data
      if (input.until < today()) return refusals.untilPast({ until: input.until })
      const latest = Temporal.PlainDate.from(today()).add({ days: longestShareDays }).toString()
      if (input.until > latest) return refusals.untilTooFar({ latest })
      const withName = await receiverName(input)
      if (withName === undefined) return refusals.unknownReceiver({ withId: input.withId })
      const now = parts.now()
      const share: Share = {
        ...input,
        withName,
        id: newId(now.getTime()),
        itemId: id,
        createdAt: now.toISOString(),
        createdBy: actor.kind === 'person' ? actor.personId : '',
        endedAt: null,
      }
      await insertShare(db.pool, share)
      return share
    },

    /** Ends a consent at once. */
    async endShare(actor: Actor, shareId: string): Promise<Outcome<Share>> {
      const share = await findShare(db.pool, shareId)
      const item = share && (await findItem(db.pool, share.itemId))
      if (!share || !item || !mayManage(actor, item)) return refusals.notFound()
      const now = parts.now()
      if (!(await markShareEnded(db.pool, shareId, now))) return refusals.shareEnded()
      return { ...share, endedAt: now.toISOString() }
    },

    /** Everything that is there as one archive, with a list and the hashes. Each paper counts as read by the person. */
    async download(person: Person, organisation?: string): Promise<Readable> {
      const now = parts.now()
      const items = (await itemsOf(db.pool, owned(person, organisation))).filter(
        ({ state }) => state !== 'removed',
      )
      const entries: ZipEntry[] = []
      const list: object[] = []
      const sums: string[] = []
      for (const [i, item] of items.entries())
        entries.push({
          name: entryName(i + 1, item.name, extensions[item.mediaType] ?? 'bin'),
          open: async () => {
            const opened = await contentOf(item)
            if (isRefusal(opened)) return noContent(list, item, opened.code)
            const file = entryName(i + 1, item.name, extensions[item.mediaType] ?? 'bin')
            list.push({
              ...described(item, dateOfLaw(now)),
              file,
              sha256: opened.sha256,
              size: opened.size ?? null,
            })
            sums.push(`${opened.sha256}  ${file}\n`)
            await insertReads(db.pool, [readBy(person, item, 'downloaded', undefined, parts.now())])
            return opened.stream
          },
        })
      const manifest = () => JSON.stringify({ madeAt: now.toISOString(), items: list }, null, 2)
      return zipStream(
        [...entries, textEntry('manifest.json', manifest), textEntry('SHA256SUMS', () => sums.join(''))],
        now,
      )
    },
  }

  async function withItems(shares: readonly Share[]): Promise<{ share: Share; item: VaultItem }[]> {
    const found = await Promise.all(shares.map(({ itemId }) => findItem(db.pool, itemId)))
    return shares.flatMap((share, i) => {
      const item = found[i]
      return item && stateOn(item, today()) === 'valid' ? [{ share, item }] : []
    })
  }

  async function copy(found: VaultItem, owner: { kind: 'person' | 'officer'; id: string }) {
    const state = stateOn(found, today())
    if (state !== 'valid' || found.hidden) return refusals.notValid({ name: found.name, state })
    const filled = await withContent(found)
    if (isRefusal(filled)) return filled
    const { item, document } = filled
    // Whoever revoked the paper itself may be ahead of the news of it.
    if (document && document.status !== 'valid')
      return refusals.notValid({ name: item.name, state: document.status })
    const reference = { owner, purpose: `${copyMark}${item.id}`, now: parts.now() }
    const file = document
      ? await referToDocument(db.pool, { ...document, title: item.name }, reference)
      : item.fileId === null
        ? refusals.contentGone({ name: item.name })
        : await referToFile(db.pool, item.fileId, reference)
    return isRefusal(file) ? file : { item, file }
  }

  // The name of an authority is ours to know; of others the owner says whom they mean.
  async function receiverName({ withKind, withId, withName }: ShareInput): Promise<string | undefined> {
    if (withKind === 'authority') return (await findAuthority(db, withId))?.name
    return withKind === 'person' && !/^\d{12}$/.test(withId) ? undefined : withName
  }
}

export type Vault = ReturnType<typeof createVault>

/** The item that a file is a copy of, by what the file is for; undefined for every other file. */
export const copiedItem = (purpose: string): string | undefined =>
  purpose.startsWith(copyMark) ? purpose.slice(copyMark.length) : undefined

/** Where an officer does the work of an office; who only keeps the machines running there reads nothing. */
const officesOf = ({ posts }: Officer) =>
  posts
    .filter(({ roles }) => roles.some((role) => role !== 'admin'))
    .map(({ authorityCode }) => `authority:${authorityCode}`)

/** One person stays at a counter no longer than this. */
const oneVisitMs = 30 * 60_000

const isReception = ({ posts }: Officer) => posts.some(({ roles }) => roles.includes('reception'))

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/tiff': 'tif',
  'image/heic': 'heic',
  'text/plain': 'txt',
}

async function noContent(list: object[], item: VaultItem, code: string): Promise<AsyncIterable<Uint8Array>> {
  list.push({ ...described(item, ''), file: null, problem: code })
  return (async function* () {})()
}

/** What the list of an archive says of an item. */
const described = (item: VaultItem, today: string) => ({
  name: item.name,
  kind: findPaperKind(item.paperCode)?.name ?? null,
  paperCode: item.paperCode,
  number: item.number,
  issuedOn: item.issuedOn,
  validTo: item.validTo,
  issuer: item.issuer,
  trust: item.trust,
  state: stateOn(item, today),
  dossierCode: item.dossierCode,
})

function readBy(
  actor: Exclude<Actor, { kind: 'anonymous' }>,
  item: VaultItem,
  how: Read['how'],
  ground: Ground | undefined,
  now: Date,
): Read
function readBy(actor: Actor, item: VaultItem, how: Read['how'], ground: Ground | undefined, now: Date): Read
function readBy(
  actor: Actor,
  item: VaultItem,
  how: Read['how'],
  ground: Ground | undefined,
  now: Date,
): Read {
  const who =
    actor.kind === 'person'
      ? { actorId: actor.personId, actorName: actor.name, place: null }
      : actor.kind === 'officer'
        ? { actorId: actor.officerId, actorName: actor.name, place: actor.posts[0]?.authorityCode ?? null }
        : { actorId: actor.kind === 'system' ? actor.clientId : '', actorName: '', place: null }
  return {
    ...who,
    itemId: item.id,
    at: now.toISOString(),
    how,
    actorKind: actor.kind === 'anonymous' ? 'system' : actor.kind,
    dossierCode: ground?.by === 'dossier' ? ground.code : null,
    shareId: ground?.by === 'share' ? ground.shareId : null,
    purpose: ground?.by === 'share' ? ground.purpose : null,
  }
}
