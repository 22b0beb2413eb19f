import { expect, test } from 'vitest'
import type { Actor } from '../identity/index.ts'
import { answersFor } from './index.ts'

const officer = (authorityCode: string) =>
  ({ kind: 'officer', officerId: 'o', name: 'Bà Kiểm', posts: [{ authorityCode }] }) as unknown as Actor

test.each([
  ['H99.12', 'H99.12', true],
  ['H99', 'H99.12', true],
  ['H99.1', 'H99.12', false],
  ['H99.12', 'H99', false],
  ['H98', 'H99.12', false],
])('an officer at %s sees the dossiers behind the figures of %s: %s', (post, asked, allowed) => {
  expect(answersFor(officer(post), asked)).toBe(allowed)
})

test('a person sees figures, not the dossiers behind them', () => {
  expect(answersFor({ kind: 'person' } as Actor, 'H99.12')).toBe(false)
})
