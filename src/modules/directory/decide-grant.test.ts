import { describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../kernel/errors.ts'
import type { Authority, Capacity, Officer, Post, Role } from './authority.ts'
import { decideEnd, decideGrant, type GrantFacts, mayRecordFor } from './decide-grant.ts'
import { powersRefusals as refusals } from './index.ts'
import { GrantRequest, type Lent, overlap, phaseOf, postsByGrant } from './power.ts'

const now = new Date('2026-11-20T02:00:00Z')
const ward = 'H99.12'

function aPost(name: string, roles: Role[], changes: Partial<Post> = {}): Post {
  const unitCode = changes.unitCode ?? (roles.includes('leader') ? 'leadership' : 'justice')
  return {
    postId: `${ward}/${name}`,
    title: name,
    authorityCode: ward,
    counter: null,
    roles,
    ...changes,
    unitCode,
  }
}
function anOfficer(officerId: string, posts: Post[], changes: Partial<Officer> = {}): Officer {
  return {
    officerId,
    name: officerId,
    issuer: 'i',
    subject: officerId,
    locked: false,
    sample: true,
    posts,
    ...changes,
  }
}

const people = {
  chair: anOfficer('chair', [aPost('Chủ tịch', ['leader'], { capacity: 'TM.' })]),
  deputy: anOfficer('deputy', [aPost('Phó Chủ tịch', ['leader'], { capacity: 'KT.' })]),
  otherDeputy: anOfficer('otherDeputy', [aPost('Phó Chủ tịch 2', ['leader'], { capacity: 'KT.' })]),
  head: anOfficer('head', [aPost('Chánh Văn phòng', ['head'])]),
  unitDeputy: anOfficer('unitDeputy', [aPost('Phó Chánh Văn phòng', ['specialist'])]),
  otherHead: anOfficer('otherHead', [aPost('Trưởng phòng', ['head'], { unitCode: 'economy' })]),
  specialist: anOfficer('specialist', [aPost('Công chức hộ tịch', ['specialist'])]),
  colleague: anOfficer('colleague', [aPost('Công chức tư pháp', ['specialist'])]),
  admin: anOfficer('admin', [aPost('Quản trị', ['admin'], { unitCode: 'support' })]),
  elsewhere: anOfficer('elsewhere', [aPost('Công chức', ['specialist'], { authorityCode: 'H99.13' })]),
  chairElsewhere: anOfficer('chairElsewhere', [
    aPost('Chủ tịch xã', ['leader'], { authorityCode: 'H99.13', capacity: 'TM.' }),
  ]),
  provinceChair: anOfficer('provinceChair', [
    aPost('Chủ tịch tỉnh', ['leader'], { authorityCode: 'H99', capacity: 'TM.' }),
  ]),
  director: anOfficer('director', [aPost('Giám đốc Sở', ['leader'], { authorityCode: 'H99.03' })]),
  deputyDirector: anOfficer('deputyDirector', [
    aPost('Phó Giám đốc', ['leader'], { authorityCode: 'H99.03', capacity: 'KT.' }),
  ]),
  locked: anOfficer('locked', [aPost('Công chức', ['specialist'])], { locked: true }),
} satisfies Record<string, Officer>
type Who = keyof typeof people

const authorities = new Map<string, Pick<Authority, 'kind' | 'parentCode'>>([
  ['H99', { kind: 'province', parentCode: null }],
  ['H99.03', { kind: 'department', parentCode: 'H99' }],
  [ward, { kind: 'commune', parentCode: 'H99' }],
  ['H99.13', { kind: 'commune', parentCode: 'H99' }],
])

interface Try {
  by: Officer
  giver: Officer
  receiver: Officer
}
const trying = (by: Who, giver: Who, receiver: Who): Try => ({
  by: people[by],
  giver: people[giver],
  receiver: people[receiver],
})

function decide({ by, giver, receiver }: Try, asked: object, changes: Partial<GrantFacts> = {}) {
  const request = GrantRequest.parse({
    giver: giver.officerId,
    receiver: receiver.officerId,
    from: '2026-11-23',
    to: '2026-11-27',
    reason: 'Nghỉ phép',
    ...asked,
  })
  const procedures = request.kind === 'signing' ? request.procedures : []
  return decideGrant(request, {
    ...{ id: '01a1f000-0000-7000-8000-000000000001', now, by, giver, receiver, authorities, held: [] },
    limit: { procedures, unknown: [] },
    ...changes,
  })
}
const absence = { kind: 'absence' }
const paper = { number: '21/GUQ-UBND', on: '2026-11-19' }
const signing = (capacity: Capacity, changes: object = {}) => ({
  kind: 'signing',
  capacity,
  procedures: ['2.000815'],
  document: paper,
  ...changes,
})
const problemsOf = (outcome: unknown) =>
  isRefusal(outcome)
    ? (((outcome as Refusal).details as { problems?: { field: string; code: string }[] }).problems ?? []).map(
        ({ field, code }) => `${field} ${code}`,
      )
    : []

describe('who may say that somebody is away', () => {
  test.each<[Who, Who, Who, 'granted' | 'not-above-the-giver' | 'to-yourself']>([
    ['specialist', 'specialist', 'colleague', 'granted'],
    ['head', 'specialist', 'colleague', 'granted'],
    ['deputy', 'specialist', 'colleague', 'granted'],
    ['chair', 'specialist', 'colleague', 'granted'],
    ['admin', 'specialist', 'colleague', 'granted'],
    ['chair', 'deputy', 'otherDeputy', 'granted'],
    ['admin', 'chair', 'deputy', 'granted'],
    ['chair', 'admin', 'head', 'granted'],
    ['colleague', 'specialist', 'head', 'not-above-the-giver'],
    ['otherHead', 'specialist', 'colleague', 'not-above-the-giver'],
    ['head', 'chair', 'deputy', 'not-above-the-giver'],
    ['deputy', 'chair', 'otherDeputy', 'not-above-the-giver'],
    ['deputy', 'otherDeputy', 'chair', 'not-above-the-giver'],
    ['deputy', 'admin', 'head', 'not-above-the-giver'],
    ['chairElsewhere', 'specialist', 'colleague', 'not-above-the-giver'],
    ['provinceChair', 'specialist', 'colleague', 'not-above-the-giver'],
    ['head', 'specialist', 'head', 'to-yourself'],
    ['admin', 'chair', 'admin', 'to-yourself'],
  ])('%s, for %s, in favour of %s: %s', (by, giver, receiver, expected) => {
    const outcome = decide(trying(by, giver, receiver), absence)
    if (expected === 'granted') expect(outcome).toMatchObject({ grant: { grantedBy: by } })
    else expect(outcome).toEqual(refusals.notYours({ why: expected }))
  })

  test('standing above somebody by a grant alone is no standing', () => {
    const acting = anOfficer('acting', [
      ...people.colleague.posts,
      aPost('Chánh Văn phòng', ['head'], {
        grant: 'g',
        standsInFor: { officerId: 'head', name: 'head', title: 'Chánh Văn phòng' },
      }),
    ])
    const outcome = decide({ ...trying('head', 'specialist', 'colleague'), by: acting }, absence)
    expect(outcome).toEqual(refusals.notYours({ why: 'not-above-the-giver' }))
    expect(mayRecordFor(acting, people.specialist.posts)).toBe(false)
  })
})

describe('who may stand in', () => {
  test.each<[Who, Who, string[]]>([
    ['specialist', 'specialist', ['receiver same-as-giver']],
    ['specialist', 'elsewhere', ['receiver works-elsewhere']],
    ['specialist', 'locked', ['receiver unknown']],
    ['chair', 'specialist', ['receiver not-a-leader']],
    ['chair', 'deputy', []],
  ])('%s away, %s instead: %j', (giver, receiver, expected) => {
    expect(problemsOf(decide(trying(giver, giver, receiver), absence))).toEqual(expected)
  })

  test('nobody lends what they do not hold, and nothing that was lent to them', () => {
    const withLent = anOfficer('specialist', [
      ...people.specialist.posts,
      aPost('Công chức tư pháp', ['specialist'], { grant: 'g' }),
    ])
    const asked = { ...trying('specialist', 'specialist', 'head'), giver: withLent }
    const posts = [`${ward}/Công chức tư pháp`, 'H99.12/none']
    expect(problemsOf(decide(asked, { ...absence, posts }))).toEqual([
      'posts held-by-grant',
      'posts not-held',
    ])
  })

  test('all own posts at the authority of the stand-in are lent when none is named', () => {
    const outcome = decide(trying('specialist', 'specialist', 'colleague'), absence)
    expect(outcome).toMatchObject({
      grant: { posts: [`${ward}/Công chức hộ tịch`], procedures: null, capacity: null },
    })
  })
})

describe('who may sign by whose authority (NĐ 30/2020/NĐ-CP, Điều 13)', () => {
  test.each<[string, Capacity, Who, Who, string[]]>([
    ['a deputy on behalf of the committee', 'TM.', 'chair', 'deputy', []],
    [
      'a department decides by its head',
      'TM.',
      'director',
      'deputyDirector',
      ['capacity no-collective-body'],
    ],
    ['a deputy for the head', 'KT.', 'director', 'deputyDirector', []],
    ['no head of a unit for the head', 'KT.', 'chair', 'head', ['receiver not-a-deputy']],
    ['the head of a unit by order', 'TL.', 'chair', 'head', []],
    ['no specialist by order', 'TL.', 'chair', 'specialist', ['receiver not-a-head-of-unit']],
    ['the head of a unit by mandate', 'TUQ.', 'chair', 'head', []],
    ['the head of a department by mandate of the province', 'TUQ.', 'provinceChair', 'director', []],
    ['no deputy of a department', 'TUQ.', 'provinceChair', 'deputyDirector', ['receiver not-a-head-of-unit']],
    [
      'no head of an authority that is not below',
      'TUQ.',
      'chair',
      'chairElsewhere',
      ['receiver not-a-head-of-unit'],
    ],
    ['a deputy as acting head', 'Q.', 'chair', 'deputy', []],
    ['no specialist as acting head', 'Q.', 'chair', 'specialist', ['receiver not-a-leader-or-head']],
    ['a deputy gives nothing of the head', 'KT.', 'deputy', 'otherDeputy', ['giver not-the-head']],
    ['a specialist gives no signature', 'TUQ.', 'specialist', 'head', ['giver not-the-head']],
  ])('%s (%s)', (_name, capacity, giver, receiver, expected) => {
    expect(problemsOf(decide(trying(giver, giver, receiver), signing(capacity)))).toEqual(expected)
  })

  test.each<[string, object, string[]]>([
    ['a mandate states its paper', signing('TUQ.', { document: null }), ['document needed']],
    ['a mandate is limited', signing('TUQ.', { procedures: [] }), ['procedures needed']],
    ['an order is limited', signing('TL.', { procedures: [], document: null }), ['procedures needed']],
    [
      'the paper is there before the power',
      signing('TUQ.', { document: { number: '1', on: '2026-11-24' } }),
      ['document after-the-start'],
    ],
  ])('%s', (_name, asked, expected) => {
    expect(problemsOf(decide(trying('chair', 'chair', 'head'), asked))).toEqual(expected)
  })

  test('what a mandate gave is not given on', () => {
    const mandated = anOfficer('head', [
      ...people.head.posts,
      aPost('Chánh Văn phòng', ['leader'], { grant: 'g', capacity: 'TUQ.', procedures: ['2.000815'] }),
    ])
    const asked = { by: mandated, giver: mandated, receiver: people.unitDeputy }
    expect(problemsOf(decide(asked, signing('TUQ.')))).toEqual(['giver held-by-grant'])
    expect(problemsOf(decide(asked, signing('TL.')))).toEqual(['giver held-by-grant'])
  })

  test('who signs by order hands on to a deputy of the unit, within what they hold', () => {
    const ordered = anOfficer('head', [
      ...people.head.posts,
      aPost('Chánh Văn phòng', ['leader'], { grant: 'g', capacity: 'TL.', procedures: ['2.000815'] }),
    ])
    const held = [{ id: 'g', capacity: 'TL.' as const, procedures: ['2.000815'], to: '2026-11-26' }]
    const to = (receiver: Officer, asked: object) =>
      decide({ by: ordered, giver: ordered, receiver }, asked, { held })
    expect(to(people.unitDeputy, signing('TL.', { to: '2026-11-26' }))).toMatchObject({
      grant: { basis: 'g', procedures: ['2.000815'] },
    })
    expect(problemsOf(to(people.colleague, signing('TL.', { to: '2026-11-26' })))).toEqual([
      'receiver not-a-deputy-of-the-unit',
    ])
    expect(problemsOf(to(people.unitDeputy, signing('TL.', { procedures: ['1.001193'] })))).toEqual([
      'procedures more-than-held',
      'to more-than-held',
    ])
  })

  test('an administrator records what the head gave on paper, and states the paper', () => {
    const asked = trying('admin', 'chair', 'head')
    expect(decide(asked, signing('TL.'))).toMatchObject({ grant: { giver: 'chair', grantedBy: 'admin' } })
    expect(problemsOf(decide(asked, signing('TL.', { document: null })))).toEqual(['document needed'])
  })

  test.each<Who>(['deputy', 'head', 'specialist', 'chairElsewhere'])('%s records none for the head', (by) => {
    expect(decide(trying(by, 'chair', 'otherHead'), signing('TL.'))).toEqual(
      refusals.notYours({ why: 'not-above-the-giver' }),
    )
  })
})

describe('days', () => {
  test.each<[string, string, string[]]>([
    ['2026-11-20', '2026-11-20', []],
    ['2026-11-19', '2026-11-27', ['from in-the-past']],
    ['2026-11-27', '2026-11-23', ['to before-the-start']],
    ['2026-11-23', '9999-12-31', ['to longer-than-a-year']],
    ['2026-11-19', '2026-11-18', ['from in-the-past', 'to before-the-start']],
  ])('from %s to %s: %j', (from, to, expected) => {
    expect(
      problemsOf(decide(trying('specialist', 'specialist', 'colleague'), { ...absence, from, to })),
    ).toEqual(expected)
  })

  test('a signature is lent for a term of office at the most', () => {
    const asked = trying('chair', 'chair', 'head')
    expect(problemsOf(decide(asked, signing('TUQ.', { to: '2031-11-23' })))).toEqual([])
    expect(problemsOf(decide(asked, signing('TUQ.', { to: '2031-11-24' })))).toEqual([
      'to longer-than-a-term',
    ])
  })

  test('every problem is named at once', () => {
    const asked = signing('TUQ.', { from: '2026-11-01', document: null, procedures: [] })
    expect(problemsOf(decide(trying('chair', 'chair', 'specialist'), asked))).toEqual([
      'from in-the-past',
      'receiver not-a-head-of-unit',
      'procedures needed',
      'document needed',
    ])
  })

  test('a grant is coming, in force, over, or ended early', () => {
    const span = { from: '2026-11-23', to: '2026-11-27', endedAt: null }
    expect(phaseOf(span, '2026-11-22')).toBe('coming')
    expect(phaseOf(span, '2026-11-23')).toBe('in-force')
    expect(phaseOf(span, '2026-11-27')).toBe('in-force')
    expect(phaseOf(span, '2026-11-28')).toBe('over')
    expect(phaseOf({ ...span, endedAt: '2026-11-24T00:00:00Z' }, '2026-11-24')).toBe('ended-early')
  })

  test('grants of one post overlap when they share a day and a procedure, and none was ended', () => {
    const a = {
      kind: 'signing' as const,
      procedures: null,
      giver: 'x',
      posts: ['p', 'q'],
      from: '2026-11-23',
      to: '2026-11-27',
      endedAt: null,
    }
    expect(overlap(a, { ...a, from: '2026-11-27', to: '2026-12-01', posts: ['q'] })).toBe(true)
    expect(overlap(a, { ...a, from: '2026-11-28', to: '2026-12-01' })).toBe(false)
    expect(overlap(a, { ...a, posts: ['r'] })).toBe(false)
    expect(overlap(a, { ...a, kind: 'absence' })).toBe(false)
    expect(overlap(a, { ...a, procedures: ['2.000815'] })).toBe(true)
    expect(overlap({ ...a, procedures: ['1.001193'] }, { ...a, procedures: ['2.000815'] })).toBe(false)
    expect(overlap(a, { ...a, endedAt: '2026-11-24T00:00:00Z' })).toBe(false)
  })
})

describe('ending early', () => {
  const made = decide(trying('specialist', 'specialist', 'colleague'), absence)
  if (isRefusal(made)) throw new Error(made.code)
  const grant = made.grant
  const { posts } = people.specialist
  const end = (by: Officer, on = grant, at = now) =>
    decideEnd(on, { reason: 'Về sớm' }, { now: at, by, posts })

  test.each<[Who, boolean]>([
    ['specialist', true],
    ['head', true],
    ['chair', true],
    ['admin', true],
    ['colleague', false],
    ['otherHead', false],
    ['chairElsewhere', false],
  ])('%s: %s', (by, may) => {
    const outcome = end(people[by])
    if (may) expect(outcome).toMatchObject({ grant: { endedBy: by, sequence: 2 } })
    else expect(outcome).toEqual(refusals.notYours({ why: 'not-above-the-giver' }))
  })

  test('a grant ends once, and not after its last day', () => {
    const ended = end(people.specialist)
    if (isRefusal(ended)) throw new Error(ended.code)
    expect(end(people.specialist, ended.grant)).toEqual(refusals.alreadyEnded())
    expect(end(people.specialist, grant, new Date('2026-11-28T02:00:00Z'))).toEqual(refusals.over())
  })
})

describe('posts by a grant', () => {
  const giver = { officerId: 'giver', name: 'Người vắng' }
  const lentOf = (changes: Partial<Lent>, post: Post): Lent => {
    const { capacity: _, ...plain } = post
    return {
      grant: 'g',
      kind: 'absence',
      capacity: null,
      procedures: null,
      until: '2026-11-27',
      giver,
      posts: [plain],
      ...changes,
    }
  }

  test('who stands in has the roles of the post, under their own title', () => {
    const [post] = postsByGrant(people.colleague.posts, lentOf({}, people.specialist.posts[0]!))
    expect(post).toEqual({
      ...people.specialist.posts[0],
      title: 'Công chức tư pháp',
      grant: 'g',
      until: '2026-11-27',
      standsInFor: { ...giver, title: 'Công chức hộ tịch' },
    })
  })

  test('a deputy who stands in for the head signs for the head', () => {
    const [post] = postsByGrant(people.deputy.posts, lentOf({}, people.chair.posts[0]!))
    expect(post).toMatchObject({ title: 'Phó Chủ tịch', capacity: 'KT.', roles: ['leader'] })
  })

  test('a mandate gives the signature for its procedures and nothing else', () => {
    const lent = lentOf(
      { kind: 'signing', capacity: 'TUQ.', procedures: ['2.000815'] },
      people.chair.posts[0]!,
    )
    const [post] = postsByGrant(people.head.posts, lent)
    expect(post).toEqual({
      postId: `${ward}/Chủ tịch`,
      title: 'Chánh Văn phòng',
      authorityCode: ward,
      unitCode: 'justice',
      counter: null,
      roles: ['leader'],
      capacity: 'TUQ.',
      procedures: ['2.000815'],
      grant: 'g',
      until: '2026-11-27',
    })
  })
})
