import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { main, press, problems } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()

const quiet = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const lively = await aTraveller({ browser, baseUrl }, { width: 360 })

const field = (page: Page, path: string) => page.locator(`[data-field="${path}"]`)
const list = (page: Page) => page.locator('[data-group="members"]')
const together = (page: Page) => page.locator('[name="holder.kind"][value="household"]')
const alone = (page: Page) => page.locator('[name="holder.kind"]:not([value="household"])')
const says = (page: Page) => page.locator('[data-live-says]')

/** Begins a household business and goes straight to one page of its form. */
async function atPage(page: Page, key: string): Promise<void> {
  await page.goto('/thu-tuc/1.001612/nop')
  await press(page, 'Bắt đầu')
  await page.waitForURL(/\/nop\/[^/]+\/.+/)
  await page.goto(page.url().replace(/[^/]+$/, key))
}

describe('a form while it is filled in, with script', () => {
  const { page } = lively
  test('opens a list by the answer before it', async () => {
    await lively.takeRole('business')
    await atPage(page, 'thanh-vien')
    expect(await list(page).isVisible()).toBe(false)
    await together(page).check()
    await list(page).waitFor({ state: 'visible' })
    await lively.look()
  })

  test('keeps what was typed into a list that closes and opens again', async () => {
    await press(page, 'Thêm thành viên')
    await page.keyboard.type('PHẠM THỊ D')
    await alone(page).check()
    await list(page).waitFor({ state: 'hidden' })
    await together(page).check()
    const name = page.locator('[name="members[0].fullName"]')
    expect(await name.inputValue()).toBe('PHẠM THỊ D')
    await main(page).locator('button[value="remove:members[0]"]').click()
    expect(await name.count()).toBe(0)
  })

  test('works out values while numbers are typed, and says them', async () => {
    await page.goto(page.url().replace(/[^/]+$/, 'von'))
    await page.locator('[name="capital.amountVnd"]').fill('1500000')
    await page.getByText('Một triệu năm trăm nghìn đồng').filter({ visible: true }).waitFor()
    await says(page).getByText('Vốn bằng chữ').waitFor({ state: 'attached' })
  })

  test('says what is wrong when a field is left, not while it is typed, and stops at once when it is mended', async () => {
    const amount = page.locator('[name="capital.amountVnd"]')
    const error = field(page, 'capital.amountVnd').locator('.error')
    await amount.fill('rất nhiều')
    expect(await error.count()).toBe(0)
    await amount.blur()
    await error.waitFor()
    expect(await amount.getAttribute('aria-invalid')).toBe('true')
    expect(await amount.getAttribute('aria-describedby')).toContain(await error.getAttribute('id'))
    await amount.fill('20000000')
    await error.waitFor({ state: 'detached' })
    expect(await amount.getAttribute('aria-invalid')).toBeNull()
  })

  test('adds and takes away rows without a round trip, and the server has them as they stand', async () => {
    await page.goto(page.url().replace(/[^/]+$/, 'thanh-vien'))
    await together(page).check()
    for (const name of ['NGUYỄN VĂN A', 'TRẦN THỊ B', 'LÊ VĂN C']) {
      await press(page, 'Thêm thành viên')
      await page.keyboard.type(name)
    }
    const url = page.url()
    await main(page).locator('button[value="remove:members[1]"]').click()
    expect(page.url()).toBe(url)
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/tu-luu') && answer.ok())
    await page.locator('[name="members[1].fullName"]').fill('LÊ VĂN CƯỜNG')
    await saved
    await page.reload()
    const names = await page
      .locator('[name^="members["][name$=".fullName"]')
      .filter({ visible: true })
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
    expect(names).toEqual(['NGUYỄN VĂN A', 'LÊ VĂN CƯỜNG'])
    await lively.look()
  })
})

test('without script the same page shows only what is asked, and the server says the rest', async () => {
  const { page } = quiet
  await quiet.takeRole('business')
  await atPage(page, 'thanh-vien')
  expect(await list(page).isVisible()).toBe(false)
  await together(page).check()
  await press(page, 'Lưu và tiếp tục')
  expect(await problems(page)).toContain('nhận kết quả')
  expect(await list(page).isVisible()).toBe(true)
  await press(page, 'Thêm thành viên')
  await page.locator('[name="members[0].fullName"]').filter({ visible: true }).waitFor()
  expect(await page.locator('[data-blank]').first().isVisible()).toBe(false)
})

describe('a draft looked at before it is published', () => {
  let change = ''

  test('is drawn for those who change procedures, on a phone and on a desktop', async () => {
    const { page } = lively
    await lively.takeRole('control')
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto('/thiet-ke/thu-tuc/1.001612')
    await page.locator('[name="title"]').fill('Xem thử mẫu khai')
    await page.locator('[name="reason"]').fill('Để xem trước khi công bố')
    await page.getByRole('button', { name: 'Bắt đầu sửa' }).click()
    await page.waitForURL(/thay-doi/)
    change = new URL(page.url()).pathname
    await page.goto(`${change}/xem-thu`)
    const phone = page.frameLocator('.preview-phone')
    await phone.getByText('Xem thử bản đang soạn').waitFor()
    await phone.getByRole('link', { name: 'Bắt đầu khai' }).waitFor()
  })

  test('goes from page to page with what was typed, and stores nothing', async () => {
    const { page } = lively
    await page.goto(`${change}/xem-thu?nhu=cong-dan&trang=von&khung=1`)
    await page.getByRole('button', { name: 'Tiếp tục' }).filter({ visible: true }).last().click()
    expect(await problems(page)).toContain('vốn kinh doanh')
    await page.locator('[name="capital.amountVnd"]').fill('50000000')
    await page.getByRole('button', { name: 'Tiếp tục' }).filter({ visible: true }).last().click()
    await page.waitForLoadState()
    expect(await page.locator('[name="_state"]').count()).toBe(1)
    await page.goto(`${change}/xem-thu?nhu=cong-dan&trang=von&khung=1`)
    expect(await page.locator('[name="capital.amountVnd"]').inputValue()).toBe('')
  })

  test.each(['quay', 'chuyen-vien'])('is drawn as %s sees it', async (viewer) => {
    const { page } = lively
    await page.goto(`${change}/xem-thu/trang?nhu=${viewer}`)
    await page
      .getByText(viewer === 'quay' ? 'Giấy tờ mang theo' : 'Giấy tờ kèm theo')
      .first()
      .waitFor()
    await lively.look()
  })

  test.each(['mother', 'reception'] as const)('is closed to the role %s', async (role) => {
    await quiet.takeRole(role)
    for (const path of ['/xem-thu', '/xem-thu/trang?nhu=cong-dan']) {
      const answer = await quiet.page.goto(change + path)
      expect([403, 404].includes(answer!.status()) || !quiet.page.url().includes('/xem-thu')).toBe(true)
    }
  })
})
