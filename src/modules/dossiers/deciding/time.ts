import { dateOfLaw } from '../../../kernel/time.ts'
import { endOfWork, workingMinutesBetween } from '../../calendar/index.ts'
import { refusals } from '../refusals.ts'
import { runningDates } from './dates.ts'
import { type Decide, entry } from './facts.ts'

/**
 * Extends the limit, once, with an apology to the applicant, while at least a working day is left
 * (NĐ 61/2018/NĐ-CP, Điều 19 khoản 9; Mẫu 04 of TT 03/2025/TT-VPCP).
 */
export const extend: Decide<'extend'> = (dossier, _task, { days, reason }, facts) => {
  const from = dossier.dueAt
  if (from === null) return refusals.clockStands()
  const left = workingMinutesBetween(facts.calendar, facts.now.toISOString(), from)
  if (left < facts.calendar.minutesPerDay) return refusals.tooLateToExtend({ due: dateOfLaw(from) })
  const extension = { days, at: facts.now.toISOString(), from, to: from }
  const dates = runningDates({ ...dossier, extension }, dossier.acceptedAt!, facts.calendar)
  return [entry('dossiers.extended', { days, from, ...dates, reason }, facts)]
}

/** Tells the applicant that the date is or will be missed, and a new day; the legal date stays. Once. */
export const apologise: Decide<'apologise'> = (dossier, _task, { newDate, reason }, facts) => {
  const { dueAt } = dossier
  if (dueAt === null) return refusals.clockStands()
  const left = workingMinutesBetween(facts.calendar, facts.now.toISOString(), dueAt)
  if (left >= facts.calendar.minutesPerDay && dossier.extension === null)
    return refusals.extendInstead({ due: dateOfLaw(dueAt) })
  const until = endOfWork(facts.calendar, newDate)
  if (until <= facts.now.toISOString()) return refusals.dateIsPast({ date: newDate })
  if (until <= dueAt) return refusals.dateBeforeDue({ date: newDate, due: dateOfLaw(dueAt) })
  return [entry('dossiers.apologised', { newDate, until, reason }, facts)]
}

/** Says, for the alarm list, why something waits, and until when that explains it; at most ninety days. */
export const explainDelay: Decide<'explainDelay'> = (_dossier, _task, command, facts) => {
  const until = endOfWork(facts.calendar, command.until)
  if (until <= facts.now.toISOString()) return refusals.dateIsPast({ date: command.until })
  const longest = new Date(facts.now.getTime() + longestExplanation).toISOString()
  if (until > longest) return refusals.tooFarAway({ date: command.until, latest: dateOfLaw(longest) })
  return [entry('dossiers.delay-explained', { until, reason: command.reason }, facts)]
}

const longestExplanation = 90 * 86_400_000
