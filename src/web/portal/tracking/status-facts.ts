import type { Translate } from 'motcua/kernel/i18n'
import type {
  AvailablePaper,
  Dossier,
  DossierView,
  HistoryItem,
  OtherParty,
  Task,
  TaskKind,
} from 'motcua/modules/dossiers'
import type { StepRef } from 'motcua/modules/processes'
import type { OpeningHours } from '../home.view'
import type { GroupFacts } from './branches.view'

/** Everything about one dossier that its page is drawn from; looked up in `status-source.ts`. */
export interface StatusFacts {
  view: Pick<
    DossierView,
    | 'dossier'
    | 'party'
    | 'others'
    | 'history'
    | 'openRequest'
    | 'actions'
    | 'explanation'
    | 'papers'
    | 'asApplicant'
    | 'asParty'
  >
  procedure: string
  limit: string
  /** Papers that acts have given rise to, oldest first. */
  available: readonly AvailablePaper[]
  /** The steps that are still to come, in the ordinary way. */
  ahead: readonly StepRef[]
  authorities: ReadonlyMap<string, string>
  officers: ReadonlyMap<string, { name: string; title: string }>
  /** Labels of fields (`field:<key>`) and papers (`component:<key>`) that a request may be about. */
  labels: ReadonlyMap<string, string>
  /** Working minutes since the open task was opened, and past the due date; null when there is none. */
  worked: number | null
  late: number | null
  office: { name: string; phone: string | null; hours: OpeningHours }
  sent: readonly { key: string; label: string; text: string }[]
  baseUrl: string
  ratingToken: string
  now: Date
  /** Its branches, when it is a group of linked procedures. */
  group?: GroupFacts | null
  /** The group that it is a branch of. */
  whole?: { code: string; title: string } | null
}

export interface Link {
  href: string
  label: string
}

export const minutesPerDay = 8 * 60

// Opinions, visits, moves of papers and the yes of a helper go on beside what the dossier waits for.
const beside = new Set<TaskKind>(['consult', 'visit', 'transfer', 'handover', 'confirm', 'compensation'])

/** What a dossier waits for now; undefined once it has ended. */
export function mainTask({ state, tasks }: Pick<Dossier, 'state' | 'tasks'>): Task | undefined {
  const open = tasks.filter(({ closedAt }) => closedAt === null)
  if (state === 'awaiting-party') return open.find(({ kind }) => kind === 'confirm')
  return open.find(({ kind }) => !beside.has(kind)) ?? open.find(({ kind }) => kind === 'transfer')
}

/** The other party that the reader is; undefined for the applicant and for officers. */
export const readerParty = ({ dossier, asParty }: StatusFacts['view']): OtherParty | undefined =>
  asParty === null ? undefined : dossier.otherParties.find(({ no }) => no === asParty)

/** Whether what is asked of the applicant is asked of the reader: of everybody but a second party. */
export const speaksForApplicant = (view: StatusFacts['view']): boolean =>
  readerParty(view)?.kind !== 'second-party'

/** Name of another party; nobody is named once the file was erased. */
export const partyName = ({ others }: StatusFacts['view'], no: number, t: Translate): string =>
  others.find((each) => each.no === no)?.name ?? t('status.party.somebody')

export function actorName(item: HistoryItem, facts: StatusFacts, t: Translate): string {
  const { officers, view } = facts
  const { actor } = item
  if (actor.kind === 'person') return personName(item, view, t)
  if (actor.kind !== 'officer') return t(`tracking.by.${actor.kind}`)
  const officer = officers.get(actor.id)
  if (officer === undefined) return t('tracking.by.officer')
  return officer.title ? `${officer.name}, ${lowerFirst(officer.title)}` : officer.name
}

// Accounts of other parties are not kept: who answered a question of the dossier is known by its number, and whoever
// else acts for the applicant is the helper.
function personName({ actor, data }: HistoryItem, view: StatusFacts['view'], t: Translate): string {
  const { party: answered } = data as { party?: unknown }
  const helper = view.dossier.otherParties.findLast(({ kind }) => kind === 'representative')
  const isApplicant = actor.id === view.party.personId || view.party.personId === null
  if (isApplicant) return view.asApplicant ? t('tracking.by.person') : view.party.name
  const no = typeof answered === 'number' ? answered : helper?.no
  if (no === undefined) return t('status.party.somebody')
  return no === view.asParty ? t('tracking.by.person') : partyName(view, no, t)
}

export const paperHref = (code: string, { file }: Pick<AvailablePaper, 'file'>) => `/giay/${code}/${file}.pdf`

/** Whether a paper is a result beside the first of its procedure. */
export const isFurther = (kind: AvailablePaper['kind']): kind is `result/${number}` =>
  kind.startsWith('result/')

/** The paper that an act gave rise to. */
export function paperOf(item: HistoryItem, { available, view }: StatusFacts, t: Translate): Link | undefined {
  const paper = available.find(({ sequence }) => sequence === item.sequence)
  if (paper === undefined) return undefined
  const label = t(isFurther(paper.kind) ? 'tracking.paper.result' : `tracking.paper.${paper.kind}`)
  return { href: paperHref(view.dossier.code, paper), label }
}

export const nameIn = (names: ReadonlyMap<string, string>, code: string) => names.get(code) ?? code
export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
