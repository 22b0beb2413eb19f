import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Actor, createIdentity } from '../identity/index.ts'
import {
  createPowers,
  demonstrationIssuer,
  findOfficer,
  findOfficerByAccount,
  officersOfUnit,
  personalIdsOf,
  powersRefusals,
} from './index.ts'

const { url, pool } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 4 })
const other = openDatabase(url, { role: 'motcua_app', max: 2 })
afterAll(() => Promise.all([db.close(), other.close()]))

let now = new Date('2026-11-20T02:00:00Z')
const at = (day: string, time = '02:00') => {
  now = new Date(`${day}T${time}:00Z`)
}

/** One server process of the installation. */
function aProcess(on: Db) {
  const identity = createIdentity({
    db: on,
    config: {
      baseUrl: 'http://localhost:8026',
      secret: 'a secret of at least thirty-two characters',
      demonstration: true,
      trustProxy: false,
    },
    provider: { issuer: demonstrationIssuer, clientId: 'motcua', clientSecret: 'secret' },
    officerOf: (issuer, subject, day) => findOfficerByAccount(on, issuer, subject, day),
    clock: () => now,
  })
  const powers = createPowers({
    db: on,
    limitOf: async ({ procedures }) => ({ procedures, unknown: [] }),
    changed: () => identity.forgetPosts(),
  })
  const whoIs = (cookie: string) =>
    identity.resolveActor(new Request('http://localhost:8026', { headers: { cookie } }))
  return { identity, powers, whoIs }
}
const here = aProcess(db)
const there = aProcess(other)

async function signIn(officerId: string): Promise<string> {
  const profile = { subject: officerId, name: officerId, assurance: 2 as const, organisations: [] }
  return accepted(await here.identity.openSessionFor(profile))
}
async function actorOf(officerId: string): Promise<Actor> {
  const { name, posts } = (await findOfficer(db, officerId, dateOfLaw(now)))!
  return { kind: 'officer', officerId, name, posts }
}
const grantedPosts = (actor: Actor) =>
  actor.kind === 'officer' ? actor.posts.filter(({ grant }) => grant !== undefined) : []

const vinh = 'officer-hoa-sen-civil-status-1'
const van = 'officer-hoa-sen-civil-status-2'
const economy = 'officer-hoa-sen-economy-1'
const head = 'officer-hoa-sen-justice-head-1'
const chair = 'officer-hoa-sen-leader-1'

const away = (changes: object = {}) => ({
  kind: 'absence',
  giver: van,
  receiver: vinh,
  from: '2026-11-23',
  to: '2026-11-27',
  reason: 'Tập huấn ở tỉnh',
  ...changes,
})

describe('who acts, request by request', () => {
  test('who stands in has the post on its days and not a moment longer', async () => {
    at('2026-11-20')
    const cookie = await signIn(vinh)
    const { grant } = accepted(await here.powers.grant(await actorOf(van), away(), { now }))
    const posts = async () => grantedPosts(await here.whoIs(cookie))
    expect(await posts()).toEqual([])
    // The 23rd begins in Hà Nội while it is still the 22nd in London.
    at('2026-11-22', '16:59')
    const early = await signIn(vinh)
    expect(grantedPosts(await here.whoIs(early))).toEqual([])
    at('2026-11-22', '17:00')
    expect(grantedPosts(await here.whoIs(early))).toEqual([
      expect.objectContaining({
        postId: 'H99.12/justice/specialist-2',
        title: 'Công chức hộ tịch',
        standsInFor: { officerId: van, name: 'Phạm Ngọc Vân', title: 'Công chức tư pháp' },
        grant: grant.id,
      }),
    ])
    at('2026-11-27', '16:59')
    const late = await signIn(vinh)
    expect(grantedPosts(await here.whoIs(late))).toHaveLength(1)
    // One minute later the delegation ended yesterday.
    at('2026-11-27', '17:00')
    expect(grantedPosts(await here.whoIs(late))).toEqual([])
    expect(grantedPosts(await there.whoIs(late))).toEqual([])
  })

  test('what was ended early gives nothing from the next request on, in every process within seconds', async () => {
    at('2026-11-30')
    const cookie = await signIn(vinh)
    const asked = away({ from: '2026-11-30', to: '2026-12-04' })
    const { grant } = accepted(await here.powers.grant(await actorOf(van), asked, { now }))
    expect(grantedPosts(await here.whoIs(cookie))).toHaveLength(1)
    expect(grantedPosts(await there.whoIs(cookie))).toHaveLength(1)
    accepted(await here.powers.end(await actorOf(van), grant.id, { reason: 'Về sớm' }, { now }))
    expect(grantedPosts(await here.whoIs(cookie))).toEqual([])
    now = new Date(now.getTime() + 3_000)
    expect(grantedPosts(await there.whoIs(cookie))).toEqual([])
  })

  test('a power goes with who gave it: locked, or without the post, they lend nothing', async () => {
    at('2026-12-07')
    const asked = away({ from: '2026-12-07', to: '2026-12-11' })
    accepted(await here.powers.grant(await actorOf(van), asked, { now }))
    const lent = async () => grantedPosts(await actorOf(vinh))
    expect(await lent()).toHaveLength(1)
    await pool.query('update directory.officer set locked = true where id = $1', [van])
    expect(await lent()).toEqual([])
    await pool.query('update directory.officer set locked = false where id = $1', [van])
    await pool.query(`update directory.officer_post set valid_to = '2026-12-06' where officer_id = $1`, [van])
    expect(await lent()).toEqual([])
    await pool.query('update directory.officer_post set valid_to = null where officer_id = $1', [van])
    expect(await lent()).toHaveLength(1)
  })

  test('who lost the power between asking and acting is refused', async () => {
    at('2026-12-14')
    const asked = away({ from: '2026-12-14', to: '2026-12-14' })
    accepted(await here.powers.grant(await actorOf(van), asked, { now }))
    expect(grantedPosts(await actorOf(vinh))).toHaveLength(1)
    at('2026-12-15')
    expect(grantedPosts(await actorOf(vinh))).toEqual([])
  })
})

