import { expect, test } from 'vitest'
import { branchAnswers, isWanted } from './branch-answers.ts'

const today = '2026-11-22'
const answers = {
  'child.fullName': 'Lê Gia An',
  'child.residence': { provinceCode: 'S9', communeCode: 'S9001', detail: 'Tổ 4' },
  'residence.wanted': true,
}

test('fills the form of a branch from the answers of the group, whole values as they are', () => {
  const filled = branchAnswers(
    {
      answers: {
        'subject.fullName': 'answers.child.fullName',
        'subject.address': 'child.residence',
        'subject.purpose': '"trẻ sinh tại " + answers.child.residence.communeCode',
        'subject.nickname': 'answers.child.nickname',
      },
    },
    { answers, today },
  )
  expect(filled).toEqual({
    'subject.fullName': 'Lê Gia An',
    'subject.address': answers['child.residence'],
    'subject.purpose': 'trẻ sinh tại S9001',
  })
})

test('reads what was drafted for earlier branches', () => {
  const results = { birth: { personalId: '031326000111' }, 'health-card': { 'card.number': 'TE1' } }
  const branch = { answers: { id: 'results.birth.personalId', card: 'results.healthCard.card.number' } }
  expect(branchAnswers(branch, { answers, results, today })).toEqual({ id: '031326000111', card: 'TE1' })
  expect(branchAnswers(branch, { answers, today })).toEqual({})
})

test('a branch is wanted when its condition holds, and always without one', () => {
  expect(isWanted({ when: 'answers.residence.wanted' }, { answers, today })).toBe(true)
  expect(isWanted({ when: 'answers.residence.wanted = false' }, { answers, today })).toBe(false)
  expect(isWanted({ when: null }, { answers, today })).toBe(true)
})
