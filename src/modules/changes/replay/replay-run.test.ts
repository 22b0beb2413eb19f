import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import type { Dossier } from '../../dossiers/index.ts'
import type { ProcedureChange } from '../change.ts'
import {
  askForReplay,
  effectiveParts,
  replayFor,
  replayLines,
  runReplays,
  savePart,
  startChange,
} from '../index.ts'

const desk = await aDesk()
const { db, database } = desk
afterAll(() => db.close())

const now = new Date('2026-11-20T02:00:00Z')
/** Each asks a little later than the one before. */
let minute = 0
const later = () => {
  minute += 1
  return new Date(now.getTime() + 60_000 * minute)
}
const parts = { db, now }
const running = { db, now: () => now }
const province = desk.officer('officer-control-1')
const ward = desk.officer(staff.control)
const wrong = [
  ['a citizen', desk.citizen()],
  ['reception', desk.officer(staff.reception)],
] as const

const filed: Dossier[] = []
let change: ProcedureChange
beforeAll(async () => {
  await migrateJobs(database.url)
  for (let i = 0; i < 4; i += 1) filed.push((await desk.file({ formKey: 'marital-status' })).dossier)
  // One was settled by another commune, and of one the answers were erased.
  await database.pool.query(
    "update dossiers.dossier set competent = 'H99.13', received_by = 'H99.13' where id = $1",
    [filed[2]!.id],
  )
  await database.pool.query('delete from dossiers.private where dossier_id = $1 and id = $2', [
    filed[3]!.id,
    filed[3]!.answersRef,
  ])
  change = accepted(
    await startChange(
      province,
      { code: '1.004873', kind: 'amend', title: 'Đổi', reason: 'Nghị quyết' },
      parts,
    ),
  )
  const { procedure } = await effectiveParts(db, change)
  const cases = structuredClone(procedure.cases)
  cases[0]!.limit = { ...cases[0]!.limit, amount: 9 }
  change = accepted(
    await savePart(
      province,
      { id: change.id, part: 'procedure', seen: 0, content: { ...procedure, cases } },
      parts,
    ),
  )
})

const codesOf = async (id: string) =>
  (await replayLines(db.pool, id, { kind: null, after: 0, limit: 10 })).map(({ code }) => code).toSorted()

test('the province replays the dossiers of all, and says whose answers were erased', async () => {
  accepted(await askForReplay(db, province, change, later()))
  expect(await runReplays(running)).toBe(true)
  const run = (await replayFor(db, province, change.id))!
  expect(run).toMatchObject({
    total: 4,
    looked: 4,
    erased: 1,
    differing: 3,
    counts: { time: 3 },
    problem: null,
  })
  expect(run.finishedAt).toEqual(now)
  expect(await codesOf(run.id)).toEqual([filed[0], filed[1], filed[2]].map((each) => each!.code).toSorted())
  const [line] = await replayLines(db.pool, run.id, { kind: 'time', after: 0, limit: 1 })
  expect(line).toMatchObject({
    authority: expect.stringMatching(/^H99\.1\d$/),
    kinds: ['time'],
    details: { limit: [{ amount: 3 }, { amount: 9 }] },
  })
  expect(await replayLines(db.pool, run.id, { kind: 'price', after: 0, limit: 10 })).toEqual([])
})

test('control of an authority sees its own dossiers alone', async () => {
  expect(await replayFor(db, ward, change.id)).toBeUndefined()
  accepted(await askForReplay(db, ward, change, later()))
  await runReplays(running)
  const run = (await replayFor(db, ward, change.id))!
  expect(run).toMatchObject({ authorities: ['H99.12'], total: 3, looked: 3, erased: 1, differing: 2 })
  expect(await codesOf(run.id)).not.toContain(filed[2]!.code)
})

test.each(wrong)('%s replays nothing and sees nothing', async (_who, actor) => {
  expect(await askForReplay(db, actor, change, later())).toMatchObject({ code: 'replay.not-yours' })
  expect(await replayFor(db, actor, change.id)).toBeUndefined()
})

test('a run that died goes on where it was', async () => {
  const { id } = accepted(await askForReplay(db, province, change, later()))
  const inOrder = filed.map((each) => each.id).toSorted()
  await database.pool.query(
    `update changes.replay_run set last_id = $2, looked = 2, differing = 2, counts = '{"time": 2}' where id = $1`,
    [id, inOrder[1]],
  )
  await runReplays(running)
  const differing = 2 + inOrder.slice(2).filter((each) => each !== filed[3]!.id).length
  expect(await replayFor(db, province, change.id)).toMatchObject({
    id,
    looked: 4,
    differing,
    counts: { time: differing },
  })
})

test('a draft that was changed meanwhile is not replayed as if it were the one asked about', async () => {
  accepted(await askForReplay(db, province, change, later()))
  const { procedure } = await effectiveParts(db, change)
  const seen = change.parts.procedure!.revision
  change = accepted(
    await savePart(
      province,
      { id: change.id, part: 'procedure', seen, content: { ...procedure, sets: 2 } },
      parts,
    ),
  )
  await runReplays(running)
  expect(await replayFor(db, province, change.id)).toMatchObject({
    looked: 0,
    problem: 'replay.changed-since',
  })
})

test('a draft that cannot run is refused with what is wrong', async () => {
  const { procedure } = await effectiveParts(db, change)
  const seen = change.parts.procedure!.revision
  const broken = accepted(
    await savePart(
      province,
      { id: change.id, part: 'procedure', seen, content: { ...procedure, cases: [] } },
      parts,
    ),
  )
  const refused = await askForReplay(db, province, broken, later())
  expect(isRefusal(refused) && refused.code).toBe('replay.not-ready')
})

test('of a procedure that is new there is nothing to replay', async () => {
  const isNew = { ...change, base: { procedure: null, form: null, process: null } }
  expect(await askForReplay(db, province, isNew, later())).toMatchObject({ code: 'replay.nothing-before' })
})
