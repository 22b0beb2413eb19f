import { expect, test } from 'vitest'
import { findMessage, messageKeys, messages } from './i18n.ts'

test('every Vietnamese sentence has an English twin, and the other way round', () => {
  expect(messageKeys('en').toSorted()).toEqual(messageKeys('vi').toSorted())
})

test('both languages name the same values', () => {
  const names = (text = '') => [...new Set(text.match(/\{\w+/g) ?? [])].toSorted()
  for (const key of messageKeys('vi')) {
    expect([key, names(findMessage('en', key))]).toEqual([key, names(findMessage('vi', key))])
  }
})

test('values are put in, and a missing value stays visible', () => {
  expect(findMessage('vi', 'web.search.title', { query: 'khai sinh' })).toContain('khai sinh')
  expect(findMessage('vi', 'web.search.title')).toContain('{query}')
})

test('an unknown key is undefined, so that a caller can choose other words', () => {
  expect(findMessage('vi', 'web.no-such-key')).toBeUndefined()
})

test('English counts one and many', () => {
  expect(messages('en')('web.search.found', { count: 1 })).toBe('1 procedure')
  expect(messages('en')('web.search.found', { count: 3 })).toBe('3 procedures')
})
