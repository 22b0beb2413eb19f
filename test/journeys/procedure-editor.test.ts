import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { press, text } from './filing.ts'
import { pointersUsed, tabTo, unfoldByKey } from './keyboard.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const colleague = await aTraveller({ browser, baseUrl }, { width: 360 })
const blind = await aTraveller({ browser, baseUrl }, { width: 1280 })
const reader = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })

for (const each of [control, colleague, blind, reader]) each.context.setDefaultTimeout(60_000)
await control.signInAs('officer-control-1')
await colleague.signInAs('officer-hoa-sen-control-1')
await blind.signInAs('officer-control-1')
await reader.signInAs('officer-control-1')
const pointers = await pointersUsed(blind.context)

let change = ''
const at = () => `${change}/thu-tuc`
// This fee is left to the province: nothing stands in where the table is silent.
const table = 'f-cases-0-fees-0-amountRule'
const cell = (page: Page, row: number, column: number) => page.locator(`#${table}-r${row}-c${column}`)
const amount = (page: Page, row: number) => page.locator(`#${table}-r${row}-g`)
const findings = (page: Page) => page.locator(`#${table} .rt__findings`).innerText()
const inTable = (page: Page, name: string) => page.locator(`#${table}`).getByRole('button', { name })

async function open(page: Page): Promise<void> {
  await page.goto(at())
  await unfold(page)
}

/** Opens the case and its fee; a page that comes back has its lists closed. */
async function unfold(page: Page): Promise<void> {
  await keysWork(page)
  for (const item of ['f-cases-0', 'f-cases-0-fees-0']) {
    const bar = page.locator(`#${item}-s`)
    if ((await bar.getAttribute('aria-expanded')) === 'false') await bar.click()
  }
  await page.locator(`#${table}`).waitFor()
}

async function addColumn(page: Page, label: string): Promise<void> {
  await page.locator(`#${table}-add`).selectOption({ label })
  await page.locator(`#${table} .rt__add button`).click()
}

test('a procedure is taken up, and its terms stand in words', async () => {
  const { page } = control
  await page.goto('/thiet-ke/thu-tuc/1.001022')
  await page.locator('[name=title]').first().fill('Lệ phí theo cách nộp')
  await page.locator('[name=reason]').first().fill('Nghị quyết của Hội đồng nhân dân tỉnh')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  change = new URL(page.url()).pathname
  await open(page)
  await control.look()
  expect(await text(page)).toContain('Chuyên sâu')
  expect(await text(page)).toContain('Đếm để tính phí')
})

test('an amount by table tells which cases it leaves out, and where two rows contradict each other', async () => {
  const { page } = control
  await addColumn(page, 'Cách nộp')
  expect(await findings(page)).toContain('Dòng 1 chưa ghi kết quả.')
  await cell(page, 0, 0).selectOption({ label: 'Trực tuyến' })
  await amount(page, 0).fill('4000')
  expect(await findings(page)).toContain(
    'Chưa có dòng nào cho: Cách nộp là một trong: Trực tiếp, Qua bưu chính.',
  )
  await inTable(page, 'Thêm dòng').click()
  await addColumn(page, 'Anh/chị thuộc diện miễn lệ phí nào?')
  await cell(page, 1, 1).selectOption({ label: 'Hộ nghèo' })
  await amount(page, 1).fill('0')
  await page.locator(`#${table}-o`).fill('8000')
  expect(await findings(page)).toContain('Dòng 1 và 2 cùng đúng khi Cách nộp là Trực tuyến và')
  await control.look()
})

test('a row is moved, the contradiction is mended, and the table is saved', async () => {
  const { page } = control
  await inTable(page, 'Chuyển dòng 2 lên').click()
  expect(await amount(page, 0).inputValue()).toBe('0')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`${table}-r0-up`)
  await cell(page, 1, 1).selectOption('none-of')
  await page.locator(`#${table} .rt__boxes`).getByLabel('Hộ nghèo').check()
  expect(await findings(page)).toContain('Không có trường hợp nào bị sót hay trùng.')
  await control.look()
  await page.getByRole('button', { name: 'Lưu nội dung' }).click()
  await page.waitForURL(/xong=saved/)
  await open(page)
  // The questions stand in the order in which the rows name them.
  expect(await cell(page, 1, 1).inputValue()).toBe('=online')
  expect(await amount(page, 1).inputValue()).toBe('4000')
})

