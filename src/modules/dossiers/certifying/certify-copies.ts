import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal, refusal } from '../../../kernel/errors.ts'
import { messages } from '../../../kernel/i18n.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { feesFor, getVersion, totalOf } from '../../catalogue/index.ts'
import {
  type CapturedOriginal,
  certifiedPdf,
  dateInWords,
  findFiles,
  keepContent,
  readOriginal,
  referToDocument,
  takeNumber,
} from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import {
  type Authorisation,
  pageSizes,
  preparePdf,
  type SignerRow,
  type Signing,
  sampleSeal,
  sampleSignature,
  signPdf,
} from '../../signatures/index.ts'
import { keepItem } from '../../vault/index.ts'
import { meansOf } from '../approve-signed.ts'
import { scansOf } from '../digitising/digitised-store.ts'
import { digitisingOf } from '../digitising/digitising.ts'
import { needAuthority } from '../papers/paper-facts.ts'
import type { SigningDoor } from '../papers/papers-to-sign.ts'
import { signingPlaces } from '../papers/signing-places.ts'
import type { DossierView } from '../read-dossier.ts'
import {
  type Certification,
  certificationNumber,
  certificationsOf,
  certificationVolume,
  insertCertification,
} from './certification-store.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** The template by which a procedure says that it certifies copies. */
const certifies = 'certified-copy'
/** Code of the paper in the national catalogue. */
const paperCode = 'KQ.G15.000021'
const register = 'certified-copies-electronic'

export const certifyingRefusals = {
  /** Only who decides on this dossier now certifies: the chair or whoever holds a dated power for it. */
  mayNot: () => refusal('forbidden', 'certify.may-not'),
  notThisProcedure: () => refusal('conflict', 'certify.not-this-procedure'),
  notCaptured: () => refusal('conflict', 'certify.not-captured'),
  notCompared: () => refusal('invalid', 'certify.not-compared'),
  already: () => refusal('conflict', 'certify.already'),
  nobodySigns: () => refusal('conflict', 'certify.nobody-signs'),
}

export interface WantedCertification {
  paperName: string
  /** Who certifies had the original before them, or the report of who compared it. */
  compared: boolean
}

/**
 * Makes a certified electronic copy of an original that was captured at the counter (NĐ 45/2020/NĐ-CP, Điều 10): one
 * number of the book, the statement of certification on the last page, the signature of who certifies, then the
 * authority's; kept in the vault of the requester. Number, file and line come to be together, so the book has no gaps.
 */
export async function certifyCopy(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  { wanted, authorisation }: { wanted: WantedCertification; authorisation: Authorisation },
): Promise<Outcome<Certification>> {
  const { dossier } = view
  const version = await getVersion(door.db, dossier.procedureCode, dossier.procedureVersion)
  if (!version.results.some(({ template }) => template === certifies))
    return certifyingRefusals.notThisProcedure()
  if (!view.actions.some(({ command }) => command === 'approve')) return certifyingRefusals.mayNot()
  if (!wanted.compared) return certifyingRefusals.notCompared()
  const original = await capturedOf(door, view)
  if (isRefusal(original)) return original
  const authority = await needAuthority(door.db, dossier.competent)
  const [signer, sealer] = await Promise.all([
    meansOf(door, officer, authority.code),
    door.signatures.signerFor({ kind: 'authority', id: authority.code, name: authority.name }),
  ])
  if (!signer || !sealer) return certifyingRefusals.nobodySigns()
  const fees = feesFor(version, {
    ...{ caseCode: dossier.caseCode, channel: dossier.channel, today: dateOfLaw(dossier.submittedAt) },
    ...{ pages: original.pages.length, copies: 1 },
  })
  const facts: Facts = {
    door,
    officer,
    view,
    authority,
    original,
    wanted,
    signer,
    sealer,
    fee: totalOf(fees),
  }
  return inTransaction(door.db, (tx) => certify(tx, facts, authorisation)).catch((error: unknown) => {
    if (error instanceof NotCertified) return error.refusal
    throw error
  })
}

/** What was captured of the original of a dossier; refused when nothing was, or when it was certified already. */
async function capturedOf(
  { db, files }: SigningDoor,
  { dossier }: DossierView,
): Promise<Outcome<CapturedOriginal>> {
  const scans = await scansOf(db.pool, dossier.id)
  const rows = await findFiles(
    db.pool,
    scans.map(({ fileId }) => fileId),
  )
  const inOrder = scans.flatMap(({ fileId }) => rows.find((row) => row.fileId === fileId) ?? [])
  if (inOrder.length === 0) return certifyingRefusals.notCaptured()
  const original = await readOriginal(files, inOrder)
  if (isRefusal(original)) return original
  const before = await certificationsOf(db.pool, dossier.id)
  return before.some(({ source }) => source === original.source) ? certifyingRefusals.already() : original
}

interface Facts {
  door: SigningDoor
  officer: Officer
  view: DossierView
  authority: { code: string; name: string; sample: boolean }
  original: CapturedOriginal
  wanted: WantedCertification
  signer: SignerRow
  sealer: SignerRow
  fee: number | null
}

