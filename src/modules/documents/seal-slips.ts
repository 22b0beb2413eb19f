import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal } from '../../kernel/errors.ts'
import { type Files, FilesProblem } from '../../kernel/files.ts'
import {
  type Authorisation,
  copyLines,
  type Evidence,
  type Place,
  preparePdf,
  type Signatures,
  type Signing,
  signatureRefusals,
  signMany,
} from '../signatures/index.ts'
import { claimUnsealed, findDocumentById, type IssuedDocument, markSealed } from './documents-store.ts'
import { contentOf, keepContent } from './keep-content.ts'
import { refusals } from './refusals.ts'

/** What slips are sealed with. */
export interface SlipSealing {
  db: Db
  files: Files
  signatures: Signatures
  /** What opens the seals of authorities; no person types it. */
  sealing: Authorisation
  now(): Date
}

/** Each minute: what nobody opened, and what could not be sealed before. */
export const sealSlipsTask = 'seal-slips'
export const sealSlipsCrontab = `* * * * * ${sealSlipsTask}`

/** The field of a slip that its seal goes into. */
export const sealField = 'seal'

/** What stands in the place of the seal until there is one. */
export const unsealedLine = 'Chưa đóng dấu điện tử của cơ quan'

/** As many are sealed with one authorisation, and held in memory. */
const batch = 50

/**
 * Puts the seals of authorities on slips that wait for them (NĐ 30/2020/NĐ-CP, Điều 19): batch by batch, each authority
 * with its own certificate. What is refused is told and tried again at the next run. Gives how many were sealed.
 */
export async function sealSlips(
  door: SlipSealing,
  onRefused: (refusal: Refusal, document: IssuedDocument) => void = () => {},
): Promise<number> {
  let sealed = 0
  for (;;) {
    const claimed = await claimUnsealed(door.db.pool, { most: batch, now: door.now() })
    const byAuthority = Map.groupBy(claimed, ({ authorityCode }) => authorityCode)
    for (const documents of byAuthority.values())
      for (const [i, outcome] of (await sealEach(door, documents)).entries())
        if (isRefusal(outcome)) onRefused(outcome, documents[i]!)
        else sealed += 1
    if (claimed.length < batch) return sealed
  }
}

/**
 * A slip as whoever opens it should get it: sealed now when it is not yet. When somebody else is at it, it waits for
 * them a moment; when sealing fails, it is the slip without a seal, which says so itself.
 */
export async function sealNow(door: SlipSealing, document: IssuedDocument): Promise<IssuedDocument> {
  if (!document.sealPlace || document.sealedAt) return document
  const [claimed] = await claimUnsealed(door.db.pool, { id: document.id, most: 1, now: door.now() })
  if (claimed) {
    const [outcome] = await sealEach(door, [claimed])
    return outcome === undefined || isRefusal(outcome) ? document : outcome
  }
  return (await sealedByAnother(door, document)) ?? document
}

/**
 * Puts the seal of an authority on a slip of work that is in no register: it shows how things stand, so it is printed
 * and sealed anew for whoever asks. Where nothing can seal it, it is printed all the same and says so in that place.
 */
export async function sealPrinted(
  door: SlipSealing,
  printed: { pdf: Uint8Array; seal: Place },
  authority: { code: string; name: string },
): Promise<Outcome<Uint8Array>> {
  const place = printed.seal
  const pdf = preparePdf(printed.pdf, {
    signatures: [{ name: sealField, place, until: [unsealedLine] }],
    texts: [],
  })
  if (isRefusal(pdf)) return pdf
  const signer = await door.signatures.signerFor({
    kind: 'authority',
    id: authority.code,
    name: authority.name,
  })
  if (signer === undefined) return pdf
  const now = door.now()
  const id = createHash('sha256').update(pdf).digest('hex')
  const slip = { id, authorityName: authority.name, sealPlace: place }
  const signing = signingOf(slip, { pdf, signerId: signer.id, now })
  const sealed = (await signMany(door.signatures, [signing], door.sealing).next()).value
  return !sealed || isRefusal(sealed) ? pdf : sealed.pdf
}

const shortWait = { ms: 100, times: 15 }

async function sealedByAnother({ db }: SlipSealing, { id }: IssuedDocument) {
  for (let i = 0; i < shortWait.times; i++) {
    const now = await findDocumentById(db.pool, id)
    if (now?.sealedAt) return now
    await pause(shortWait.ms)
  }
  return undefined
}

/** Seals slips of one authority; the answers come in their order. */
async function sealEach(
  door: SlipSealing,
  documents: readonly IssuedDocument[],
): Promise<Outcome<IssuedDocument>[]> {
  const { authorityCode, authorityName } = documents[0]!
  const owner = { kind: 'authority', id: authorityCode, name: authorityName } as const
  const signer = await door.signatures.signerFor(owner)
  if (signer === undefined) return documents.map(() => signatureRefusals.noSuchSigner())
  const contents = await Promise.all(documents.map(({ sha256 }) => readable(door.files, sha256)))
  const signings = documents.flatMap((document, i) => {
    const pdf = contents[i]!
    return isRefusal(pdf) ? [] : [signingOf(document, { pdf, signerId: signer.id, now: door.now() })]
  })
  const answers = signMany(door.signatures, signings, door.sealing)
  const outcomes: Outcome<IssuedDocument>[] = []
  for (const [i, document] of documents.entries()) {
    const pdf = contents[i]!
    const made = isRefusal(pdf) ? pdf : (await answers.next()).value!
    outcomes.push(isRefusal(made) ? made : await keepSealed(door, document, made))
  }
  return outcomes
}

// One content that the store cannot give holds up no other slip.
async function readable(files: Files, sha256: string): Promise<Outcome<Uint8Array>> {
  try {
    return (await contentOf(files, sha256)) ?? refusals.fileNotFound()
  } catch (error) {
    if (error instanceof FilesProblem) return refusals.notReadable(error.refusal)
    throw error
  }
}

function signingOf(
  { id, authorityName, sealPlace }: Pick<IssuedDocument, 'id' | 'authorityName' | 'sealPlace'>,
  { pdf, signerId, now }: Pick<Signing, 'pdf' | 'signerId' | 'now'>,
): Signing {
  return {
    ...{ pdf, signerId, now },
    field: sealField,
    place: sealPlace!,
    appearance: { role: 'seal', lines: copyLines(authorityName, now) },
    reason: 'Phát hành',
    level: 'B-LT',
    // Another try says another time, so it is another request.
    requestId: `${id}/${sealField}/${now.getTime()}`,
  }
}

async function keepSealed(
  { db, files, now }: SlipSealing,
  document: IssuedDocument,
  { pdf, evidence }: { pdf: Uint8Array; evidence: Evidence },
): Promise<Outcome<IssuedDocument>> {
  const content = await keepContent(files, pdf)
  if (isRefusal(content)) return content
  const { signerName: name, signedAt: at, level, certificateSha256 } = evidence
  const seal = { field: sealField, role: 'seal' as const, capacity: [], name, at, level, certificateSha256 }
  const sealed = await markSealed(db.pool, document, { ...content, seal, now: now() })
  return sealed ?? (await findDocumentById(db.pool, document.id)) ?? document
}
