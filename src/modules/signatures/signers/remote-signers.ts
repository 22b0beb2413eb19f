import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '../../../kernel/db.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { type ChangedBy, changeSigner } from '../administration.ts'
import { type Certificate, readCertificate } from '../cms/certificate.ts'
import { checkOwnSignature } from '../cms/raw-signature.ts'
import { checkChain } from '../pades/check-chain.ts'
import { isForSigning } from '../pades/verify-pdf.ts'
import { refusals } from '../refusals.ts'
import {
  addSigner,
  findSignerRow,
  type Owner,
  recordAct,
  type SignerRow,
  signersOf,
} from '../signatures-store.ts'
import type { Authorisation, RevocationSource, Signer, ToSign, TrustedAuthority } from '../types.ts'
import type { CscClient, CscCredential } from './csc-signer.ts'

export interface RemoteParts {
  db: Db
  clients: ReadonlyMap<string, CscClient>
  trusted(): Promise<readonly TrustedAuthority[]>
  revocation: RevocationSource
  findSigner(id: string): Promise<Outcome<Signer>>
  now(): Date
}

/** Why a certificate at a service cannot be signed by; each has words in the messages `signatures.unusable.*`. */
export type Unusable =
  | 'disabled'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'not-for-signing'
  | 'unknown-issuer'

/** A certificate that a service holds, as somebody who attaches it has to see it. */
export interface RemoteCredential {
  id: string
  name: string
  organisation: string | null
  issuer: string
  serial: string
  from: string
  to: string
  /** What opens its key. */
  needs: CscCredential['needs']
  unusable: Unusable | null
}

const mostCredentials = 20

/** The certificates that a service holds for somebody, each with whether one can sign by it. */
export async function remoteCredentials(
  parts: RemoteParts,
  { service, userId }: { service: string; userId: string },
): Promise<Outcome<RemoteCredential[]>> {
  const client = parts.clients.get(service)
  if (!client) return refusals.noSuchService()
  const ids = await client.credentials(userId)
  if (isRefusal(ids)) return ids
  const found: RemoteCredential[] = []
  for (const id of ids.slice(0, mostCredentials)) {
    const credential = await client.credential(id)
    if (isRefusal(credential)) return credential
    found.push(await described(parts, id, credential))
  }
  return found
}

async function described(
  parts: RemoteParts,
  id: string,
  credential: CscCredential,
): Promise<RemoteCredential> {
  const certificate = readCertificate(credential.chain[0]!)
  const { commonName, organisation, issuerName, serial, from, to } = certificate
  return {
    ...{ id, name: commonName, organisation: organisation ?? null, issuer: issuerName, serial },
    ...{ from: from.toISOString(), to: to.toISOString(), needs: credential.needs },
    unusable: await whyUnusable(parts, certificate, credential),
  }
}

async function whyUnusable(
  { trusted, revocation, now }: RemoteParts,
  leaf: Certificate,
  { isEnabled, chain }: CscCredential,
): Promise<Unusable | null> {
  if (!isForSigning(leaf)) return 'not-for-signing'
  const found = await checkChain({
    ...{ leaf, pool: chain.map(readCertificate), trusted: await trusted(), revocation },
    ...{ material: { certificates: [], ocsps: [], crls: [] }, at: now(), isProven: false, now: now() },
  })
  if (found.state !== 'trusted') return found.state
  return isEnabled ? null : 'disabled'
}

/**
 * Attaches a certificate of a remote service to its owner, and writes down who did. Nothing is signed by it before a
 * test signature was made: whoever lets it be made knows what opens the key. Refuses what could not sign, a certificate
 * that somebody else signs by, and a second one.
 */
export async function attachRemote(
  parts: RemoteParts,
  owner: Owner,
  { service, credentialId, by }: { service: string; credentialId: string; by: ChangedBy },
): Promise<Outcome<SignerRow>> {
  const { db, clients, now } = parts
  const client = clients.get(service)
  if (!client) return refusals.noSuchService()
  const credential = await client.credential(credentialId)
  if (isRefusal(credential)) return credential
  const { name, serial, unusable } = await described(parts, credentialId, credential)
  if (unusable) return refusals.notUsable({ why: unusable })
  if ((await signersOf(db, owner)).some(({ kind }) => kind === 'csc')) return refusals.remoteAlready()
  if (await isTaken(db, credential.chain[0]!)) return refusals.certificateTaken()
  const settings = { service, credentialId, needs: credential.needs }
  const id = newId(now().getTime())
  const certificates = credential.chain
  const row = await addSigner(db, { id, owner, label: name, kind: 'csc', certificates, settings }, now())
  if (row.id !== id) return refusals.remoteAlready()
  await inTransaction(db, (tx) =>
    recordAct(tx, { subject: id, act: 'added', details: { service, credentialId, serial }, ...by }, now()),
  )
  return row
}

async function isTaken(db: Db, certificate: Uint8Array): Promise<boolean> {
  const { rows } = await db.pool.query(
    "select 1 from signatures.signer where certificates[1] = $1 and state <> 'ended' limit 1",
    [Buffer.from(certificate)],
  )
  return rows.length > 0
}

/**
 * Signs a few words that mean nothing and checks what came back. A wrong PIN takes a try away as in earnest; once it
 * went well papers can be signed by this means.
 */
export async function tryRemote(
  parts: RemoteParts,
  { signerId, authorisation, by }: { signerId: string; authorisation: Authorisation; by: ChangedBy },
): Promise<Outcome<void>> {
  const row = await findSignerRow(parts.db, signerId)
  const signer = row?.kind === 'csc' ? await parts.findSigner(signerId) : refusals.noSuchSigner()
  if (isRefusal(signer)) return signer
  const wanted = aTest()
  const signed = await signer.sign([wanted], authorisation, newId(parts.now().getTime()))
  if (isRefusal(signed)) return signed
  const { publicKey } = readCertificate(row!.certificates[0]!)
  if (!signed[0] || !checkOwnSignature(publicKey, wanted.bytes, signed[0]))
    return refusals.providerRefused({ provider: signer.label, why: 'wrong-signature' })
  return changeSigner(parts.db, { id: signerId, act: 'tried', by }, parts.now())
}

function aTest(): ToSign {
  const bytes = Buffer.concat([Buffer.from('Một Cửa: ký thử '), randomBytes(16)])
  return { bytes, sha256: createHash('sha256').update(bytes).digest() }
}
