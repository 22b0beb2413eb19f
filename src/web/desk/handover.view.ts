import { type Locale, messages } from 'motcua/kernel/i18n'
import type { HandOver, HandOverLine } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { momentText } from '../ui/format'
import { isMine } from './queue.view'
import { seen } from './seen'

interface Names {
  officers: Readonly<Record<string, string>>
  places: Readonly<Record<string, string>>
  locale: Locale
}

export interface SlipLine {
  code: string
  /** What the check box posts; null when this officer has nothing to confirm. */
  value: string | null
  applicant: string
  procedure: string
  sheets: number
  state: HandOverLine['outcome']
  stateText: string
}

/** A hand-over slip as its two parties see it. */
export interface SlipView {
  giver: string
  taker: string
  at: string
  lines: SlipLine[]
  total: string
  /** Whether the officer takes over for the receiving side. */
  mayTake: boolean
  allTaken: boolean
}

/** Who takes: a place and a role, and the officer when one was named. */
export function sideText(
  { authority, role, officer }: HandOver['to'],
  { officers, places, locale }: Names,
): string {
  const t = messages(locale)
  const who = officer ? (officers[officer] ?? officer) : t('work.handover.anyone').toLowerCase()
  return `${places[authority] ?? authority}, ${t(`work.role.${role}`)}: ${who}`
}

/** The slip with what this officer may confirm. Pure. */
export function slipView(
  slip: HandOver,
  officer: Officer,
  { procedures, ...names }: Names & { procedures: Readonly<Record<string, string>> },
): SlipView {
  const t = messages(names.locale)
  const { officers, places, locale } = names
  const waiting = (line: HandOverLine) => line.outcome === 'waiting' && takes(slip, line, officer)
  const lines = slip.lines.map((line) => ({
    code: line.code,
    value: waiting(line) ? seen(line) : null,
    applicant: line.applicantName,
    procedure: procedures[line.procedureCode] ?? line.procedureCode,
    sheets: line.sheets,
    state: line.outcome,
    stateText: stateText(line, names),
  }))
  return {
    giver: `${places[slip.from] ?? slip.from}: ${officers[slip.givenBy] ?? slip.givenBy}`,
    taker: sideText(slip.to, names),
    at: momentText(slip.givenAt, locale),
    lines,
    total: t('work.handover.total', {
      count: lines.length,
      sheets: lines.reduce((sum, { sheets }) => sum + sheets, 0),
    }),
    mayTake: lines.some(({ value }) => value !== null),
    allTaken: slip.lines.every(({ outcome }) => outcome !== 'waiting'),
  }
}

function stateText({ outcome, endedBy, endedAt }: HandOverLine, { officers, locale }: Names): string {
  const t = messages(locale)
  const state = t(`work.handover.state.${outcome}`)
  if (endedBy === null || endedAt === null || outcome === 'ended') return state
  return `${state}: ${t('work.handover.by', { name: officers[endedBy] ?? endedBy, moment: momentText(endedAt, locale) })}`
}

function takes({ to }: HandOver, { taskNo, procedureCode }: HandOverLine, officer: Officer): boolean {
  if (taskNo === null) return false
  const task = { authority: to.authority, role: to.role, assignee: to.officer }
  return isMine({ task, procedureCode } as Parameters<typeof isMine>[0], officer)
}
