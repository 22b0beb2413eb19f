import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { LinkedBranch } from 'motcua/modules/catalogue'
import type { AvailablePaper, Branch, Dossier, DossierView, HistoryItem } from 'motcua/modules/dossiers'
import type { StateKind } from '../../ui/state'
import { dayInWords } from './news.view'
import { isFurther, type Link, lowerFirst, nameIn, paperHref } from './status-facts'

/** The dossier of a branch that has begun, as far as its group tells it. */
export interface BranchDossier {
  dossier: Pick<Dossier, 'code' | 'state' | 'outcome' | 'resultState' | 'dueAt' | 'delivery' | 'threadAwaits'>
  openRequest: DossierView['openRequest']
  history: readonly Pick<HistoryItem, 'kind' | 'text'>[]
  available: readonly AvailablePaper[]
}

/** Everything about the branches of a group; looked up in `branches-source.ts`. */
export interface GroupFacts {
  /** The branches of the group's edition, in the order in which they are written. */
  plan: readonly Pick<LinkedBranch, 'key' | 'after'>[]
  branches: readonly Branch[]
  /** Plain names of their procedures, in the reader's language. */
  names: ReadonlyMap<string, string>
  authorities: ReadonlyMap<string, string>
  dossiers: ReadonlyMap<string, BranchDossier>
  /** Whether the whole filing has been accepted. */
  accepted: boolean
  /** Whether what is asked of the applicant is asked of the reader. */
  speaksForApplicant: boolean
  office: string
  now: Date
}

export interface BranchLine {
  key: string
  name: string
  place: string | null
  tag: { state: StateKind; text: string }
  lines: string[]
  /** What the authority waits for, and where it is given. */
  ask: { items: string[]; link: Link } | null
  papers: Link[]
  links: Link[]
}

/** Branches that go on at the same time; `title` says when they begin. */
export interface Stage {
  key: string
  title: string
  branches: BranchLine[]
}

export interface BranchesView {
  stages: Stage[]
  done: number
  total: number
  /** Parts that wait for the reader. */
  asks: number
  /** Names of what is being done now. */
  running: string[]
}

/** One filing, several procedures: how each part stands, in the order in which they are done. */
export function branchesView(facts: GroupFacts, locale: Locale): BranchesView {
  const t = messages(locale)
  const lines = new Map(facts.branches.map((branch) => [branch.key, lineOf(branch, facts, locale, t)]))
  const { branches } = facts
  return {
    stages: stagesOf(facts.plan, branches).map((keys, i) => ({
      key: keys.join(' '),
      title: titleOf(keys, i, facts, t),
      branches: keys.map((key) => lines.get(key)!),
    })),
    done: branches.filter(({ state }) => state === 'granted').length,
    total: branches.length,
    asks: [...lines.values()].filter(({ ask }) => ask !== null).length,
    running: branches.filter(({ state }) => state === 'running').map((branch) => branchName(branch, facts)),
  }
}

/**
 * Keys of the branches by turn: first those that wait for none, then those that wait for these, and so on. A branch
 * that the people did not ask for stands in nobody's way.
 */
export function stagesOf(
  plan: readonly Pick<LinkedBranch, 'key' | 'after'>[],
  branches: readonly { key: string }[],
): string[][] {
  const present = new Set(branches.map(({ key }) => key))
  const turns = new Map<string, number>()
  const turnOf = (key: string): number => {
    const known = turns.get(key)
    if (known !== undefined) return known
    const before = plan.find((each) => each.key === key)?.after.filter((each) => present.has(each)) ?? []
    const turn = before.length === 0 ? 0 : 1 + Math.max(...before.map(turnOf))
    turns.set(key, turn)
    return turn
  }
  return branches.reduce<string[][]>((stages, { key }) => {
    const turn = turnOf(key)
    stages[turn] = [...(stages[turn] ?? []), key]
    return stages
  }, [])
}

function titleOf(keys: readonly string[], turn: number, facts: GroupFacts, t: Translate): string {
  if (turn === 0) return t('branches.first')
  const names = beforeOf(keys, facts)
  return t(keys.length > 1 ? 'branches.nextTogether' : 'branches.next', { names })
}

