import { createHash } from 'node:crypto'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import type { Authority } from '../../directory/index.ts'
import {
  contentOf,
  dateInWords,
  documentRefusals,
  findPaperInHand,
  keepContent,
  keepPaperInHand,
  newVerifyCode,
  type OpenPlaces,
  type PaperInHand,
  type PaperSignature,
  type PrintedPaper,
  readPaperInHand,
  recordSignature,
  verifyUrl,
} from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import {
  type Evidence,
  preparePdf,
  type Signatures,
  type SignerRow,
  type Signing,
  sampleSeal,
  sampleSignature,
  signatureRefusals,
  signPdf,
} from '../../signatures/index.ts'
import type { DossierView } from '../read-dossier.ts'
import { refusals } from '../refusals.ts'
import { approvedAs, type PaperFacts, paperFacts } from './paper-facts.ts'
import { fieldsToDeclare, signingFields, signingPlaces } from './signing-places.ts'
import type { PaperDoor } from './slips.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** What lays out, signs and seals papers of dossiers. */
export type SigningDoor = PaperDoor & { signatures: Signatures }

/** Papers that whoever decides signs. */
export type SignedKind = 'result' | 'decline'

export interface ToSign {
  view: DossierView
  kind: SignedKind
  officer: Officer
  capacity: string | null
  /** Why it is declined; null: it is approved. */
  reason: string | null
}

/** Prints a paper with number, date and signature still open; `slips.ts` knows how each kind looks. */
export type PrintOpen = (
  door: PaperDoor,
  kind: SignedKind,
  facts: PaperFacts,
  given: { verifyCode: string; verifyUrl: string },
) => Promise<Outcome<{ pdf: Uint8Array; places: OpenPlaces }>>

/** The lines above the signature, as the paper prints them. */
export interface LaidOut {
  paper: PaperInHand
  pdf: Uint8Array
  capacity: string[]
}

/**
 * The paper as it will be signed. The same person in the same capacity gets the same file for as long as nothing
 * happens to the dossier, so what was looked at is what is signed. Refuses what printing refuses.
 */
export async function layOutToSign(
  door: SigningDoor,
  toSign: ToSign,
  print: PrintOpen,
): Promise<Outcome<LaidOut>> {
  const { view, kind } = toSign
  const facts = await factsOf(door, toSign)
  const lines = approvedAs(facts).title.split('\n')
  const dossierId = view.dossier.id
  const basis = basisOf(toSign)
  const known = await findPaperInHand(door.db.pool, { dossierId, kind, basis })
  if (known) {
    const pdf = await contentOf(door.files, known.preparedSha256)
    if (pdf === undefined) throw new Error(`no content of the paper in hand ${known.id}`)
    return { paper: known, pdf, capacity: lines }
  }
  const verifyCode = newVerifyCode()
  const printed = await print(door, kind, facts, {
    verifyCode,
    verifyUrl: verifyUrl(door.baseUrl, verifyCode),
  })
  if (isRefusal(printed)) return printed
  const pdf = preparePdf(printed.pdf, fieldsToDeclare(signingPlaces(printed.places)))
  if (isRefusal(pdf)) return pdf
  const content = await keepContent(door.files, pdf)
  if (isRefusal(content)) return content
  const { sha256 } = content
  const paper = await keepPaperInHand(
    door.db.pool,
    { dossierId, kind, basis, verifyCode, places: printed.places, sha256 },
    door.now(),
  )
  return paper.sha256 === sha256 ? { paper, pdf, capacity: lines } : layOutToSign(door, toSign, print)
}

/** Everything that the paper is laid out from and that the dossier does not hold itself. */
function basisOf({ view, officer, capacity, reason }: ToSign): string {
  const said = reason === null ? [] : [createHash('sha256').update(reason).digest('hex').slice(0, 32)]
  return [view.dossier.sequence, officer.officerId, capacity ?? '', ...said].join('/')
}

// What the paper would say if it were signed now.
const factsOf = (door: SigningDoor, { view, officer, capacity, reason }: ToSign) =>
  paperFacts(
    door.db,
    view,
    {
      ...view.history.at(-1)!,
      kind: reason === null ? 'dossiers.approved' : 'dossiers.declined',
      at: door.now().toISOString(),
      actor: { kind: 'officer', id: officer.officerId },
      data: { capacity },
      text: reason ?? undefined,
    } as never,
    door.baseUrl,
  )

