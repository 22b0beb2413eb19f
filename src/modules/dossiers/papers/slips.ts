import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { componentsFor } from '../../catalogue/index.ts'
import {
  type IssuedDocument,
  issueDocument,
  type Layouts,
  renderSlip,
  type SlipData,
  type SlipKind,
  slipKindOf,
} from '../../documents/index.ts'
import type { Dossier } from '../dossier.ts'
import { type Paper, readPapers } from '../dossier-store.ts'
import type { EntryKind } from '../entries.ts'
import type { DossierView, HistoryItem } from '../read-dossier.ts'
import {
  about,
  agencyHead,
  approvedAs,
  approvedBy,
  citation,
  limitOf,
  type PaperFacts,
  paperFacts,
  reasonsOf,
} from './paper-facts.ts'
import { type ResultNumbers, resultData, resultNumber } from './results.ts'

/** Papers that acts on a dossier give rise to (TT 03/2025/TT-VPCP, Phụ lục I; results by their own circulars). */
export type PaperKind = 'receipt' | 'supplement' | 'refusal' | 'stop' | 'decline' | 'result'

const acts: Record<PaperKind, EntryKind> = {
  receipt: 'dossiers.accepted',
  supplement: 'dossiers.supplement-requested',
  refusal: 'dossiers.refused',
  stop: 'dossiers.stopped',
  decline: 'dossiers.declined',
  result: 'dossiers.approved',
}

const titles: Record<Exclude<PaperKind, 'result'>, string> = {
  receipt: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  supplement: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  refusal: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  stop: 'Thông báo dừng giải quyết hồ sơ',
  decline: 'Văn bản từ chối giải quyết hồ sơ',
}

/** One paper that a dossier has or can have, and the act behind it. */
export interface AvailablePaper {
  kind: PaperKind
  title: string
  at: string
  sequence: number
}

/** The papers that the acts of a dossier have given rise to, oldest first. The result counts once it is decided. */
export function papersOf(
  view: Pick<DossierView, 'history' | 'dossier'>,
  resultName: string,
): AvailablePaper[] {
  const kinds = Object.keys(acts) as PaperKind[]
  return view.history.flatMap((act) => {
    const kind = kinds.find((each) => tells(each, act, view.dossier))
    if (kind === undefined) return []
    return [
      { kind, title: kind === 'result' ? resultName : titles[kind], at: act.at, sequence: act.sequence },
    ]
  })
}

// A signature makes a result or a written refusal, as the process ended; before it ended, neither.
function tells(kind: PaperKind, act: HistoryItem, { outcome }: Pick<Dossier, 'outcome'>): boolean {
  if (kind === 'result') return act.kind === acts.result && outcome === 'granted'
  if (kind === 'decline')
    return act.kind === acts.decline || (act.kind === acts.result && outcome === 'not-granted')
  return act.kind === acts[kind]
}

export interface PaperDoor {
  db: Db
  files: Files
  baseUrl: string
  now(): Date
  /** How papers look here; without it as shipped. */
  layouts?: Layouts
  /** Address where the service of a dossier is rated; printed on its receipt. */
  ratingUrl?: (dossierId: string) => string
}

/**
 * The paper of one act: issued once, with its number, and the same file ever after.
 * Undefined when the dossier has no such act.
 */
export async function issuePaper(
  door: PaperDoor,
  view: DossierView,
  kind: PaperKind,
  sequence: number,
): Promise<Outcome<IssuedDocument> | undefined> {
  const act = view.history.find((each) => each.sequence === sequence && tells(kind, each, view.dossier))
  if (act === undefined) return undefined
  const facts = await paperFacts(door.db, view, act, door.baseUrl)
  const authority =
    kind === 'result' || kind === 'decline' || kind === 'stop' ? facts.competent : facts.received
  const papers = await readPapers(door.db.pool, view.dossier.id)
  return issueDocument(door.db, door.files, {
    dossierId: view.dossier.id,
    dossierCode: view.dossier.code,
    kind,
    cause: String(sequence),
    title: kind === 'result' ? (facts.version.results[0]?.name ?? facts.version.name) : titles[kind],
    authority: { code: authority.code, name: authority.name },
    signerName: facts.officer?.name ?? '',
    sample: authority.sample,
    now: door.now(),
    baseUrl: door.baseUrl,
    register: registerOf(kind, facts),
    numberAs: (n, year) => numberOf(kind, facts, n, year),
    print: (given) =>
      print(door, kind, facts, papers, { ...given, ratingUrl: door.ratingUrl?.(view.dossier.id) }),
  })
}

/** What a leader would sign, printed exactly as it would be issued but for its number. */
export async function previewResult(door: PaperDoor, view: DossierView): Promise<Outcome<Uint8Array>> {
  const last = view.history.at(-1)!
  const facts = await paperFacts(door.db, view, { ...last, at: door.now().toISOString() }, door.baseUrl)
  const year = Number(dateOfLaw(facts.act.at).slice(0, 4))
  const given = { n: 0, year, number: '…', verifyUrl: `${door.baseUrl}/xac-minh`, verifyCode: '…' }
  return print(door, 'result', facts, [], given)
}

const registerOf = (kind: PaperKind, facts: PaperFacts) =>
  kind === 'result' ? `result:${templateOf(facts)}` : `slip:${kind}`