/** Names of what some branches wait for, as one text. */
function beforeOf(keys: readonly string[], facts: GroupFacts): string {
  const before = new Set(facts.plan.filter(({ key }) => keys.includes(key)).flatMap(({ after }) => after))
  return namesOf(
    facts.branches.filter(({ key }) => before.has(key)),
    facts,
  )
}

const namesOf = (branches: readonly Branch[], facts: GroupFacts) =>
  branches.map((branch) => branchName(branch, facts)).join('”, “')

const branchName = ({ procedureCode, name }: Branch, { names }: GroupFacts) =>
  names.get(procedureCode) ?? name

function lineOf(branch: Branch, facts: GroupFacts, locale: Locale, t: Translate): BranchLine {
  const own = facts.dossiers.get(branch.key)
  const look = lookOf(branch, own, facts)
  return {
    key: branch.key,
    name: branchName(branch, facts),
    place: branch.competent && nameIn(facts.authorities, branch.competent),
    tag: { state: look.state, text: t(`branches.state.${look.key}`) },
    lines: linesOf(branch, own, look.key, facts, locale, t),
    ask: own && facts.speaksForApplicant ? askOf(own, t) : null,
    papers: own ? papersOf(own, t) : [],
    links: linksOf(branch, facts, t),
  }
}

type LookKey =
  | 'waiting'
  | 'running'
  | 'late'
  | 'supplement'
  | 'obligation'
  | 'answer'
  | 'granted'
  | 'refused'
  | 'withdrawn'
  | 'stopped'
  | 'revoked'
  | 'not-started'

interface Look {
  state: StateKind
  key: LookKey
}

function lookOf(branch: Branch, own: BranchDossier | undefined, { now }: GroupFacts): Look {
  switch (branch.state) {
    case 'waiting':
      return { state: 'waiting', key: 'waiting' }
    case 'running':
      if (own?.dossier.threadAwaits === 'applicant') return { state: 'warn', key: 'answer' }
      return isLate(branch, now) ? { state: 'bad', key: 'late' } : { state: 'info', key: 'running' }
    case 'paused': {
      const key = own?.dossier.state === 'awaiting-obligation' ? 'obligation' : 'supplement'
      return { state: 'warn', key }
    }
    case 'granted':
      return { state: 'ok', key: 'granted' }
    case 'refused':
      return { state: 'warn', key: 'refused' }
    case 'ended':
      return endedLook(branch)
    case 'not-started':
      return { state: 'warn', key: 'not-started' }
    default:
      return branch.state satisfies never
  }
}

function endedLook({ reason }: Branch): Look {
  if (reason === 'revoked') return { state: 'bad', key: 'revoked' }
  return reason === 'withdrawn' ? { state: 'waiting', key: 'withdrawn' } : { state: 'bad', key: 'stopped' }
}

const isLate = ({ dueAt }: Branch, now: Date) => dueAt !== null && Date.parse(dueAt) < now.getTime()

// One or two short sentences: what is the case, and what it means for the people.
function linesOf(
  branch: Branch,
  own: BranchDossier | undefined,
  look: LookKey,
  facts: GroupFacts,
  locale: Locale,
  t: Translate,
): string[] {
  const day = (at: string | null) => at && dayInWords(at, locale)
  const due = day(branch.dueAt)
  switch (look) {
    case 'waiting':
      return [startsLine(branch, facts, t)]
    case 'running':
    case 'answer':
      return due ? [t('branches.due', { day: due })] : []
    case 'late':
      return [t('branches.late', { day: due ?? '' })]
    case 'supplement':
    case 'obligation':
      return branch.dueAt === null ? [t('branches.paused')] : [t('branches.due', { day: due ?? '' })]
    case 'granted': {
      const ended = day(branch.endedAt)
      return [...(ended ? [t('branches.done', { day: ended })] : []), ...collectLine(own, facts, t)]
    }
    case 'not-started':
      return [
        t(`branches.notStarted.${notStartedReason(branch)}`, { names: beforeOf([branch.key], facts) }),
        ...(branch.reason === 'filing-ended' ? [] : [t('branches.failed.call', { office: facts.office })]),
      ]
    case 'refused':
    case 'stopped':
    case 'revoked':
      return failedLines(branch, own, facts, day(branch.endedAt), t)
    case 'withdrawn':
      return []
    default:
      return look satisfies never
  }
}

