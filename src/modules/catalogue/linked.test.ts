import { expect, test } from 'vitest'
import { Linked, strangeBranches } from './linked.ts'

const branch = (key: string, after: string[] = []) => ({
  key,
  procedureCode: '1.001193',
  after,
  when: null,
  answers: {},
  limit: null,
  lead: after.length === 0,
  compensation: null,
})
const problems = (branches: object[]) =>
  Linked.safeParse({ branches }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ??
  []

test('takes a group in which some branches wait for others', () => {
  expect(problems([branch('birth'), branch('card', ['birth']), branch('residence', ['birth'])])).toEqual([])
})

test('refuses a group without a lead, and a lead that waits', () => {
  expect(problems([{ ...branch('birth'), lead: false }])).toEqual(['branches: no branch leads'])
  expect(problems([branch('birth'), { ...branch('card', ['birth']), lead: true }])).toEqual([
    'branches.1.after: a lead waits for no other branch',
  ])
})

test('refuses a branch that waits for itself, however long the way round', () => {
  const round = [branch('birth'), branch('a', ['c']), branch('b', ['a']), branch('c', ['b', 'birth'])]
  expect(problems(round)).toEqual(
    ['a', 'b', 'c'].map((key, i) => `branches.${i + 1}.after: ${key} waits for itself`),
  )
})

test('refuses a branch that waits for one that is not there, and a key used twice', () => {
  expect(problems([branch('birth'), branch('card', ['death'])])).toEqual([
    'branches.1.after: there is no branch death',
  ])
  expect(problems([branch('birth'), branch('birth')])).toEqual(['branches.1.key: birth is there twice'])
})

test('refuses conditions and answers that are not FEEL', () => {
  expect(problems([{ ...branch('birth'), when: 'a = = b' }])).toHaveLength(1)
  expect(problems([{ ...branch('birth'), answers: { 'child.name': '((' } }])).toHaveLength(1)
})

test('names branches of procedures that nobody can file, and groups in groups', () => {
  const birth = { procedureCode: '1.001193', linked: null }
  const group = (...codes: string[]) => ({
    procedureCode: '3.000722',
    linked: { branches: codes.map((procedureCode, i) => ({ key: `b${i}`, procedureCode })) },
  })
  expect(strangeBranches([birth, group('1.001193')])).toEqual([])
  expect(strangeBranches([birth, group('1.001193', '9.999999')])).toEqual([
    '3.000722: branch b1 names 9.999999, which has no version',
  ])
  expect(strangeBranches([group('3.000722')])).toEqual(['3.000722: branch b0 is a group itself'])
})
