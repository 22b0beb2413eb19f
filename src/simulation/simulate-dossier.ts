import { accepted, isRefusal, type Refusal } from '../kernel/errors.ts'
import { uuidV7 } from '../kernel/ids.ts'
import { keepPrivate, type PrivateContent } from '../kernel/journal.ts'
import { searchable } from '../kernel/text.ts'
import { dateOfLaw } from '../kernel/time.ts'
import { addWorkingHours } from '../modules/calendar/index.ts'
import { additionFor, caseFor, feesFor, limitFor } from '../modules/catalogue/index.ts'
import {
  type Acting,
  applyEntries,
  type Channel,
  type Dossier,
  decide,
  decideSubmission,
  fireTimer,
  type OtherPartyFile,
  openTasks,
  otherPartiesOf,
  type Party,
  type Request,
  type SealedDossierEntry,
  sealRequest,
  standing,
  type Task,
} from '../modules/dossiers/index.ts'
import { awaits, type CompiledProcess } from '../modules/processes/index.ts'
import { correction, type Incident, incident } from './incidents.ts'
import { hoursOfStep, isTakenFirst } from './pace.ts'
import { type SimulatedPerson, simulatePerson } from './people.ts'
import { plausibleAnswers, plausibleKnown } from './plausible-answers.ts'
import type { Random } from './random.ts'
import { type Offer, processOn, type Site } from './world.ts'

/** A dossier as far as it has come, with everything that is stored for it. */
export interface SimulatedDossier {
  dossier: Dossier
  entries: SealedDossierEntry[]
  privates: PrivateContent[]
  party: Party
  otherParties: OtherPartyFile[]
}

export interface Filing {
  offer: Offer
  site: Site
  channel: Channel
  at: Date
  code: string
  /** Somebody with an account, instead of a stranger. */
  who?: { person: SimulatedPerson; personId: string }
}

const likelihood = {
  ...{ supplementAtIntake: 0.04, refusal: 0.015, supplementLater: 0.025, decline: 0.012 },
  ...{ sendBackAtReview: 0.06, sendBackAtSigning: 0.025 },
}
const mostActs = 60

/** Lives one dossier from its filing until it ends or the present is reached, through the real `decide` and `evolve`. */
export function simulateDossier(filing: Filing, until: Date, random: Random): SimulatedDossier {
  const life = begin(filing, random)
  for (let acts = 0; acts < mostActs; acts++) {
    const step = nextAct(life, filing, random)
    if (clockMoves(life, filing, step === undefined || step.at > until ? until : step.at)) continue
    if (step === undefined) break
    const last = life.entries.at(-1)!.at
    const between = step.task && incident(life.dossier, step.task, { filing, last, next: step.at, random })
    if (between && happens(life, between, filing, { until, random })) continue
    if (step.at > until) break
    const refused = perform(life, step, filing, random)
    if (refused)
      throw new Error(`the simulation was refused: ${refused.code} ${JSON.stringify(refused.details)}`)
  }
  return life
}

interface Life extends SimulatedDossier {
  answers: Record<string, unknown>
  /** The version of the process that was in force when it came in. */
  process: CompiledProcess
  /** Whether somebody looked for mistakes after its end. */
  lookedAgain: boolean
}

interface Act {
  /** What is done by it; none when a finished dossier is taken up once more, or work only begins. */
  task?: Task
  at: Date
  acting: Acting
  request: Request
}

