import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { wordTable } from '../../src/modules/processes/step-table.builder.ts'
import { packagedText } from '../builders/packages.ts'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const colleague = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const chair = await aTraveller({ browser, baseUrl }, { width: 1280 })
const reviewer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const folder = mkdtempSync(join(tmpdir(), 'motcua-steps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// The modeller is half a megabyte of script, and the machine may be busy.
for (const each of [control, colleague, chair, reviewer]) each.context.setDefaultTimeout(60_000)
await control.signInAs('officer-control-1')
await colleague.signInAs('officer-hoa-sen-control-1')
await chair.signInAs('officer-hoa-sen-leader-1')
await reviewer.takeRole('provincialLeader')

let at = ''
const headers = { origin: baseUrl }
const step = (page: Page, i: number, field: string) => page.locator(`#row-${i}-${field}`)

/** Puts a table on the clipboard and presses Ctrl+V somewhere on the page, as far as a page can tell. */
const paste = (page: Page, html: string) =>
  page.evaluate((given) => {
    const data = new DataTransfer()
    data.setData('text/html', given)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
  }, html)

test('a procedure is taken up, and its process stands as a table', async () => {
  const { page } = control
  await page.goto('/thiet-ke/thu-tuc/1.004873')
  await page.locator('[name=title]').first().fill('Rút ngắn xác nhận tình trạng hôn nhân')
  await page.locator('[name=reason]').first().fill('Bớt một bước')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  at = `${new URL(page.url()).pathname}/quy-trinh`
  await page.goto(at)
  await keysWork(page)
  expect(await step(page, 0, 'name').inputValue()).toContain('Thẩm tra')
  expect(await text(page)).toContain('trong hạn')
  expect(await page.locator('svg.bp').count()).toBe(1)
  await control.look()
})

test('a table from Word pasted anywhere is shown as it was understood, and taken over', async () => {
  const { page } = control
  await paste(page, wordTable)
  await page.waitForSelector('#da-dan')
  expect(await text(page)).toContain('Đọc được 4 bước trong quy trình, 2 bước trước và sau quy trình.')
  expect(await text(page)).toContain('Dòng 3: nếu không đủ điều kiện thì kết thúc bằng từ chối')
  await control.look()
  await press(page, 'Dùng bảng này')
  expect(await step(page, 0, 'name').inputValue()).toBe('Thẩm định hồ sơ')
  expect(await step(page, 2, 'to-send-back').inputValue()).toBe('#du-thao-giay-khai-sinh-trinh-chu-tich-ky')
  expect(await page.inputValue('#receptionHours')).toBe('2')
})

test('one row is mended by keyboard, the time is counted as it is typed, and all of it is saved', async () => {
  const { page } = control
  await step(page, 0, 'hours').fill('0,5')
  expect(await page.locator('.steps-bar').innerText()).toContain('7,5 giờ trên 24 giờ')
  await step(page, 1, 'name').focus()
  await page.keyboard.press('Alt+Insert')
  await page.keyboard.type('Trưởng phòng kiểm tra')
  expect(await step(page, 2, 'name').inputValue()).toBe('Trưởng phòng kiểm tra')
  await page.keyboard.press('Alt+ArrowUp')
  expect(await step(page, 1, 'name').inputValue()).toBe('Trưởng phòng kiểm tra')
  await page.waitForFunction(() =>
    document.querySelector('main')?.textContent?.includes('chưa ghi vai trò làm'),
  )
  await step(page, 1, 'role').selectOption('head')
  await step(page, 1, 'hours').fill('1')
  await press(page, 'Thêm ba bước soạn, ký, phát hành văn bản từ chối')
  expect(await page.locator('.step-row').count()).toBe(8)
  await page.waitForFunction(() =>
    document.querySelector('main')?.textContent?.includes('Quy trình chạy được.'),
  )
  await control.look()
  await page.getByRole('button', { name: 'Lưu bảng' }).last().click()
  await page.waitForURL(/xong=saved/)
  expect(await text(page)).toContain('Đã lưu quy trình.')
  expect(await step(page, 1, 'hours').inputValue()).toBe('1')
  expect(await page.locator('svg.bp').innerHTML()).toContain('Trưởng phòng')
})

test('in the modeller hours are changed in the panel of the step, and the file keeps its drawing', async () => {
  const { page } = control
  await page.goto(`${at}?xem=so-do`)
  await page.waitForSelector('.djs-container svg')
  expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true)
  await control.look()
  await page.getByLabel('Phần tử', { exact: true }).selectOption({ label: 'Trưởng phòng kiểm tra' })
  const hours = page.getByLabel('Giờ làm việc')
  expect(await hours.inputValue()).toBe('1')
  await hours.fill('1.5')
  await hours.blur()
  expect(await text(page)).toContain('Có thay đổi chưa lưu.')
  await press(page, 'Lưu sơ đồ')
  await page.waitForURL(/xong=saved/)
  const file = await page.request.get(`${at}.bpmn`)
  expect(await file.text()).toContain('motcua:hours="1.5"')
  expect(await file.text()).toContain('bpmndi:BPMNShape')
  await page.goto(at)
  expect(await step(page, 1, 'hours').inputValue()).toBe('1,5')
})

test('without script a table is pasted as text, rows are moved, and all of it is saved', async () => {
  const { page } = colleague
  await page.goto(at)
  await colleague.look()
  await page.locator('summary', { hasText: 'Dán bảng' }).click()
  await page.fill(
    '#dan',
    'TT\tNgười thực hiện\tNội dung\tThời gian\tKết quả\n1\tChuyên viên\tThẩm định\t3 giờ\tPhiếu\n2\tChủ tịch\tKý duyệt\tkhông rõ\t',
  )
  await press(page, 'Đọc bảng')
  expect(await text(page)).toContain('Dòng 3: không đọc được thời gian “không rõ”.')
  await colleague.look()
  await press(page, 'Dùng bảng này')
  expect(await page.locator('.step-row').count()).toBe(2)
  await step(page, 1, 'hours').fill('lâu lắm')
  await press(page, 'Lưu bảng')
  expect(await problems(page)).toContain('Bước 2: số giờ “lâu lắm” không đọc được')
  expect(await step(page, 1, 'hours').inputValue()).toBe('lâu lắm')
  await colleague.look()
  await step(page, 1, 'hours').fill('1/4 ngày')
  await press(page, 'Lưu bảng')
  expect(await text(page)).toContain('Đã lưu quy trình.')
  expect(await step(page, 1, 'hours').inputValue()).toBe('2')
})

test('who saves after somebody else sees theirs, loses nothing, and decides', async () => {
  const { page } = control
  await keysWork(page)
  await step(page, 0, 'name').fill('Thẩm định của tôi')
  await page.getByRole('button', { name: 'Lưu bảng' }).last().click()
  await page.getByRole('alert').first().waitFor()
  expect(await page.locator('.studio__theirs').textContent()).toContain('2. Ký duyệt - Chủ tịch - 2 giờ')
  expect(await step(page, 0, 'name').inputValue()).toBe('Thẩm định của tôi')
  expect(await page.locator('.step-row').count()).toBe(8)
  await control.look()
  await page.locator('main form button[name=seen]').click()
  await page.waitForURL(/xong=saved/)
  expect(await step(page, 0, 'name').inputValue()).toBe('Thẩm định của tôi')
})

test('a drawing that is richer than a table comes as a file, and the table says why it is not one', async () => {
  const { page } = colleague
  const path = join(folder, 'giau.bpmn')
  await page.goto(`${at}?xem=so-do`)
  writeFileSync(path, '<!DOCTYPE a [<!ENTITY b "c">]><a/>')
  await page.setInputFiles('#tep', path)
  await press(page, 'Kiểm tra và lưu tệp')
  expect(await problems(page)).toContain('DOCTYPE')
  writeFileSync(path, packagedText('building-permit/process-2.bpmn'))
  await page.setInputFiles('#tep', path)
  await press(page, 'Kiểm tra và lưu tệp')
  expect(await text(page)).toContain('Đã lưu quy trình.')
  expect(await text(page)).toContain('Tệp này là quy trình “building-permit”')
  await colleague.look()
  await page.goto(at)
  expect(await text(page)).toContain('Cổng “Làm song song” mở nhiều nhánh cùng lúc.')
  expect(await page.locator('.step-row').count()).toBe(0)
  await colleague.look()
})

test('who only reviews reads it, and whom it does not concern sees nothing; neither saves', async () => {
  const form = { _action: 'save', seen: '0', rows: '0' }
  await reviewer.page.goto(at)
  expect(await text(reviewer.page)).toContain('chưa sửa được lúc này')
  expect(await reviewer.page.getByRole('button', { name: 'Lưu bảng' }).count()).toBe(0)
  await reviewer.look()
  expect((await reviewer.page.request.post(at, { form, headers })).status()).toBe(403)
  for (const path of [at, `${at}.bpmn`, `${at}?xem=so-do`])
    expect((await chair.page.goto(path))?.status()).toBe(403)
  expect((await chair.page.request.post(at, { form, headers })).status()).toBe(403)
  expect((await control.page.request.post(at, { form: { seen: '0' }, headers })).status()).toBe(400)
})

test('nobody’s browser complained', () => {
  const all = [control, colleague, chair, reviewer].flatMap((each) => each.complaints())
  expect(all).toEqual([])
})
