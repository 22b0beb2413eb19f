import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { aGroup, branchOf, must } from '../../../../test/builders/a-group.ts'
import { isRefusal } from '../../../kernel/errors.ts'
import { advance, readFeed, stampPositions } from '../../../kernel/feed.ts'
import { present } from '../api-answers.ts'
import { outcomes } from '../derived.ts'
import { findDossiers } from '../desk/find-dossiers.ts'
import { type Dossier, openTasks } from '../dossier.ts'
import { verifyDossiers } from '../verify.ts'
import { linkedConsumer, settleOpenGroups } from './linked-consumer.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

const compensation = { text: { vi: 'Liên hệ gia đình', en: 'Call the family' }, role: 'specialist' } as const
const group = await aGroup(desk, [
  branchOf('birth', '1.001193', { lead: true }),
  branchOf('residence', '1.004194', { after: ['birth'], compensation }),
  branchOf('support', '1.014028', { after: ['birth'] }),
  branchOf('copy', '2.000635', { after: ['residence'] }),
])

const sound = async () => {
  const { chainFaults, differingRows } = await verifyDossiers(desk.database.pool)
  expect({ chainFaults, differingRows }).toEqual({ chainFaults: [], differingRows: [] })
}

test('a group is filed once, and its first branch begins when it is accepted', async () => {
  const filed = await group.fileGroup({ accept: false })
  expect(filed.branches!.map(({ key, state, competent }) => [key, state, competent])).toEqual([
    ['birth', 'waiting', 'H99.12'],
    ['residence', 'waiting', 'H99.10.01'],
    ['support', 'waiting', 'H99.12'],
    ['copy', 'waiting', 'H99.12'],
  ])
  const accepted = await group.fileGroup()
  expect(present(accepted, morning).branches).toMatchObject([
    { key: 'birth', state: 'running', competent: 'H99.12', dueAt: expect.any(String) },
    ...['residence', 'support', 'copy'].map((key) => ({ key, state: 'waiting', code: null })),
  ])
  expect(await group.states(accepted)).toEqual({
    ...{ birth: 'running', residence: 'waiting', support: 'waiting', copy: 'waiting' },
  })
  const birth = await group.child(accepted, 'birth')
  expect(birth).toMatchObject({
    ...{ state: 'in-progress', competent: 'H99.12', receivedBy: 'H99.12', channel: 'online', fees: [] },
    ...{ acceptedAt: accepted.acceptedAt, linked: { filing: accepted.id, branch: 'birth' } },
  })
  expect(present(birth, morning).linked).toEqual({ filing: accepted.code, branch: 'birth' })
  await sound()
})

test('three results come of one filing, and it is given back with the last', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  expect(await group.states(filed)).toMatchObject({
    residence: 'running',
    support: 'running',
    copy: 'waiting',
  })
  await group.decide(filed, 'support', 'granted')
  await group.decide(filed, 'residence', 'granted')
  await group.decide(filed, 'copy', 'granted')
  expect(await desk.stored(filed)).toMatchObject({ state: 'decided', outcome: 'granted' })
  for (const key of ['birth', 'residence', 'support', 'copy']) await group.giveBack(filed, key)
  const done = await desk.stored(filed)
  expect(done.state).toBe('returned')
  expect(openTasks(done)).toEqual([])
  await sound()
})

const later = (hours: number) => new Date(morning.getTime() + hours * 3_600_000)
const compensations = (dossier: Dossier) => openTasks(dossier).filter(({ kind }) => kind === 'compensation')
const leader = (dossier: Dossier) => ({ role: 'leader', authority: dossier.competent })
const countOf = async () =>
  (await desk.database.pool.query('select count(*)::int as n from dossiers.dossier')).rows[0].n as number

test('when the first branch is refused, the rest never starts and the group ends without a result', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'refused')
  expect(await group.states(filed)).toEqual({
    ...{ birth: 'refused', residence: 'not-started', support: 'not-started', copy: 'not-started' },
  })
  const ended = await desk.stored(filed)
  expect(ended).toMatchObject({ state: 'decided', outcome: 'not-granted' })
  expect(ended.branches!.map(({ reason }) => reason)).toEqual([null, ...Array(3).fill('depends-on-refused')])
  expect(compensations(ended)).toEqual([])
  await sound()
})

