import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCalendar, realDays } from '../../../test/builders/a-calendar.ts'
import { aSubmission } from '../../../test/builders/a-dossier.ts'
import { workingMinutesBetween } from '../calendar/index.ts'
import { applyEntries, type Dossier, type DossierEntry, openTasks } from '../dossiers/index.ts'
import { dossierTime } from './dossier-time.ts'
import { type StepSpan, stepSpans } from './step-spans.ts'

const calendar = aCalendar({
  years: [2026],
  days: realDays.filter(({ status }) => status !== 'pending'),
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
})
const calendarOf = () => calendar
const ref = { ref: '018f0000-0000-4000-8000-000000000000', hash: 'x' }
const id = '018f0000-0000-7000-8000-000000000001'

const step = (stepId: string, assignee: string | null = null) => ({
  ...{ kind: 'step', stepId, stepKind: 'work', name: stepId, role: 'specialist', authority: 'H99.12' },
  ...{ unitKind: 'division', assignee, dueAt: null },
})
const waiting = (stepId: string, kind: 'supplement' | 'consult') => ({
  ...step(stepId),
  ...{ kind, stepKind: null, role: kind === 'supplement' ? 'applicant' : 'head', name: kind },
})
const intake = {
  ...step('x'),
  kind: 'intake',
  stepId: null,
  stepKind: null,
  role: 'reception',
  name: 'intake',
}
const back = { ...intake, kind: 'return', name: 'return', subject: 1 }

/** A life told act by act; `at` is Vietnamese time of a day in November 2026. */
class Life {
  dossier: Dossier | undefined
  entries: DossierEntry[] = []

  constructor(at = '02T08:00') {
    this.add(
      at,
      'submitted',
      { ...aSubmission({ delivery: 'electronic' }), intakeDueAt: null, opens: [intake] },
      'p',
    )
  }

  add(at: string | Date, kind: string, data: object, by = 'an'): this {
    const actor = { kind: by === 'p' ? 'person' : by === 'sys' ? 'system' : 'officer', id: by }
    const moment = at instanceof Date ? at : new Date(`2026-11-${at}:00+07:00`)
    const entry = { kind: `dossiers.${kind}`, data, actor, at: moment } as unknown as DossierEntry
    this.dossier = applyEntries(id, this.dossier, [entry]).after
    this.entries.push(entry)
    return this
  }

  accept(at: string, ...steps: string[]): this {
    const opens = steps.map((each) => step(each))
    return this.add(at, 'accepted', {
      dueAt: null,
      calendarVersion: '',
      closes: [{ no: 1, outcome: 'ok' }],
      opens,
    })
  }

  complete(at: string, no: number, opens: object[] = [], by = 'an'): this {
    return this.add(at, 'step-completed', { note: null, closes: [{ no, outcome: 'ok' }], opens }, by)
  }

  get spans(): StepSpan[] {
    return stepSpans(this.dossier!, this.entries.slice(1), calendarOf)
  }

  span(no: number): StepSpan {
    return this.spans[no - 1]!
  }
}

describe('one task', () => {
  test('a step waits until an officer takes it, and is worked on from then', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'assigned', { task: 2, assignee: 'an' })
      .complete('02T14:00', 2)
    expect(life.span(2)).toMatchObject({
      ...{ waiting: 60, working: 120, held: 0, round: 1, done: true, officer: 'an', holder: null },
      takenAt: '2026-11-02T03:00:00.000Z',
    })
  })

  test('being given to somebody is no work on it', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'assigned', { task: 2, assignee: 'an' }, 'head')
      .add('02T10:30', 'noted', { note: ref }, 'head')
      .add('02T11:00', 'noted', { note: ref })
      .complete('02T14:00', 2)
    expect(life.span(2)).toMatchObject({ waiting: 120, working: 60, handOvers: 0 })
  })

  test('what nobody touched before it was done was all waiting', () => {
    const life = new Life().accept('02T09:00', 'verify').complete('02T11:00', 2)
    expect(life.span(2)).toMatchObject({ waiting: 120, working: 0, takenAt: '2026-11-02T04:00:00.000Z' })
  })

  test('an open task has no minutes yet, but says who holds it and since when', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'assigned', { task: 2, assignee: 'an' })
    expect(life.span(2)).toMatchObject({
      waiting: null,
      working: null,
      closedAt: null,
      holder: 'an',
      done: false,
    })
  })

  test('reassigning counts as a hand-over, and so do papers that go to somebody else', () => {
    const handed = { to: { authority: 'H99.12', role: 'head', officer: null }, sheets: 1, batch: 'b' }
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'assigned', { task: 2, assignee: 'an' })
      .add('02T10:10', 'reassigned', { task: 2, assignee: 'binh', from: 'an', reason: ref }, 'head')
      .add('02T10:20', 'handed-over', {
        ...handed,
        opens: [{ ...step('x'), kind: 'handover', stepId: null }],
      })
      .complete('02T11:00', 2, [], 'binh')
    expect(life.span(2)).toMatchObject({ handOvers: 2, officer: 'binh' })
    expect(life.span(1).handOvers).toBe(0)
  })

  test('in a year whose days off are not known, nobody can say', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add(new Date('2027-02-01T03:00:00Z'), 'step-completed', {
        note: null,
        closes: [{ no: 2, outcome: 'ok' }],
      })
    expect(life.span(2)).toMatchObject({ waiting: null, working: null, done: true })
  })
})

