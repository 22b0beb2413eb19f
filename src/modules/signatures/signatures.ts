import { join } from 'node:path'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { ChangedBy } from './administration.ts'
import { signBytes } from './cms/raw-signature.ts'
import type { Later, SignatureDoor } from './door.ts'
import { askLengthening, isShort } from './lengthening-store.ts'
import { askAuthorities, timeStampsOver } from './pki/ask-authorities.ts'
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
import { type CscClient, type CscService, cscClient, cscSigner } from './signers/csc-signer.ts'
import { type KeyFolder, keepKeyFile, keyFileSigner, openKey } from './signers/key-file-signer.ts'
import { mobileSigner } from './signers/mobile-signer.ts'
import {
  attachRemote,
  type RemoteCredential,
  type RemoteParts,
  remoteCredentials,
  tryRemote,
} from './signers/remote-signers.ts'
import { sampleCsc, sampleService } from './signers/sample-csc.ts'
import { triedOnce } from './signers/standing-pin.ts'
import type { Authorisation, RevocationSource, Signer, TrustedAuthority } from './types.ts'

export interface SignaturesParts {
  db: Db
  dataDir: string
  /** Key of the installation. */
  secret: string
  baseUrl: string
  demonstration: boolean
  /** Remote signing services, by the names that signers state in their settings. */
  services?: readonly CscService[]
  /** Address of a time-stamping authority (RFC 3161); a demonstration has its own. */
  timeStampUrl?: string | undefined
  /** How long a signature waits for time stamps before it goes without; they follow later. */
  stampWithinMs?: number
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
  /** Remote signing services by name; a demonstration has one of its own. */
  services: readonly string[]
  /** The certificates that a service holds for a user as it knows them; `name` is who that is, for a demonstration. */
  remoteCredentials(of: {
    service: string
    userId: string
    name: string
  }): Promise<Outcome<RemoteCredential[]>>
  attachRemote(
    owner: Owner,
    wanted: { service: string; credentialId: string; by: ChangedBy },
  ): Promise<Outcome<SignerRow>>
  /** Makes a test signature, without which nothing is signed by a remote certificate. */
  tryRemote(wanted: { signerId: string; authorisation: Authorisation; by: ChangedBy }): Promise<Outcome<void>>
  /** A demonstration's signer who confirms on a phone; undefined elsewhere. */
  mobileSignerFor(owner: Owner & SignerNames): Promise<SignerRow | undefined>
  /** Whether a PIN opens the key of a phone; a wrong one takes a try away. */
  checkPin(signerId: string, pin: string): Promise<Outcome<void>>
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
    const known = chosenOf(await signersOf(db, owner), authority !== undefined)
    if (known || !authority) return known
    return issueDemonstrationSigner({ db, authority, keys, now: now() }, owner, 'pkcs12')
  }
  const sample = authority && sampleCsc({ authority, keys, pin: demonstrationPin, now })
  const services = [...(parts.services ?? []), ...(sample ? [sample.service] : [])]
  const clients = new Map(services.map((service) => [service.name, cscClient(service, now)]))
  const revocation = ownFirst(authority?.revocation(now), askAuthorities(now))
  const trusted = async () => [...(await trustedAuthorities(db)), ...demonstrationTrust(authority)]
  const findSigner = async (id: string) => {
    const signer = signerOf({ db, keys, clients, now }, await findSignerRow(db, id))
    return isRefusal(signer) ? signer : triedOnce(signer)
  }
  const remote: RemoteParts = { db, clients, trusted, revocation, findSigner, now }
  return {
    db,
    authority,
    signersOf: (owner) => signersOf(db, owner),
    signerFor,
    async mobileSignerFor(owner) {
      const known = (await signersOf(db, owner)).find(({ kind }) => kind === 'mobile')
      if (known || !authority) return known
      return issueDemonstrationSigner({ db, authority, keys, now: now() }, owner, 'mobile')
    },
    async checkPin(signerId, pin) {
      const opened = await openKey({ db, keys }, signerId, pin)
      return isRefusal(opened) ? opened : undefined
    },
    services: services.map(({ name }) => name),
    async remoteCredentials({ service, userId, name }) {
      if (service === sampleService) await sample?.introduce(userId, name)
      return remoteCredentials(remote, { service, userId })
    },
    attachRemote: (owner, wanted) => attachRemote(remote, owner, wanted),
    tryRemote: (wanted) => tryRemote(remote, wanted),
    findSigner,
    requests: requestsIn(db),
    timeStamps: parts.timeStampUrl ? timeStampsOver(parts.timeStampUrl) : authority?.timeStamps(now),
    revocation,
    later: laterIn(parts),
    trusted,
    keepEvidence: async (found) => void (await keepEvidence(db.pool, found)),
  }
}

const usualPatienceMs = 3_000
const restMs = 60_000

/** One who waited in vain is enough: for a minute nobody else waits for a service that was silent. */
function laterIn({ db, now, stampWithinMs = usualPatienceMs }: SignaturesParts): Later {
  let silentAt = Number.NEGATIVE_INFINITY
  return {
    withinMs: stampWithinMs,
    resting: () => now().getTime() - silentAt < restMs,
    wasSilent: () => {
      silentAt = now().getTime()
    },
    isShort: (sha256) => isShort(db.pool, sha256),
    ask: (short) => askLengthening(db.pool, short, now()),
  }
}

/** The demonstration's authorities are in this process; others are asked where their certificates say. */
function ownFirst(own: RevocationSource | undefined, others: RevocationSource): RevocationSource {
  return {
    ocsp: async (certificate, issuer) =>
      (await own?.ocsp(certificate, issuer)) ?? others.ocsp(certificate, issuer),
    crl: async (certificate, issuer) =>
      (await own?.crl(certificate, issuer)) ?? others.crl(certificate, issuer),
  }
}

/** What the owner chose last; without a choice a key that opens with a PIN, and in earnest a phone when it is all. */
function chosenOf(all: readonly SignerRow[], isDemonstration: boolean): SignerRow | undefined {
  // A remote certificate counts once it was tried.
  const signers = all.filter(({ kind, settings }) => kind !== 'csc' || settings.triedAt !== undefined)
  const chosenAt = ({ settings }: SignerRow) => String(settings.chosenAt ?? '')
  const [last] = signers.filter(chosenAt).toSorted((a, b) => chosenAt(b).localeCompare(chosenAt(a)))
  return last ?? signers.find(({ kind }) => kind !== 'mobile') ?? (isDemonstration ? undefined : signers[0])
}

interface Adapters {
  db: Db
  keys: KeyFolder
  clients: ReadonlyMap<string, CscClient>
  now(): Date
}

function signerOf({ db, keys, clients, now }: Adapters, row: SignerRow | undefined): Outcome<Signer> {
  if (!row) return refusals.noSuchSigner()
  if (row.state === 'ended') return refusals.signerEnded()
  if (row.state === 'locked') return refusals.locked()
  if (row.kind === 'pkcs12') return keyFileSigner(db, keys, row)
  if (row.kind === 'csc') {
    const client = clients.get(String(row.settings.service))
    return client
      ? cscSigner(db, client, row)
      : refusals.providerDown({ provider: String(row.settings.service) })
  }
  return mobileSigner(db, row, {
    now,
    async sign(wanted, pin) {
      const opened = await openKey({ db, keys }, row.id, pin)
      return isRefusal(opened) ? opened : wanted.map(({ bytes }) => signBytes(opened.key, bytes))
    },
  })
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
  kind: 'pkcs12' | 'mobile',
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
  return addSigner(db, { id, owner, label: owner.name, kind, certificates }, now)
}
