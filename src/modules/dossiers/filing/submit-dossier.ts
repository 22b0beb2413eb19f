import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { keepPrivate, type PrivateContent } from '../../../kernel/journal.ts'
import { findUnstorableText } from '../../../kernel/text.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar } from '../../calendar/index.ts'
import {
  additionFor,
  componentsFor,
  feesFor,
  limitFor,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import type { RegisterSource } from '../../forms/index.ts'
import type { Actor } from '../../identity/index.ts'
import { actingOf, ownerOf } from '../acting.ts'
import type { NextCode } from '../code-blocks.ts'
import { decideSubmission, type Submission } from '../deciding/intake.ts'
import type { Branch, Channel, Dossier } from '../dossier.ts'
import { applyEntries, findBySubmissionKey, type Write } from '../dossier-store.ts'
import { branchesOf } from '../linked/plan.ts'
import type { OtherPartyFile } from '../other-party.ts'
import { knownFacts } from '../papers/known-facts.ts'
import { statedPaper, type TakenPaper } from '../papers/paper-source.ts'
import { reuseOf } from '../papers/reuse.ts'
import type { Party } from '../party.ts'
import { refusals } from '../refusals.ts'
import { type Checked, checkSubmission, strangeFiles } from './check-submission.ts'
import { filesNamed, papersNamed } from './files-named.ts'
import { isInternal, loadRules, type Rules } from './filing-rules.ts'
import { nearRelatives, otherPartiesOf, partyOf } from './party-of.ts'
import { type Place, placeOfFiling } from './place-of-filing.ts'
import { type CheckedInput, SubmissionInput } from './submission-input.ts'
import { checkVaultPapers } from './vault-papers.ts'

export interface SubmitDependencies {
  db: Db
  nextCode: NextCode
  /** Writes a new dossier; false when its submission key was used before. */
  append(filing: Write): Promise<boolean>
  wake(): void
  /** Asked for what the paper prints and the form does not ask. */
  registers?: readonly RegisterSource[]
}

export interface SubmitOptions {
  /** The same key of the same caller gives the same dossier. */
  key: string
  now: Date
  channel?: Channel
}

export interface Submitted {
  dossier: Dossier
  lookupSecret: string
  /** False when the same key had been used before: the dossier made then is given again. */
  isNew: boolean
}

/**
 * Files a dossier: checks who may, what the form and the procedure ask, and appends it in one statement.
 * The same `key` twice gives the same dossier. Refuses with every problem at once.
 */
export async function submitDossier(
  parts: SubmitDependencies,
  actor: Actor,
  raw: SubmissionInput,
  options: SubmitOptions,
): Promise<Outcome<Submitted>> {
  const parsed = SubmissionInput.safeParse(raw)
  if (!parsed.success) return refusals.invalidInput(parsed.error)
  return fileSubmission(parts, actor, parsed.data, options)
}

/** The same for a submission whose shape a door has checked already. */
export async function fileSubmission(
  { db, nextCode, append, wake, registers = [] }: SubmitDependencies,
  actor: Actor,
  input: CheckedInput,
  options: SubmitOptions,
): Promise<Outcome<Submitted>> {
  const { key, now } = options
  const today = dateOfLaw(now)
  const channel = options.channel ?? (actor.kind === 'officer' ? 'direct' : 'online')
  const unstorable = findUnstorableText(input.answers)
  if (unstorable !== undefined)
    return refusals.incomplete({ problems: [{ field: unstorable, code: 'text.not-storable' }] })
  const rules = await loadRules(db, input.procedureCode, now)
  if (isRefusal(rules)) return rules
  const { procedureCode } = input
  if (isInternal(rules) && actor.kind !== 'officer') return refusals.notFiledHere({ procedureCode })
  const party = partyOf(actor, input, {
    procedureNotAllowed: rules.version.parties === 'two',
    today,
    relationsWithoutProof: nearRelatives,
  })
  if (isRefusal(party)) return party
  const taken = await checkVaultPapers(db, rules.version, input.papers, {
    ...{ actor, filedFor: party.filedFor, today },
    helped: input.applicant?.personalId ?? null,
  })
  const checked = checkSubmission(rules, input, {
    now,
    channel,
    strangers: [
      ...taken.problems,
      ...(await strangeFiles(db, actor, [
        ...papersNamed(input.papers),
        ...filesNamed(input.answers),
        ...filesNamed(input.filedFor, 'filedFor'),
      ])),
    ],
  })
  if (isRefusal(checked)) return checked
  const otherParties = otherPartiesOf(rules.version, checked.answers, { channel, party })
  if (isRefusal(otherParties)) return otherParties
  const known = await knownFacts(rules.form, checked.answers, { actor, sources: registers, today, channel })
  // What registers say of the people on the form says where they live, too.
  const situation = { ...known, ...checked.answers }
  const asked = { on: today, channel, asked: input.receiving }
  const place = await placeOfFiling(db, rules.version, situation, actor, asked)
  if (isRefusal(place)) return place
  const grouped = { answers: situation, today, competent: place.competent }
  const [calendar, branches] = await Promise.all([
    loadCalendar(db, { authorityCode: place.receivedBy }),
    branchesOf(db, rules.version, grouped),
  ])
  const scope = scopeOf(actor)
  const facts = { now, calendar, acting: actingOf(actor, { applicant: true }) }
  const { submission, privates } = submissionOf(
    rules,
    { ...input, papers: taken.papers },
    { ...checked, known, otherParties },
    party,
    {
      ...place,
      branches,
      calendar,
      channel,
      today,
      ...(actor.kind === 'person' && { assurance: actor.assurance }),
      code: await nextCode(place.competent, now),
    },
  )
  const change = applyEntries(newId(now.getTime()), undefined, decideSubmission(submission, facts))
  const papers = taken.papers.map((paper, i) => ({ ...paper, no: i + 1, addedAt: now }))
  const beside = { privates, papers, party, otherParties, submissionKey: { scope, key } }
  const written = await append({ change, beside })
  if (!written) return earlier(db, scope, key)
  wake()
  return { dossier: change.after, lookupSecret: party.lookupSecret, isNew: true }
}

async function earlier(db: Db, scope: string, key: string): Promise<Outcome<Submitted>> {
  const file = await findBySubmissionKey(db.pool, scope, key)
  if (file === undefined) return refusals.keyUsedOtherwise()
  return { dossier: file.dossier, lookupSecret: file.party.lookupSecret, isNew: false }
}

/** What a filing says, with what was found out about it. */
interface Filed extends Checked {
  known: Record<string, unknown> | undefined
  otherParties: readonly OtherPartyFile[]
}

/** When and how it comes in, and under which code. */
interface Filing {
  calendar: Calendar
  channel: Channel
  code: string
  today: string
  /** Of the account that files. */
  assurance?: 1 | 2
  /** The procedures of a linked filing; null for an ordinary one. */
  branches: Branch[] | null
}

function submissionOf(
  { version, form, process }: Rules,
  input: Omit<CheckedInput, 'papers'> & { papers: TakenPaper[] },
  { answers, caseCode, known, otherParties }: Filed,
  party: Party,
  place: Place & Filing,
): { submission: Submission; privates: PrivateContent[] } {
  const { branches, calendar, channel, today, communeCode, assurance, ...where } = place
  const limit = limitFor(version, { caseCode, channel })
  const { amount, unit, cutOff } = limit
  const [answersRef, keptAnswers] = keepPrivate('answers', answers)
  const { lookupSecret, searchName, ...stated } = party
  const [partyRef, keptParty] = keepPrivate('party', stated)
  const [knownRef, keptKnown] = known ? keepPrivate('known', known) : []
  const fees = feesFor(version, { caseCode, channel, answers, today })
  const submission: Submission = {
    ...where,
    procedureCode: version.procedureCode,
    procedureVersion: version.version,
    caseCode,
    formKey: form.key,
    formVersion: form.version,
    processKey: process.key,
    processVersion: process.version,
    channel,
    applicantKind: party.filedFor.kind === 'organisation' ? 'organisation' : 'citizen',
    filedFor: party.filedFor.kind,
    delivery: input.delivery ?? deliveryOf(version, answers),
    limit: { amount, unit, cutOff, addition: additionFor(limit, communeCode) },
    supplementRule: version.supplementRule,
    obligationRule: version.obligationRule,
    calendarVersion: calendar.version,
    fees: fees.map(({ key, name, amountVnd }) => ({ key, name, amountVnd })),
    answers: answersRef,
    party: partyRef,
    ...(knownRef && { known: knownRef }),
    ...(otherParties.length > 0 && { otherParties: otherParties.map(() => secondParty) }),
    ...(branches && { branches }),
    papers: input.papers.map(statedPaper),
    ...(assurance && { assurance }),
    ...lookedUpIn(version, input.papers, { caseCode, channel, answers, today }),
  }
  return { submission, privates: [keptAnswers, keptParty, ...(keptKnown ? [keptKnown] : [])] }
}

const secondParty = { kind: 'second-party', until: null } as const

// Figures of reuse are made from the journal, which otherwise knows only what came as a file.
function lookedUpIn(
  version: ProcedureVersion,
  papers: readonly TakenPaper[],
  situation: Parameters<typeof componentsFor>[1],
): Pick<Submission, 'lookedUp'> {
  const { lines } = reuseOf(componentsFor(version, situation), papers)
  const lookedUp = lines.filter(({ way }) => way === 'register').map(({ component }) => component)
  return lookedUp.length > 0 ? { lookedUp } : {}
}

// Whoever must come to sign takes the result along.
function deliveryOf({ partialReason }: ProcedureVersion, answers: Record<string, unknown>) {
  const way = (answers.delivery as { way?: string } | undefined)?.way
  if (way === undefined && partialReason === 'presence-required') return 'counter'
  return way === 'post' ? 'post' : way === 'collect' ? 'counter' : 'electronic'
}

/** Keys of one caller do not meet those of another. */
function scopeOf(actor: Actor): string {
  const { kind, id } = ownerOf(actor)
  return `${kind}:${id}`
}
