import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import type { CommandName, Dossier, Task } from 'motcua/modules/dossiers'
import {
  type CompiledProcess,
  complete,
  markingOf,
  NoWayOn,
  outcomesOf,
  type Run,
  wayAhead,
} from 'motcua/modules/processes'
import type { ButtonKind } from '../ui/button'
import type { SignedCommand } from './dossier-fields'

/** One thing that can be done now: at once (posts), or after something was written (opens a panel). */
export interface ActView {
  key: string
  command: CommandName
  label: string
  kind: ButtonKind
  hotkey?: string
  /** Waits under "other acts". */
  rare?: true
  taskNo: number | null
  /** How a step ends; only of `completeStep`. */
  outcome?: string
  /** Name of the panel where something must be written first. */
  panel?: string
  /** A step that signs the paper before who decides. */
  signs?: true
}

export interface ActFacts {
  dossier: Dossier
  actions: readonly { command: CommandName; task: Task | null }[]
  process: CompiledProcess
  answers: Record<string, unknown>
  hasDraft: boolean
  /** Whether a working day or more is left until the legal date; null when none is running. */
  dayLeft: boolean | null
  /** In which capacities the officer may sign here. */
  capacities: readonly string[]
  /** Decisions that sign a paper, which takes a PIN. */
  signs: readonly SignedCommand[]
  /** Decisions that are confirmed on the officer's phone instead. */
  onPhone?: readonly SignedCommand[]
  locale: Locale
}

/** The buttons of a dossier in the order of use; the policy has already said which acts are open. Pure. */
export function actsOf(facts: ActFacts): ActView[] {
  const open = facts.actions.filter(({ command, task }) => leadsSomewhere(command, task, facts))
  const acts = open.flatMap(({ command, task }) => viewsOf(command, task, facts))
  const ordered = acts.toSorted((a, b) => rank[a.kind] - rank[b.kind])
  // One main button a view: the first.
  return ordered.map((act, i) => (act.kind === 'main' && i > 0 ? { ...act, kind: 'second' as const } : act))
}

const rank: Record<ButtonKind, number> = { main: 0, second: 1, quiet: 2, harm: 3 }

/** How an act looks on the page; `rare` ones wait under "other acts", so that the page stays calm. */
interface Look {
  kind: ButtonKind
  hotkey?: string
  rare?: true
}

const looks: Record<CommandName, Look> = {
  accept: { kind: 'main', hotkey: 'T' },
  approve: { kind: 'main', hotkey: 'T' },
  completeStep: { kind: 'main', hotkey: 'T' },
  takeOver: { kind: 'main', hotkey: 'H' },
  reply: { kind: 'main', hotkey: 'Y' },
  recordVisit: { kind: 'main', hotkey: 'I' },
  receiveMessage: { kind: 'main', hotkey: 'Q' },
  compensate: { kind: 'main', hotkey: 'K' },
  confirm: { kind: 'main', hotkey: 'X' },
  confirmObligation: { kind: 'main', hotkey: 'P' },
  returnResult: { kind: 'main', hotkey: 'R' },
  dispatchResult: { kind: 'second', hotkey: 'U' },
  draftResult: { kind: 'second', hotkey: 'V' },
  requestSupplement: { kind: 'second', hotkey: 'B' },
  supplement: { kind: 'second', hotkey: 'B' },
  sendBack: { kind: 'second', hotkey: 'L' },
  assign: { kind: 'second', hotkey: 'G' },
  message: { kind: 'second', hotkey: 'M' },
  note: { kind: 'second', hotkey: 'N' },
  refuse: { kind: 'harm', hotkey: 'C' },
  decline: { kind: 'harm', hotkey: 'C' },
  rejectTransfer: { kind: 'harm' },
  reassign: { kind: 'quiet', hotkey: 'G', rare: true },
  consult: { kind: 'quiet', hotkey: 'O', rare: true },
  endConsult: { kind: 'quiet', rare: true },
  opine: { kind: 'quiet', rare: true },
  planVisit: { kind: 'quiet', hotkey: 'E', rare: true },
  requestObligation: { kind: 'quiet', hotkey: 'P', rare: true },
  waiveObligation: { kind: 'quiet', rare: true },
  extend: { kind: 'quiet', hotkey: 'A', rare: true },
  apologise: { kind: 'quiet', hotkey: 'S', rare: true },
  explainDelay: { kind: 'quiet', rare: true },
  correctFees: { kind: 'quiet', rare: true },
  handOver: { kind: 'quiet', rare: true },
  transfer: { kind: 'quiet', rare: true },
  represent: { kind: 'quiet', rare: true },
  disagree: { kind: 'quiet', rare: true },
  correctResult: { kind: 'quiet', rare: true },
  restore: { kind: 'quiet', rare: true },
  declareConflict: { kind: 'quiet', rare: true },
  bar: { kind: 'quiet', rare: true },
  withdraw: { kind: 'quiet', hotkey: 'W', rare: true },
  revokeResult: { kind: 'harm', rare: true },
  stop: { kind: 'harm', hotkey: 'D', rare: true },
}

/**
 * Of two acts for the same need, the one that can succeed: work is given or taken over, a limit is extended in time
 * or apologised for. The policy allows both; the decision would refuse the other.
 */
