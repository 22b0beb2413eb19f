import { inTransaction } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { keepContent, paperPdf, referToDocument, type StoredFile } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import {
  type Authorisation,
  copyLines,
  copyPlace,
  evidenceOf,
  pageSizes,
  previewSigning,
  type Signed,
  type SignerRow,
  type Signing,
  signMany,
} from '../../signatures/index.ts'
import { findPaperKind, keepItem, type Owner } from '../../vault/index.ts'
import { meansOf } from '../approve-signed.ts'
import type { Dossiers } from '../dossier-service.ts'
import { needAuthority } from '../papers/paper-facts.ts'
import type { SigningDoor } from '../papers/papers-to-sign.ts'
import type { DossierView } from '../read-dossier.ts'
import { type DigitisedPaper, dropScan, insertDigitised, insertScan } from './digitised-store.ts'
import {
  type Digitising,
  type DigitisingLine,
  digitiserAt,
  digitisingOf,
  type ScannedPaper,
} from './digitising.ts'
import { problemsOfPaper } from './paper-fields.ts'
import { digitisingRefusals as refusals } from './refusals.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** What signs papers, and writes into the journal of the dossier that it was done. */
export type DigitisingDoor = SigningDoor & Pick<Dossiers, 'act'>

/** One paper as the officer says it is. */
export interface WantedCopy {
  /** `ScannedPaper.key`. */
  key: string
  paperCode: string | null
  fields: Record<string, string>
  /** The officer had the original before them and it is the same. */
  compared: boolean
}

/** Adds a scan to a component; the file is the officer's own. Refuses who may not, and what is never digitised. */
export async function addScan(
  { db, now }: Pick<SigningDoor, 'db' | 'now'>,
  officer: Officer,
  view: DossierView,
  { component, file }: { component: string; file: StoredFile },
): Promise<Outcome<{ component: string }>> {
  if (digitiserAt(officer, view.dossier) === undefined) return refusals.mayNot()
  const { lines } = await digitisingOf(db, view, dateOfLaw(now()))
  const line = lines.find((each) => each.component.key === component)
  if (line === undefined || file.owner.kind !== 'officer' || file.owner.id !== officer.officerId)
    return refusals.noSuchPaper()
  const refused = refusedLine(line)
  if (refused) return refused
  const { officerId } = officer
  const scan = { fileId: file.fileId, component, dossierId: view.dossier.id, officerId, now: now() }
  await insertScan(db.pool, scan)
  return { component }
}

/** Takes scans back that were not signed. */
export async function dropScans(
  { db, now }: Pick<SigningDoor, 'db' | 'now'>,
  officer: Officer,
  view: DossierView,
  key: string,
): Promise<Outcome<{ dropped: number }>> {
  if (digitiserAt(officer, view.dossier) === undefined) return refusals.mayNot()
  const { lines } = await digitisingOf(db, view, dateOfLaw(now()))
  const paper = lines.flatMap(({ waiting }) => waiting).find((each) => each.key === key)
  if (paper === undefined) return refusals.noSuchPaper()
  for (const { fileId } of paper.files) await dropScan(db.pool, view.dossier.id, fileId, now())
  return { dropped: paper.files.length }
}

/** Copies to be signed with one authorisation. */
export interface CopiesToSign {
  list: readonly WantedCopy[]
  authorisation: Authorisation
  /** Asked for before and answered elsewhere, on a phone: the same request and moment make the same file again. */
  asked?: { id: string; at: Date }
}

interface Prepared {
  wanted: WantedCopy
  line: DigitisingLine
  paper: ScannedPaper
  pages: number
  signing: Signing
}

interface Context {
  door: SigningDoor
  officer: Officer
  view: DossierView
  authority: { code: string; name: string }
  digitising: Digitising
  signer: SignerRow
  /** When the copies say that they were signed. */
  at: Date
  request: string | undefined
}

/**
 * Makes digitised papers of what was scanned for a dossier: compared with the original, made PDF/A, signed by the
 * officer at the top right of the first page (NĐ 30/2020/NĐ-CP, Phụ lục I; PAdES B-LT), linked to the component and
 * kept in the vault of whom the dossier is for. One authorisation opens the key for all; answers come in the order
 * asked, and one that fails stops no other.
 */
