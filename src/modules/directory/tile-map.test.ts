import { expect, test } from 'vitest'
import { referenceText } from './reference-load.ts'
import { tileMapOf } from './tile-map.ts'

test('every commune of the demonstration has one tile of its own', async () => {
  const map = await tileMapOf('H99')
  const { authorities } = JSON.parse(await referenceText('demonstration/authorities.json')) as {
    authorities: { kind: string; communeCode: string | null }[]
  }
  const communes = authorities.flatMap(({ kind, communeCode }) => (kind === 'commune' ? communeCode! : []))
  expect(map!.tiles.map(({ communeCode }) => communeCode).toSorted()).toEqual(communes.toSorted())
})

test('a province that nobody has drawn has none, and a code is no path', async () => {
  expect(await tileMapOf('H98')).toBeNull()
  expect(await tileMapOf('../packages/H99')).toBeNull()
})
