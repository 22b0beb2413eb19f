import { type Dossier, openTasks } from '../dossier.ts'
import { handOverTask, reopened, transferTask } from '../open-task.ts'
import type { Acting } from '../permission.ts'
import { refusals } from '../refusals.ts'
import { dueDates } from './dates.ts'
import { closing, type Decide, entry } from './facts.ts'

/**
 * Offers a dossier to the authority that is competent. The sender answers for it until the receiver takes it over;
 * code and clock stay (NĐ 118/2025/NĐ-CP, Điều 14).
 */
export const transfer: Decide<'transfer'> = (dossier, _task, { to, reason }, facts) => {
  if (!facts.place?.settles || to === dossier.competent) return refusals.notCompetent({ authority: to })
  if (takesForItself(dossier, to, facts.acting)) return refusals.notCompetent({ authority: to })
  const opens = [transferTask(to, facts)]
  return [entry('dossiers.transfer-asked', { to, reason, opens }, facts)]
}

// What somebody else has begun to settle is theirs to give away.
function takesForItself({ competent, acceptedAt }: Dossier, to: string, acting: Acting): boolean {
  if (acceptedAt === null || acting.kind !== 'officer') return false
  const works = (authority: string) => acting.posts.some((post) => post.authority === authority)
  return works(to) && !works(competent)
}

/** Gives papers to somebody else at work on the dossier; both sides stand on the hand-over slip. */
export const handOver: Decide<'handOver'> = (_dossier, _task, { to, sheets, batch }, facts) => {
  if (!facts.place) return refusals.unknownAuthority({ authority: to.authority })
  if (to.officer !== null && facts.officerFits !== true)
    return refusals.unknownOfficer({ officer: to.officer })
  return [entry('dossiers.handed-over', { to, sheets, batch, opens: [handOverTask(to, facts)] }, facts)]
}

/** The receiver takes over: papers, or the whole dossier with everything that is open in it. */
export const takeOver: Decide<'takeOver'> = (dossier, task, _command, facts) => {
  if (task!.kind === 'handover')
    return [entry('dossiers.taken-over', { ...closing(task!, 'taken-over') }, facts)]
  const to = task!.authority
  const from = dossier.competent
  const calendar = facts.place?.calendar ?? facts.calendar
  const dates =
    dossier.acceptedAt === null
      ? { dueAt: null, indexDueAt: null }
      : dueDates(dossier, dossier.acceptedAt, calendar)
  // What nobody accepted yet has nothing to stay behind for at the place that took it in.
  const leaves = dossier.acceptedAt === null ? [from, dossier.receivedBy] : [from]
  const moved = openTasks(dossier).filter(
    (each) => leaves.includes(each.authority) && each.kind !== 'transfer',
  )
  const closes = [task!, ...moved].map(({ no }) => ({ no, outcome: 'transferred' }))
  const opens = moved.map((each) => ({ ...reopened(each), authority: to, assignee: null }))
  const data = { from, to, calendarVersion: calendar.version, ...dates, closes, opens }
  return [entry('dossiers.transferred', data, facts)]
}

export const rejectTransfer: Decide<'rejectTransfer'> = (_dossier, task, { reason }, facts) => [
  entry('dossiers.transfer-rejected', { reason, ...closing(task!, 'rejected') }, facts),
]