test('a paper about an act asks who had which power at that moment, whatever happened since', async () => {
  at('2026-12-15', '01:00')
  const asked = away({ from: '2026-12-15', to: '2026-12-15' })
  const { grant } = accepted(await here.powers.grant(await actorOf(van), asked, { now }))
  const ending = new Date('2026-12-15T05:00:00Z')
  accepted(await here.powers.end(await actorOf(van), grant.id, { reason: 'Về sớm' }, { now: ending }))
  const lentAt = async (when: string | Date) =>
    (await findOfficer(db, vinh, when))!.posts.filter((post) => post.grant === grant.id).length
  expect(await lentAt(new Date('2026-12-15T00:59:00Z'))).toBe(0)
  expect(await lentAt(new Date('2026-12-15T04:59:00Z'))).toBe(1)
  expect(await lentAt(new Date('2026-12-15T05:00:00Z'))).toBe(0)
  expect(await lentAt('2026-12-15')).toBe(0)
})

describe('the demonstration province', () => {
  test('chairs and deputies carry their ordinary capacity', async () => {
    at('2026-11-20')
    const capacity = async (id: string) => (await findOfficer(db, id, '2026-11-20'))!.posts[0]!.capacity
    expect(await capacity(chair)).toBe('TM.')
    expect(await capacity('officer-hoa-sen-leader-2')).toBe('KT.')
    expect(await capacity('officer-justice-leader-1')).toBeUndefined()
    expect(await capacity('officer-justice-leader-2')).toBe('KT.')
    expect(await capacity(vinh)).toBeUndefined()
  })

  test('the head of the office signs copies by mandate of the chair, and only those', async () => {
    expect(grantedPosts(await actorOf(head))).toEqual([
      expect.objectContaining({
        postId: 'H99.12/leadership/leader-1',
        title: 'Chánh Văn phòng',
        unitCode: 'justice',
        roles: ['leader'],
        capacity: 'TUQ.',
        procedures: ['2.000815'],
      }),
    ])
    expect((await findOfficer(db, head))!.posts.every(({ grant }) => grant === undefined)).toBe(true)
  })

  test('tells the officers of a unit, and personal numbers where they are known', async () => {
    const ids = (await officersOfUnit(db, 'H99.12', 'justice')).map(({ officerId }) => officerId)
    expect(ids).toEqual([vinh, van, head])
    expect((await officersOfUnit(db, 'H99.12')).length).toBeGreaterThan(10)
    const numbers = await personalIdsOf(db, ['officer-hoa-sen-reception-1', vinh, van])
    expect([...numbers.keys()].sort()).toEqual([vinh, 'officer-hoa-sen-reception-1'])
    expect([...numbers.values()].every((number) => /^\d{12}$/.test(number))).toBe(true)
  })
})

test('an officer who signs in comes with the personal number that the directory has', async () => {
  at('2026-11-20')
  const trang = await here.whoIs(await signIn('officer-hoa-sen-reception-1'))
  expect(trang).toMatchObject({ kind: 'officer', personalId: '099191000021' })
  expect(await here.whoIs(await signIn(van))).not.toHaveProperty('personalId')
  expect(await findOfficer(db, 'officer-hoa-sen-reception-1')).not.toHaveProperty('personalId')
})

