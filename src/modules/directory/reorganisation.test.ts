import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/errors.ts'
import type { Authority, Role, Unit } from './authority.ts'
import {
  type Deciding,
  decideApplying,
  decideApproval,
  decideCancelling,
  decideReorganisation,
  type ReorganisationFacts,
} from './decide-reorganisation.ts'
import { type Reorganisation, type ReorganisationLine, ReorganisationRequest } from './reorganisation.ts'
import { type DirectoryState, planReorganisation, type StoredPost } from './reorganisation-plan.ts'
import type { OpenWork, OtherDecision, ReorganisationProblem } from './reorganisation-problems.ts'
import { resolveIn, type Succession } from './succession.ts'

const now = new Date('2026-11-20T02:00:00Z')

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
const authority = (code: string, shortName: string, changes: Partial<Authority> = {}): Authority => ({
  code,
  ...{ name: `Ủy ban nhân dân ${lower(shortName)}`, shortName, kind: 'commune', parentCode: 'H99' },
  ...{ communeCode: null, address: null, phone: null, sample: true, validFrom: '2025-07-01', validTo: null },
  workingHours: { weekdays: [1, 2, 3, 4, 5], sessions: [['07:30', '11:30']], saturdayDesk: null },
  ...changes,
})

const authorities = new Map(
  [
    authority('H99', 'Tỉnh Sông Mai', { kind: 'province', parentCode: null }),
    authority('H99.02', 'Văn phòng', { kind: 'office' }),
    authority('H99.03', 'Sở Tư pháp', { kind: 'department' }),
    authority('H99.03.01', 'Chi nhánh', { kind: 'land-registry', parentCode: 'H99.03' }),
    authority('H99.12', 'Phường Hoa Sen', { communeCode: 'S9001' }),
    authority('H99.13', 'Xã Bến Gỗ', { communeCode: 'S9002' }),
    authority('H99.14', 'Xã Mai Thượng', { communeCode: 'S9003' }),
    authority('H99.90', 'Xã Cũ', { validTo: '2026-06-30' }),
    authority('H98', 'Tỉnh khác', { kind: 'province', parentCode: null }),
    authority('H98.01', 'Xã khác', { parentCode: 'H98' }),
  ].map((each) => [each.code, each] as const),
)

const unitsOf = (code: string): Unit[] => [
  { authorityCode: code, unitCode: 'leadership', name: 'Lãnh đạo', kind: 'leadership', fields: [] },
  { authorityCode: code, unitCode: 'one-stop', name: 'Một cửa', kind: 'one-stop', fields: [] },
  { authorityCode: code, unitCode: 'justice', name: 'Tư pháp', kind: 'division', fields: ['Hộ tịch'] },
  { authorityCode: code, unitCode: 'land', name: 'Địa chính', kind: 'division', fields: ['Đất đai'] },
]
const units = new Map(['H99.12', 'H99.13', 'H99.14', 'H99.03'].map((code) => [code, unitsOf(code)]))

const created = (code: string, shortName = 'Xã Mới') => ({
  ...{ code, name: `Ủy ban nhân dân ${lower(shortName)}`, shortName },
  ...{ kind: 'commune' as const, parentCode: 'H99' },
})
const merge = (from: string[], code = 'H99.60') => ({
  ...{ kind: 'merge', from, into: code },
  authority: created(code),
})

const request = (changes: object = {}) =>
  ReorganisationRequest.parse({
    ...{ number: '15/NQ-HĐND', issuedOn: '2026-11-18', issuedBy: 'HĐND tỉnh', title: 'Sắp xếp xã' },
    effectiveOn: '2026-12-01',
    lines: [merge(['H99.13', 'H99.14'])],
    ...changes,
  })

const officer = (id: string, authorityCode: string, role: Role): Deciding => ({
  kind: 'officer',
  id,
  posts: [{ authorityCode, roles: [role] }],
})
const control = officer('control', 'H99.02', 'control')
const chair = officer('chair', 'H99', 'leader')

const work = (dossiers: number, changes: Partial<OpenWork> = {}): OpenWork => ({
  dossiers,
  procedures: [{ procedureCode: '1.000001', field: 'Hộ tịch', dossiers }],
  ...changes,
})

const facts = (changes: Partial<ReorganisationFacts> = {}): ReorganisationFacts => ({
  id: '01a2ce8b-0000-7000-8000-000000000001',
  ...{ now, by: control, authorities, units, others: [], open: new Map() },
  ...changes,
})

