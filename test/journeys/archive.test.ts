import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/kernel/db.ts'
import { verifyTheseDossiers } from '../../src/modules/dossiers/index.ts'
import { purgedOf, verifyRetention } from '../../src/modules/retention/index.ts'
import { theBrowser } from './browser.ts'
import { openDossier } from './desk.ts'
import { main, press, text } from './filing.ts'
import { anOffice, staff } from './office.ts'
import { query } from './papers.ts'
import { daysAgo, thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl, databaseUrl } = inject('journeyServer')
const browser = await theBrowser()
const office = anOffice({ browser, baseUrl })
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const province = await aTraveller({ browser, baseUrl }, { width: 1280 })
const person = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const past = await thePast()
const db = openDatabase(databaseUrl, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())

const page = '/can-bo/luu-tru'
const basis = 'Danh mục hết giá trị, đợt của hành trình'
const batchRow = ({ page: at }: typeof control) => main(at).locator('tr', { hasText: basis })
/** What of the ward's sample is due, held by nothing and in no batch. */
let due: string[]
let held: string

test('control reads which period dossiers follow and how sure it is, and holds one of them', async () => {
  await control.signInAs('officer-hoa-sen-control-1')
  await control.page.goto(page)
  expect(await text(control.page)).toContain('chưa xác nhận (mặc định)')
  const rows = main(control.page).locator('tr', { hasText: 'Hủy được' }).locator('a')
  due = (await rows.allInnerTexts()).map((each) => each.trim())
  expect(due.length).toBeGreaterThan(3)
  held = due[0]!
  await control.page.locator('#codes').fill(held)
  await control.page.locator('#reason').fill('Đơn khiếu nại số 7')
  await press(control.page, 'Giữ lại')
  expect(await text(control.page)).toContain('Đã giữ hồ sơ')
  await control.look()
})

test('control proposes what is due; reception has no such page, and who proposed does not decide', async () => {
  await control.page.locator('#basis').fill(basis)
  await press(control.page, 'Đề nghị hủy')
  expect(await text(control.page)).toContain('Đã đề nghị hủy')
  const listed = await batchRow(control).innerText()
  expect(listed).toContain('chờ phê duyệt')
  expect(listed).not.toContain(held)
  expect(await batchRow(control).getByRole('button').count()).toBe(0)
  const { page: counter } = await office.at('reception')
  expect((await counter.goto(page))?.status()).toBe(403)
})

test('control of the province sees the ward and changes nothing there', async () => {
  await province.signInAs('officer-control-1')
  await province.page.goto(page)
  expect(await text(province.page)).toContain('Phường Hoa Sen')
  await province.page.goto(`${page}?noi=H99.12`)
  expect(await batchRow(province).innerText()).toContain('chờ phê duyệt')
  expect(await main(province.page).getByRole('button').allInnerTexts()).toEqual(['Xem'])
  await province.look()
})

test('a leader reads the list and approves; what is held stays, the rest goes with a certificate', async () => {
  const leader = await office.at('leader')
  await leader.page.goto(page)
  const row = batchRow(leader)
  await row.locator('summary').click()
  expect(await row.innerText()).toContain(due[1]!)
  await row.getByLabel('Ý kiến').fill('Đồng ý hủy')
  await press(leader.page, 'Phê duyệt hủy')
  expect(await text(leader.page)).toContain('Đã phê duyệt')
  await expect
    .poll(
      async () => {
        await control.page.goto(page)
        return batchRow(control).innerText()
      },
      { timeout: 60_000, interval: 500 },
    )
    .toContain('đã hủy xong')
  const certificate = await batchRow(control).getByRole('link', { name: 'Biên bản hủy' }).getAttribute('href')
  const pdf = await control.page.request.get(certificate!)
  expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  const elsewhere = await office.at('elsewhereLeader')
  expect((await elsewhere.page.request.get(certificate!)).status()).toBe(404)
})

test('the purged dossier says what is left, prints nothing, and its journal verifies', async () => {
  await openDossier(control.page, due[1]!)
  const words = await text(control.page)
  expect(words).toContain('Nội dung đã hủy')
  expect(words).toContain('Nhật ký vẫn kiểm tra được')
  expect(words).toContain('Tên đã hủy theo thời hạn lưu trữ')
  await control.look()
  expect((await control.page.request.get(`/giay/${due[1]}/receipt-2.pdf`)).status()).toBe(404)
  await openDossier(control.page, held)
  expect(await text(control.page)).not.toContain('Nội dung đã hủy')
  const rows = await query<{ id: string }>('select id from dossiers.dossier where code = any ($1)', [due])
  const ids = rows.map(({ id }) => id).toSorted()
  const report = await verifyTheseDossiers(db.pool, ids, (some) => purgedOf(db.pool, some))
  expect(report).toMatchObject({ streams: due.length, chainFaults: [], differingRows: [] })
  expect((await purgedOf(db.pool, ids)).size).toBe(due.length - 1)
  expect(await verifyRetention(db.pool, new Date())).toMatchObject({ unexplained: [] })
})

test('two people lift a hold', async () => {
  await control.page.goto(page)
  const hold = (who: typeof control) => main(who.page).locator('tr', { hasText: 'Đơn khiếu nại số 7' })
  await hold(control).getByLabel('Lý do bỏ giữ').fill('Đã giải quyết xong')
  await hold(control).getByRole('button', { name: 'Đề nghị bỏ giữ' }).click()
  await control.page.waitForURL(/xong=ask/)
  expect(await hold(control).getByRole('button').count()).toBe(0)
  const leader = await office.at('leader')
  await leader.page.goto(page)
  await hold(leader).getByRole('button', { name: 'Đồng ý bỏ giữ' }).click()
  await leader.page.waitForURL(/xong=lift/)
  expect(await hold(leader).innerText()).toContain('đã bỏ giữ')
})

test('people read who has seen their dossier; who may not open it leaves no line', async () => {
  await person.signInAs('citizen-lua')
  const { code } = await past.filed('marital-status', 'citizen-lua', daysAgo(0))
  const status = `/ho-so/${code}`
  const told = async () => {
    await person.page.goto(status)
    await person.page.locator('#ai-da-xem summary').click()
    return person.page.locator('#ai-da-xem').innerText()
  }
  expect(await told()).toContain('Chưa có ai mở hồ sơ này')
  const { page: counter } = await office.at('reception')
  await openDossier(counter, code)
  const stranger = await office.at('elsewhere')
  expect((await stranger.page.goto(`/can-bo/ho-so/${code}`))?.status()).toBe(404)
  expect((await counter.request.get(`/api/v1/dossiers/${code}/readers`)).status()).toBe(403)
  await expect.poll(told).toContain('mở để giải quyết hồ sơ; một lần')
  const answer = await person.page.request.get(`/api/v1/dossiers/${code}/readers`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  expect(items.map(({ id }) => id)).toEqual([staff.reception])
  await person.look()
  await person.page.goto('/quyen-rieng-tu')
  await person.look()
})

test('nothing broke on the way', () => {
  expect([...control.complaints(), ...province.complaints(), ...person.complaints()]).toEqual([])
  expect(office.complaints()).toEqual([])
})
