import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { main, press, problems, text as textOf } from './filing.ts'
import { anOffice } from './office.ts'
import { thePast } from './past.ts'
import { aTraveller, type Traveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const citizen = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const office = anOffice({ browser, baseUrl })

await citizen.takeRole('mother')
const past = await thePast()
const paper = `Bằng tốt nghiệp số ${String(Date.now()).slice(-6)}`
let booking = ''
let dossier = ''

/** What a page says; amounts do not break from their đồng. */
const text = async (page: Page) => (await textOf(page)).replaceAll('\u00a0', ' ')

/** A page of a diploma; lying on its side as a scanner sometimes takes it. */
function aPage(no: number, wide = false): Promise<Buffer> {
  const [width, height] = wide ? [1270, 900] : [900, 1270]
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#f7f1e1"/><rect x="40" y="40" width="${width - 80}" height="${height - 80}"
    fill="none" stroke="#8a2b2b" stroke-width="8"/><text x="50%" y="50%" font-size="60" text-anchor="middle">${no}</text></svg>`
  return sharp(Buffer.from(drawing)).jpeg().toBuffer()
}

async function keepPicture({ page }: Traveller, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('a person books a time to bring the original, on a phone without a script', async () => {
  const { page } = citizen
  await page.goto('/thu-tuc/2.000815')
  await main(page).getByRole('link', { name: 'Đặt hẹn trước' }).click()
  await citizen.look()
  await page.selectOption('#noi', 'H99.12')
  await press(page, 'Xem giờ còn trống')
  await page.locator('.appointments__days a').last().click()
  await citizen.look()
  await press(page, 'Đặt hẹn')
  expect(await problems(page)).toContain('Chọn một giờ')
  await page.locator('input[name=gio]').last().check()
  await page.fill('#giay-0', paper)
  // Counted wrong at home; the counter counts again.
  await page.fill('#trang-0', '1')
  await press(page, 'Đặt hẹn')
  await citizen.look()
  expect(await text(page)).toContain('Đã đặt hẹn')
  expect(await text(page)).toContain('2.000 đ')
  expect(await page.getByRole('img', { name: /Mã QR/ }).count()).toBe(1)
  await main(page).getByRole('link', { name: 'Đổi giờ' }).click()
  await page.locator('input[name=gio]').first().check()
  await press(page, 'Đổi sang giờ này')
  expect(await text(page)).toContain('Đã đổi giờ hẹn')
  booking = new URL(page.url()).pathname.split('/').at(-1)!
  await keepPicture(citizen, 'booking')
})

test('reception scans the code and starts the dossier from what was booked', async () => {
  const reception = await office.at('reception')
  const { page } = reception
  await page.goto('/can-bo/lich-hen')
  await page.fill('input[name=ma]', `${baseUrl}/can-bo/lich-hen?ma=${booking}`)
  await press(page, 'Tìm')
  await reception.look()
  await keepPicture(reception, 'bookings')
  const row = page.locator('tr', { hasText: booking })
  expect(await row.innerText()).toContain(paper)
  await row.getByRole('link', { name: /Tiếp nhận/ }).click()
  await page.locator('form.counter__form').waitFor()
  await keysWork(page)
  expect(await text(page)).toContain(`Từ lịch hẹn ${booking}`)
  expect(await page.inputValue('[name="originals[0].paperType"]')).toBe(paper)
  await page.keyboard.press('F9')
  await page.waitForURL('**/tai-quay?xong=**')
  dossier = new URL(page.url()).searchParams.get('xong')!
  await citizen.page.goto(`/hen/${booking}`)
  expect(await text(citizen.page)).toContain(dossier)
})

test('she captures the original: two pages, one of them turned, and the fee follows', async () => {
  const reception = await office.at('reception')
  const { page } = reception
  await page.getByRole('link', { name: /Chụp bản chính/ }).click()
  await page.locator('.certify').waitFor()
  await keysWork(page)
  await page.locator('#chup-0').setInputFiles([
    { name: 'trang-1.jpg', mimeType: 'image/jpeg', buffer: await aPage(1) },
    { name: 'trang-2.jpg', mimeType: 'image/jpeg', buffer: await aPage(2, true) },
  ])
  await expect.poll(() => page.locator('input[name^="_sent:"]').count()).toBe(2)
  await page.getByRole('button', { name: `Thêm trang ${paper}` }).click()
  await expect.poll(() => page.locator('.certify__pages img').count()).toBe(2)
  expect(await text(page)).toContain('Đếm được 2 trang')
  expect(await text(page)).toContain('Thu 4.000 đ, không thu mức hồ sơ đang ghi (2.000 đ)')
  await page.getByRole('button', { name: 'Xoay trang 2 sang phải' }).click()
  await expect.poll(() => page.locator('.certify__pages li[data-wide]').count()).toBe(0)
  await reception.look()
  await keepPicture(reception, 'certify-capture')
  await press(page, 'Ghi 4.000 đ vào hồ sơ')
  expect(await text(page)).toContain('Hồ sơ ghi 4.000 đ')
  const now = new Date()
  const officer = past.officer('reception')
  await past.act(officer, { code: dossier }, { command: 'draftResult', draft: { note: 'Đã đối chiếu' } }, now)
  await past.act(officer, { code: dossier }, { command: 'completeStep', outcome: 'ok' }, now)
})

test('the chair looks at the very copy and certifies it with a PIN', async () => {
  const leader = await office.at('leader')
  const { page } = leader
  await page.goto(`/can-bo/ho-so/${dossier}/chung-thuc`)
  await keysWork(page)
  const preview = await page.getByRole('link', { name: /Xem bản sao sẽ ký/ }).getAttribute('href')
  const answer = await page.request.get(preview!)
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await leader.look()
  await press(page, /Ký chứng thực/)
  await expect.poll(() => text(page)).toContain('Đánh dấu bản chụp đúng với bản chính')
  await page.locator('input[name="compared:0"]').check()
  await keepPicture(leader, 'certify-sign')
  await press(page, /Ký chứng thực/)
  await expect.poll(() => text(page)).toContain('Đã chứng thực 1 bản chính')
  await leader.look()
})

test('the copy is in the vault, and a stranger finds it genuine', async () => {
  const { page } = citizen
  await page.goto('/kho')
  await main(page)
    .getByRole('link', { name: `Bản sao chứng thực: ${paper}` })
    .first()
    .click()
  expect(await text(page)).toContain('SCT/BS')
  const leader = (await office.at('leader')).page
  const address = await leader.getByRole('link', { name: 'Trang xác minh' }).getAttribute('href')
  await stranger.page.goto(address!)
  const found = await text(stranger.page)
  expect(found).toContain(paper)
  expect(found).toContain('Ủy ban nhân dân phường Hoa Sen')
  await stranger.look()
})

test('the book has its line, and a colleague of another commune cannot open it', async () => {
  const leader = await office.at('leader')
  const { page } = leader
  await page.goto(`/can-bo/so-chung-thuc?${new URLSearchParams({ tim: paper })}`)
  const row = page.locator('tr', { hasText: paper })
  expect(await row.innerText()).toContain(dossier)
  expect(await text(page)).toContain('1 số chứng thực, 2 trang, phí 4.000 đ')
  await leader.look()
  await keepPicture(leader, 'certify-book')
  const sheet = await page.request.get(`/can-bo/so-chung-thuc.xlsx?${new URLSearchParams({ tim: paper })}`)
  expect((await sheet.body()).subarray(0, 2).toString()).toBe('PK')
  const elsewhere = (await office.at('elsewhere')).page
  const refused = await elsewhere.request.get('/can-bo/so-chung-thuc?don-vi=H99.12')
  expect(refused.status()).toBe(403)
  expect((await elsewhere.request.get('/can-bo/lich-hen?don-vi=H99.12')).status()).toBe(403)
  expect(
    (await elsewhere.request.get(`/can-bo/ho-so/${dossier}/chung-thuc`)).status(),
  ).toBeGreaterThanOrEqual(403)
})

test('nothing went wrong unseen', () => {
  expect(citizen.complaints()).toEqual([])
  expect(stranger.complaints()).toEqual([])
  expect(office.complaints()).toEqual([])
})
