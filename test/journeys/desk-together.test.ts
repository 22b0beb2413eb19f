import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { outcome } from './desk.ts'
import { fileBirth, main, press, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

// Everything that officers do to many dossiers at once, without scripts: plain forms alone.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280, scripts: false })
const { page } = officer

await mother.takeRole('mother')
const codes: string[] = []
for (const name of ['Nguyễn Nhóm Một', 'Nguyễn Nhóm Hai', 'Nguyễn Nhóm Ba'])
  codes.push((await fileBirth(mother.page, name)).code)
await officer.takeRole('reception')

test('three are accepted together, and a second press of the same page does nothing again', async () => {
  await page.goto('/can-bo/viec?view=intake')
  await mark(page, codes)
  const form = await page
    .locator('form.pane__list')
    .evaluate((each: HTMLFormElement) => [...new FormData(each).entries()])
  await press(page, /^Tiếp nhận/)
  expect(await outcome(page)).toContain('3 trên 3')
  const again = new URLSearchParams([
    ...form.map(([name, value]) => [name, String(value)]),
    ['command', 'accept'],
  ])
  const answer = await page.context().request.post('/can-bo/viec?view=intake', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: baseUrl },
    data: again.toString(),
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(302)
  await page.goto('/can-bo/viec?view=all')
  expect(await outcome(page)).toContain('3 trên 3')
})

test('a label is made, put on some, and found by', async () => {
  await page.goto('/can-bo/viec?view=all')
  await page.getByText('Nhãn của bộ phận').click()
  await page.locator('form').filter({ hasText: 'Tên nhãn mới' }).locator('input[name=name]').fill('Sinh nhóm')
  await pressButton(page, 'Tạo nhãn')
  expect(await outcome(page)).toContain('Đã tạo nhãn “Sinh nhóm”')
  await mark(page, codes.slice(0, 2))
  await page.locator('.bulk__more summary').click()
  await page.locator('.bulk select[name=label]').selectOption({ label: 'Sinh nhóm' })
  await pressButton(page, 'Gắn nhãn')
  expect(await outcome(page)).toContain('2 hồ sơ')
  await page
    .locator('.rail')
    .getByRole('link', { name: /Sinh nhóm/ })
    .click()
  await expect.poll(() => page.locator('tr[data-row]').count()).toBe(2)
})

test('a view is kept for the unit and begins the day', async () => {
  await page.goto('/can-bo/viec?view=all&channel=online&procedure=1.001193')
  await page.getByText('Lưu chế độ xem này').click()
  await page.locator('.rail__form input[name=name]').first().fill('Khai sinh trực tuyến')
  await page.locator('.rail__form input[name=shared]').check()
  await pressButton(page, 'Lưu')
  expect(await outcome(page)).toContain('Khai sinh trực tuyến')
  await page.getByText('Lưu chế độ xem này').click()
  await pressButton(page, 'Mở đầu ngày bằng chế độ xem này')
  await page.goto('/can-bo/viec')
  expect(new URL(page.url()).searchParams.get('channel')).toBe('online')
  expect(await page.locator('h1').innerText()).toContain('Khai sinh trực tuyến')
  await page.getByText('Lưu chế độ xem này').click()
  await pressButton(page, 'Thôi mở đầu ngày bằng chế độ xem này')
})

test('papers go over with both parties named; the clerk takes two and refuses one', async () => {
  await page.goto('/can-bo/viec?view=all')
  await mark(page, codes)
  await page.locator('.bulk__more summary').click()
  await page.locator('.bulk select[name=receiver]').selectOption('H99.12|clerk|')
  await page.locator('.bulk input[name=sheets]').fill('3')
  await pressButton(page, 'Bàn giao')
  await page.waitForURL('**/can-bo/ban-giao/**')
  const slip = page.url()
  expect(await text(page)).toContain('3 hồ sơ, 9 tờ')
  const pdf = await page.context().request.get(`/giay/ban-giao/${slip.split('/').at(-1)}.pdf`)
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await officer.signInAs('officer-hoa-sen-clerk-1')
  await page.goto('/can-bo/ban-giao')
  await main(page).getByRole('link').first().click()
  await page.goto(slip)
  await rowOf(page, codes[2]!).getByRole('checkbox').uncheck()
  await press(page, /^Xác nhận đã nhận/)
  expect(await outcome(page)).toContain('2 trên 2')
  await pressButton(page, 'Không nhận các hồ sơ đã chọn')
  expect(await page.getByRole('alert').innerText()).toContain('Ghi lý do')
  await page.locator('input[name=reason]').fill('Thiếu một tờ')
  await pressButton(page, 'Không nhận các hồ sơ đã chọn')
  expect(await rowOf(page, codes[2]!).innerText()).toContain('Không nhận')
  expect(await text(page)).toContain('Mọi hồ sơ trên phiếu đã được nhận')
})

test('a head sees who has how much, and gives work away with one reason', async () => {
  await officer.signInAs('officer-hoa-sen-justice-head-1')
  await page.goto('/can-bo/khoi-luong')
  expect(await text(page)).toContain('Xong trong tuần')
  await page.locator('select[name=from]').selectOption('none')
  await page.locator('select[name=to]').selectOption('officer-hoa-sen-civil-status-1')
  await page.locator('input[name=most]').fill('3')
  await pressButton(page, 'Giao lại việc')
  expect(await page.getByRole('alert').innerText()).toContain('Ghi lý do')
  await page.locator('select[name=from]').selectOption('none')
  await page.locator('select[name=to]').selectOption('officer-hoa-sen-civil-status-1')
  await page.locator('input[name=most]').fill('3')
  await page.locator('form.pane__acts input[name=reason]').fill('Chia việc đầu tuần')
  await pressButton(page, 'Giao lại việc')
  expect(await outcome(page)).toMatch(/trên 3 hồ sơ/)
})

test('the alarm list is for heads, leaders and control alone', async () => {
  await page.goto('/can-bo/canh-bao')
  expect(await page.locator('h1').innerText()).toContain('Cảnh báo hồ sơ kẹt')
  await page.goto('/can-bo')
  expect(await text(page)).toContain('Kẹt, chưa giải trình')
  await officer.takeRole('reception')
  expect((await page.goto('/can-bo/canh-bao'))?.status()).toBe(403)
  expect((await page.goto('/can-bo/khoi-luong'))?.status()).toBe(403)
  expect((await page.goto('/can-bo/ket-qua/0199d000-0000-7000-8000-000000000001'))?.status()).toBe(404)
  expect((await page.goto('/can-bo/ban-giao/0199d000-0000-7000-8000-000000000001'))?.status()).toBe(404)
})

const rowOf = (desk: Page, code: string) => desk.locator('tr').filter({ hasText: code })
const pressButton = (desk: Page, name: string) =>
  main(desk)
    .or(desk.locator('.rail'))
    .getByRole('button', { name, exact: true })
    .filter({ visible: true })
    .first()
    .click()

async function mark(desk: Page, wanted: readonly string[]): Promise<void> {
  for (const code of wanted) await desk.locator(`tr[data-row="${code}"]`).getByRole('checkbox').check()
}
