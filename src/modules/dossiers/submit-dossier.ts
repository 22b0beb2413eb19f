import { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId, newSecret } from '../../kernel/ids.ts'
import { keepPrivate, type PrivateContent } from '../../kernel/journal.ts'
import { cleanText, findUnstorableText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Calendar, loadCalendar } from '../calendar/index.ts'
import {
  caseFor,
  componentsFor,
  feesFor,
  findVersion,
  limitFor,
  type ProcedureVersion,
} from '../catalogue/index.ts'
import { type Authority, findAuthority } from '../directory/index.ts'
import { findFiles } from '../documents/index.ts'
import { type FormVersion, findForm, type RegisterSource, validateAnswers } from '../forms/index.ts'
import { type Actor, mayRepresent, OnBehalfOf, type RepresentationRule } from '../identity/index.ts'
import { findProcess, type ProcessVersion } from '../processes/index.ts'
import { actingOf } from './acting.ts'
import type { NextCode } from './code-blocks.ts'
import { PaperInput } from './commands.ts'
import { decideSubmission, type Submission } from './decide.ts'
import type { Channel, Dossier } from './dossier.ts'
import { applyEntries, findBySubmissionKey, type NewFiling } from './dossier-store.ts'
import { filesNamed, type NamedFile, papersNamed } from './files-named.ts'
import { knownFacts } from './papers/known-facts.ts'
import { type Party, toParty } from './party.ts'
import { type Problem, refusals } from './refusals.ts'

/** A person who came to the counter, or for whom a system files: stated, because there is no account. */
export const ApplicantInput = z.object({
  name: cleanText.pipe(z.string().trim().min(1).max(200)),
  personalId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  phone: cleanText.pipe(z.string().trim().max(20)).optional(),
  email: z.email().max(200).optional(),
})

export const SubmissionInput = z.object({
  procedureCode: z.string().max(20),
  /** Code of the authority asked to settle it; the form's own answer comes first. */
  receiving: z.string().max(35).optional(),
  answers: z.record(z.string().max(200), z.unknown()),
  papers: z.array(PaperInput).max(200).default([]),
  filedFor: OnBehalfOf.default({ kind: 'self' }),
  delivery: z.enum(['electronic', 'counter', 'post']).optional(),
  applicant: ApplicantInput.optional(),
})
export type SubmissionInput = z.input<typeof SubmissionInput>

export interface SubmitDependencies {
  db: Db
  nextCode: NextCode
  /** Writes a new dossier; false when its submission key was used before. */
  appendNew(filing: NewFiling): Promise<boolean>
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
  { db, nextCode, appendNew, wake, registers = [] }: SubmitDependencies,
  actor: Actor,
  input: z.output<typeof SubmissionInput>,
  options: SubmitOptions,
): Promise<Outcome<Submitted>> {
  const { key, now } = options
  const channel = options.channel ?? (actor.kind === 'officer' ? 'direct' : 'online')
  const unstorable = findUnstorableText(input.answers)
  if (unstorable !== undefined)
    return refusals.incomplete({ problems: [{ field: unstorable, code: 'text.not-storable' }] })
  const rules = await loadRules(db, input.procedureCode, now)
  if (isRefusal(rules)) return rules
  const party = partyOf(actor, input, {
    procedureNotAllowed: rules.version.parties === 'two',
    today: dateOfLaw(now),
    relationsWithoutProof: nearRelatives,
  })
  if (isRefusal(party)) return party
  const checked = check(rules, input, {
    now,
    channel,
    strangers: await strangeFiles(db, actor, [
      ...papersNamed(input.papers),
      ...filesNamed(input.answers),
      ...filesNamed(input.filedFor, 'filedFor'),
    ]),
  })
  if (isRefusal(checked)) return checked
  const place = await placeOf(db, rules, input, actor, checked)
  if (isRefusal(place)) return place
  const calendar = await loadCalendar(db, { authorityCode: place.receivedBy })
  const scope = scopeOf(actor)
  const facts = { now, calendar, acting: actingOf(actor, { applicant: true }) }
  const today = dateOfLaw(now)
  const known = await knownFacts(rules.form, checked.answers, { actor, sources: registers, today, channel })
  const { submission, privates } = submissionOf(rules, input, { ...checked, known }, party, {
    ...place,
    calendar,
    channel,
    today,
    code: await nextCode(place.competent, now),
  })
  const change = applyEntries(newId(now.getTime()), undefined, decideSubmission(submission, facts))
  const papers = input.papers.map((paper, i) => ({ ...paper, no: i + 1, addedAt: now }))
  const beside = { privates, papers, party, submissionKey: { scope, key } }
  const written = await appendNew({ change, beside })
  if (!written) return earlier(db, scope, key)
  wake()
  return { dossier: change.after, lookupSecret: party.lookupSecret, isNew: true }
}