function begin(filing: Filing, random: Random): Life {
  const { offer, site, channel, at, code } = filing
  const { version, form } = offer.rules
  const today = dateOfLaw(at)
  const process = processOn(offer, today)
  const applicant = filing.who?.person ?? simulatePerson(random, { year: Number(today.slice(0, 4)) })
  const authority = { code: site.authority.code, name: site.authority.name }
  const communeCode = site.authority.communeCode ?? 'S9001'
  const setting = { applicant, authority, communeCode, today, channel, random }
  const answers = plausibleAnswers(form.compiled, setting)
  const known = plausibleKnown(form.compiled, answers, setting)
  const party = { ...partyOf(applicant, random), personId: filing.who?.personId ?? null }
  const [answersRef, keptAnswers] = keepPrivate('answers', answers, random.bytes)
  const { lookupSecret, searchName, ...stated } = party
  const [partyRef, keptParty] = keepPrivate('party', stated, random.bytes)
  const [knownRef, keptKnown] = known ? keepPrivate('known', known, random.bytes) : []
  const caseCode = caseFor(version, answers).code
  const limit = limitFor(version, { caseCode, channel })
  const { amount, unit, cutOff } = limit
  const otherParties = accepted(otherPartiesOf(version, answers, { channel, party }))
  const submission = {
    code,
    procedureCode: version.procedureCode,
    procedureVersion: version.version,
    caseCode,
    formKey: form.key,
    formVersion: form.version,
    processKey: process.key,
    processVersion: process.version,
    channel,
    receivedBy: authority.code,
    competent: authority.code,
    helpedBy: null,
    applicantKind: 'citizen' as const,
    filedFor: 'self' as const,
    delivery: deliveryFor(filing, random),
    limit: { amount, unit, cutOff, addition: additionFor(limit, site.authority.communeCode) },
    supplementRule: version.supplementRule,
    obligationRule: version.obligationRule,
    calendarVersion: site.calendar.version,
    fees: feesFor(version, { caseCode, channel, answers }).map(({ key, name, amountVnd }) => ({
      key,
      name,
      amountVnd,
    })),
    answers: answersRef,
    party: partyRef,
    ...(knownRef && { known: knownRef }),
    ...(otherParties.length > 0 && {
      otherParties: otherParties.map(() => ({ kind: 'second-party' as const, until: null })),
    }),
    papers: [],
    ...(channel === 'online' && { assurance: 2 as const }),
  }
  const acting: Acting =
    channel === 'online'
      ? { kind: 'applicant', id: filing.who?.personId ?? uuidV7(at.getTime(), random.bytes(10)) }
      : officer(site, 'reception', random)
  const entries = decideSubmission(submission, { now: at, acting, calendar: site.calendar })
  const change = applyEntries(uuidV7(at.getTime(), random.bytes(10)), undefined, entries)
  return {
    dossier: change.after,
    entries: change.entries,
    privates: [keptAnswers, keptParty, ...(keptKnown ? [keptKnown] : [])],
    party,
    otherParties,
    answers,
    process: process.compiled,
    lookedAgain: false,
  }
}

// Whoever must come to sign takes the result along.
function deliveryFor({ channel, offer }: Filing, random: Random): Dossier['delivery'] {
  if (offer.rules.version.parties === 'two') return 'counter'
  if (channel === 'online' && random.chance(0.7)) return 'electronic'
  return random.chance(0.05) ? 'post' : 'counter'
}

// Without account, phone or e-mail: nobody is told about somebody who does not exist.
function partyOf(person: SimulatedPerson, random: Random): Party {
  const lookupSecret = random
    .bytes(5)
    .toString('hex')
    .toUpperCase()
    .slice(0, 8)
    .replaceAll('0', 'A')
    .replaceAll('1', 'B')
  return {
    personId: null,
    name: person.name,
    searchName: searchable(person.name),
    personalId: person.personalId,
    phone: null,
    email: null,
    lookupSecret,
    filedFor: { kind: 'self' },
  }
}

function officer(site: Site, role: string, random: Random): Acting {
  const holders = site.staff.get(role) ?? site.staff.get('reception')!
  return random.pick(holders)
}

/** Who acts next, when and how; undefined when nothing is open. */
function nextAct(life: Life, filing: Filing, random: Random): Act | undefined {
  const open = openTasks(life.dossier)
  if (open.length === 0) return takenUpAgain(life, filing, random)
  const task = nextTask(life, open)
  if (task === undefined) return undefined
  const planned = momentOf(task, life, filing, random)
  // Of things done side by side the later is not done before the earlier.
  const last = life.entries.at(-1)!.at
  const at = planned > last ? planned : new Date(last.getTime() + 60_000)
  const acting = whoDoes(task, filing, random)
  if (isTakenFirst(task, random))
    return { at, acting, request: { command: 'assign', taskNo: task.no, officer: acting.id } }
  return { task, at, acting, request: requestFor(task, at, life, random) }
}