test('the comparison tells the rows in the words of officials', async () => {
  const { page } = control
  await page.goto(`${change}/so-sanh`)
  const said = await text(page)
  expect(said).toMatch(/khi “Anh\/chị thuộc diện miễn lệ phí nào\?” là Hộ nghèo\s+Không thu phí/)
  expect(said).toMatch(/Trước\s+Theo nghị quyết của Hội đồng nhân dân tỉnh\s+Sau\s+theo bảng/)
  expect(said).toContain('4.000 đ mỗi hồ sơ')
  expect(said).toContain('trong các trường hợp còn lại')
  expect(said).not.toContain('if feeExemption')
  await control.look()
})

test('on a phone the rows are cards, and a colleague mends an amount', async () => {
  const { page } = colleague
  await open(page)
  await colleague.look()
  await amount(page, 1).fill('5000')
  await page.getByRole('button', { name: 'Lưu nội dung' }).click()
  await page.waitForURL(/xong=saved/)
  await page.goto(`${change}/so-sanh`)
  expect(await text(page)).toContain('5.000 đ mỗi hồ sơ')
})

test('who saves after somebody else sees theirs, loses nothing, and decides', async () => {
  const [{ page }, other] = [control, await control.context.newPage()]
  for (const tab of [page, other]) await open(tab)
  await amount(other, 1).fill('6000')
  await other.getByRole('button', { name: 'Lưu nội dung' }).click()
  await other.waitForURL(/xong=saved/)
  await other.close()
  await amount(page, 1).fill('7000')
  await page.getByRole('button', { name: 'Lưu nội dung' }).click()
  await page.getByRole('alert').first().waitFor()
  expect(await page.locator('.studio__theirs').textContent()).toContain('6000')
  await unfold(page)
  expect(await amount(page, 1).inputValue()).toBe('7000')
  await control.look()
  await page.locator('main form button[name=seen]').click()
  await page.waitForURL(/xong=saved/)
  await open(page)
  expect(await amount(page, 1).inputValue()).toBe('7000')
})

test('the whole table is written by keyboard alone', async () => {
  const { page } = blind
  await page.goto(at())
  await keysWork(page)
  const keys = page.keyboard
  for (const item of ['#f-cases-0-s', '#f-cases-0-fees-0-s']) await unfoldByKey(page, item)
  await tabTo(page, `#${table}-r1-g`)
  await keys.press('Alt+Insert')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`${table}-r2-c0`)
  await keys.type('Qua')
  await tabTo(page, `#${table}-r2-g`)
  await keys.type('9000')
  await keys.press('Alt+ArrowUp')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`${table}-r1-g`)
  expect(await amount(page, 1).inputValue()).toBe('9000')
  expect(await amount(page, 2).inputValue()).toBe('7000')
  await keys.press('Alt+Delete')
  expect(await text(page)).toContain('Đã bỏ dòng 2.')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`${table}-undo`)
  await keys.press('Enter')
  expect(await amount(page, 1).inputValue()).toBe('9000')
  expect(await pointers()).toBe(0)
})

test('the expert view and the table are one, and what is no table says so', async () => {
  const { page } = control
  await open(page)
  await page.locator(`#${table} summary`).first().click()
  const feel = page.locator(`#${table} .rule__feel`)
  expect(await feel.inputValue()).toContain('else if')
  await feel.fill('if channel = "online" then 1000 else 2000')
  expect(await amount(page, 0).inputValue()).toBe('1000')
  await feel.fill('copies.count * 1000')
  expect(await text(page)).toContain('Công thức này không viết được thành bảng')
  await control.look()
})

test('what is wrong in the rare parts is said at its place', async () => {
  const { page } = control
  await page.goto(at())
  await keysWork(page)
  await page.locator('.pe__rare > summary').click()
  await page
    .locator('#f-statusAuthority')
    .getByRole('button', { name: /Thêm vào/ })
    .click()
  await page.locator('#f-statusAuthority-0-system').fill('Hệ thống của Bộ')
  await page.getByRole('button', { name: 'Lưu nội dung' }).click()
  await page.waitForURL(/xong=saved/)
  expect(await page.locator('#f-statusAuthority-0-system-e').innerText()).toContain('Viết chưa đúng dạng.')
  expect(await page.locator('#f-statusAuthority-0-source-e').innerText()).toContain('Chưa điền')
  await control.look()
})

test('without script everything can be read, on a phone too', async () => {
  await reader.page.goto(at())
  await reader.look()
})

test('nobody’s browser complained', () => {
  expect([control, colleague, blind, reader].flatMap((each) => each.complaints())).toEqual([])
})
