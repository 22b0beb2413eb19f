import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { packagedText } from '../builders/packages.ts'
import { theBrowser } from './browser.ts'
import { press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const chair = await aTraveller({ browser, baseUrl }, { width: 1280 })
const folder = mkdtempSync(join(tmpdir(), 'motcua-bpmn-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

await control.signInAs('officer-control-1')
await chair.signInAs('officer-hoa-sen-leader-1')

const shipped = packagedText('certified-copies/process.bpmn')
const inMonths = dateOfLaw(new Date(Date.now() + 90 * 86_400_000))
const today = dateOfLaw(new Date())

/** A file on the disk of whoever imports it. */
function file(name: string, xml: string): string {
  const path = join(folder, name)
  writeFileSync(path, xml)
  return path
}

test('a file with problems shows each of them, and the drawing with its marks', async () => {
  const { page } = control
  await page.goto('/can-bo/quy-trinh/nhap')
  await control.look()
  await press(page, 'Kiểm tra tệp')
  expect(await problems(page)).toContain('Chọn một tệp .bpmn')
  const broken = shipped
    .replace(/motcua:hours="[^"]*"/, '')
    .replace('motcua:role="leader"', 'motcua:role="king"')
  await page.setInputFiles('#tep', file('hong.bpmn', broken))
  await press(page, /^Kiểm tra tệp/)
  expect(await text(page)).toContain('chưa ghi số giờ làm việc')
  expect(await text(page)).toContain('vai trò lạ: king')
  expect(await page.locator('.bp-problem').count()).toBe(2)
  expect(await page.locator('#cong-bo').count()).toBe(0)
  await control.look()
})

test('a file that runs is compared, published by a decision, and kept as it was drawn', async () => {
  const { page } = control
  const changed = shipped.replace(/name="Ký /, 'name="Ký duyệt ').replace('?>', '?>\r\n<!-- bản mới -->')
  await page.setInputFiles('#tep', file('moi.bpmn', changed))
  await press(page, /^Kiểm tra tệp/)
  expect(await text(page)).toContain('Sơ đồ chạy được')
  expect(await text(page)).toContain('So với phiên bản 1')
  await control.look()
  await press(page, 'Công bố phiên bản 2')
  expect(await problems(page)).toContain('Số quyết định: Hãy điền chỗ này.')
  await page.fill('#validFrom', inMonths)
  await page.fill('#decisionNumber', '45/QĐ-UBND')
  await page.fill('#decisionOn', today)
  await page.fill('#reason', 'Nói rõ bước ký')
  await press(page, 'Công bố phiên bản 2')
  expect(await text(page)).toContain('Đã công bố phiên bản 2.')
  expect(await text(page)).toContain('số 45/QĐ-UBND')
  await control.look()
  const downloaded = await page.request.get('/can-bo/quy-trinh/certified-copies/2/bpmn')
  expect(await downloaded.text()).toContain('?>\r\n<!-- bản mới -->')
})

test('a leader sees what is in force and what comes, and publishes nothing', async () => {
  const { page } = chair
  await page.goto('/can-bo/quy-trinh')
  expect(await text(page)).toContain('Phiên bản 2')
  await chair.look()
  await page.goto('/can-bo/quy-trinh/certified-copies/2')
  expect(await text(page)).toContain('Chưa đến ngày')
  expect(await page.getByRole('button', { name: 'Rút phiên bản' }).count()).toBe(0)
  await chair.look()
  for (const path of ['nhap', 'certified-copies/chuyen'])
    expect((await page.goto(`/can-bo/quy-trinh/${path}`))?.status()).toBe(403)
  const form = { reason: 'x' }
  const headers = { origin: baseUrl }
  const tried = await page.request.post('/can-bo/quy-trinh/certified-copies/2', { form, headers })
  expect(tried.status()).toBe(403)
})

test('a version is taken back before its day, and the one before it goes on', async () => {
  const { page } = control
  await page.goto('/can-bo/quy-trinh/certified-copies/2')
  await page.fill('#reason', 'Ban hành nhầm')
  await press(page, 'Rút phiên bản')
  expect(await text(page)).toContain('Đã rút phiên bản 2.')
  expect(await text(page)).toContain('rút lúc')
  await control.look()
  await page.goto('/can-bo/quy-trinh')
  expect(await text(page)).not.toContain('certified-copies/2')
})

test('moving dossiers is previewed step by step, and nothing moves by looking', async () => {
  const { page } = control
  await page.goto('/can-bo/quy-trinh/building-permit/chuyen?tu=2&sang=1')
  await control.look()
  if ((await page.locator('#new-0').count()) > 0) {
    await press(page, 'Xem trước')
    expect(await text(page)).toContain('chưa hồ sơ nào thay đổi')
    await control.look()
  }
  expect(await text(page)).not.toContain('Các lần chuyển')
})

test('nobody’s browser complained', () => {
  expect([...control.complaints(), ...chair.complaints()]).toEqual([])
})
