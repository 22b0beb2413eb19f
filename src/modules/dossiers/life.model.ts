import { holds } from '../../kernel/feel/index.ts'
import { type CompiledProcess, outcomesOf } from '../processes/index.ts'
import type { Request } from './commands.ts'

// The life of a dossier a second time, small and slow, written from the law and from what a page promises. It shares
// nothing with the policy, the decisions and the fold: the model test lets both live and compares them.

/** Somebody who acts, with one power. */
export type Somebody =
  | { is: 'applicant' }
  | { is: 'party'; no: number }
  | { is: 'officer'; name: string; role: string; at: string }
  | { is: 'system'; at: string }

/** Something that waits for somebody. */
export interface Wait {
  no: number
  kind: string
  role: string
  at: string
  about: number | null
  step: string | null
  holder: string | null
  /** Of a wait for the applicant: where and with whom the step was that asked. */
  asked?: { at: string; holder: string | null }
}

interface Span {
  from: number
  to: number | null
  restarts: boolean
}

interface Opinion {
  state: string
  silence: boolean
  by: number
}

export interface Life {
  where: string
  competent: string
  tookIn: string
  places: string[]
  parties: { kind: 'second-party' | 'representative'; said: 'nothing' | 'yes' | 'no' }[]
  waits: Wait[]
  /** Every step so far by the number of its wait: what was done, by whom it was held. */
  steps: { no: number; step: string; at: string; holder: string | null; touched: boolean }[]
  lastNo: number
  accepted: number | null
  ended: number | null
  decided: number | null
  pauses: Span[]
  extended: number
  apologised: boolean
  asks: number
  asksAfter: number
  draft: boolean
  money: string[]
  /** What its one fee comes to, in đồng. */
  fee: number
  opinions: Opinion[]
  ways: string[]
  result: string
  outcome: string | null
  barred: string[]
  turn: string | null
  /** As it was before an act ended it that may be taken back. */
  before: Life | null
}

/** What a life is lived on. */
export interface Terms {
  process: CompiledProcess
  limitDays: number
  supplementRestarts: boolean
  moneyPauses: boolean
  /** Places that settle such things. */
  settling: string[]
  /** Places that exist. */
  places: string[]
  officers: readonly Extract<Somebody, { is: 'officer' }>[]
}

export const hourMs = 3_600_000
const dayMs = 24 * hourMs
const opens = 8 * hourMs
const closes = 17 * hourMs
const vn = 7 * hourMs

const dayOf = (at: number) => Math.floor((at + vn) / dayMs)
/** When work ends on a day; every day is one of work. */
export const endOf = (day: number) => day * dayMs + closes - vn
const dayFrom = (date: string) => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs)
const midnightAfter = (date: string) => (dayFrom(date) + 1) * dayMs - vn - 1
const worked = (at: number) =>
  dayOf(at) * (closes - opens) + Math.min(Math.max(at + vn - dayOf(at) * dayMs - opens, 0), closes - opens)

/** The due moment; null while it stands. `gentle`: as the national index counts, where waiting is only subtracted. */
export function dueOf({ accepted, pauses, extended }: Life, terms: Terms, gentle: boolean): number | null {
  let first = dayOf(accepted!)
  let due = first + Math.max(1, terms.limitDays) + extended
  for (const { from, to, restarts } of pauses) {
    if (from >= endOf(due)) break
    if (to === null) return null
    if (restarts && !gentle) {
      first = dayOf(to)
      due = first + Math.max(1, terms.limitDays) + extended
    } else due += Math.max(0, dayOf(to) - Math.max(first, dayOf(from)))
  }
  return endOf(due)
}

export const isOver = ({ where }: Life) => ['returned', 'refused', 'withdrawn', 'stopped'].includes(where)
export const clockStands = ({ pauses }: Life) => pauses.at(-1)?.to === null

/** The national code, by the list of TT 22/2019. */
export function codeOfLaw(life: Life): number {
  const codes: Record<string, number> = {
    ...{ 'awaiting-party': 1, submitted: 1, refused: 3, 'awaiting-supplement': 5, 'awaiting-obligation': 6 },
    ...{ withdrawn: 7, stopped: 8, decided: 9, returned: 10 },
  }
  return codes[life.where] ?? (life.steps.some(({ touched, holder }) => touched || holder !== null) ? 4 : 2)
}

