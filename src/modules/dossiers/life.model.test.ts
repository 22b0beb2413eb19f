import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aSubmission } from '../../../test/builders/a-dossier.ts'
import { aRequest } from '../../../test/builders/a-request.ts'
import { packagedFiles, packagedText } from '../../../test/builders/packages.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { makeCalendar } from '../calendar/index.ts'
import { type CompiledProcess, compileProcess, outcomesOf } from '../processes/index.ts'
import { beforeTheEnd } from './before-the-end.ts'
import { type Request, sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import type { Facts } from './deciding/facts.ts'
import { decideSubmission } from './deciding/intake.ts'
import { dimensions, outcomes } from './derived.ts'
import { type Dossier, isEnded, openTasks, states } from './dossier.ts'
import { toDossier, toRow, toTaskRow } from './dossier-row.ts'
import { applyEntries } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { evolve, fold } from './evolve.ts'
import {
  after,
  clockStands,
  codeOfLaw,
  dueOf,
  filed,
  isOver,
  type Life,
  type Somebody,
  type Terms,
} from './life.model.ts'
import type { Acting } from './permission.ts'
import { type CommandName, commandNames } from './policy.ts'

const isOneThread = ({ waits, boundaries, subs, gateways }: CompiledProcess) =>
  [waits, boundaries, subs].every((kind) => Object.keys(kind).length === 0) &&
  Object.values(gateways).every(({ kind }) => kind === 'exclusive')

const processes: CompiledProcess[] = []
for (const name of packagedFiles('process*.bpmn')) {
  const compiled = await compileProcess(packagedText(name))
  if ('refused' in compiled) throw new Error(name)
  // Work in parallel and waits have an independent simulation of their own beside the engine.
  if (isOneThread(compiled as CompiledProcess)) processes.push(compiled as CompiledProcess)
}

const calendar = makeCalendar({
  ...{ version: 'every-day', years: [2026, 2027, 2028], days: [], weekdays: [1, 2, 3, 4, 5, 6, 7] },
  ...{ sessions: [['08:00', '17:00']], saturdayDesk: null },
})
const here = 'H99.12'
const there = 'H99.13'
const officer = (role: string, at = here, n = 1) => ({
  is: 'officer' as const,
  name: `${role}-${n}@${at}`,
  role,
  at,
})
const officers = [
  ...['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'].flatMap((role) => [
    officer(role),
    officer(role, there),
  ]),
  ...[officer('specialist', here, 2), officer('reception', here, 2), officer('specialist', 'H99.03')],
]
const people: Somebody[] = [
  { is: 'applicant' },
  ...[1, 2, 3].map((no) => ({ is: 'party' as const, no })),
  ...officers,
  { is: 'system', at: here },
]

const actingOf = (who: Somebody): Acting => {
  if (who.is === 'applicant') return { kind: 'applicant', id: 'person-0' }
  if (who.is === 'party') return { kind: 'party', id: `person-${who.no}`, no: who.no }
  if (who.is === 'system') return { kind: 'system', id: 'partner', authorities: [who.at] }
  return { kind: 'officer', id: who.name, posts: [{ authority: who.at, roles: [who.role] }] }
}

type Pick = (n: number) => number
const one = <T>(pick: Pick, list: readonly T[]): T => list[pick(list.length)]!
const dayAfter = (now: number, days: number) => dateOfLaw(new Date(now + days * 86_400_000))

/** A well-formed request of a command, as it may come from a page: mostly sensible, sometimes not. */
function someRequest(
  command: CommandName,
  life: Life,
  process: CompiledProcess,
  now: number,
  pick: Pick,
): Request {
  const no = life.waits.length > 0 && pick(20) > 0 ? one(pick, life.waits).no : 1 + pick(30)
  const step = life.waits.find((wait) => wait.no === no)?.step
  const outcome = step && pick(10) > 0 ? one(pick, outcomesOf(process, step)) : 'ok'
  const request = aRequest(command, {
    taskNo: no,
    outcome: outcome ?? 'ok',
    officer: one(pick, officers).name,
  })
  const soon = dayAfter(now, pick(8) - 1)
  const place = one(pick, [here, there, there, 'H99.03', 'Z00'])
  switch (request.command) {
    case 'confirm':
      return { ...request, seen: pick(3) > 0 }
    case 'requestSupplement':
      return { ...request, ...(pick(2) === 0 && { newFact: 'Điều mới' }) }
    case 'confirmObligation':
      return { ...request, paidOn: soon }
    case 'consult': {
      const silence = pick(2) === 0 ? ('agreed' as const) : ('none' as const)
      const to =
        pick(4) === 0
          ? { outside: 'Nơi khác' }
          : { authority: place, role: one(pick, ['head', 'specialist'] as const) }
      return { ...request, to, silence, replyBy: soon, ...(pick(4) > 0 && { basis: 'NĐ 61' }) }
    }
    case 'endConsult':
      return { ...request, why: one(pick, ['silence', 'not-needed'] as const) }
    case 'planVisit':
      return { ...request, on: `${soon}T0${pick(9)}:00:00+07:00` }
    case 'extend':
      return { ...request, days: 1 + pick(5) }
    case 'apologise':
      return { ...request, newDate: dayAfter(now, pick(40)) }
    case 'correctFees':
      return { ...request, fees: [{ key: one(pick, ['certification', 'other']), amountVnd: 1000 * pick(9) }] }
    case 'explainDelay':
      return { ...request, until: dayAfter(now, pick(100) - 1) }
    case 'transfer':
      return { ...request, to: place }
    case 'handOver': {
      const role = one(pick, ['specialist', 'clerk', 'head'] as const)
      return {
        ...request,
        to: { authority: place, role, officer: pick(2) === 0 ? null : one(pick, officers).name },
      }
    }
    default:
      return request
  }
}

const has = (name: string, at: string, role?: string) =>
  officers.some((each) => each.name === name && each.at === at && (role === undefined || each.role === role))

/** What would have been looked up for this request: about officers and places, from the lists above. */
function lookedUp(dossier: Dossier, request: Request): Partial<Facts> {
  const place = (code: string) => (code === 'Z00' ? null : { settles: code !== 'H99.03', calendar })
  switch (request.command) {
    case 'assign':
    case 'reassign': {
      const task = dossier.tasks.find(({ no }) => no === request.taskNo)
      const fits = task !== undefined && has(request.officer, task.authority, task.role)
      return { officerFits: fits && !dossier.barred.includes(request.officer) }
    }
    case 'bar': {
      const places = [
        dossier.competent,
        dossier.receivedBy,
        ...dossier.tasks.map(({ authority }) => authority),
      ]
      return { officerFits: places.some((at) => has(request.officer, at)) }
    }
    case 'handOver': {
      const { authority, role, officer: name } = request.to
      return { place: place(authority), ...(name !== null && { officerFits: has(name, authority, role) }) }
    }
    case 'consult':
      return 'authority' in request.to ? { place: place(request.to.authority) } : {}
    case 'transfer':
      return { place: place(request.to) }
    default:
      return {}
  }
}

// Whatever can be done at any time is chosen seldom, and the ways out even more so.
const seldom = new Set<CommandName>([
  ...(['note', 'message', 'opine', 'explainDelay', 'declareConflict', 'bar', 'represent'] as const),
  ...(['correctFees'] as const),
  ...(['withdraw', 'stop', 'refuse', 'disagree', 'transfer', 'handOver', 'sendBack'] as const),
])
const often = commandNames.filter((name) => !seldom.has(name))

/** What a wait of each kind is there for. */
const onward: Record<string, readonly CommandName[]> = {
  ...{ intake: ['accept'], step: ['completeStep', 'draftResult', 'completeStep', 'approve'] },
  ...{
    supplement: ['supplement'],
    obligation: ['confirmObligation'],
    confirm: ['confirm', 'confirm', 'disagree'],
    consult: ['reply'],
  },
  ...{ visit: ['recordVisit'], return: ['returnResult'], transfer: ['takeOver'], handover: ['takeOver'] },
}

/** Something that somebody asks: mostly what the model allows. */
function nextAct(life: Life, terms: Terms, now: number, pick: Pick): [Somebody, Request] {
  const strict = pick(4) > 0
  const waiting = life.waits.length > 0 && strict && pick(5) > 1
  const names = waiting ? onward[one(pick, life.waits).kind]! : pick(8) === 0 ? commandNames : often
  for (let tries = 0; ; tries++) {
    const request = someRequest(one(pick, names), life, terms.process, now, pick)
    const waits = life.waits.find((wait) => 'taskNo' in request && wait.no === request.taskNo)
    const fitting = people.filter(
      (who) => who.is === 'officer' && who.role === waits?.role && who.at === waits.at,
    )
    const who = one(pick, fitting.length > 0 && pick(4) > 0 ? fitting : people)
    if (!strict || tries === 60 || after(life, who, request, now, terms)) return [who, request]
  }
}

const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString())