test('a branch refused after its sister was granted leaves her result, and the lead looks after the people', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  await group.decide(filed, 'residence', 'refused')
  expect(await group.states(filed)).toEqual({
    ...{ birth: 'granted', residence: 'refused', support: 'running', copy: 'not-started' },
  })
  const [task] = compensations(await desk.stored(filed))
  expect(task).toMatchObject({ role: 'specialist', authority: 'H99.12', stepId: 'residence', subject: 2 })
  await group.decide(filed, 'support', 'granted')
  for (const key of ['birth', 'residence', 'support']) await group.giveBack(filed, key)
  // Everything is given back, but somebody still owes the people a word.
  expect(await desk.stored(filed)).toMatchObject({ state: 'decided', outcome: 'granted' })
  await must(desk, await desk.stored(filed), task!, { command: 'compensate', note: 'Đã gọi cho gia đình' })
  await group.settle()
  expect(await desk.stored(filed)).toMatchObject({ state: 'returned' })
  await sound()
})

test('while one branch waits for the applicant the clock of the group stands, and goes on with the answer', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  const residence = await group.child(filed, 'residence')
  const [step] = openTasks(residence)
  const items = [{ target: null, text: 'Gửi thêm giấy tờ về chỗ ở' }]
  await must(desk, residence, step!, { command: 'requestSupplement', items }, later(24))
  await group.settle()
  const waiting = await desk.stored(filed)
  expect(await group.states(filed)).toMatchObject({ residence: 'paused', support: 'running' })
  expect(waiting).toMatchObject({ state: 'in-progress', dueAt: null, pauses: [{ to: null }] })
  const [wait] = openTasks(waiting)
  expect(wait).toMatchObject({ kind: 'wait', dueAt: null })
  // The reminder of the process hangs on the date, so it has none either.
  expect(filed.marking!.timers[0]!.at! < filed.dueAt!).toBe(true)
  expect(waiting.marking!.timers).toMatchObject([{ at: null }])
  const mother = desk.citizen('birth-registration')
  await desk.act(mother, residence, { command: 'supplement', papers: [] }, later(96))
  await group.settle()
  const resumed = await desk.stored(filed)
  expect(resumed.pauses).toEqual([
    { from: later(24).toISOString(), to: later(96).toISOString(), reason: 'supplement' },
  ])
  expect(resumed.dueAt! > filed.dueAt!).toBe(true)
  expect(openTasks(resumed)[0]).toMatchObject({ dueAt: resumed.dueAt })
  const [reminder] = resumed.marking!.timers
  expect(reminder!.at! > filed.marking!.timers[0]!.at! && reminder!.at! < resumed.dueAt!).toBe(true)
  expect(resumed.promisedDueAt).toBe(filed.promisedDueAt)
  await sound()
})

test('a late branch is late by itself; the date shown never goes beyond that of the group', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  // Three working days from the moment the birth was registered end after those of the group.
  const residence = await group.child(filed, 'residence')
  expect(group.branch(await desk.stored(filed), 'residence').dueAt! <= filed.dueAt!).toBe(true)
  await group.decide(filed, 'support', 'granted')
  await group.decide(filed, 'residence', 'granted', later(24 * 10))
  const late = await group.child(filed, 'residence')
  expect(outcomes(late, later(24 * 11)).legal).toBe('late')
  expect(outcomes(await group.child(filed, 'support'), later(24 * 11)).legal).not.toBe('late')
  expect(late.limit).toEqual(residence.limit)
})

test('news told twice, and by two workers at once, makes nothing twice', async () => {
  const filed = await group.fileGroup({ accept: false })
  await must(desk, filed, 'reception', { command: 'accept' })
  while ((await stampPositions(desk.db)) > 0);
  await Promise.all([advance(desk.db, group.consumer), advance(desk.db, linkedConsumer(desk.db))])
  await group.settle()
  const before = { dossiers: await countOf(), group: await desk.stored(filed) }
  expect(before.group.branches![0]).toMatchObject({ state: 'running' })
  // The whole feed once more, as after a restore of the cursor.
  const entries = await readFeed(desk.db.pool, 0, 10_000)
  await group.consumer.apply(desk.db.pool, entries)
  await Promise.all([
    group.consumer.apply(desk.db.pool, entries),
    linkedConsumer(desk.db).apply(desk.db.pool, entries),
  ])
  expect(await countOf()).toBe(before.dossiers)
  expect(await desk.stored(filed)).toEqual(before.group)
  await sound()
})