describe('several rounds', () => {
  test('a step that comes back is in its second round, and says from where it came', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .complete('02T10:00', 2, [step('sign')])
      .add(
        '02T11:00',
        'sent-back',
        { reason: ref, closes: [{ no: 3, outcome: 'send-back' }], opens: [step('verify')] },
        'chief',
      )
      .complete('02T14:00', 4, [step('sign')])
    expect(
      life.spans.map(({ stepId, round, cameFrom, sentBack }) => [stepId, round, cameFrom, sentBack]),
    ).toEqual([
      [null, 1, null, false],
      ['verify', 1, null, false],
      ['sign', 1, 'verify', false],
      ['verify', 2, 'sign', true],
      ['sign', 2, 'verify', false],
    ])
  })

  test('after a supplement the same round goes on, and the clock of the step stood meanwhile', () => {
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'supplement-requested', {
        ...{ stage: 'processing', request: ref, closes: [{ no: 2, outcome: 'supplement-requested' }] },
        opens: [waiting('verify', 'supplement')],
      })
      .add(
        '03T10:00',
        'supplemented',
        {
          ...{ answers: null, papers: [], dueAt: null, intakeDueAt: null },
          ...{ closes: [{ no: 3, outcome: 'supplemented' }], opens: [step('verify', 'an')] },
        },
        'p',
      )
      .complete('03T11:00', 4)
    const [, asked, waited, gone] = life.spans
    expect(asked).toMatchObject({ done: false, waiting: 60, round: 1 })
    expect(waited).toMatchObject({ whose: 'applicant', waiting: 450, working: 0, held: 0 })
    expect(gone).toMatchObject({ done: true, round: 1, waiting: 60, roundWaiting: 120 })
  })

  test('an opinion that is awaited is no work of who asked', () => {
    const consultation = {
      to: { authority: 'H99.12', role: 'head' },
      stepId: 'verify',
      replyBy: '2026-11-05T00:00:00.000Z',
      silence: 'none',
      confidential: false,
    }
    const life = new Life()
      .accept('02T09:00', 'verify')
      .add('02T10:00', 'consulted', {
        consultation,
        question: ref,
        basis: null,
        opens: [{ ...waiting('verify', 'consult'), subject: 1 }],
      })
      .add(
        '02T14:00',
        'replied',
        { consultation: 1, stance: 'agree', text: ref, closes: [{ no: 3, outcome: 'replied' }] },
        'head',
      )
      .complete('02T15:00', 2)
    expect(life.span(2)).toMatchObject({ waiting: 60, working: 60, held: 120 })
    expect(life.span(3)).toMatchObject({ whose: 'others', waiting: 120, working: 0 })
  })
})

