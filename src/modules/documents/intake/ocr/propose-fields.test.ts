import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposeFields } from './propose-fields.ts'

describe('proposals for the fields of a paper', () => {
  test.each([
    ['Số: 187/2026', { number: '187/2026' }],
    ['UBND PHƯỜNG HOA SEN\nSố: 00042/TTPVHCC', { number: '00042/TTPVHCC' }],
    ['Số điện thoại: 0900 000 417', {}],
    ['Số định danh cá nhân: 001190012345', { personalId: '001190012345' }],
    ['Mẹ 001190012345, cha 001090012345', {}],
    ['Hoa Sen, ngày 20 tháng 11 năm 2026', { issuedOn: '2026-11-20' }],
    ['Ngày cấp: 09/11/2026', { issuedOn: '2026-11-09' }],
    ['Hoa Sen, ngày 31 tháng 02 năm 2026', {}],
    ['Sinh ngày 20 tháng 11 năm 2026', {}],
    ['Họ và tên: NGUYỄN VĂN AN giới tính: Nam', { name: 'NGUYỄN VĂN AN' }],
    ['Họ, chữ đệm, tên: Lò Thị Út', { name: 'Lò Thị Út' }],
    ['Họ và tên mẹ: Nguyễn Thị Mẫu Đơn', { name: 'Nguyễn Thị Mẫu Đơn' }],
    ['', {}],
  ])('%s', (text, fields) => expect(proposeFields(text)).toEqual(fields))

  test('knows what the number of a land certificate is called', () => {
    const text = 'Số phát hành: DA 123456\nSố vào sổ cấp GCN: CS01234'
    expect(proposeFields(text, 'land').number).toBe('DA 123456')
  })

  test('proposes only whole values of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'Số: họtên0123/ngày\nĐÁ') }), (text) => {
        const { issuedOn, personalId } = proposeFields(text)
        expect(issuedOn ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/)
        expect(personalId ?? '001190012345').toMatch(/^\d{12}$/)
      }),
    )
  })
})