test('two workers that begin the same branch make it once', async () => {
  const filed = await group.fileGroup({ accept: false })
  await must(desk, filed, 'reception', { command: 'accept' })
  const entries = await desk.database.pool
    .query('select * from journal.entry where stream = $1', [filed.id])
    .then(({ rows }) => rows as Parameters<typeof group.consumer.apply>[1])
  const before = await countOf()
  const workers = Array.from({ length: 4 }, () => linkedConsumer(desk.db))
  await Promise.all(workers.map((worker) => worker.apply(desk.db.pool, entries)))
  expect(await countOf()).toBe(before + 1)
  expect(await group.states(filed)).toMatchObject({ birth: 'running' })
  await sound()
})

test('withdrawn midway, what is decided stands and the rest ends with it', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  const mother = desk.citizen('birth-registration')
  await desk.act(mother, filed, { command: 'withdraw', reason: 'Chuyển đi tỉnh khác' })
  await group.settle()
  const withdrawn = await desk.stored(filed)
  expect(withdrawn.state).toBe('withdrawn')
  expect(withdrawn.branches!.map(({ key, state, reason }) => [key, state, reason])).toEqual([
    ['birth', 'granted', null],
    ['residence', 'ended', 'withdrawn'],
    ['support', 'ended', 'withdrawn'],
    ['copy', 'not-started', 'filing-ended'],
  ])
  expect(await group.child(filed, 'residence')).toMatchObject({ state: 'withdrawn' })
  expect(await group.child(filed, 'birth')).toMatchObject({ state: 'decided', outcome: 'granted' })
  await sound()
})

test('a filing withdrawn by mistake goes on with the branches that ended with it', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  const mother = desk.citizen('birth-registration')
  await desk.act(mother, filed, { command: 'withdraw', reason: 'Bấm nhầm' })
  await group.settle()
  await must(desk, filed, leader(filed), { command: 'restore', reason: 'Người nộp bấm nhầm' })
  await group.settle()
  expect(await group.states(filed)).toEqual({
    ...{ birth: 'granted', residence: 'running', support: 'running', copy: 'waiting' },
  })
  expect(await desk.stored(filed)).toMatchObject({ state: 'in-progress' })
  for (const key of ['residence', 'support', 'copy']) await group.decide(filed, key, 'granted')
  expect(await desk.stored(filed)).toMatchObject({ state: 'decided', outcome: 'granted' })
  await sound()
})

test('a branch that the people withdraw ends alone, and nobody has to tell them', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  const residence = await group.child(filed, 'residence')
  const mother = desk.citizen('birth-registration')
  await desk.act(mother, residence, { command: 'withdraw', reason: 'Chưa cần nữa' })
  await group.settle()
  expect(await group.states(filed)).toEqual({
    ...{ birth: 'granted', residence: 'ended', support: 'running', copy: 'not-started' },
  })
  expect(compensations(await desk.stored(filed))).toEqual([])
})

test('people see one dossier in their list, which says when a part of it waits for them', async () => {
  const filed = await group.fileGroup()
  const mother = desk.citizen('birth-registration')
  const birth = await group.child(filed, 'birth')
  const mine = async () => {
    const listed = await desk.dossiers.mine(mother)
    return listed.filter(({ code }) => code === filed.code || code === birth.code)
  }
  expect(await mine()).toMatchObject([{ code: filed.code, partAsks: false }])
  const items = [{ target: null, text: 'Gửi thêm giấy chứng sinh' }]
  await must(desk, birth, openTasks(birth)[0]!, { command: 'requestSupplement', items })
  expect(await mine()).toMatchObject([{ code: filed.code, partAsks: true }])
})

test('refused at intake, no branch ever starts', async () => {
  const filed = await group.fileGroup({ accept: false })
  await must(desk, filed, 'reception', { command: 'refuse', reason: 'Không thuộc thẩm quyền' })
  await group.settle()
  const states = (await desk.stored(filed)).branches!
  expect(states.map(({ state, reason }) => `${state} ${reason}`)).toEqual(
    Array(4).fill('not-started filing-ended'),
  )
})

