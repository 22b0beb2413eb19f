import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import type { Officer } from '../../identity/index.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { actOnMany, type BulkRequest, mostAtOnce } from './act-on-many.ts'
import type { BulkRun } from './bulk-runs.ts'
import { readRun } from './bulk-runs.ts'
import { openHandOvers, readHandOver } from './hand-overs.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())
const { dossiers, file, officer, stored } = desk
const reception = officer(staff.reception)
const specialist = officer(staff.specialist)
const seen = (dossier: Dossier) => ({
  code: dossier.code,
  sequence: dossier.sequence,
  taskNo: openTasks(dossier)[0]?.no ?? null,
})
const run = (who: Officer, request: BulkRequest['request'], marked: Dossier[], id: string = randomUUID()) =>
  actOnMany(
    { db: desk.db, act: dossiers.act },
    who,
    { id, request, marked: marked.map(seen) },
    { now: morning },
  )
const told = (outcome: Awaited<ReturnType<typeof run>>) =>
  accepted(outcome as BulkRun).outcomes.map(({ code, done, refusal }) => (done ? code : refusal))
const several = (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await file()).dossier))

test('each dossier is done or refused by itself, and says why', async () => {
  const [first, second, third] = (await several(3)) as [Dossier, Dossier, Dossier]
  accepted(await desk.act(reception, second, { command: 'refuse', reason: 'Không đủ' }))
  const outcome = await run(reception, { command: 'accept' }, [first, second, third])
  expect(told(outcome)).toEqual([first.code, 'dossiers.acted-meanwhile', third.code])
  expect((await stored(third)).state).toBe('in-progress')
})

test('pressed twice, also at the same moment, it is one run and nothing is done again', async () => {
  const marked = await several(4)
  const id = randomUUID()
  const both = await Promise.all([
    run(reception, { command: 'accept' }, marked, id),
    run(reception, { command: 'accept' }, marked, id),
  ])
  const again = await run(reception, { command: 'accept' }, marked, id)
  expect(told(again)).toEqual(marked.map(({ code }) => code))
  expect(both.every((each) => !isRefusal(each))).toBe(true)
  for (const dossier of marked) expect((await stored(dossier)).sequence).toBe(2)
})

test('what was left over when it broke off is done by pressing again', async () => {
  const marked = await several(3)
  const id = randomUUID()
  await run(reception, { command: 'accept' }, marked.slice(0, 1), id)
  expect(told(await run(reception, { command: 'accept' }, marked, id))).toHaveLength(3)
})

test('who may not is refused for each', async () => {
  const marked = await several(2)
  expect(told(await run(specialist, { command: 'accept' }, marked))).toEqual([
    'dossiers.not-your-role',
    'dossiers.not-your-role',
  ])
  const outsider = officer(staff.elsewhere)
  expect(told(await run(outsider, { command: 'accept' }, marked))).toEqual([
    'dossiers.not-found',
    'dossiers.not-found',
  ])
})

test('a run belongs to who began it', async () => {
  const marked = await several(1)
  const id = randomUUID()
  await run(reception, { command: 'accept' }, marked, id)
  expect(isRefusal(await run(specialist, { command: 'accept' }, marked, id))).toBe(true)
  expect(await readRun(desk.db.pool, randomUUID())).toBeUndefined()
})

test('more than two hundred at once are refused whole', async () => {
  const marked = Array.from({ length: mostAtOnce + 1 }, (_, i) => ({
    code: `H99.12-261119-${String(i).padStart(5, '0')}`,
    sequence: 1,
    taskNo: null,
  }))
  const refused = await actOnMany(
    { db: desk.db, act: dossiers.act },
    reception,
    { id: randomUUID(), request: { command: 'accept' }, marked },
    { now: morning },
  )
  expect(isRefusal(refused) && refused.code).toBe('work.too-many')
})

test('work is given, taken from somebody with a reason, and finished with the ordinary outcome', async () => {
  const marked = await several(2)
  const inProgress = async () => Promise.all(marked.map(stored))
  await run(reception, { command: 'accept' }, marked)
  const head = officer(staff.head)
  expect(
    told(await run(head, { command: 'assign', officer: staff.specialist }, await inProgress())),
  ).toHaveLength(2)
  const other = 'officer-hoa-sen-civil-status-2'
  const colleague = desk.officers.some(({ officerId }) => officerId === other) ? other : staff.specialist
  const request = { command: 'reassign' as const, officer: colleague, reason: 'Nghỉ phép' }
  const moved = await run(head, request, await inProgress())
  expect(told(moved)).toEqual(marked.map(({ code }) => code))
  expect(openTasks(await stored(marked[0]!))[0]!.assignee).toBe(colleague)
  const finished = await run(
    officer(colleague),
    { command: 'completeStep', outcome: 'ok' },
    await inProgress(),
  )
  expect(accepted(finished as BulkRun).outcomes).toHaveLength(2)
})

test('papers are handed over on one slip; the taker confirms some and refuses others', async () => {
  const filed = await several(3)
  await run(reception, { command: 'accept' }, filed)
  const marked = await Promise.all(filed.map(stored))
  const batch = randomUUID()
  const to = { authority: 'H99.12', role: 'clerk' as const, officer: null }
  await run(reception, { command: 'handOver', to, sheets: 4, batch }, marked)
  const clerk = officer(staff.clerk)
  const slip = (await readHandOver(desk.db.pool, clerk, batch))!
  expect(slip).toMatchObject({ givenBy: staff.reception, from: 'H99.12', to })
  expect(slip.lines.map(({ sheets, outcome }) => [sheets, outcome])).toEqual(Array(3).fill([4, 'waiting']))
  expect(await openHandOvers(desk.db.pool, clerk)).toMatchObject([
    { batch, waiting: 3, givenBy: staff.reception },
  ])

  const act = (request: BulkRequest['request'], lines: typeof slip.lines) =>
    actOnMany(
      { db: desk.db, act: dossiers.act },
      clerk,
      {
        id: randomUUID(),
        request,
        marked: lines.map(({ code, sequence, taskNo }) => ({ code, sequence, taskNo })),
      },
      { now: morning },
    )
  await act({ command: 'takeOver' }, slip.lines.slice(0, 2))
  await act({ command: 'rejectTransfer', reason: 'Thiếu một tờ' }, slip.lines.slice(2))
  const after = (await readHandOver(desk.db.pool, reception, batch))!
  expect(after.lines.map(({ outcome }) => outcome)).toEqual(['taken-over', 'taken-over', 'rejected'])
  expect(await openHandOvers(desk.db.pool, clerk)).toEqual([])
  expect(await readHandOver(desk.db.pool, officer(staff.elsewhere), batch)).toBeUndefined()
  expect(await readHandOver(desk.db.pool, clerk, 'not-a-batch')).toBeUndefined()
})
