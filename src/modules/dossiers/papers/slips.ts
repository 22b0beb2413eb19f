import { type Db, inTransaction } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { getVersion } from '../../catalogue/index.ts'
import type { Authority } from '../../directory/index.ts'
import {
  closePaperInHand,
  documentRefusals,
  enterInLog,
  type IssuedDocument,
  issueDocument,
  type Layouts,
  logEntriesOf,
  logNumber,
  logVolume,
  type PaperInHand,
  type PrintedPaper,
  type PrintOptions,
  readPaperInHand,
  renderSlip,
  renderToBeSealed,
  renderToBeSigned,
  type SlipData,
  type SlipKind,
  type SlipSealing,
  sealField,
  sealNow,
  slipKindOf,
  unsealedLine,
} from '../../documents/index.ts'
import { type Authorisation, markPdf, preparePdf, type Signatures } from '../../signatures/index.ts'
import { readPapers } from '../dossier-store.ts'
import { signedWith } from '../entries.ts'
import { type LinkedLine, linkedLines } from '../linked/receipt-lines.ts'
import { type DossierView, explainDue, type HistoryItem } from '../read-dossier.ts'
import { refusals } from '../refusals.ts'
import type { CoSigner } from './co-signers.ts'
import { correctionData, type OldResult, revocationData } from './decisions.ts'
import { endOf, settlePapers } from './ended-papers.ts'
import { type PaperFacts, paperFacts } from './paper-facts.ts'
import { type IssuedKind, type PaperResult, paperResults, resultsOf, tells, titleOf } from './paper-kinds.ts'
import { type PrintOpen, sealPaper } from './papers-to-sign.ts'
import { reasonsFrom } from './reasons.ts'
import { isResult, type ResultKind } from './result-kind.ts'
import { resultData, resultNumber } from './results.ts'
import {
  apologyData,
  declineData,
  type Given,
  obligationData,
  paperLines,
  receiptData,
  refusalData,
  stopData,
  supplementData,
} from './slip-data.ts'
import { ownTemplate } from './template-sources.ts'

export interface PaperDoor {
  db: Db
  files: Files
  baseUrl: string
  now(): Date
  /** How papers look here; without it as shipped. */
  layouts?: Layouts
  /** Address where the service of a dossier is rated; printed on its receipt. */
  ratingUrl?: (dossierId: string) => string
  /** By what papers are signed and sealed; without it they are printed only. */
  signatures?: Signatures
  /** What opens the seals of authorities: the clerk's act asks for them, no person types it. */
  sealing?: Authorisation
}

/**
 * The paper of one act: issued once, with its number, and the same file ever after.
 * Undefined when the dossier has no such act; refused when an own layout of the installation is broken.
 */
export async function issuePaper(
  door: PaperDoor,
  view: DossierView,
  kind: IssuedKind,
  sequence: number,
): Promise<Outcome<IssuedDocument> | undefined> {
  const act = view.history.find((each) => each.sequence === sequence && tells(kind, each, view))
  if (act === undefined) return undefined
  const facts = await paperFacts(door.db, view, act, door.baseUrl)
  if (isResult(kind) && resultOf(facts, kind) === undefined) return undefined
  const beside = await besideOf(door, view, kind, facts)
  if (isRefusal(beside)) return beside
  const authority = issuerOf(kind, facts)
  const signed = await signedPaperOf(door, act, kind)
  if (isRefusal(signed)) return signed
  const document = await issueDocument(door.db, door.files, {
    dossierId: view.dossier.id,
    dossierCode: view.dossier.code,
    kind,
    cause: String(sequence),
    title: isResult(kind) ? resultOf(facts, kind)!.name : titleOf(kind, act),
    authority: { code: authority.code, name: authority.name },
    signerName: facts.officer?.name ?? '',
    sample: authority.sample,
    now: door.now(),
    baseUrl: door.baseUrl,
    register: registerOf(kind, facts),
    numberAs: (n, year) => numberOf(kind, facts, n, year),
    ...(signed && { verifyCode: signed.verifyCode }),
    print: async ({ number, ...given }) => {
      if (view.destroyed) return refusals.contentDestroyed()
      const on = dateOfLaw(view.dossier.decidedAt ?? act.at)
      if (signed) return sealPaper(door, signed, { authority, number, on, now: door.now() })
      const ratingUrl = door.ratingUrl?.(view.dossier.id)
      const numbers = { ...given, number, ratingUrl }
      if (sealingOf(door) && isSealedSlip(kind)) return printForSeal(door, kind, facts, beside, numbers)
      const pdf = await print(door, kind, facts, beside, numbers)
      return isRefusal(pdf) ? pdf : { pdf, signatures: [] }
    },
  })
  if (signed && !isRefusal(document)) await closePaperInHand(door.db.pool, signed.id, 'issued')
  // Somebody may open a paper for the first time after it ended, or the one that takes its place.
  const ended = endOf({ kind, sequence }, view.history) !== undefined
  if (!isRefusal(document) && (ended || act.kind === 'dossiers.result-corrected'))
    await settlePapers(door.db.pool, view.dossier.id, view.history)
  const sealing = sealingOf(door)
  // After the register is free again: a key or a clock that hangs keeps nobody from their number.
  return isRefusal(document) || sealing === undefined ? document : sealNow(sealing, document)
}