const lines = (...all: object[]) => request({ lines: all })
const other = (changes: Partial<OtherDecision>): OtherDecision => ({
  ...{
    id: 'other',
    number: '9/NQ',
    issuedBy: 'HĐND',
    state: 'approved',
    effectiveOn: '2026-12-01',
    lines: [],
  },
  ...changes,
})
const lineOf = (line: object) => lines(line).lines[0] as ReorganisationLine

function problems(asked: ReorganisationRequest, changes: Partial<ReorganisationFacts> = {}): string[] {
  const decided = decideReorganisation(asked, facts(changes))
  if (!isRefusal(decided)) return []
  const { problems: all } = decided.details as { problems?: ReorganisationProblem[] }
  return all?.map(({ line, code }) => `${line}:${code}`) ?? [decided.code]
}

function draft(asked = request(), changes: Partial<ReorganisationFacts> = {}): Reorganisation {
  const decided = decideReorganisation(asked, facts(changes))
  if (isRefusal(decided)) throw new Error(JSON.stringify(decided))
  return decided.reorganisation
}

describe('what is refused of a decision, each line named', () => {
  const end = (code: string, successor: string | null = null) => ({ kind: 'end', authority: code, successor })
  const split = (changes: object = {}) => ({
    ...{ kind: 'split', from: 'H99.13', into: ['H99.12', 'H99.14'] },
    ...changes,
  })
  const cases: [name: string, asked: ReorganisationRequest, found: string[], changes?: object][] = [
    ['nothing of a good one', request(), []],
    ['an unknown authority', lines(merge(['H99.13', 'H99.77'])), ['0:unknown-authority']],
    ['one that ended before', lines(merge(['H99.13', 'H99.90'])), ['0:ended-before']],
    [
      'a day before the decision',
      request({ effectiveOn: '2026-11-17' }),
      ['null:before-issue', 'null:in-the-past'],
    ],
    ['a decision of tomorrow', request({ issuedOn: '2026-11-21' }), ['null:not-yet-issued']],
    ['a code in use', lines(merge(['H99.13', 'H99.14'], 'H99.12')), ['0:code-used']],
    ['a code that ended but was used', lines(merge(['H99.13', 'H99.14'], 'H99.90')), ['0:code-used']],
    ['one ended twice', lines(end('H99.13', 'H99.12'), merge(['H99.13', 'H99.14'])), ['1:twice']],
    [
      'a cycle',
      lines(end('H99.13', 'H99.14'), end('H99.14', 'H99.13')),
      ['0:ends-too', '1:ends-too', '0:cycle', '1:cycle'],
    ],
    [
      'one into which it is merged that ends as well',
      lines(end('H99.13', 'H99.14'), end('H99.14', 'H99.12')),
      ['0:ends-too'],
    ],
    [
      'open dossiers without an heir',
      lines(end('H99.13')),
      ['0:open-dossiers'],
      { open: new Map([['H99.13', work(3)]]) },
    ],
    ['nothing when nothing is open', lines(end('H99.13')), []],
    [
      'a split that leaves dossiers to a guess',
      lines(split()),
      ['0:needs-a-rule'],
      { open: new Map([['H99.13', work(3)]]) },
    ],
    [
      'no split by the field of a unit',
      lines(split({ rules: [{ to: 'H99.12', units: ['justice'] }] })),
      [],
      { open: new Map([['H99.13', work(3)]]) },
    ],
    [
      'a rule to somebody else, of a unit nobody has',
      lines(split({ rules: [{ to: 'H99.03', units: ['fire'] }], rest: 'H99.12' })),
      ['0:not-a-target', '0:unknown-unit'],
    ],
    [
      'two rules for the same',
      lines(
        split({
          rest: 'H99.12',
          rules: [
            { to: 'H99.12', procedures: ['1'] },
            { to: 'H99.14', procedures: ['1'] },
          ],
        }),
      ),
      ['0:named-twice'],
    ],
    ['authorities left without one above', lines({ ...split({ from: 'H99.03' }) }), ['0:leaves-orphans']],
    [
      'a unit that is not there',
      lines({ kind: 'unit-end', authority: 'H99.13', unit: 'fire', successor: 'land' }),
      ['0:unknown-unit'],
    ],
    [
      'a unit of who ends',
      lines(merge(['H99.13', 'H99.14']), {
        kind: 'unit-end',
        authority: 'H99.13',
        unit: 'land',
        successor: 'justice',
      }),
      ['1:ends-itself'],
    ],
    [
      'another decision that says otherwise',
      request(),
      ['0:contradicts'],
      { others: [other({ lines: [lineOf(end('H99.13', 'H99.12'))] })] },
    ],
    [
      'another decision that says the same',
      lines(end('H99.13', 'H99.12')),
      ['0:ended-elsewhere'],
      { others: [other({ lines: [lineOf(end('H99.13', 'H99.12'))] })] },
    ],
    [
      'an heir that another decision ends before',
      lines(end('H99.13', 'H99.14')),
      ['0:ends-sooner'],
      { others: [other({ effectiveOn: '2026-11-25', lines: [lineOf(end('H99.14', 'H99.12'))] })] },
    ],
    [
      'a cycle over two decisions',
      lines(end('H99.13', 'H99.14')),
      ['0:cycle'],
      { others: [other({ effectiveOn: '2027-01-01', lines: [lineOf(end('H99.14', 'H99.13'))] })] },
    ],
    ['what is not within reach', lines(merge(['H99.13', 'H98.01'])), ['reorganise.not-yours']],
    ['an officer without the role', request(), ['reorganise.not-yours'], { by: chair }],
  ]
  test.each(cases)('%s', (_, asked, found, changes) => {
    expect(problems(asked, changes)).toEqual(found)
  })

  test('all problems are told at once', () => {
    const asked = request({
      effectiveOn: '2026-11-01',
      lines: [end('H99.77', 'H99.12'), merge(['H99.13', 'H99.14'], 'H99.12')],
    })
    expect(problems(asked)).toEqual([
      'null:before-issue',
      'null:in-the-past',
      '0:unknown-authority',
      '1:code-used',
    ])
  })
})

