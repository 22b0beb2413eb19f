import { expect, test } from 'vitest'
import { readJson, readJsonObject } from './read-json.ts'

test('what is JSON is read, all else is nothing', () => {
  expect(readJson('[1, "hai"]')).toEqual([1, 'hai'])
  expect(readJson('null')).toBeNull()
  for (const text of ['', '{', 'undefined', '{"a":1} x']) expect(readJson(text)).toBeUndefined()
})

test('an object is an object: no list, no text, no null', () => {
  expect(readJsonObject('{"a":1}')).toEqual({ a: 1 })
  for (const text of ['[]', '"a"', 'null', '1', '{']) expect(readJsonObject(text)).toBeUndefined()
})