/** Slips of a unit, which its seal goes on by itself; what a person signs is sealed with the signature. */
const sealedSlips = ['receipt', 'supplement', 'refusal', 'apology', 'obligation', 'stop'] as const
type SealedSlip = (typeof sealedSlips)[number]
const isSealedSlip = (kind: IssuedKind): kind is SealedSlip =>
  (sealedSlips as readonly string[]).includes(kind)

/** What slips are sealed with; undefined where nothing is sealed. */
export const sealingOf = ({ db, files, signatures, sealing, now }: PaperDoor): SlipSealing | undefined =>
  signatures && { db, files, signatures, sealing: sealing ?? {}, now }

/** A slip with the place of its seal declared: until it is sealed it says there that it is not. */
async function printForSeal(
  door: PaperDoor,
  kind: SealedSlip,
  facts: PaperFacts,
  beside: Beside,
  numbers: Given,
): Promise<Outcome<PrintedPaper>> {
  const { form, data, options } = await slipOf(door, kind, facts, beside, numbers)
  const printed = await renderToBeSealed(form, data as never, options)
  if (isRefusal(printed)) return printed
  const { seal: place } = printed
  const until = [unsealedLine]
  const pdf = preparePdf(printed.pdf, { signatures: [{ name: sealField, place, until }], texts: [] })
  return isRefusal(pdf) ? pdf : { pdf, signatures: [], sealPlace: place }
}

/**
 * The paper of this kind that was signed with an act, when one was. What an act names is what counts: where it is gone,
 * nothing else is printed in its place.
 */
async function signedPaperOf(
  door: PaperDoor,
  { data }: HistoryItem,
  kind: IssuedKind,
): Promise<Outcome<PaperInHand | undefined>> {
  const named = signedWith(data)
  if (named.length === 0) return undefined
  const papers = await Promise.all(named.map(({ paper }) => readPaperInHand(door.db.pool, paper)))
  const paper = papers.find((each) => each?.kind === kind)
  return paper === undefined || paper.signatures.length === 0 ? documentRefusals.fileNotFound() : paper
}

/** A result, a written refusal or a decision about a result with number, date and signatures still open. */
export const printOpen: PrintOpen = async (door, kind, facts, { view, beside, coSigners, ...codes }) => {
  const { db, layouts } = door
  const given = { ...codes, n: 0, year: Number(dateOfLaw(facts.act.at).slice(0, 4)), number: '…' }
  const papers = async () => paperLines(facts, await papersBy(db, facts))
  const own = await ownTemplate(db, { key: kind, facts, given, papers })
  const options = {
    ...{ ...(layouts && { layouts }), ...(own && { own }) },
    ...(coSigners.length > 0 && { others: howMany(coSigners) }),
  }
  switch (kind) {
    case 'decline':
      return renderToBeSigned('decline', declineData(facts, given), options)
    case 'correction':
    case 'revocation': {
      const old = await oldEditions(door, view, facts.act)
      if (isRefusal(old)) return old
      if (kind === 'revocation')
        return renderToBeSigned('revocation', revocationData(facts, given, { old }), options)
      // What takes their place gets its number after this is signed: here it is known by its code.
      const replacements = beside.flatMap(({ kind: of, verifyCode }) =>
        isResult(of) ? [{ title: resultOf(facts, of)!.name, number: null, verifyCode }] : [],
      )
      const editions = { old, replacements, template: firstResult(facts).template }
      return renderToBeSigned('correction', correctionData(facts, given, editions), options)
    }
    default: {
      const form = slipKindOf(resultOf(facts, kind)!.template)
      return renderToBeSigned(form, resultData(form, facts, given) as never, options)
    }
  }
}

