import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted, isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Actor, Person } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import { openTasks } from './dossier.ts'
import type { SubmissionInput } from './filing/submission-input.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, citizen, officer, submissionOf } = desk
afterAll(() => desk.db.close())

const formKey = 'marriage-registration'
const bride = citizen(formKey)
const groom: Person = {
  kind: 'person',
  personId: '0199d000-0000-7000-8000-0000000000bb',
  name: 'Trịnh Văn Lúa',
  personalId: '099088000003',
  assurance: 2,
  organisations: [],
}
const reception = officer(staff.reception)
const answersWith = async (changes: Record<string, unknown>, more: Partial<SubmissionInput> = {}) =>
  submissionOf(formKey, { ...more, answers: changes })
const submit = async (changes: Record<string, unknown> = {}, actor: Actor = bride, more = {}) =>
  desk.dossiers.submit(actor, await answersWith(changes, more), { key: randomUUID(), now: morning })
const filed = async (changes: Record<string, unknown> = {}) => accepted(await submit(changes)).dossier
const must = async (outcome: Promise<Outcome<Dossier>>) => accepted(await outcome)
const codeOf = (outcome: Outcome<unknown>) => (isRefusal(outcome) ? outcome.code : 'done')
const yes = { command: 'confirm' as const, seen: false }

describe('a marriage filed online by one of the two', () => {
  test('waits for the other, who is asked on their own phone', async () => {
    const dossier = await filed()
    expect(dossier).toMatchObject({
      state: 'awaiting-party',
      intakeDueAt: null,
      delivery: 'counter',
      otherParties: [{ no: 1, kind: 'second-party', confirmedAt: null }],
    })
    expect(openTasks(dossier)).toMatchObject([{ kind: 'confirm', role: 'applicant', subject: 1 }])
    expect(await desk.folded(dossier)).toEqual(await desk.stored(dossier))
    const view = accepted(await desk.dossiers.view(groom, dossier.code, { now: morning }))
    expect(view).toMatchObject({ asApplicant: false, asParty: 1 })
    expect(view.others).toEqual([
      { no: 1, name: 'Trịnh Văn Lúa', personalId: '099088000003', phone: '0912345603' },
    ])
  })

  test('reaches the office once the other agrees', async () => {
    const agreed = await must(act(groom, await filed(), yes))
    expect(agreed.state).toBe('submitted')
    expect(openTasks(agreed)).toMatchObject([{ kind: 'intake', role: 'reception' }])
    expect((await must(act(reception, agreed, { command: 'accept' }))).state).toBe('in-progress')
  })

  test('is not for the office before that', async () => {
    expect(codeOf(await act(reception, await filed(), { command: 'accept' }))).toBe(
      'dossiers.not-in-this-state',
    )
  })

  test('ends when the other does not agree, with the reason told', async () => {
    const ended = await must(act(groom, await filed(), { command: 'disagree', reason: 'Chưa hỏi ý tôi' }))
    expect(ended).toMatchObject({
      state: 'withdrawn',
      otherParties: [{ disagreedAt: morning.toISOString() }],
    })
    const view = accepted(await desk.dossiers.view(bride, ended.code, { now: morning }))
    expect(view.history.at(-1)).toMatchObject({ kind: 'dossiers.disagreed', text: 'Chưa hỏi ý tôi' })
  })

  test.each<[string, Partial<Person>]>([
    ['somebody with another number', { personalId: '099170000006' }],
    ['an account that only states its number', { assurance: 1 }],
  ])('does not exist for %s', async (_, changes) => {
    const dossier = await filed()
    const stranger = { ...groom, ...changes }
    expect(await act(stranger, dossier, yes)).toEqual(refusals.notFound())
    expect(await desk.dossiers.mine(stranger, { now: morning })).toEqual([])
  })

  test('is not agreed to by the one who filed it', async () => {
    expect(codeOf(await act(bride, await filed(), yes))).toBe('dossiers.not-your-role')
  })

  test('stands in both lists, and says whose answer it waits for', async () => {
    const { code } = await filed()
    const lineOf = async (person: Person) =>
      (await desk.dossiers.mine(person, { now: morning })).find((line) => line.code === code)
    expect(await lineOf(groom)).toMatchObject({ as: 'second-party', asked: true, applicantName: bride.name })
    expect(await lineOf(bride)).toMatchObject({ as: 'applicant', asked: false })
    await must(act(groom, { code }, yes))
    expect(await lineOf(groom)).toMatchObject({ as: 'second-party', asked: false })
  })

  test('goes to the man to confirm when the woman files, and the other way round', async () => {
    const columns = {
      filer: 'male',
      'wife.fullName': bride.name,
      'wife.dateOfBirth': bride.dateOfBirth,
      'wife.identityPaper': { kind: 'id', number: bride.personalId },
    }
    const dossier = accepted(await submit(columns, groom)).dossier
    expect(accepted(await desk.dossiers.view(bride, dossier.code, { now: morning })).asParty).toBe(1)
  })
})

test('both present at the counter need no second confirmation', async () => {
  const applicant = { name: bride.name, personalId: bride.personalId!, phone: '0912345605' }
  const { dossier } = accepted(await submit({}, reception, { applicant }))
  expect(dossier).toMatchObject({ state: 'submitted', channel: 'direct', otherParties: [] })
})

describe('is refused when', () => {
  const problems = async (changes: Record<string, unknown>, actor: Actor = bride) => {
    const outcome = await submit(changes, actor)
    return isRefusal(outcome)
      ? (outcome.details as { problems: { code: string }[] }).problems.map(({ code }) => code)
      : []
  }

  test('the other is named by a passport: they could not be asked', async () => {
    const passport = { 'husband.identityPaper': { kind: 'passport', number: 'B1234567' } }
    expect(
      await problems({ ...passport, 'husband.ethnicGroup': '01', 'husband.nationality': 'VN' }),
    ).not.toEqual([])
  })

  test('the other has no phone', async () => {
    expect(await problems({ 'partner.phone': undefined })).not.toEqual([])
  })

  test('the phone is not one that can be texted here', async () => {
    expect(await problems({ 'partner.phone': '+4915112345678' })).toEqual(['dossiers.second-party-phone'])
  })

  test('somebody names themselves as the other', async () => {
    expect(await problems({}, { ...bride, personalId: groom.personalId! })).toEqual([
      'dossiers.second-party-is-applicant',
    ])
  })

  test('one of the two is married', async () => {
    expect(await problems({ 'husband.maritalStatus': 'married' })).toEqual(['forms.rule.alreadyMarried'])
  })

  test('the groom is not yet twenty on the day of signing', async () => {
    expect(await problems({ 'husband.dateOfBirth': '2006-11-26' })).toEqual(['forms.rule.husbandAge'])
    expect(await problems({ 'husband.dateOfBirth': '2006-11-25' })).toEqual([])
  })
})