test('a result revoked after others began on it flags them, even when the group was given back', async () => {
  const filed = await group.fileGroup()
  for (const key of ['birth', 'residence', 'support', 'copy']) await group.decide(filed, key, 'granted')
  for (const key of ['birth', 'residence', 'support', 'copy']) await group.giveBack(filed, key)
  expect((await desk.stored(filed)).state).toBe('returned')
  const birth = await group.child(filed, 'birth')
  await must(
    desk,
    birth,
    leader(birth),
    { command: 'revokeResult', reason: 'Giấy chứng sinh giả' },
    later(48),
  )
  await group.settle()
  const flagged = await desk.stored(filed)
  expect(flagged.branches![0]).toMatchObject({ state: 'ended', reason: 'revoked' })
  expect(compensations(flagged).map(({ stepId, subject }) => [stepId, subject])).toEqual([
    ['birth', 2],
    ['birth', 3],
    ['birth', 4],
  ])
  expect(await group.states(filed)).toMatchObject({ residence: 'granted', support: 'granted' })
  for (const task of compensations(flagged))
    await must(desk, flagged, task, { command: 'compensate', taskNo: task.no, note: 'Đã báo' }, later(49))
  expect(openTasks(await desk.stored(filed))).toEqual([])
  await sound()
})

test('each authority opens its own branch; who took the filing in sees states, and opens what has to do with it', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  const residence = await group.child(filed, 'residence')
  const opens = async (officerId: string) =>
    !isRefusal(await desk.dossiers.view(desk.officer(officerId), residence.code))
  const police = 'officer-hoa-sen-police-specialist-1'
  expect(await opens(police)).toBe(true)
  expect(await opens(staff.reception)).toBe(false)
  expect(isRefusal(await desk.dossiers.view(desk.officer(police), filed.code))).toBe(true)
  const found = async () => {
    const asked = { authorities: ['H99.12'], q: residence.code, limit: 5 }
    return (await findDossiers(desk.db.pool, asked)).length
  }
  expect(await found()).toBe(0)
  const [step] = openTasks(residence)
  const items = [{ target: null, text: 'Gửi thêm giấy tờ' }]
  await must(desk, residence, step!, { command: 'requestSupplement', items })
  expect(await opens(staff.reception)).toBe(true)
  expect(await found()).toBe(1)
})

test('what nobody here settles is written down as such, and what waits for it', async () => {
  const elsewhere = await aGroup(
    desk,
    [
      branchOf('birth', '1.001193', { lead: true }),
      branchOf('insurance', '9.999999', { after: ['birth'], compensation }),
      branchOf('support', '1.014028', { after: ['insurance'] }),
    ],
    '3.990002',
  )
  const filed = await elsewhere.fileGroup()
  await elsewhere.decide(filed, 'birth', 'granted')
  const now = await desk.stored(filed)
  expect(now.branches!.map(({ state, reason }) => [state, reason])).toEqual([
    ['granted', null],
    ['not-started', 'not-competent'],
    ['not-started', 'depends-on-refused'],
  ])
  expect(compensations(now)).toHaveLength(1)
  expect(now).toMatchObject({ state: 'decided', outcome: 'granted' })
})

test('a group in trouble holds back no other, and goes on when the trouble is over', async () => {
  const [broken, sound2] = [
    await group.fileGroup({ accept: false }),
    await group.fileGroup({ accept: false }),
  ]
  for (const filed of [broken, sound2]) await must(desk, filed, 'reception', { command: 'accept' })
  const owner = desk.database.pool
  await owner.query('update dossiers.dossier set process_version = 99 where id = $1', [broken.id])
  const trouble: string[] = []
  const watched = linkedConsumer(desk.db, (_error, id) => trouble.push(id))
  while ((await stampPositions(desk.db)) > 0);
  while ((await advance(desk.db, watched)) > 0);
  expect(trouble).toContain(broken.id)
  expect(await group.states(sound2)).toMatchObject({ birth: 'running' })
  expect(await group.states(broken)).toMatchObject({ birth: 'waiting' })
  await owner.query('update dossiers.dossier set process_version = 1 where id = $1', [broken.id])
  const still: string[] = []
  await settleOpenGroups(desk.db, later(1), (_error, id) => still.push(id))
  expect(still).toEqual([])
  expect(await group.states(broken)).toMatchObject({ birth: 'running' })
  await sound()
})