function leadsSomewhere(command: CommandName, task: Task | null, { dossier, dayLeft }: ActFacts): boolean {
  const work = () => dossier.tasks.filter(({ closedAt, role }) => closedAt === null && role !== 'applicant')
  switch (command) {
    case 'assign':
      return work().some(({ assignee }) => assignee === null)
    case 'reassign':
      return work().some(({ assignee }) => assignee !== null)
    case 'extend':
      return dayLeft !== false
    case 'apologise':
      return dayLeft !== true || dossier.extension !== null
    case 'dispatchResult':
      return deliveryOf(task, dossier)?.channel === 'post' && deliveryOf(task, dossier)?.state === 'waiting'
    default:
      return true
  }
}

const deliveryOf = (task: Task | null, { deliveries }: Dossier) =>
  deliveries.find(({ no }) => no === task?.subject)

/** Whether an act needs no word from the officer. */
function isAtOnce(
  command: CommandName,
  task: Task | null,
  { dossier, capacities, signs }: ActFacts,
): boolean {
  // Who may sign in several capacities says in which, and who signs types the PIN.
  if (command === 'approve') return capacities.length < 2 && !signs.includes('approve')
  if (command === 'returnResult')
    return dossier.deliveries.length === 1 && deliveryOf(task, dossier)?.channel === 'electronic'
  return command === 'accept' || command === 'takeOver'
}

function viewsOf(command: CommandName, task: Task | null, facts: ActFacts): ActView[] {
  if (command === 'completeStep') return completions(task!, facts)
  const view: ActView = {
    key: command,
    command,
    label: labelOf(command, task, facts),
    ...looks[command],
    // A step that is there to draft begins with drafting.
    ...(command === 'draftResult' && task?.stepKind === 'draft' && !facts.hasDraft && { kind: 'main' }),
    taskNo: task?.no ?? null,
    ...(!isAtOnce(command, task, facts) && { panel: command }),
  }
  return command === 'returnResult' && view.panel === undefined ? [view, otherwise(view, facts)] : [view]
}

/** Who has an electronic result may still come for it on paper. */
const otherwise = ({ command, taskNo }: ActView, { locale }: ActFacts): ActView => ({
  key: 'returnResult-otherwise',
  command,
  taskNo,
  label: messages(locale)('desk.act.returnOtherwise'),
  kind: 'quiet',
  rare: true,
  panel: command,
})

function labelOf(command: CommandName, task: Task | null, facts: ActFacts): string {
  const { process, answers, locale, signs, onPhone = [] } = facts
  const t = messages(locale)
  if (command === 'approve' && [...signs, ...onPhone].includes('approve')) return t('signing.approve')
  if (command === 'draftResult' && endsInRefusal(process, task!.stepId!, answers))
    return t('desk.act.draftRefusal')
  if (command === 'takeOver' && task?.kind === 'handover') return t('desk.act.takeOverPapers')
  return t(`desk.act.${command}`)
}

function completions(task: Task, facts: ActFacts): ActView[] {
  const outcomes = outcomesOf(facts.process, task.stepId!).filter((outcome) => outcome !== 'send-back')
  const needsDraft = task.stepKind === 'draft' && !facts.hasDraft
  return outcomes.flatMap((outcome, i): ActView[] => {
    const base = {
      key: `completeStep-${outcome}`,
      command: 'completeStep' as const,
      taskNo: task.no,
      outcome,
    }
    if (i > 0) {
      const label = findMessage(facts.locale, `processes.outcome.${outcome}`) ?? outcome
      return [
        { ...base, label, kind: 'harm', hotkey: i === 1 ? 'K' : String(i), panel: `completeStep-${outcome}` },
      ]
    }
    return needsDraft
      ? []
      : [
          {
            ...{ ...base, label: onwardLabel(task, outcome, facts), kind: 'main', hotkey: 'T' },
            // Who signs sees what they sign, and opens their key.
            ...(signsStep(task, facts) && { panel: `completeStep-${outcome}`, signs: true as const }),
          },
        ]
  })
}

const signsStep = (task: Task, { process, signs, onPhone = [] }: ActFacts) =>
  [...signs, ...onPhone].includes('completeStep') && process.steps[task.stepId!]?.signs !== undefined

/** "Chuyển: Ký Giấy khai sinh", so that the officer knows who gets it. */
function onwardLabel(task: Task, outcome: string, facts: ActFacts): string {
  const t = messages(facts.locale)
  const run = runAfter(task.stepId!, outcome, facts)
  if (run === undefined || run.ended) return t('desk.act.finish')
  const names = run.opens.map(({ step }) => step.name)
  return names.length > 0 ? t('desk.act.passOn', { step: names.join(' + ') }) : t('desk.act.besideOthers')
}

// A gateway without a true branch says so when the step is ended.
function runAfter(stepId: string, outcome: string, { dossier, process, answers }: ActFacts): Run | undefined {
  try {
    const marking = dossier.marking ?? markingOf(process, [stepId])
    return complete(process, marking, stepId, { outcome, answers })
  } catch (error) {
    if (error instanceof NoWayOn) return undefined
    throw error
  }
}

/** Whether the ordinary way from a step leads to a written refusal: then the draft states a reason. */
export const endsInRefusal = (process: CompiledProcess, stepId: string, answers: Record<string, unknown>) =>
  wayAhead(process, markingOf(process, [stepId]), { answers }).result === 'refused'
