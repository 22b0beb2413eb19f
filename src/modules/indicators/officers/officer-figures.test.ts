import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted as granted } from '../../../kernel/errors.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import { readStream, verifyStream } from '../../../kernel/journal.ts'
import { allOfficers } from '../../directory/index.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import type { Actor } from '../../identity/index.ts'
import { noticesOf } from '../../notifications/index.ts'
import {
  answeredAt,
  answerObjection,
  objectTo,
  officerRefusals,
  officerReport,
  ownObjections,
  toAnswer,
} from '../index.ts'

const database = await testDatabase({ reference: true })
await migrateJobs(database.url)
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const span = { from: '2026-11-01', to: '2026-11-30' }
const secret = 'a secret of at least thirty-two letters'
const place = 'H99.12'

const officers = await allOfficers(db)
function actorAt(authorityCode: string, role: string, other?: string): Extract<Actor, { kind: 'officer' }> {
  const found = officers.find(
    ({ officerId, posts }) =>
      officerId !== other &&
      posts.some((post) => post.authorityCode === authorityCode && post.roles.includes(role as never)),
  )
  if (!found) throw new Error(`nobody is ${role} at ${authorityCode}`)
  return { kind: 'officer', officerId: found.officerId, name: found.name, posts: found.posts as never }
}
const worker = actorAt(place, 'specialist')
const leader = actorAt(place, 'leader', worker.officerId)
const neighbour = actorAt('H99.13', 'leader')
const colleague = officers.find(
  ({ officerId, posts }) =>
    officerId !== worker.officerId &&
    posts.some(({ authorityCode }) => authorityCode === place) &&
    !posts.some(({ roles }) => roles.includes('leader') || roles.includes('head')),
)!
const equal: Actor = {
  ...{ kind: 'officer', officerId: colleague.officerId, name: colleague.name },
  posts: colleague.posts as never,
}

async function work(officer: string, day: string, due: string) {
  const life: Happening[] = [
    { at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt: due },
    { at: `2026-11-${day}T03:00:00.000Z`, is: 'decided' },
  ]
  const built = aDossier({ at: '2026-11-02T02:00:00.000Z', competent: place, officer, life })
  await storeDossier(db.pool, built)
  return built
}

const due = '2026-11-05T10:00:00.000Z'
const good = await work(worker.officerId, '04', due)
const late = await work(worker.officerId, '09', due)
granted(await rate({ db, secret }, ratingToken(secret, good.id), { grade: 'satisfied' }, { now }))
granted(await rate({ db, secret }, ratingToken(secret, late.id), { grade: 'not-satisfied' }, { now }))

const ask = (actor: Actor) => officerReport(db, actor, { officerId: worker.officerId, ...span })

test('officers see their own figures with the base, and the dossiers behind them', async () => {
  const { figures, steps } = granted(await ask(worker))
  expect(figures).toEqual({ onTime: [1, 2], satisfied: [1, 2], steps: 2, dossiers: 2, open: 0 })
  expect(steps.map(({ code, late, grade }) => [code, late, grade])).toEqual([
    [late.dossier.code, true, 'not-satisfied'],
    [good.dossier.code, false, 'satisfied'],
  ])
})

test('what the office does together is shown only where nobody can be found in it', async () => {
  expect(granted(await ask(worker)).context).toBeNull()
  await work(leader.officerId, '04', due)
  await work(colleague.officerId, '04', due)
  const { context, figures } = granted(await ask(worker))
  expect(context).toEqual({ onTime: [3, 4], satisfied: [1, 2], people: 3, stepsEach: 1.3 })
  expect(figures.steps).toBe(2)
})

test('the leader of the place sees them; colleagues, neighbours, people and systems do not', async () => {
  expect(granted(await ask(leader)).figures.steps).toBe(2)
  const person = { kind: 'person', personId: 'p', name: 'P', assurance: 2, organisations: [] } as const
  const system = { kind: 'system', clientId: 's', name: 'S', scopes: ['board:read'] } as const
  const others = [equal, neighbour, person, system, { kind: 'anonymous' }] as unknown as Actor[]
  for (const actor of others) expect(await ask(actor)).toEqual(officerRefusals.notForYou())
})

const parts = { db, baseUrl: 'https://songmai.example', now }
const words = 'Hồ sơ này chờ ý kiến của cơ quan khác hai ngày.'
const reason = 'Đúng, thời gian chờ không tính cho bạn.'
const said = { figure: 'on-time', ...span, dossier: late.dossier.code, words } as const

