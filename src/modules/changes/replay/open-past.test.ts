import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import { readStream } from '../../../kernel/journal.ts'
import { type Dossier, findByCode } from '../../dossiers/index.ts'
import type { ProcedureChange } from '../change.ts'
import {
  askForReplay,
  effectiveParts,
  openPast,
  pastReadingsOf,
  runReplays,
  savePart,
  startChange,
} from '../index.ts'

const desk = await aDesk()
const { db, database } = desk
afterAll(() => db.close())

const now = new Date('2026-11-20T02:00:00Z')
const parts = { db, now }
const province = desk.officer('officer-control-1')
const leader = desk.officer('officer-province-leader-1')

let change: ProcedureChange
let dossier: Dossier
let erased: Dossier
const opened = (actor: Parameters<typeof openPast>[0], code = dossier.code) =>
  openPast(actor, { change, code, locale: 'vi' }, parts)

beforeAll(async () => {
  await migrateJobs(database.url)
  dossier = (await desk.file({ formKey: 'marital-status' })).dossier
  erased = (await desk.file({ formKey: 'marital-status' })).dossier
  change = accepted(
    await startChange(
      province,
      { code: '1.004873', kind: 'amend', title: 'Đổi', reason: 'Nghị quyết' },
      parts,
    ),
  )
  const { procedure, form } = await effectiveParts(db, change)
  const cases = structuredClone(procedure.cases)
  cases[0]!.limit = { ...cases[0]!.limit, amount: 9 }
  for (const one of cases)
    one.fees = one.fees.map((fee) => ({ ...fee, amountVnd: 123_000, setBy: 'national' }))
  const pages = structuredClone(form.pages)
  pages[0]!.groups[0]!.fields.push({
    ...{ key: 'extra.reason', label: { vi: 'Vì sao cần gấp', en: 'Why in haste' }, type: 'text' },
    ...{ required: true, origin: 'asked', sources: [], offers: [], locked: false, sensitive: false },
  } as never)
  const save = async (part: string, content: unknown) => {
    change = accepted(await savePart(province, { id: change.id, part, seen: 0, content }, parts))
  }
  await save('procedure', { ...procedure, cases })
  await save('form', { ...form, pages })
})

test('nothing is opened before a run found a difference', async () => {
  expect(await opened(province)).toMatchObject({ code: 'replay.no-such-dossier' })
})

test('who reviews or publishes opens what came out differently, and sees on what it hangs', async () => {
  accepted(await askForReplay(db, province, change, now))
  await runReplays({ db, now: () => now })
  for (const actor of [province, leader]) {
    const found = accepted(await opened(actor))
    expect(found.line.kinds).toEqual(expect.arrayContaining(['asked', 'time']))
    expect([found.before.limit?.amount, found.after.limit?.amount]).toEqual([3, 9])
    expect(found.deciding).toContainEqual({
      kind: 'asked',
      of: { what: 'question', key: 'extra.reason' },
      before: null,
      after: { how: 'must', text: null },
      reads: [],
    })
    expect(found.facts).toMatchObject({ channel: 'online', submittedOn: '2026-11-19', pauses: 0 })
  }
})

test('names, identity, days of birth and free text are blacked out', async () => {
  const found = accepted(await opened(province))
  const { answers } = (await findByCode(db.pool, dossier.code))!
  const told = JSON.stringify(found)
  const personal = Object.entries(answers).filter(
    ([key, value]) =>
      /name|personalId|dateOfBirth|phone|email/i.test(key) && typeof value === 'string' && value.length > 3,
  )
  expect(personal.length).toBeGreaterThan(1)
  for (const [, value] of personal) expect(told).not.toContain(value)
  expect(found.answers.some(({ text }) => text === null)).toBe(true)
  expect(found.answers.some(({ text }) => text !== null)).toBe(true)
})

test('each opening is in the journal of the change, and is found by dossier', async () => {
  const before = (await pastReadingsOf(db.pool, dossier.id)).length
  accepted(await opened(leader))
  const readings = await pastReadingsOf(db.pool, dossier.id)
  expect(readings).toHaveLength(before + 1)
  expect(readings).toContainEqual({ at: now.toISOString(), officerId: leader.officerId, title: 'Đổi' })
  expect((await readStream(db.pool, change.id)).at(-1)).toMatchObject({
    kind: 'changes.past-opened',
    data: { code: dossier.code },
    actor: { id: leader.officerId },
  })
  expect(await pastReadingsOf(db.pool, erased.id)).toEqual([])
})

test.each([
  ['control of an authority', desk.officer(staff.control)],
  ['reception', desk.officer(staff.reception)],
  ['a citizen', desk.citizen()],
] as const)('%s opens nothing, and nothing is written down', async (_who, actor) => {
  const before = await pastReadingsOf(db.pool, dossier.id)
  expect(await opened(actor)).toMatchObject({ kind: 'forbidden', code: 'replay.not-yours' })
  expect(await pastReadingsOf(db.pool, dossier.id)).toEqual(before)
})

test('a dossier whose answers were erased meanwhile, of another procedure, or of nobody, is not there', async () => {
  await database.pool.query('delete from dossiers.private where dossier_id = $1 and id = $2', [
    erased.id,
    erased.answersRef,
  ])
  const other = (await desk.file({ formKey: 'birth-registration' })).dossier
  for (const code of [erased.code, other.code, 'H99.12-261119-99999', "'; drop table"])
    expect(await opened(province, code)).toMatchObject({ code: 'replay.no-such-dossier' })
})
