import { createHash } from 'node:crypto'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

// Control takes procedures in and gives them away, sets what the province may set; a citizen asks before signing in.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const citizen = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
await control.signInAs('officer-control-1')

const { page } = control
const file = (name: string, mimeType: string, text: string | Uint8Array) => ({
  ...{ name, mimeType },
  buffer: Buffer.from(text),
})

test('a table of another system is read, told about, and drafted from', async () => {
  await page.goto('/thiet-ke/nhap')
  await keysWork(page)
  await page.getByText('Chọn tệp', { exact: true }).waitFor()
  await control.look()
  const table = 'Mã thủ tục,Tên thủ tục,Đối tượng\n9.999991,Cấp giấy thử,Công dân\nsai mã,Tên,'
  await page.setInputFiles('#tep', file('bang.csv', 'text/csv', table))
  await page.getByText('bang.csv').waitFor()
  await press(page, 'Đọc')
  await page.getByText('9.999991').first().waitFor()
  await control.look()
  await press(page, 'Soạn từ bản ghi này')
  await page.waitForURL(/thay-doi/)
  await page.getByText('Nhập từ dữ liệu thủ tục 9.999991').first().waitFor()
})

test('a package that holds nothing new is refused; one that differs becomes a draft with its tests run', async () => {
  const goi = await page.request.get('/thiet-ke/thu-tuc/1.004859/goi')
  const bytes = new Uint8Array(await goi.body())
  await page.goto('/thiet-ke/goi')
  await keysWork(page)
  await page.setInputFiles('#tep', file('goi.zip', 'application/zip', bytes))
  await press(page, 'Nhập gói')
  await page.locator('.error-summary').waitFor()
  expect(await problems(page)).toContain('không có gì khác bản đang dùng')
  await control.look()
  await page.setInputFiles('#tep', file('goi.zip', 'application/zip', renamed(bytes)))
  await press(page, 'Nhập gói')
  await page.waitForURL(/thay-doi/)
  await page.getByText('ca kiểm thử đạt, 0 ca không đạt').first().waitFor()
  await control.look()
})

/** The package with another title of its form, and the list of its files made to fit. */
function renamed(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes)
  const form = JSON.parse(strFromU8(files['form.json']!))
  form.title.vi = `${form.title.vi} (mới)`
  files['form.json'] = strToU8(JSON.stringify(form))
  const manifest = JSON.parse(strFromU8(files['manifest.json']!))
  for (const each of manifest.files) {
    each.sha256 = createHash('sha256').update(files[each.path]!).digest('hex')
    each.bytes = files[each.path]!.length
  }
  return zipSync({ ...files, 'manifest.json': strToU8(JSON.stringify(manifest)) })
}

test('the province sets a shorter limit by a resolution, and takes it back', async () => {
  await page.goto('/thiet-ke/tinh?thu-tuc=1.004873&loai=limit')
  await keysWork(page)
  expect(await text(page)).not.toContain('(H99)')
  await page.fill('[name=amount]', '2')
  await page.selectOption('[name=unit]', 'working-day')
  await page.fill('[name=resolutionNumber]', '12/2026/QĐ-UBND')
  const today = await page.locator('[name=validFrom]').getAttribute('min')
  const tomorrow = `${Temporal.PlainDate.from(today!).add({ days: 1 })}`
  await page.fill('[name=resolutionOn]', today!)
  await page.fill('[name=validFrom]', tomorrow)
  const [year, month, day] = tomorrow.split('-')
  expect(await page.locator('#validFrom-h').textContent()).toContain(`${day}/${month}/${year}`)
  await press(page, 'Đặt quy định')
  await page.getByText('Đã đặt quy định của tỉnh').waitFor()
  const rule = page.locator('tr', { hasText: '12/2026/QĐ-UBND' })
  expect(await rule.innerText()).toContain('Sắp áp dụng')
  await control.look()
  await rule.getByRole('button', { name: 'Rút lại' }).click()
  await page.getByText('Đã kết thúc quy định.').waitFor()
  expect(await rule.innerText()).toContain('Đã rút')
  expect(await rule.getByRole('button').count()).toBe(0)
})

test('who is too young learns before signing in that the allowance is not for them', async () => {
  const { page: phone } = citizen
  await phone.goto('/thu-tuc/1.014027/co-duoc-khong')
  await citizen.look()
  await press(phone, 'Tiếp tục')
  expect(await problems(phone)).toContain('Mời trả lời câu này')
  const [day, month, year] = ['.day', '.month', '.year'].map((part) =>
    phone.locator(`input[name$="${part}"]`),
  )
  await day!.fill('01')
  await month!.fill('01')
  await year!.fill('1990')
  await press(phone, 'Tiếp tục')
  expect(await text(phone)).toContain('từ đủ 75 tuổi')
  expect(await text(phone)).toContain('không phải quyết định từ chối')
  await citizen.look()
})
