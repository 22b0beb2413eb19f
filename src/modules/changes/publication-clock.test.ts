import { expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import type { Edition } from '../catalogue/index.ts'
import { publicationClock } from './publication-clock.ts'

const calendar = aCalendar()
const edition = (on: string | null, publishedAt: string, publisher = 'province') =>
  ({
    decision: on === null ? null : { number: '1/QĐ', on },
    publishedAt: `${publishedAt}T03:00:00Z`,
    version: { publisher },
  }) as unknown as Edition

test.each([
  ['2026-11-20', '2026-11-20', 0],
  ['2026-11-20', '2026-11-22', 0],
  ['2026-11-20', '2026-11-23', 1],
  ['2026-11-16', '2026-11-27', 9],
])('signed %s and entered %s took %i working days', (on, published, days) => {
  expect(publicationClock(edition(on, published), calendar)).toEqual({ days, most: 5 })
})

test('a ministry has ten days, and what was shipped has no clock', () => {
  expect(publicationClock(edition('2026-11-20', '2026-11-23', 'national'), calendar)?.most).toBe(10)
  expect(publicationClock(edition(null, '2026-11-23'), calendar)).toBeNull()
  expect(publicationClock(edition('2020-01-02', '2026-11-23'), calendar)).toBeNull()
})