const howMany = (coSigners: readonly CoSigner[]) => ({
  initials: coSigners.filter(({ role }) => role === 'initial').length,
  seconds: coSigners.filter(({ role }) => role === 'second').length,
})

/** What a leader would sign, as it would be issued but for number and signer, with words across that it is none yet. */
export async function previewResult(
  door: PaperDoor,
  view: DossierView,
  kind = 'result',
): Promise<Outcome<Uint8Array>> {
  const last = view.history.at(-1)!
  const facts = await paperFacts(door.db, view, { ...last, at: door.now().toISOString() }, door.baseUrl)
  const year = Number(dateOfLaw(facts.act.at).slice(0, 4))
  const given = { n: 0, year, number: '…', verifyUrl: `${door.baseUrl}/xac-minh`, verifyCode: '…' }
  if (!isResult(kind) || resultOf(facts, kind) === undefined) return documentRefusals.fileNotFound()
  const printed = await print(door, kind, { ...facts, officer: undefined }, {}, given)
  return isRefusal(printed) ? printed : markPdf(printed, 'BẢN XEM TRƯỚC')
}

/** What a paper says beside the facts of its act: looked up, and entered or issued, before it gets its number. */
interface Beside {
  papers?: Awaited<ReturnType<typeof readPapers>>
  log?: { book: string; number: string }
  linked?: LinkedLine[]
  /** Why the result was due when it was, before the act. */
  reasonsBefore?: string[]
  old?: OldResult[]
  replacements?: IssuedDocument[]
}

async function besideOf(
  door: PaperDoor,
  view: DossierView,
  kind: IssuedKind,
  facts: PaperFacts,
): Promise<Outcome<Beside>> {
  switch (kind) {
    case 'receipt':
      return {
        papers: await readPapers(door.db.pool, view.dossier.id),
        log: await logLine(door.db, facts),
        linked: await linkedLines(door.db, facts),
      }
    case 'apology':
      return { reasonsBefore: reasonsFrom(await explainDue(door.db, facts.before)) }
    case 'correction':
    case 'revocation':
      return editionsAround(door, view, facts.act)
    default:
      return {}
  }
}

// Whoever prints the receipt before the feed has brought the news enters the dossier in the book now.
async function logLine(db: Db, { dossier }: PaperFacts): Promise<{ book: string; number: string }> {
  const received = {
    dossierId: dossier.id,
    authorityCode: dossier.receivedBy,
    receivedOn: dateOfLaw(dossier.acceptedAt!),
  }
  await inTransaction(db, (tx) => enterInLog(tx, [received]))
  const [entry] = await logEntriesOf(db.pool, [dossier.id])
  return { book: logVolume(entry!), number: logNumber(entry!) }
}

// A decision about a result names papers by number, so they are issued before it.
async function editionsAround(
  door: PaperDoor,
  view: DossierView,
  act: HistoryItem,
): Promise<Outcome<Beside>> {
  const old = await oldEditions(door, view, act)
  if (isRefusal(old)) return old
  if (act.kind === 'dossiers.result-revoked') return { old }
  const replacements = await resultsOfAct(door, view, act)
  return isRefusal(replacements) ? replacements : { old, replacements }
}

/** The papers of the result that stood before an act, issued now where nobody has opened them. */
async function oldEditions(
  door: PaperDoor,
  view: DossierView,
  act: HistoryItem,
): Promise<Outcome<OldResult[]>> {
  const before = view.history.findLast((each) => each.sequence < act.sequence && tells('result', each, view))
  if (before === undefined) throw new Error(`${act.kind} without a result before it in ${view.dossier.code}`)
  const issued = await resultsOfAct(door, view, before)
  const on = dateOfLaw(before.at)
  return isRefusal(issued) ? issued : issued.map((document) => ({ document, on }))
}

async function resultsOfAct(
  door: PaperDoor,
  view: DossierView,
  { sequence }: HistoryItem,
): Promise<Outcome<IssuedDocument[]>> {
  const { procedureCode, procedureVersion } = view.dossier
  const version = await getVersion(door.db, procedureCode, procedureVersion)
  const issued: IssuedDocument[] = []
  for (const { kind } of resultsOf(version, view.answers)) {
    const document = await issuePaper(door, view, kind, sequence)
    if (isRefusal(document)) return document
    if (document !== undefined) issued.push(document)
  }
  return issued
}

