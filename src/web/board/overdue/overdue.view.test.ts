import { expect, test } from 'vitest'
import { aDossier } from '../../../../test/builders/a-dossier.ts'
import { choicesOf, type OverdueNames, overdueRows } from './overdue.view.ts'

const names: OverdueNames = {
  procedures: { '1.001193': 'Đăng ký khai sinh' },
  places: { 'H99.12': 'Phường Hoa Sen' },
  officers: { minh: 'Lê Minh' },
  units: { 'H99.12 minh': 'Phòng Tư pháp' },
  onBehalf: { 'minh H99.12': 'Trần An' },
}
const now = new Date('2026-11-20T03:00:00.000Z')
const dueOn = (dueAt: string, assignee: string | null) =>
  aDossier({
    at: '2026-11-02T02:00:00.000Z',
    life: [{ at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt, step: { assignee } }],
  }).dossier

test('a row says how late by law and by the index, and who holds the step in whose place since when', () => {
  const dossier = dueOn('2026-11-17T10:00:00.000Z', 'minh')
  const item = {
    dossierId: dossier.id,
    code: dossier.code,
    standing: 'none',
    byLaw: true,
    byIndex: true,
  } as const
  const [row] = overdueRows({ items: [{ item, dossier, opens: true }], names, now, locale: 'vi' })
  expect(row).toMatchObject({
    ...{ href: `/can-bo/ho-so/${dossier.code}`, law: 'trễ 3 ngày', index: 'trễ 3 ngày' },
    standingText: 'Đã trễ cả hai',
  })
  expect(row!.holds).toMatchObject([
    { holder: 'Phòng Tư pháp, Phường Hoa Sen: Lê Minh, thay Trần An', since: '10:00 ngày 02/11/2026' },
  ])
})

test('what is due today says until when; nobody at the step is said; a row that may not be opened has no link', () => {
  const dossier = dueOn('2026-11-20T10:00:00.000Z', null)
  const item = {
    dossierId: dossier.id,
    code: dossier.code,
    standing: 'both',
    byLaw: false,
    byIndex: false,
  } as const
  const [row] = overdueRows({ items: [{ item, dossier, opens: false }], names, now, locale: 'vi' })
  expect(row).toMatchObject({ href: null, law: 'hạn 17:00 hôm nay' })
  expect(row!.holds[0]!.holder).toMatch(/^Phường Hoa Sen: chưa ai nhận \(.+\)$/)
})

test('each choice says how many it shows beside the rest of what is chosen', () => {
  const cell = { authority: 'H99.12', standing: 'both' } as const
  const cells = [
    { ...cell, procedureCode: '1.001193', step: 'Thụ lý', count: 2 },
    { ...cell, procedureCode: '2.000001', step: 'Thụ lý', count: 3 },
    { ...cell, procedureCode: '2.000001', step: null, count: 1 },
  ]
  const ask = { procedureCode: '2.000001', step: null, standing: null }
  expect(choicesOf(cells, ask, names.procedures, 'vi')).toEqual({
    procedures: [
      { value: '2.000001', label: '2.000001 (4)' },
      { value: '1.001193', label: 'Đăng ký khai sinh (2)' },
    ].toSorted((a, b) => a.label.localeCompare(b.label, 'vi')),
    steps: [{ value: 'Thụ lý', label: 'Thụ lý (3)' }],
  })
})
