import { accepted } from 'motcua/kernel/errors'
import { readIndexSet, shippedSets } from 'motcua/modules/indicators'
import { expect, test } from 'vitest'
import { type GroupLines, linesOf, numberIn, setIn, sumsOf } from './set-form.view'

const national = (await shippedSets()).find(({ key }) => key === '766-2026')!
const lines = linesOf(national, national, 'vi')

/** What the form posts when nobody touched it. */
function posted(groups: readonly GroupLines[]): Record<string, string> {
  return {
    nameVi: national.name.vi,
    nameEn: national.name.en,
    ...Object.fromEntries(national.bands.map(({ key, from }) => [`band.${key}`, String(from)])),
    ...Object.fromEntries(groups.map(({ key, max }) => [`group.${key}`, max])),
    ...Object.fromEntries(
      groups.flatMap((group) =>
        group.lines.flatMap(({ key, max, full, zero }) => [
          [`max.${key}`, max],
          [`full.${key}`, full],
          [`zero.${key}`, zero],
        ]),
      ),
    ),
  }
}

test('a set that nobody touched comes back as it was', () => {
  expect(accepted(readIndexSet(setIn(posted(lines), national, national)))).toEqual(national)
})

test('points are written with a comma, and sums follow what is typed', () => {
  const values = { ...posted(lines), 'max.publishedOnTime': '5,5', 'group.CKMB': '17,5' }
  expect(numberIn(' 5,5 ')).toBe(5.5)
  expect(sumsOf(values, lines)).toMatchObject({ groups: { CKMB: 17.5, TDGQ: 20 }, whole: 99.5 })
})

test('an indicator without points is not used, and can be used again', () => {
  const values = { ...posted(lines), 'max.vaultShared': '', 'group.MDSH': '18' }
  const set = setIn(values, national, national) as typeof national
  expect(set.groups[4]?.indicators.map(({ key }) => key)).not.toContain('vaultShared')
  const again = linesOf(set, national, 'vi')
  expect(again[4]?.lines.find(({ key }) => key === 'vaultShared')?.max).toBe('')
})

test('100 % is linear, less is a threshold', () => {
  const values = { ...posted(lines), 'full.digitised': '80', 'full.reused': '100' }
  const set = accepted(readIndexSet(setIn(values, national, national)))
  const of = (wanted: string) => set.groups[4]?.indicators.find(({ key }) => key === wanted)
  expect(of('digitised')).toMatchObject({ method: 'threshold', threshold: 0.8 })
  expect(of('reused')).toMatchObject({ method: 'linear' })
  expect(of('reused')).not.toHaveProperty('threshold')
})
