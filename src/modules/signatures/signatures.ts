import { join } from 'node:path'
import type { Db } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { SignatureDoor } from './door.ts'
import {
  type DemonstrationAuthority,
  type KeyType,
  newKeys,
  openDemonstrationAuthority,
} from './pki/demonstration-authority.ts'
import { refusals } from './refusals.ts'
import {
  addSigner,
  findSignerRow,
  keepEvidence,
  type Owner,
  requestsIn,
  type SignerRow,
  signersOf,
  trustedAuthorities,
} from './signatures-store.ts'
import { type KeyFolder, keepKeyFile, keyFileSigner } from './signers/key-file-signer.ts'
import type { Signer, TrustedAuthority } from './types.ts'

export interface SignaturesParts {
  db: Db
  dataDir: string
  /** Key of the installation. */
  secret: string
  baseUrl: string
  demonstration: boolean
  now(): Date
}

/** The PIN of every key that the demonstration makes; its pages say so. */
export const demonstrationPin = '2580'

/** Signatures of an installation: the door that signing and checking need, and who can sign. */
export interface Signatures extends SignatureDoor {
  db: Db
  /** Authorities of the demonstration; undefined where signatures are real. */
  authority: DemonstrationAuthority | undefined
  signersOf(owner: Owner): Promise<SignerRow[]>
  /** The means of signing of an owner. A demonstration makes one where there is none; elsewhere it may be undefined. */
  signerFor(owner: Owner & SignerNames): Promise<SignerRow | undefined>
}

export interface SignerNames {
  name: string
  organisation?: string
  title?: string
  keyType?: KeyType
}

const yearMs = 365.25 * 86_400_000

export function createSignatures(parts: SignaturesParts): Signatures {
  const { db, now } = parts
  const authority = parts.demonstration
    ? openDemonstrationAuthority({ ...parts, folder: join(parts.dataDir, 'pki'), now: now() })
    : undefined
  const keys: KeyFolder = { folder: join(parts.dataDir, 'keys'), secret: parts.secret }
  const signerFor = async (owner: Owner & SignerNames) => {
    const [known] = await signersOf(db, owner)
    if (known || !authority) return known
    return issueDemonstrationSigner({ db, authority, keys, now: now() }, owner)
  }
  return {
    db,
    authority,
    signersOf: (owner) => signersOf(db, owner),
    signerFor,
    findSigner: async (id) => signerOf(db, keys, await findSignerRow(db, id)),
    requests: requestsIn(db),
    timeStamps: authority?.timeStamps(now),
    revocation: authority?.revocation(now) ?? { ocsp: async () => undefined, crl: async () => undefined },
    trusted: async () => [...(await trustedAuthorities(db)), ...demonstrationTrust(authority)],
    keepEvidence: async (found) => void (await keepEvidence(db.pool, found)),
  }
}

function signerOf(db: Db, keys: KeyFolder, row: SignerRow | undefined): Outcome<Signer> {
  if (!row) return refusals.noSuchSigner()
  if (row.state === 'ended') return refusals.signerEnded()
  if (row.state === 'locked') return refusals.locked()
  return keyFileSigner(db, keys, row)
}

function demonstrationTrust(authority: DemonstrationAuthority | undefined): TrustedAuthority[] {
  if (!authority) return []
  return [
    { name: 'Một Cửa (thử nghiệm)', certificate: authority.root, validFrom: '2000-01-01', validTo: null },
  ]
}

async function issueDemonstrationSigner(
  parts: { db: Db; authority: DemonstrationAuthority; keys: KeyFolder; now: Date },
  owner: Owner & SignerNames,
): Promise<SignerRow> {
  const { db, authority, keys, now } = parts
  const { key, publicKey } = newKeys(owner.keyType ?? (owner.kind === 'authority' ? 'rsa2048' : 'p256'))
  const certificates = authority.issue({
    subject: {
      commonName: owner.name,
      organisation: owner.organisation ?? (owner.kind === 'authority' ? owner.name : undefined),
      title: owner.title,
      serialNumber: owner.kind === 'authority' ? owner.id : undefined,
    },
    publicKey,
    // Before today: an invented past was signed as well.
    from: new Date(now.getTime() - 3 * yearMs),
    to: new Date(now.getTime() + 2 * yearMs),
  })
  const id = newId(now.getTime())
  await keepKeyFile(keys, id, { key, chain: certificates }, demonstrationPin)
  return addSigner(db, { id, owner, label: owner.name, kind: 'pkcs12', certificates }, now)
}
