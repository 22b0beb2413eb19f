import { expect, test } from 'vitest'
import { draftFields, draftValues } from './draft-fields'

const keys = (template: string | undefined, refusal = false) =>
  draftFields(template, refusal).map(({ key }) => key)

test('each template asks for what its paper adds to the declaration', () => {
  expect(keys('birth-certificate')).toEqual(['personalId', 'note'])
  expect(keys('unknown')).toEqual(['note'])
})

test('a refusal asks for its reason only', () => {
  expect(keys('birth-certificate', true)).toEqual(['reason'])
})

test('values come from the draft first, then from the declaration; dates and figures bare', () => {
  const fields = draftFields('residence-notice', false)
  const declared = {
    words: { 'content.address': 'Số 8, Phường Hoa Sen', 'content.until': '20/11/2027' },
    answers: { 'content.until': '2027-11-20' },
  }
  expect(draftValues(fields, { note: 'xem kỹ' }, declared)).toEqual({
    newAddress: 'Số 8, Phường Hoa Sen',
    until: '2027-11-20',
    note: 'xem kỹ',
  })
})
