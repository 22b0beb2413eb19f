import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach } from 'vitest'
import { openBrowser } from '../harness/browser.ts'

let opened: Promise<Browser> | undefined

/**
 * The one browser of all journeys of a run; call it at the top of a file. What the file opened in it is closed when
 * the file ends, and when a test of it fails, every page tells where it stood.
 */
export async function theBrowser(): Promise<Browser> {
  opened ??= open()
  const browser = await opened
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await tellPages(browser, task.name)
  })
  afterAll(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  })
  return browser
}

async function open(): Promise<Browser> {
  const browser = await openBrowser()
  // Should it break down, the next file opens another.
  return browser.on('disconnected', () => {
    opened = undefined
  })
}

async function tellPages(browser: Browser, test: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const page of pages) console.error(`after “${test}”: ${await words(page)}`)
}

async function words(page: Page): Promise<string> {
  const seen = await page
    .locator('main')
    .first()
    .innerText({ timeout: 2000 })
    .catch(() => '(nothing)')
  return `${page.url()}\n${seen.slice(0, 1500)}\n`
}
