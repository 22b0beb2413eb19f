import { describe, expect, test } from 'vitest'
import { answersOf } from '../test/builders/a-filing.ts'
import { formJson, procedureJsons } from '../test/builders/packages.ts'
import { accepted } from './kernel/errors.ts'
import { branchAnswers, isWanted, ProcedureVersion } from './modules/catalogue/index.ts'
import {
  type Answers,
  compileForm,
  fieldsOf,
  submittedAnswers,
  validateAnswers,
} from './modules/forms/index.ts'

const today = '2026-11-20'
const versions = procedureJsons.map((json) => ProcedureVersion.parse(json))
const versionOf = (code: string) => versions.find(({ procedureCode }) => procedureCode === code)!
const formOf = (key: string) => accepted(compileForm(formJson(key)))
const groups = versions.flatMap(({ linked, ...version }) => (linked ? [{ ...version, linked }] : []))

/** What the officers of the lead draft for its result. */
const results = { birth: { personalId: '099326000123' }, death: {}, registration: {} }

/** The whole form of a group as its base case fills it. */
async function filed(formKey: string, changes: Answers = {}): Promise<Answers> {
  const compiled = formOf(formKey)
  const answers = { ...(await answersOf(compiled, today)), ...changes }
  return submittedAnswers(compiled, answers, { today })
}

describe.each(groups)('the group $procedureCode', ({ formKey, linked }) => {
  const branches = linked.branches.map((branch) => ({ ...branch, version: versionOf(branch.procedureCode) }))

  test.each(branches)('fills the whole form of its branch $key', async ({ version, ...branch }) => {
    const answers = await filed(formKey)
    const compiled = formOf(version.formKey)
    const mapped = branchAnswers(branch, { answers, results, today })
    const asksAgency = fieldsOf(compiled.definition).some(
      ({ field }) => field.key === 'receivingAgency' && field.type === 'agency',
    )
    const agency = asksAgency
      ? { receivingAgency: { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen' } }
      : {}
    const { problems } = validateAnswers(compiled, { ...mapped, ...agency }, { today })
    expect(isWanted(branch, { answers, today })).toBe(true)
    expect(problems).toEqual([])
  })

  test.each(branches)('fills only fields that the form of $key has', ({ version, answers }) => {
    const known = new Set(
      formOf(version.formKey).definition.pages.flatMap(({ groups: all }) =>
        all.flatMap((group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key))),
      ),
    )
    expect(Object.keys(answers).filter((key) => !known.has(key))).toEqual([])
  })

  test.each(branches)('reads only fields that its own form has, for $key', ({ answers, when }) => {
    const own = formOf(formKey).definition.pages.flatMap(({ groups: all }) =>
      all.flatMap((group) => [group.key, ...group.fields.map(({ key }) => key)]),
    )
    const read = Object.values(answers).flatMap((text) =>
      [...text.matchAll(/\banswers\.([A-Za-z0-9.]+)/g)].map(([, path]) => path!),
    )
    const strange = read.filter((path) => !own.some((key) => path === key || path.startsWith(`${key}.`)))
    expect(strange).toEqual([])
    if (when !== null) expect(own.some((key) => when.startsWith(`${key} `))).toBe(true)
  })

  test('says what to do for the people when a branch fails', () => {
    for (const { compensation } of branches) expect(compensation?.text.vi).toBeTruthy()
  })
})

const wantedOf = (code: string, answers: Answers) =>
  versionOf(code)
    .linked!.branches.filter((branch) => isWanted(branch, { answers, today }))
    .map(({ key }) => key)

test('what was not wished for is no branch', async () => {
  expect(wantedOf('3.000722', await filed('linked-birth', { 'identityCard.wanted': false }))).toEqual([
    'birth',
    'residence',
    'insurance',
  ])
  expect(wantedOf('2.002913', await filed('linked-death', { 'support.kind': 'none' }))).toEqual([
    'death',
    'residence',
  ])
  expect(wantedOf('9.000001', await filed('linked-business', { 'insurance.register': false }))).toEqual([
    'registration',
    'tax',
  ])
})

test('a grandmother who files is no guardian of the child: the mother is', async () => {
  const filedBy = await filed('linked-birth', {
    'requester.relation': 'grandmother',
    'mother.fullName': 'Nguyễn Thị Mẫu Đơn',
    'mother.identityPaper': { kind: 'id', number: '099195000001' },
  })
  const residence = versionOf('3.000722').linked!.branches.find(({ key }) => key === 'residence')!
  expect(branchAnswers(residence, { answers: filedBy, results, today })).toMatchObject({
    'guardian.fullName': 'Nguyễn Thị Mẫu Đơn',
    'guardian.personalId': '099195000001',
  })
})

test('a branch whose number nobody drafted is begun all the same, without it', async () => {
  const card = versionOf('3.000722').linked!.branches.find(({ key }) => key === 'insurance')!
  const mapped = branchAnswers(card, { answers: await filed('linked-birth'), results: { birth: {} }, today })
  expect(mapped).not.toHaveProperty(['child.personalId'])
  expect(mapped['child.fullName']).toBe('Trần Ngọc Sen')
})
