import { ProcedureVersion } from 'motcua/modules/catalogue'
import { describe, expect, test } from 'vitest'
import { formJson, reference } from '../../../test/builders/packages'
import { answersIn, carriedAnswers, eligibilityView } from './eligibility.view'

const marriage = ProcedureVersion.parse(reference('packages/marriage-registration/procedure'))
const pension = ProcedureVersion.parse(reference('packages/social-pension/procedure'))
const permit = ProcedureVersion.parse(reference('packages/building-permit/procedure'))
const facts = { today: '2026-11-22', locale: 'vi' as const, others: new Map<string, string>() }
const view = (version: ProcedureVersion, search: string) =>
  eligibilityView(version, new URLSearchParams(search), facts)

describe('the questions of marriage', () => {
  test('come one after the other, with what was answered along', () => {
    const first = view(marriage, '')
    expect(first).toMatchObject({ no: 1, of: 5, given: [], asked: { key: 'bothVietnamese', type: 'yes-no' } })
    const second = view(marriage, 'c.bothVietnamese=yes')
    expect(second.asked?.key).toBe('husband.dateOfBirth')
    expect(second.given).toEqual([{ name: 'c.bothVietnamese', value: 'yes' }])
  })

  test('a date is typed in three parts, and read on as one', () => {
    const three =
      'c.bothVietnamese=yes&c.husband.dateOfBirth.day=3&c.husband.dateOfBirth.month=2&c.husband.dateOfBirth.year=2000'
    expect(view(marriage, three)).toMatchObject({ asked: { key: 'wife.dateOfBirth' } })
    expect(view(marriage, three).given.at(-1)).toEqual({ name: 'c.husband.dateOfBirth', value: '2000-02-03' })
  })

  test('keep a day that does not exist in its boxes', () => {
    const wrong =
      'c.bothVietnamese=yes&hoi=husband.dateOfBirth&c.husband.dateOfBirth.day=31&c.husband.dateOfBirth.month=2&c.husband.dateOfBirth.year=2000'
    expect(view(marriage, wrong).asked).toMatchObject({
      ...{ key: 'husband.dateOfBirth', unanswered: true, typed: { day: '31', month: '2', year: '2000' } },
    })
  })

  test('say why not, and what to do instead', () => {
    expect(view(marriage, 'c.bothVietnamese=yes&c.husband.dateOfBirth=2008-01-01').outcome).toMatchObject({
      ...{
        can: false,
        text: expect.stringContaining('20 tuổi'),
        instead: expect.stringContaining('đủ 20 tuổi'),
      },
    })
  })

  const all =
    'c.bothVietnamese=yes&c.husband.dateOfBirth=2000-02-03&c.wife.dateOfBirth=2001-05-06&c.married=no&c.related=no'

  test('end with a way into the filing that carries the answers', () => {
    const { outcome } = view(marriage, all)
    expect(outcome).toMatchObject({ can: true })
    const begin = outcome?.can ? outcome.begin : ''
    const search = new URL(begin, 'http://x').searchParams
    // The form asks for the birthdays; whether they are married is not a question of it.
    expect(carriedAnswers(marriage, formJson('marriage-registration'), search)).toEqual({
      'husband.dateOfBirth': '2000-02-03',
      'wife.dateOfBirth': '2001-05-06',
    })
  })

  test('an answer can be changed; what came after it is asked again', () => {
    const change = view(marriage, all).answered.find(({ key }) => key === 'wife.dateOfBirth')?.change ?? ''
    expect(view(marriage, change.split('?')[1] ?? '').asked?.key).toBe('wife.dateOfBirth')
  })

  test('a question sent without an answer is asked again, and says so', () => {
    expect(view(marriage, 'hoi=bothVietnamese').asked).toMatchObject({
      key: 'bothVietnamese',
      unanswered: true,
    })
    expect(view(marriage, '').asked?.unanswered).toBe(false)
  })
})

test('who is not 75 is asked for the household, who is 75 is not', () => {
  expect(view(pension, 'c.born=1953-01-01').asked?.key).toBe('household')
  expect(view(pension, 'c.born=1950-01-01').asked?.key).toBe('pension')
  expect(view(pension, 'c.born=1990-01-01').outcome).toMatchObject({ can: false })
})

test('repairs and planned houses need no permit', () => {
  expect(view(permit, 'c.worksKind=inside').outcome).toMatchObject({ can: false })
  expect(view(permit, 'c.worksKind=new&c.planned=yes').outcome).toMatchObject({ can: false })
  expect(view(permit, 'c.worksKind=new&c.planned=no').outcome).toMatchObject({ can: true })
})

test.each([
  'c.born=2026-13-40',
  'c.born=%00',
  `c.born=${'9'.repeat(5000)}`,
  'c.__proto__=1',
  'c.constructor=1',
])('an address with %s is asked from the beginning', (search) => {
  expect(answersIn(pension.eligibility, new URLSearchParams(search))).toEqual({})
  expect(view(pension, search)).toMatchObject({ no: 1, answered: [] })
})

test('what a form does not ask, or asks otherwise, is not carried into it', () => {
  const search = new URLSearchParams('tra-loi.married=no&tra-loi.filer=male&tra-loi.wife.dateOfBirth=mai')
  expect(carriedAnswers(marriage, formJson('marriage-registration'), search)).toEqual({})
})
