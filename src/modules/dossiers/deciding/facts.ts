import type { Outcome } from '../../../kernel/errors.ts'
import type { JournalActor } from '../../../kernel/journal.ts'
import type { Calendar } from '../../calendar/index.ts'
import type { CompiledProcess } from '../../processes/index.ts'
import type { CommandOf } from '../commands.ts'
import type { Dossier, Task } from '../dossier.ts'
import type { DossierEntry, EntryData, EntryKind, PaperSigned, SignedWith } from '../entries.ts'
import type { Acting } from '../permission.ts'
import type { CommandName } from '../policy.ts'
import type { StatusRule } from './status-elsewhere.ts'

/** What was looked up before deciding; nothing here is read while deciding. */
export interface Facts {
  now: Date
  acting: Acting
  process: CompiledProcess
  calendar: Calendar
  /** Answers and procedure facts that conditions of the process read (FEEL). */
  answers: Record<string, unknown>
  /** Stages whose status another system says, by the version of the procedure; none: all are ours. */
  statusRules?: readonly StatusRule[]
  /** Whether the officer named may hold the task, or is at work on the dossier; looked up in the directory. */
  officerFits?: boolean
  /** About the authority named by a transfer, a hand-over or a consultation; null: there is none of that code. */
  place?: { settles: boolean; calendar: Calendar } | null
  /** What the act to be taken back left behind: the dossier before it, and its place in the journal. */
  before?: { dossier: Dossier; undone: number } | null
  /** Moves to other versions of the process, oldest first: what steps done before have become. */
  stepsBecame?: readonly { at: string; mapping: Readonly<Record<string, string>> }[]
  /** How many messages the person wrote on this dossier during the last day. */
  messagesToday?: number
  /** The papers that were signed for this decision. */
  signed?: readonly PaperSigned[]
  /** Papers that were signed before and that sending back throws away. */
  signedBefore?: readonly string[]
  /** Whether a supplement names somebody else as the one who filed together with the applicant and agreed. */
  otherSecondParty?: boolean
  /** Certified copies are wanted as files alone, and one is not signed yet. */
  filesLacking?: boolean
}

/** Decides one command; `task` is the one that the policy found for it, or null when the command answers none. */
export type Decide<Name extends CommandName> = (
  dossier: Dossier,
  task: Task | null,
  command: CommandOf<Name>,
  facts: Facts,
) => Outcome<DossierEntry[]>

export function entry<K extends EntryKind>(
  kind: K,
  data: EntryData[K],
  facts: Pick<Facts, 'now' | 'acting'>,
): DossierEntry {
  // The kind and its data belong together by the signature above.
  return { kind, data, actor: journalActor(facts.acting), at: facts.now } as unknown as DossierEntry
}

/** The papers that were signed with an act, as its entry names them. */
export const signedIn = ({ signed: [signature, ...beside] = [] }: Pick<Facts, 'signed'>): SignedWith => ({
  ...(signature && { signature }),
  ...(beside.length > 0 && { signedBeside: beside }),
})

export const closing = (task: Task, outcome: string) => ({ closes: [{ no: task.no, outcome }] })

export const closingAll = (dossier: Dossier, outcome: string) => ({
  closes: dossier.tasks.filter((task) => task.closedAt === null).map(({ no }) => ({ no, outcome })),
})

function journalActor(acting: Acting): JournalActor {
  if (acting.kind === 'applicant' || acting.kind === 'party') return { kind: 'person', id: acting.id }
  if (acting.kind === 'system') return { kind: 'system', id: acting.id }
  const { post, standsInFor } = acting.posts[0] ?? {}
  return { kind: 'officer', id: acting.id, ...(post && { post }), ...(standsInFor && { for: standsInFor }) }
}
