import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

// Control writes down how copies are certified, as test cases: at a desk, and on a phone without scripts.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const phone = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
await control.signInAs('officer-control-1')
await phone.signInAs('officer-control-1')

const { page } = control
let cases = ''
const state = (what: string, value: string) => page.locator(`[data-what=${what}] input[value=${value}]`)

const tryIt = () => page.locator('#ket-qua').getByRole('button', { name: 'Chạy thử' }).click()

test('a case is taken from another, and opens on the form that is drafted', async () => {
  await page.goto('/thiet-ke/thu-tuc/2.000815')
  await page.fill('[name=title]', 'Thêm ca kiểm thử')
  await page.fill('[name=reason]', 'Chưa có ca nộp qua bưu chính')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  cases = `${new URL(page.url()).pathname}/kiem-thu`
  await page.goto(cases)
  await keysWork(page)
  expect(await text(page)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  await control.look()
  await press(page, 'Thêm và mở')
  await page.locator('.error-summary').waitFor()
  expect(await problems(page)).toContain('Đặt tên cho ca kiểm thử')
  await page.fill('#ten-ca', 'Hai bản, nhận lại sau')
  await page.selectOption('#tu-ca', { index: 1 })
  await press(page, 'Thêm và mở')
  await page.waitForURL(/kiem-thu\/6/)
  expect(await page.inputValue('#ca-ten')).toBe('Hai bản, nhận lại sau')
  await control.look()
})

test('what comes out is seen before it is stated', async () => {
  await page.goto(`${cases}/6`)
  await keysWork(page)
  const copies = page.locator('[name="originals[0].pages"]')
  await copies.fill('')
  await tryIt()
  await page.getByText('Không nộp được').first().waitFor()
  expect(await text(page)).toContain('khác điều đã nêu')
  await page.waitForLoadState('networkidle')
  await page.locator('[name="originals[0].pages"]').fill('2')
  // What is stated as it came out must be what was looked at.
  await state('problems', 'came').check()
  await press(page, 'Lưu ca này')
  await page.locator('.error-summary').waitFor()
  expect(await problems(page)).toContain('Chưa lưu')
  await page.waitForLoadState('networkidle')
  for (const what of ['problems', 'feesVnd', 'limit', 'steps', 'result']) await state(what, 'came').check()
  await press(page, 'Lưu ca này')
  await page.waitForURL(/xong=saved/)
  await control.look()
  await page.goto(cases)
  expect(await text(page)).not.toContain('Không đạt')
})

test('another end of a step is tried and stated', async () => {
  await page.goto(`${cases}/6`)
  await keysWork(page)
  await page.selectOption('#buoc-0', 'not-eligible')
  await tryIt()
  await page.getByText('Trả lời không giải quyết').first().waitFor()
  await page.waitForLoadState('networkidle')
  for (const what of ['steps', 'result']) await state(what, 'came').check()
  await press(page, 'Lưu ca này')
  await page.waitForURL(/xong=saved/)
  expect(await text(page)).toContain('Không đủ điều kiện')
})

test('a phone without scripts renames, duplicates and removes', async () => {
  const small = phone.page
  await small.goto(`${cases}/6`)
  await small.fill('#ca-ten', 'Hai bản, không đủ điều kiện')
  await press(small, 'Lưu ca này')
  await small.waitForURL(/xong=saved/)
  await phone.look()
  await small.goto(cases)
  const last = small.locator('.case__list > li').last()
  await last.getByRole('button', { name: 'Nhân bản' }).click()
  await small.waitForURL(/kiem-thu\/7/)
  expect(await small.inputValue('#ca-ten')).toBe('Hai bản, không đủ điều kiện (bản sao)')
  await small.goto(cases)
  await last.locator('summary').click()
  await last.getByRole('button', { name: /^Bỏ/ }).click()
  await small.waitForURL(/xong=saved/)
  expect(await small.locator('.case__list > li').count()).toBe(6)
  await phone.look()
})

test('who saves over a colleague is told, and keeps what was typed', async () => {
  await page.goto(`${cases}/6`)
  await keysWork(page)
  await phone.page.goto(`${cases}/1`)
  await press(phone.page, 'Lưu ca này')
  await phone.page.waitForURL(/xong=saved/)
  await page.fill('#ca-ten', 'Tên của tôi')
  await press(page, 'Lưu ca này')
  await page.getByRole('button', { name: 'Lưu bản của tôi thay bản ấy' }).waitFor()
  expect(await page.inputValue('#ca-ten')).toBe('Tên của tôi')
  await page.waitForLoadState('networkidle')
  await control.look()
  await press(page, 'Lưu bản của tôi thay bản ấy')
  await page.waitForURL(/xong=saved/)
  await page.goto(cases)
  expect(await text(page)).toContain('Tên của tôi')
})
