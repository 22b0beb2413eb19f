import type { BrowserContext, Page } from 'playwright-core'

const farthest = 120
const attempts = 5

/** Presses Tab until the focus is on what the selector names, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < farthest; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`)
}

/** Unfolds what the selector names by its key; a press before the page has woken up is lost, and is made again. */
export async function unfoldByKey(page: Page, selector: string): Promise<void> {
  const open = page.locator(`${selector}[aria-expanded=true]`)
  for (let i = 0; i < attempts; i++) {
    await page.locator(selector).waitFor()
    if ((await open.count()) > 0) return
    await tabTo(page, selector)
    await page.keyboard.press('Enter')
    await open.waitFor({ timeout: 3000 }).catch(() => {})
  }
  throw new Error(`${selector} does not unfold on ${page.url()}`)
}

export async function typeInto(page: Page, selector: string, words: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.type(words)
}

/** Counts presses of a mouse or a finger in every page of this browser from now on. */
export async function pointersUsed(context: BrowserContext): Promise<() => Promise<number>> {
  let used = 0
  await context.exposeFunction('pointerUsed', () => used++)
  await context.addInitScript(() => {
    const { pointerUsed } = globalThis as unknown as { pointerUsed: () => void }
    addEventListener('pointerdown', () => pointerUsed(), true)
  })
  return async () => used
}
