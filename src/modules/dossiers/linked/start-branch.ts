import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { keepPrivate, type PrivateContent } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar } from '../../calendar/index.ts'
import {
  additionFor,
  branchAnswers,
  caseFor,
  type GroupFacts,
  type LinkedBranch,
  limitFor,
} from '../../catalogue/index.ts'
import type { Authority } from '../../directory/index.ts'
import { fieldsOf, validateAnswers } from '../../forms/index.ts'
import type { NextCode } from '../code-blocks.ts'
import { accept, decideSubmission, type Submission } from '../deciding/intake.ts'
import { orRefusal } from '../deciding/or-refusal.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { applyEntries, type DossierFile, type Paper, type Write } from '../dossier-store.ts'
import type { DossierEntry } from '../entries.ts'
import { loadRules, type Rules } from '../filing/filing-rules.ts'
import { statedPaper } from '../papers/paper-source.ts'
import { toParty } from '../party.ts'
import type { Acting } from '../permission.ts'
import { competentOf } from './plan.ts'

/** Whoever begins, ends and reports branches: the platform itself. */
export const coordinator = { kind: 'system', id: 'linked', authorities: 'all' } as const satisfies Acting

/** A group as its branches are made from it. */
export interface Source extends DossierFile {
  papers: readonly Paper[]
  /** What registers said beyond the answers when the group was filed. */
  known: Record<string, unknown> | undefined
  /** Drafts of the results of earlier branches. */
  results: GroupFacts['results']
}

/**
 * Makes the dossier of a branch: filed and accepted by the platform in one piece, with the editions in force on the
 * day, for the same people, at the authority that settles it. Written twice it is there once: its key is the group and
 * the branch. Refuses a branch that cannot be filed or that nobody here settles.
 */
export async function startBranch(
  { db, nextCode }: { db: Db; nextCode: NextCode },
  group: Source,
  branch: LinkedBranch,
  since: Date,
): Promise<Outcome<Write>> {
  const rules = await loadRules(db, branch.procedureCode, since)
  if (isRefusal(rules)) return rules
  const today = dateOfLaw(since)
  // What registers said of the people was not asked of them, so the branch has it from there, too.
  const given = { ...group.known, ...group.answers }
  const mapped = branchAnswers(branch, { answers: given, results: group.results ?? {}, today })
  const settles = await competentOf(db, rules.version, mapped, { today, competent: group.dossier.competent })
  if (isRefusal(settles)) return settles
  const answers = filled(rules, mapped, settles, { today, group })
  const [calendar, code] = await Promise.all([
    loadCalendar(db, { authorityCode: settles.code }),
    nextCode(settles.code, since),
  ])
  const { submission, privates } = submissionOf(group, branch, rules, {
    answers,
    settles,
    code,
    calendar,
    today,
  })
  const id = newId(since.getTime())
  const facts = { now: since, acting: coordinator, calendar, answers, process: rules.process.compiled }
  const filed = decideSubmission(submission, facts)
  const entries = accepted(applyEntries(id, undefined, filed).after, filed, facts)
  if (isRefusal(entries)) return entries
  return {
    change: applyEntries(id, undefined, entries),
    beside: {
      privates,
      papers: papersOf(group.papers, branch, rules.version),
      party: toParty(group.party),
      submissionKey: { scope: `linked:${group.dossier.id}`, key: branch.key },
    },
  }
}

// Accepted at once: whether everything is there was looked at when the group came in.
function accepted(
  dossier: Dossier,
  filed: DossierEntry[],
  facts: Parameters<typeof accept>[3],
): Outcome<DossierEntry[]> {
  const intake = openTasks(dossier).find(({ kind }) => kind === 'intake') ?? null
  const done = orRefusal(() => accept(dossier, intake, { command: 'accept' }, facts))
  return isRefusal(done) ? done : [...filed, ...done]
}

/** The form of the branch as far as the group fills it; what it cannot say its authority asks for. */
function filled(
  { form }: Rules,
  mapped: Record<string, unknown>,
  settles: Authority,
  { today, group }: { today: string; group: Source },
): Record<string, unknown> {
  const asksAgency = fieldsOf(form.compiled.definition).some(({ field }) => field.key === 'receivingAgency')
  const agency = asksAgency ? { receivingAgency: { code: settles.code, name: settles.name } } : {}
  const { channel } = group.dossier
  return validateAnswers(form.compiled, { ...mapped, ...agency }, { today, channel }).answers
}

interface Filed {
  answers: Record<string, unknown>
  settles: Authority
  code: string
  calendar: Calendar
  today: string
}

function submissionOf(
  { dossier: group, party, known, papers }: Source,
  branch: LinkedBranch,
  { version, form, process }: Rules,
  { answers, settles, code, calendar, today }: Filed,
): { submission: Submission; privates: PrivateContent[] } {
  const { channel, receivedBy, helpedBy, applicantKind, filedFor, delivery } = group
  const caseCode = caseFor(version, answers, { today, channel }).code
  const limit = branch.limit ?? limitFor(version, { caseCode, channel })
  const { amount, unit, cutOff } = limit
  const { lookupSecret, searchName, ...stated } = party
  const [answersRef, keptAnswers] = keepPrivate('answers', answers)
  const [partyRef, keptParty] = keepPrivate('party', stated)
  const [knownRef, keptKnown] = known ? keepPrivate('known', known) : []
  const submission: Submission = {
    ...{ code, channel, receivedBy, helpedBy, applicantKind, filedFor, delivery, caseCode },
    competent: settles.code,
    procedureCode: version.procedureCode,
    procedureVersion: version.version,
    formKey: form.key,
    formVersion: form.version,
    processKey: process.key,
    processVersion: process.version,
    limit: { amount, unit, cutOff, addition: additionFor(limit, settles.communeCode) },
    supplementRule: version.supplementRule,
    obligationRule: version.obligationRule,
    calendarVersion: calendar.version,
    // What the group costs was paid with the group.
    fees: [],
    linked: { filing: group.id, code: group.code, branch: branch.key },
    answers: answersRef,
    party: partyRef,
    ...(knownRef && { known: knownRef }),
    papers: papersOf(papers, branch, version).map(statedPaper),
  }
  return { submission, privates: [keptAnswers, keptParty, ...(keptKnown ? [keptKnown] : [])] }
}

/** The papers of the group that the branch has a place for, numbered anew. */
function papersOf(
  papers: readonly Paper[],
  branch: Pick<LinkedBranch, 'papers'>,
  { components }: Rules['version'],
): Paper[] {
  const taken = components.flatMap(({ key }) =>
    papers
      .filter(({ component }) => component === (branch.papers[key] ?? key))
      .map((paper) => ({ ...paper, component: key })),
  )
  return taken.map((paper, i) => ({ ...paper, no: i + 1 }))
}