describe('who approves', () => {
  const approve = (by: Deciding, drafted = draft(), more: readonly ReorganisationProblem[] = []) =>
    decideApproval(drafted, { now, by, authorities, problems: more, drafters: [] })
  const code = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

  test('a leader above all that are named, and nobody else', () => {
    expect(code(approve(chair))).toBe('done')
    expect(code(approve(officer('commune', 'H99.13', 'leader')))).toBe('reorganise.not-yours')
    expect(code(approve(officer('elsewhere', 'H98', 'leader')))).toBe('reorganise.not-yours')
    expect(code(approve(control))).toBe('reorganise.not-yours')
  })

  test('never who drafted it', () => {
    const both: Deciding = {
      ...{ kind: 'officer', id: 'both' },
      posts: [
        { authorityCode: 'H99.02', roles: ['control'] },
        { authorityCode: 'H99', roles: ['leader'] },
      ],
    }
    expect(approve(both, draft(request(), { by: both }))).toMatchObject({ details: { why: 'same-person' } })
  })

  test('nothing that is still to be mended, and nothing too late', () => {
    const problem = { line: 0, field: 'head', code: 'several-heads' }
    expect(code(approve(chair, draft(), [problem]))).toBe('reorganise.invalid')
    const late = { ...draft(), effectiveOn: '2026-11-19' }
    expect(code(approve(chair, late))).toBe('reorganise.invalid')
  })

  test('an approved decision is cancelled by its approver before its day, and takes effect no sooner', () => {
    const approved = approve(chair)
    if (isRefusal(approved)) throw new Error('refused')
    const { reorganisation } = approved
    const cancel = (by: Deciding) =>
      decideCancelling(reorganisation, { reason: 'Hoãn' }, { now, by, authorities })
    expect(code(cancel(control))).toBe('reorganise.not-yours')
    expect(cancel(chair)).toMatchObject({ reorganisation: { state: 'cancelled', sequence: 3 } })
    const record = {
      began: 1,
      ended: 2,
      renamed: 0,
      units: 4,
      officers: 0,
      grantsEnded: 0,
      grantsFollowed: 0,
    }
    expect(code(decideApplying(reorganisation, { now, record }))).toBe('reorganise.not-yet')
    const day = new Date('2026-11-30T17:00:00Z')
    const applied = decideApplying(reorganisation, { now: day, record })
    expect(applied).toMatchObject({ reorganisation: { state: 'applied' } })
    if (isRefusal(applied)) throw new Error('refused')
    expect(code(decideApplying(applied.reorganisation, { now: day, record }))).toBe('reorganise.not-now')
  })
})

const post = (
  authorityCode: string,
  unitCode: string,
  roles: Role[],
  changes: Partial<StoredPost> = {},
): StoredPost => ({
  postId: `${authorityCode}/${unitCode}/${roles[0]}-1`,
  ...{ authorityCode, unitCode, roles, title: 'Chuyên viên', counter: null, capacity: null },
  ...changes,
})

