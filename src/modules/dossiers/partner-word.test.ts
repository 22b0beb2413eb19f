import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on } from '../../../test/builders/a-life.ts'
import { accepted } from '../../kernel/errors.ts'
import { forgetVersions } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import { nationalStatus } from './derived.ts'
import { readStuck } from './desk/stuck-list.ts'
import type { Dossier, PartnerWord } from './dossier.ts'
import { isNews, PartnerReport, readPartnerWords } from './partner-word.ts'

const desk = await aDesk()
const { db, dossiers } = desk
const { act, inProgress, specialist, leader, reception, citizen, rowAndFold, decided } = livesOf(desk)
afterAll(() => desk.db.close())

type System = Extract<Actor, { kind: 'system' }>
const partner = (changes: Partial<System> = {}): System => ({
  kind: 'system',
  clientId: '0199d000-0000-7000-8000-00000000c11e',
  name: 'Nền tảng của bộ',
  scopes: ['dossiers:partner-status'],
  partner: 'moj-civil-status',
  ...changes,
})

const says = (status: number, changes: Partial<PartnerReport> = {}): PartnerReport => ({
  ...{ status, stage: 'processing', statedAt: on(19, '09:30').toISOString(), text: null },
  ...changes,
})
const report = (
  { code }: Pick<Dossier, 'code'>,
  word: PartnerReport,
  { actor = partner() as Actor, key = randomUUID() as string, now = on(19, '10:00') } = {},
) => dossiers.reportPartnerStatus(actor, { code, key, ...word }, { now })
const wordOf = async (dossier: Dossier) => (await desk.stored(dossier)).partnerWord
const nationalOf = async (dossier: Dossier) => {
  const { rows } = await desk.database.pool.query(
    'select national_status from dossiers.dossier where code = $1',
    [dossier.code],
  )
  return rows[0].national_status
}

/** From here on the ministry's platform says the status while marital status is worked on. */
async function processedElsewhere(rules: object[]) {
  await desk.database.pool.query(
    `update catalogue.procedure_version set definition = definition || $1 where procedure_code = '1.004873'`,
    [JSON.stringify({ statusAuthority: rules })],
  )
  forgetVersions(db)
}
const theirs = { stage: 'processing', system: 'moj-civil-status', source: 'Quyết định mẫu' }

describe('the word of a partner where we are the authority', () => {
  test('is kept beside ours with its source and time, and changes no status', async () => {
    const dossier = await inProgress()
    const answer = accepted(await report(dossier, says(9, { text: 'Đã ký số' })))
    const word = {
      ...{ source: 'moj-civil-status', status: 9, stage: 'processing', authoritative: false },
      ...{ statedAt: on(19, '09:30').toISOString(), receivedAt: on(19, '10:00').toISOString() },
    }
    expect(answer).toEqual({ code: dossier.code, source: 'moj-civil-status', news: true, word })
    const [row, fold] = await rowAndFold(dossier)
    expect(row).toMatchObject({ state: 'in-progress', partnerWord: word })
    expect(fold).toEqual(row)
    expect(await nationalOf(dossier)).toBe(2)
    expect(await readPartnerWords(db.pool, dossier.id)).toMatchObject([{ status: 9, text: 'Đã ký số' }])
    expect(codeOf(await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }))).toBe('done')
  })

  test('stands on the alarm list when it says something else for a working day', async () => {
    const dossier = await inProgress()
    await report(dossier, says(9))
    const reasonsOn = async (now: Date) =>
      (await readStuck(db, ['H99.12'], { now })).lines
        .find((line) => line.dossier.id === dossier.id)
        ?.alarms.map(({ reason }) => reason) ?? []
    expect(await reasonsOn(on(19, '13:45'))).not.toContain('partner-differs')
    expect(await reasonsOn(on(20, '13:45'))).toContain('partner-differs')
  })

  test('late or repeated never puts it back, and is kept', async () => {
    const dossier = await inProgress()
    const key = randomUUID()
    await report(dossier, says(6), { key })
    expect(await report(dossier, says(6), { key })).toMatchObject({ news: false, word: { status: 6 } })
    const late = says(4, { statedAt: on(19, '09:10').toISOString() })
    expect(await report(dossier, late)).toMatchObject({ news: false, word: { status: 6 } })
    expect(await report(dossier, says(5))).toMatchObject({ news: false })
    expect(await wordOf(dossier)).toMatchObject({ status: 6 })
    expect(await readPartnerWords(db.pool, dossier.id)).toHaveLength(3)
    const { sequence } = await desk.stored(dossier)
    expect(sequence).toBe(dossier.sequence + 1)
  })

  test('twenty times at once is one entry', async () => {
    const dossier = await inProgress()
    const key = randomUUID()
    const all = await Promise.all(Array.from({ length: 20 }, () => report(dossier, says(9), { key })))
    expect(all.map(codeOf).every((code) => code === 'done' || code === 'dossiers.acted-meanwhile')).toBe(true)
    expect((await desk.stored(dossier)).sequence).toBe(dossier.sequence + 1)
  })

  test.each([
    ['another word under the same key', { key: 'one-key-only' }, says(3), 'dossiers.key-used-otherwise'],
    ['a word from tomorrow', {}, says(4, { statedAt: on(20).toISOString() }), 'dossiers.date-is-ahead'],
  ])('%s is refused', async (_what, options, word, code) => {
    const dossier = await inProgress()
    await report(dossier, says(9), { key: 'one-key-only' })
    expect(codeOf(await report(dossier, word, options))).toBe(code)
  })

  test.each([
    ['a system that is no partner', { ...partner(), partner: undefined } as unknown as Actor],
    ['a partner of other authorities', partner({ authorityCodes: ['H99.13'] })],
    ['an officer', desk.officer(staff.reception)],
    ['a person', desk.citizen()],
  ])('is not taken from %s', async (_who, actor) => {
    const dossier = await inProgress()
    expect(codeOf(await report(dossier, says(9), { actor }))).toBe('dossiers.not-found')
    expect(await wordOf(dossier)).toBeNull()
  })
})

