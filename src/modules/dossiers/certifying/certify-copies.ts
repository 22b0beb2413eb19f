import { createHash } from 'node:crypto'
import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { getVersion } from '../../catalogue/index.ts'
import type { Authority } from '../../directory/index.ts'
import {
  contentOf,
  insertDocument,
  keepContent,
  newVerifyCode,
  type PaperSignature,
  type PicturePage,
  referToDocument,
  takeNumber,
  verifyUrl,
} from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import { type Authorisation, previewSigning, type SignerRow } from '../../signatures/index.ts'
import { keepItem } from '../../vault/index.ts'
import { meansOf } from '../approve-signed.ts'
import { digitisingOf } from '../digitising/digitising.ts'
import { needAuthority } from '../papers/paper-facts.ts'
import type { SigningDoor } from '../papers/papers-to-sign.ts'
import type { DossierView } from '../read-dossier.ts'
import { type Capture, capturesOf, lockCaptures } from './capture-store.ts'
import {
  type Certification,
  certificationNumber,
  certificationsOf,
  certificationVolume,
  insertCertification,
} from './certification-store.ts'
import { layOutCopy, type Prepared, preparedCopy, signBoth, signerSigning } from './copy-to-sign.ts'
import { feesByCount, type Original, wantsFiles } from './originals.ts'
import { readOriginals } from './read-originals.ts'
import { certifyingRefusals } from './refusals.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** Code of the paper in the national catalogue. */
const paperCode = 'KQ.G15.000021'
const register = 'certified-copies-electronic'

export interface WantedCertification {
  /** Which paper of the request, from 0. */
  place: number
  paperName: string
  /** Who certifies had the original before them, or the report of who compared it. */
  compared: boolean
}

/**
 * Makes a certified electronic copy of an original that was captured at the counter (NĐ 45/2020/NĐ-CP, Điều 10): one
 * number of the book, the statement of certification on the last page, the signature of who certifies, then the
 * authority's; kept in the vault of the requester and known to whoever verifies it. Number, file and line come to be
 * together, so the book has no gaps.
 */
export async function certifyCopy(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  { wanted, authorisation }: { wanted: WantedCertification; authorisation: Authorisation },
): Promise<Outcome<Certification>> {
  const facts = await factsOf(door, officer, view, wanted)
  if (isRefusal(facts)) return facts
  if (!wanted.compared) return certifyingRefusals.notCompared()
  return inTransaction(door.db, (tx) => certify(tx, facts, authorisation)).catch((error: unknown) => {
    if (error instanceof NotCertified) return error.refusal
    throw error
  })
}

/** The copy as it would be signed: number still open, the signature in its place, and words that nobody signed yet. */
export async function previewCertification(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  wanted: Omit<WantedCertification, 'compared'>,
): Promise<Outcome<Uint8Array>> {
  const facts = await factsOf(door, officer, view, wanted)
  if (isRefusal(facts)) return facts
  const prepared = await layOut(facts, { n: null, verifyCode: null })
  if (isRefusal(prepared)) return prepared
  return previewSigning(await signerSigning(prepared, facts.signer, door.now()))
}

/** The papers of a dossier of which copies are certified as files, with their captures; undefined where none are wanted. */
export async function originalsIn(
  { db }: Pick<SigningDoor, 'db'>,
  view: DossierView,
): Promise<Original[] | undefined> {
  const { dossier } = view
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  if (!wantsFiles(version, view.answers)) return undefined
  return readOriginals(db.pool, version, view)
}

/** What puts the fees of a dossier right by the pages that were counted; null when there is nothing to put right. */
export async function countedFees({ db }: Pick<SigningDoor, 'db'>, view: DossierView) {
  const { dossier } = view
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  return wantsFiles(version, view.answers)
    ? feesByCount(version, view, await readOriginals(db.pool, version, view))
    : null
}

interface Facts {
  door: SigningDoor
  officer: Officer
  view: DossierView
  authority: Authority
  original: Original & { capture: Capture }
  paperName: string
  pages: PicturePage[]
  signer: SignerRow
  sealer: SignerRow
}

async function factsOf(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  { place, paperName }: Omit<WantedCertification, 'compared'>,
): Promise<Outcome<Facts>> {
  const { dossier } = view
  const originals = await originalsIn(door, view)
  if (originals === undefined) return certifyingRefusals.notThisProcedure()
  if (!view.actions.some(({ command }) => command === 'approve')) return certifyingRefusals.mayNot()
  const original = originals.find((each) => each.place === place)
  if (original?.certification) return certifyingRefusals.already()
  if (!original?.capture || original.capture.pages.length === 0) return certifyingRefusals.notCaptured()
  if (paperName.trim() === '') return certifyingRefusals.noName()
  const authority = await needAuthority(door.db, dossier.competent)
  const [signer, sealer] = await Promise.all([
    meansOf(door, officer, authority.code),
    door.signatures.signerFor({ kind: 'authority', id: authority.code, name: authority.name }),
  ])
  if (!signer || !sealer) return certifyingRefusals.nobodySigns()
  return {
    ...{ door, officer, view, authority, signer, sealer },
    original: { ...original, capture: original.capture },
    paperName: paperName.trim().slice(0, 200),
    pages: await pagesOf(door, original.capture),
  }
}