// What stops everything else comes first, then what a step waits for; a moment comes by itself.
function nextTask({ dossier, process }: Life, open: readonly Task[]): Task | undefined {
  const stopping = open.find(({ kind }) => kind === 'supplement' || kind === 'obligation')
  const awaited = open.findLast(({ kind }) => kind === 'consult' || kind === 'visit')
  const moments = new Set(awaits(process, standing(dossier, process)).timers.map(({ node }) => node))
  const byHand = open.find(({ kind, stepId }) => kind !== 'wait' || !moments.has(stepId!))
  return stopping ?? awaited ?? byHand
}

/** Lets the timers fire that are due by a moment; whether one did. */
function clockMoves(life: Life, { site }: Filing, by: Date): boolean {
  const due = life.dossier.marking?.timers.flatMap(({ at }) => (at === null ? [] : [at])).toSorted()[0]
  const last = life.entries.at(-1)!.at
  if (due === undefined || new Date(due) > by || last >= by) return false
  const facts = {
    now: new Date(Math.max(Date.parse(due), last.getTime() + 1000)),
    acting: { kind: 'system', id: 'clock', authorities: 'all' } as const,
    ...{ process: life.process, calendar: site.calendar, answers: life.answers },
  }
  const entries = fireTimer(life.dossier, facts)
  if (entries.length === 0) return false
  const change = applyEntries(life.dossier.id, life.dossier, entries)
  life.dossier = change.after
  life.entries.push(...change.entries)
  return true
}

function takenUpAgain(life: Life, filing: Filing, random: Random): Act | undefined {
  if (life.dossier.state !== 'returned' || life.lookedAgain) return undefined
  life.lookedAgain = true
  return correction(life.dossier, filing, random)
}

function whoDoes(task: Task, { site }: Filing, random: Random): Acting {
  if (task.kind === 'confirm') return { kind: 'party', id: 'simulated-other', no: task.subject! }
  if (task.kind === 'obligation') return officer(site, 'cashier', random)
  if (task.role === 'applicant') return { kind: 'applicant', id: 'simulated' }
  const holder = site.staff.get(task.role)?.find(({ id }) => id === task.assignee)
  return holder ?? officer(site, task.role, random)
}

/** Whether it came to that: in its time, and not refused. */
function happens(
  life: Life,
  between: Incident,
  filing: Filing,
  { until, random }: { until: Date; random: Random },
): boolean {
  const last = life.entries.at(-1)!.at
  if (between.at > until || between.at <= last) return false
  return perform(life, between, filing, random) === undefined
}

function momentOf(task: Task, { process, entries }: Life, { site }: Filing, random: Random): Date {
  const opened = task.openedAt
  if (task.kind === 'visit') return new Date(Date.parse(task.dueAt!) - random.whole(1, 7) * 3_600_000)
  if (task.kind === 'confirm' || task.kind === 'consult')
    return new Date(addWorkingHours(site.calendar, opened, 0.5 + random.waiting(4)))
  if (task.kind === 'supplement' || task.kind === 'obligation')
    return new Date(addWorkingHours(site.calendar, opened, 4 + random.waiting(14)))
  if (task.kind === 'intake')
    return new Date(addWorkingHours(site.calendar, opened, 0.05 + random.waiting(1.1) * site.slowness))
  if (task.kind === 'return') return new Date(addWorkingHours(site.calendar, opened, 0.1 + random.waiting(3)))
  const hours = (process.steps[task.stepId!] ?? process.waits[task.stepId!])?.hours ?? 2
  const begun = task.assignee !== null || hasDrafted(task, entries)
  const from = begun ? entries.at(-1)!.at.toISOString() : opened
  const spent = hoursOfStep(task, hours, begun, random) * site.slowness
  return new Date(addWorkingHours(site.calendar, from, spent))
}

const hasDrafted = ({ no }: Task, entries: Life['entries']) =>
  entries.some(({ kind, data }) => kind === 'dossiers.result-drafted' && data.task === no)

