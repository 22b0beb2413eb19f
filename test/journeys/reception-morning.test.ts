import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork, outcome } from './desk.ts'
import { problems, text } from './filing.ts'
import { pointersUsed, tabTo, typeInto } from './keyboard.ts'
import { anOffice } from './office.ts'
import { thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

// The whole morning of a reception officer without a mouse: nothing here points or clicks, signing in included.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const citizen = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const office = anOffice({ browser, baseUrl })

const { page } = officer
const used = await pointersUsed(officer.context)
await citizen.takeRole('business')
const past = await thePast()
const codes: string[] = []
for (let i = 0; i < 4; i++) codes.push((await past.filed('marital-status', 'citizen-lua', new Date())).code)
const [first, second, ...together] = codes as [string, string, ...string[]]

test('she signs in, finds the filing in her queue, opens and accepts it', async () => {
  await page.goto('/vao-vai')
  await tabTo(page, 'form[action="/vao-vai/reception"] button')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/can-bo/viec**')
  await keysWork(page)
  await page.keyboard.press('?')
  const help = page.locator('dialog[open]')
  await help.waitFor()
  expect(await help.innerText()).toContain('Tiếp nhận tại quầy')
  await officer.look()
  await page.keyboard.press('Escape')
  await goToQueue()
  await goToRow(first)
  await officer.look()
  await openRow(first)
  await officer.look()
  await pressAndGo('t')
  expect(await outcome(page)).toContain(`${first}: đã tiếp nhận`)
})

test('she asks for more about the next one, and what she forgot is told where she is', async () => {
  await goToQueue()
  await goToRow(second)
  await openRow(second)
  await pressAndGo('b')
  await page.locator('.panel').waitFor()
  await keysWork(page)
  // The first box has the focus already.
  await page.keyboard.press('Space')
  await pressAndGo('F9')
  expect(await problems(page)).toContain('Ghi')
  await officer.look()
  await tabTo(page, '.error-summary a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Chụp lại cho rõ')
  await pressAndGo('F9')
  expect(await outcome(page)).toContain(`${second}: đã gửi một yêu cầu bổ sung`)
})

test('she marks two and accepts them together, and each outcome is told', async () => {
  await goToQueue()
  for (const code of together) {
    await goToRow(code)
    await page.keyboard.press('x')
  }
  await pressAndGo('t')
  expect(await outcome(page)).toContain('2 trên 2')
  await tabTo(page, '.outcome a')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/can-bo/ket-qua/**')
  for (const code of together) expect(await text(page)).toContain(code)
  await officer.look()
  await pressAndGo('q')
  expect(new URL(page.url()).pathname).toBe('/can-bo/viec')
})

test('what is typed in a field never acts; Escape leaves the field', async () => {
  const find = page.locator('.deskbar__find input')
  await page.keyboard.press('/')
  await page.keyboard.type('tx')
  expect(await find.inputValue()).toBe('tx')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  expect(await find.inputValue()).not.toContain('j')
})

test('somebody comes to the counter: the card is scanned, the form typed, the copy done', async () => {
  await goToQueue()
  await pressAndGo('F2')
  await page.waitForURL('**/can-bo/tai-quay')
  await keysWork(page)
  const copies = page.locator('a[href="/can-bo/tai-quay?tt=2.000815"]')
  await pressAndGo((await copies.getAttribute('data-hotkey')) ?? '')
  await page.waitForURL('**tt=2.000815')
  await keysWork(page)
  // A scanner is a keyboard that ends with Enter.
  await page.keyboard.type('099150000004||Phạm Thị Sen|20021950|Nữ|Phường Hoa Sen|01012022')
  await pressAndGo('Enter')
  expect(await page.locator('[name="visitor.name"]').inputValue()).toBe('Phạm Thị Sen')
  await officer.look()
  await typeInto(page, '[name="originals[0].paperType"]', 'Sổ hộ nghèo')
  await typeInto(page, '[name="originals[0].pages"]', '2')
  await typeInto(page, '[name="originals[0].copies"]', '1')
  await pressAndGo('F9')
  await page.waitForURL('**xong=**')
  expect(await text(page)).toContain('Phạm Thị Sen')
  await officer.look()
})

test('she hands papers over with a slip, and the other side takes them with one key', async () => {
  await goToQueue()
  await tabTo(page, 'a[href="/can-bo/viec?view=all"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**view=all**')
  await keysWork(page)
  await typeInto(page, '.filters input[name="q"]', first)
  await pressAndGo('Enter')
  await goToRow(first)
  await page.keyboard.press('x')
  await page.keyboard.press('g')
  await tabTo(page, '.bulk select[name="receiver"]')
  const receivers = await page
    .locator('.bulk select[name="receiver"] option')
    .evaluateAll((options) => options.map((each) => (each as HTMLOptionElement).value))
  for (let i = receivers.indexOf('H99.12|specialist|'); i > 0; i--) await page.keyboard.press('ArrowDown')
  await typeInto(page, '.bulk input[name="sheets"]', '3')
  await tabTo(page, '.bulk button[value="handOver"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/can-bo/ban-giao/**')
  const slip = page.url()
  expect(await text(page)).toContain('Cộng: 1 hồ sơ, 3 tờ')
  await officer.look()

  const taker = await office.at('specialist')
  await taker.page.goto(slip)
  await keysWork(taker.page)
  await taker.look()
  await taker.page.keyboard.press('n')
  await taker.page.locator('.outcome--ok').waitFor()
  expect(await text(taker.page)).toContain('Mọi hồ sơ trên phiếu đã được nhận')
})

test('no mouse was touched, and no browser complained on the way', async () => {
  expect(await used()).toBe(0)
  expect([...officer.complaints(), ...office.complaints()]).toEqual([])
})

/** Presses a key that leads to another page, and waits until keys work there. */
async function pressAndGo(key: string): Promise<void> {
  await keysWork(page)
  const arrived = page.waitForResponse((response) => response.request().resourceType() === 'document')
  await page.keyboard.press(key)
  await arrived
  await page.waitForLoadState()
  await keysWork(page)
}

async function goToQueue(): Promise<void> {
  await page.goto('/can-bo/viec?view=intake&sort=newest')
  await keysWork(page)
}

async function goToRow(code: string): Promise<void> {
  await keysWork(page)
  const cursor = () => page.locator('tr.is-cursor').getAttribute('data-row')
  const atTop = () =>
    page
      .locator('tr[data-row]')
      .first()
      .evaluate((row) => row.classList.contains('is-cursor'))
  // The list begins where she left it.
  while (!(await atTop())) await page.keyboard.press('k')
  const rows = await page.locator('tr[data-row]').count()
  for (let i = 1; i < rows && (await cursor()) !== code; i++) await page.keyboard.press('j')
  expect(await cursor()).toBe(code)
}

async function openRow(code: string): Promise<void> {
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/can-bo/ho-so/${code}**`)
  await keysWork(page)
}
