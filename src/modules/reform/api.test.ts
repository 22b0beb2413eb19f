import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDossier, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { type Caller, mayCall } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { reformRoutes, spansConsumer } from './index.ts'
import type { WhereTimeGoes } from './where-time-goes.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())
const now = new Date('2026-11-20T03:00:00.000Z')
const [route] = reformRoutes

const officer = (authorityCode: string, role: string) =>
  ({
    ...{ kind: 'officer', officerId: 'o', name: 'Bà Kiểm' },
    posts: [{ authorityCode, roles: [role] }],
  }) as unknown as Actor
const system = (scopes: string[]) =>
  ({ kind: 'system', clientId: 'c', name: 'x', scopes }) as unknown as Actor

const ask = (actor: Actor, query = {}, params = { key: 'birth-registration', version: 1 }) =>
  route!.handle({ app: { db }, actor, params, query, now } as never) as Promise<
    WhereTimeGoes & { name: string }
  >

beforeAll(async () => {
  const dueAt = '2026-11-23T10:00:00.000Z'
  const life = [
    { at: '2026-11-19T03:00:00.000Z', is: 'accepted', dueAt, step: { assignee: 'officer-7' } },
  ] as const
  await storeDossier(db.pool, aDossier({ life }))
  await drainFeed(db, [spansConsumer(db)])
})

describe('who may ask', () => {
  test.each([
    ['a head', officer('H99.12', 'head'), true],
    ['a leader', officer('H99.12', 'leader'), true],
    ['control', officer('H99', 'control'), true],
    ['a specialist', officer('H99.12', 'specialist'), false],
    ['a system with the scope', system(['board:read']), true],
    ['a system without it', system(['dossiers:read']), false],
    ['a person', { kind: 'person' } as Actor, false],
    ['nobody', { kind: 'anonymous' } as Actor, false],
  ])('%s: %s', (_, actor, allowed) => {
    expect(mayCall(route!.access, actor as Caller)).toBe(allowed)
  })
})

test('who directs the authority is told who holds what; others and systems are not', async () => {
  const holders = async (actor: Actor) =>
    (await ask(actor)).holders.map(({ officerId, authority, count }) => [officerId, authority, count])
  expect(await holders(officer('H99.12', 'leader'))).toEqual([['officer-7', 'H99.12', 1]])
  expect(await holders(officer('H99.13', 'leader'))).toEqual([[null, 'H99.12', 1]])
  expect(await holders(system(['board:read']))).toEqual([[null, 'H99.12', 1]])
})

test('the answer names its steps and is what the route promises', async () => {
  const answer = await ask(system(['board:read']), {
    authority: 'H99.12',
    from: '2026-11-01',
    to: '2026-11-30',
  })
  expect(route!.answer.safeParse(answer).error).toBeUndefined()
  expect(answer.name).toBe('Đăng ký khai sinh')
  expect(answer.steps.find(({ kind }) => kind === 'intake')).toMatchObject({ done: 1, openNow: 0 })
  expect(answer.steps.find(({ stepId }) => stepId === 'verify')).toMatchObject({ done: 0, openNow: 1 })
})

test.each([
  ['a process that there is not', {}, { key: 'nothing', version: 1 }, 'reform.no-such-process'],
  ['a version that there is not', {}, { key: 'birth-registration', version: 99 }, 'reform.no-such-process'],
  [
    'a period backwards',
    { from: '2026-11-30', to: '2026-11-01' },
    { key: 'birth-registration', version: 1 },
    'reform.period-backwards',
  ],
])('%s is refused', async (_, query, params, code) => {
  const answer = await ask(system(['board:read']), query, params)
  expect(isRefusal(answer) && answer.code).toBe(code)
})
