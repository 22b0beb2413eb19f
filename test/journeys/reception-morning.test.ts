import type { Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../harness/browser.ts'
import { keysWork, outcome } from './desk.ts'
import { fileBirth, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

// The whole morning of a reception officer without a mouse: after signing in, nothing here points or clicks.
const { baseUrl } = inject('journeyServer')
const browser = await openBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const { page } = officer
const { keyboard } = page
afterAll(() => browser.close())

await mother.takeRole('mother')
const codes: string[] = []
for (const name of ['Nguyễn Sớm Mai', 'Nguyễn Thiếu Giấy', 'Nguyễn Cùng Lúc', 'Nguyễn Cùng Ngày'])
  codes.push((await fileBirth(mother.page, name)).code)
await officer.takeRole('reception')
await page.goto('/can-bo/viec?view=intake')

test('the question mark lists every key, and Escape closes the list', async () => {
  await keysWork(page)
  await keyboard.press('?')
  const help = page.locator('dialog[open]')
  await help.waitFor()
  expect(await help.innerText()).toContain('Tiếp nhận tại quầy')
  await officer.look()
  await keyboard.press('Escape')
  await expect.poll(() => help.count()).toBe(0)
})

test('a dossier is found, opened, accepted, and the next one is there', async () => {
  await walkTo(page, codes[0]!)
  await keyboard.press('Enter')
  await page.waitForURL(`**/can-bo/ho-so/${codes[0]}**`)
  await keysWork(page)
  await keyboard.press('t')
  await page.locator('.outcome').first().waitFor()
  expect(await outcome(page)).toContain(codes[0])
  expect(await outcome(page)).toContain('đã tiếp nhận')
})

test('papers are asked for with one request, and the list keeps its place', async () => {
  await page.goto('/can-bo/viec?view=intake')
  await walkTo(page, codes[1]!)
  await keyboard.press('Enter')
  await page.waitForURL(`**/can-bo/ho-so/${codes[1]}**`)
  await keysWork(page)
  await keyboard.press('b')
  await page.locator('.panel').waitFor()
  await keysWork(page)
  await tabTo(page, 'input[name=ask]')
  await keyboard.press('Space')
  await tabTo(page, 'textarea[name^="text:"], input[name^="text:"]')
  await keyboard.type('Chụp lại cho rõ')
  await keyboard.press('F9')
  await page.locator('.outcome').first().waitFor()
  expect(await outcome(page)).toContain('yêu cầu bổ sung')
})

test('two are marked and accepted together, and each outcome is told', async () => {
  await page.goto('/can-bo/viec?view=intake')
  for (const code of codes.slice(2)) {
    await walkTo(page, code)
    await keyboard.press('x')
  }
  await keyboard.press('t')
  await page.locator('.outcome').first().waitFor()
  expect(await outcome(page)).toContain('2 trên 2')
  await tabTo(page, '.outcome a')
  await keyboard.press('Enter')
  await page.waitForURL('**/can-bo/ket-qua/**')
  for (const code of codes.slice(2)) expect(await text(page)).toContain(code)
  await officer.look()
  await keysWork(page)
  await keyboard.press('q')
  await page.waitForURL('**/can-bo/viec**')
})

test('what is typed in a field never acts; Escape leaves the field', async () => {
  await keysWork(page)
  await keyboard.press('/')
  await keyboard.type('tx')
  expect(await page.locator('.deskbar__find input').inputValue()).toBe('tx')
  await keyboard.press('Escape')
  await keyboard.press('j')
  expect(await page.locator('.deskbar__find input').inputValue()).not.toContain('j')
})

test('no browser complained on the way', () => {
  expect([...mother.complaints(), ...officer.complaints()]).toEqual([])
})

/** Walks down the list until the cursor is on a dossier. */
async function walkTo(desk: Page, code: string): Promise<void> {
  await keysWork(desk)
  const at = () => desk.locator('tr.is-cursor').getAttribute('data-row')
  for (let i = 0; i < 200 && (await at()) !== code; i++) {
    const before = await at()
    await desk.keyboard.press('j')
    // At the end of the list it goes back up.
    if ((await at()) === before) while ((await atFirst(desk)) === false) await desk.keyboard.press('k')
  }
  expect(await at()).toBe(code)
}

const atFirst = (desk: Page) =>
  desk.evaluate(() => document.querySelector('tr[data-row]')?.classList.contains('is-cursor') ?? true)

/** Goes from field to field until one of these has the focus. */
async function tabTo(desk: Page, selector: string): Promise<void> {
  for (let i = 0; i < 150; i++) {
    const there = await desk.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)
    if (there) return
    await desk.keyboard.press('Tab')
  }
  throw new Error(`no way by Tab to ${selector}`)
}
