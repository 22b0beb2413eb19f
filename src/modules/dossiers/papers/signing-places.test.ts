import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsToDeclare, signingPlaces } from './signing-places.ts'

const signer = { page: 2, x: 367, y: 622, width: 130, height: 62 }

test('the seal covers a third of the signature from the left, level with it', () => {
  const { seal } = signingPlaces({ signer })
  expect(seal.page).toBe(2)
  expect(seal.x + seal.width).toBeCloseTo(signer.x + signer.width / 3)
  expect(seal.y + seal.height / 2).toBeCloseTo(signer.y + signer.height / 2)
})

test('the seal stays on the page wherever the layout lets people sign', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 780 }), (x, y) => {
      const { seal } = signingPlaces({ signer: { ...signer, x, y } })
      expect(seal.x).toBeGreaterThan(0)
      expect(seal.y).toBeGreaterThan(0)
    }),
  )
})

test('a layout that leaves nothing open is signed low on its first page, without number and date', () => {
  const fields = fieldsToDeclare(signingPlaces({}))
  expect(fields.signatures.map(({ name, place }) => [name, place.page])).toEqual([
    ['signer', 1],
    ['seal', 1],
  ])
  expect(fields.texts).toEqual([])
})

test('number and date are declared where the layout left room', () => {
  const number = { page: 1, x: 138, y: 126, width: 90, height: 13 }
  const { texts } = fieldsToDeclare(signingPlaces({ signer, number, date: number }))
  expect(texts.map(({ name }) => name)).toEqual(['number', 'date'])
  expect(texts[0]!.place).toEqual({ page: 1, x: 138, y: 126, width: 90, height: 13 })
})
