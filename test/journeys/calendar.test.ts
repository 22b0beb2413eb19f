import { expect, inject, test } from 'vitest'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { theBrowser } from './browser.ts'
import { main, press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const colleague = await aTraveller({ browser, baseUrl }, { width: 1280 })

await control.signInAs('officer-mai-thuong-control-1')
await colleague.signInAs('officer-mai-thuong-reception-1')

const inThreeDays = dateOfLaw(new Date(Date.now() + 3 * 86_400_000))
const year = inThreeDays.slice(0, 4)
const calendar = `/can-bo/lich?noi=H99.14&nam=${year}`

test('procedure control of a commune previews a day off, and publishes what was previewed and nothing else', async () => {
  const { page } = control
  await page.goto('/can-bo/lich')
  await control.look()
  await page.goto(`${calendar}&viec=sua`)
  await page.fill('#name-0', 'Nghỉ vì lũ')
  await press(page, 'Xem trước ảnh hưởng')
  expect(await problems(page)).toContain('Dòng 1: hãy chọn ngày.')
  expect(await problems(page)).toContain('Hãy ghi văn bản công bố.')
  expect(await page.inputValue('#name-0')).toBe('Nghỉ vì lũ')
  await control.look()
  await page.fill('#date-0', inThreeDays)
  await page.fill('#source', 'Công điện 5')
  await press(page, 'Xem trước ảnh hưởng')
  expect(await text(page)).toContain('Chưa có gì được lưu.')
  await control.look()
  await page.fill('#name-0', 'Nghỉ vì bão')
  await press(page, 'Công bố và tính lại')
  expect(await text(page)).toContain('Danh sách đã đổi sau lần xem trước.')
  await press(page, 'Công bố và tính lại')
  expect(await text(page)).toContain(`Đã công bố bản 1 của năm ${year}`)
  expect(await text(page)).toContain('Nghỉ vì bão')
})

test('the recomputation is told until it has finished', async () => {
  const { page } = control
  await expect
    .poll(async () => (await page.goto(calendar)) && (await main(page).innerText()), { timeout: 90_000 })
    .toContain('Đã xong')
  await control.look()
})

test('who had the page open meanwhile is told, keeps what they typed, and may go on', async () => {
  const early = await aTraveller({ browser, baseUrl }, { width: 1280 })
  await early.signInAs('officer-mai-thuong-control-1')
  await early.page.goto(`${calendar}&viec=sua`)
  const { page } = control
  await page.goto(`${calendar}&viec=sua`)
  await page.locator('input[name="drop"]').first().check()
  await page.fill('#source', 'Công điện 6')
  await press(page, 'Xem trước ảnh hưởng')
  await press(page, 'Công bố và tính lại')
  expect(await text(page)).toContain('Đã công bố bản 2')
  await early.page.fill('#name-0', 'Nghỉ vì gió')
  await early.page.fill('#source', 'Công điện 7')
  await press(early.page, 'Xem trước ảnh hưởng')
  expect(await problems(early.page)).toContain('Vừa có người công bố lịch')
  expect(await early.page.inputValue('#name-0')).toBe('Nghỉ vì gió')
  await press(early.page, 'Xem trước ảnh hưởng')
  expect(await text(early.page)).toContain('Nếu công bố lịch này')
  await early.close()
})

test('everybody else at the desk reads the days and changes nothing', async () => {
  const { page } = colleague
  await page.goto(`${calendar}&viec=sua`)
  await colleague.look()
  expect(await text(page)).toContain('Ngày nghỉ cả nước')
  expect(await page.getByRole('link', { name: 'Sửa lịch' }).count()).toBe(0)
  expect(await page.locator('#sua-lich').count()).toBe(0)
  const days = { date: '', kind: 'statutory_holiday', name: '', basis: '', status: 'official', note: '' }
  const form = { territory: 'H99.14', year, seen: '2', source: 'x', _action: 'preview', ...days }
  const answer = await page.request.post(calendar, { form, headers: { origin: baseUrl } })
  expect(answer.status()).toBe(403)
})