async function pagesOf({ files }: SigningDoor, { pages }: Capture): Promise<PicturePage[]> {
  const read: PicturePage[] = []
  for (const { sha256, width, height } of pages) {
    const jpeg = await contentOf(files, sha256)
    if (jpeg === undefined) throw new Error(`no content of the captured page ${sha256}`)
    read.push({ jpeg: Buffer.from(jpeg), width, height })
  }
  return read
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
  const { door, officer, view, authority, original, paperName } = facts
  const { dossier, party } = view
  const now = door.now()
  await lockCaptures(tx, dossier.id)
  await sameAsSeen(tx, facts)
  const year = Number(dateOfLaw(now).slice(0, 4))
  const n = await takeNumber(tx, { authorityCode: authority.code, register, year })
  const verifyCode = newVerifyCode()
  const prepared = orThrow(await layOut(facts, { n, verifyCode }))
  const { pdf, signatures } = orThrow(await signBoth(door, prepared, { ...facts, authorisation, now }))
  const { sha256, size } = orThrow(await keepContent(door.files, pdf))
  const title = `Bản sao chứng thực: ${paperName}`
  const number = `${certificationNumber({ n })}, quyển ${certificationVolume({ year })} SCT/BS`
  const reference = { owner: { kind: 'authority', id: authority.code }, purpose: 'certified-copy', now }
  const { fileId } = orThrow(await referToDocument(tx, { title, sha256, size }, reference))
  await known(tx, facts, { title, number, verifyCode, sha256, size, signatures })
  const requester = party.filedFor.kind === 'helper' ? party.filedFor.principal.name : party.name
  const { holder } = await digitisingOf(door.db, view, dateOfLaw(now))
  const item =
    holder &&
    (await keepItem(tx, {
      ...{ owner: holder, name: title, trust: 'certified-copy', mediaType: 'application/pdf' },
      ...{ paperCode, number, issuedOn: dateOfLaw(now), issuer: authority.name, sha256, size, fileId },
      ...{ dossierCode: dossier.code, fields: { subject: requester }, addedAt: now },
    }))
  const line: Certification = {
    ...{ id: newId(now.getTime()), authority: authority.code, year, n },
    ...{ dossierId: dossier.id, dossierCode: dossier.code, source: sourceOf(original.capture) },
    ...{ originalId: original.capture.id, paperName, requester, pages: original.capture.pages.length },
    ...{ copies: original.copies, feeVnd: original.feeVnd, fileId, sha256, size, verifyCode },
    ...{ officerId: officer.officerId, signerName: officer.name, signerTitle: prepared.post },
    ...{ vaultItemId: item?.id ?? null, note: null, certifiedAt: now.toISOString() },
  }
  await insertCertification(tx, line)
  return line
}

// What was looked at is what is signed: a page turned or taken back meanwhile is looked at again.
async function sameAsSeen(tx: Queryable, { view, original }: Facts) {
  const { id, pages } = original.capture
  const now = (await capturesOf(tx, view.dossier.id)).find((each) => each.id === id)
  const certified = await certificationsOf(tx, view.dossier.id)
  const source = sourceOf(original.capture)
  if (certified.some((line) => line.originalId === id || line.source === source))
    throw new NotCertified(certifyingRefusals.already())
  if (now === undefined || JSON.stringify(now.pages.map(hashOf)) !== JSON.stringify(pages.map(hashOf)))
    throw new NotCertified(certifyingRefusals.noSuchOriginal())
}

const hashOf = ({ sha256 }: { sha256: string }) => sha256

const sourceOf = ({ pages }: Capture): string =>
  createHash('sha256').update(pages.map(hashOf).join('\n')).digest('hex')

function layOut(
  facts: Facts,
  given: { n: number | null; verifyCode: string | null },
): Promise<Outcome<Prepared>> {
  const { door, officer, authority, paperName, pages } = facts
  const now = door.now()
  return layOutCopy(
    { ...preparedCopy({ officer, authority, paperName, pages: pages.length, ...given, now }), pages },
    { verifyUrl: given.verifyCode === null ? null : verifyUrl(door.baseUrl, given.verifyCode), now },
  )
}

interface Known {
  title: string
  number: string
  verifyCode: string
  sha256: string
  size: number
  signatures: PaperSignature[]
}

// Whoever has the copy can ask whether it is genuine, like any other paper of the authority.
async function known(tx: Queryable, { door, officer, view, authority, original }: Facts, made: Known) {
  const now = door.now()
  await insertDocument(tx, {
    ...{ id: newId(now.getTime()), dossierId: view.dossier.id, dossierCode: view.dossier.code },
    ...{ kind: 'certified-copy-electronic', cause: original.capture.id, standard: 'PDF/A-2b' },
    ...{ issuedAt: now.toISOString(), authorityCode: authority.code, authorityName: authority.name },
    ...{ signerName: officer.name, status: 'valid', statusReason: null, replacedBy: null },
    ...{ sample: authority.sample, ...made },
  })
}
