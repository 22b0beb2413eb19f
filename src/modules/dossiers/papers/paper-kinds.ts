import type { ProcedureVersion } from '../../catalogue/index.ts'
import type { Dossier } from '../dossier.ts'
import type { EntryKind } from '../entries.ts'
import type { DossierView, HistoryItem } from '../read-dossier.ts'
import { certifiedCopy, copyFormOf } from './copy-form.ts'
import { endOf, type PaperEnd, restates } from './ended-papers.ts'
import { isResult, type ResultKind } from './result-kind.ts'

/** Papers that acts on a dossier give rise to (TT 03/2025/TT-VPCP, Phụ lục I; results by their own circulars). */
export const paperKinds = [
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'obligation',
  'stop',
  'decline',
  'result',
  'correction',
  'revocation',
  'handover',
  'control',
] as const
export type PaperKind = (typeof paperKinds)[number] | ResultKind

/** Whether somebody names a kind of paper. */
export const isPaperKind = (text: string): text is PaperKind =>
  isResult(text) || (paperKinds as readonly string[]).includes(text)

/** Papers that are issued once, with a number; the others show how things stand whenever they are printed. */
export type IssuedKind = Exclude<PaperKind, 'handover' | 'control'>

const acts: Record<(typeof paperKinds)[number], readonly EntryKind[]> = {
  receipt: ['dossiers.accepted'],
  supplement: ['dossiers.supplement-requested'],
  refusal: ['dossiers.refused'],
  apology: ['dossiers.extended', 'dossiers.apologised'],
  obligation: ['dossiers.obligation-requested', 'dossiers.fees-corrected'],
  stop: ['dossiers.stopped'],
  decline: ['dossiers.declined', 'dossiers.approved'],
  result: ['dossiers.approved', 'dossiers.result-corrected'],
  correction: ['dossiers.result-corrected'],
  revocation: ['dossiers.result-revoked'],
  handover: ['dossiers.handed-over'],
  control: [],
}

export const titles: Record<Exclude<PaperKind, ResultKind>, string> = {
  receipt: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  supplement: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  refusal: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  apology: 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
  obligation: 'Thông báo thực hiện nghĩa vụ tài chính',
  stop: 'Thông báo dừng giải quyết hồ sơ',
  decline: 'Văn bản từ chối giải quyết hồ sơ',
  correction: 'Quyết định đính chính kết quả',
  revocation: 'Quyết định thu hồi kết quả',
  handover: 'Phiếu bàn giao hồ sơ',
  control: 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
}

/** One paper that a dossier has or can have, and the act behind it. */
export interface AvailablePaper {
  kind: PaperKind
  title: string
  at: string
  sequence: number
  /** Its name in the address of the dossier's papers: `/giay/<code>/<file>.pdf`. */
  file: string
  /** What became of it, when it counts no more. */
  ended?: PaperEnd['how']
}

type Seen = Pick<DossierView, 'history' | 'dossier'> & { asApplicant?: boolean; asParty?: number | null }

/**
 * The papers that the acts of a dossier have given rise to, oldest first. The result counts once it is decided.
 * Officers also find the control slip, as the journal stands.
 */
export function papersOf(view: Seen, results: readonly Named[]): AvailablePaper[] {
  const kinds = paperKinds.flatMap((kind): PaperKind[] =>
    kind === 'result' ? results.map((result) => result.kind) : [kind],
  )
  const told = view.history.flatMap((act) =>
    kinds.filter((kind) => tells(kind, act, view)).map((kind) => paperOf(kind, act, view, results)),
  )
  const last = view.history.at(-1)
  const isOfficer = view.asApplicant === false && view.asParty === null
  if (!isOfficer || last === undefined || view.dossier.acceptedAt === null) return told
  return [...told, paperOf('control', last, view, results)]
}

type Named = Pick<PaperResult, 'kind' | 'name'>

