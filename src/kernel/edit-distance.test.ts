import { expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'

test.each([
  ['sinh', 'sing', 1],
  ['sinh', 'sihn', 1],
  ['khai', 'kha', 1],
  ['khai', 'khaai', 1],
  ['giay', 'giay', 0],
  ['nha', 'dat', 3],
  ['nha', 'nghia', 2],
])('%s and %s are %i apart, or too far', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3))
})
