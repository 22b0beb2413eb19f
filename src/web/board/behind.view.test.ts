import { expect, test } from 'vitest'
import { aDossier } from '../../../test/builders/a-dossier.ts'
import { behindRows, daysLate } from './behind.view.ts'

const names = {
  procedures: { '1.001193': 'Khai sinh' },
  places: { 'H99.12': 'Phường Hoa Sen' },
  officers: {},
}
const open = (dueAt: string | null) => ({ dueAt, decidedAt: null, closedAt: null })

test('counts calendar days since the day due, and stops when the work ended', () => {
  expect(daysLate(open('2026-11-20T10:00:00.000Z'), '2026-11-22')).toBe(2)
  expect(daysLate(open('2026-11-22T10:00:00.000Z'), '2026-11-22')).toBeNull()
  expect(daysLate(open(null), '2026-11-22')).toBeNull()
  const decided = { ...open('2026-11-20T10:00:00.000Z'), decidedAt: '2026-11-21T03:00:00.000Z' }
  expect(daysLate(decided, '2026-12-31')).toBe(1)
})

test('puts the longest overdue on top, links only what may be opened, and says who has the next step', () => {
  const accepted = (dueAt: string) => ({ at: '2026-11-02T03:00:00.000Z', is: 'accepted' as const, dueAt })
  const [later, sooner] = ['2026-11-20T10:00:00.000Z', '2026-11-10T10:00:00.000Z'].map(
    (dueAt) => aDossier({ competent: 'H99.12', life: [accepted(dueAt)] }).dossier,
  )
  const rows = behindRows(
    [
      { dossier: later!, opens: true },
      { dossier: sooner!, opens: false },
    ],
    { names, today: '2026-11-22', locale: 'vi' },
  )
  expect(rows.map(({ code }) => code)).toEqual([sooner!.code, later!.code])
  expect(rows.map(({ href }) => href)).toEqual([null, `/can-bo/ho-so/${later!.code}`])
  expect(rows[0]).toMatchObject({ place: 'Phường Hoa Sen', daysLate: 12 })
  expect(rows[0]!.holder).not.toBe('')
})
