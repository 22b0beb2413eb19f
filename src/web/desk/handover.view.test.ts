import type { HandOver } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { expect, test } from 'vitest'
import { slipView } from './handover.view'

const officer = (officerId: string, role: 'clerk' | 'reception', authorityCode = 'H99.12'): Officer => ({
  kind: 'officer',
  officerId,
  name: officerId,
  posts: [{ postId: 'p', title: 'Văn thư', authorityCode, unitCode: 'office', roles: [role] }],
})

const line = (code: string, changes: Partial<HandOver['lines'][number]> = {}): HandOver['lines'][number] => ({
  ...{ dossierId: code, code, sequence: 4, state: 'in-progress', applicantName: 'Ngô Thị Cúc' },
  ...{ procedureCode: '1.001193', sheets: 3, taskNo: 5, outcome: 'waiting', endedAt: null, endedBy: null },
  ...changes,
})

const slip = (changes: Partial<HandOver> = {}): HandOver => ({
  batch: 'b',
  givenAt: '2026-11-20T02:00:00Z',
  givenBy: 'trang',
  from: 'H99.12',
  to: { authority: 'H99.12', role: 'clerk', officer: null },
  lines: [
    line('H99.12-261118-00001'),
    line('H99.12-261118-00002', { outcome: 'taken-over', endedAt: '2026-11-20T03:00:00Z', endedBy: 'dat' }),
  ],
  ...changes,
})

const names = {
  officers: { trang: 'Lê Thu Trang', dat: 'Phạm Thanh Đạt' },
  places: { 'H99.12': 'Phường Hoa Sen' },
  procedures: { '1.001193': 'Làm giấy khai sinh cho con' },
  locale: 'vi',
} as const

test('both parties, the moment and every sheet stand on the slip', () => {
  const view = slipView(slip(), officer('dat', 'clerk'), names)
  expect(view).toMatchObject({
    giver: 'Phường Hoa Sen: Lê Thu Trang',
    taker: 'Phường Hoa Sen, Văn thư: bất kỳ ai giữ vai trò này',
    at: '09:00 ngày 20/11/2026',
    total: 'Cộng: 2 hồ sơ, 6 tờ',
    allTaken: false,
  })
  expect(view.lines[1]?.stateText).toBe('Đã nhận: Phạm Thanh Đạt, 10:00 ngày 20/11/2026')
})

test('the taker confirms what waits, and nobody else', () => {
  const values = (who: Officer, changes: Partial<HandOver> = {}) =>
    slipView(slip(changes), who, names).lines.map(({ value }) => value)
  expect(values(officer('dat', 'clerk'))).toEqual(['H99.12-261118-00001~4~5', null])
  expect(values(officer('trang', 'reception'))).toEqual([null, null])
  expect(values(officer('dat', 'clerk', 'H99.13'))).toEqual([null, null])
  const named = { to: { authority: 'H99.12', role: 'clerk' as const, officer: 'mai' } }
  expect(values(officer('dat', 'clerk'), named)).toEqual([null, null])
  expect(slipView(slip(), officer('trang', 'reception'), names).mayTake).toBe(false)
})