function paperOf(kind: PaperKind, act: HistoryItem, view: Seen, results: readonly Named[]): AvailablePaper {
  const { at, sequence } = act
  const title = isResult(kind) ? results.find((each) => each.kind === kind)!.name : titleOf(kind, act)
  const file = `${kind.replace('/', '.')}-${sequence}`
  const ended = endOf({ kind, sequence }, view.history)?.how
  if (ended === undefined) return { kind, title, at, sequence, file }
  return { kind, title: `${title} (${ends[ended]})`, at, sequence, file, ended }
}

/** The paper that a name in an address asks for; undefined when it names none. */
export function paperNamed(file: string): { kind: PaperKind; sequence: number } | undefined {
  const [, named = '', no] = /^([a-z]+(?:\.[0-9])?)-([0-9]{1,9})$/.exec(file) ?? []
  const kind = named.replace('.', '/')
  return isPaperKind(kind) ? { kind, sequence: Number(no) } : undefined
}

const ends = {
  replaced: 'đã được thay thế',
  revoked: 'đã bị thu hồi',
  undone: 'đã hủy, hồ sơ được khôi phục',
}

/** An apology without an extension is called by what it does. */
export const titleOf = (kind: Exclude<PaperKind, ResultKind>, act: Pick<HistoryItem, 'kind'>): string =>
  act.kind === 'dossiers.apologised' ? 'Văn bản xin lỗi và hẹn lại ngày trả kết quả' : titles[kind]

/** Whether a result is a paper: a procedure may also end in an update of a register, or in a refusal. */
export const isPaperResult = ({ template }: { template: string }): boolean =>
  template !== 'register-update' && template !== 'residence-refusal'

/** One result of a procedure as the paper that it is. */
export interface PaperResult {
  kind: ResultKind
  name: string
  template: string
  /** Code of the paper in the catalogue of results; null where it has none. */
  code: string | null
  paperCode: string | null
}

/** The results of a dossier that are printed: copies that are wanted as files alone are not, they are signed one by one. */
export const resultsOf = (
  version: Pick<ProcedureVersion, 'results' | 'name'>,
  answers: Answers,
): PaperResult[] =>
  paperResults(version).filter(
    ({ template }) => template !== certifiedCopy || copyFormOf(answers) !== 'electronic',
  )

type Answers = Readonly<Record<string, unknown>>

/** The results that are printed, each as its own paper; of a procedure that names none, one that bears its name. */
export function paperResults({
  results,
  name,
}: Pick<ProcedureVersion, 'results' | 'name'>): [PaperResult, ...PaperResult[]] {
  const [first, ...more] = results.filter(isPaperResult)
  if (first === undefined) {
    const bare = { template: 'result', code: null, paperCode: null }
    return [{ kind: 'result', name: results[0]?.name ?? name, ...bare }]
  }
  // Beyond nine the addresses of papers would grow; no procedure comes near.
  return [
    { ...first, kind: 'result' },
    ...more.slice(0, 8).map((each, i) => ({ ...each, kind: `result/${i + 2}` as const })),
  ]
}

type Act = Pick<HistoryItem, 'kind' | 'sequence' | 'data'>

/** What of a dossier says which papers its acts gave rise to. */
interface Told {
  dossier: Pick<Dossier, 'outcome' | 'linked'>
  history: readonly Act[]
}

/** Whether an act gave rise to a paper of this kind. */
export function tells(kind: PaperKind, act: Act, { dossier: { outcome, linked }, history }: Told): boolean {
  if (!acts[isResult(kind) ? 'result' : kind].includes(act.kind)) return false
  // Of linked procedures there is one receipt, that of the whole filing.
  if (kind === 'receipt' && linked !== null) return false
  // What was asked for and not paid is asked for again, by its new amount.
  if (act.kind === 'dossiers.fees-corrected') return restates(act.data)
  // A signature makes a result or a written refusal, as the process ended; before it ended, neither.
  if (act.kind !== 'dossiers.approved') return true
  // Who approved before the last, or before it was sent back, made no paper.
  const last = history.findLast((each) => each.kind === 'dossiers.approved')
  return last?.sequence === act.sequence && outcome === (isResult(kind) ? 'granted' : 'not-granted')
}
