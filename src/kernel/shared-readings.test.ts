import { expect, test } from 'vitest'
import { sharedReadings } from './shared-readings.ts'

function readings(most = 10) {
  const clock = { now: 0 }
  const shared = sharedReadings<string>({ lastsMs: 1000, most, clock: () => clock.now })
  let reads = 0
  const ask = (key: string) => shared.of(key, async () => `${key}${++reads}`)
  return { clock, shared, ask, reads: () => reads }
}

test('two hundred who ask at once share one reading', async () => {
  const { ask, reads } = readings()
  const answers = await Promise.all(Array.from({ length: 200 }, () => ask('a')))
  expect(new Set(answers)).toEqual(new Set(['a1']))
  expect(reads()).toBe(1)
})

test('an answer is given again within its stretch of time, whenever in it the answer was read', async () => {
  const { clock, ask } = readings()
  expect(await ask('a')).toBe('a1')
  clock.now = 999
  expect(await ask('a')).toBe('a1')
  clock.now = 1000
  expect(await ask('a')).toBe('a2')
  clock.now = 2999
  expect(await ask('a')).toBe('a3')
  clock.now = 3000
  expect(await ask('a')).toBe('a4')
})

test('a reading that fails is tried again by who asks next', async () => {
  const { shared, ask } = readings()
  await expect(shared.of('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await ask('a')).toBe('a1')
})

test('keeps no more answers than it may, and none that were forgotten', async () => {
  const { shared, ask } = readings(2)
  for (const key of ['a', 'b', 'c']) await ask(key)
  expect([await ask('c'), await ask('a')]).toEqual(['c3', 'a4'])
  shared.forget('a')
  expect([await ask('c'), await ask('a')]).toEqual(['c3', 'a5'])
  shared.forget()
  expect(await ask('a')).toBe('a6')
})

test('a slow reading is waited for by whoever comes, however old it grows', async () => {
  const { clock, shared } = readings()
  const slow = Promise.withResolvers<string>()
  const first = shared.of('a', () => slow.promise)
  clock.now = 5000
  const second = shared.of('a', async () => 'another')
  slow.resolve('slow')
  expect(await Promise.all([first, second])).toEqual(['slow', 'slow'])
})
