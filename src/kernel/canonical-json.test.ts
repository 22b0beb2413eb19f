import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('is what the reference library writes, for any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => canonicalJson(value) === canonicalize(value)),
    { numRuns: 2000, seed: 2026 },
  )
})

test.each<[unknown, string]>([
  [{ b: 1, a: [1, 2, { d: null, c: 'x' }] }, '{"a":[1,2,{"c":"x","d":null}],"b":1}'],
  [{ a: undefined, b: 1 }, '{"b":1}'],
  [[undefined], '[null]'],
  [{ '\u20ac': 1, '\r': 2, '1': 3, '😀': 4, '\ufb33': 5 }, '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}'],
  [[333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0], '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
])('%j', (value, text) => expect(canonicalJson(value)).toBe(text))

test.each([Number.NaN, Number.POSITIVE_INFINITY, undefined])('%s has no JSON', (value) => {
  expect(() => canonicalJson(value)).toThrow()
})