/** What both must agree on. */
function seenIn(dossier: Dossier) {
  const { state, competent, receivedBy, dueAt, indexDueAt, supplementRequests, resultState, outcome } =
    dossier
  return {
    ...{ state, competent, receivedBy, dueAt, indexDueAt, supplementRequests, resultState, outcome },
    national: dimensions(dossier).national,
    open: openTasks(dossier).map(({ no, kind, role, authority, assignee, subject, stepId }) =>
      [no, kind, role, authority, assignee, subject, stepId].join(' '),
    ),
    stands: dossier.pauses.some(({ to }) => to === null),
    money: dossier.obligations.map((each) => each.state),
    fees: dossier.fees.map(({ amountVnd }) => amountVnd),
    opinions: dossier.consultations.map((each) => each.state),
    ways: dossier.deliveries.map((each) => each.state),
    barred: dossier.barred,
    turn: dossier.threadAwaits,
    marks: [dossier.extension?.days ?? 0, dossier.apologisedAt !== null, dossier.draftRef !== null],
    times: [dossier.acceptedAt, dossier.decidedAt, dossier.closedAt],
  }
}

function foreseenIn(life: Life, terms: Terms): ReturnType<typeof seenIn> {
  // Whatever ended while its clock stood has no date: nobody is held to one.
  const due = (gentle: boolean) =>
    life.accepted === null ? null : iso(dueOf(life.before ?? life, terms, gentle))
  return {
    ...{ state: life.where as Dossier['state'], competent: life.competent, receivedBy: life.tookIn },
    ...{ dueAt: due(false), indexDueAt: due(true) },
    ...{ supplementRequests: life.asks, resultState: life.result as Dossier['resultState'] },
    outcome: life.outcome as Dossier['outcome'],
    national: codeOfLaw(life),
    open: life.waits.map(({ no, kind, role, at, holder, about, step }) =>
      [no, kind, role, at, holder, about, step].join(' '),
    ),
    stands: clockStands(life),
    money: life.money as never,
    fees: [life.fee],
    opinions: life.opinions.map(({ state }) => state) as never,
    ways: life.ways as never,
    barred: life.barred,
    turn: life.turn as Dossier['threadAwaits'],
    marks: [life.extended, life.apologised, life.draft],
    times: [iso(life.accepted), iso(life.decided), iso(life.ended)],
  }
}

