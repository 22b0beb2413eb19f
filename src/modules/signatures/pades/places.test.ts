import { expect, test } from 'vitest'
import { copyLines, copyPlace, sealBeside } from './places.ts'

test('the seal covers a third of the signer on the left, at the same height', () => {
  const signer = { page: 2, x: 300, y: 500, width: 120, height: 50 }
  const seal = sealBeside(signer, 90)
  expect(seal.x + seal.width).toBe(signer.x + signer.width / 3)
  expect(seal.y + seal.height / 2).toBe(signer.y + signer.height / 2)
  expect(seal.page).toBe(2)
})

test('a copy says agency and time with its zone, at the top right of page one', () => {
  expect(copyLines('UBND phường Hoa Sen', new Date('2026-11-22T03:05:06Z'))).toEqual([
    'Cơ quan: UBND phường Hoa Sen',
    'Thời gian ký: 22.11.2026 10:05:06 +07:00',
  ])
  expect(copyPlace(595)).toMatchObject({ page: 1, x: 297.5, y: 18 })
})
