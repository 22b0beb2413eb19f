import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { answerPages, beginBirth, birthAnswers, main, press, send } from './filing.ts'
import { aTraveller } from './traveller.ts'

// The counter digitises a paper: with a PIN at the desk, then with a phone that shows the same code and the same page.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360 })
const desk = await aTraveller({ browser, baseUrl }, { width: 1280 })
const phone = await aTraveller({ browser, baseUrl }, { width: 360 })
const leader = await aTraveller({ browser, baseUrl }, { width: 1280 })

let code = ''
const authorised = (page: Page) => page.locator('.digitise__line', { hasText: 'Văn bản ủy quyền' })
const picture = async (page: Page, name: string) =>
  process.env.PICTURES && page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true })

beforeAll(async () => {
  await mother.takeRole('mother')
  await beginBirth(mother.page)
  await answerPages(mother.page, birthAnswers('Trần Gia Bảo'))
  await mother.page.goto(mother.page.url().replace(/[^/]+$/, 'kiem-tra'))
  code = (await send(mother.page)).code
  await desk.signInAs('officer-hoa-sen-reception-2')
}, 60_000)

/** No two alike: the same picture again is the same scan, which is signed once. */
let taken = 0
const aFreshPhotograph = () =>
  sharp({
    create: { width: 900, height: 1270, channels: 3, background: { r: 244, g: 240, b: 200 + taken++ } },
  })
    .jpeg()
    .toBuffer()

async function scan(page: Page): Promise<void> {
  await page.goto(`/can-bo/ho-so/${code}/so-hoa`)
  await keysWork(page)
  const line = authorised(page)
  const photo = { name: 'uy-quyen.jpg', mimeType: 'image/jpeg', buffer: await aFreshPhotograph() }
  await line.locator('input[type=file]').setInputFiles(photo)
  // While a file goes up its line grows, and the button below moves away under a press.
  await line.getByRole('link', { name: 'uy-quyen.jpg' }).waitFor()
  await line.getByRole('button', { name: 'Tải lên' }).click()
  await line.locator('.digitise__waiting').waitFor()
}

async function fill(page: Page): Promise<void> {
  const waiting = authorised(page).locator('.digitise__waiting')
  await waiting.locator('input[name^="issuedOn:"]').fill('2026-11-02')
  await waiting.locator('input[name^="issuer:"]').fill('UBND phường Hoa Sen')
}

const sign = (page: Page) => page.locator('.digitise__sign').getByRole('button').click()

test('a paper is compared with its original, signed and kept; what a register has is not scanned', async () => {
  const { page } = desk
  await scan(page)
  expect(await main(page).innerText()).toContain('Không số hóa')
  // The original stands beside what is typed.
  const shown = authorised(page).locator('.digitise__files img')
  await expect.poll(() => shown.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  await desk.look()
  await fill(page)
  await sign(page)
  await page.getByText('đánh dấu đã đối chiếu bản chính rồi mới ký').waitFor()
  await authorised(page).locator('input[name^="compared:"]').check()
  await picture(page, 'digitise')
  await sign(page)
  await page.getByText('Đã ký số 1 giấy.').waitFor()
  expect(await authorised(page).innerText()).toContain('Đã lưu vào kho của người dân')
  const href = await authorised(page).getByRole('link', { name: 'Xem bản số hóa' }).getAttribute('href')
  const copy = await desk.context.request.get(`${baseUrl}${href}`)
  expect((await copy.body()).toString('latin1')).toContain('/ETSI.CAdES.detached')
  await mother.page.goto('/kho')
  expect(await main(mother.page).innerText()).toContain('Văn bản ủy quyền')
})

test('whoever does not receive papers has no such page', async () => {
  await leader.takeRole('chair')
  expect((await leader.page.goto(`/can-bo/ho-so/${code}/so-hoa`))?.status()).toBe(403)
})

test('the phone shows the same code and the very page, wants its PIN, and the desk goes on by itself', async () => {
  const { page } = desk
  await page.goto('/can-bo/chu-ky')
  const add = page.getByRole('button', { name: 'Ký bằng điện thoại' })
  if (await add.isVisible()) await add.click()
  await page.getByText('Đang dùng để ký').waitFor()
  await scan(page)
  await fill(page)
  await authorised(page).locator('input[name^="compared:"]').check()
  await sign(page)
  await page.waitForURL('**/can-bo/ky/cho/**')
  const asked = await page.locator('.phone__code b').innerText()
  await desk.look()
  await picture(page, 'phone-wait')

  await phone.signInAs('officer-hoa-sen-reception-2')
  await phone.page.goto('/can-bo/xac-nhan-ky')
  const card = phone.page.locator('.phone__card')
  expect(await card.locator('.phone__code b').innerText()).toBe(asked)
  const applicant = await page.locator('.phone__waits b').innerText()
  expect(await card.locator('.phone__papers b').innerText()).toBe(applicant)
  await phone.look()
  await picture(phone.page, 'phone-confirm')
  const preview = await card.getByRole('link', { name: 'Xem đúng tờ sẽ ký' }).getAttribute('href')
  const get = (who: typeof phone) => who.context.request.get(`${baseUrl}${preview}`)
  expect((await get(phone)).headers()['content-type']).toBe('application/pdf')
  expect((await get(leader)).status()).toBe(404)

  await card.getByRole('button', { name: 'Xác nhận' }).click()
  await phone.page.getByText('Hãy nhập mã PIN').waitFor()
  await card.locator('input[name=pin]').fill('0000')
  await card.getByRole('button', { name: 'Xác nhận' }).click()
  await phone.page.getByText('Mã PIN không đúng').waitFor()
  await card.locator('input[name=pin]').fill('2580')
  await card.getByRole('button', { name: 'Xác nhận' }).click()
  await phone.page.getByText('Đã ký số 1 giấy.').waitFor()
  await page.getByText('Đã ký số 1 giấy.').waitFor()
  await page.getByRole('link', { name: 'Về giấy tờ của hồ sơ' }).click()
  await expect.poll(() => authorised(page).getByText('Đã lưu vào kho').count()).toBe(2)
})

test('the phone sends back with a reason that the desk reads; the desk takes its question back', async () => {
  const { page } = desk
  await scan(page)
  await fill(page)
  await authorised(page).locator('input[name^="compared:"]').check()
  await sign(page)
  await page.waitForURL('**/can-bo/ky/cho/**')
  await phone.page.goto('/can-bo/xac-nhan-ky')
  const card = phone.page.locator('.phone__card')
  await card.getByText('Từ chối ký').first().click()
  await card.locator('input[name=reason]').fill('Ảnh mờ')
  await press(phone.page, 'Từ chối ký')
  await phone.page.getByText('Đã từ chối. Không giấy nào được ký.').waitFor()
  await page.getByText('Ảnh mờ').waitFor()
  await page.getByRole('link', { name: 'Về giấy tờ của hồ sơ' }).click()
  await fill(page)
  await authorised(page).locator('input[name^="compared:"]').check()
  await sign(page)
  await page.waitForURL('**/can-bo/ky/cho/**')
  await page.getByRole('button', { name: 'Thôi, không ký' }).click()
  await page.waitForURL('**/so-hoa')
  await phone.page.goto('/can-bo/xac-nhan-ky')
  expect(await phone.page.locator('.phone__card').count()).toBe(0)
  expect([...desk.complaints(), ...phone.complaints()]).toEqual([])
})
