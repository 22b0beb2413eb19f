import type { Dossier, Task } from 'motcua/modules/dossiers'
import type { CompiledProcess } from 'motcua/modules/processes'
import { describe, expect, test } from 'vitest'
import { type ActFacts, actsOf, endsInRefusal } from './dossier-acts.view'

const step = (stepId: string, name: string, kind: string, outcomes: string[], next: string) => ({
  stepId,
  name,
  role: 'specialist',
  hours: 2,
  kind,
  unitKind: 'division',
  authority: 'competent',
  outcomes,
  next: { flowId: `${stepId}-${next}`, to: next },
  within: null,
})

// check → draft → sign → end; check "not-eligible" → refuse → sign-refusal → refused end.
const process = {
  id: 'p',
  name: 'p',
  first: { flowId: 's-check', to: 'check' },
  start: { id: 's', name: '' },
  steps: {
    check: step('check', 'Thẩm tra', 'work', ['ok', 'not-eligible'], 'gate'),
    draft: step('draft', 'Soạn Giấy khai sinh', 'draft', ['ok'], 'sign'),
    sign: step('sign', 'Ký', 'decide', ['approved', 'send-back'], 'end'),
    refuse: step('refuse', 'Soạn văn bản từ chối', 'draft', ['ok'], 'refused'),
  },
  waits: {},
  gateways: {},
  throws: {},
  subs: {},
  boundaries: {},
  ends: {
    end: { id: 'end', name: '', within: null, result: 'granted', effect: { is: 'none' } },
    refused: { id: 'refused', name: '', within: null, result: 'refused', effect: { is: 'none' } },
  },
  diagram: null,
} as unknown as CompiledProcess
const straight = {
  ...process,
  steps: {
    ...process.steps,
    check: { ...process.steps.check!, next: { flowId: 'check-draft', to: 'draft' } },
  },
}

const task = (stepId: string, stepKind: Task['stepKind']) =>
  ({ no: 3, kind: 'step', stepId, stepKind }) as Task
const facts = (actions: ActFacts['actions'], changes: Partial<ActFacts> = {}): ActFacts => ({
  dossier: {} as Dossier,
  actions,
  process: straight,
  answers: {},
  hasDraft: false,
  dayLeft: null,
  capacities: [],
  signs: [],
  locale: 'vi',
  ...changes,
})

describe('buttons', () => {
  test('the ordinary end of a step names who gets it and needs no word; another end does', () => {
    const [onward, other] = actsOf(facts([{ command: 'completeStep', task: task('check', 'work') }]))
    expect(onward).toMatchObject({
      label: 'Chuyển: Soạn Giấy khai sinh',
      kind: 'main',
      hotkey: 'T',
      outcome: 'ok',
    })
    expect(onward?.panel).toBeUndefined()
    expect(other).toMatchObject({ outcome: 'not-eligible', kind: 'harm', panel: 'completeStep-not-eligible' })
  })

  test('a step that drafts begins with the draft and is passed on only with one', () => {
    const drafting = task('draft', 'draft')
    const actions = [
      { command: 'draftResult' as const, task: drafting },
      { command: 'completeStep' as const, task: drafting },
    ]
    expect(actsOf(facts(actions)).map(({ key, kind }) => [key, kind])).toEqual([['draftResult', 'main']])
    expect(actsOf(facts(actions, { hasDraft: true })).map(({ key, kind }) => [key, kind])).toEqual([
      ['completeStep-ok', 'main'],
      ['draftResult', 'second'],
    ])
  })

  test('who approves is told when that signs: by a PIN here, or by a phone, which needs no word here', () => {
    const actions = [{ command: 'approve' as const, task: task('decide', 'decide') }]
    expect(actsOf(facts(actions))[0]).toMatchObject({ label: 'Duyệt' })
    const typed = actsOf(facts(actions, { signs: ['approve'] }))[0]!
    expect(typed).toMatchObject({ label: 'Ký số và duyệt', panel: 'approve' })
    const onPhone = actsOf(facts(actions, { onPhone: ['approve'] }))[0]!
    expect([onPhone.label, onPhone.panel]).toEqual(['Ký số và duyệt', undefined])
  })

  test('only one is the main one, and what cannot be undone stands last', () => {
    const acts = actsOf(
      facts([
        { command: 'refuse', task: task('x', null) },
        { command: 'accept', task: task('x', null) },
        { command: 'note', task: null },
      ]),
    )
    expect(acts.map(({ command }) => command)).toEqual(['accept', 'note', 'refuse'])
    expect(acts.filter(({ kind }) => kind === 'main')).toHaveLength(1)
  })
})

