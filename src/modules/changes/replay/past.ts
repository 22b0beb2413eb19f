import type { Calendar } from '../../calendar/index.ts'
import type { Channel, ProcedureVersion } from '../../catalogue/index.ts'
import type { Pause } from '../../dossiers/index.ts'
import type { Answers, CompiledForm } from '../../forms/index.ts'
import type { CompiledProcess } from '../../processes/index.ts'

/** The rules under which a dossier is looked at: an edition with its form and its process, ready to run. */
export interface ReplayRules {
  edition: ProcedureVersion
  form: CompiledForm
  process: CompiledProcess
}

/** A dossier of the past, as far as rules say something about it. */
export interface PastDossier {
  code: string
  channel: Channel
  /** The date of law on which it came in. */
  submittedOn: string
  acceptedAt: string | null
  caseCode: string
  answers: Answers
  /** Keys of the papers that were handed in. */
  papers: readonly string[]
  pauses: readonly Pause[]
  extensionDays: number
  /** The commune in which it was settled, for days that sector law adds. */
  communeCode: string | null
  /** Of the authority that settled it; null when its calendar is not known. */
  calendar: Calendar | null
}

/** What can come out differently, worst first. */
export const replayKinds = [
  'refused',
  'asked',
  'papers',
  'authority',
  'case',
  'time',
  'price',
  'path',
  'hours',
  'accepted',
] as const
export type ReplayKind = (typeof replayKinds)[number]

/** One thing that keeps a filing from being accepted. */
export interface PastProblem {
  field: string
  code: string
}

/**
 * What rules say of a past dossier. A member is undefined when the two sets of rules say the same of it for certain, so
 * that nobody looked.
 */
export interface PastOutcome {
  /** Why it would be sent back; empty when it would be accepted. */
  problems: PastProblem[]
  /** Questions that did not exist or were not put then, and would have to be answered. */
  asked: string[]
  /** Papers that would have to be handed in now and were not. */
  missing: string[]
  caseCode: string
  /** Whole đồng; null when some amount is not known. */
  feesVnd?: number | null
  limit?: { amount: number; unit: string; addedDays: number }
  /** Null while the clock stood, or when a calendar year is not known. */
  dueAt?: string | null
  /** Keys of the papers that have to be handed in. */
  papers?: string[]
  /** The kind of authority and its territory; null: as answered in the form. */
  authority?: string | null
  /** Steps of the process in their order, when each ends as usual. */
  path?: string[]
}

/** How one dossier fares under two sets of rules. */
export interface Replayed {
  before: PastOutcome
  after: PastOutcome
  /** Empty: nothing would come out differently. */
  differs: ReplayKind[]
}
