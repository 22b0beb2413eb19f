import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import {
  allOfficers,
  demonstrationIssuer,
  findAuthority,
  findOfficerByAccount,
  findPlace,
  listAuthorities,
  loadDirectory,
  officersOf,
  oldToNew,
  placesOn,
  searchPlaces,
  unitFor,
  unitsOf,
} from './index.ts'

const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
const today = '2026-11-20'

test('knows the country on each day', async () => {
  const count = async (on: string, level: 'province' | 'district' | 'commune') =>
    (await placesOn(db, on, { level })).length
  expect(await count(today, 'province')).toBe(34)
  expect(await count(today, 'commune')).toBe(3321)
  expect(await count(today, 'district')).toBe(0)
  expect(await count('2025-06-30', 'province')).toBe(63)
  expect(await count('2025-06-30', 'district')).toBe(696)
  expect(await count('2025-06-30', 'commune')).toBe(10035)
})

test('a code keeps its commune when the commune becomes a ward', async () => {
  expect((await findPlace(db, 'commune', '25270', '2026-04-29'))?.fullName).toBe('Xã Lộc Ninh')
  expect(await findPlace(db, 'commune', '25270', '2026-04-30')).toMatchObject({
    fullName: 'Phường Lộc Ninh',
    kind: 'Phường',
  })
  expect((await findPlace(db, 'province', '75', today))?.fullName).toBe('Thành phố Đồng Nai')
})

test('says where an old commune went, and when the code alone does not decide', async () => {
  expect(await oldToNew(db, '00001')).toMatchObject({
    divided: false,
    targets: [{ fullName: 'Phường Hồng Hà' }],
  })
  const { rows } = await db.pool.query(
    'select old_commune_code as code from directory.commune_mapping where divided limit 1',
  )
  const divided = await oldToNew(db, rows[0].code)
  expect(divided?.divided).toBe(true)
  expect(divided!.targets.length).toBeGreaterThan(1)
  expect(await oldToNew(db, '99999')).toBeUndefined()
})

test.each([
  ['hoan kiem', 'Phường Hoàn Kiếm, Thành phố Hà Nội'],
  ['phuong ba dinh', 'Phường Ba Đình, Thành phố Hà Nội'],
  ['dong phu dong nai', 'Phường Đồng Phú, Thành phố Đồng Nai'],
  ['Đồng Phú, Đồng Nai', 'Phường Đồng Phú, Thành phố Đồng Nai'],
  ['26485', 'Phường Nhơn Trạch, Thành phố Đồng Nai'],
  ['nhon trac', 'Phường Nhơn Trạch, Thành phố Đồng Nai'],
])('finds a commune by "%s"', async (q, first) => {
  const [found] = await searchPlaces(db, { q, on: today })
  expect(`${found?.fullName}, ${found?.provinceName}`).toBe(first)
})

test('an old name is no dead end: who took over is offered, all of them after a division', async () => {
  const found = async (q: string, on = today) =>
    (await searchPlaces(db, { q, on, orFormer: true })).map(({ fullName, formerly }) => [fullName, formerly])
  expect(await searchPlaces(db, { q: 'Phúc Xá, Ba Đình, Hà Nội', on: today })).toEqual([])
  expect(await found('Phúc Xá Ba Đình Hà Nội')).toEqual([['Phường Hồng Hà', 'Phường Phúc Xá, Quận Ba Đình']])
  // Divided over three: the person is asked.
  const { rows } = await db.pool.query<{ q: string; targets: number }>(
    `select c.full_name || ' ' || d.full_name || ' ' || p.full_name as q, count(*)::int as targets
     from directory.commune_mapping m
     join directory.administrative_unit c on c.level = 'commune' and c.code = m.old_commune_code
       and c.valid_to = '2025-06-30'
     join directory.administrative_unit d on d.level = 'district' and d.code = c.district_code
     join directory.administrative_unit p on p.level = 'province' and p.code = c.province_code
       and p.valid_to = '2025-06-30'
     where m.divided group by c.code, 1 having count(*) = 3 order by c.code limit 3`,
  )
  for (const { q, targets } of rows) expect((await found(q)).length).toBeGreaterThanOrEqual(targets)
  // Renamed, with the same code.
  expect(await found('Xã Lộc Ninh Đồng Nai')).toContainEqual(['Phường Lộc Ninh', 'Xã Lộc Ninh'])
  expect(await found('không đâu như thế')).toEqual([])
})

