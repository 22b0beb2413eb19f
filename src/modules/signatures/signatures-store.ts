import { createHash } from 'node:crypto'
import type { Db, Queryable } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { readCertificate } from './cms/certificate.ts'
import type { Requests } from './door.ts'
import type { Evidence, SignatureReport, SignerKind, TrustedAuthority } from './types.ts'

export interface Owner {
  kind: 'officer' | 'authority'
  /** Id of the officer, code of the authority. */
  id: string
}

export interface SignerRow {
  id: string
  owner: Owner
  label: string
  kind: SignerKind
  certificates: Uint8Array[]
  validFrom: string
  validTo: string
  state: 'active' | 'locked' | 'ended'
  settings: Record<string, unknown>
  wrongPins: number
}

const columns =
  'id, owner_kind, owner_id, label, kind, certificates, valid_from, valid_to, state, settings, wrong_pins'

// biome-ignore lint/suspicious/noExplicitAny: one row as pg gives it
const toSigner = (row: any): SignerRow => ({
  id: row.id,
  owner: { kind: row.owner_kind, id: row.owner_id },
  label: row.label,
  kind: row.kind,
  certificates: row.certificates,
  validFrom: row.valid_from.toISOString(),
  validTo: row.valid_to.toISOString(),
  state: row.state,
  settings: row.settings,
  wrongPins: row.wrong_pins,
})

export async function findSignerRow(db: Db, id: string): Promise<SignerRow | undefined> {
  const { rows } = await db.pool.query(`select ${columns} from signatures.signer where id = $1`, [id])
  return rows[0] && toSigner(rows[0])
}

/** The means of signing that an owner has now, newest first. */
export async function signersOf(db: Db, owner: Owner): Promise<SignerRow[]> {
  const { rows } = await db.pool.query(
    `select ${columns} from signatures.signer
     where owner_kind = $1 and owner_id = $2 and state <> 'ended' order by added_at desc`,
    [owner.kind, owner.id],
  )
  return rows.map(toSigner)
}

/** Every means of signing of some owners, those that ended as well. */
export async function everySignerOf(db: Db, owners: readonly Owner[]): Promise<SignerRow[]> {
  const { rows } = await db.pool.query(
    `select ${columns} from signatures.signer
     where (owner_kind, owner_id) in (select * from unnest($1::text[], $2::text[]))
     order by state = 'ended', added_at desc`,
    [owners.map(({ kind }) => kind), owners.map(({ id }) => id)],
  )
  return rows.map(toSigner)
}

/** Adds a means of signing; gives the one that was added meanwhile if somebody was quicker. */
export async function addSigner(
  db: Db,
  signer: Pick<SignerRow, 'id' | 'owner' | 'label' | 'kind' | 'certificates'> & { settings?: object },
  now: Date,
): Promise<SignerRow> {
  const { from, to } = readCertificate(signer.certificates[0]!)
  const { rows } = await db.pool.query(
    `insert into signatures.signer
       (id, owner_kind, owner_id, label, kind, certificates, valid_from, valid_to, settings, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (owner_kind, owner_id, kind) where state <> 'ended' do nothing
     returning ${columns}`,
    [
      ...[signer.id, signer.owner.kind, signer.owner.id, signer.label, signer.kind],
      ...[signer.certificates.map((der) => Buffer.from(der)), from, to, signer.settings ?? {}, now],
    ],
  )
  if (rows[0]) return toSigner(rows[0])
  const known = (await signersOf(db, signer.owner)).find(({ kind }) => kind === signer.kind)
  return known ?? addSigner(db, signer, now)
}

/** Ends a means of signing; its requests and evidence stay. */
export async function endSigner(db: Db, id: string, now: Date): Promise<void> {
  await db.pool.query(
    "update signatures.signer set state = 'ended', ended_at = $2 where id = $1 and state <> 'ended'",
    [id, now],
  )
}

/**
 * Takes a try of a PIN before the PIN is looked at, so that tries at the same moment are counted as well; the last
 * one locks. Undefined when it is locked or ended.
 */
export async function takePinTry(db: Db, id: string, most: number): Promise<{ left: number } | undefined> {
  const { rows } = await db.pool.query(
    `update signatures.signer set wrong_pins = wrong_pins + 1
     where id = $1 and state = 'active' and wrong_pins < $2 returning wrong_pins`,
    [id, most],
  )
  return rows[0] && { left: most - rows[0].wrong_pins }
}

export async function rightPin(db: Db, id: string): Promise<void> {
  await db.pool.query("update signatures.signer set wrong_pins = 0 where id = $1 and state = 'active'", [id])
}

/** Gives one try back whose PIN nobody looked at: what was wrong before stays counted. */
export async function givePinTryBack(db: Db, id: string): Promise<void> {
  await db.pool.query(
    "update signatures.signer set wrong_pins = wrong_pins - 1 where id = $1 and state = 'active' and wrong_pins > 0",
    [id],
  )
}

export async function lockSigner(db: Db, id: string): Promise<void> {
  await db.pool.query("update signatures.signer set state = 'locked' where id = $1 and state = 'active'", [
    id,
  ])
}

