import { type Calendar, workingMinutesOrNone } from '../calendar/index.ts'
import type { Dossier } from '../dossiers/index.ts'
import { heldStretches, type StepSpan, type Stretch, type TimedDossier } from './step-spans.ts'

/** For whom or what the time of a dossier went. */
export const shares = ['waiting', 'working', 'applicant', 'others'] as const
/** `waiting`: nobody of the office had begun; `working`: somebody had; `applicant`, `others`: who was waited for. */
export type Share = (typeof shares)[number]

export const stages = ['intake', 'settling', 'returning'] as const
/** From filing to acceptance, to the decision, to the hand of the applicant. */
export type Stage = (typeof stages)[number]

export type StageTime = Record<Share, number>

/** The time of one dossier by stage, in working minutes; null for what has not ended. */
export interface DossierTime {
  dossierId: string
  processKey: string
  processVersion: number
  authority: string
  submittedAt: string
  acceptedAt: string | null
  decidedAt: string | null
  closedAt: string | null
  intake: StageTime | null
  settling: StageTime | null
  returning: StageTime | null
}

export type WholeDossier = TimedDossier &
  Pick<Dossier, 'competent' | 'acceptedAt' | 'decidedAt' | 'closedAt' | 'state'>

/** Splits the time of a dossier; each minute counts once, whatever goes on beside. Pure. */
export function dossierTime(
  dossier: WholeDossier,
  spans: readonly StepSpan[],
  calendar: Calendar,
): DossierTime {
  const { submittedAt, acceptedAt, decidedAt, closedAt } = dossier
  const over = (from: string | null, to: string | null) =>
    from === null || to === null ? null : stageTime(dossier, spans, { from, to }, calendar)
  return {
    dossierId: dossier.id,
    processKey: dossier.processKey,
    processVersion: dossier.processVersion,
    authority: dossier.competent,
    submittedAt,
    acceptedAt,
    decidedAt,
    closedAt,
    intake: over(submittedAt, acceptedAt),
    settling: over(acceptedAt, decidedAt),
    returning: over(decidedAt, closedAt),
  }
}

function stageTime(
  dossier: WholeDossier,
  spans: readonly StepSpan[],
  stage: Stretch,
  calendar: Calendar,
): StageTime | null {
  const since = (at: string) => workingMinutesOrNone(calendar, dossier.submittedAt, at)
  const sums: StageTime = { waiting: 0, working: 0, applicant: 0, others: 0 }
  const shareAt = shareOf(dossier, spans)
  for (const { from, to } of pieces(dossier, spans, stage)) {
    const share = shareAt(from)
    if (share !== null) sums[share] += since(to) - since(from)
  }
  return Object.values(sums).some(Number.isNaN) ? null : sums
}

/** The stage cut at every moment at which something began or ended. */
function pieces({ pauses }: WholeDossier, spans: readonly StepSpan[], { from, to }: Stretch): Stretch[] {
  const moments = [
    ...spans.flatMap(({ openedAt, takenAt, closedAt }) => [openedAt, takenAt, closedAt]),
    ...pauses.flatMap((pause) => [pause.from, pause.to]),
  ].filter((at): at is string => at !== null && at > from && at < to)
  const cuts = [from, ...new Set(moments.toSorted()), to]
  return cuts.slice(1).map((end, i) => ({ from: cuts[i]!, to: end }))
}

/**
 * What a moment is spent on. The applicant's while the clock stands for them; else the office's if it has something
 * that can go on, else others', else the applicant's.
 */
function shareOf(dossier: WholeDossier, spans: readonly StepSpan[]): (at: string) => Share | null {
  const office = spans
    .filter(({ whose }) => whose === 'office')
    .map((span) => ({ span, held: heldStretches(dossier, span) }))
  const inside = (at: string, from: string, to: string | null) => from <= at && (to === null || at < to)
  const open = (whose: StepSpan['whose'], at: string) =>
    spans.some((span) => span.whose === whose && inside(at, span.openedAt, span.closedAt))
  return (at) => {
    if (dossier.pauses.some(({ from, to }) => inside(at, from, to))) return 'applicant'
    const able = office.filter(
      ({ span, held }) =>
        inside(at, span.openedAt, span.closedAt) && !held.some(({ from, to }) => inside(at, from, to)),
    )
    if (able.some(({ span: { takenAt } }) => takenAt !== null && takenAt <= at)) return 'working'
    if (able.length > 0) return 'waiting'
    if (open('others', at)) return 'others'
    return open('applicant', at) ? 'applicant' : null
  }
}