test('place search leaves the sample province out unless asked', async () => {
  expect((await searchPlaces(db, { q: 'hoa sen', on: today })).some((place) => place.sample)).toBe(false)
  const [found] = await searchPlaces(db, { q: 'hoa sen', on: today, includeSample: true })
  expect(found).toMatchObject({ code: 'S9001', provinceName: 'Tỉnh Sông Mai' })
})

test('no sample commune bears the name of a real place', async () => {
  const { rows } = await db.pool.query(
    `select a.name from directory.administrative_unit a join directory.administrative_unit b
       on lower(a.name) = lower(b.name) and a.sample and not b.sample`,
  )
  expect(rows).toEqual([])
})

test('the sample province has its authorities, and every one of them is marked', async () => {
  const all = await listAuthorities(db)
  expect(all).toHaveLength(56)
  expect(all.every((authority) => authority.sample)).toBe(true)
  expect(await listAuthorities(db, { kinds: ['commune'] })).toHaveLength(42)
  expect(await listAuthorities(db, { kinds: ['commune-police'] })).toHaveLength(3)
  expect((await findAuthority(db, 'H99.12'))?.workingHours.sessions).toEqual([
    ['07:30', '11:30'],
    ['13:30', '17:30'],
  ])
})

test('every commune has an officer for each role that a process needs', async () => {
  for (const { code } of await listAuthorities(db, { kinds: ['commune'] }))
    for (const role of ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'] as const)
      expect(await officersOf(db, code, role), `${role} of ${code}`).not.toEqual([])
})

test('every role exists somewhere', async () => {
  const roles = new Set(
    (await allOfficers(db)).flatMap((officer) => officer.posts.flatMap((post) => post.roles)),
  )
  expect([...roles].sort()).toEqual([
    'admin',
    'cashier',
    'clerk',
    'control',
    'head',
    'leader',
    'post',
    'reception',
    'specialist',
  ])
})

test('knows an officer by account, and nobody by another issuer', async () => {
  const officer = await findOfficerByAccount(db, demonstrationIssuer, 'officer-hoa-sen-reception-1')
  expect(officer).toMatchObject({
    name: 'Lê Thu Trang',
    posts: [
      { authorityCode: 'H99.12', counter: 'quầy 3' },
      { authorityCode: 'H99.12', roles: ['clerk'] },
    ],
  })
  expect(
    await findOfficerByAccount(db, 'https://elsewhere.example', 'officer-hoa-sen-reception-1'),
  ).toBeUndefined()
})

test('a locked officer takes no task but is still known', async () => {
  await db.pool.query(`update directory.officer set locked = true where id = 'officer-hoa-sen-reception-2'`)
  const names = (await officersOf(db, 'H99.12', 'reception')).map(({ officerId }) => officerId)
  expect(names).not.toContain('officer-hoa-sen-reception-2')
  expect(await findOfficerByAccount(db, demonstrationIssuer, 'officer-hoa-sen-reception-2')).toMatchObject({
    locked: true,
  })
})

test('text that cannot be stored finds no place', async () => {
  expect(await searchPlaces(db, { q: 'hoan\u0000kiem', on: today })).toEqual([])
})

test('finds the division that handles a field', async () => {
  const units = await unitsOf(db, 'H99.12')
  expect(unitFor(units, 'division', 'Hộ tịch')?.unitCode).toBe('justice')
  expect(unitFor(units, 'division', 'Hoạt động xây dựng')?.unitCode).toBe('economy')
  expect(unitFor(await unitsOf(db, 'H99.20'), 'division', 'Hộ tịch')?.unitCode).toBe('office')
})

test('a second load of the same files does nothing', async () => {
  expect(await loadDirectory(db, { demonstration: true })).toBe(false)
})
