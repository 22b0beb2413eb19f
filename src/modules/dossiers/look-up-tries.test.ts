import { expect, test } from 'vitest'
import { isGuessable, triesOfOneCode } from './look-up-tries.ts'

const morning = Date.parse('2026-11-19T02:00:00Z')
const minutes = (n: number) => new Date(morning + n * 60_000)

test('ten tries of one code in ten minutes, however it is written, and other codes are not held up', () => {
  const tries = triesOfOneCode()
  for (let i = 0; i < 10; i++) expect(tries.take('H99.12-261119-00001', minutes(0)).allowed).toBe(true)
  expect(tries.take(' h99.12-261119-00001 ', minutes(1))).toMatchObject({ allowed: false })
  expect(tries.take('H99.12-261119-00002', minutes(1)).allowed).toBe(true)
  expect(tries.take('H99.12-261119-00001', minutes(11)).allowed).toBe(true)
})

test('forty tries of one code in a day, however patiently', () => {
  const tries = triesOfOneCode()
  const allowed = Array.from({ length: 100 }, (_, i) => tries.take('H99.12-261119-00001', minutes(i * 10)))
  expect(allowed.filter((taken) => taken.allowed)).toHaveLength(40)
  expect(tries.take('H99.12-261119-00001', minutes(24 * 60)).allowed).toBe(true)
})

test('four digits can be guessed, the secret of a receipt cannot', () => {
  expect([isGuessable('1234'), isGuessable('FYEVWLL3')]).toEqual([true, false])
})