/** Rolls back, so that the number goes back as well; outside it is a refusal again. */
class NotCertified extends Error {
  readonly refusal: Refusal
  constructor(refused: Refusal) {
    super(refused.code)
    this.refusal = refused
  }
}

function orThrow<T>(outcome: Outcome<T>): T {
  if (isRefusal(outcome)) throw new NotCertified(outcome)
  return outcome as T
}

async function certify(tx: Queryable, facts: Facts, authorisation: Authorisation): Promise<Certification> {
  const { door, officer, view, authority, original, wanted, fee } = facts
  const now = door.now()
  const year = Number(dateOfLaw(now).slice(0, 4))
  const { dossier, party } = view
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`certify ${dossier.id}`])
  const before = await certificationsOf(tx, dossier.id)
  if (before.some(({ source }) => source === original.source))
    throw new NotCertified(certifyingRefusals.already())
  const n = await takeNumber(tx, { authorityCode: authority.code, register, year })
  const post = officer.posts.find(({ authorityCode }) => authorityCode === authority.code)
  const title = post?.title ?? ''
  const requester = party.filedFor.kind === 'helper' ? party.filedFor.principal.name : party.name
  const pdf = orThrow(await signedCopy(facts, { n, year, title, authorisation, now }))
  const { sha256, size } = orThrow(await keepContent(door.files, pdf))
  const name = wanted.paperName.slice(0, 200)
  const reference = { owner: { kind: 'authority', id: authority.code }, purpose: 'certified-copy', now }
  const { fileId } = orThrow(
    await referToDocument(tx, { title: `Bản sao chứng thực ${name}`, sha256, size }, reference),
  )
  const { holder } = await digitisingOf(door.db, view, dateOfLaw(now))
  const number = `${certificationNumber({ n })}, quyển ${certificationVolume({ year })} SCT/BS`
  const item =
    holder &&
    (await keepItem(tx, {
      ...{
        owner: holder,
        name: `Bản sao chứng thực: ${name}`,
        trust: 'certified-copy',
        mediaType: 'application/pdf',
      },
      ...{ paperCode, number, issuedOn: dateOfLaw(now), issuer: authority.name, sha256, size, fileId },
      ...{ dossierCode: dossier.code, fields: { subject: requester }, addedAt: now },
    }))
  const line: Certification = {
    ...{ id: newId(now.getTime()), authority: authority.code, year, n },
    ...{ dossierId: dossier.id, dossierCode: dossier.code, source: original.source },
    ...{ paperName: name, requester, pages: original.pages.length, feeVnd: fee, fileId, sha256, size },
    ...{ officerId: officer.officerId, signerName: officer.name, signerTitle: title },
    ...{ vaultItemId: item?.id ?? null, certifiedAt: now.toISOString() },
  }
  await insertCertification(tx, line)
  return line
}

interface Numbered {
  n: number
  year: number
  title: string
  authorisation: Authorisation
  now: Date
}

// First who certifies, then the authority over it: later signatures cover the earlier ones.
async function signedCopy(
  { door, officer, authority, original, wanted, signer, sealer }: Facts,
  { n, year, title, authorisation, now }: Numbered,
): Promise<Outcome<Uint8Array>> {
  const laidOut = await certifiedPdf(
    original,
    {
      title: `Bản sao chứng thực: ${wanted.paperName}`,
      agency: authority.name.toUpperCase(),
      lines: [
        `Bản sao điện tử gồm ${original.pages.length} trang, đúng với bản chính: ${wanted.paperName}.`,
        `Số chứng thực ${certificationNumber({ n })}, quyển số ${certificationVolume({ year })} SCT/BS`,
        dateInWords(dateOfLaw(now)),
      ],
      signer: { title: [title.toUpperCase()], name: officer.name },
      sample: authority.sample ? messages('vi')('documents.print.sample') : null,
    },
    now,
  )
  if (isRefusal(laidOut)) return laidOut
  const sizes = pageSizes(laidOut)
  if (isRefusal(sizes)) return sizes
  const places = signingPlaces({ signer: { page: sizes.length, x: 340, y: 275, width: 150, height: 70 } })
  const prepared = preparePdf(laidOut, {
    signatures: [
      { name: 'signer', place: places.signer },
      { name: 'seal', place: places.seal },
    ],
    texts: [],
  })
  if (isRefusal(prepared)) return prepared
  const common = { reason: 'Chứng thực bản sao đúng với bản chính', now }
  const own: Signing = {
    ...{ pdf: prepared, field: 'signer', place: places.signer, level: 'B-LT', signerId: signer.id },
    ...{ appearance: { role: 'signer', image: await sampleSignature(signer.label), lines: [] } },
    ...common,
  }
  const signed = await signPdf(door.signatures, own, authorisation)
  if (isRefusal(signed)) return signed
  const seal: Signing = {
    ...{ pdf: signed.pdf, field: 'seal', place: places.seal, level: 'B-LTA', signerId: sealer.id },
    ...{ appearance: { role: 'seal', image: await sampleSeal(), lines: [] } },
    ...common,
  }
  const sealed = await signPdf(door.signatures, seal, door.sealing ?? {})
  return isRefusal(sealed) ? sealed : sealed.pdf
}