async function earlier(db: Db, scope: string, key: string): Promise<Outcome<Submitted>> {
  const file = await findBySubmissionKey(db.pool, scope, key)
  if (file === undefined) return refusals.keyUsedOtherwise()
  return { dossier: file.dossier, lookupSecret: file.party.lookupSecret, isNew: false }
}

/** Relations that need no certified authorisation in civil status (NĐ 123/2015/NĐ-CP, Điều 2). */
export const nearRelatives = ['grandparent', 'parent', 'child', 'spouse', 'sibling'] as const

/** The editions of the rules in force when a dossier is received; it keeps them for life. */
export interface Rules {
  version: ProcedureVersion
  form: FormVersion
  process: ProcessVersion
}

export async function loadRules(db: Db, procedureCode: string, now: Date): Promise<Outcome<Rules>> {
  const on = dateOfLaw(now)
  const version = await findVersion(db, procedureCode, on)
  if (version === undefined) return refusals.unknownProcedure({ procedureCode })
  const [form, process] = await Promise.all([
    findForm(db, version.formKey, { on }),
    findProcess(db, version.processKey, on),
  ])
  if (form === undefined || process === undefined) return refusals.notFiledHere({ procedureCode })
  return { version, form, process }
}

function partyOf(
  actor: Actor,
  input: z.output<typeof SubmissionInput>,
  rule: RepresentationRule,
): Outcome<Party> {
  const filedFor = actor.kind === 'officer' ? helped(input) : input.filedFor
  if (isRefusal(filedFor)) return filedFor
  const allowed = mayRepresent(actor, filedFor, rule)
  if (isRefusal(allowed)) return allowed
  const lookupSecret = newSecret(8)
  if (actor.kind === 'person') {
    const { personId, personalId = null, phone = null, email = null } = actor
    return toParty({
      personId,
      name: nameOf(actor.name, filedFor),
      personalId,
      phone,
      email,
      lookupSecret,
      filedFor,
    })
  }
  if (input.applicant === undefined) return applicantMissing
  const { name, personalId = null, phone = null, email = null } = input.applicant
  return toParty({ personId: null, name, personalId, phone, email, lookupSecret, filedFor })
}

const applicantMissing = refusals.incomplete({
  problems: [{ field: 'applicant', code: 'dossiers.applicant-missing' }],
})

// At the counter the officer types and the person signs: helper and person are told apart (NĐ 224/2026, Điều 78).
function helped({ applicant }: z.output<typeof SubmissionInput>): Outcome<OnBehalfOf> {
  if (applicant === undefined) return applicantMissing
  const { name, personalId, phone } = applicant
  return { kind: 'helper', principal: { name, ...(personalId && { personalId }), ...(phone && { phone }) } }
}

const nameOf = (own: string, filedFor: OnBehalfOf) => (filedFor.kind === 'organisation' ? filedFor.name : own)

interface Checked {
  answers: Record<string, unknown>
  caseCode: string
}

/** Looks at everything at once, so that a person mends it in one go. */
function check(
  { version, form }: Rules,
  input: z.output<typeof SubmissionInput>,
  { now, channel, strangers }: { now: Date; channel: Channel; strangers: Problem[] },
): Outcome<Checked> {
  const today = dateOfLaw(now)
  const { problems, answers } = validateAnswers(form.compiled, input.answers, { today, channel })
  const found = caseFor(version, answers, { today, channel })
  if (!found.channels.includes(channel)) return refusals.channelNotOffered({ channel })
  const situation = { caseCode: found.code, channel, answers, today }
  const missing = channel === 'online' ? missingPapers(version, situation, input) : []
  const all = [
    ...problems.map(({ field, code, params }) => ({ field, code, params })),
    ...missing,
    ...strangers,
  ]
  return all.length > 0 ? refusals.incomplete({ problems: all }) : { answers, caseCode: found.code }
}

// A file that somebody else uploaded, or that is not what its hash says, is not a paper of this dossier: who may
// open the dossier may open every file that it names.
export async function strangeFiles(db: Db, actor: Actor, named: readonly NamedFile[]): Promise<Problem[]> {
  if (named.length === 0) return []
  const ids = named.map(({ fileId }) => fileId).filter((id) => z.uuid().safeParse(id).success)
  const files = new Map((await findFiles(db.pool, ids)).map((file) => [file.fileId, file]))
  const mine = ownerOf(actor)
  const isMine = ({ fileId, sha256 }: NamedFile) => {
    const file = files.get(fileId)
    if (file === undefined || (sha256 !== undefined && file.sha256 !== sha256)) return false
    return file.owner.kind === mine.kind && file.owner.id === mine.id
  }
  return named
    .filter((file) => !isMine(file))
    .map(({ field, name }) => ({ field, code: 'dossiers.paper-unknown', params: { name } }))
}