function aState(changes: Partial<DirectoryState> = {}): DirectoryState {
  const communes = [
    ['H99.13', 'xã Bến Gỗ'],
    ['H99.14', 'xã Mai Thượng'],
  ] as const
  const posts = communes.flatMap(([code, name]) => [
    post(code, 'leadership', ['leader'], {
      title: `Chủ tịch Ủy ban nhân dân ${name}`,
      capacity: 'TM.',
    }),
    post(code, 'one-stop', ['reception']),
    post(code, 'justice', ['specialist']),
  ])
  const holdings = posts.map(({ postId, authorityCode, roles }) => ({
    ...{ officerId: `${authorityCode}-${roles[0]}`, name: `${roles[0]} ${authorityCode}`, postId },
  }))
  return { authorities, units, posts, holdings, grants: [], ...changes }
}

describe('the plan', () => {
  test('a merger takes over units once, posts each, and names the head', () => {
    const asked = lines({ ...merge(['H99.13', 'H99.14']), head: 'H99.14-leader' })
    const plan = planReorganisation(asked, aState())
    expect(plan.problems).toEqual([])
    expect(plan.begins.map(({ code }) => code)).toEqual(['H99.60'])
    expect(plan.ends).toEqual(['H99.13', 'H99.14'])
    expect(plan.units.map(({ unitCode }) => unitCode).sort()).toEqual([
      'justice',
      'land',
      'leadership',
      'one-stop',
    ])
    expect(new Set(plan.posts.map(({ postId }) => postId)).size).toBe(6)
    const leaders = plan.officers.filter(({ officerId }) => officerId.endsWith('leader'))
    expect(leaders.map(({ officerId, to }) => [officerId, to[0]!.title, to[0]!.capacity])).toEqual([
      ['H99.13-leader', 'Phó Chủ tịch Ủy ban nhân dân xã Mới', 'KT.'],
      ['H99.14-leader', 'Chủ tịch Ủy ban nhân dân xã Mới', 'TM.'],
    ])
    expect(plan.successions.map(({ from, to }) => [from, to])).toEqual([
      ['H99.13', 'H99.60'],
      ['H99.14', 'H99.60'],
    ])
  })

  test('two heads are a problem until one is named', () => {
    const plan = planReorganisation(request(), aState())
    expect(plan.problems.map(({ code, line }) => [line, code])).toEqual([[0, 'several-heads']])
  })

  test('into an authority that stands, its own head stays', () => {
    const asked = lines({ kind: 'merge', from: ['H99.14'], into: 'H99.13' })
    const plan = planReorganisation(asked, aState())
    expect(plan.problems).toEqual([])
    expect(plan.officers.find(({ officerId }) => officerId === 'H99.14-leader')?.to[0]).toMatchObject({
      ...{ authorityCode: 'H99.13', capacity: 'KT.', postId: 'H99.13/leadership/leader-2' },
      title: 'Phó Chủ tịch Ủy ban nhân dân xã Bến Gỗ',
    })
  })

  test('a split without a main successor asks where each officer goes and who holds each role', () => {
    const begin = (code: string) => ({ kind: 'begin', authority: created(code, `Xã ${code}`) })
    const split = { kind: 'split', from: 'H99.13', into: ['H99.61', 'H99.62'] }
    const asked = lines(begin('H99.61'), begin('H99.62'), split)
    const codes = planReorganisation(asked, aState()).problems.map(({ code }) => code)
    expect(codes.filter((code) => code === 'officer-without-place')).toHaveLength(3)
    expect(codes.filter((code) => code === 'role-unheld')).toHaveLength(6)
    const placed = request({
      lines: [begin('H99.61'), begin('H99.62'), { ...split, rest: 'H99.61' }],
      officers: [
        {
          ...{ officerId: 'H99.13-specialist', from: 'H99.13' },
          to: { authority: 'H99.62', unit: 'justice' },
          roles: ['specialist', 'reception', 'leader'],
        },
      ],
    })
    const plan = planReorganisation(placed, aState())
    expect(plan.problems.map(({ code, params }) => [code, params?.role])).toEqual([
      ['role-unheld', 'specialist'],
    ])
    expect(plan.units.filter(({ authorityCode }) => authorityCode === 'H99.62')).toHaveLength(4)
  })

  test('powers granted at who ends are ended, or go along with their officers', () => {
    const grants = [
      {
        ...{
          id: 'g',
          kind: 'absence' as const,
          authorityCode: 'H99.13',
          posts: ['H99.13/justice/specialist-1'],
        },
        ...{ giver: 'H99.13-specialist', receiver: 'H99.13-reception' },
      },
    ]
    const plan = (grantsRule: string) =>
      planReorganisation(
        request({ lines: [{ ...merge(['H99.13', 'H99.14']), head: 'H99.14-leader' }], grants: grantsRule }),
        aState({ grants }),
      ).grants
    expect(plan('end')).toEqual([{ id: 'g', follows: null }])
    expect(plan('follow')).toEqual([
      { id: 'g', follows: { authorityCode: 'H99.60', posts: ['H99.60/justice/specialist-1'] } },
    ])
  })

  test('a granted power goes along as it was lent, without other posts of its giver', () => {
    const other = post('H99.13', 'leadership', ['head'])
    const state = aState()
    const grant = {
      ...{ id: 'g', kind: 'absence' as const, authorityCode: 'H99.13' },
      posts: ['H99.13/justice/specialist-1'],
      ...{ giver: 'H99.13-specialist', receiver: 'H99.13-reception' },
    }
    const { grants } = planReorganisation(
      request({
        lines: [{ ...merge(['H99.13', 'H99.14']), head: 'H99.14-leader' }],
        grants: 'follow',
      }),
      {
        ...state,
        posts: [other, ...state.posts],
        holdings: [{ officerId: grant.giver, name: 'Người giao', postId: other.postId }, ...state.holdings],
        grants: [grant],
      },
    )
    expect(grants).toEqual([
      { id: 'g', follows: { authorityCode: 'H99.60', posts: ['H99.60/justice/specialist-1'] } },
    ])
  })

  test('a unit moves to another authority with its posts', () => {
    const asked = lines({ kind: 'unit-move', authority: 'H99.13', unit: 'justice', to: 'H99.12' })
    const moved = new Map(units).set(
      'H99.12',
      units.get('H99.12')!.filter(({ unitCode }) => unitCode !== 'justice'),
    )
    const plan = planReorganisation(asked, aState({ units: moved }))
    expect(plan.units).toMatchObject([{ authorityCode: 'H99.12', unitCode: 'justice' }])
    expect(plan.unitsEnded).toEqual([{ authorityCode: 'H99.13', unitCode: 'justice' }])
    expect(plan.officers).toMatchObject([{ to: [{ postId: 'H99.12/justice/specialist-1' }] }])
  })
})