async function print(
  door: Pick<PaperDoor, 'db' | 'layouts'>,
  kind: IssuedKind,
  facts: PaperFacts,
  beside: Beside,
  numbers: Given,
): Promise<Outcome<Uint8Array>> {
  const { form, data, options } = await slipOf(door, kind, facts, beside, numbers)
  return renderSlip(form, data as never, options)
}

/** The form that a paper is printed on, with what it says there. */
async function slipOf(
  { db, layouts }: Pick<PaperDoor, 'db' | 'layouts'>,
  kind: IssuedKind,
  facts: PaperFacts,
  { papers = [], log, linked, reasonsBefore = [], old = [], replacements = [] }: Beside,
  numbers: Given,
): Promise<{ form: SlipKind; data: object; options: PrintOptions }> {
  const given = { ...numbers, ...(log && { log }), ...(linked && { linked }) }
  const handedIn = async () => paperLines(facts, await papersBy(db, facts))
  const own = await ownTemplate(db, { key: kind, facts, given, papers: handedIn })
  const options = { ...(layouts && { layouts }), ...(own && { own }) }
  const on = <K extends SlipKind>(form: K, data: SlipData<K>) => ({ form, data, options })
  switch (kind) {
    case 'receipt':
      return on('receipt', receiptData(facts, papers, given))
    case 'supplement':
      return on('supplement', supplementData(facts, given))
    case 'refusal':
      return on('refusal', refusalData(facts, given))
    case 'apology':
      return on('apology', apologyData(facts, given, reasonsBefore))
    case 'obligation':
      return on('obligation', obligationData(facts, given))
    case 'stop':
      return on('stop', stopData(facts, given))
    case 'decline':
      return on('decline', declineData(facts, given))
    case 'correction': {
      const editions = { old, replacements, template: firstResult(facts).template }
      return on('correction', correctionData(facts, given, editions))
    }
    case 'revocation':
      return on('revocation', revocationData(facts, given, { old }))
    default: {
      const form = slipKindOf(resultOf(facts, kind satisfies ResultKind)!.template)
      return { form, data: resultData(form, facts, given), options }
    }
  }
}

async function papersBy(db: Db, { dossier, act }: PaperFacts) {
  const papers = await readPapers(db.pool, dossier.id)
  return papers.filter(({ addedAt }) => addedAt.toISOString() <= act.at)
}

const notices = new Set<IssuedKind>(['apology', 'obligation', 'stop', 'decline', 'correction', 'revocation'])
const ofCompetent = (kind: IssuedKind) => isResult(kind) || notices.has(kind)

const issuerOf = (kind: IssuedKind, { competent, received }: PaperFacts): Authority =>
  ofCompetent(kind) ? competent : received

// Papers whose numbers look alike come from one register, so that no two bear the same.
function registerOf(kind: IssuedKind, facts: PaperFacts): string {
  if (isResult(kind)) {
    const { template } = resultOf(facts, kind)!
    return resultRegisters[template] ?? `result:${template}`
  }
  if (kind === 'correction' || kind === 'revocation') return 'decision'
  return ofCompetent(kind) ? 'notice' : `slip:${kind}`
}

const resultRegisters: Record<string, string> = {
  'residence-notice': 'notice',
  'support-decision': 'decision',
}

// Slips of a centre, of a police office, notices and decisions of the authority itself are numbered apart.
function numberOf(kind: IssuedKind, facts: PaperFacts, n: number, year: number): string {
  if (isResult(kind)) return resultNumber(resultOf(facts, kind)!.template, n, year)
  if (kind === 'correction' || kind === 'revocation') return `${n}/QĐ-${abbreviation(facts.competent)}`
  if (ofCompetent(kind)) return `${n}/TB-${abbreviation(facts.competent)}`
  const suffix = facts.received.kind === 'commune-police' ? 'CAP' : 'TTPVHCC'
  return `${String(n).padStart(5, '0')}/${suffix}`
}

/** How an authority is abbreviated in numbers of papers (NĐ 30/2020/NĐ-CP, Phụ lục VI). */
function abbreviation({ kind, name }: Authority): string {
  if (kind === 'commune' || kind === 'province') return 'UBND'
  if (kind === 'commune-police') return 'CAP'
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  return words
    .slice(0, 6)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}

const firstResult = ({ version }: PaperFacts): PaperResult => paperResults(version)[0]

const resultOf = ({ version, answers }: PaperFacts, kind: ResultKind): PaperResult | undefined =>
  resultsOf(version, answers).find((each) => each.kind === kind)
