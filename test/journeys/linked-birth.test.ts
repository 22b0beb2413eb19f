import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { openDossier, pressKey } from './desk.ts'
import { answerPages, type Filed, press, send, text } from './filing.ts'
import { query } from './papers.ts'
import { daysAgo, thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const past = await thePast()

let filed: Filed
const answers = {
  'child.fullName': 'Trần Ngọc Sen',
  'child.hometown.offer': '0',
  'residence.household': 'mine',
  'head.relation': 'child',
  'insurance.facility': 'Trạm y tế phường Hoa Sen',
  'identityCard.wanted': 'false',
  'copies.count': '2',
  'delivery.way': 'electronic',
}

test('a mother files birth, residence and the insurance card in one go, from a phone without scripts', async () => {
  const { page } = mother
  await mother.takeRole('mother')
  await page.goto('/thu-tuc/3.000722')
  expect(await text(page)).toContain('Thẻ bảo hiểm y tế')
  await mother.look()
  await page.goto('/thu-tuc/3.000722/nop')
  await page.locator('input[name="for"][value="child:mother"]').check()
  await press(page, 'Bắt đầu')
  await answerPages(page, answers)
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  await mother.look()
  filed = await send(page)
  await mother.look()
  await page.goto(`/ho-so/${filed.code}`)
  expect(await text(page)).toContain('Các việc trong hồ sơ này')
  expect(await text(page)).not.toContain('Làm căn cước')
  await mother.look()
})

test('one acceptance begins the first procedure; the desk shows how each stands', async () => {
  const { page } = officer
  await officer.takeRole('reception')
  await openDossier(page, filed.code)
  expect(await text(page)).toContain('Các thủ tục trong hồ sơ')
  await officer.look()
  expect(await pressKey(page, 't')).toContain(`${filed.code}: đã tiếp nhận`)
  await expect.poll(() => branches(filed.code), { timeout: 20_000 }).toMatchObject({ birth: 'running' })
  await openDossier(page, filed.code)
  expect(await text(page)).toMatch(/Làm giấy khai sinh cho con[\s\S]*Đang làm/)
  expect(await text(page)).toMatch(/Nhập hộ khẩu[\s\S]*Chưa đến lượt/)
  await officer.look()
  await mother.page.goto(`/ho-so/${filed.code}`)
  expect(await text(mother.page)).toMatch(/Làm giấy khai sinh cho con\s+Đang làm/)
  await mother.look()
})

const longAgo = daysAgo(14)
let old: { code: string }

test('of a filing two weeks old one procedure has its result, one was declined and one is late', async () => {
  old = await past.inProgress('linked-birth', 'citizen-mau-don', longAgo)
  await decided('birth', 'granted')
  await decided('insurance', 'refused')
  await decided('identity-card', 'granted')
  expect(await branches(old.code)).toEqual({
    ...{ birth: 'granted', residence: 'running', insurance: 'refused', 'identity-card': 'granted' },
  })
})

test('her page says of each procedure where it stands, and why', async () => {
  const { page } = mother
  await page.goto(`/ho-so/${old.code}`)
  const said = await text(page)
  expect(said).toMatch(/Làm giấy khai sinh cho con\s+Đã có kết quả/)
  expect(said).toMatch(/Nhập hộ khẩu\s+Quá ngày hẹn/)
  expect(said).toMatch(/Thẻ bảo hiểm[^\n]*\s+Không giải quyết được/)
  expect(said).toContain('Các kết quả khác vẫn có giá trị')
  await mother.look()
})

test('the desk says who is late, what was declined and what the people are owed', async () => {
  const { page } = officer
  await openDossier(page, old.code)
  const said = await text(page)
  expect(said).toMatch(/Nhập hộ khẩu[\s\S]*Quá hạn/)
  expect(said).toContain('Việc phải lo cho người dân')
  await officer.look()
})

test('the police see their own procedure, the filing it belongs to and the states of its sisters', async () => {
  const { page } = officer
  const [residence] = await query<{ code: string }>(
    `select c.code from dossiers.dossier c join dossiers.dossier g on c.linked ->> 'filing' = g.id::text
     where g.code = $1 and c.linked ->> 'branch' = 'residence'`,
    [old.code],
  )
  await officer.signInAs('officer-hoa-sen-police-specialist-1')
  await openDossier(page, residence!.code)
  expect(await text(page)).toContain('Thuộc hồ sơ liên thông')
  expect(await text(page)).toContain(old.code)
  await officer.look()
  const answer = await page.goto(`/can-bo/ho-so/${old.code}`)
  expect(answer!.status()).toBe(404)
})

test('no browser complained on the way', () => {
  expect([...mother.complaints(), ...officer.complaints()]).toEqual([])
})

async function branches(code: string): Promise<Record<string, string>> {
  const [row] = await query<{ branches: { key: string; state: string }[] }>(
    'select branches from dossiers.dossier where code = $1',
    [code],
  )
  return Object.fromEntries(row!.branches.map(({ key, state }) => [key, state]))
}

/** A branch of the old filing, once the server has begun it. */
async function childOf(key: string) {
  const find = () =>
    query<{ code: string }>(
      `select c.code from dossiers.dossier c join dossiers.dossier g on c.linked ->> 'filing' = g.id::text
       where g.code = $1 and c.linked ->> 'branch' = $2`,
      [old.code, key],
    )
  await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBe(1)
  return (await find())[0]!
}

/** What its authority did to a branch two weeks ago. */
async function decided(key: string, wanted: 'granted' | 'refused'): Promise<void> {
  const { code } = await childOf(key)
  await past.settle(code, wanted, longAgo)
  await expect.poll(async () => (await branches(old.code))[key], { timeout: 20_000 }).toBe(wanted)
}
