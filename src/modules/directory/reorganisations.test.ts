import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import {
  createPowers,
  createReorganisations,
  findAuthority,
  findOfficer,
  findPlace,
  listAuthorities,
  loadDirectory,
  type OpenWork,
  officersOf,
  oldToNew,
  ReorganisationRequest,
  resolveAuthority,
  searchPlaces,
  unitsOf,
} from './index.ts'

const { url, pool } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 4 })
const other = openDatabase(url, { role: 'motcua_app', max: 2 })
afterAll(() => Promise.all([db.close(), other.close()]))

const now = new Date('2026-11-20T02:00:00Z')
const tomorrow = new Date('2026-11-20T17:00:00Z')
const day = '2026-11-21'
const open = new Map<string, OpenWork>()
const forgotten: string[] = []
const door = (on = db) =>
  createReorganisations({ db: on, openWork: async () => open, changed: () => forgotten.push('posts') })
const { draft, approve, cancel, preview, applyDue, followed, toFollow, see, list } = door()

async function actorOf(officerId: string): Promise<Actor> {
  const { name, posts } = (await findOfficer(db, officerId, dateOfLaw(now)))!
  return { kind: 'officer', officerId, name, posts }
}
const control = await actorOf('officer-control-1')
const provinceLeader = await actorOf('officer-province-leader-1')
const communeLeader = await actorOf('officer-dong-ra-leader-1')

const merged = {
  ...{ number: '15/NQ-HĐND', issuedOn: '2026-11-19', issuedBy: 'HĐND tỉnh Sông Mai', effectiveOn: day },
  title: 'Sắp xếp hai xã Đồng Rạ và Gò Vải',
  lines: [
    {
      ...{ kind: 'merge', from: ['H99.40', 'H99.41'], into: 'H99.60', head: 'officer-go-vai-leader-1' },
      authority: {
        ...{ code: 'H99.60', name: 'Ủy ban nhân dân xã Đồng Vải', shortName: 'Xã Đồng Vải', kind: 'commune' },
        parentCode: 'H99',
        commune: { code: 'S9060', name: 'Đồng Vải', fullName: 'Xã Đồng Vải', kind: 'Xã' },
      },
    },
  ],
  grants: 'follow',
}
const codeOf = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

