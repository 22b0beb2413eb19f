import { notEqual } from 'node:assert/strict'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** The parts of the page a person uses; by their words, as a person finds them. */
export const main = (page: Page) => page.locator('main')
export const text = (page: Page) => main(page).innerText()
export const press = (page: Page, name: string | RegExp) =>
  main(page).getByRole('button', { name }).filter({ visible: true }).first().click()
export const problems = (page: Page) => page.locator('.error-summary').innerText()

/** A photograph as a phone takes it, small enough for a test. */
export function aPhotograph(format: 'jpeg' | 'png' = 'jpeg'): Promise<Buffer> {
  const picture = sharp({ create: { width: 320, height: 240, channels: 3, background: '#d8c8a0' } })
  return picture[format]().toBuffer()
}

/** The first bytes of a program for Linux, under the name of a photograph. */
export const aDisguisedProgram = {
  name: 'giay-chung-sinh.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0, 1, 0, 0, 0]),
    Buffer.alloc(200),
  ]),
}

export interface Filed {
  code: string
  secret: string
}

/** Goes from the start page of birth registration to the first page of the form. */
export async function beginBirth(page: Page): Promise<void> {
  await page.goto('/thu-tuc/1.001193/nop')
  await page.locator('input[name="for"][value="child:mother"]').check()
  await press(page, 'Bắt đầu')
}

/** Answers of a birth registration that no register knows. */
export const birthAnswers = (child: string) => ({
  'child.fullName': child,
  'child.hometown.offer': '0',
  'copies.count': '2',
  'delivery.way': 'electronic',
})

/** Goes from page to page, gives each answer where it is asked, and stops at the papers or the last check. */
export async function answerPages(page: Page, answers: Record<string, string>): Promise<void> {
  while (!/\/(gui-kem|kiem-tra)$/.test(page.url())) {
    const before = page.url()
    for (const [name, value] of Object.entries(answers)) await answer(page, name, value)
    await press(page, 'Lưu và tiếp tục')
    notEqual(page.url(), before, await text(page))
  }
}

async function answer(page: Page, name: string, value: string): Promise<void> {
  // What is not asked now may stand in the page for its script, unseen.
  const control = main(page).locator(`[name="${name}"]`).filter({ visible: true })
  if ((await control.count()) === 0) return
  const kind = await control.first().evaluate((each) => (each as HTMLInputElement).type)
  if (kind === 'radio') await main(page).locator(`[name="${name}"][value="${value}"]`).check()
  else if (kind === 'select-one') await control.selectOption(value)
  else await control.fill(value)
}

/** Ticks the assurance and sends; gives what the confirmation says. */
export async function send(page: Page): Promise<Filed> {
  await page.locator('#assurance').check()
  await press(page, 'Gửi hồ sơ')
  return readConfirmation(page)
}

export async function readConfirmation(page: Page): Promise<Filed> {
  await page.waitForURL('**/xong')
  const code = (await page.locator('.done__code').innerText()).trim()
  const secret = (await main(page).locator('b.code').first().innerText()).trim()
  return { code, secret }
}

/** A birth registration, filed without looking left or right. */
export async function fileBirth(page: Page, child: string): Promise<Filed> {
  await beginBirth(page)
  await answerPages(page, birthAnswers(child))
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  return send(page)
}
