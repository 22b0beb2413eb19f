import {
  type Acting,
  allowedCommands,
  type CommandName,
  type Dossier,
  type Request,
} from '../../src/modules/dossiers/index.ts'
import { type CompiledProcess, outcomesOf } from '../../src/modules/processes/index.ts'

/** Picks an index below `n`; a property test gives it its choices. */
export type Pick = (n: number) => number

const ending = new Set<CommandName>(['withdraw', 'refuse', 'stop'])

/** A request that the policy allows this actor now, chosen by `pick`; undefined when there is none. */
export function anAllowedRequest(
  dossier: Dossier,
  acting: Acting,
  process: CompiledProcess,
  pick: Pick,
  on?: string,
): Request | undefined {
  const all = allowedCommands(dossier, acting)
  if (all.length === 0) return undefined
  // A life that ends at once teaches little.
  const lasting = all.filter(({ command }) => !ending.has(command))
  const allowed = lasting.length > 0 && pick(12) > 0 ? lasting : all
  const { command, task } = allowed[pick(allowed.length)]!
  const outcomes = task?.stepId ? outcomesOf(process, task.stepId) : []
  const outcome = outcomes.length > 0 ? outcomes[pick(outcomes.length)] : undefined
  return aRequest(command, { taskNo: task?.no, outcome, officer: acting.id, ...(on && { on }) })
}

interface RequestStated {
  taskNo?: number | undefined
  outcome?: string | undefined
  officer?: string
  /** The day on which it is asked: dates that must lie ahead are counted from it. */
  on?: string
}

/** A well-formed request of a command. */
export function aRequest(
  command: CommandName,
  {
    taskNo,
    outcome = 'ok',
    officer = 'officer-hoa-sen-civil-status-1',
    on = '2026-11-19',
  }: RequestStated = {},
): Request {
  const reason = 'Vì lý do <b>"này"</b> 😀'
  const task = taskNo === undefined ? {} : { taskNo }
  switch (command) {
    case 'accept':
      return { command }
    case 'refuse':
    case 'withdraw':
    case 'stop':
    case 'decline':
    case 'disagree':
    case 'waiveObligation':
    case 'revokeResult':
    case 'rejectTransfer':
    case 'restore':
    case 'declareConflict':
    case 'sendBack':
      return { command, reason, ...task }
    case 'represent':
      return { command, who: { name: 'Lê Thị Thay', personalId: '001090000077' }, until: null }
    case 'confirm':
      return { command, seen: true, ...task }
    case 'requestSupplement':
      return { command, items: [{ target: { field: 'purpose' }, text: 'Đề nghị ghi rõ' }], ...task }
    case 'supplement':
      return { command, papers: [] }
    case 'requestObligation':
      return { command, key: null, name: 'Lệ phí trước bạ', amountVnd: 150_000, reason, ...task }
    case 'confirmObligation':
      return { command, reference: 'BL-0001', paidOn: on, ...task }
    case 'assign':
      return { command, officer, ...task }
    case 'reassign':
      return { command, officer, reason, ...task }
    case 'bar':
      return { command, officer, reason }
    case 'draftResult':
      return { command, draft: { note: 'Theo hồ sơ' }, ...task }
    case 'completeStep':
      return { command, outcome, ...task }
    case 'consult':
      return {
        ...{ command, question: 'Có vướng quy hoạch không?', replyBy: daysAfter(on, 1), ...task },
        ...{ to: { authority: 'H99.12', role: 'head' }, silence: 'none', confidential: false },
      }
    case 'reply':
      return { command, stance: 'agree', text: 'Không vướng', ...task }
    case 'endConsult':
      return { command, why: 'not-needed', reason, ...task }
    case 'opine':
      return { command, stance: 'comment', text: 'Cần xem lại', confidential: true }
    case 'planVisit':
      return { command, on: `${daysAfter(on, 1)}T09:00:00+07:00`, place: 'Tại thửa đất', reason, ...task }
    case 'recordVisit':
      return { command, outcome: 'as-declared', findings: 'Đúng như khai', ...task }
    case 'extend':
      return { command, days: 2, reason }
    case 'apologise':
      return { command, newDate: daysAfter(on, 30), reason }
    case 'correctFees':
      return { command, fees: [{ key: 'certification', amountVnd: 5000 }], reason }
    case 'explainDelay':
      return { command, until: daysAfter(on, 10), reason }
    case 'approve':
      return { command, ...task }
    case 'dispatchResult':
      return { command, carrier: 'Bưu điện', tracking: 'EM123456789VN', ...task }
    case 'returnResult':
      return { command, delivery: 'counter', ...task }
    case 'correctResult':
      return { command, fault: 'authority', draft: { note: 'Sửa lại' }, reason }
    case 'transfer':
      return { command, to: 'H99.13', reason }
    case 'handOver':
      return {
        ...{ command, sheets: 3, batch: '0199d000-0000-7000-8000-00000000ba7c' },
        to: { authority: 'H99.12', role: 'specialist', officer: null },
      }
    case 'takeOver':
      return { command, ...task }
    case 'message':
      return { command, text: 'Khi nào tôi được lấy kết quả?' }
    case 'note':
      return { command, note: 'Đã gọi điện' }
    case 'receiveMessage':
      return { command, ...task }
    case 'compensate':
      return { command, note: 'Đã hoàn phí', ...task }
    default:
      return command satisfies never
  }
}

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
