import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import { addEdition, findVersion, forgetVersions, takeEditionBack } from '../../catalogue/index.ts'
import { verifyDossiers } from '../verify.ts'
import { runBulkMoves } from './bulk-move-run.ts'
import { editionMoves, findBulkMove } from './bulk-move-store.ts'
import type { EditionRule } from './edition-plan.ts'
import { askForEditionMove, previewEditionMove, previewMoveBack } from './move-editions.ts'

const desk = await aDesk()
const { act, db, file, officer, stored, folded, database } = desk
afterAll(() => db.close())
const code = '1.004873'
const on = '2026-11-20'
const at = (day: string) => new Date(`${day}T02:00:00.000Z`)
const parts = (day: string) => ({ db, now: () => at(day), rest: 0 })
const announced = { by: 'officer-control-1', decision: { number: '9/QĐ-UBND', on }, at: at(on) }

async function edition(version: number, amount: number, validFrom: string) {
  const first = (await findVersion(db, code, '2026-11-19'))!
  const cases = first.cases.map((each) => ({ ...each, limit: { ...each.limit, amount } }))
  return { ...first, version, cases, validFrom, validTo: null }
}

async function publish(version: number, amount: number, validFrom: string) {
  await addEdition(database.pool, await edition(version, amount, validFrom), announced)
  forgetVersions(db)
}

const ask = (rule: EditionRule, version: number, validFrom: string) =>
  askForEditionMove(
    db.pool,
    { procedureCode: code, rule, to: { procedure: version, form: 1, process: 1 }, validFrom },
    { decision: '9/QĐ-UBND', reason: 'Rút ngắn thời hạn', by: 'officer-control-1', now: at(on) },
  )

const filed: Awaited<ReturnType<typeof stored>>[] = []
let waiting: Awaited<ReturnType<typeof stored>>
beforeAll(async () => {
  await migrateJobs(database.url)
  for (let i = 0; i < 2; i += 1) {
    const { dossier } = await file()
    accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
    filed.push(await stored(dossier))
  }
  waiting = await stored((await file()).dossier)
  await publish(2, 1, on)
})

test('the preview counts whose date comes earlier and writes nothing', async () => {
  const target = { edition: await edition(2, 1, on), form: 1, process: { key: 'marital-status', version: 1 } }
  const all = await previewEditionMove(db, { rule: 'move-all', target, now: at(on) })
  expect(all).toMatchObject({
    looked: 3,
    moved: 3,
    earlier: 2,
    kept: 0,
    notAccepted: 1,
    stayed: 0,
    complete: true,
  })
  const some = await previewEditionMove(db, { rule: 'move-not-accepted', target, now: at(on) })
  expect(some).toMatchObject({ looked: 1, moved: 1, notAccepted: 1, open: [waiting.code] })
  expect(await stored(filed[0]!)).toEqual(filed[0])
})

test('who answers for one authority is told of no dossier of another', async () => {
  const target = { edition: await edition(2, 1, on), form: 1, process: { key: 'marital-status', version: 1 } }
  const rule = 'move-not-accepted'
  const of = (authority: string) =>
    previewEditionMove(db, { rule, target, now: at(on), authorities: [authority] })
  expect((await of(waiting.competent)).open).toEqual([waiting.code])
  expect(await of('H99.40')).toMatchObject({ looked: 0, open: [] })
})

test('nothing moves before the day of the edition', async () => {
  const { id } = await ask('move-not-accepted', 2, on)
  await runBulkMoves(parts('2026-11-19'))
  expect(await findBulkMove(db.pool, id)).toMatchObject({ finishedAt: null, moved: 0 })
  expect((await stored(waiting)).procedureVersion).toBe(1)
})

test('on its day those not accepted go to it, and no others', async () => {
  await runBulkMoves(parts(on))
  const [run] = await editionMoves(db.pool, code)
  expect(run).toMatchObject({ open: 1, moved: 1, stayed: 0 })
  expect(await stored(waiting)).toMatchObject({ procedureVersion: 2, limit: { amount: 1 } })
  expect((await stored(filed[0]!)).procedureVersion).toBe(1)
})

test('when all go, each has its entry, an earlier date, and a journal that verifies', async () => {
  await ask('move-all', 2, on)
  await runBulkMoves(parts(on))
  for (const before of filed) {
    const after = await stored(before)
    expect(after).toMatchObject({ procedureVersion: 2, promisedDueAt: before.promisedDueAt })
    expect(after.dueAt! < before.dueAt!).toBe(true)
    expect({ ...(await folded(before)), tasks: after.tasks }).toEqual(after)
  }
  expect(await verifyDossiers(db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
})

test('a second run of the same moves nothing more', async () => {
  const { id } = await ask('move-all', 2, on)
  await runBulkMoves(parts(on))
  expect(await findBulkMove(db.pool, id)).toMatchObject({ moved: 0 })
})

test('what a publication moved goes back to its edition when that is taken back, with what was promised since', async () => {
  const under = await stored((await file({ at: at(on) })).dossier)
  expect(under.procedureVersion).toBe(2)
  const to = { procedure: 1, form: 1, process: 1 }
  const moved = await Promise.all([waiting, ...filed].map(stored))
  const preview = await previewMoveBack(db, { procedureCode: code, back: 2, to, now: at(on) })
  expect(preview).toMatchObject({ moved: 3, stayed: 0, keep: 1, complete: true })
  expect(await Promise.all([waiting, ...filed].map(stored))).toEqual(moved)
  const plan = { procedureCode: code, rule: 'move-all', to, validFrom: on, back: 2 } as const
  const said = { decision: '9/QĐ-UBND', reason: 'Sai mẫu', by: 'officer-control-1', now: at(on) }
  const { id } = await askForEditionMove(db.pool, plan, said)
  await runBulkMoves(parts(on))
  expect(await findBulkMove(db.pool, id)).toMatchObject({ moved: 3, stayed: 0 })
  expect(await stored(waiting)).toMatchObject({ procedureVersion: 1, formVersion: 1, limit: waiting.limit })
  for (const before of moved.slice(1))
    expect(await stored(before)).toMatchObject({ procedureVersion: 1, dueAt: before.dueAt })
  expect((await stored(under)).procedureVersion).toBe(2)
  expect(await verifyDossiers(db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
})

test('an edition that was taken back moves nothing', async () => {
  await publish(3, 1, '2026-12-01')
  const { id } = await ask('move-all', 3, '2026-12-01')
  await takeEditionBack(database.pool, { procedureCode: code, version: 3, at: at('2026-11-30') })
  forgetVersions(db)
  await runBulkMoves(parts('2026-12-01'))
  expect(await findBulkMove(db.pool, id)).toMatchObject({ moved: 0, finishedAt: at('2026-12-01') })
})