// Papers that must be handed in online; of a group of alternatives one is enough.
function missingPapers(
  version: ProcedureVersion,
  situation: { caseCode: string; channel: Channel; answers: Record<string, unknown>; today: string },
  input: z.output<typeof SubmissionInput>,
): Problem[] {
  const given = new Set(input.papers.map((paper) => paper.component))
  const asked = componentsFor(version, situation).filter(
    (line) => line.provision === 'submit' && line.required,
  )
  const groupsGiven = new Set(
    asked.filter((line) => line.group && given.has(line.key)).map((line) => line.group),
  )
  return asked
    .filter((line) => !given.has(line.key) && !(line.group && groupsGiven.has(line.group)))
    .map((line) => ({
      field: `paper:${line.key}`,
      code: 'dossiers.paper-missing',
      params: { name: line.name },
    }))
}

interface Place {
  receivedBy: string
  competent: string
  helpedBy: string | null
}

// Competence comes from the procedure and the person's answer, never from the address of the counter.
async function placeOf(
  db: Db,
  { version }: Rules,
  input: z.output<typeof SubmissionInput>,
  actor: Actor,
  checked: Checked,
): Promise<Outcome<Place>> {
  const answered = (checked.answers.receivingAgency as { code?: string } | undefined)?.code
  const receiving =
    answered ?? input.receiving ?? (actor.kind === 'officer' ? actor.posts[0]?.authorityCode : undefined)
  const competent = receiving === undefined ? undefined : await findAuthority(db, receiving)
  if (competent === undefined || !settles(version, competent))
    return refusals.wrongReceiver({ receiving: receiving ?? '' })
  // A token for some authorities files with those alone.
  const limitedTo = actor.kind === 'system' ? actor.authorityCodes : undefined
  if (limitedTo && !limitedTo.includes(competent.code))
    return refusals.wrongReceiver({ receiving: competent.code })
  if (actor.kind !== 'officer')
    return { receivedBy: competent.code, competent: competent.code, helpedBy: null }
  const here = actor.posts.find((post) => post.roles.includes('reception'))?.authorityCode
  return { receivedBy: here ?? competent.code, competent: competent.code, helpedBy: null }
}

function settles(version: ProcedureVersion, authority: Authority): boolean {
  return authority.kind === version.executing.kind
}

function submissionOf(
  { version, form, process }: Rules,
  input: z.output<typeof SubmissionInput>,
  { answers, caseCode, known }: Checked & { known: Record<string, unknown> | undefined },
  party: Party,
  place: Place & { calendar: Calendar; channel: Channel; code: string; today: string },
): { submission: Submission; privates: PrivateContent[] } {
  const { calendar, channel, today, ...where } = place
  const { amount, unit, cutOff } = limitFor(version, { caseCode, channel })
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
    delivery: input.delivery ?? deliveryOf(answers),
    limit: { amount, unit, cutOff },
    supplementRule: version.supplementRule,
    calendarVersion: calendar.version,
    fees: fees.map(({ key, name, amountVnd }) => ({ key, name, amountVnd })),
    answers: answersRef,
    party: partyRef,
    ...(knownRef && { known: knownRef }),
    papers: input.papers.map(({ component, fileId, sha256 }) => ({ component, fileId, sha256 })),
  }
  return { submission, privates: [keptAnswers, keptParty, ...(keptKnown ? [keptKnown] : [])] }
}

function deliveryOf(answers: Record<string, unknown>) {
  const way = (answers.delivery as { way?: string } | undefined)?.way
  return way === 'post' ? 'post' : way === 'collect' ? 'counter' : 'electronic'
}

/** Keys of one caller do not meet those of another. */
function scopeOf(actor: Actor): string {
  const { kind, id } = ownerOf(actor)
  return `${kind}:${id}`
}

/** Who owns what an actor uploads. */
function ownerOf(actor: Actor): { kind: string; id: string } {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', id: actor.personId }
    case 'officer':
      return { kind: 'officer', id: actor.officerId }
    case 'system':
      return { kind: 'system', id: actor.clientId }
    case 'anonymous':
      return { kind: 'anonymous', id: '' }
    default:
      return actor satisfies never
  }
}