export async function digitisePapers(
  door: DigitisingDoor,
  officer: Officer,
  view: DossierView,
  { list, authorisation, asked }: CopiesToSign,
): Promise<Outcome<DigitisedPaper>[]> {
  const context = await contextOf(door, officer, view, asked)
  if (isRefusal(context)) return list.map(() => context)
  const prepared: Outcome<Prepared>[] = []
  for (const wanted of list) prepared.push(await prepare(context, wanted))
  const toSign = prepared.flatMap((each) => (isRefusal(each) ? [] : each.signing))
  const signed = signMany(door.signatures, toSign, authorisation)
  const answers: Outcome<DigitisedPaper>[] = []
  for (const each of prepared) answers.push(isRefusal(each) ? each : await keep(context, each, signed))
  await note(door, officer, view, answers)
  return answers
}

async function contextOf(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  asked: CopiesToSign['asked'],
): Promise<Outcome<Context>> {
  const place = digitiserAt(officer, view.dossier)
  if (place === undefined) return refusals.mayNot()
  const [authority, digitising, signer] = await Promise.all([
    needAuthority(door.db, place),
    digitisingOf(door.db, view, dateOfLaw(door.now())),
    meansOf(door, officer, place),
  ])
  if (signer === undefined) return refusals.nobodySigns()
  return {
    ...{ door, officer, view, authority, digitising, signer },
    ...{ at: asked?.at ?? door.now(), request: asked?.id },
  }
}

/** What signing these copies would refuse, before anybody is asked; nothing is signed or kept. */
export async function refusedCopies(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  list: readonly WantedCopy[],
): Promise<Refusal[]> {
  const context = await contextOf(door, officer, view, undefined)
  if (isRefusal(context)) return [context]
  const prepared: Outcome<Prepared>[] = []
  for (const wanted of list) prepared.push(await prepare(context, wanted))
  return prepared.filter(isRefusal)
}

/** A copy exactly as it will be signed, with words across it that it is not signed yet. */
export async function previewCopy(
  door: SigningDoor,
  officer: Officer,
  view: DossierView,
  { wanted, asked }: { wanted: WantedCopy; asked: NonNullable<CopiesToSign['asked']> },
): Promise<Outcome<Uint8Array>> {
  const context = await contextOf(door, officer, view, asked)
  const prepared = isRefusal(context) ? context : await prepare(context, wanted)
  return isRefusal(prepared) ? prepared : previewSigning(prepared.signing)
}

// The journal names each copy by its hash, so that it can be told later what was signed, when and by whom.
async function note(
  { act, now }: DigitisingDoor,
  officer: Officer,
  { dossier }: DossierView,
  answers: readonly Outcome<DigitisedPaper>[],
) {
  const done = answers.flatMap((each) => (isRefusal(each) ? [] : each))
  if (done.length === 0) return
  const lines = done.map(({ component, pages, sha256 }) => `${component}, ${pages} trang, SHA-256 ${sha256}`)
  const words = ['Số hóa và ký số, đã đối chiếu bản chính:', ...lines].join('\n').slice(0, 4000)
  await act(officer, dossier.code, { command: 'note', note: words }, { now: now() })
}

function refusedLine({ component: { name }, rule, inVault }: DigitisingLine) {
  if (rule.rule === 'never') return refusals.never({ name, why: rule.why })
  return inVault.length > 0 ? refusals.inVault({ name }) : undefined
}

async function prepare(
  { door, authority, digitising, signer, at: now, request }: Context,
  wanted: WantedCopy,
): Promise<Outcome<Prepared>> {
  const line = digitising.lines.find(({ waiting }) => waiting.some(({ key }) => key === wanted.key))
  const paper = line?.waiting.find(({ key }) => key === wanted.key)
  if (line === undefined || paper === undefined) return refusals.noSuchPaper()
  const { name } = line.component
  const refused = refusedLine(line)
  if (refused) return refused
  // Whoever certifies it signs it, and nobody else.
  if (line.rule.why === 'certify') return refusals.never({ name, why: line.rule.why })
  if (!wanted.compared) return refusals.notCompared({ name })
  if (wanted.paperCode !== null && !line.codes.includes(wanted.paperCode)) return refusals.noSuchPaper()
  const problems = problemsOfPaper(wanted.paperCode, wanted.fields, dateOfLaw(now))
  if (problems.length > 0) return refusals.badData({ name, problems })
  const pdf = await paperPdf(door.files, paper.files, now)
  if (isRefusal(pdf)) return pdf
  const sizes = pageSizes(pdf)
  if (isRefusal(sizes)) return sizes
  const lines = copyLines(authority.name, now)
  const signing: Signing = {
    pdf,
    field: `copy-${paper.source.slice(0, 12)}`,
    place: copyPlace(sizes[0]!.width, lines.length),
    appearance: { role: 'copy', lines },
    reason: 'Số hóa giấy tờ, đã đối chiếu bản chính',
    level: 'B-LT',
    signerId: signer.id,
    now,
    ...(request && { requestId: `${request}/${paper.source}` }),
  }
  return { wanted, line, paper, pages: sizes.length, signing }
}

