import { describe, expect, test } from 'vitest'
import { type Closing, closingOf, dueOf, type Ended, endedBy, type Rule } from './due.ts'

const rule = (changes: Partial<Rule> & Pick<Rule, 'id'>): Rule => ({
  ...{
    validFrom: '2000-01-01',
    validTo: null,
    part: 'dossier',
    procedureCode: null,
    template: null,
    closing: null,
  },
  ...{ years: 10, basis: '', source: '', confidence: 'U' },
  ...changes,
})
const rules = [
  rule({ id: 'usual' }),
  rule({ id: 'withdrawn', closing: 'withdrawn', years: 5 }),
  rule({ id: 'procedure', procedureCode: '1.001', years: 3 }),
  rule({ id: 'land', procedureCode: '1.002', years: null }),
  rule({ id: 'old', closing: 'stopped', years: 1, validTo: '2029-12-31' }),
  rule({ id: 'new', closing: 'stopped', years: 7, validFrom: '2030-01-01' }),
  rule({ id: 'papers', part: 'result', years: null }),
  rule({ id: 'short papers', part: 'result', template: 'marital', years: 12 }),
  rule({ id: 'shorter papers', part: 'result', template: 'copy', years: 2 }),
]
const ended = (changes: Partial<Ended> = {}): Ended => ({
  ...{ procedureCode: '1.000', template: null, closing: 'granted', endedOn: '2026-03-05', holds: [] },
  ...changes,
})
const told = (facts: Ended, on: string) => {
  const due = dueOf(facts, rules, on)
  return 'dueOn' in due ? `${due.state} ${due.dueOn} ${due.rule.id}` : due.state
}

describe('when a dossier may go', () => {
  test.each<[string, Partial<Ended>, string, string]>([
    ['stays through the last day of its period', {}, '2036-12-31', 'kept 2036-12-31 usual'],
    ['is due on the day after', {}, '2037-01-01', 'due 2036-12-31 usual'],
    ['ends in January as in December', { endedOn: '2026-12-31' }, '2037-01-01', 'due 2036-12-31 usual'],
    ['follows how it ended', { closing: 'withdrawn' }, '2032-01-01', 'due 2031-12-31 withdrawn'],
    [
      'follows its procedure before how it ended',
      { closing: 'withdrawn', procedureCode: '1.001' },
      '2030-01-01',
      'due 2029-12-31 procedure',
    ],
    ['is never due when kept for ever', { procedureCode: '1.002' }, '2999-01-01', 'permanent'],
    ['is never due while open', { closing: null }, '2999-01-01', 'open'],
    ['is never due without a date', { endedOn: null }, '2999-01-01', 'open'],
    [
      'follows the rule in force on the day it is asked: before',
      { closing: 'stopped', endedOn: '2026-05-05' },
      '2029-06-01',
      'due 2027-12-31 old',
    ],
    [
      'and after the rule changed',
      { closing: 'stopped', endedOn: '2026-05-05' },
      '2030-06-01',
      'kept 2033-12-31 new',
    ],
    [
      'is held without a last day',
      { holds: [{ id: 'a', until: null }] },
      '2050-01-01',
      'held 2036-12-31 usual',
    ],
    [
      'is held through the last day of the hold',
      { holds: [{ id: 'a', until: '2050-01-01' }] },
      '2050-01-01',
      'held 2036-12-31 usual',
    ],
    [
      'is free on the day after',
      { holds: [{ id: 'a', until: '2050-01-01' }] },
      '2050-01-02',
      'due 2036-12-31 usual',
    ],
    [
      'waits for the longer period of its papers',
      { template: 'marital' },
      '2037-01-01',
      'kept 2038-12-31 usual',
    ],
    [
      'does not go earlier with short-lived papers',
      { template: 'copy' },
      '2036-12-31',
      'kept 2036-12-31 usual',
    ],
  ])('%s', (_name, changes, on, says) => {
    expect(told(ended(changes), on)).toBe(says)
  })

  test('papers kept for ever stay when the dossier goes', () => {
    expect(dueOf(ended({ template: 'birth' }), rules, '2037-01-01')).toMatchObject({
      state: 'due',
      keepResults: true,
    })
    expect(dueOf(ended({ template: 'copy' }), rules, '2037-01-01')).toMatchObject({ keepResults: false })
    expect(dueOf(ended(), rules, '2037-01-01')).toMatchObject({ keepResults: false, resultRule: undefined })
  })

  test('nothing goes where no period is stated', () => {
    expect(dueOf(ended(), [], '2999-01-01').state).toBe('open')
    const noPapers = rules.filter(({ part }) => part === 'dossier')
    expect(dueOf(ended({ template: 'birth' }), noPapers, '2999-01-01').state).toBe('permanent')
  })
})

test.each<[string, Parameters<typeof closingOf>[0] extends infer R ? Partial<R> : never, Closing | null]>([
  ['returned with a result', {}, 'granted'],
  ['returned with a no', { outcome: 'not-granted' }, 'not-granted'],
  ['withdrawn', { state: 'withdrawn', outcome: null }, 'withdrawn'],
  ['revoked afterwards', { resultState: 'revoked' }, 'revoked'],
  ['closed, but something waits', { openTasks: 1 }, null],
  ['open', { closedAt: null }, null],
])('how a dossier ended: %s', (_name, changes, closing) => {
  const row = {
    state: 'returned',
    outcome: 'granted',
    resultState: 'valid',
    closedAt: new Date(),
    openTasks: 0,
  }
  expect(closingOf({ ...row, ...changes })).toBe(closing)
})

test('what cannot be over yet is not looked at', () => {
  expect(endedBy(rules, '2037-06-01')).toBe('2035-12-31')
  expect(endedBy([rule({ id: 'a', years: null })], '2037-06-01')).toBe('1936-12-31')
})