function requestFor(task: Task, at: Date, { dossier, process }: Life, random: Random): Request {
  const taskNo = task.no
  if (task.kind === 'confirm') return { command: 'confirm', taskNo, seen: false }
  if (task.kind === 'consult')
    return { command: 'reply', taskNo, stance: 'agree', text: 'Không có vướng mắc.' }
  if (task.kind === 'visit')
    return { command: 'recordVisit', taskNo, outcome: 'as-declared', findings: 'Đúng như kê khai.' }
  if (task.kind === 'obligation')
    return {
      ...{ command: 'confirmObligation', taskNo, paidOn: dateOfLaw(at) },
      reference: `BL-${random.whole(10_000, 99_999)}`,
    }
  if (task.kind === 'wait') return { command: 'receiveMessage', taskNo }
  if (task.kind === 'intake') return intakeRequest(dossier, random)
  if (task.kind === 'supplement') return { command: 'supplement', papers: [] }
  if (task.kind === 'return') return returnRequest(task, dossier, random)
  if (task.stepKind === 'review' && random.chance(likelihood.sendBackAtReview))
    return sendBack(taskNo, random)
  if (task.stepKind === 'decide' && random.chance(likelihood.sendBackAtSigning))
    return sendBack(taskNo, random)
  if (task.stepKind === 'decide')
    return random.chance(likelihood.decline)
      ? { command: 'decline', taskNo, reason: 'Không đủ điều kiện theo quy định.' }
      : { command: 'approve', taskNo }
  if (task.stepKind === 'draft' && dossier.draftRef === null)
    return { command: 'draftResult', taskNo, draft: { note: 'Theo hồ sơ' } }
  const mayAsk =
    task.stepKind === 'work' && dossier.supplementRequests === 0 && dossier.limit.unit !== 'same-day'
  if (mayAsk && random.chance(likelihood.supplementLater))
    return { ...supplementRequest(random), taskNo } as Request
  const outcome = process.steps[task.stepId!]?.outcomes[0] ?? 'ok'
  return { command: 'completeStep', taskNo, outcome }
}

const sendBack = (taskNo: number, random: Random): Request => ({
  ...{ command: 'sendBack', taskNo },
  reason: random.pick([
    'Căn cứ pháp lý ghi chưa đúng.',
    'Dự thảo sai ngày sinh, đề nghị sửa.',
    'Thiếu ý kiến thẩm tra.',
  ]),
})

/** By post it is sent first; each recipient gets it in their own way. */
function returnRequest({ no: taskNo, subject }: Task, { deliveries }: Dossier, random: Random): Request {
  const { channel, state } = deliveries.find(({ no }) => no === subject)!
  if (channel !== 'post' || state === 'sent') return { command: 'returnResult', delivery: channel, taskNo }
  const tracking = `EV${random.whole(100_000_000, 999_999_999)}VN`
  return { command: 'dispatchResult', carrier: 'Bưu điện tỉnh', tracking, taskNo }
}

function intakeRequest(dossier: Dossier, random: Random): Request {
  if (dossier.supplementRequests === 0 && random.chance(likelihood.supplementAtIntake))
    return supplementRequest(random)
  if (random.chance(likelihood.refusal))
    return { command: 'refuse', reason: 'Hồ sơ không thuộc thẩm quyền giải quyết.' }
  return { command: 'accept' }
}

const requests = [
  'Ảnh giấy tờ bị mờ, đề nghị chụp lại cả tờ, đủ bốn góc.',
  'Thiếu trang sau của giấy tờ, đề nghị bổ sung.',
  'Họ tên trong tờ khai chưa khớp với giấy tờ, đề nghị kiểm tra và khai lại.',
]

const supplementRequest = (random: Random): Request => ({
  command: 'requestSupplement',
  items: [{ target: null, text: random.pick(requests) }],
})

/** Decides as in life; the refusal, when there is one. */
function perform(
  life: Life,
  { at, acting, request }: Act,
  { site }: Filing,
  random: Random,
): Refusal | undefined {
  const { command, privates } = sealRequest(request, random.bytes)
  const facts = {
    now: at,
    acting,
    process: life.process,
    calendar: site.calendar,
    answers: life.answers,
    place: { settles: true, calendar: site.calendar },
    officerFits: true,
  }
  const entries = decide(life.dossier, command, facts)
  if (isRefusal(entries)) return entries
  const change = applyEntries(life.dossier.id, life.dossier, entries)
  life.dossier = change.after
  life.entries.push(...change.entries)
  life.privates.push(...privates)
  return undefined
}