function startsLine(branch: Branch, facts: GroupFacts, t: Translate): string {
  return t(beforeOf([branch.key], facts) === '' ? 'branches.starts.accepted' : 'branches.starts.after')
}

const notStartedReason = ({ reason }: Branch) =>
  reason === 'not-competent' || reason === 'filing-ended' ? reason : 'depends-on-refused'

function collectLine(own: BranchDossier | undefined, facts: GroupFacts, t: Translate): string[] {
  if (own === undefined || own.dossier.state !== 'decided') return []
  return [t(`tracking.collect.${own.dossier.delivery}`, { place: facts.office })]
}

const endings = new Set<string>([
  'dossiers.declined',
  'dossiers.refused',
  'dossiers.stopped',
  'dossiers.result-revoked',
])

function failedLines(
  branch: Branch,
  own: BranchDossier | undefined,
  facts: GroupFacts,
  day: string | null,
  t: Translate,
): string[] {
  const reason = own?.history.findLast(({ kind, text }) => endings.has(kind) && text !== undefined)?.text
  const others = facts.branches.some(({ key, state }) => key !== branch.key && state === 'granted')
  return [
    ...(day ? [t('branches.failed.refused', { day })] : []),
    ...(reason ? [t('branches.reason', { reason })] : []),
    ...(others ? [t('branches.failed.stands')] : []),
    t('branches.failed.call', { office: facts.office }),
  ]
}

function askOf({ dossier, openRequest }: BranchDossier, t: Translate): BranchLine['ask'] {
  const at = `/ho-so/${dossier.code}`
  if (dossier.state === 'awaiting-supplement')
    return {
      items: openRequest?.items.map(({ text }) => text) ?? [],
      link: { href: `${at}/bo-sung`, label: t('branches.ask.do') },
    }
  if (dossier.state === 'awaiting-obligation')
    return { items: [], link: { href: at, label: t('branches.ask.pay') } }
  return dossier.threadAwaits === 'applicant'
    ? { items: [], link: { href: `${at}#nhan`, label: t('branches.ask.answer') } }
    : null
}

// The result itself, or the answer that it was refused; other papers stand on the page of the branch.
function papersOf({ dossier, available }: BranchDossier, t: Translate): Link[] {
  if (dossier.state !== 'decided' && dossier.state !== 'returned') return []
  const papers = available.filter(
    ({ kind, ended }) =>
      ((kind === 'result' || isFurther(kind)) && ended === undefined) || kind === 'decline',
  )
  return papers.map((paper) => ({ href: paperHref(dossier.code, paper), label: labelOf(paper, t) }))
}

/** Some results are named by a whole sentence; beside the name of the part that is too much for a button. */
const longestTitle = 40

function labelOf({ kind, title }: AvailablePaper, t: Translate): string {
  if (kind === 'decline') return t('tracking.decline')
  return title.length > longestTitle
    ? t('branches.result')
    : t('tracking.result', { title: lowerFirst(title) })
}

const mayBeFiledAgain = new Set<Branch['state']>(['refused', 'ended', 'not-started'])

function linksOf(branch: Branch, facts: GroupFacts, t: Translate): Link[] {
  const { code, state, procedureCode, reason } = branch
  const again = mayBeFiledAgain.has(state) && reason !== 'filing-ended' && facts.speaksForApplicant
  return [
    ...(code ? [{ href: `/ho-so/${code}`, label: t('branches.detail') }] : []),
    ...(again ? [{ href: `/thu-tuc/${procedureCode}`, label: t('branches.againLink') }] : []),
  ]
}