test('whether a draft is a refusal follows from where its way ends', () => {
  expect(endsInRefusal(straight, 'draft', {})).toBe(false)
  expect(endsInRefusal(straight, 'refuse', {})).toBe(true)
})

describe('of two acts for the same need', () => {
  const work = (assignee: string | null) =>
    ({ ...task('check', 'work'), role: 'specialist', assignee, closedAt: null }) as Task
  const at = (dossier: Partial<Dossier>, actions: ActFacts['actions'], dayLeft: boolean | null = null) =>
    actsOf(facts(actions, { dossier: { extension: null, ...dossier } as Dossier, dayLeft })).map(
      ({ command }) => command,
    )
  const none = (...commands: ('assign' | 'reassign' | 'extend' | 'apologise')[]) =>
    commands.map((command) => ({ command, task: null }))

  test('work that nobody holds is given; work that somebody holds is taken over with a reason', () => {
    expect(at({ tasks: [work(null)] }, none('assign', 'reassign'))).toEqual(['assign'])
    expect(at({ tasks: [work('vinh')] }, none('assign', 'reassign'))).toEqual(['reassign'])
  })

  test('a limit is extended while a day is left, and apologised for afterwards', () => {
    expect(at({}, none('extend', 'apologise'), true)).toEqual(['extend'])
    expect(at({}, none('extend', 'apologise'), false)).toEqual(['apologise'])
    expect(at({ extension: {} as Dossier['extension'] }, none('apologise'), true)).toEqual(['apologise'])
  })
})

test('a result that is read on a screen is returned at once; one that is handed out is recorded in words', () => {
  const returning = { ...task('x', null), kind: 'return', subject: 1 } as Task
  const acts = (deliveries: Partial<Dossier['deliveries'][number]>[]) =>
    actsOf(
      facts([{ command: 'returnResult', task: returning }], {
        dossier: { deliveries } as unknown as Dossier,
      }),
    )
  const electronic = acts([{ no: 1, channel: 'electronic' }])
  expect(electronic[0]?.panel).toBeUndefined()
  // Who comes for it all the same gets it on paper.
  expect(electronic[1]).toMatchObject({ command: 'returnResult', rare: true, panel: 'returnResult' })
  expect(acts([{ no: 1, channel: 'counter' }])[0]?.panel).toBe('returnResult')
  const two = [
    { no: 1, channel: 'electronic' as const },
    { no: 2, channel: 'electronic' as const },
  ]
  expect(acts(two)[0]?.panel).toBe('returnResult')
})

test('who may sign in one capacity signs at once; who may in several says in which', () => {
  const sign = (capacities: string[]) =>
    actsOf(facts([{ command: 'approve', task: task('sign', 'decide') }], { capacities }))[0]?.panel
  expect(sign(['TM.'])).toBeUndefined()
  expect(sign(['TM.', 'TUQ.'])).toBe('approve')
})

test('what is seldom done waits apart, and keys of acts that meet on one page differ', () => {
  const working = task('check', 'work')
  const commands = [
    ...(['completeStep', 'draftResult', 'requestSupplement', 'requestObligation', 'consult'] as const),
    ...(['planVisit', 'reply', 'recordVisit', 'takeOver', 'sendBack', 'message', 'note'] as const),
  ]
  const acts = actsOf(
    facts(
      commands.map((command) => ({ command, task: working })),
      { process: straight },
    ),
  )
  const keys = acts.flatMap(({ hotkey }) => hotkey ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  expect(acts.filter(({ rare }) => rare).map(({ command }) => command)).toEqual([
    'requestObligation',
    'consult',
    'planVisit',
  ])
})
