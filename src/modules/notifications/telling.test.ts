import { expect, test } from 'vitest'
import { tellingsOf } from './telling.ts'

const moved = (data: object) =>
  tellingsOf({ kind: 'dossiers.edition-changed', data } as unknown as Parameters<typeof tellingsOf>[0]).map(
    ({ kind }) => kind,
  )

test.each([
  ['comes earlier', { promised: '2026-11-26T10:00:00Z', dueAt: '2026-11-24T10:00:00Z' }, true],
  ['comes later', { promised: '2026-11-24T10:00:00Z', dueAt: '2026-11-26T10:00:00Z' }, true],
  ['moves within the day', { promised: '2026-11-24T10:00:00Z', dueAt: '2026-11-24T09:00:00Z' }, false],
  ['stays', { dueAt: '2026-11-24T10:00:00Z' }, false],
  ['stands still', { promised: '2026-11-24T10:00:00Z', dueAt: null }, false],
])('whoever filed is told of a new edition when the date %s', (_how, data, told) => {
  expect(moved(data).includes('due-by-edition')).toBe(told)
})
