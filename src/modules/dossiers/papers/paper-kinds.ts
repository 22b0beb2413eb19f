import type { Dossier } from '../dossier.ts'
import type { EntryKind } from '../entries.ts'
import type { DossierView, HistoryItem } from '../read-dossier.ts'
import { endOf, type PaperEnd } from './ended-papers.ts'

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
export type PaperKind = (typeof paperKinds)[number]

/** Papers that are issued once, with a number; the others show how things stand whenever they are printed. */
export type IssuedKind = Exclude<PaperKind, 'handover' | 'control'>

const acts: Record<PaperKind, readonly EntryKind[]> = {
  receipt: ['dossiers.accepted'],
  supplement: ['dossiers.supplement-requested'],
  refusal: ['dossiers.refused'],
  apology: ['dossiers.extended', 'dossiers.apologised'],
  obligation: ['dossiers.obligation-requested'],
  stop: ['dossiers.stopped'],
  decline: ['dossiers.declined', 'dossiers.approved'],
  result: ['dossiers.approved', 'dossiers.result-corrected'],
  correction: ['dossiers.result-corrected'],
  revocation: ['dossiers.result-revoked'],
  handover: ['dossiers.handed-over'],
  control: [],
}

export const titles: Record<Exclude<PaperKind, 'result'>, string> = {
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
  /** What became of it, when it counts no more. */
  ended?: PaperEnd['how']
}

type Seen = Pick<DossierView, 'history' | 'dossier'> & { asApplicant?: boolean; asParty?: number | null }

/**
 * The papers that the acts of a dossier have given rise to, oldest first. The result counts once it is decided.
 * Officers also find the control slip, as the journal stands.
 */
export function papersOf(view: Seen, resultName: string): AvailablePaper[] {
  const told = view.history.flatMap((act) =>
    paperKinds
      .filter((kind) => tells(kind, act, view.dossier))
      .map((kind) => paperOf(kind, act, view, resultName)),
  )
  const last = view.history.at(-1)
  const isOfficer = view.asApplicant === false && view.asParty === null
  if (!isOfficer || last === undefined || view.dossier.acceptedAt === null) return told
  return [...told, paperOf('control', last, view, resultName)]
}

function paperOf(kind: PaperKind, act: HistoryItem, view: Seen, resultName: string): AvailablePaper {
  const { at, sequence } = act
  const title = kind === 'result' ? resultName : titleOf(kind, act)
  const ended = endOf({ kind, sequence }, view.history)?.how
  if (ended === undefined) return { kind, title, at, sequence }
  return { kind, title: `${title} (${ends[ended]})`, at, sequence, ended }
}

const ends = {
  replaced: 'đã được thay thế',
  revoked: 'đã bị thu hồi',
  undone: 'đã hủy, hồ sơ được khôi phục',
}

/** An apology without an extension is called by what it does. */
export const titleOf = (kind: Exclude<PaperKind, 'result'>, act: Pick<HistoryItem, 'kind'>): string =>
  act.kind === 'dossiers.apologised' ? 'Văn bản xin lỗi và hẹn lại ngày trả kết quả' : titles[kind]

/** Whether a result is a paper: a procedure may also end in an update of a register, or in a refusal. */
export const isPaperResult = ({ template }: { template: string }): boolean =>
  template !== 'register-update' && template !== 'residence-refusal'

/** Whether an act gave rise to a paper of this kind. */
export function tells(
  kind: PaperKind,
  act: Pick<HistoryItem, 'kind'>,
  { outcome, linked }: Pick<Dossier, 'outcome' | 'linked'>,
): boolean {
  if (!acts[kind].includes(act.kind)) return false
  // Of linked procedures there is one receipt, that of the whole filing.
  if (kind === 'receipt' && linked !== null) return false
  // A signature makes a result or a written refusal, as the process ended; before it ended, neither.
  if (act.kind !== 'dossiers.approved') return true
  return outcome === (kind === 'result' ? 'granted' : 'not-granted')
}