describe('the word of the authority of a stage', () => {
  beforeAll(() => processedElsewhere([theirs]))

  test('is the status shown, and acts of that stage are refused here by its name', async () => {
    const dossier = await inProgress()
    expect(await nationalOf(dossier)).toBe(2)
    expect(await report(dossier, says(6))).toMatchObject({ word: { authoritative: true } })
    expect(await nationalOf(dossier)).toBe(6)
    const refused = await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' })
    expect(refused).toMatchObject({
      code: 'dossiers.status-elsewhere',
      details: { system: 'moj-civil-status', stage: 'processing' },
    })
    expect(codeOf(await act(leader, dossier, { command: 'stop', reason: 'Hết' }))).toBe(
      'dossiers.status-elsewhere',
    )
    expect(codeOf(await act(specialist, dossier, { command: 'note', note: 'Chờ bộ' }))).toBe('done')
    expect(codeOf(await act(citizen, dossier, { command: 'message', text: 'Đến đâu rồi ạ?' }))).toBe('done')
    const view = accepted(await dossiers.view(specialist, dossier.code, { now: morning }))
    expect(view.actions.map(({ command }) => command)).not.toContain('completeStep')
    const [row, fold] = await rowAndFold(dossier)
    expect(fold).toEqual(row)
  })

  test('leaves the intake and the result to us', async () => {
    const { dossier } = await desk.file()
    expect(codeOf(await act(reception, dossier, { command: 'accept' }))).toBe('done')
  })

  test('is not silenced by a bystander', async () => {
    const dossier = await inProgress()
    await report(dossier, says(6))
    const later = says(9, { statedAt: on(19, '09:50').toISOString() })
    const answer = await report(dossier, later, { actor: partner({ partner: 'somebody-else' }) })
    expect(answer).toMatchObject({ news: false, word: { source: 'moj-civil-status', status: 6 } })
    expect(await nationalOf(dossier)).toBe(6)
  })

  test('counts no longer once the dossier is in a stage of ours', async () => {
    await processedElsewhere([])
    const result = await decided(await inProgress())
    const partnerWord: PartnerWord = {
      ...{ source: 'moj-civil-status', status: 6, stage: 'processing', authoritative: true },
      ...{ statedAt: on(19).toISOString(), receivedAt: on(19).toISOString() },
    }
    expect(nationalStatus({ ...result, partnerWord })).toBe(9)
    await processedElsewhere([theirs])
  })
})

test.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '1999-12-31T23:59:59Z'])(
  'a word of %s is not understood',
  (statedAt) => {
    expect(PartnerReport.safeParse({ status: 1, stage: 'intake', statedAt }).success).toBe(false)
  },
)

describe('which word stands', () => {
  const word = (changes: Partial<PartnerWord> = {}): PartnerWord => ({
    ...{ source: 'a', status: 4, stage: 'processing', authoritative: false },
    ...{ statedAt: '2026-11-19T02:00:00.000Z', receivedAt: '2026-11-19T02:00:00.000Z' },
    ...changes,
  })
  const later = '2026-11-19T03:00:00.000Z'

  test.each([
    ['the first', null, word(), true],
    ['a newer one', word(), word({ statedAt: later }), true],
    ['one of the same moment', word(), word({ status: 9 }), false],
    ['an older one', word({ statedAt: later }), word(), false],
    [
      'a newer one of a bystander',
      word({ authoritative: true }),
      word({ source: 'b', statedAt: later }),
      false,
    ],
    ['a newer one of record', word(), word({ source: 'b', authoritative: true, statedAt: later }), true],
  ])('%s', (_which, before, after, expected) => {
    expect(isNews(before, after)).toBe(expected)
  })
})
