import { isRefusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { endOfWork } from '../../calendar/index.ts'
import { consultTask, visitTask } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { closing, type Decide, entry } from './facts.ts'

/**
 * Asks for an opinion inside or outside the authority, by a date inside the legal limit. Silence counts as agreement
 * only where a rule of law says so, and that rule is stated (NĐ 61/2018/NĐ-CP, Điều 19).
 */
export const consult: Decide<'consult'> = (dossier, task, command, facts) => {
  const { to, question, silence, basis = null, confidential } = command
  if ('authority' in to && !facts.place) return refusals.unknownAuthority({ authority: to.authority })
  if (silence === 'agreed' && basis === null) return refusals.silenceNeedsRule()
  const replyBy = endOfWork(facts.calendar, command.replyBy)
  if (replyBy <= facts.now.toISOString()) return refusals.dateIsPast({ date: command.replyBy })
  if (dossier.dueAt !== null && replyBy > dossier.dueAt)
    return refusals.dateAfterDue({ date: command.replyBy, due: dateOfLaw(dossier.dueAt) })
  const consultation = { to, stepId: task!.stepId, replyBy, silence, confidential }
  const opens = [consultTask(dossier, task!, { ...consultation, no: dossier.consultations.length + 1 })]
  return [entry('dossiers.consulted', { consultation, question, basis, opens }, facts)]
}

export const reply: Decide<'reply'> = (_dossier, task, { stance, text }, facts) => {
  const consultation = task!.subject!
  return [entry('dossiers.replied', { consultation, stance, text, ...closing(task!, 'replied') }, facts)]
}

/** Ends a consultation without an answer: by the rule on silence once the date has passed, or with a ground. */
export const endConsult: Decide<'endConsult'> = (dossier, task, { why, reason }, facts) => {
  const asked = dossier.consultations.find(({ no }) => no === task!.subject)!
  if (why === 'silence' && asked.silence !== 'agreed') return refusals.silenceIsNoAnswer()
  if (why === 'silence' && facts.now.toISOString() <= asked.replyBy) return refusals.stillTimeToReply()
  const data = { consultation: asked.no, why, reason, ...closing(task!, why) }
  return [entry('dossiers.consultation-ended', data, facts)]
}

export const opine: Decide<'opine'> = (_dossier, _task, { stance, text, confidential }, facts) => [
  entry('dossiers.opined', { stance, text, confidential }, facts),
]

export const planVisit: Decide<'planVisit'> = (dossier, task, { on, details }, facts) => {
  const at = new Date(on)
  if (at <= facts.now) return refusals.dateIsPast({ date: dateOfLaw(at) })
  const dueAt = endOfWork(facts.calendar, dateOfLaw(at))
  if (isRefusal(dueAt)) return dueAt
  const opens = [visitTask(task!, dueAt)]
  if (dossier.dueAt !== null && at.toISOString() > dossier.dueAt)
    return refusals.dateAfterDue({ date: dateOfLaw(at), due: dateOfLaw(dossier.dueAt) })
  return [entry('dossiers.visit-planned', { on: at.toISOString(), details, opens }, facts)]
}

export const recordVisit: Decide<'recordVisit'> = (_dossier, task, { outcome, findings }, facts) => [
  entry('dossiers.visit-recorded', { outcome, findings, ...closing(task!, outcome) }, facts),
]
