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
import type { Answers } from '../../forms/index.ts'
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
import type { PaperSigned } from '../entries.ts'
import type { DossierView, HistoryItem } from '../read-dossier.ts'
import { refusals } from '../refusals.ts'
import type { CoSigner } from './co-signers.ts'
import { approvedAs, type PaperFacts, paperFacts } from './paper-facts.ts'
import type { ResultKind } from './result-kind.ts'
import { coSignerPlace, fieldsToDeclare, signingFields, signingPlaces } from './signing-places.ts'
import type { PaperDoor } from './slips.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** What lays out, signs and seals papers of dossiers. */
export type SigningDoor = PaperDoor & { signatures: Signatures }

/** Papers that whoever decides signs. */
export type SignedKind = ResultKind | 'decline' | 'correction' | 'revocation'

/** The act that a paper will tell of, as the journal will have it. */
export interface PlannedAct {
  kind: HistoryItem['kind']
  data: object
  capacity: string | null
  /** The words that the paper tells beside it. */
  text: string | undefined
  /** What the result says from this act on. */
  draft?: Answers
}

export interface ToSign {
  view: DossierView
  kind: SignedKind
  officer: Officer
  act: PlannedAct
  /** Everybody who signs this paper before the decision, in the order of the process. */
  coSigners: readonly CoSigner[]
  /** Which of them signs now; null: who decides. */
  as: CoSigner | null
  /** The paper as those before left it; undefined: this is the first signature. */
  after: PaperSigned | undefined
  /** Papers of the same act that are laid out already, and that this one names. */
  beside: readonly LaidOut[]
}

/** Prints a paper with number, date and signature still open; `slips.ts` knows how each kind looks. */
export type PrintOpen = (
  door: PaperDoor,
  kind: SignedKind,
  facts: PaperFacts,
  given: {
    verifyCode: string
    verifyUrl: string
    view: DossierView
    beside: readonly Pick<PaperInHand, 'kind' | 'verifyCode'>[]
    coSigners: readonly CoSigner[]
  },
) => Promise<Outcome<{ pdf: Uint8Array; places: OpenPlaces }>>

/** A paper ready for a signature, with the lines that stand above it. */
export interface LaidOut {
  paper: PaperInHand
  pdf: Uint8Array
  capacity: string[]
  as: CoSigner | null
  /** Title and name are not printed yet: each signature brings its own. */
  bySeveral: boolean
}

/**
 * The paper as it will be signed. The same person in the same capacity gets the same file for as long as nothing
 * happens to the dossier, so what was looked at is what is signed; who signs after others gets what they signed.
 * Refuses what printing refuses.
 */
export async function layOutToSign(
  door: SigningDoor,
  toSign: ToSign,
  print: PrintOpen,
): Promise<Outcome<LaidOut>> {
  const { view, kind, as, after, coSigners } = toSign
  const facts = await factsOf(door, toSign)
  const bySeveral = as !== null || after !== undefined
  const shown = { capacity: approvedAs(facts).title.split('\n'), as, bySeveral }
  const dossierId = view.dossier.id
  const basis = basisOf(toSign)
  const known = await findPaperInHand(door.db.pool, { dossierId, kind, basis })
  if (known) {
    const pdf = await contentOf(door.files, known.preparedSha256)
    if (pdf === undefined) throw new Error(`no content of the paper in hand ${known.id}`)
    return { paper: known, pdf, ...shown }
  }
  const prepared = after
    ? await takenOver(door, after)
    : await firstLaidOut(door, { ...toSign, coSigners: bySeveral ? coSigners : [] }, facts, print)
  if (isRefusal(prepared)) return prepared
  const content = await keepContent(door.files, prepared.pdf)
  if (isRefusal(content)) return content
  const { verifyCode, places, signatures } = prepared
  const paper = await keepPaperInHand(
    door.db.pool,
    { dossierId, kind, basis, verifyCode, places, signatures, sha256: content.sha256 },
    door.now(),
  )
  if (paper.preparedSha256 !== content.sha256) return layOutToSign(door, toSign, print)
  return { paper, pdf: prepared.pdf, ...shown }
}

type Prepared = Pick<PaperInHand, 'verifyCode' | 'places' | 'signatures'> & { pdf: Uint8Array }

async function firstLaidOut(
  door: SigningDoor,
  { kind, view, beside, coSigners }: ToSign,
  facts: PaperFacts,
  print: PrintOpen,
): Promise<Outcome<Prepared>> {
  const verifyCode = newVerifyCode()
  const printed = await print(door, kind, coSigners.length > 0 ? { ...facts, unsigned: true } : facts, {
    ...{ verifyCode, verifyUrl: verifyUrl(door.baseUrl, verifyCode), view, coSigners },
    beside: beside.map(({ paper }) => ({ kind: paper.kind, verifyCode: paper.verifyCode })),
  })
  if (isRefusal(printed)) return printed
  const { places } = printed
  const pdf = preparePdf(printed.pdf, fieldsToDeclare(signingPlaces(places), coSigners))
  return isRefusal(pdf) ? pdf : { pdf, verifyCode, places, signatures: [] }
}

