import { describe, expect, test } from 'vitest'
import { officerAmong } from '../../../test/builders/officers.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import { allOfficers } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { isShorter } from './province-overrides.ts'
import {
  endProvinceOverride,
  listProvinceOverrides,
  overrideRefusals,
  setProvinceOverride,
} from './set-province-override.ts'
import { findVersion, getVersion } from './version-store.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
const now = new Date('2026-11-19T02:00:00Z')
const officers = await allOfficers(db)
const officer = officerAmong(officers)
const control = officer('officer-control-1')
const stated = { resolution: { number: '12/2026/NQ-HĐND', on: '2026-11-10' }, validTo: null }
const set = (actor: Actor, changes: Record<string, unknown>) =>
  setProvinceOverride(actor, { ...stated, validFrom: '2026-12-01', ...changes }, { db, now })
const version = async (code: string, on: string) => (await findVersion(db, code, on))!
const problemsOf = (outcome: unknown) =>
  isRefusal(outcome) ? (outcome.details as { problems: { field: string; code: string }[] }).problems : []

describe('a province sets', () => {
  test('a fee that the law leaves to it, from a day on', async () => {
    accepted(
      await set(control, {
        procedureCode: '1.004873',
        rule: { kind: 'fee', feeKey: 'certificate', amountVnd: 12_000 },
      }),
    )
    const fee = async (on: string) => (await version('1.004873', on)).cases[0]?.fees[0]
    expect(await fee('2026-11-30')).toMatchObject({ amountVnd: 15_000, override: { sample: true } })
    expect(await fee('2026-12-01')).toMatchObject({
      ...{ amountVnd: 12_000, basis: '12/2026/NQ-HĐND', override: { province: 'H99', sample: false } },
    })
  })

  test('a shorter limit, for all cases or one, with its resolution on it', async () => {
    const rule = { kind: 'limit', caseCode: null, amount: 2, unit: 'working-day' }
    accepted(await set(control, { procedureCode: '1.004873', rule }))
    expect((await version('1.004873', '2026-11-30')).cases[0]?.limit.amount).toBe(3)
    expect((await version('1.004873', '2026-12-01')).cases[0]?.limit).toMatchObject({
      ...{ amount: 2, unit: 'working-day', override: { province: 'H99', basis: '12/2026/NQ-HĐND' } },
    })
    // The national edition is what others inherit.
    expect(
      (await findVersion(db, '1.004873', '2026-12-01', { province: 'H01' }))?.cases[0]?.limit.amount,
    ).toBe(3)
  })

  test('the unit that executes', async () => {
    const rule = { kind: 'executing', authorityKind: 'department', text: 'Sở Tư pháp' }
    accepted(await set(control, { procedureCode: '2.000635', rule }))
    expect((await version('2.000635', '2026-12-01')).executing).toMatchObject({
      ...{ kind: 'department', text: 'Sở Tư pháp', override: { province: 'H99' } },
    })
  })

  test('nothing for dossiers of today by what begins later', async () => {
    expect((await getVersion(db, '1.004873', 1)).cases[0]?.limit.amount).toBe(3)
  })

  test('with an entry in the journal of the province', async () => {
    const { rows } = await database.pool.query<{ stream: string }>(
      "select stream from catalogue.province where code = 'H99'",
    )
    const entries = await readStream(db.pool, rows[0]!.stream)
    expect(entries.map(({ kind }) => kind)).toEqual(Array(3).fill('catalogue.province-rule-set'))
    expect(entries[0]).toMatchObject({
      actor: { kind: 'officer', id: 'officer-control-1' },
      data: { procedureCode: '1.004873', resolution: { number: '12/2026/NQ-HĐND' } },
    })
    expect(verifyStream(entries)).toBeUndefined()
  })
})

describe('a province may not', () => {
  test.each([
    [
      'lengthen a limit',
      '1.004873',
      { kind: 'limit', caseCode: null, amount: 4, unit: 'working-day' },
      'amount',
      'not-shorter',
    ],
    [
      'keep it as long',
      '1.004884',
      { kind: 'limit', caseCode: null, amount: 5, unit: 'working-day' },
      'amount',
      'not-shorter',
    ],
    [
      'say days that may be longer',
      '1.004884',
      { kind: 'limit', caseCode: null, amount: 5, unit: 'day' },
      'amount',
      'not-shorter',
    ],
    [
      'change a fee set nationally',
      '2.000635',
      { kind: 'fee', feeKey: 'copies', amountVnd: 1 },
      'feeKey',
      'fee-is-national',
    ],
    [
      'price what is not there',
      '2.000635',
      { kind: 'fee', feeKey: 'nothing', amountVnd: 1 },
      'feeKey',
      'no-such-fee',
    ],
    [
      'name a case that is not there',
      '1.004873',
      { kind: 'limit', caseCode: 'x', amount: 1, unit: 'day' },
      'caseCode',
      'no-such-case',
    ],
    [
      'charge less than nothing',
      '1.004873',
      { kind: 'fee', feeKey: 'certificate', amountVnd: -1 },
      'amountVnd',
      'missing',
    ],
  ])('%s', async (_, procedureCode, rule, field, code) => {
    expect(problemsOf(await set(control, { procedureCode, rule }))).toContainEqual(
      expect.objectContaining({ field, code }),
    )
  })

  const rule = { kind: 'fee', feeKey: 'registration', amountVnd: 5_000 }
  test.each([
    ['in the past', { validFrom: '2026-11-18' }, 'validFrom'],
    ['that ends before it begins', { validTo: '2026-11-30' }, 'validTo'],
    ['by a resolution of tomorrow', { resolution: { number: '1', on: '2026-11-20' } }, 'resolutionOn'],
    ['without a resolution', { resolution: { number: ' ', on: '2026-11-01' } }, 'resolutionNumber'],
    ['of an unknown procedure', { procedureCode: '9.999999' }, 'procedureCode'],
    ['on a day that is none', { validFrom: 'mai' }, 'validFrom'],
  ])('set a rule %s', async (_, changes, field) => {
    const outcome = await set(control, { procedureCode: '1.004884', rule, ...changes })
    expect(problemsOf(outcome).map((problem) => problem.field)).toContain(field)
  })

  test('set two rules about the same thing for the same days', async () => {
    const again = { procedureCode: '1.004873', rule: { kind: 'fee', feeKey: 'certificate', amountVnd: 1 } }
    expect(problemsOf(await set(control, { ...again, validFrom: '2027-01-01' }))).toMatchObject([
      { field: 'validFrom', code: 'overlaps' },
    ])
  })
})

