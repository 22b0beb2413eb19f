import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Answers, findVersion, type ProcedureVersion, RoutingRule } from '../../catalogue/index.ts'
import type { Officer } from '../../identity/index.ts'
import { takesIn } from './place-of-filing.ts'
import { competentFor } from './routing.ts'
import type { SubmissionInput } from './submission-input.ts'

const desk = await aDesk()
const { db } = desk
afterAll(() => desk.db.close())

const on = dateOfLaw(morning)
const text = { vi: 'Nơi cư trú', en: 'Where they live' }
const procedure = async (code: string) => (await findVersion(db, code, on))!
const marital = await procedure('1.004873')
const residence = 'subject.residence.communeCode'
const ruledBy = (rule: object, changes: Partial<ProcedureVersion> = {}): ProcedureVersion => ({
  ...marital,
  ...changes,
  routing: [RoutingRule.parse({ territory: residence, text, ...rule })],
})
const living = (communeCode: string): Answers => ({ 'subject.residence': { communeCode } })
const choosing = (code: string): Answers => ({ receivingAgency: { code } })

async function competent(version: ProcedureVersion, answers: Answers, fallback?: string) {
  const found = await competentFor(db, version, answers, on, fallback)
  return isRefusal(found) ? [found.code.replace('dossiers.', ''), found.details] : found.code
}

describe('who settles', () => {
  const people = ruledBy({})
  const strict = ruledBy({ binding: true })

  test('is the authority of the commune that the rule names, whoever takes it in', async () => {
    expect(await competent(people, living('S9002'))).toBe('H99.13')
    expect(await competent(people, living('S9002'), 'H99.12')).toBe('H99.13')
    expect(
      await competent(await procedure('1.004194'), { 'content.address': { communeCode: 'S9003' } }),
    ).toBe('H99.10.03')
  })

  test.each([
    ['insurance', 'Hộ tịch', 'H99.07'],
    ['tax', 'Hộ tịch', 'H99.08'],
    ['provincial-police', 'Hộ tịch', 'H99.10'],
    ['department', 'Hộ tịch', 'H99.03'],
    ['department', 'Đất đai', 'H99.05'],
  ] as const)('of kind %s serves the whole province, for %s', async (kind, name, code) => {
    const version = ruledBy({ kind }, { field: { code: null, name } })
    expect(await competent(version, living('S9007'))).toBe(code)
  })

  test('is nobody where several could and no field tells them apart', async () => {
    const version = ruledBy({ kind: 'department' }, { field: { code: null, name: 'Chuyện khác' } })
    expect(await competent(version, living('S9001'))).toEqual(['nobody-competent', expect.anything()])
  })

  test.each([
    ['a commune outside the installation', '00004'],
    ['a code that never was', '99999'],
    ['a commune without a police of its own', 'S9009'],
  ])('is nobody for %s', async (_what, code) => {
    const version = ruledBy({ kind: 'commune-police' })
    expect(await competent(version, living(code))).toEqual(['nobody-competent', expect.anything()])
  })

  test('is who was chosen where the law leaves a choice, and who is asked for without a rule', async () => {
    expect(await competent(people, { ...living('S9002'), ...choosing('H99.12') })).toBe('H99.12')
    expect(await competent({ ...marital, routing: [] }, choosing('H99.14'))).toBe('H99.14')
    expect(await competent({ ...marital, routing: [] }, {}, 'H99.12')).toBe('H99.12')
    expect(await competent(people, choosing('H99.12'))).toBe('H99.12')
  })

  test('is not who was chosen against a binding rule', async () => {
    expect(await competent(strict, { ...living('S9002'), ...choosing('H99.12') })).toEqual([
      'other-authority-competent',
      expect.objectContaining({ competent: 'H99.13', why: text }),
    ])
    expect(await competent(strict, { ...living('S9002'), ...choosing('H99.13') })).toBe('H99.13')
  })

  test.each([
    ['nobody', undefined],
    ['an authority that does not settle such things', 'H99.03'],
    ['an authority that never was', 'Z00'],
  ])('cannot be %s', async (_who, code) => {
    const outcome = await competent({ ...marital, routing: [] }, code ? choosing(code) : {})
    expect(outcome).toEqual(['wrong-receiver', { receiving: code ?? '' }])
  })
})

describe('an address of before a reorganisation', () => {
  const moved = ruledBy({ binding: true })
  beforeAll(() =>
    desk.database.pool.query(`
      insert into directory.commune_mapping
        (old_province_code, old_district_code, old_commune_code, new_province_code, new_commune_code, divided)
      values ('X9', 'X901', 'X9001', 'S9', 'S9002', false),
             ('X9', 'X901', 'X9002', 'S9', 'S9001', true), ('X9', 'X901', 'X9002', 'S9', 'S9003', true)`),
  )

  test('leads to the commune of today', async () => {
    expect(await competent(moved, living('X9001'))).toBe('H99.13')
  })

  test('that was divided asks the person, and takes their word', async () => {
    expect(await competent(moved, living('X9002'))).toEqual([
      'divided-place',
      expect.objectContaining({
        territory: 'X9002',
        choices: [
          { code: 'S9001', name: 'Phường Hoa Sen' },
          { code: 'S9003', name: 'Xã Mai Thượng' },
        ],
      }),
    ])
    expect(await competent(moved, { ...living('X9002'), ...choosing('H99.14') })).toBe('H99.14')
    expect(await competent(moved, { ...living('X9002'), ...choosing('H99.13') })).toEqual([
      'divided-place',
      expect.anything(),
    ])
  })
})

