import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted as granted } from '../../../kernel/errors.ts'
import { allOfficers } from '../../directory/index.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import type { Actor } from '../../identity/index.ts'
import { answerObjection, objectionsFor, objectTo, officerRefusals, officerReport } from '../index.ts'

const database = await testDatabase({ reference: true })
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

test('an objection keeps the figure as it stood; the leader answers once, nobody else does', async () => {
  const words = 'Hồ sơ này chờ ý kiến của cơ quan khác hai ngày.'
  const said = { figure: 'on-time', ...span, dossier: late.dossier.code, words } as const
  expect(await objectTo(db, { kind: 'anonymous' } as Actor, said, { now })).toEqual(
    officerRefusals.notForYou(),
  )
  expect(await objectTo(db, worker, { ...said, words: 'Sai' }, { now })).toEqual(officerRefusals.invalid())
  const { id, n, d } = granted(await objectTo(db, worker, said, { now }))
  expect([n, d]).toEqual([1, 2])
  expect(granted(await objectionsFor(db, leader)).toAnswer.map((each) => each.id)).toEqual([id])
  expect(granted(await objectionsFor(db, neighbour)).toAnswer).toEqual([])
  const answer = { id, agreed: true, answer: 'Đúng, thời gian chờ không tính cho bạn.' }
  for (const actor of [worker, equal, neighbour])
    expect(await answerObjection(db, actor, answer, { now })).toEqual(officerRefusals.notForYou())
  expect(granted(await answerObjection(db, leader, answer, { now }))).toMatchObject({ agreed: true })
  expect(await answerObjection(db, leader, answer, { now })).toEqual(officerRefusals.answered())
  expect(granted(await objectionsFor(db, worker)).own).toMatchObject([
    { id, agreed: true, answeredBy: leader.officerId },
  ])
})
