import { accepted } from 'motcua/kernel/errors'
import { compileForm } from 'motcua/modules/forms'
import { expect, test } from 'vitest'
import { formJson } from '../../../../test/builders/packages.ts'
import { mostOfPreview, packState, unpackState } from './state.ts'

const form = accepted(compileForm(formJson('household-business')))
const packed = (state: unknown) => Buffer.from(JSON.stringify(state)).toString('base64url')
const state = {
  answers: { 'capital.amountVnd': 5, members: [{ fullName: 'NGUYỄN VĂN A' }] },
  origins: { 'capital.amountVnd': { source: 'POP', state: 'given' as const, note: 'sổ' } },
  editing: ['owner.fullName'],
}

test('what was typed comes back as it was', () => {
  expect(unpackState(packState(state), form)).toEqual(state)
})

test('answers to questions that the form does not have stay behind', () => {
  const more = { ...state, answers: { ...state.answers, 'no.question': 1 } }
  expect(unpackState(packState(more), form)).toEqual(state)
})

test('what has grown too large is not carried', () => {
  const large = { ...state, answers: { 'capital.amountVnd': 'x'.repeat(mostOfPreview) } }
  expect(packState(large)).toBeUndefined()
  expect(unpackState(packed(large), form)).toBeUndefined()
})

test.each([
  ['nothing', null],
  ['a file', new File([], 'x')],
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{').toString('base64url')],
  ['another shape', packed({ answers: [], origins: {}, editing: [] })],
  ['more members', packed({ ...state, admin: true })],
  [
    'a foreign origin',
    packed({ ...state, origins: { 'capital.amountVnd': { source: 'POP', state: 'mine' } } }),
  ],
])('%s is no state', (_, text) => {
  expect(unpackState(text, form)).toBeUndefined()
})

test('a name that every object has is no answer', () => {
  const text = Buffer.from(
    '{"answers":{"__proto__":{"polluted":1},"constructor":2},"origins":{},"editing":[]}',
  )
  const found = unpackState(text.toString('base64url'), form)
  expect(found?.answers).toEqual({})
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