/** Lets a locked signer sign again, once somebody made sure who asks. */
export async function unlockSigner(db: Db, id: string): Promise<void> {
  await db.pool.query(
    "update signatures.signer set state = 'active', wrong_pins = 0 where id = $1 and state = 'locked'",
    [id],
  )
}

/** One change to a means of signing or to the trust list: who, what, when. */
export interface SignerAct {
  /** Id of the means of signing, or SHA-256 of the trusted certificate. */
  subject: string
  act: 'added' | 'tried' | 'chosen' | 'image' | 'locked' | 'unlocked' | 'ended' | 'trusted' | 'trust-ended'
  details: Record<string, string>
  officerId: string
  name: string
  at: string
}

export async function recordAct(db: Queryable, act: Omit<SignerAct, 'at'>, now: Date): Promise<void> {
  await db.query(
    `insert into signatures.change (id, subject, act, details, officer_id, name, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(now.getTime()), act.subject, act.act, act.details, act.officerId, act.name, now],
  )
}

/** What was changed about these, newest first. */
export async function actsOn(db: Db, subjects: readonly string[], most = 50): Promise<SignerAct[]> {
  const { rows } = await db.pool.query(
    `select subject, act, details, officer_id, name, at from signatures.change
     where subject = any($1) order by at desc, id desc limit $2`,
    [subjects, most],
  )
  return rows.map(({ officer_id, at, ...row }) => ({ ...row, officerId: officer_id, at: at.toISOString() }))
}

/** Requests remembered in the database. */
export function requestsIn(db: Db): Requests {
  return {
    async open(ids, signerId, now) {
      const { rows } = await db.pool.query(
        `with wanted as (select id from unnest($1::text[]) id),
              opened as (
                insert into signatures.signing_request (id, signer_id, asked_at)
                select id, $2, $3 from wanted order by id
                on conflict (id) do update set signer_id = signatures.signing_request.signer_id
                returning id, signer_id, sha256, signature, asked_at)
         select * from opened`,
        [ids, signerId, now],
      )
      const known = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => {
        const row = known.get(id)
        // Somebody else's request is no request of this signer: a hash that never fits refuses it.
        const sha256 = row.signer_id === signerId ? row.sha256 : Buffer.alloc(1)
        return { askedAt: row.asked_at, sha256, signature: row.signature }
      })
    },
    async asking(requests) {
      await db.pool.query(
        `update signatures.signing_request r set sha256 = n.sha256
         from unnest($1::text[], $2::bytea[]) as n(id, sha256) where r.id = n.id`,
        [requests.map(({ id }) => id), requests.map(({ sha256 }) => Buffer.from(sha256))],
      )
    },
    async answered(requests, now) {
      await db.pool.query(
        `update signatures.signing_request r set signature = n.signature, answered_at = $3
         from unnest($1::text[], $2::bytea[]) as n(id, signature) where r.id = n.id and r.signature is null`,
        [requests.map(({ id }) => id), requests.map(({ signature }) => Buffer.from(signature)), now],
      )
    },
  }
}

/** Keeps what was found; rows are only ever added. */
export async function keepEvidence(
  db: Queryable,
  found: { made: Evidence } | { checked: SignatureReport },
): Promise<string> {
  const id = newId()
  const [kind, value, at] =
    'made' in found
      ? (['made', found.made, found.made.signedAt] as const)
      : (['checked', found.checked, found.checked.checkedAt] as const)
  await db.query(
    'insert into signatures.evidence (id, sha256, kind, found, found_at) values ($1, $2, $3, $4, $5)',
    [id, Buffer.from(value.sha256, 'hex'), kind, value, at],
  )
  return id
}

/** What was found of a content, newest first. */
export async function evidenceOf(
  db: Db,
  sha256: string,
): Promise<({ id: string; at: string } & ({ made: Evidence } | { checked: SignatureReport }))[]> {
  const { rows } = await db.pool.query(
    `select id, kind, found, found_at from signatures.evidence where sha256 = $1 order by found_at desc, id desc`,
    [Buffer.from(sha256, 'hex')],
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.found_at.toISOString(),
    ...(row.kind === 'made' ? { made: row.found } : { checked: row.found }),
  }))
}

/** Authorities that are believed, whatever their days; a check looks at the days. */
export async function trustedAuthorities(db: Db): Promise<TrustedAuthority[]> {
  const { rows } = await db.pool.query(
    'select name, certificate, valid_from, valid_to from signatures.trusted_authority order by name',
  )
  return rows.map((row) => ({
    name: row.name,
    certificate: row.certificate,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

/** Believes an authority from a day on; the same certificate again changes its days and name. */
export async function trustAuthority(
  db: Queryable,
  authority: TrustedAuthority & { addedBy: string },
  now: Date,
): Promise<void> {
  await db.query(
    `insert into signatures.trusted_authority (sha256, name, certificate, valid_from, valid_to, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (sha256) do update set name = excluded.name, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [
      createHash('sha256').update(authority.certificate).digest(),
      ...[authority.name, Buffer.from(authority.certificate), authority.validFrom, authority.validTo],
      ...[authority.addedBy, now],
    ],
  )
}
