import { z } from '@hono/zod-openapi'
import { isRefusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor, Person } from '../identity/index.ts'
import { refusals } from './refusals.ts'
import { ownersOf } from './rights.ts'
import { type Share, ShareInput } from './sharing.ts'
import type { Vault } from './vault.ts'
import { stateOn, trusts, type VaultItem } from './vault-item.ts'
import type { Read, Use } from './vault-store.ts'

interface App {
  vault: Vault
}

const Id = z.object({ id: z.uuid() })
const Instant = z.iso.datetime()

const ItemAnswer = z
  .object({
    id: z.uuid(),
    paperCode: z.string().nullable(),
    name: z.string(),
    number: z.string().nullable(),
    issuedOn: z.string().nullable(),
    validTo: z.string().nullable(),
    issuer: z.string().nullable(),
    trust: z.enum(trusts),
    state: z.enum(['valid', 'expired', 'revoked', 'replaced', 'removed']),
    hidden: z.boolean(),
    replacedBy: z.uuid().nullable(),
    mediaType: z.string(),
    sha256: z.string().nullable(),
    size: z.int().nullable(),
    dossierCode: z.string().nullable(),
    addedAt: Instant,
  })
  .openapi('VaultItem')

function present(item: VaultItem, now: Date): z.infer<typeof ItemAnswer> {
  const { id, paperCode, name, number, issuedOn, validTo, issuer, trust, hidden, replacedBy } = item
  const { mediaType, sha256, size, dossierCode, addedAt } = item
  const state = stateOn(item, dateOfLaw(now))
  const about = { id, paperCode, name, number, issuedOn, validTo, issuer, trust, state, hidden, replacedBy }
  return { ...about, mediaType, sha256, size, dossierCode, addedAt }
}

