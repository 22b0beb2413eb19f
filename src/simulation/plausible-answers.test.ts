import { expect, test } from 'vitest'
import { formJson, formKeys } from '../../test/builders/packages.ts'
import { accepted } from '../kernel/errors.ts'
import { type Answers, compileForm, validateAnswers } from '../modules/forms/index.ts'
import { simulatePerson } from './people.ts'
import { plausibleAnswers } from './plausible-answers.ts'
import { seededRandom } from './random.ts'

const formOf = (key: string) => accepted(compileForm(formJson(key)))
const today = '2026-11-20'

/** Forty people of all ages fill a form. */
function filings(key: string): { answers: Answers; problems: unknown[]; warnings: string[] }[] {
  const form = formOf(key)
  return Array.from({ length: 40 }, (_, seed) => {
    const random = seededRandom(seed + 1)
    const applicant = simulatePerson(random, { year: 2026 })
    const authority = { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen' }
    const channel = key === 'certified-copies' ? 'direct' : random.pick(['online', 'direct'] as const)
    const setting = { applicant, authority, communeCode: 'S9001', today, channel, random }
    const answers = plausibleAnswers(form, setting)
    const { problems, warnings } = validateAnswers(form, answers, { today, channel })
    return { answers, problems, warnings: warnings.map(({ code }) => code) }
  })
}

test.each(formKeys)('what simulated people tell in %s is accepted', (key) => {
  expect(filings(key).flatMap(({ problems }) => problems)).toEqual([])
})

test('mothers and fathers of newborns have plausible ages and give the child its surname', () => {
  for (const { answers, warnings } of filings('birth-registration')) {
    expect(warnings).not.toContain('forms.rule.motherAge')
    expect(sexOf(answers['mother.identityPaper'])).toBe('female')
    expect(sexOf(answers['father.identityPaper'])).toBe('male')
    expect(surname(answers['child.fullName'])).toBe(surname(answers['father.fullName']))
    expect(String(answers['child.dateOfBirth']) > String(answers['father.dateOfBirth'])).toBe(true)
    if (answers['requester.relation'] === 'mother')
      expect(answers['mother.fullName']).toBe(answers['requester.fullName'])
  }
})

test('a bride and a groom are two people of the right age', () => {
  for (const { answers, warnings } of filings('marriage-registration')) {
    expect(warnings).toEqual([])
    expect(sexOf(answers['wife.identityPaper'])).toBe('female')
    expect(sexOf(answers['husband.identityPaper'])).toBe('male')
  }
})

test('nobody dies before birth, and notices follow the death', () => {
  for (const key of ['death-registration', 'funeral-support']) {
    for (const { answers } of filings(key)) {
      expect(String(answers['deceased.dateOfBirth']) < String(answers['death.date'])).toBe(true)
      expect(String(answers['death.date']) <= today).toBe(true)
      const issuedOn = answers['deathNotice.issuedOn']
      if (issuedOn !== undefined) expect(String(issuedOn) >= String(answers['death.date'])).toBe(true)
    }
  }
})

test('houses fit their plots and their floors', () => {
  for (const { answers, warnings } of filings('building-permit')) {
    expect(warnings).toEqual([])
    expect(answers['house.footprint'] as number).toBeLessThanOrEqual(answers['plot.area'] as number)
    expect(answers['house.floorArea'] as number).toBeGreaterThanOrEqual(answers['house.footprint'] as number)
  }
})

const surname = (name: unknown) => String(name).split(' ')[0]
// Digit four of a personal number: century and sex.
const sexOf = (paper: unknown) =>
  Number((paper as { number: string }).number[3]) % 2 === 1 ? 'female' : 'male'
