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
): Request | undefined {
  const all = allowedCommands(dossier, acting)
  if (all.length === 0) return undefined
  // A life that ends at once teaches little.
  const lasting = all.filter(({ command }) => !ending.has(command))
  const allowed = lasting.length > 0 && pick(12) > 0 ? lasting : all
  const { command, task } = allowed[pick(allowed.length)]!
  const outcomes = task?.stepId ? outcomesOf(process, task.stepId) : []
  const outcome = outcomes.length > 0 ? outcomes[pick(outcomes.length)] : undefined
  return aRequest(command, { taskNo: task?.no, outcome, officer: acting.id })
}

/** A well-formed request of a command. */
export function aRequest(
  command: CommandName,
  {
    taskNo,
    outcome = 'ok',
    officer = 'officer-hoa-sen-civil-status-1',
  }: { taskNo?: number | undefined; outcome?: string | undefined; officer?: string } = {},
): Request {
  const reason = 'Vì lý do <b>"này"</b> 😀'
  const task = taskNo === undefined ? {} : { taskNo }
  switch (command) {
    case 'accept':
      return { command }
    case 'refuse':
    case 'withdraw':
    case 'stop':
      return { command, reason }
    case 'decline':
    case 'sendBack':
      return { command, reason, ...task }
    case 'requestSupplement':
      return { command, items: [{ target: { field: 'purpose' }, text: 'Đề nghị ghi rõ' }], ...task }
    case 'supplement':
      return { command, papers: [] }
    case 'assign':
      return { command, officer, ...task }
    case 'draftResult':
      return { command, draft: { note: 'Theo hồ sơ' }, ...task }
    case 'completeStep':
      return { command, outcome, ...task }
    case 'approve':
      return { command, ...task }
    case 'returnResult':
      return { command, delivery: 'counter' }
    case 'note':
      return { command, note: 'Đã gọi điện' }
    default:
      return command satisfies never
  }
}