/** The two outcomes say what the model says of dates and requests. */
function expectOutcomes(dossier: Dossier, life: Life, now: number): void {
  const { legal, index } = outcomes(dossier, new Date(now))
  const end = life.decided ?? life.ended
  const by = (due: string | null) => {
    if (life.accepted === null) return ['none']
    if (due === null) return end === null ? ['paused'] : ['on-time']
    if (end === null) return [Date.parse(due) < now ? 'overdue' : 'running']
    return end > Date.parse(due) ? ['late'] : ['early', 'on-time']
  }
  const tooOften = life.accepted !== null && life.asks > 1
  const [wanted, measured] = [by(dossier.dueAt), tooOften ? ['late'] : by(dossier.indexDueAt)]
  if (!wanted.includes(legal) || !measured.includes(index)) expect([legal, index]).toEqual([wanted, measured])
}

const asRead = (dossier: Dossier): Dossier => {
  const through = <T>(value: T): T => JSON.parse(JSON.stringify(value))
  const rows = dossier.tasks.map((task) => through(toTaskRow(dossier, task)))
  return { ...toDossier(through(toRow(dossier)), rows), headHash: dossier.headHash }
}

const id = '0199d000-0000-7000-8000-000000000001'
const begun = Date.parse('2026-11-19T02:00:00Z')

