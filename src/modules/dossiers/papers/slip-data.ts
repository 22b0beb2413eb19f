import { dateOfLaw } from '../../../kernel/time.ts'
import { componentsFor, limitText } from '../../catalogue/index.ts'
import type { SlipData } from '../../documents/index.ts'
import type { Paper } from '../dossier-store.ts'
import type { EntryData } from '../entries.ts'
import type { LinkedLine } from '../linked/receipt-lines.ts'
import {
  about,
  agencyHead,
  approvedAs,
  approvedBy,
  citation,
  limitOf,
  officeName,
  type PaperFacts,
} from './paper-facts.ts'
import { reasonsFrom } from './reasons.ts'
import type { ResultNumbers } from './results.ts'

/*
 * What each slip says about one act. The facts are those of the act, so that it may be printed at any time.
 */

export interface Given extends ResultNumbers {
  ratingUrl?: string | undefined
  /** The line of the log book; receipts alone name it. */
  log?: { book: string; number: string }
  /** The procedures of a linked filing; receipts alone name them. */
  linked?: LinkedLine[]
}

export function receiptData(facts: PaperFacts, papers: Paper[], given: Given): SlipData<'receipt'> {
  const { dossier, party, act } = facts
  const site = new URL(facts.baseUrl).host
  return {
    ...about(facts, given),
    // Whoever holds the receipt sees the status at once: the secret goes along in the code.
    qr: {
      text: `${facts.baseUrl}/ho-so/${dossier.code}?m=${party.lookupSecret}`,
      label: `Mã QR mở trang tình trạng của hồ sơ ${dossier.code}`,
    },
    papers: paperLines(
      facts,
      papers.filter(({ addedAt }) => addedAt.toISOString() <= act.at),
    ),
    limit: limitOf(dossier),
    settledBy: settledElsewhere(facts),
    linked: given.linked ?? [],
    receivedAt: dossier.acceptedAt ?? act.at,
    dueAt: dossier.promisedDueAt ?? act.at,
    reasons: reasonsFrom(facts.explanation),
    delivery: deliveries[dossier.delivery],
    log: given.log ?? { book: `01/${given.year}`, number: '' },
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

/** Who settles what another place takes in; null where it is one place. */
export const settledElsewhere = ({ received, competent }: Pick<PaperFacts, 'received' | 'competent'>) =>
  received.code === competent.code ? null : competent.name

const deliveries = {
  electronic: 'bản điện tử trong tài khoản của người nộp',
  counter: 'tại nơi nộp hồ sơ',
  post: 'qua dịch vụ bưu chính công ích',
}

/** What was handed in, as receipts list it: the declaration first. */
export function paperLines({ version, dossier, answers }: PaperFacts, papers: Paper[]) {
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

export function supplementData(facts: PaperFacts, given: Given): SlipData<'supplement'> {
  const { request } = facts.act
  const { stage, answerBy } = dataOf(facts, 'dossiers.supplement-requested')
  const reasons = [request?.reason, request?.newFact && `Tình tiết mới: ${request.newFact}`]
  return {
    ...about(facts, given),
    items: request?.items.map((item) => item.text) ?? [erased],
    reason: reasons.filter(Boolean).join('\n') || null,
    answerBy: answerBy ?? null,
    // At intake no limit runs yet: it begins when the dossier is complete.
    clock: stage === 'intake' ? null : pausedFor[facts.dossier.supplementRule](limitOf(facts.dossier)),
    reasons: stage === 'intake' ? [] : reasonsFrom(facts.explanation),
    officer: approvedBy(facts),
  }
}

const pausedFor = {
  restart: (limit: string) =>
    `Thời gian chờ bổ sung không tính vào thời hạn. Khi đủ giấy tờ, thời hạn ${limit} được tính lại từ đầu.`,
  subtract: () =>
    'Thời gian chờ bổ sung không tính vào thời hạn. Khi đủ giấy tờ, phần thời hạn còn lại được tính tiếp.',
}

export const refusalData = (facts: PaperFacts, given: Given): SlipData<'refusal'> => ({
  ...about(facts, given),
  reason: said(facts),
  officer: approvedBy(facts),
})

/** Mẫu 04 of either kind: `reasonsBefore` says why the result was due when it was. */
export function apologyData(facts: PaperFacts, given: Given, reasonsBefore: string[]): SlipData<'apology'> {
  const { dossier, before, act } = facts
  const moved = act.kind === 'dossiers.extended' ? dataOf(facts, 'dossiers.extended') : null
  const due = moved?.from ?? before.dueAt ?? before.promisedDueAt ?? act.at
  return {
    ...ofAuthority(facts, given),
    variant: moved ? 'extension' : 'apology',
    receivedAt: dossier.acceptedAt ?? act.at,
    dueAt: due,
    reasons: reasonsBefore,
    reason: said(facts),
    newDueAt: moved?.dueAt ?? dataOf(facts, 'dossiers.apologised').newDate,
    addition: moved ? limitText({ ...dossier.limit, amount: moved.days, raw: '' }, 'vi') : null,
    signer: approvedAs(facts),
  }
}

export function obligationData(facts: PaperFacts, given: Given): SlipData<'obligation'> {
  const items =
    facts.act.kind === 'dossiers.fees-corrected'
      ? dataOf(facts, 'dossiers.fees-corrected').obligations
      : [dataOf(facts, 'dossiers.obligation-requested').obligation]
  return {
    ...ofAuthority(facts, given),
    items: items.map(({ name, amountVnd }) => ({ name, amountVnd })),
    reason: facts.act.text ?? null,
    payment: [
      'Nộp tại nơi đã nhận hồ sơ, hoặc theo hướng dẫn của cơ quan thu.',
      'Giữ chứng từ nộp tiền và báo cho nơi đã nhận hồ sơ để được xác nhận.',
    ].join('\n'),
    clock:
      facts.dossier.obligationRule === 'pause'
        ? 'Thời hạn giải quyết dừng từ lúc thông báo đến khi có chứng từ nộp.'
        : 'Thời hạn giải quyết vẫn được tính trong khi chờ.',
    signer: approvedAs(facts),
  }
}

export const stopData = (facts: PaperFacts, given: Given): SlipData<'stop'> => ({
  ...ofAuthority(facts, given),
  stoppedAt: facts.act.at,
  reason: said(facts),
  legalGround: groundsOf(facts),
  consequences: [
    'Giấy tờ bản giấy đã nộp được trả lại tại nơi đã nộp hồ sơ.',
    'Phí, lệ phí đã nộp được xử lý theo quy định của từng khoản thu.',
    'Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.',
  ],
  signer: approvedAs(facts),
})

export function declineData(facts: PaperFacts, given: Given): SlipData<'decline'> {
  const { act, dossier } = facts
  return {
    ...ofAuthority(facts, given),
    receivedAt: dossier.acceptedAt ?? dossier.submittedAt,
    reason: act.text ?? reasonOfRefusal(facts),
    legalGround: groundsOf(facts),
    signer: approvedAs(facts),
  }
}

const groundsOf = ({ version }: PaperFacts) => version.legalBases.slice(0, 2).map(citation).join('; ')

// Signed after the process: the officer who drafted the refusal stated why.
function reasonOfRefusal({ draft }: PaperFacts): string {
  return typeof draft?.reason === 'string' && draft.reason.trim()
    ? draft.reason
    : 'Hồ sơ không đủ điều kiện giải quyết.'
}

/** Words of the authority that settles, under its own head; questions go to where the dossier was handed in. */
const ofAuthority = (facts: PaperFacts, given: Given) => ({
  ...about(facts, given),
  agency: agencyHead(facts.competent, facts.parent),
  office: facts.competent.name,
  contact: { name: officeName(facts.received), phone: facts.received.phone },
})

const erased = '(Nội dung đã được xóa.)'
/** The reason as it was written; a paper needs one, also when the words were erased by then. */
export const said = ({ act }: Pick<PaperFacts, 'act'>): string => act.text || erased

/** What the act states; its kind was looked at before. */
export const dataOf = <K extends keyof EntryData>({ act }: Pick<PaperFacts, 'act'>, _kind: K) =>
  act.data as EntryData[K]
