import { isRefusal } from '../kernel/errors.ts'
import { uuidV7 } from '../kernel/ids.ts'
import { keepPrivate, type PrivateContent } from '../kernel/journal.ts'
import { searchable } from '../kernel/text.ts'
import { dateOfLaw } from '../kernel/time.ts'
import { addWorkingHours } from '../modules/calendar/index.ts'
import { caseFor, feesFor, limitFor } from '../modules/catalogue/index.ts'
import {
  type Acting,
  applyEntries,
  type Channel,
  type Dossier,
  decide,
  decideSubmission,
  openTasks,
  type Party,
  type Request,
  type SealedDossierEntry,
  sealRequest,
  type Task,
} from '../modules/dossiers/index.ts'
import { type SimulatedPerson, simulatePerson } from './people.ts'
import { plausibleAnswers, plausibleKnown } from './plausible-answers.ts'
import type { Random } from './random.ts'
import type { Offer, Site } from './world.ts'

/** A dossier as far as it has come, with everything that is stored for it. */
export interface SimulatedDossier {
  dossier: Dossier
  entries: SealedDossierEntry[]
  privates: PrivateContent[]
  party: Party
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

const likelihood = { supplementAtIntake: 0.04, refusal: 0.015, supplementLater: 0.025, decline: 0.012 }
const mostActs = 60

/** Lives one dossier from its filing until it ends or the present is reached, through the real `decide` and `evolve`. */
export function simulateDossier(filing: Filing, until: Date, random: Random): SimulatedDossier {
  const life = begin(filing, random)
  for (let acts = 0; acts < mostActs; acts++) {
    const step = nextAct(life, filing, random)
    if (step === undefined || step.at > until) break
    perform(life, step, filing, random)
  }
  return life
}

interface Life extends SimulatedDossier {
  answers: Record<string, unknown>
}

interface Act {
  at: Date
  acting: Acting
  request: Request
}

function begin(filing: Filing, random: Random): Life {
  const { offer, site, channel, at, code } = filing
  const { version, form, process } = offer.rules
  const today = dateOfLaw(at)
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
  const { amount, unit, cutOff } = limitFor(version, { caseCode, channel })
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
    delivery: channel === 'online' && random.chance(0.7) ? ('electronic' as const) : ('counter' as const),
    limit: { amount, unit, cutOff },
    supplementRule: version.supplementRule,
    calendarVersion: site.calendar.version,
    fees: feesFor(version, { caseCode, channel, answers }).map(({ key, name, amountVnd }) => ({
      key,
      name,
      amountVnd,
    })),
    answers: answersRef,
    party: partyRef,
    ...(knownRef && { known: knownRef }),
    papers: [],
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
    answers,
  }
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
  const [task] = openTasks(life.dossier)
  if (task === undefined) return undefined
  const at = momentOf(task, filing, random)
  const acting: Acting =
    task.role === 'applicant'
      ? { kind: 'applicant', id: 'simulated' }
      : officer(filing.site, task.role, random)
  return { at, acting, request: requestFor(task, life.dossier, filing, random) }
}

function momentOf(task: Task, { site, offer }: Filing, random: Random): Date {
  const opened = task.openedAt
  if (task.kind === 'supplement')
    return new Date(addWorkingHours(site.calendar, opened, 4 + random.waiting(14)))
  if (task.kind === 'intake')
    return new Date(addWorkingHours(site.calendar, opened, 0.05 + random.waiting(1.1) * site.slowness))
  if (task.kind === 'return') return new Date(addWorkingHours(site.calendar, opened, 0.1 + random.waiting(3)))
  const hours = offer.rules.process.compiled.steps[task.stepId!]?.hours ?? 2
  // Most steps take about half their hours; a few take longer than they may.
  const share = 0.15 + random.next() * 0.5 + (random.chance(0.014) ? random.waiting(1.4) : 0)
  return new Date(addWorkingHours(site.calendar, opened, hours * share * site.slowness))
}

function requestFor(task: Task, dossier: Dossier, filing: Filing, random: Random): Request {
  if (task.kind === 'intake') return intakeRequest(dossier, random)
  if (task.kind === 'supplement') return { command: 'supplement', papers: [] }
  if (task.kind === 'return') return { command: 'returnResult', delivery: dossier.delivery }
  if (task.stepKind === 'decide')
    return random.chance(likelihood.decline)
      ? { command: 'decline', reason: 'Không đủ điều kiện theo quy định.' }
      : { command: 'approve' }
  if (task.stepKind === 'draft' && dossier.draftRef === null)
    return { command: 'draftResult', draft: { note: 'Theo hồ sơ' } }
  const mayAsk =
    task.stepKind === 'work' && dossier.supplementRequests === 0 && dossier.limit.unit !== 'same-day'
  if (mayAsk && random.chance(likelihood.supplementLater)) return supplementRequest(random)
  const outcome = filing.offer.rules.process.compiled.steps[task.stepId!]?.outcomes[0] ?? 'ok'
  return { command: 'completeStep', outcome }
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

function perform(life: Life, { at, acting, request }: Act, { offer, site }: Filing, random: Random): void {
  const { command, privates } = sealRequest(request, random.bytes)
  const facts = {
    now: at,
    acting,
    process: offer.rules.process.compiled,
    calendar: site.calendar,
    answers: life.answers,
  }
  const entries = decide(life.dossier, command, facts)
  if (isRefusal(entries))
    throw new Error(`the simulation was refused: ${entries.code} ${JSON.stringify(entries.details)}`)
  const change = applyEntries(life.dossier.id, life.dossier, entries)
  life.dossier = change.after
  life.entries.push(...change.entries)
  life.privates.push(...privates)
}
