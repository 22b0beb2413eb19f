import type { Officer } from 'motcua/modules/identity'
import { expect, test } from 'vitest'
import { hasRole, placesOf, worksOnDossiers } from './officer'

const post = { postId: 'p', title: 'Cán bộ', authorityCode: 'H99.12', unitCode: 'u' }
const officer = (...roles: Officer['posts'][number]['roles']): Officer => ({
  kind: 'officer',
  officerId: 'o',
  name: 'Lê Thu Trang',
  posts: [{ ...post, roles }],
})

test('reception works at the desk, procedure control does not', () => {
  expect(worksOnDossiers(officer('reception'))).toBe(true)
  expect(worksOnDossiers(officer('control'))).toBe(false)
})

test('a role is asked of any post', () => {
  expect(hasRole(officer('reception', 'cashier'), 'cashier')).toBe(true)
  expect(hasRole(officer('reception'), 'leader')).toBe(false)
})

test('places are named once, and only where the role is held', () => {
  const two = { ...officer('leader'), posts: [...officer('leader').posts, ...officer('reception').posts] }
  expect(placesOf(two)).toEqual(['H99.12'])
  expect(placesOf(officer('leader'), 'clerk')).toEqual([])
})
