import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const absent = await aTraveller({ browser, baseUrl }, { width: 1280 })
const standIn = await aTraveller({ browser, baseUrl }, { width: 1280 })
const chair = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })

await absent.signInAs('officer-ben-go-civil-status-2')
await standIn.signInAs('officer-ben-go-civil-status-1')
await chair.signInAs('officer-ben-go-leader-1')

const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

test('an officer hands work over by keyboard, and everything missing is named at once', async () => {
  const { page } = absent
  await page.goto('/can-bo/uy-quyen')
  await keysWork(page)
  await page.keyboard.press('v')
  await page.waitForURL('**/can-bo/uy-quyen?viec=vang-mat')
  await page.getByRole('button', { name: 'Ghi và giao việc' }).press('Enter')
  const told = await problems(page)
  for (const missing of ['người nhận', 'ngày kết thúc', 'lý do']) expect(told).toContain(missing)
  await absent.look()
  await page.locator('#receiver').selectOption('officer-ben-go-civil-status-1')
  await page.locator('#to').fill(today)
  await page.locator('#reason').fill('Tập huấn <b>ở tỉnh</b>')
  await page.getByRole('button', { name: 'Ghi và giao việc' }).press('Enter')
  await page.locator('.outcome--ok').waitFor()
  expect(await text(page)).toContain('Tập huấn <b>ở tỉnh</b>')
  await absent.look()
})

test('who stands in is told so on every page of the desk', async () => {
  for (const page of ['/can-bo/viec', '/can-bo/so-theo-doi', '/can-bo/tra-cuu']) {
    await standIn.page.goto(page)
    expect(await standIn.page.locator('.standin').innerText()).toContain('Dương Hữu Bình')
  }
  await standIn.look()
})

test('the chair gives a signature away on a phone without scripts, within what the law allows', async () => {
  const { page } = chair
  await page.goto('/can-bo/uy-quyen?viec=giao-ky')
  await chair.look()
  await page.locator('#receiver').selectOption('officer-ben-go-justice-head-1')
  await page.locator('input[name=capacity][value="TUQ."]').check()
  await page.locator('#to').fill(today)
  await page.locator('#reason').fill('Chứng thực bản sao')
  await page.getByRole('button', { name: 'Ghi và giao quyền ký' }).click()
  const told = await problems(page)
  for (const missing of ['số và ngày của văn bản', 'thủ tục hoặc lĩnh vực']) expect(told).toContain(missing)
  await page.locator('input[name=procedures][value="2.000815"]').check()
  await page.locator('#documentNumber').fill('7/GUQ-UBND')
  await page.locator('#documentOn').fill(today)
  await page.getByRole('button', { name: 'Ghi và giao quyền ký' }).click()
  await page.locator('.outcome--ok').waitFor()
  expect(await text(page)).toContain('7/GUQ-UBND')
  await chair.look()
})

test('the chair ends the absence early, and with the next page it is over', async () => {
  const { page } = chair
  await page.goto('/can-bo/uy-quyen')
  const row = page.locator('tr', { hasText: 'Dương Hữu Bình' })
  await row.locator('summary').click()
  await row.getByLabel('Vì sao kết thúc sớm').fill('Đã về')
  await row.getByRole('button', { name: 'Kết thúc ngay' }).click()
  await page.locator('.outcome--ok').waitFor()
  await chair.look()
  await standIn.page.goto('/can-bo/viec')
  expect(await standIn.page.locator('.standin').count()).toBe(0)
})

test('nothing broke in anybody’s browser', () => {
  for (const each of [absent, standIn, chair]) expect(each.complaints()).toEqual([])
})