describe('from draft to record', () => {
  test('who may not is told so, and a malformed draft names every field', async () => {
    expect(codeOf(await draft(communeLeader, merged, { now }))).toBe('reorganise.not-yours')
    expect(codeOf(await draft({ kind: 'anonymous' }, merged, { now }))).toBe('reorganise.not-yours')
    const empty = await draft(control, { lines: [{ kind: 'merge', from: [], into: 'h99' }] }, { now })
    expect(empty).toMatchObject({ code: 'reorganise.invalid' })
    const { problems } = (empty as unknown as { details: { problems: object[] } }).details
    expect(problems).toContainEqual({ line: null, field: 'number', code: 'needed' })
    expect(problems).toContainEqual({ line: 0, field: 'from', code: 'needed' })
    expect(problems).toContainEqual({ line: 0, field: 'into', code: 'not-understood' })
  })

  test('a draft is changed until it is approved by somebody else, as it was seen', async () => {
    const first = accepted(await draft(control, { ...merged, title: 'Nháp' }, { now }))
    const changed = accepted(await draft(control, merged, { now, id: first.id }))
    expect(changed).toMatchObject({ title: merged.title, sequence: 2, state: 'drafted' })
    expect(await see(control, first.id)).toMatchObject({
      mayChange: true,
      mayApprove: false,
      mayCancel: true,
    })
    expect(await see(provinceLeader, first.id)).toMatchObject({ mayChange: false, mayApprove: true })
    expect(await see(communeLeader, first.id)).toMatchObject({
      mayChange: false,
      mayApprove: false,
      mayCancel: false,
    })
    expect(codeOf(await approve(communeLeader, first.id, { now }))).toBe('reorganise.not-yours')
    expect(codeOf(await approve(provinceLeader, first.id, { now, seen: 1 }))).toBe('reorganise.meanwhile')
    expect(codeOf(await cancel(control, first.id, { reason: '' }, { now }))).toBe('reorganise.invalid')
    const gone = accepted(await cancel(control, first.id, { reason: 'Lập lại' }, { now }))
    expect(gone).toMatchObject({ state: 'cancelled', cancelReason: 'Lập lại' })
    expect(codeOf(await approve(provinceLeader, first.id, { now }))).toBe('reorganise.not-now')
  })

  test('whoever drafted it at any time never approves it, though somebody else changed it since', async () => {
    const both = await actorOf('officer-province-leader-1')
    if (both.kind !== 'officer' || control.kind !== 'officer') throw new Error('no officer')
    const leadsAndControls = { ...both, posts: [...both.posts, ...control.posts] }
    const { id } = accepted(await draft(leadsAndControls, merged, { now }))
    expect(codeOf(await approve(leadsAndControls, id, { now }))).toBe('reorganise.not-yours')
    accepted(await draft(control, { ...merged, title: 'Sửa tên' }, { now, id }))
    expect(codeOf(await approve(leadsAndControls, id, { now }))).toBe('reorganise.not-yours')
    expect(await see(leadsAndControls, id)).toMatchObject({ mayApprove: false, mayCancel: true })
    accepted(await cancel(control, id, { reason: 'Lập lại' }, { now }))
  })

  test('a draft about others is not overwritten with one about oneself', async () => {
    const { id } = accepted(await draft(control, merged, { now }))
    if (control.kind !== 'officer') throw new Error('no officer')
    const [post] = control.posts
    const own = {
      ...control,
      officerId: 'x',
      posts: [{ ...post!, authorityCode: 'H99.42', roles: ['control'] }],
    }
    const lines = [
      { kind: 'rename', authority: 'H99.42', name: 'Ủy ban nhân dân xã Khác', shortName: 'Xã Khác' },
    ]
    expect(codeOf(await draft(own as Actor, { ...merged, lines }, { now, id }))).toBe('reorganise.not-yours')
    accepted(await cancel(control, id, { reason: 'Lập lại' }, { now }))
  })

  test('two heads keep a draft from being approved', async () => {
    const [line] = merged.lines
    const two = accepted(await draft(control, { ...merged, lines: [{ ...line, head: null }] }, { now }))
    const refused = await approve(provinceLeader, two.id, { now })
    expect(refused).toMatchObject({
      details: { problems: [{ line: 0, field: 'head', code: 'several-heads' }] },
    })
    // While one decision says so, no other may say otherwise.
    const contrary = { ...merged, lines: [{ kind: 'end', authority: 'H99.40', successor: 'H99.42' }] }
    expect(await draft(control, contrary, { now })).toMatchObject({
      details: { problems: [{ code: 'contradicts' }] },
    })
    accepted(await cancel(control, two.id, { reason: 'Chưa rõ người đứng đầu' }, { now }))
  })

  test('on its day two communes become one: officers, units, powers and the list of communes follow', async () => {
    const powers = createPowers({
      db,
      limitOf: async ({ procedures }) => ({ procedures, unknown: [] }),
      changed: () => undefined,
    })
    const lent = accepted(
      await powers.grant(
        await actorOf('officer-go-vai-specialist-1'),
        {
          ...{
            kind: 'absence',
            giver: 'officer-go-vai-specialist-1',
            receiver: 'officer-go-vai-reception-1',
          },
          ...{ from: '2026-11-20', to: '2026-11-30', reason: 'Nghỉ phép' },
        },
        { now },
      ),
    )
    const elsewhere = door(other)
    expect(await findAuthority(other, 'H99.60')).toBeUndefined()

    const drafted = accepted(await draft(control, merged, { now }))
    const shown = await preview(drafted, { now, besides: drafted.id })
    expect(shown.problems).toEqual([])
    expect(shown.plan.officers).toHaveLength(6)
    accepted(await approve(provinceLeader, drafted.id, { now, seen: drafted.sequence }))
    expect((await applyDue(now)).applied).toEqual([])
    expect((await applyDue(tomorrow)).applied.map(({ id }) => id)).toEqual([drafted.id])
    expect((await elsewhere.applyDue(tomorrow)).applied).toEqual([])
    expect(forgotten).toEqual(['posts'])

    expect(await findAuthority(db, 'H99.40')).toMatchObject({
      shortName: 'Xã Đồng Rạ',
      validTo: '2026-11-20',
    })
    expect(await findAuthority(db, 'H99.60')).toMatchObject({
      validFrom: day,
      communeCode: 'S9060',
      sample: true,
    })
    const standing = (await listAuthorities(db, { kinds: ['commune'], on: day })).map(({ code }) => code)
    expect(standing).toContain('H99.60')
    expect(standing).not.toContain('H99.41')
    expect((await listAuthorities(db, { kinds: ['commune'], on: '2026-11-20' })).length).toBe(42)
    expect((await unitsOf(db, 'H99.60')).map(({ unitCode }) => unitCode).sort()).toEqual(
      (await unitsOf(db, 'H99.40')).map(({ unitCode }) => unitCode).sort(),
    )

    expect(await officersOf(db, 'H99.40')).toEqual([])
    const leaders = await officersOf(db, 'H99.60', 'leader', day)
    expect(leaders.map(({ posts }) => posts[0]!.title).sort()).toEqual([
      'Chủ tịch Ủy ban nhân dân xã Đồng Vải',
      'Phó Chủ tịch Ủy ban nhân dân xã Đồng Vải',
    ])
    // Whoever took over reads what was left behind.
    expect(leaders[0]!.posts[0]!.archives).toEqual(['H99.40', 'H99.41'])
    const before = await findOfficer(db, 'officer-go-vai-leader-1', now)
    expect(before!.posts.map(({ authorityCode }) => authorityCode)).toEqual(['H99.41'])
    const standIn = await findOfficer(db, 'officer-go-vai-reception-1', day)
    expect(standIn!.posts.find(({ grant }) => grant === lent.grant.id)).toMatchObject({
      authorityCode: 'H99.60',
    })

    expect(await resolveAuthority(db, 'H99.40', '2026-11-20')).toMatchObject({
      authority: { code: 'H99.40' },
    })
    expect(await resolveAuthority(db, 'H99.40', day)).toMatchObject({
      authority: { code: 'H99.60' },
      path: ['H99.40', 'H99.60'],
    })
    expect(await findPlace(db, 'commune', 'S9060', day)).toMatchObject({ fullName: 'Xã Đồng Vải' })
    const { communeCode } = (await findAuthority(db, 'H99.40'))!
    expect(await findPlace(db, 'commune', communeCode!, day)).toBeUndefined()
    expect(await oldToNew(db, communeCode!)).toMatchObject({ divided: false, targets: [{ code: 'S9060' }] })
    const hits = await searchPlaces(db, { q: 'dong vai', on: day, includeSample: true })
    expect(hits[0]).toMatchObject({ code: 'S9060' })

    const [waiting] = await toFollow(tomorrow)
    const done = accepted(
      await followed(waiting!, { now: tomorrow, counts: { found: 40, moved: 40, left: 0 } }),
    )
    expect(done).toMatchObject({ state: 'applied', followed: { moved: 40 } })
    expect(await toFollow(tomorrow)).toEqual([])
    for (const stream of [drafted.id, lent.grant.id]) {
      const entries = await readStream(pool, stream)
      expect(verifyStream(entries)).toBeUndefined()
    }
    expect((await readStream(pool, drafted.id)).map(({ kind }) => kind.split('-')[1])).toEqual([
      ...['drafted', 'approved', 'applied', 'followed'],
    ])
    expect((await list()).map(({ state }) => state).sort()).toEqual([
      'applied',
      ...Array(4).fill('cancelled'),
    ])
  })

  test('another name holds from its day on, and the old one is known for the days before', async () => {
    const lines = [
      {
        ...{ kind: 'rename', authority: 'H99.43', shortName: 'Phường Cồn Sậy' },
        name: 'Ủy ban nhân dân phường Cồn Sậy',
        commune: { code: 'S9032', name: 'Cồn Sậy', fullName: 'Phường Cồn Sậy', kind: 'Phường' },
      },
    ]
    const { communeCode, shortName } = (await findAuthority(db, 'H99.43'))!
    lines[0]!.commune.code = communeCode!
    const drafted = accepted(await draft(control, { ...merged, number: '17/NQ', lines }, { now }))
    accepted(await approve(provinceLeader, drafted.id, { now }))
    expect((await applyDue(tomorrow)).applied).toHaveLength(1)
    expect(await findAuthority(db, 'H99.43')).toMatchObject({ shortName: 'Phường Cồn Sậy' })
    expect(await findAuthority(db, 'H99.43', '2026-11-20')).toMatchObject({ shortName })
    expect(await findAuthority(db, 'H99.43', day)).toMatchObject({ shortName: 'Phường Cồn Sậy' })
    expect(await resolveAuthority(db, 'H99.43', '2026-11-20')).toMatchObject({ asked: { shortName } })
    expect(await findPlace(db, 'commune', communeCode!, '2026-11-20')).toMatchObject({ fullName: shortName })
    expect(await findPlace(db, 'commune', communeCode!, day)).toMatchObject({ fullName: 'Phường Cồn Sậy' })
  })

  test('who gave part away and stands keeps what it has to itself', async () => {
    const begun = { code: 'H99.61', name: 'Ủy ban nhân dân xã Đồng Mới', shortName: 'Xã Đồng Mới' }
    const lines = [
      { kind: 'begin', authority: { ...begun, kind: 'commune', parentCode: 'H99' } },
      { kind: 'split', from: 'H99.12', into: ['H99.12', 'H99.61'], rest: 'H99.12' },
    ]
    const asked = { ...merged, number: '18/NQ-HĐND', lines }
    const { plan } = await preview(ReorganisationRequest.parse(asked), { now })
    const unit = plan.units.find(
      ({ authorityCode, kind }) => authorityCode === 'H99.61' && kind === 'division',
    )!
    const specialists = await officersOf(db, 'H99.12', 'specialist')
    const { officerId } = specialists.find(({ posts }) => posts.length === 1)!
    const to = { authority: 'H99.61', unit: unit.unitCode }
    const roles = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post']
    const officers = [{ officerId, from: 'H99.12', to, roles }]
    const drafted = accepted(await draft(control, { ...asked, officers }, { now }))
    accepted(await approve(provinceLeader, drafted.id, { now }))
    expect((await applyDue(tomorrow)).applied).toHaveLength(1)
    const { posts } = (await findOfficer(db, officerId, day))!
    expect(posts).toMatchObject([{ authorityCode: 'H99.61' }])
    expect(posts[0]!.archives).toBeUndefined()
  })

  test('a newer edition of the sample does not undo a decision', async () => {
    await pool.query(`delete from directory.reference_load where key = 'directory.demonstration'`)
    expect(await loadDirectory(db, { demonstration: true })).toBe(true)
    expect(await findAuthority(db, 'H99.40')).toMatchObject({ validTo: '2026-11-20' })
    expect(await officersOf(db, 'H99.40')).toEqual([])
  })

  test('a decision that no longer fits what stands is held back, and told why', async () => {
    const asked = {
      ...{ ...merged, number: '16/NQ-HĐND', effectiveOn: '2026-11-22', grants: 'end' },
      lines: [{ kind: 'end', authority: 'H99.42', successor: null }],
    }
    const homeless = await preview(ReorganisationRequest.parse(asked), { now })
    expect(new Set(homeless.problems.map(({ code }) => code))).toEqual(new Set(['officer-without-place']))
    const officers = homeless.plan.officers.map(({ officerId }) => ({ officerId, from: 'H99.42', to: null }))
    const drafted = accepted(await draft(control, { ...asked, officers }, { now }))
    expect(codeOf(await approve(provinceLeader, drafted.id, { now }))).toBe('done')
    open.set('H99.42', { dossiers: 2, procedures: [] })
    const due = new Date('2026-11-22T02:00:00Z')
    expect(await applyDue(due)).toMatchObject({
      applied: [],
      held: [{ problems: [{ code: 'open-dossiers' }] }],
    })
    accepted(await cancel(provinceLeader, drafted.id, { reason: 'Còn hồ sơ' }, { now: due }))
  })
})
