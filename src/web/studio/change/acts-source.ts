import type { Outcome } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  abandonChange,
  approveChange,
  moveBackOf,
  type ProcedureChange,
  publishChange,
  readinessOf,
  rebaseChange,
  replayScope,
  returnChange,
  submitForReview,
  takeBackChange,
  withdrawChange,
} from 'motcua/modules/changes'
import { previewMoveBack } from 'motcua/modules/dossiers'
import { data } from 'react-router'
import type { StudioChange } from '../studio-source'
import type { ActValues } from './acts'
import { rollBack } from './roll-back'

const named = [
  'submit',
  'take-back',
  'rebase',
  'approve',
  'return',
  'publish',
  'withdraw',
  'abandon',
  'roll-back',
] as const
export type NamedAct = (typeof named)[number]

const dones = [
  'saved',
  'start',
  'submit',
  'take-back',
  'rebase',
  'return',
  'approve',
  'publish',
  'withdraw',
  'abandon',
] as const

/** Whether the address says that something was just done. */
export const isDone = (asked: string | null): asked is (typeof dones)[number] =>
  dones.some((each) => each === asked)

/** Which act a posted page asks for, and what was typed with it. */
export function readAct(form: FormData): { named: NamedAct | undefined; values: ActValues } {
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 3000)
  return {
    named: named.find((each) => each === form.get('_action')),
    values: {
      note: text('note'),
      validFrom: text('validFrom'),
      decisionNumber: text('decisionNumber'),
      decisionOn: text('decisionOn'),
      open: text('open'),
      seen: text('seen'),
    },
  }
}

/** Does one act on the change; what it refuses is told on the page. */
export async function actOn(
  { page, officer, change }: StudioChange,
  act: NamedAct,
  values: ActValues,
): Promise<Outcome<ProcedureChange>> {
  const { app, now } = page
  const parts = { db: app.db, now, wake: app.wake }
  const said = { id: change.id, note: values.note }
  switch (act) {
    case 'submit':
      return submitForReview(officer, said, { ...parts, readiness: await readinessOf(change, parts) })
    case 'take-back':
      return takeBackChange(officer, said, parts)
    case 'rebase':
      return rebaseChange(officer, said, parts)
    case 'approve':
      return approveChange(officer, { ...said, seen: values.seen.slice(0, 40) }, parts)
    case 'return':
      return returnChange(officer, said, parts)
    case 'withdraw':
      return withdrawChange(officer, said, parts)
    case 'abandon':
      return abandonChange(officer, said, parts)
    case 'roll-back':
      return rollBack(officer, change, parts)
    case 'publish': {
      const { validFrom, decisionNumber, decisionOn, open } = values
      const decision = { number: decisionNumber, on: decisionOn }
      return publishChange(officer, { id: change.id, validFrom, decision, open: openOf(open) }, parts)
    }
    default:
      throw data(act satisfies never, { status: 400 })
  }
}

const openOf = (text: string) =>
  (['stay', 'move-not-accepted', 'move-all'] as const).find((each) => each === text) ?? 'stay'

/** What taking the change back would do to open dossiers that its publication moved, in a sentence; null when it moved none. */
export async function moveBackText({ page, officer, change, acts }: StudioChange): Promise<string | null> {
  const { app, now, locale } = page
  const plan = acts.includes('withdraw') ? moveBackOf(change, dateOfLaw(now)) : undefined
  // Whose dossiers it tells of is the same as with past ones.
  const authorities = plan && (await replayScope(app.db, officer))
  if (!plan || authorities === undefined) return null
  const { moved, stayed, keep } = await previewMoveBack(app.db, { ...plan, now, authorities })
  return messages(locale)('studio.act.moveBack', { moved, stayed, keep })
}