// Slips of a centre, of a police office and notices of the authority itself are numbered apart.
function numberOf(kind: PaperKind, facts: PaperFacts, n: number, year: number): string {
  if (kind === 'result') return resultNumber(templateOf(facts), n, year)
  if (kind === 'decline' || kind === 'stop')
    return `${n}/TB-${facts.competent.kind === 'commune' ? 'UBND' : 'CAP'}`
  const suffix = facts.received.kind === 'commune-police' ? 'CAP' : 'TTPVHCC'
  return `${String(n).padStart(5, '0')}/${suffix}`
}

/** The first result that is a paper: an update of a register is none. */
const templateOf = ({ version }: PaperFacts) =>
  version.results.find((each) => isPaper(each.template))?.template ?? 'result'

interface Given extends ResultNumbers {
  ratingUrl?: string | undefined
}

async function print(
  { layouts }: Pick<PaperDoor, 'layouts'>,
  kind: PaperKind,
  facts: PaperFacts,
  papers: Paper[],
  given: Given,
): Promise<Outcome<Uint8Array>> {
  const render = <K extends SlipKind>(form: K, data: SlipData<K>) =>
    renderSlip(form, data, layouts ? { layouts } : {})
  switch (kind) {
    case 'receipt':
      return render('receipt', receiptData(facts, papers, given))
    case 'supplement':
      return render('supplement', supplementData(facts, given))
    case 'refusal':
      return render('refusal', {
        ...about(facts, given),
        reason: facts.act.text ?? '',
        officer: approvedBy(facts),
      })
    case 'stop':
      return render('stop', {
        ...about(facts, given),
        agency: agencyHead(facts.competent, facts.parent),
        office: facts.competent.name,
        stoppedAt: facts.act.at,
        reason: facts.act.text ?? '',
        signer: approvedAs(facts),
      })
    case 'decline':
      return render('decline', declineData(facts, given))
    case 'result': {
      const form: SlipKind = slipKindOf(templateOf(facts))
      return render(form, resultData(form, facts, given) as never)
    }
    default:
      return kind satisfies never
  }
}

// A procedure may also end in an update of a register: that is no paper.
const isPaper = (template: string) => template !== 'register-update' && template !== 'residence-refusal'

function receiptData(facts: PaperFacts, papers: Paper[], given: Given) {
  const { dossier, party, act } = facts
  const log = { book: `01/${given.year}`, number: String(given.n).padStart(5, '0') }
  const site = new URL(facts.baseUrl).host
  return {
    ...about(facts, given),
    // Whoever holds the receipt sees the status at once: the secret goes along in the code.
    qr: {
      text: `${facts.baseUrl}/ho-so/${dossier.code}?m=${party.lookupSecret}`,
      label: `Mã QR mở trang tình trạng của hồ sơ ${dossier.code}`,
    },
    papers: paperLines(facts, papers),
    limit: limitOf(dossier),
    receivedAt: dossier.acceptedAt ?? act.at,
    dueAt: dossier.promisedDueAt ?? act.at,
    reasons: reasonsOf(facts),
    delivery: deliveries[dossier.delivery],
    log,
    submitter: { name: party.name, note: dossier.channel === 'online' ? 'Đã nộp trực tuyến' : null },
    receiver: approvedBy(facts),
    lookup: {
      site: `${site}/tra-cuu`,
      secret: party.lookupSecret,
      phone: facts.received.phone,
      rating: given.ratingUrl?.replace(/^https?:\/\//, '') ?? null,
    },
  }
}

const deliveries = {
  electronic: 'bản điện tử trong tài khoản của người nộp',
  counter: 'tại nơi nộp hồ sơ',
  post: 'qua dịch vụ bưu chính công ích',
}

function paperLines({ version, dossier, answers }: PaperFacts, papers: Paper[]) {
  const names = new Map(version.components.map((component) => [component.key, component.name]))
  const handedIn = [...Map.groupBy(papers, (paper) => paper.component)].map(([component, files]) => ({
    name: names.get(component) ?? files[0]!.name,
    form: 'Bản điện tử',
    quantity: files.length,
  }))
  const declaration = componentsFor(version, {
    caseCode: dossier.caseCode,
    channel: dossier.channel,
    answers,
    today: dateOfLaw(dossier.submittedAt),
  })
    .filter((line) => line.provision === 'form')
    .map((line) => ({ name: line.name, form: 'Biểu mẫu điện tử', quantity: 1 }))
  const all = [...declaration, ...handedIn]
  return all.length > 0 ? all : [{ name: 'Tờ khai', form: 'Biểu mẫu điện tử', quantity: 1 }]
}

function supplementData(facts: PaperFacts, given: Given) {
  const request = facts.act.request ?? { items: [], reason: null }
  return {
    ...about(facts, given),
    items: request.items.map((item) => item.text),
    reason: request.reason,
    officer: approvedBy(facts),
  }
}

function declineData(facts: PaperFacts, given: Given) {
  const { competent, act, dossier } = facts
  return {
    ...about(facts, given),
    agency: agencyHead(competent, facts.parent),
    office: competent.name,
    receivedAt: dossier.acceptedAt ?? dossier.submittedAt,
    reason: act.text ?? reasonOfRefusal(facts),
    legalGround: facts.version.legalBases.slice(0, 2).map(citation).join('; '),
    signer: approvedAs(facts),
  }
}

// Signed after the process: the officer who drafted the refusal stated why.
function reasonOfRefusal({ draft }: PaperFacts): string {
  return typeof draft?.reason === 'string' && draft.reason.trim()
    ? draft.reason
    : 'Hồ sơ không đủ điều kiện giải quyết.'
}