/** One life beside its model; every state it came through. */
function liveOnce(which: number, numbers: readonly number[]): { states: Set<string>; done: Set<string> } {
  let read = 0
  const pick: Pick = (n) => (numbers[read++ % numbers.length]! + read * 7) % n
  const process = processes[which]!
  const restart = pick(2) === 0
  const pause = pick(2) === 0
  const second = pick(4) === 0 ? 1 + pick(2) : 0
  const terms: Terms = {
    ...{ process, limitDays: 2 + pick(6), supplementRestarts: restart, moneyPauses: pause },
    ...{ settling: [here, there], places: [here, there, 'H99.03'], officers },
  }
  let life = filed(here, second)
  const submission = aSubmission({
    limit: { amount: terms.limitDays, unit: 'day', cutOff: null },
    supplementRule: restart ? 'restart' : 'subtract',
    obligationRule: pause ? 'pause' : 'run',
    delivery: 'counter',
    fees: [{ key: 'certification', name: 'Phí chứng thực', amountVnd: 4000 }],
    otherParties: Array.from({ length: second }, () => ({ kind: 'second-party' as const, until: null })),
  })
  const acting = actingOf({ is: 'applicant' })
  let now = begun
  let change = applyEntries(
    id,
    undefined,
    decideSubmission(submission, { now: new Date(now), acting, calendar }),
  )
  let dossier = change.after
  const all: SealedDossierEntry[] = [...change.entries]
  const seen = new Set<string>([dossier.state])
  const done = new Set<string>()
  for (let step = 0; step < numbers.length; step++) {
    now += (1 + pick(14)) * 3_600_000
    const [who, request] = nextAct(life, terms, now, pick)
    const foreseen = after(life, who, request, now, terms)
    const facts = {
      ...{ now: new Date(now), acting: actingOf(who), process, calendar, answers: {} },
      ...lookedUp(dossier, request),
      ...(request.command === 'restore' && { before: beforeTheEnd(all) }),
    }
    const decided = decide(dossier, sealRequest(request).command, facts)
    const what = () => `${JSON.stringify(who)} asks ${JSON.stringify(request)} of ${life.where}`
    if (isRefusal(decided) || foreseen === undefined) {
      const verdicts = [isRefusal(decided) ? decided.code : 'allowed', foreseen ? 'allowed' : 'refused']
      if (!isRefusal(decided) || foreseen) expect.fail(`${what()}: ${verdicts.join(', but the model: ')}`)
      continue
    }
    life = foreseen
    change = applyEntries(id, dossier, decided)
    dossier = change.after
    all.push(...change.entries)
    const [is, should] = [seenIn(dossier), foreseenIn(life, terms)]
    if (!isDeepStrictEqual(is, should)) expect(is, what()).toEqual(should)
    expectOutcomes(dossier, life, now)
    // Something waits for somebody who can be named, or it is over.
    if (openTasks(dossier).length > 0 === isOver(life)) expect.fail(`nobody has ${dossier.state}`)
    seen.add(dossier.state)
    done.add(request.command)
    if (isEnded(dossier) && pick(3) === 0) break
  }
  expect(fold(all)).toEqual(dossier)
  const stored = all.map((entry) => ({ ...entry, data: JSON.parse(JSON.stringify(entry.data)) }))
  expect(stored.reduce<Dossier | undefined>(evolve, undefined)).toEqual(dossier)
  expect(asRead(dossier)).toEqual(dossier)
  return { states: seen, done }
}

// Nothing waits for a message in a process of steps alone, and one procedure alone owes nothing for its sisters.
const ofOthers = new Set<CommandName>(['receiveMessage', 'compensate'])

// A machine that does other work takes many times the fifteen seconds that it should.
test('thousands of lives go as the model foresees, refusals and all, through every state and every act', () => {
  const reached = new Set<string>()
  const done = new Set<string>()
  const numbers = fc.array(fc.noBias(fc.nat({ max: 100_000 })), { minLength: 15, maxLength: 50 })
  fc.assert(
    fc.property(fc.nat({ max: processes.length - 1 }), numbers, (which, choices) => {
      const lived = liveOnce(which, choices)
      for (const state of lived.states) reached.add(state)
      for (const act of lived.done) done.add(act)
    }),
    { numRuns: 2000, seed: 118, endOnFailure: true },
  )
  expect([...reached].sort()).toEqual([...states].sort())
  expect([...done].sort()).toEqual(commandNames.filter((name) => !ofOthers.has(name)).sort())
}, 300_000)