const ShareAnswer = ShareInput.extend({
  id: z.uuid(),
  itemId: z.uuid(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
}).openapi('VaultShare')

const presentShare = ({
  id,
  itemId,
  withKind,
  withId,
  withName,
  purpose,
  mayUse,
  until,
  createdAt,
  endedAt,
}: Share) => ({
  ...{ id, itemId, withKind, withId, withName, purpose, mayUse, until, createdAt, endedAt },
})

const ReadAnswer = z
  .object({
    itemId: z.uuid(),
    at: Instant,
    how: z.enum(['opened', 'offered', 'downloaded']),
    by: z.object({ kind: z.string(), name: z.string(), place: z.string().nullable() }),
    dossierCode: z.string().nullable(),
    purpose: z.string().nullable(),
  })
  .openapi('VaultRead')

const presentRead = ({ itemId, at, how, actorKind, actorName, place, dossierCode, purpose }: Read) => ({
  ...{ itemId, at, how, dossierCode, purpose },
  by: { kind: actorKind, name: actorName, place },
})

const UseAnswer = z.object({
  dossierCode: z.string(),
  component: z.string(),
  sha256: z.string(),
  trust: z.enum(trusts),
  usedAt: Instant,
})
const presentUse = ({ dossierCode, component, sha256, trust, usedAt }: Use) => ({
  ...{ dossierCode, component, sha256, trust, usedAt },
})

const Whose = z.object({ organisation: z.string().max(60).optional() })

const list = defineRoute<App, Actor, undefined, typeof Whose>({
  method: 'get',
  path: '/vault/items',
  summary: 'Your papers, or those of an organisation that you may act for',
  tag: 'vault',
  access: { person: true },
  query: Whose,
  answer: z.object({ items: z.array(ItemAnswer) }),
  async handle({ app, actor, query, now }) {
    const person = personOf(actor)
    if (!mayAskFor(person, query.organisation)) return refusals.notAMember()
    const items = await app.vault.list(person, query.organisation)
    return { items: items.map((item) => present(item, now)) }
  },
})

const read = defineRoute<App, Actor, typeof Id>({
  method: 'get',
  path: '/vault/items/{id}',
  summary: 'One of your papers with its consents, who read it and which dossiers it served',
  tag: 'vault',
  access: { person: true },
  params: Id,
  answer: z.object({
    item: ItemAnswer,
    shares: z.array(ShareAnswer),
    reads: z.array(ReadAnswer),
    uses: z.array(UseAnswer),
  }),
  async handle({ app, actor, params, now }) {
    const own = await app.vault.own(actor, params.id)
    if (isRefusal(own)) return own
    return {
      item: present(own.item, now),
      shares: own.shares.map(presentShare),
      reads: own.reads.map(presentRead),
      uses: own.uses.map(presentUse),
    }
  },
})

const take = defineRoute<App, Actor, typeof Id>({
  method: 'post',
  path: '/vault/items/{id}/copies',
  summary: 'A file for a filing out of a paper of the vault; name the item with it when you file',
  tag: 'vault',
  access: { person: true },
  params: Id,
  answer: z.object({
    vaultItemId: z.uuid(),
    fileId: z.uuid(),
    sha256: z.string(),
    name: z.string(),
    mediaType: z.string(),
  }),
  status: 201,
  async handle({ app, actor, params }) {
    const taken = await app.vault.take(actor, params.id)
    if (isRefusal(taken)) return taken
    const { fileId, sha256, name, mediaType } = taken.file
    return { vaultItemId: taken.item.id, fileId, sha256, name, mediaType }
  },
})

const remove = defineRoute<App, Actor, typeof Id>({
  method: 'delete',
  path: '/vault/items/{id}',
  summary: 'Remove an own upload; what an authority issued is hidden from offers and not destroyed',
  tag: 'vault',
  access: { person: true },
  params: Id,
  answer: z.object({ became: z.enum(['removed', 'hidden']) }),
  async handle({ app, actor, params }) {
    const became = await app.vault.remove(actor, params.id)
    return isRefusal(became) ? became : { became }
  },
})

const share = defineRoute<App, Actor, typeof Id, undefined, undefined, typeof ShareInput>({
  method: 'post',
  path: '/vault/items/{id}/shares',
  summary: 'Agree that somebody reads a paper, for a purpose and until a day',
  tag: 'vault',
  access: { person: true },
  params: Id,
  body: ShareInput,
  answer: ShareAnswer,
  status: 201,
  async handle({ app, actor, params, body }) {
    const made = await app.vault.share(actor, params.id, body)
    return isRefusal(made) ? made : presentShare(made)
  },
})

const endShare = defineRoute<App, Actor, typeof Id>({
  method: 'delete',
  path: '/vault/shares/{id}',
  summary: 'End a consent at once',
  tag: 'vault',
  access: { person: true },
  params: Id,
  answer: ShareAnswer,
  async handle({ app, actor, params }) {
    const ended = await app.vault.endShare(actor, params.id)
    return isRefusal(ended) ? ended : presentShare(ended)
  },
})

const shared = defineRoute<App, Actor>({
  method: 'get',
  path: '/vault/shared',
  summary: 'Papers that others share with you, your organisations or the authority you work at',
  tag: 'vault',
  access: { person: true, officer: true },
  answer: z.object({ items: z.array(z.object({ item: ItemAnswer, share: ShareAnswer })) }),
  async handle({ app, actor, now }) {
    const found =
      actor.kind === 'officer'
        ? await app.vault.sharedWithOffice(actor)
        : await app.vault.sharedWith(personOf(actor))
    return {
      items: found.map((each) => ({ item: present(each.item, now), share: presentShare(each.share) })),
    }
  },
})

const reads = defineRoute<App, Actor, undefined, typeof Whose>({
  method: 'get',
  path: '/vault/reads',
  summary: 'Who read your papers, the newest first',
  tag: 'vault',
  access: { person: true },
  query: Whose,
  answer: z.object({ items: z.array(ReadAnswer) }),
  async handle({ app, actor, query }) {
    const person = personOf(actor)
    if (!mayAskFor(person, query.organisation)) return refusals.notAMember()
    return { items: (await app.vault.reads(person, query.organisation)).map(presentRead) }
  },
})

const mayAskFor = (person: Person, organisation: string | undefined) =>
  organisation === undefined ||
  ownersOf(person).some((owner) => owner.kind === 'organisation' && owner.code === organisation)

function personOf(actor: Actor): Person {
  if (actor.kind !== 'person') throw new Error('the route lets in signed-in people only')
  return actor
}

/** The REST routes of this module; content is downloaded at `/kho/giay/<id>`. */
export const vaultRoutes = [list, read, take, remove, share, endShare, shared, reads]