test('an objection keeps the figure as it stood, with the day an answer is owed', async () => {
  expect(await objectTo(db, { kind: 'anonymous' } as Actor, said, { now })).toEqual(
    officerRefusals.notForYou(),
  )
  expect(await objectTo(db, worker, { ...said, words: 'Sai' }, { now })).toEqual(officerRefusals.invalid())
  const made = granted(await objectTo(db, worker, said, { now }))
  // Five working days after Friday the twentieth.
  expect(made).toMatchObject({ n: 1, d: 2, answerBy: '2026-11-27T10:30:00.000Z' })
  expect(await objectTo(db, worker, said, { now })).toEqual(officerRefusals.already())
})

test('only a dossier that stands behind the figure may be named', async () => {
  const others = { ...said, dossier: 'H99.12-261119-99999' }
  expect(await objectTo(db, worker, others, { now })).toEqual(officerRefusals.notBehind())
  const outside = { ...said, from: '2026-10-01', to: '2026-10-31' }
  expect(await objectTo(db, worker, outside, { now })).toEqual(officerRefusals.notBehind())
})

test('who leads the place answers, once; the own, colleagues and another place do not', async () => {
  const [{ id } = { id: '' }] = await toAnswer(db, leader)
  for (const actor of [worker, equal, neighbour]) {
    expect(await toAnswer(db, actor)).toEqual([])
    expect(await answerObjection(parts, actor, { id, agreed: true, answer: reason })).toEqual(
      officerRefusals.notForYou(),
    )
  }
  expect(granted(await answerObjection(parts, leader, { id, agreed: true, answer: reason }))).toMatchObject({
    agreed: true,
  })
  expect(await answerObjection(parts, leader, { id, agreed: false, answer: reason })).toEqual(
    officerRefusals.answered(),
  )
  expect(granted(await ownObjections(db, worker))).toMatchObject([
    { id, agreed: true, answeredBy: leader.officerId },
  ])
  expect(await toAnswer(db, leader)).toEqual([])
  expect(await answeredAt(db, leader)).toMatchObject([{ id, words, answer: reason }])
  expect(await answeredAt(db, neighbour)).toEqual([])
})

test('an agreed dossier is left out of that figure of the officer, and of no other', async () => {
  const { figures, steps, context } = granted(await ask(worker))
  expect(figures).toMatchObject({ onTime: [1, 1], satisfied: [1, 2], steps: 2, dossiers: 2 })
  expect(steps.map(({ leftOut }) => leftOut)).toEqual([['on-time'], []])
  // It was late all the same: the office's figure keeps it.
  expect(context?.onTime).toEqual([3, 4])
})

test('the officer is told once, and both sides stay in the journal', async () => {
  const [told, ...others] = await noticesOf(db.pool, worker.officerId)
  expect(others).toEqual([])
  expect(told).toMatchObject({ kind: 'objection-answered', href: '/can-bo/so-lieu-cua-toi' })
  expect(told!.text).toContain(reason)
  const { rows } = await db.pool.query(
    `select stream, kind, data ->> 'agreed' as agreed, data::text as text from journal.entry
     where stream_kind = 'objection' order by sequence`,
  )
  expect(rows.map(({ kind, agreed }) => [kind, agreed])).toEqual([
    ['indicators.objection-made', null],
    ['indicators.objection-answered', 'true'],
  ])
  // What people wrote must be erasable, so the journal has its hash alone.
  for (const { text } of rows) expect(text).not.toMatch(/chờ/)
  expect(verifyStream(await readStream(db.pool, rows[0].stream))).toBeUndefined()
})

test('a figure that was kept stays as it was, and may be objected to again', async () => {
  const rated = { ...said, figure: 'satisfied' } as const
  const { id } = granted(await objectTo(db, worker, rated, { now }))
  granted(await answerObjection(parts, leader, { id, agreed: false, answer: reason }))
  expect(granted(await ask(worker)).figures.satisfied).toEqual([1, 2])
  granted(await objectTo(db, worker, rated, { now }))
})

test('what the only leader objects to is answered above, not by those whom they lead', async () => {
  const chair = officers.filter(({ posts }) =>
    posts.some(({ authorityCode, roles }) => authorityCode === place && roles.includes('leader')),
  )
  const above = actorAt('H99', 'leader')
  const { id } = granted(
    await objectTo(db, leader, { figure: 'workload', ...span, words: 'Khối lượng này chưa đủ.' }, { now }),
  )
  const another = chair.find(({ officerId }) => officerId !== leader.officerId)
  const askedOf = async (actor: Actor) => (await toAnswer(db, actor)).some((each) => each.id === id)
  expect(await askedOf(leader)).toBe(false)
  expect(await askedOf(above)).toBe(another === undefined)
  if (another)
    expect(await askedOf({ ...leader, officerId: another.officerId, posts: another.posts as never })).toBe(
      true,
    )
  expect(await askedOf(actorAt(place, 'head', leader.officerId))).toBe(false)
})
