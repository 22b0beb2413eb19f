import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { openDossier } from './desk.ts'
import { answerPages, main, press, send, text } from './filing.ts'
import { staff } from './office.ts'
import { query } from './papers.ts'
import { daysAgo, thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const person = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const partner = await aTraveller({ browser, baseUrl }, { width: 1280 })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const past = await thePast()

const paperName = 'Bản sao Trích lục hộ tịch, bản sao Giấy khai sinh'
let item: string
let second: string

/** Loads a page again until the feed has brought the news to it. */
const eventually = (path: string, says: string | RegExp) =>
  expect
    .poll(async () => {
      await person.page.goto(path)
      return text(person.page)
    })
    .toMatch(says)

test('the result of a dossier comes into the vault by itself', async () => {
  const { page } = person
  await person.signInAs('citizen-bach')
  const first = await past.beforeTheLeader('civil-status-copy', 'citizen-bach', daysAgo(3))
  await past.settle(first.code, 'granted', daysAgo(2))
  await eventually('/kho', paperName)
  await person.look()
  await main(page)
    .getByRole('link', { name: new RegExp(paperName) })
    .click()
  item = new URL(page.url()).pathname.split('/').at(-1)!
  expect(await text(page)).toContain(first.code)
  await person.look()
})

test('it is proposed in a second dossier and handed in without an upload', async () => {
  const { page } = person
  await page.goto('/thu-tuc/1.004859/nop')
  await press(page, 'Bắt đầu')
  await answerPages(page, {
    changeKind: 'correction',
    relation: 'self',
    'registration.kind': 'birth',
    'registration.number': '12',
    'registration.registeredOn.day': '12',
    'registration.registeredOn.month': '8',
    'registration.registeredOn.year': '1993',
    'change.item': 'hometown',
    'change.from': 'Xã Kiến Xương',
    'change.to': 'Xã Kiến Xương, tỉnh Hưng Yên',
    'change.reason': 'Ghi thiếu tên tỉnh',
    'copies.count': '1',
    'delivery.way': 'electronic',
  })
  expect(page.url()).toMatch(/gui-kem$/)
  await person.look()
  expect(await page.locator(`input[name="vault.evidence"][value="${item}"]`).isChecked()).toBe(true)
  await press(page, 'Lưu và tiếp tục')
  expect(await text(page)).toContain(paperName)
  second = (await send(page)).code
  const [paper] = await query<{ how: string; trust: string }>(
    'select p.how, p.trust from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id where d.code = $1',
    [second],
  )
  expect(paper).toEqual({ how: 'vault', trust: 'issued' })
})

test('the officer sees where it came from and opens it, and its owner is told', async () => {
  const { page } = officer
  await officer.signInAs(staff.reception)
  await openDossier(page, second)
  expect(await text(page)).toContain('Lấy từ kho · Cơ quan cấp bản điện tử')
  await officer.look()
  await eventually('/kho/da-doc', /Mở xem/)
  expect(await text(person.page)).toContain(second)
  await person.look()
  const reuse = await page.request.get(`/api/v1/dossiers/${second}/reuse`)
  expect(await reuse.json()).toMatchObject({ HoSoCoThanhPhanSoHoa: 1, counts: { vault: 1 } })
})

test('it can be shared for a purpose, and is closed again at once', async () => {
  const { page } = person
  await partner.signInAs('citizen-lua')
  const opens = async () => (await partner.page.request.get(`/kho/giay/${item}`)).status()
  expect(await opens()).toBe(404)
  await page.goto(`/kho/${item}`)
  await page.locator('details:has(#ma-nhan) summary').click()
  await page.locator('#ma-nhan').fill('8099000003')
  await press(page, 'Đồng ý chia sẻ')
  expect(await page.locator('.error-summary').innerText()).toContain('Để làm gì')
  await person.look()
  await page.locator('#muc-dich').fill('Làm thẻ nhân viên')
  const until = Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh').add({ days: 20 })
  for (const [part, value] of Object.entries({ day: until.day, month: until.month, year: until.year }))
    await page.locator(`[name="until.${part}"]`).fill(String(value))
  await press(page, 'Đồng ý chia sẻ')
  expect(await text(page)).toContain('Đã chia sẻ')
  expect(await opens()).toBe(200)
  await partner.page.goto('/kho')
  expect(await text(partner.page)).toContain('Làm thẻ nhân viên')
  await partner.look()
  await page.reload()
  expect(await text(page)).toContain('Trịnh Văn Lúa')
  await press(page, /^Kết thúc/)
  expect(await text(page)).toContain('Đã kết thúc chia sẻ')
  expect(await opens()).toBe(404)
})

test('an own upload is added, refused without a file, downloaded with everything else, and removed', async () => {
  const { page } = person
  await page.goto('/kho/them')
  await press(page, 'Thêm vào kho')
  expect(await page.locator('.error-summary').innerText()).toContain('Chọn ảnh hoặc tệp')
  await person.look()
  const content = Buffer.from('Hợp đồng thuê nhà của tôi\n')
  await page.locator('#tep').setInputFiles({ name: 'hop-dong.txt', mimeType: 'text/plain', buffer: content })
  await page.locator('#ten').fill('../../Hợp đồng\u202Efdp')
  await press(page, 'Thêm vào kho')
  expect(await text(page)).toContain('Đã thêm vào kho')
  const archive = await page.request.get('/kho/tai-ve.zip')
  const files = unzipSync(new Uint8Array(await archive.body()))
  const names = Object.keys(files)
  expect(names.filter((name) => /[/\\]|\p{Cf}/u.test(name))).toEqual([])
  const sums = new TextDecoder().decode(files.SHA256SUMS).trim().split('\n')
  expect(sums).toHaveLength(2)
  for (const line of sums) {
    const [sum, name] = line.split('  ') as [string, string]
    expect(createHash('sha256').update(files[name]!).digest('hex')).toBe(sum)
  }
  await page.goto('/kho')
  await main(page)
    .getByRole('link', { name: /Hợp đồng/ })
    .click()
  await press(page, 'Xóa giấy tự tải lên')
  expect(await text(page)).toContain('Đã xóa giấy khỏi kho')
  expect(await text(page)).not.toContain('Hợp đồng')
})

test('nothing broke on the way', () => {
  expect([...person.complaints(), ...partner.complaints(), ...officer.complaints()]).toEqual([])
})