/** A filing, with other people who are to agree or without. */
export function filed(place: string, secondParties: number): Life {
  const life: Life = {
    ...{ where: secondParties > 0 ? 'awaiting-party' : 'submitted', competent: place, tookIn: place },
    ...{ places: [place], waits: [], steps: [], lastNo: 0, accepted: null, ended: null, decided: null },
    parties: Array.from({ length: secondParties }, () => ({ kind: 'second-party', said: 'nothing' })),
    ...{
      pauses: [],
      extended: 0,
      apologised: false,
      asks: 0,
      asksAfter: 0,
      draft: false,
      money: [],
      fee: 4000,
    },
    ...{ opinions: [], ways: [], result: 'none', outcome: null, barred: [], turn: null, before: null },
  }
  if (secondParties === 0) open(life, { kind: 'intake', role: 'reception', at: place })
  life.parties.forEach((_, i) => {
    open(life, { kind: 'confirm', role: 'applicant', at: place, about: i + 1 })
  })
  return life
}

function open(
  life: Life,
  { kind, role, at, ...more }: Pick<Wait, 'kind' | 'role' | 'at'> & Partial<Wait>,
): void {
  life.lastNo += 1
  const wait = { about: null, step: null, holder: null, ...more, no: life.lastNo, kind, role, at }
  life.waits.push(wait)
  if (!life.places.includes(at)) life.places.push(at)
  if (kind === 'step') {
    const { no, step, holder } = wait
    life.steps.push({ no, step: step!, at, holder, touched: false })
  }
}

function close(life: Life, wait: Wait, touched = true): void {
  life.waits = life.waits.filter(({ no }) => no !== wait.no)
  const step = life.steps.find(({ no }) => no === wait.no)
  if (step) step.touched = touched
}

function hold(life: Life, wait: Wait, holder: string | null): void {
  for (const each of [...life.waits, ...life.steps]) if (each.no === wait.no) each.holder = holder
}

function end(life: Life, where: string, now: number, mayBeUndone = true): void {
  const before = mayBeUndone ? { ...copyOf(life), before: null } : null
  for (const wait of life.waits) close(life, wait, false)
  Object.assign(life, { where, ended: now, turn: null, before })
  if (where === 'returned') return
  for (const pause of life.pauses) pause.to ??= now
  for (const opinion of life.opinions) if (opinion.state === 'open') opinion.state = 'dropped'
}

// What was before an end is never changed, so it is shared.
function copyOf(life: Life): Life {
  const each = <T extends object>(list: readonly T[]) => list.map((one) => ({ ...one }))
  const { places, parties, waits, steps, pauses, money, opinions, ways, barred } = life
  return {
    ...life,
    ...{ places: [...places], parties: each(parties), waits: each(waits), steps: each(steps) },
    ...{ pauses: each(pauses), money: [...money], opinions: each(opinions), ways: [...ways] },
    barred: [...barred],
  }
}

// What a rule of law or of the page wants; without it, nothing happens.
const not = Symbol('not')
function must(condition: unknown): asserts condition {
  if (!condition) throw not
}

/** What a life is after an act; undefined when the act is not possible. */
export function after(
  life: Life,
  who: Somebody,
  request: Request,
  now: number,
  terms: Terms,
): Life | undefined {
  const next = copyOf(life)
  try {
    live(next, who, request, now, terms)
    return next
  } catch (error) {
    if (error === not) return undefined
    throw error
  }
}

// A system prepares and delivers.
const ofSystems = ['reception', 'specialist', 'clerk', 'post']
const everybody = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post']
const underWay = ['in-progress', 'awaiting-supplement', 'awaiting-obligation']
const unfinished = ['submitted', ...underWay, 'decided']

