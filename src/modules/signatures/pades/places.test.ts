import { expect, test } from 'vitest'
import { copyLines, copyPlace, sealBeside } from './places.ts'

test('the seal covers a third of the signer on the left, at the same height', () => {
  const signer = { page: 2, x: 300, y: 500, width: 120, height: 50 }
  const seal = sealBeside(signer, 90)
  expect(seal.x + seal.width).toBe(signer.x + signer.width / 3)
  expect(seal.y + seal.height / 2).toBe(signer.y + signer.height / 2)
  expect(seal.page).toBe(2)
})

test('the signature of a copy stands top right and says agency and time with its zone', () => {
  expect(copyPlace(595, 2)).toEqual({ page: 1, x: 331, y: 14, width: 250, height: 26 })
  expect(copyPlace(200, 2)).toMatchObject({ x: 14, width: 172 })
  expect(copyLines('Ủy ban nhân dân phường Hoa Sen', new Date('2026-11-19T02:00:05Z'))).toEqual([
    ...['Cơ quan: Ủy ban nhân dân phường Hoa Sen', 'Thời gian ký: 19.11.2026 09:00:05 +07:00'],
  ])
  const longName = 'Chi nhánh Văn phòng đăng ký đất đai khu vực số 3 tỉnh Sông Mai'
  expect(copyLines(longName, new Date())).toHaveLength(3)
})
