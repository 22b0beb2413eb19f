import { messages } from 'motcua/kernel/i18n'
import type { Authority, Kin } from 'motcua/modules/directory'
import { expect, test } from 'vitest'
import { historyView } from './history.view.ts'
import { readAsk } from './read-ask.ts'

const today = '2026-11-20'
const ask = readAsk(new URLSearchParams('ky=nam&co-quan=H99.97&bo=h99'), today, new Set(['H99.97']))
const frame = { ask, path: '/so-lieu/chi-so', today, t: messages('vi') }
const kin = (code: string, validTo: string | null, isWhole = true): Kin => ({
  ...{ authority: { code, shortName: `Xã ${code}`, validTo } as Authority, on: '2026-07-01', isWhole },
})
const standing = { validFrom: '2026-07-01', validTo: null }

test('of a unit that always stood nothing is said', () => {
  expect(historyView({ unit: standing, before: [], after: [] }, frame)).toBeNull()
})

test('a unit made from others leads to each as it was in its last year', () => {
  const view = historyView({ unit: standing, before: [kin('H99.40', '2026-06-30')], after: [] }, frame)
  expect(view).toMatchObject({ ended: null, heirs: null })
  expect(view?.origins?.units).toEqual([
    {
      ...{ code: 'H99.40', name: 'Xã H99.40', note: null },
      href: '/so-lieu/chi-so?tu=2025-07-01&den=2026-06-30&co-quan=H99.40&bo=h99',
    },
  ])
})

test('a unit that ended says since when, and leads to its last months and to those it went to', () => {
  const unit = { validFrom: '2000-01-01', validTo: '2026-06-30' }
  const view = historyView(
    { unit, before: [], after: [kin('H99.97', null), kin('H99.98', null, false)] },
    frame,
  )
  expect(view?.ended?.text).toContain('30/06/2026')
  expect(view?.ended?.href).toBe('/so-lieu/chi-so?tu=2025-07-01&den=2026-06-30&co-quan=H99.97&bo=h99')
  expect(view?.heirs?.units.map(({ href, note }) => [href, note])).toEqual([
    ['/so-lieu/chi-so?ky=nam&co-quan=H99.97&bo=h99', null],
    ['/so-lieu/chi-so?ky=nam&co-quan=H99.98&bo=h99', 'một phần, từ 01/07/2026'],
  ])
  const thisMonth = readAsk(new URLSearchParams(), today, new Set())
  expect(historyView({ unit, before: [], after: [] }, { ...frame, ask: thisMonth })?.ended?.href).toBe(
    '/so-lieu/chi-so?tu=2025-07-01&den=2026-06-30',
  )
})
