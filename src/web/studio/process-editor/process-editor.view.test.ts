import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actNamed,
  afterAct,
  appended,
  draftOf,
  hoursText,
  longestHours,
  plainHours,
  type RowDraft,
  refusesAtOnce,
  type TableAct,
  totalHours,
  waysOf,
  withWay,
} from './process-editor.view'

const words = { draft: 'Soạn từ chối', sign: 'Ký từ chối', issue: 'Phát hành từ chối' }
const aRow = (id: string, stated: Partial<RowDraft> = {}): RowDraft => ({
  ...{
    id,
    name: id,
    note: '',
    performer: '',
    role: 'specialist',
    unitKind: 'division',
    authority: 'competent',
  },
  ...{ kind: 'work', hours: '2', product: '', outcomes: [{ outcome: 'ok', to: 'next' }] },
  ...stated,
})
const ids = (rows: readonly RowDraft[]) => rows.map(({ id }) => id).join(' ')
const ways = (rows: readonly RowDraft[]) => rows.map(({ outcomes }) => outcomes.map(({ to }) => to).join(','))

const rows = [
  aRow('a', {
    outcomes: [
      { outcome: 'ok', to: 'next' },
      { outcome: 'not-eligible', to: 'refused' },
    ],
  }),
  aRow('b', { kind: 'draft', performer: 'Chuyên viên' }),
  aRow('c', {
    kind: 'decide',
    role: 'leader',
    outcomes: [
      { outcome: 'approved', to: 'next' },
      { outcome: 'send-back', to: '#b' },
    ],
  }),
]

describe('hours', () => {
  test.each([
    ['4', 4],
    ['0,5', 0.5],
    [' 1.5 ', 1.5],
    ['', null],
    ['1/2 ngày', null],
    ['-1', null],
  ])('%j is %s', (text, hours) => {
    expect(plainHours(text)).toBe(hours)
  })

  test('are those of the longest way; a way back adds nothing', () => {
    expect(longestHours(rows)).toBe(6)
    const branched = [
      aRow('a', {
        outcomes: [
          { outcome: 'ok', to: '#c' },
          { outcome: 'x', to: '#b' },
        ],
      }),
      aRow('b', { hours: '10', outcomes: [{ outcome: 'ok', to: 'refused' }] }),
      aRow('c'),
    ]
    expect(longestHours(branched)).toBe(12)
    expect(longestHours([])).toBe(0)
    expect(longestHours([aRow('a', { outcomes: [{ outcome: 'ok', to: '#a' }] })])).toBe(2)
  })

  test('before and after the process count too', () => {
    expect(totalHours({ rows, receptionHours: '1', returnHours: '0,5' })).toBe(7.5)
    expect(hoursText(7.5)).toBe('7,5')
  })
})

describe('what is done to the table', () => {
  const does = (done: TableAct) => afterAct(rows, done, words)

  test('moves, adds and removes rows', () => {
    expect(ids(does({ do: 'up', at: 1 }))).toBe('b a c')
    expect(ids(does({ do: 'down', at: 1 }))).toBe('a c b')
    expect(ids(does({ do: 'up', at: 0 }))).toBe('a b c')
    expect(ids(does({ do: 'down', at: 2 }))).toBe('a b c')
    expect(ids(does({ do: 'add', at: 1 }))).toBe('a buoc-4 b c')
    expect(ids(does({ do: 'add', at: 99 }))).toBe('a b c')
    expect(ids(does({ do: 'remove', at: 9 }))).toBe('a b c')
  })

  test('leads what led to a removed row where that row led', () => {
    expect(ways(does({ do: 'remove', at: 1 }))).toEqual(['next,refused', 'next,#c'])
  })

  test('gives refusals steps of their own, done by whoever does the same for the result', () => {
    const after = does({ do: 'refusal' })
    expect(after.slice(3).map(({ name, performer, role }) => [name, performer, role])).toEqual([
      ['Soạn từ chối', 'Chuyên viên', 'specialist'],
      ['Ký từ chối', '', 'leader'],
      ['Phát hành từ chối', '', 'clerk'],
    ])
    const draft = after[3]!.id
    expect(ways(after)).toEqual([`next,#${draft}`, 'next', 'granted,#b', 'next', `next,#${draft}`, 'refused'])
    expect([refusesAtOnce(rows), refusesAtOnce(after)]).toEqual([true, false])
  })

  test.each([
    ['add-3', { do: 'add', at: 3 }],
    ['up-0', { do: 'up', at: 0 }],
    ['refusal', { do: 'refusal' }],
    ['save', undefined],
    ['up-x', undefined],
    ['remove-9999', undefined],
  ])('the button %s', (name, act) => {
    expect(actNamed(name)).toEqual(act)
  })

  test('whatever is done, ids are used once and ways lead to rows that are there', () => {
    const act = fc.oneof(
      fc.record({
        do: fc.constantFrom('add' as const, 'remove' as const, 'up' as const, 'down' as const),
        at: fc.nat(8),
      }),
      fc.constant({ do: 'refusal' as const }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const after = acts.reduce<RowDraft[]>((now, each) => afterAct(now, each, words), rows)
        const there = new Set(after.map(({ id }) => id))
        expect(there.size).toBe(after.length)
        for (const { outcomes } of after)
          for (const { to } of outcomes) expect(!to.startsWith('#') || there.has(to.slice(1))).toBe(true)
      }),
    )
  })
})

describe('where a row leads', () => {
  test('the ordinary way, sending back and refusing are offered, and what else it has', () => {
    const row = aRow('a', {
      outcomes: [
        { outcome: 'ok', to: 'next' },
        { outcome: 'consult', to: '#b' },
      ],
    })
    expect(waysOf(row).map(({ outcome, to }) => [outcome, to])).toEqual([
      ['ok', 'next'],
      ['consult', '#b'],
      ['send-back', ''],
      ['not-eligible', ''],
    ])
    expect(waysOf(rows[2]!).map(({ outcome }) => outcome)).toEqual(['approved', 'send-back', 'decline'])
  })

  test('a way is added, led elsewhere and taken off; the ordinary one always stays', () => {
    const added = withWay(aRow('a'), 'send-back', '#b')
    expect(added.outcomes).toEqual([
      { outcome: 'ok', to: 'next' },
      { outcome: 'send-back', to: '#b' },
    ])
    expect(withWay(added, 'send-back', 'refused').outcomes[1]).toEqual({
      outcome: 'send-back',
      to: 'refused',
    })
    expect(withWay(added, 'send-back', '').outcomes).toHaveLength(1)
    expect(withWay(added, 'ok', '').outcomes).toHaveLength(2)
  })

  test('a table joined to another keeps its own ways under new ids', () => {
    const joined = appended(rows, [aRow('b', { outcomes: [{ outcome: 'ok', to: '#c' }] }), aRow('c')])
    expect(ids(joined)).toBe('a b c b-2 c-2')
    expect(ways(joined).slice(3)).toEqual(['#c-2', 'next'])
  })

  test('a table comes as it is typed, what is not known empty', () => {
    const { rows: drafts, ...rest } = draftOf({
      rows: [{ ...aRow('a'), role: null, hours: null }],
      receptionHours: 0.5,
      returnHours: 0,
    })
    expect(rest).toEqual({ receptionHours: '0,5', returnHours: '' })
    expect(drafts[0]).toMatchObject({ role: '', hours: '' })
  })
})