describe('setting and ending a rule is', () => {
  const rule = { kind: 'fee', feeKey: 'registration', amountVnd: 5_000 }
  const asked = { procedureCode: '1.004884', rule }
  const others = officers.filter(
    ({ officerId, posts }) =>
      officerId !== control.officerId && !posts.some(({ roles }) => (roles as string[]).includes('control')),
  )

  test('for procedure control of the province only', async () => {
    const denied: Actor[] = [
      { kind: 'anonymous' },
      officer(others[0]!.officerId),
      { ...control, posts: control.posts.map((post) => ({ ...post, authorityCode: 'H99.12' })) },
      { ...control, posts: control.posts.map((post) => ({ ...post, procedures: ['1.004884'] })) },
    ]
    for (const actor of denied) {
      expect(await set(actor, asked)).toEqual(overrideRefusals.notYours())
      const [known] = await listProvinceOverrides(db, 'H99')
      expect(await endProvinceOverride(actor, { id: known!.id, lastDay: null }, { db, now })).toEqual(
        overrideRefusals.notYours(),
      )
    }
    expect(isRefusal(await set(control, asked))).toBe(false)
  })

  test('taking back a rule that has not begun leaves the national terms', async () => {
    const coming = (await listProvinceOverrides(db, 'H99')).find(
      ({ procedureCode }) => procedureCode === '1.004884',
    )!
    accepted(await endProvinceOverride(control, { id: coming.id, lastDay: null }, { db, now }))
    expect((await version('1.004884', '2026-12-01')).cases[0]?.fees[0]?.amountVnd).toBe(8_000)
    expect(await endProvinceOverride(control, { id: coming.id, lastDay: null }, { db, now })).toEqual(
      overrideRefusals.ended(),
    )
  })

  test('a rule in force ends on a day that has not passed', async () => {
    const later = new Date('2026-12-10T02:00:00Z')
    const held = (await listProvinceOverrides(db, 'H99')).find(
      ({ procedureCode }) => procedureCode === '2.000635',
    )!
    const end = (lastDay: string | null) =>
      endProvinceOverride(control, { id: held.id, lastDay }, { db, now: later })
    expect(problemsOf(await end(null))).toMatchObject([{ field: 'lastDay' }])
    expect(problemsOf(await end('2026-12-09'))).toMatchObject([{ field: 'lastDay' }])
    accepted(await end('2026-12-31'))
    expect((await version('2.000635', '2026-12-31')).executing.text).toBe('Sở Tư pháp')
    expect((await version('2.000635', '2027-01-01')).executing.override).toBeUndefined()
  })

  test('a rule that does not exist is not found', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    expect(await endProvinceOverride(control, { id, lastDay: null }, { db, now })).toEqual(
      overrideRefusals.unknown(),
    )
  })
})

test.each([
  [{ amount: 16, unit: 'working-hour' }, { amount: 3, unit: 'working-day' }, true],
  [{ amount: 24, unit: 'working-hour' }, { amount: 3, unit: 'working-day' }, false],
  [{ amount: 1, unit: 'same-day' }, { amount: 2, unit: 'working-day' }, true],
  [{ amount: 1, unit: 'same-day' }, { amount: 1, unit: 'working-day' }, false],
  [{ amount: 5, unit: 'working-day' }, { amount: 9, unit: 'day' }, true],
  [{ amount: 5, unit: 'working-day' }, { amount: 7, unit: 'day' }, false],
  [{ amount: 4, unit: 'day' }, { amount: 5, unit: 'working-day' }, true],
  [{ amount: 5, unit: 'day' }, { amount: 5, unit: 'working-day' }, false],
  [{ amount: 4, unit: 'working-hour' }, { amount: 1, unit: 'same-day' }, true],
] as const)('%o shorter than %o: %s', (given, than, shorter) => {
  expect(isShorter(given, than)).toBe(shorter)
})