describe('a dossier that is moved', () => {
  const moved = (set: object) => ({ changes: [{ no: 3, set }] })

  test('to another version leaves what was done with the old one', () => {
    const [from, to] = [1, 2].map((version) => ({ key: 'birth-registration', version }))
    const life = new Life()
      .accept('02T09:00', 'verify')
      .complete('02T10:00', 2, [step('draft')])
      .add(
        '02T10:30',
        'process-changed',
        { from, to, mapping: {}, run: 'r', ...moved({ stepId: 'write', name: 'write' }) },
        'sys',
      )
      .complete('02T11:00', 3)
    expect(life.spans.map(({ stepId, processVersion }) => [stepId, processVersion])).toEqual([
      [null, 1],
      ['verify', 1],
      ['write', 2],
    ])
  })

  test('to the heir of its authority stays one span, passed on once, with the heir', () => {
    const authorities = [{ from: 'H99.12', to: 'H99.50' }]
    const life = new Life()
      .accept('02T09:00', 'verify')
      .complete('02T10:00', 2, [step('draft')])
      .add(
        '02T10:30',
        'succeeded',
        { decision: 'd', authorities, run: 'r', ...moved({ authority: 'H99.50' }) },
        'sys',
      )
      .complete('02T11:00', 3)
    expect(life.spans.map(({ authority, handOvers, takenAt }) => [authority, handOvers, takenAt])).toEqual([
      ['H99.12', 0, '2026-11-02T02:00:00.000Z'],
      ['H99.12', 0, '2026-11-02T03:00:00.000Z'],
      ['H99.50', 1, '2026-11-02T04:00:00.000Z'],
    ])
  })

  test('a moment or message that the process waits for is the time of others', () => {
    const wait = { ...step('post'), kind: 'wait', stepKind: null }
    const life = new Life()
      .accept('02T09:00', 'verify')
      .complete('02T10:00', 2, [wait])
      .add(
        '02T14:00',
        'timer-fired',
        { nodes: ['post'], closes: [{ no: 3, outcome: 'occurred' }], opens: [step('sign')] },
        'sys',
      )
    expect(life.span(3)).toMatchObject({
      whose: 'others',
      waiting: 120,
      working: 0,
      done: true,
      officer: null,
    })
    expect(life.span(4)).toMatchObject({ cameFrom: null, round: 1 })
  })
})

describe('the whole dossier', () => {
  test('each minute is counted once, by stage and by who was waited for', () => {
    const life = new Life()
      .add('02T08:30', 'assigned', { task: 1, assignee: 'lan' }, 'lan')
      .accept('02T09:00', 'verify', 'look')
      .add('02T10:00', 'assigned', { task: 2, assignee: 'an' })
      .complete('02T11:00', 2)
      .add('02T11:30', 'supplement-requested', {
        ...{ stage: 'processing', request: ref, closes: [{ no: 3, outcome: 'supplement-requested' }] },
        opens: [waiting('look', 'supplement')],
      })
      .add(
        '02T14:30',
        'supplemented',
        {
          ...{ answers: null, papers: [], dueAt: null, intakeDueAt: null },
          ...{ closes: [{ no: 4, outcome: 'supplemented' }], opens: [step('look')] },
        },
        'p',
      )
      .complete('02T15:30', 5, [], 'binh')
      .add('02T15:30', 'decided', { outcome: 'granted', opens: [back] }, 'binh')
      .add(
        '02T16:00',
        'returned',
        { delivery: 'electronic', no: 1, closes: [{ no: 6, outcome: 'returned' }] },
        'lan',
      )
    expect(dossierTime(life.dossier!, life.spans, calendar)).toMatchObject({
      intake: { waiting: 30, working: 30, applicant: 0, others: 0 },
      settling: { waiting: 60 + 30 + 60, working: 60, applicant: 60, others: 0 },
      returning: { waiting: 30, working: 0, applicant: 0, others: 0 },
    })
  })
})

const worked = (minute: number) => {
  const from = new Date(minute * 60_000).toISOString()
  return workingMinutesBetween(calendar, from, new Date((minute + 1) * 60_000).toISOString())
}
const minuteOf = (at: string) => Date.parse(at) / 60_000

/** The same by walking through every minute, with what is open then. */
function slowly(dossier: Dossier, span: StepSpan) {
  const [opened, closed] = [minuteOf(span.openedAt), minuteOf(span.closedAt!)]
  const sums = { waiting: 0, working: 0, held: 0 }
  const during = (minute: number, from: string, to: string | null) =>
    minuteOf(from) <= minute && (to === null || minute < minuteOf(to))
  for (let minute = opened; minute < closed; minute++) {
    const stands =
      dossier.pauses.some(({ from, to }) => during(minute, from, to)) ||
      dossier.tasks.some(
        (task) =>
          task.kind === 'consult' &&
          span.kind === 'step' &&
          task.stepId === span.stepId &&
          during(minute, task.openedAt, task.closedAt),
      )
    const taken = span.takenAt !== null && minuteOf(span.takenAt) <= minute
    if (span.whose !== 'office') sums.waiting += worked(minute)
    else sums[stands ? 'held' : taken ? 'working' : 'waiting'] += worked(minute)
  }
  return sums
}

