import { draftFieldsFor } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { draftedLines, draftOf, draftValues, noteField } from './draft-form'

const fields = [...draftFieldsFor('residence-notice'), noteField]

test('values come from the draft first, then from the declaration; dates and figures bare', () => {
  const declared = {
    words: { 'content.until': '20/11/2027' },
    answers: { 'content.until': '2027-11-20' },
  }
  expect(draftValues(fields, { note: 'xem kỹ' }, declared)).toEqual({
    'content.until': '2027-11-20',
    note: 'xem kỹ',
  })
})

test('only what was written is kept', () => {
  const form = new FormData()
  form.append('draft:statusText', '  Chưa đăng ký kết hôn với ai ')
  form.append('draft:purposeText', ' ')
  form.append('draft:somethingElse', 'x')
  expect(draftOf(draftFieldsFor('marital-status-certificate'), form)).toEqual({
    statusText: 'Chưa đăng ký kết hôn với ai',
  })
})

test('a draft is told in the words of its fields', () => {
  const draft = { note: 'xem kỹ', unknown: 'x' }
  expect(draftedLines(fields, draft, 'en')).toEqual([{ label: 'Note for whoever approves', value: 'xem kỹ' }])
})
