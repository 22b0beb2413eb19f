import type { Branch, HistoryItem } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { branchNews, type LinkedFacts, linkedView } from './linked.view'

const branch = (key: string, given: Partial<Branch> = {}): Branch => ({
  ...{ key, procedureCode: '1.001193', name: key, state: 'running', reason: null, endedAt: null },
  ...{ dossierId: key, code: `H99.12-261119-0000${key}`, competent: 'H99.12', dueAt: '2026-11-24T10:00:00Z' },
  ...given,
})
const facts = (branches: Branch[], given: Partial<LinkedFacts> = {}): LinkedFacts => ({
  ...{ branches, names: {}, places: { 'H99.12': 'Phường Hoa Sen' }, opens: new Set<string>(), todo: [] },
  filing: { code: 'H99.12-261119-00001', procedure: 'Khai sinh liên thông', opens: true },
  ...{ at: null, now: new Date('2026-11-20T02:00:00Z'), locale: 'vi' },
  ...given,
})
const first = (given: LinkedFacts) => linkedView(given).rows[0]!

test('a branch says how it stands, when it is due, and that it is late', () => {
  expect(first(facts([branch('1')]))).toMatchObject({
    ...{ place: 'Phường Hoa Sen', state: { kind: 'info', text: 'Đang làm' }, note: 'hạn 24/11/2026' },
  })
  const late = facts([branch('1')], { now: new Date('2026-11-25T02:00:00Z') })
  expect(first(late).state).toEqual({ kind: 'bad', text: 'Quá hạn' })
})

test('a branch that never began says why', () => {
  const waits = branch('1', {
    state: 'not-started',
    reason: 'depends-on-refused',
    code: null,
    competent: null,
  })
  expect(first(facts([waits]))).toMatchObject({
    ...{ place: 'chưa rõ cơ quan', note: 'thủ tục trước không có kết quả', link: null },
  })
})

test('only what the officer may open is a link', () => {
  const [open, closed] = [branch('1'), branch('2')]
  const { rows } = linkedView(facts([open, closed], { opens: new Set([open.code!]) }))
  expect(rows.map(({ link }) => link?.href)).toEqual([`/can-bo/ho-so/${open.code}`, undefined])
})

test('a branch shows its filing and the states of its sisters, without their dates', () => {
  const seen = linkedView(facts([branch('1'), branch('2')], { at: '1' }))
  expect(seen.filing).toEqual({
    text: 'Khai sinh liên thông, hồ sơ H99.12-261119-00001',
    href: '/can-bo/ho-so/H99.12-261119-00001',
  })
  expect(seen.rows.map(({ here, note }) => [here, note])).toEqual([
    [true, ''],
    [false, ''],
  ])
  const closed = facts([branch('1')], { at: '1', filing: { code: 'H', procedure: 'P', opens: false } })
  expect(linkedView(closed).filing!.href).toBeNull()
})

test('what is owed to the people is said in words, with what the plan asks for', () => {
  const todo = [
    { cause: 'a', about: 'a', text: 'Gọi cho gia đình.' },
    { cause: 'a', about: 'b', text: 'Gọi cho gia đình.' },
  ]
  const names = { a: 'Đăng ký thường trú', b: 'Thẻ bảo hiểm' }
  expect(linkedView(facts([], { todo, names })).todo).toEqual([
    'Đăng ký thường trú không có kết quả. Gọi cho gia đình.',
    'Thẻ bảo hiểm dựa vào kết quả của Đăng ký thường trú nay không còn. Xem lại và báo cho người dân.',
  ])
})

test('the history says which branches changed, and how they stand since', () => {
  const entry = (sequence: number, kind: string, branches: Branch[]) =>
    ({ sequence, kind, at: '2026-11-20T02:00:00Z', data: { branches } }) as unknown as HistoryItem
  const [birth, card] = [branch('Khai sinh', { state: 'waiting' }), branch('Thẻ', { state: 'waiting' })]
  const filed = entry(1, 'dossiers.submitted', [birth, card])
  const begun = entry(3, 'dossiers.branches-changed', [{ ...birth, state: 'running' }, card])
  const granted = entry(4, 'dossiers.branches-changed', [
    { ...birth, state: 'granted' },
    { ...card, state: 'running' },
  ])
  const history = [filed, begun, granted]
  expect(branchNews(begun, history, 'vi')).toEqual(['Khai sinh: đang làm'])
  expect(branchNews(granted, history, 'vi')).toEqual(['Khai sinh: có kết quả', 'Thẻ: đang làm'])
  expect(branchNews(filed, history, 'vi')).toEqual([])
})