const acts = ['take', 'note', 'done', 'back', 'ask', 'answer', 'consult', 'reply', 'reassign'] as const

/** Does one act if it makes sense now. */
function play(life: Life, act: (typeof acts)[number], at: Date, nth: number): void {
  const open = openTasks(life.dossier!)
  const steps = open.filter(({ kind }) => kind === 'step')
  const task = steps[nth % Math.max(1, steps.length)]
  const [asked] = open.filter(({ kind }) => kind === 'supplement')
  const [opinion] = open.filter(({ kind }) => kind === 'consult')
  const by = ['an', 'binh'][nth % 2]!
  const close = (no: number, outcome: string) => [{ no, outcome }]
  if (asked) {
    if (act !== 'answer') return
    const again = { closes: close(asked.no, 'supplemented'), opens: [step(asked.stepId!, 'an')] }
    life.add(at, 'supplemented', { answers: null, papers: [], dueAt: null, intakeDueAt: null, ...again }, 'p')
  } else if (act === 'reply' && opinion)
    life.add(
      at,
      'replied',
      { consultation: opinion.subject, stance: 'agree', text: ref, closes: close(opinion.no, 'replied') },
      'head',
    )
  else if (!task) return
  else if (act === 'take') life.add(at, 'assigned', { task: task.no, assignee: by }, by)
  else if (act === 'note') life.add(at, 'noted', { note: ref }, by)
  else if (act === 'done')
    life.add(
      at,
      'step-completed',
      {
        note: null,
        closes: close(task.no, 'ok'),
        opens: [step(`s${nth}`), ...(nth % 4 === 0 ? [step('beside')] : [])],
      },
      by,
    )
  else if (act === 'back')
    life.add(at, 'sent-back', { reason: ref, closes: close(task.no, 'send-back'), opens: [step('s0')] }, by)
  else if (act === 'ask')
    life.add(
      at,
      'supplement-requested',
      {
        stage: 'processing',
        request: ref,
        closes: close(task.no, 'supplement-requested'),
        opens: [waiting(task.stepId!, 'supplement')],
      },
      by,
    )
  else if (act === 'consult') {
    const subject = life.dossier!.consultations.length + 1
    const consultation = {
      to: { authority: 'H99.12', role: 'head' },
      stepId: task.stepId,
      replyBy: at.toISOString(),
      silence: 'none',
      confidential: false,
    }
    life.add(
      at,
      'consulted',
      { consultation, question: ref, basis: null, opens: [{ ...waiting(task.stepId!, 'consult'), subject }] },
      by,
    )
  } else if (act === 'reassign')
    life.add(at, 'reassigned', { task: task.no, assignee: by, from: task.assignee, reason: ref }, 'head')
}

test('any life gives the minutes that walking through it minute by minute gives', () => {
  const anAct = fc.record({
    act: fc.constantFrom(...acts),
    after: fc.integer({ min: 0, max: 1200 }),
    nth: fc.nat({ max: 7 }),
  })
  fc.assert(
    fc.property(fc.array(anAct, { minLength: 3, maxLength: 25 }), (script) => {
      const life = new Life('02T08:00').accept('02T09:00', 's0')
      let at = Date.parse('2026-11-02T02:00:00Z')
      script.forEach(({ act, after, nth }) => {
        at += after * 60_000
        play(life, act, new Date(at), nth)
      })
      const { dossier, spans } = life
      for (const span of spans) {
        if (span.closedAt === null) continue
        const { waiting, working, held } = span
        expect({ waiting, working, held }).toEqual(slowly(dossier!, span))
      }
      // With the filing or without it, and told twice: the same.
      expect(stepSpans(dossier!, life.entries, calendarOf)).toEqual(spans)
      const ended = { ...dossier!, decidedAt: new Date(at).toISOString() }
      const { settling } = dossierTime(ended, spans, calendar)
      const sum = Object.values(settling!).reduce((all, each) => all + each, 0)
      expect(sum).toBe(workingMinutesBetween(calendar, dossier!.acceptedAt!, ended.decidedAt))
    }),
    { numRuns: 60 },
  )
})
