import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { aTraveller } from './traveller.ts'

// An officer at the counter types what somebody says: the whole form stands on one page and follows what is typed.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

const { page } = officer
const list = (at: Page) => at.locator('[data-group="members"]')
const together = (at: Page) => at.locator('[name="holder.kind"][value="household"]')
const alone = (at: Page) => at.locator('[name="holder.kind"]:not([value="household"])')

/** The counter page is alive when its script has listened: it asks at once what an answer opens. */
async function atCounter(code: string): Promise<void> {
  await page.goto(`/can-bo/tai-quay?tt=${code}`)
  const started = () => page.evaluate(() => performance.getEntriesByName('form-live').length)
  await expect.poll(started, { timeout: 20_000 }).toBeGreaterThan(0)
}

test('a list opens by the answer before it and takes rows without a round trip', async () => {
  await officer.takeRole('reception')
  await atCounter('1.001612')
  expect(await list(page).isVisible()).toBe(false)
  await together(page).check()
  await list(page).waitFor({ state: 'visible' })
  const url = page.url()
  for (const name of ['PHẠM THỊ D', 'LÒ VĂN E']) {
    await page.locator('button[value="add:members"]').click()
    await page.keyboard.type(name)
  }
  expect(page.url()).toBe(url)
  await officer.look()
})

test('rows of a list that is hidden are there when it opens again, also after the server drew the page', async () => {
  await alone(page).check()
  await list(page).waitFor({ state: 'hidden' })
  await page.locator('button[name="command"][value="recalc"]').last().click()
  await expect.poll(() => together(page).isChecked()).toBe(false)
  await page.waitForLoadState('networkidle')
  expect(await list(page).isVisible()).toBe(false)
  await together(page).check()
  await list(page).waitFor({ state: 'visible' })
  const names = page.locator('[name^="members["][name$=".fullName"]').filter({ visible: true })
  expect(await names.evaluateAll((inputs) => inputs.map((one) => (one as HTMLInputElement).value))).toEqual([
    'PHẠM THỊ D',
    'LÒ VĂN E',
  ])
})

test('numbers are worked out and a wrong one is said when it is left', async () => {
  const amount = page.locator('[name="capital.amountVnd"]')
  await amount.fill('1500000')
  await page.getByText('Một triệu năm trăm nghìn đồng').filter({ visible: true }).waitFor()
  await amount.fill('rất nhiều')
  await amount.blur()
  const error = page.locator('[data-field="capital.amountVnd"] .error')
  await error.waitFor()
  await amount.fill('20000000')
  await error.waitFor({ state: 'detached' })
})

test('what the form warns of stands beside the question and refuses nothing', async () => {
  await atCounter('1.001193')
  const name = page.locator('[name="child.fullName"]')
  const warning = page.locator('[data-field="child.fullName"] > .warning')
  await name.fill('NGUYỄN HOÀNG THỊ MINH NGỌC CHÂU ANH')
  expect(await warning.count()).toBe(0)
  await name.blur()
  await warning.getByText('Tên dài hơn 25 chữ').waitFor()
  expect(await name.getAttribute('aria-invalid')).toBeNull()
  await officer.look()
  await name.fill('NGUYỄN MINH NGỌC')
  await warning.waitFor({ state: 'detached' })
})

test('and nothing of it makes the browser complain', () => {
  expect(officer.complaints()).toEqual([])
})