/** The signature that whoever decides puts on a paper. */
export async function signingOf(
  { paper, pdf }: Pick<LaidOut, 'paper' | 'pdf'>,
  signer: SignerRow,
  { now }: { now: Date },
): Promise<Signing> {
  return {
    pdf,
    field: signingFields.signer,
    place: signingPlaces(paper.places).signer,
    appearance: { role: 'signer', image: await imageOf(signer), lines: [] },
    reason: 'Ký duyệt kết quả giải quyết thủ tục hành chính',
    level: 'B-LT',
    signerId: signer.id,
    now,
    requestId: `${paper.id}/${signingFields.signer}`,
  }
}

/**
 * Writes a signature down on the paper in hand, and gives the content that counts: of who pressed the same a moment
 * before, when somebody was quicker. Refuses a paper that came to nothing meanwhile.
 */
export async function keepSigned(
  { db, files }: { db: SigningDoor['db']; files: Files },
  { paper, capacity }: Pick<LaidOut, 'paper' | 'capacity'>,
  signed: { pdf: Uint8Array; evidence: Evidence },
): Promise<Outcome<{ sha256: string }>> {
  const content = await keepContent(files, signed.pdf)
  if (isRefusal(content)) return content
  const signature = signatureOf(signed.evidence, { field: signingFields.signer, role: 'signer', capacity })
  if (await recordSignature(db.pool, paper, { sha256: content.sha256, signature })) return content
  const kept = await readPaperInHand(db.pool, paper.id)
  return kept?.state === 'signed' ? kept : refusals.actedMeanwhile({ sequence: -1 })
}

/**
 * Fills in number and date (`on`, the day of the clerk's act) and puts the authority's seal on a paper that was signed, as the clerk's act wants it
 * (NĐ 30/2020/NĐ-CP, Điều 18 and 19). The seal covers everything below it and is made to be checked long after its
 * certificate has ended. Refuses when nobody can seal for this authority, or a service is down.
 */
export async function sealPaper(
  { files, signatures, sealing = {} }: PaperDoor,
  paper: PaperInHand,
  { authority, number, on, now }: { authority: Authority; number: string; on: string; now: Date },
): Promise<Outcome<PrintedPaper>> {
  const { code: id, name } = authority
  const pdf = await contentOf(files, paper.sha256)
  if (pdf === undefined) return documentRefusals.fileNotFound()
  const signer = await signatures?.signerFor({ kind: 'authority', id, name })
  if (signatures === undefined || signer === undefined) return signatureRefusals.noSuchSigner()
  const places = signingPlaces(paper.places)
  const signed = await signPdf(
    signatures,
    {
      pdf,
      field: signingFields.seal,
      place: places.seal,
      appearance: { role: 'seal', image: await imageOf(signer), lines: [] },
      reason: 'Phát hành',
      level: 'B-LTA',
      signerId: signer.id,
      fill: {
        ...(places.number && { [signingFields.number]: number }),
        ...(places.date && { [signingFields.date]: dateInWords(on) }),
      },
      now,
      requestId: `${paper.id}/${signingFields.seal}/${number}`,
    },
    sealing,
  )
  if (isRefusal(signed)) return signed
  const seal = signatureOf(signed.evidence, { field: signingFields.seal, role: 'seal', capacity: [] })
  return { pdf: signed.pdf, signatures: [...paper.signatures, seal] }
}

const signatureOf = (
  { signerName, signedAt, level, certificateSha256 }: Evidence,
  as: Pick<PaperSignature, 'field' | 'role' | 'capacity'>,
): PaperSignature => ({ ...as, name: signerName, at: signedAt, level, certificateSha256 })

/** The image kept with the signer; a demonstration draws one of nobody's hand. */
async function imageOf({ settings, owner, label }: SignerRow): Promise<Uint8Array> {
  const { image } = settings as { image?: string }
  if (image !== undefined) return Buffer.from(image, 'base64')
  return owner.kind === 'authority' ? sampleSeal() : sampleSignature(label)
}