/** What those before signed, byte by byte as their act names it. */
async function takenOver(
  { db, files }: SigningDoor,
  { paper, sha256 }: PaperSigned,
): Promise<Outcome<Prepared>> {
  const [before, pdf] = [await readPaperInHand(db.pool, paper), await contentOf(files, sha256)]
  if (before === undefined || pdf === undefined) return documentRefusals.fileNotFound()
  const { verifyCode, places, signatures } = before
  return { pdf, verifyCode, places, signatures }
}

/** Everything that the paper is laid out from and that the dossier does not hold itself. */
function basisOf({ view, officer, act, as, after }: ToSign): string {
  const { fault } = act.data as { fault?: string }
  const said = act.draft ? JSON.stringify([act.text, fault, act.draft]) : act.text
  return [
    ...[view.dossier.sequence, officer.officerId, act.capacity ?? ''],
    ...(said === undefined ? [] : [createHash('sha256').update(said).digest('hex').slice(0, 32)]),
    ...(as ? [as.field] : []),
    ...(after ? [after.sha256.slice(0, 32)] : []),
  ].join('/')
}

// What the paper would say if it were signed now.
async function factsOf(door: SigningDoor, { view, officer, act }: ToSign): Promise<PaperFacts> {
  const { capacity, draft, kind, data, text } = act
  const last = view.history.at(-1)!
  const planned = {
    ...{ ...last, kind, text, sequence: last.sequence + 1, at: door.now().toISOString() },
    ...{ actor: { kind: 'officer', id: officer.officerId }, data: { ...data, capacity } },
  }
  const facts = await paperFacts(door.db, view, planned as never, door.baseUrl)
  return draft ? { ...facts, draft, draftBefore: facts.draft } : facts
}

/** The signature that an officer puts on a paper. */
export async function signingOf(
  { paper, pdf, as, capacity, bySeveral }: LaidOut,
  signer: SignerRow,
  { now, name }: { now: Date; name: string },
): Promise<Signing> {
  const field = as?.field ?? signingFields.signer
  const places = signingPlaces(paper.places)
  const above = bySeveral && as?.role !== 'initial' ? { above: capacity } : {}
  return {
    ...{ pdf, field, now },
    place: as ? coSignerPlace(places, as) : places.signer,
    appearance: { role: 'signer', image: await imageOf(signer), ...above, lines: bySeveral ? [name] : [] },
    reason: as ? coReasons[as.role] : 'Ký duyệt kết quả giải quyết thủ tục hành chính',
    level: 'B-LT',
    signerId: signer.id,
    requestId: `${paper.id}/${field}`,
  }
}

const coReasons = {
  initial: 'Ký nháy: kiểm tra nội dung trước khi trình ký',
  second: 'Cùng ký kết quả giải quyết thủ tục hành chính',
} as const

/**
 * Writes a signature down on the paper in hand, and gives the content that counts: of who pressed the same a moment
 * before, when somebody was quicker. Refuses a paper that came to nothing meanwhile.
 */
export async function keepSigned(
  { db, files }: { db: SigningDoor['db']; files: Files },
  { paper, capacity, as }: Pick<LaidOut, 'paper' | 'capacity' | 'as'>,
  signed: { pdf: Uint8Array; evidence: Evidence },
): Promise<Outcome<{ sha256: string }>> {
  const content = await keepContent(files, signed.pdf)
  if (isRefusal(content)) return content
  const { field, role } = as ?? ({ field: signingFields.signer, role: 'signer' } as const)
  const signature = signatureOf(signed.evidence, { field, role, capacity })
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

/** A signature as it stands with the paper that bears it. */
export const signatureOf = (
  { signerName, signedAt, level, certificateSha256 }: Evidence,
  as: Pick<PaperSignature, 'field' | 'role' | 'capacity'>,
): PaperSignature => ({ ...as, name: signerName, at: signedAt, level, certificateSha256 })

/** The image kept with the signer; a demonstration draws one of nobody's hand. */
export async function imageOf({ settings, owner, label }: SignerRow): Promise<Uint8Array> {
  const { image } = settings as { image?: string }
  if (image !== undefined) return Buffer.from(image, 'base64')
  return owner.kind === 'authority' ? sampleSeal() : sampleSignature(label)
}