describe('an old code', () => {
  const succession = (from: string, to: string, changes: Partial<Succession> = {}): Succession => ({
    ...{ from, to, fromUnit: null, toUnit: null, effectiveOn: '2026-12-01', decision: 'd' },
    rule: { kind: 'whole' },
    ...changes,
  })
  const known = {
    authorities: new Map([
      ...authorities,
      ['H99.13', authority('H99.13', 'Xã Bến Gỗ', { validTo: '2026-11-30' })] as const,
      ['H99.14', authority('H99.14', 'Xã Mai Thượng', { validTo: '2026-11-30' })] as const,
      ['H99.60', authority('H99.60', 'Xã Mới', { validFrom: '2026-12-01', validTo: '2027-06-30' })] as const,
      ['H99.61', authority('H99.61', 'Xã Một', { validFrom: '2027-07-01' })] as const,
      ['H99.62', authority('H99.62', 'Xã Hai', { validFrom: '2027-07-01' })] as const,
    ]),
    successions: Map.groupBy(
      [
        succession('H99.13', 'H99.60'),
        succession('H99.14', 'H99.60'),
        succession('H99.60', 'H99.61', { effectiveOn: '2027-07-01', rule: { kind: 'choice' } }),
        succession('H99.60', 'H99.62', { effectiveOn: '2027-07-01', rule: { kind: 'rest' } }),
      ],
      ({ from }) => from,
    ),
  }
  const on = (code: string, day: string) => {
    const found = resolveIn(code, day, known)
    return found && [found.authority?.code ?? null, found.choices.map(({ code: each }) => each), found.path]
  }

  test('means itself while it stands, then who took over, then a choice with the main one first', () => {
    expect(on('H99.13', '2026-11-30')).toEqual(['H99.13', [], ['H99.13']])
    expect(on('H99.13', '2026-12-01')).toEqual(['H99.60', [], ['H99.13', 'H99.60']])
    expect(on('H99.13', '2027-07-01')).toEqual([
      null,
      ['H99.62', 'H99.61'],
      ['H99.13', 'H99.60', 'H99.62', 'H99.61'],
    ])
  })

  test('that never was means nothing, and one that nobody took over means nobody', () => {
    expect(on('H99.77', '2027-07-01')).toBeUndefined()
    expect(on('H99.90', '2027-07-01')).toEqual([null, [], ['H99.90']])
  })
})