function live(life: Life, who: Somebody, request: Request, now: number, terms: Terms): void {
  const { process } = terms
  const is = (role: string, ...places: string[]) =>
    (who.is === 'officer' && who.role === role && places.includes(who.at)) ||
    (who.is === 'system' && ofSystems.includes(role) && places.includes(who.at))
  const isOne = (roles: string[], ...places: string[]) => roles.some((role) => is(role, ...places))
  const directs = (...places: string[]) => isOne(['head', 'leader'], ...places)
  const represents =
    who.is === 'party' &&
    life.parties[who.no - 1]?.kind === 'representative' &&
    life.parties[who.no - 1]?.said === 'yes'
  const from = (...places: string[]) => must(places.includes(life.where))
  const waitOf = (...kinds: string[]): Wait => {
    const no = 'taskNo' in request ? request.taskNo : undefined
    const found = life.waits.find((wait) => kinds.includes(wait.kind) && (no === undefined || wait.no === no))
    must(found)
    return found
  }
  const free = (wait: Wait) => must(wait.holder === null || who.is !== 'officer' || wait.holder === who.name)
  /** The step that waits for this very person, of a kind. */
  const stepOf = (...kinds: string[]): Wait => {
    const wait = waitOf('step')
    must(kinds.includes(process.steps[wait.step!]!.kind))
    must(is(wait.role, wait.at))
    free(wait)
    return wait
  }
  const onward = (wait: Wait, outcome: string) => {
    const { step, result } = walk(process, process.steps[wait.step!]!.next.to, outcome)
    close(life, wait)
    if (step) openSteps([step])
    else decide(result === 'refused' ? 'not-granted' : 'granted')
  }
  const openSteps = (ids: string[], holder: string | null = null) => {
    for (const id of ids) {
      const { role, authority } = process.steps[id]!
      const at = authority === 'receiving' ? life.tookIn : life.competent
      open(life, { kind: 'step', role, at, step: id, holder })
    }
  }
  const decide = (outcome: string) => {
    for (const wait of life.waits) close(life, wait)
    const second = life.parties.filter(({ kind }) => kind === 'second-party')
    Object.assign(life, {
      where: 'decided',
      decided: now,
      outcome,
      ways: ['waiting', ...second.map(() => 'waiting')],
    })
    life.result = outcome === 'granted' ? 'valid' : 'none'
    life.ways.forEach((_, i) => {
      open(life, { kind: 'return', role: 'reception', at: life.tookIn, about: i + 1 })
    })
  }
  /** A step again after waiting for the applicant: with who had it, if they still may and it is still there. */
  const resume = (wait: Wait, until = now) => {
    const { authority } = process.steps[wait.step!]!
    const at = authority === 'receiving' ? life.tookIn : life.competent
    const { asked } = wait
    const same = asked?.holder && asked.at === at && !life.barred.includes(asked.holder)
    close(life, wait)
    life.where = 'in-progress'
    for (const pause of life.pauses) pause.to ??= until
    openSteps([wait.step!], same ? asked.holder : null)
  }
  const waitsForNobodyElse = (wait: Wait) =>
    must(!life.waits.some(({ kind, step }) => ['consult', 'visit'].includes(kind) && step === wait.step))
  const deliverAgain = () => {
    const out = life.waits.filter(({ kind }) => kind === 'return').map(({ about }) => about)
    Object.assign(life, { where: 'decided', ended: null, ways: life.ways.map(() => 'waiting') })
    life.ways.forEach((_, i) => {
      if (!out.includes(i + 1))
        open(life, { kind: 'return', role: 'reception', at: life.tookIn, about: i + 1 })
    })
  }
  const isMoving = life.waits.some(({ kind }) => ['transfer', 'handover'].includes(kind))
  const left = () => worked(dueOf(life, terms, false)!) - worked(now)
  const beforeDue = (moment: number) => {
    const due = dueOf(life, terms, false)
    must(due === null || moment <= due)
  }
  const fits = (name: string, role: string, at: string) =>
    terms.officers.some((each) => each.name === name && each.role === role && each.at === at)

  must(who.is !== 'officer' || !life.barred.includes(who.name))
  switch (request.command) {
    case 'represent': {
      from('awaiting-party', ...unfinished)
      must(who.is === 'applicant')
      life.parties.push({ kind: 'representative', said: 'nothing' })
      open(life, { kind: 'confirm', role: 'applicant', at: life.tookIn, about: life.parties.length })
      return
    }
    case 'confirm': {
      from('awaiting-party', ...unfinished)
      const wait = waitOf('confirm')
      const self = who.is === 'party' && who.no === wait.about
      must(self || (who.is === 'officer' && is('reception', wait.at, life.tookIn) && request.seen))
      life.parties[wait.about! - 1]!.said = 'yes'
      close(life, wait)
      const all = life.parties.every(({ kind, said }) => kind === 'representative' || said === 'yes')
      if (life.where !== 'awaiting-party' || !all) return
      life.where = 'submitted'
      open(life, { kind: 'intake', role: 'reception', at: life.tookIn })
      return
    }
    case 'disagree': {
      from('awaiting-party', ...unfinished)
      const wait = waitOf('confirm')
      must(who.is === 'party' && who.no === wait.about)
      life.parties[wait.about! - 1]!.said = 'no'
      if (life.parties[wait.about! - 1]!.kind === 'second-party') end(life, 'withdrawn', now, false)
      else close(life, wait)
      return
    }
    case 'accept': {
      from('submitted')
      const wait = waitOf('intake')
      must(is('reception', wait.at))
      free(wait)
      close(life, wait)
      Object.assign(life, { where: 'in-progress', accepted: now })
      openSteps([walk(process, process.first.to, null).step!])
      return
    }
    case 'refuse': {
      from('submitted', 'awaiting-supplement')
      must(life.accepted === null)
      const wait = waitOf('intake', 'supplement')
      must(is('reception', wait.at, ...(wait.kind === 'supplement' ? [life.tookIn] : [])))
      free(wait)
      end(life, 'refused', now)
      return
    }
    case 'requestSupplement': {
      from('submitted', 'in-progress')
      const atIntake = life.where === 'submitted'
      const wait = atIntake ? waitOf('intake') : stepOf('work', 'draft', 'review')
      must(is(wait.role, wait.at))
      free(wait)
      // Once after acceptance, and again only for a fact that came up since.
      must(atIntake || life.asksAfter === 0 || request.newFact)
      life.asks += 1
      if (!atIntake) life.asksAfter += 1
      if (!atIntake) life.pauses.push({ from: now, to: null, restarts: terms.supplementRestarts })
      const asked = { at: wait.at, holder: wait.holder }
      close(life, wait)
      life.where = 'awaiting-supplement'
      open(life, { kind: 'supplement', role: 'applicant', at: wait.at, step: wait.step, asked })
      return
    }
    case 'supplement': {
      from('awaiting-supplement')
      const wait = waitOf('supplement')
      must(who.is === 'applicant' || represents || is('reception', wait.at, life.tookIn))
      if (life.accepted !== null) {
        resume(wait)
        return
      }
      close(life, wait)
      life.where = 'submitted'
      open(life, { kind: 'intake', role: 'reception', at: life.tookIn })
      return
    }
    case 'requestObligation': {
      from('in-progress')
      const wait = stepOf('work', 'draft', 'review')
      life.money.push('requested')
      if (terms.moneyPauses) life.pauses.push({ from: now, to: null, restarts: false })
      const asked = { at: wait.at, holder: wait.holder }
      close(life, wait)
      life.where = 'awaiting-obligation'
      open(life, {
        kind: 'obligation',
        role: 'applicant',
        at: wait.at,
        step: wait.step,
        about: life.money.length,
        asked,
      })
      return
    }
    case 'confirmObligation':
    case 'waiveObligation': {
      from('awaiting-obligation')
      const wait = waitOf('obligation')
      const paid = request.command === 'confirmObligation'
      must(
        paid ? isOne(['cashier', 'reception', 'specialist'], wait.at, life.tookIn) : directs(life.competent),
      )
      must(!paid || dayFrom(request.paidOn) <= dayOf(now))
      life.money[wait.about! - 1] = paid ? 'met' : 'waived'
      // Whoever enters a payment days later wins no time by that.
      const proof = paid ? Math.max(midnightAfter(request.paidOn), life.pauses.at(-1)?.from ?? 0) : now
      resume(wait, Math.min(proof, now))
      return
    }
    case 'withdraw': {
      from('awaiting-party', 'submitted', ...underWay)
      must(who.is === 'applicant' || is('reception', life.competent, life.tookIn))
      end(life, 'withdrawn', now)
      return
    }
    case 'assign':
    case 'reassign': {
      from('submitted', 'in-progress', 'decided')
      const wait = life.waits.find(({ no, role }) => role !== 'applicant' && no === request.taskNo)
      must(wait && (is(wait.role, wait.at) || directs(wait.at)))
      if (!directs(wait.at)) free(wait)
      must(fits(request.officer, wait.role, wait.at) && !life.barred.includes(request.officer))
      must(request.command === 'reassign' || wait.holder === null || wait.holder === request.officer)
      hold(life, wait, request.officer)
      return
    }
    case 'draftResult': {
      from('in-progress')
      stepOf('work', 'draft', 'review')
      life.draft = true
      return
    }
    case 'completeStep': {
      from('in-progress')
      const wait = stepOf('work', 'draft', 'review', 'issue')
      must(outcomesOf(process, wait.step!).includes(request.outcome))
      must(process.steps[wait.step!]!.kind !== 'draft' || request.outcome !== 'ok' || life.draft)
      waitsForNobodyElse(wait)
      onward(wait, request.outcome)
      return
    }
    case 'sendBack': {
      from('in-progress')
      const wait = stepOf('review', 'decide', 'issue')
      waitsForNobodyElse(wait)
      if (outcomesOf(process, wait.step!).includes('send-back')) {
        onward(wait, 'send-back')
        return
      }
      const back = life.steps.findLast(({ no, step }) => no < wait.no && step !== wait.step)
      must(back)
      close(life, wait)
      resume({ ...wait, step: back.step, asked: { at: back.at, holder: back.holder } })
      return
    }
    case 'consult': {
      from('in-progress')
      const wait = stepOf('work', 'draft', 'review')
      const { to } = request
      must('outside' in to || terms.places.includes(to.authority))
      must(request.silence === 'none' || request.basis)
      const by = endOf(dayFrom(request.replyBy))
      must(by > now)
      beforeDue(by)
      life.opinions.push({ state: 'open', silence: request.silence === 'agreed', by })
      const about = { about: life.opinions.length, step: wait.step }
      if ('outside' in to)
        open(life, { kind: 'consult', role: wait.role, at: life.competent, holder: wait.holder, ...about })
      else open(life, { kind: 'consult', role: to.role, at: to.authority, ...about })
      return
    }
    case 'reply': {
      from(...underWay)
      const wait = waitOf('consult')
      must(is(wait.role, wait.at))
      free(wait)
      life.opinions[wait.about! - 1]!.state = 'answered'
      close(life, wait)
      return
    }
    case 'endConsult': {
      from(...underWay)
      const wait = waitOf('consult')
      must(isOne(['specialist', 'head', 'leader'], life.competent))
      const opinion = life.opinions[wait.about! - 1]!
      must(request.why === 'not-needed' || (opinion.silence && now > opinion.by))
      opinion.state = request.why === 'silence' ? 'agreed-by-silence' : 'dropped'
      close(life, wait)
      return
    }
    case 'opine': {
      from(...underWay)
      must(who.is === 'officer' && isOne(['specialist', 'head', 'leader'], ...life.places))
      return
    }
    case 'planVisit': {
      from('in-progress')
      const { role, at, step, holder } = stepOf('work', 'draft', 'review')
      const on = Date.parse(request.on)
      must(on > now)
      beforeDue(on)
      open(life, { kind: 'visit', role, at, step, holder })
      return
    }
    case 'recordVisit': {
      from(...underWay)
      const wait = waitOf('visit')
      must(is(wait.role, wait.at))
      free(wait)
      close(life, wait)
      return
    }
    case 'extend': {
      from('in-progress')
      must(directs(life.competent) && life.extended === 0)
      must(left() >= closes - opens)
      life.extended = request.days
      return
    }
    case 'apologise': {
      from('in-progress')
      must(directs(life.competent) && !life.apologised)
      must(life.extended > 0 || left() < closes - opens)
      const until = endOf(dayFrom(request.newDate))
      must(until > now && until > dueOf(life, terms, false)!)
      life.apologised = true
      return
    }
    case 'correctFees': {
      from(...unfinished)
      must(isOne(['reception', 'cashier', 'leader'], life.competent, life.tookIn))
      const [counted] = request.fees
      must(counted!.key === 'certification' && counted!.amountVnd !== life.fee)
      life.fee = counted!.amountVnd
      return
    }
    case 'explainDelay': {
      from('awaiting-party', ...unfinished)
      must(directs(...life.places))
      const until = endOf(dayFrom(request.until))
      must(until > now && until <= now + 90 * dayMs)
      return
    }
    case 'approve': {
      from('in-progress')
      const wait = waitOf('step')
      must(process.steps[wait.step!]!.kind === 'decide' && is('leader', wait.at))
      free(wait)
      must(life.draft || !Object.values(process.steps).some(({ kind }) => kind === 'draft'))
      onward(wait, outcomesOf(process, wait.step!)[0]!)
      return
    }
    case 'decline': {
      from('in-progress')
      const wait = waitOf('step')
      must(process.steps[wait.step!]!.kind === 'decide' && is('leader', wait.at))
      free(wait)
      close(life, wait)
      decide('not-granted')
      return
    }
    case 'stop': {
      from(...underWay)
      must(life.accepted !== null && directs(life.competent))
      end(life, 'stopped', now)
      return
    }
    case 'dispatchResult':
    case 'returnResult': {
      from('decided')
      const wait = waitOf('return')
      must(isOne(['reception', 'post'], wait.at))
      free(wait)
      const given = request.command === 'returnResult'
      must(given || life.ways[wait.about! - 1] !== 'sent')
      if (!given) {
        life.ways[wait.about! - 1] = 'sent'
        return
      }
      const last = life.waits.filter(({ kind }) => kind === 'return').length === 1
      if (last) end(life, 'returned', now)
      else close(life, wait)
      life.ways[wait.about! - 1] = 'delivered'
      return
    }
    case 'correctResult':
    case 'revokeResult': {
      from('decided', 'returned')
      must(is('leader', life.competent) && ['valid', 'corrected'].includes(life.result))
      life.result = request.command === 'correctResult' ? 'corrected' : 'revoked'
      deliverAgain()
      return
    }
    case 'transfer': {
      from('submitted', 'in-progress')
      must(isOne(['reception', 'head', 'leader'], life.competent, life.tookIn) && !isMoving)
      must(terms.settling.includes(request.to) && request.to !== life.competent)
      must(life.accepted === null || who.is !== 'officer' || who.at !== request.to)
      open(life, { kind: 'transfer', role: 'reception', at: request.to })
      return
    }
    case 'handOver': {
      from('in-progress', 'decided')
      must(isOne(['reception', 'specialist', 'head', 'clerk'], ...life.places) && !isMoving)
      const { authority, role, officer } = request.to
      must(terms.places.includes(authority) && (officer === null || fits(officer, role, authority)))
      open(life, { kind: 'handover', role, at: authority, holder: officer })
      return
    }
    case 'takeOver':
    case 'rejectTransfer': {
      from(...unfinished)
      const wait = waitOf('transfer', 'handover')
      must(is(wait.role, wait.at))
      free(wait)
      close(life, wait)
      if (request.command === 'rejectTransfer' || wait.kind === 'handover') return
      const gone = life.accepted === null ? [life.competent, life.tookIn] : [life.competent]
      const moved = life.waits.filter(({ at }) => gone.includes(at))
      life.competent = wait.at
      if (life.accepted === null) life.tookIn = wait.at
      for (const each of moved) {
        close(life, each, false)
        open(life, { ...each, at: wait.at, holder: null })
      }
      return
    }
    case 'restore': {
      must(isOver(life) && directs(life.competent, life.tookIn) && life.before)
      const { barred, lastNo, steps, places } = life
      const { waits, ...was } = copyOf(life.before)
      Object.assign(life, was, { barred, lastNo, steps, places, turn: null, waits: [] })
      for (const wait of waits) open(life, wait)
      return
    }
    case 'declareConflict':
    case 'bar': {
      from('awaiting-party', ...unfinished)
      const declared = request.command === 'declareConflict'
      must(who.is === 'officer' && (declared ? isOne(everybody, ...life.places) : directs(...life.places)))
      const name = declared ? who.name : request.officer
      const known = terms.officers.some((each) => each.name === name && life.places.includes(each.at))
      must(known && !life.barred.includes(name))
      life.barred.push(name)
      for (const wait of life.waits) if (wait.holder === name) hold(life, wait, null)
      return
    }
    case 'message': {
      from('awaiting-party', ...unfinished)
      const told = isOne(['reception', 'specialist', 'head', 'leader'], ...life.places)
      must(told || who.is === 'applicant' || represents)
      life.turn = told ? 'applicant' : 'officer'
      return
    }
    case 'note':
      must(isOne(everybody, ...life.places))
      return
    case 'receiveMessage':
    case 'compensate':
      // Steps alone wait for no message, and one procedure alone owes nothing for its sisters.
      must(false)
      return
    default:
      request satisfies never
  }
}

/** Where a process of one thread comes to next: a step, or the end. */
function walk(process: CompiledProcess, from: string, outcome: string | null) {
  const context = { outcome, answers: {}, procedure: {} }
  for (let at = from; ; ) {
    if (process.steps[at]) return { step: at }
    const end = process.ends[at]
    if (end) return { result: end.result }
    const { branches, otherwise } = process.gateways[at]!
    const taken = branches.find(({ condition }) => condition === null || holds(condition, context))
    at = (taken ?? otherwise)!.to
  }
}