async function keep(
  context: Context,
  prepared: Prepared,
  signed: AsyncGenerator<Outcome<Signed>>,
): Promise<Outcome<DigitisedPaper>> {
  const { door } = context
  const made = (await signed.next()).value as Outcome<Signed> | undefined
  if (made === undefined) throw new Error('fewer signatures than papers')
  if (isRefusal(made)) return made
  const content = await keepContent(door.files, made.pdf)
  if (isRefusal(content)) return content
  const [found] = await evidenceOf(door.db, content.sha256)
  return record(context, prepared, { signed: made, ...content, evidenceId: found?.id ?? null })
}

interface Content {
  signed: Signed
  sha256: string
  size: number
  evidenceId: string | null
}

// The copy, its place in the dossier and its place in the vault come to be together.
function record(
  { door, officer, view, authority, digitising: { holder } }: Context,
  { wanted, line, paper, pages }: Prepared,
  { signed: { evidence }, sha256, size, evidenceId }: Content,
): Promise<Outcome<DigitisedPaper>> {
  const now = door.now()
  const title = nameOf(wanted, line)
  return inTransaction(door.db, async (tx) => {
    const file = await referToDocument(
      tx,
      { title, sha256, size },
      { owner: { kind: 'authority', id: authority.code }, purpose: 'digitised', now },
    )
    if (isRefusal(file)) return file
    const vaultItemId =
      holder === null
        ? null
        : await inVault(tx, holder, {
            wanted,
            line,
            title,
            sha256,
            size,
            evidenceId,
            now,
            fileId: file.fileId,
            view,
          })
    const digitised: DigitisedPaper = {
      id: newId(now.getTime()),
      dossierId: view.dossier.id,
      component: line.component.key,
      source: paper.source,
      sourceFiles: paper.files.map(({ fileId }) => fileId),
      ...{ fileId: file.fileId, sha256, size, pages },
      ...{ paperCode: wanted.paperCode, fields: filled(wanted.fields) },
      ...{ officerId: officer.officerId, authority: authority.code },
      signerName: evidence.signerName,
      certificate: evidence.certificateSha256,
      ...{ evidenceId, vaultItemId },
      signedAt: evidence.signedAt,
    }
    if (!(await insertDigitised(tx, digitised))) throw new SignedMeanwhile()
    return digitised
  }).catch((error: unknown) => {
    if (error instanceof SignedMeanwhile) return refusals.already({ name: line.component.name })
    throw error
  })
}

/** Rolls the transaction back: a colleague signed the same scan. */
class SignedMeanwhile extends Error {}

const filled = (fields: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])),
  )

/** What the paper is called: by its kind where that is known, else by what was asked for. */
const nameOf = ({ paperCode }: WantedCopy, { component }: DigitisingLine) =>
  findPaperKind(paperCode)?.name ?? component.name

interface ForVault extends Pick<Prepared, 'wanted' | 'line'> {
  title: string
  sha256: string
  size: number
  evidenceId: string | null
  fileId: string
  now: Date
  view: DossierView
}

async function inVault(
  tx: Parameters<typeof keepItem>[0],
  owner: Owner,
  { wanted, line, title, now, view, ...content }: ForVault,
): Promise<string> {
  const { number = null, issuedOn = null, validTo = null, issuer = null, ...rest } = filled(wanted.fields)
  const { procedureCode, code } = view.dossier
  const { id } = await keepItem(tx, {
    ...content,
    ...{ owner, name: title, trust: 'digitised', mediaType: 'application/pdf' },
    paperCode: wanted.paperCode ?? line.component.code ?? `${procedureCode}:${line.component.key}`,
    ...{ number, issuedOn, validTo, issuer },
    dossierCode: code,
    fields: { ...(rest.holder && { subject: rest.holder }), ...rest },
    addedAt: now,
  })
  return id
}
