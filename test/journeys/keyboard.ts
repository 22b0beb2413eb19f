import type { BrowserContext, Page } from 'playwright-core'

const farthest = 120

/** Presses Tab until the focus is on what the selector names, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < farthest; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`)
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
