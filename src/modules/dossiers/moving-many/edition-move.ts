import type { Calendar } from '../../calendar/index.ts'
import { additionFor, limitFor, type ProcedureVersion } from '../../catalogue/index.ts'
import { dueDates } from '../deciding/dates.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import type { DueDates, EntryData } from '../entries.ts'
import type { EditionRule } from './edition-plan.ts'

/** The part of a dossier that another edition changes. */
export type EditionedDossier = Pick<
  Dossier,
  | 'procedureVersion'
  | 'caseCode'
  | 'formVersion'
  | 'channel'
  | 'limit'
  | 'supplementRule'
  | 'pauses'
  | 'extension'
  | 'acceptedAt'
  | 'decidedAt'
  | 'dueAt'
  | 'indexDueAt'
  | 'processKey'
  | 'processVersion'
  | 'tasks'
>

/** An edition with the numbers of its form and its process. */
export interface EditionTarget {
  edition: ProcedureVersion
  form: number
  process: { key: string; version: number }
}

export interface EditionFacts {
  rule: EditionRule
  target: EditionTarget
  /** Of the authority that settles it. */
  calendar: Calendar
  communeCode: string | null
  run: string
}

type Changed = EntryData['dossiers.edition-changed']
/** Its case is not in the new edition: a person must say which one it falls under. */
export interface EditionStays {
  stays: 'no-such-case'
  step: null
}

/**
 * What becomes of an open dossier when a new edition comes into force; null when it keeps the one of its receipt.
 * What was promised on the receipt is kept: the date of an accepted dossier may come earlier, never later (NĐ
 * 118/2025/NĐ-CP lets an authority name a later date only with an apology of its own), and what was to be paid stays.
 * An accepted dossier keeps the form on which it was judged complete; its process moves by a mapping of steps, which is
 * decided apart.
 */
export function editionMoveOf(dossier: EditionedDossier, facts: EditionFacts): Changed | EditionStays | null {
  const { rule, run, target } = facts
  const { edition, form, process } = target
  if (dossier.decidedAt !== null || dossier.procedureVersion === edition.version) return null
  if (rule === 'move-not-accepted' && dossier.acceptedAt !== null) return null
  if (!edition.cases.some(({ code }) => code === dossier.caseCode))
    return { stays: 'no-such-case', step: null }
  const begun = dossier.acceptedAt !== null
  const { acceptedAt, procedureVersion, formVersion, processKey, processVersion } = dossier
  const kept = begun ? datesKept({ ...dossier, acceptedAt: acceptedAt! }, facts) : newTerms(dossier, facts)
  return {
    from: { procedure: procedureVersion, form: formVersion },
    to: { procedure: edition.version, form: begun ? formVersion : form },
    run,
    ...kept,
    process: begun ? { key: processKey, version: processVersion } : process,
    ...(kept.dueAt === dossier.dueAt ? {} : { promised: dossier.dueAt }),
    ...(begun ? sooner(dossier, kept.dueAt) : {}),
  }
}

type Terms = Pick<Changed, 'limit' | 'supplementRule'> & DueDates

const limitOf = ({ caseCode, channel }: EditionedDossier, { target, communeCode }: EditionFacts) => {
  const { amount, unit, cutOff, ...limit } = limitFor(target.edition, { caseCode, channel })
  return { amount, unit, cutOff, addition: additionFor(limit, communeCode) }
}

// Nothing was promised yet: it will be accepted under the new terms.
const newTerms = (dossier: EditionedDossier, facts: EditionFacts): Terms => ({
  limit: limitOf(dossier, facts),
  supplementRule: facts.target.edition.supplementRule,
  ...{ dueAt: dossier.dueAt, indexDueAt: dossier.indexDueAt },
})

/** The new limit where it ends no later than the old one; else everything stays as promised. */
function datesKept(dossier: EditionedDossier & { acceptedAt: string }, facts: EditionFacts): Terms {
  const { limit, supplementRule, dueAt, indexDueAt, acceptedAt } = dossier
  const asPromised = { limit, supplementRule, dueAt, indexDueAt }
  const terms = { limit: limitOf(dossier, facts), supplementRule: facts.target.edition.supplementRule }
  const dates = dueDates({ ...dossier, ...terms }, acceptedAt, facts.calendar)
  // While the clock stands, the two are compared as if nobody had waited.
  const [old, now] =
    dueAt !== null && dates.dueAt !== null
      ? [dueAt, dates.dueAt]
      : [dossier, { ...dossier, ...terms }].map(
          (each) => dueDates({ ...each, pauses: [], extension: null }, acceptedAt, facts.calendar).dueAt!,
        )
  const sameRule = terms.supplementRule === supplementRule
  if (now! > old! || (dueAt === null && !sameRule)) return asPromised
  return { ...terms, ...(dueAt === null ? { dueAt, indexDueAt } : dates) }
}

// No step ends after the date of the dossier.
function sooner(dossier: EditionedDossier, dueAt: string | null): Pick<Changed, 'changes'> {
  if (dueAt === null || dueAt === dossier.dueAt) return {}
  const late = openTasks(dossier).filter(
    (task) => task.kind === 'step' && task.dueAt !== null && task.dueAt > dueAt,
  )
  return late.length === 0 ? {} : { changes: late.map(({ no }) => ({ no, set: { dueAt } })) }
}
