import { expect, test } from 'vitest'
import { recent } from './recent.ts'

test('the value used longest ago gives way to a new one', () => {
  const kept = recent<string, number>(2)
  kept.set('a', 1)
  kept.set('b', 2)
  expect(kept.get('a')).toBe(1)
  kept.set('c', 3)
  expect([kept.get('a'), kept.get('b'), kept.get('c'), kept.size]).toEqual([1, undefined, 3, 2])
})

test('a value set anew is not counted twice, and one taken away makes room', () => {
  const kept = recent<string, number>(2)
  for (const value of [1, 2, 3]) kept.set('a', value)
  kept.set('b', 4)
  expect([kept.get('a'), kept.size]).toEqual([3, 2])
  kept.delete('a')
  kept.set('c', 5)
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([undefined, 4, 5])
})
