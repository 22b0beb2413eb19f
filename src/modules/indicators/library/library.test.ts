import { expect, test } from 'vitest'
import { measures } from '../contributions.ts'
import { figureKeys, groupKeys, shippedSets } from '../index-sets/index.ts'
import { Definition, formulaOf } from './definition.ts'
import { findDefinition, library } from './library.ts'

const definitions = await library()
const keys = definitions.map(({ key }) => key)

test('every measure of the board has its definition', () => {
  expect(measures.filter((key) => !keys.includes(key))).toEqual([])
})

test('every figure, group and indicator of the index has its definition, and the total', async () => {
  const indicators = (await shippedSets()).flatMap(({ groups }) =>
    groups.flatMap((group) => group.indicators.map(({ key }) => key)),
  )
  const shown = new Set<string>([...figureKeys, ...groupKeys, ...indicators, 'total'])
  expect([...shown].filter((key) => !keys.includes(key))).toEqual([])
})

test('no two figures are called by the same key', () => {
  expect(new Set(keys).size).toBe(keys.length)
})

test('a rate is not accepted without its two numbers', async () => {
  const rate = (await findDefinition('onTime'))!
  expect(Definition.safeParse(rate).success).toBe(true)
  expect(Definition.safeParse({ ...rate, of: undefined }).success).toBe(false)
  expect(Definition.safeParse({ ...rate, in: undefined }).success).toBe(false)
})

test.each(definitions.map((each) => [each.key, each] as const))('%s says how it is computed', (_, each) => {
  for (const locale of ['vi', 'en'] as const) {
    expect(formulaOf(each, locale).length).toBeGreaterThan(5)
    expect(each.words[locale]).toMatch(/\.$/)
  }
})
