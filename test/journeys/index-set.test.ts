import { expect, inject, test } from 'vitest'
import { dateText } from '../../src/web/ui/format.ts'
import { theBrowser } from './browser.ts'
import { problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const leader = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const anybody = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })

await control.signInAs('officer-control-1')
await leader.signInAs('officer-province-leader-1')

const day = (plus: number) =>
  new Date(Date.now() + 7 * 3_600_000 + plus * 86_400_000).toISOString().slice(0, 10)
let set = ''

test('control copies the national set, sees that points no longer add up, mends and hands it in', async () => {
  const { page } = control
  await page.goto('/thiet-ke/bo-chi-so')
  const row = page.locator('tr', { hasText: 'cách tính năm 2026' }).first()
  await row.getByRole('button').click()
  await page.waitForURL('**/bo-chi-so/**xong=started')
  set = new URL(page.url()).pathname
  await page.locator('input[name="max.publishedOnTime"]').fill('4')
  await page.getByText('lệch −2').waitFor()
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await page.waitForURL('**xong=saved')
  await page.getByRole('button', { name: 'Trình ban hành' }).click()
  expect(await problems(page)).toContain('cộng lại 16')
  await page.locator('input[name="max.updatedOnTime"]').fill('6')
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await page.waitForURL('**xong=saved')
  await control.look()
  await page.getByRole('button', { name: 'Trình ban hành' }).click()
  await page.waitForURL('**xong=handed-in')
  expect(await text(page)).toContain('Người ban hành phải khác')
})

test('a leader publishes it by a decision, from a day on', async () => {
  const { page } = leader
  await page.goto(set)
  await page.getByRole('button', { name: 'Ban hành' }).click()
  expect(await problems(page)).toContain('Số quyết định')
  await page.locator('#decisionNumber').fill('892/QĐ-UBND')
  await page.locator('#decisionOn').fill(day(0))
  await page.locator('#validFrom').fill(day(0))
  await leader.look()
  await page.getByRole('button', { name: 'Ban hành' }).click()
  await page.waitForURL('**xong=published')
  expect(await text(page)).toContain('Đã ban hành')
})

test('anybody sees the points by that set on every page, with the decision that it stands on', async () => {
  const { page } = anybody
  await page.goto('/so-lieu/chi-so')
  await page.locator('.setline').getByRole('link', { name: 'Riêng tỉnh' }).click()
  await page.waitForURL('**bo=h99-766-2026')
  expect(await page.locator('.setline').innerText()).toContain(`892/QĐ-UBND ngày ${dateText(day(0))}`)
  await anybody.look()
  for (const link of ['Bản đồ', 'Các bước', 'Hồ sơ', 'Dữ liệu mở', 'Chỉ số']) {
    await page.locator('.snav').getByRole('link', { name: link, exact: true }).click()
    expect(page.url()).toContain('bo=h99-766-2026')
  }
  await page.goto('/so-lieu/trinh-chieu?bo=h99-766-2026')
  expect(await page.locator('.slide header').first().innerText()).toContain('bộ chỉ số 892/QĐ-UBND')
  for (const link of ['So sánh hai đơn vị', 'Trình chiếu']) {
    await page.goto('/so-lieu/chi-so?bo=h99-766-2026')
    await page.getByRole('link', { name: link }).click()
    expect(page.url()).toContain('bo=h99-766-2026')
  }
  await page.goto('/so-lieu/chi-so?bo=h99-766-2026')
  await page.locator('.sgroups a').first().click()
  // Its first group gives four and six points where the national set gives six and four.
  expect((await page.locator('.spart__n').allInnerTexts()).join(' ')).toMatch(/\/4 .*\/6 /s)
  await page.locator('.setline').getByRole('link', { name: 'Toàn quốc' }).click()
  expect(page.url()).not.toContain('bo=')
  const csv = await page.request.get('/api/v1/index/scores?set=h99-766-2026&level=province')
  expect(((await csv.json()) as { set: { key: string } }).set.key).toBe('h99-766-2026')
})

test('anybody reads what a figure means, and where the targets stand', async () => {
  const { page } = anybody
  await page.goto('/so-lieu/thu-vien?q=dung+han')
  await anybody.look()
  await page.getByRole('link', { name: 'Hồ sơ xử lý đúng hạn' }).click()
  for (const said of ['Tử số', 'Mẫu số', 'Căn cứ', 'tối đa 20 điểm']) expect(await text(page)).toContain(said)
  await anybody.look()
  await page.goto('/so-lieu/chi-tieu')
  expect(await text(page)).toContain('Nghị quyết 76/NQ-CP')
  await anybody.look()
})