describe('an authority that was reorganised', () => {
  test('is answered for by who took over, also where its code was chosen', async () => {
    const { database } = desk
    await database.pool.query(`update directory.authority set valid_to = '2026-11-01' where code = 'H99.40'`)
    await database.pool.query(`
      with decision as (
        insert into directory.reorganisation (id, sequence, head_hash, number, issued_on, issued_by, title, effective_on,
          lines, officers, grants, state, drafted_by, drafted_at, approved_by, approved_at, applied_at)
        values ('${randomUUID()}', 1, '\\x00', '1/NQ', '2026-10-01', 'HĐND', 'Sáp nhập', '2026-11-02', '[]', '[]', 'end',
          'applied', 'a', now(), 'b', now(), now()) returning id)
      insert into directory.succession (from_code, to_code, effective_on, decision, rule)
      select 'H99.40', 'H99.41', '2026-11-02', id, '{"kind": "whole"}' from decision`)
    const { forgetAuthorities } = await import('../../directory/index.ts')
    forgetAuthorities(db)
    expect(await competent(ruledBy({}), living('S9029'))).toBe('H99.41')
    expect(await competent({ ...marital, routing: [] }, choosing('H99.40'))).toBe('H99.41')
  })
})

describe('a counter', () => {
  const benGo = desk.officer(staff.elsewhere)
  const centre = desk.officer('officer-centre-reception-1')
  const police = desk.officer('officer-ben-go-police-reception-1')

  async function file(
    actor: Officer,
    formKey: string,
    changes: Partial<SubmissionInput>,
    channel?: 'online',
  ) {
    const input = await desk.submissionOf(formKey, changes)
    const applicant = { name: 'Lò Thị Ban', phone: '0912345678' }
    const options = { key: randomUUID(), now: morning, ...(channel && { channel }) }
    const filed = await desk.dossiers.submit(actor, { ...input, applicant }, options)
    if (isRefusal(filed)) return filed.code
    const { receivedBy, competent: settledBy, helpedBy, tasks } = filed.dossier
    return { receivedBy, settledBy, helpedBy, intakeAt: tasks[0]!.authority }
  }

  test.each([
    ['of another commune', benGo, 'H99.13'],
    ['of the provincial centre', centre, 'H99.01'],
  ])('%s takes it in, the rule says who settles', async (_which, officer, here) => {
    expect(await file(officer, 'marital-status', {})).toEqual({
      receivedBy: here,
      settledBy: 'H99.12',
      helpedBy: null,
      intakeAt: here,
    })
  })

  test('in the commune of the plot settles what it takes in', async () => {
    expect(await file(benGo, 'building-permit', {})).toMatchObject({
      receivedBy: 'H99.13',
      settledBy: 'H99.13',
    })
  })

  test('that may not take something in helps to file it online', async () => {
    expect(await file(centre, 'temporary-residence', {})).toBe('dossiers.not-received-here')
    expect(await file(centre, 'temporary-residence', {}, 'online')).toEqual({
      receivedBy: 'H99.10.01',
      settledBy: 'H99.10.01',
      helpedBy: 'H99.01',
      intakeAt: 'H99.10.01',
    })
  })

  test('that files online with its own authority helps nobody else', async () => {
    const own = { 'content.address': { communeCode: 'S9002', detail: 'Thôn 1' } }
    expect(await file(police, 'temporary-residence', { answers: own }, 'online')).toMatchObject({
      receivedBy: 'H99.10.02',
      settledBy: 'H99.10.02',
      helpedBy: null,
    })
  })

  test('of a department takes in for no commune', async () => {
    const justice = desk.officer('officer-justice-reception-1')
    expect(await file(justice, 'marital-status', {})).toBe('dossiers.not-received-here')
  })

  test('settles itself only what follows no place', async () => {
    const copies = { receiving: undefined } as Partial<SubmissionInput>
    expect(await file(benGo, 'certified-copies', copies)).toMatchObject({ settledBy: 'H99.13' })
    const place = { 'content.address': undefined }
    const none = await file(police, 'temporary-residence', { answers: place })
    expect(none).toMatch(/incomplete|wrong-receiver/)
  })

  test('receives by its kind', async () => {
    const version = await procedure('1.004194')
    expect(takesIn(version, { kind: 'commune' })).toBe(true)
    expect(takesIn(version, { kind: 'provincial-centre' })).toBe(false)
    expect(takesIn(version, { kind: 'department' })).toBe(false)
  })
})

test('what registers know of the people routes an online filing', async () => {
  const { dossiers, citizen, submissionOf } = desk
  const input = await submissionOf('marital-status')
  const filed = accepted(await dossiers.submit(citizen(), input, { key: randomUUID(), now: morning }))
  expect(filed.dossier).toMatchObject({ receivedBy: 'H99.12', competent: 'H99.12', helpedBy: null })
})