describe('the record of a grant', () => {
  test('granting and ending are entries of a sealed stream that holds no word of the reasons', async () => {
    at('2026-12-16')
    const asked = away({ from: '2026-12-21', to: '2026-12-25', reason: 'Nghỉ ốm nằm viện' })
    const { grant } = accepted(await here.powers.grant(await actorOf(head), asked, { now }))
    accepted(await here.powers.end(await actorOf(chair), grant.id, { reason: 'Đã khỏi ốm' }, { now }))
    const entries = await readStream(db.pool, grant.id)
    expect(entries.map(({ kind, actor }) => [kind, actor.id])).toEqual([
      ['directory.granted', head],
      ['directory.grant-ended', chair],
    ])
    expect(verifyStream(entries)).toBeUndefined()
    expect(JSON.stringify(entries)).not.toContain('ốm')
    const { rows } = await pool.query(`select distinct stream_kind from journal.entry where stream = $1`, [
      grant.id,
    ])
    expect(rows).toEqual([{ stream_kind: 'grant' }])
  })

  test('the application cannot delete a grant or change what was granted', async () => {
    await expect(db.pool.query('delete from directory.grant')).rejects.toThrow('permission denied')
    await expect(db.pool.query(`update directory.grant set valid_to = '2030-01-01'`)).rejects.toThrow(
      'permission denied',
    )
  })

  test('of two who end the same grant at once, one is told', async () => {
    at('2026-12-17')
    const { grant } = accepted(
      await here.powers.grant(await actorOf(van), away({ from: '2026-12-28', to: '2026-12-31' }), { now }),
    )
    const by = await actorOf(van)
    const ends = await Promise.all(
      [1, 2, 3].map(() => here.powers.end(by, grant.id, { reason: 'x' }, { now })),
    )
    expect(ends.filter((outcome) => !isRefusal(outcome))).toHaveLength(1)
    for (const told of ends.filter(isRefusal))
      expect([powersRefusals.meanwhile().code, powersRefusals.alreadyEnded().code]).toContain(told.code)
    expect(await readStream(db.pool, grant.id)).toHaveLength(2)
  })

  test('overlapping grants are allowed and told', async () => {
    at('2026-12-18')
    const by = await actorOf(van)
    const first = accepted(
      await here.powers.grant(by, away({ from: '2027-01-11', to: '2027-01-15' }), { now }),
    )
    const second = accepted(
      await here.powers.grant(by, away({ from: '2027-01-15', to: '2027-01-16', receiver: economy }), { now }),
    )
    expect(first.overlaps).toEqual([])
    expect(second.overlaps.map(({ id }) => id)).toEqual([first.grant.id])
    const seen = (await here.powers.list(by)).find(({ id }) => id === first.grant.id)
    expect(seen?.overlaps).toEqual([second.grant.id])
  })
})

describe('what is refused at the door', () => {
  test.each<[unknown, string[]]>([
    [{}, ['kind not-understood']],
    [{ kind: 'absence' }, ['giver needed', 'receiver needed', 'from needed', 'to needed', 'reason needed']],
    [away({ from: '2026-02-30', reason: ' ' }), ['from not-understood', 'reason needed']],
    [away({ to: '10000-01-01' }), ['to not-understood']],
    [away({ reason: 'a\u0000b' }), ['reason not-understood']],
    [away({ reason: 'x'.repeat(501) }), ['reason too-long']],
    [away({ kind: 'signing', capacity: 'P.P.' }), ['capacity not-understood']],
    [null, ['kind not-understood']],
  ])('%j', async (raw, expected) => {
    const outcome = await here.powers.grant(await actorOf(van), raw, { now })
    if (!isRefusal(outcome)) throw new Error('not refused')
    const { problems } = outcome.details as { problems: { field: string; code: string }[] }
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual(expected)
  })

  test('an unknown officer, an unknown grant, and somebody who is no officer', async () => {
    at('2026-11-20')
    const by = await actorOf(chair)
    expect(await here.powers.grant(by, away({ giver: 'nobody' }), { now })).toMatchObject({
      code: 'powers.invalid',
      details: { problems: [{ field: 'giver', code: 'unknown' }] },
    })
    expect(await here.powers.end(by, 'not-an-id', { reason: 'x' }, { now })).toEqual(powersRefusals.unknown())
    const id = '01a1f000-0000-7000-8000-000000000001'
    expect(await here.powers.end(by, id, { reason: 'x' }, { now })).toEqual(powersRefusals.unknown())
    expect(await here.powers.grant({ kind: 'anonymous' }, away(), { now })).toEqual(
      powersRefusals.notYours({ why: 'not-an-officer' }),
    )
  })
})

describe('who sees which grants', () => {
  test.each<[string, boolean]>([
    [vinh, true],
    [van, true],
    [head, true],
    [chair, true],
    ['officer-hoa-sen-control-1', true],
    [economy, false],
    ['officer-ben-go-leader-1', false],
  ])('%s sees the absence of a colleague in the office: %s', async (officerId, sees) => {
    at('2026-11-20')
    const sample = '01a0fba9-bbc0-708d-91f2-64801521d656'
    const seen = (await here.powers.list(await actorOf(officerId))).map(({ id }) => id)
    expect(seen.includes(sample)).toBe(sees)
  })
})
