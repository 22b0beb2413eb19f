import { deepEqual, equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Traveller {
  page: Page
  context: BrowserContext
  /** Takes a role of the demonstration by pressing its card, through the real sign-in. */
  takeRole(key: string): Promise<void>
  /** Signs in as any person of the demonstration, by the subject that the identity provider lists. */
  signInAs(subject: string): Promise<void>
  /** Looks at the page as it stands: no barrier that axe knows, no sideways scroll, one heading of the first level. */
  look(): Promise<void>
  /** What the browser complained about so far, without the pages that were meant to refuse. */
  complaints(): string[]
  close(): Promise<void>
}

export interface Setting {
  browser: Browser
  baseUrl: string
}

/** Somebody with a browser: a phone without scripts, or a desk with them. */
export async function aTraveller(
  { browser, baseUrl }: Setting,
  { width, scripts = true }: { width: number; scripts?: boolean },
): Promise<Traveller> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width, height: width < 600 ? 740 : 900 },
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const complaints = listen(page)
  const inspector = scripts ? undefined : await anInspector(browser, context, baseUrl, width)
  return {
    page,
    context,
    takeRole: (key) => takeRole(page, key),
    signInAs: (subject) => signInAs(page, subject),
    look: async () => {
      const seen = inspector ? await inspector.show(page) : page
      none(await barriers(seen), `barriers on ${page.url()}`)
      none(await tooWide(seen), `sideways scroll on ${page.url()}`)
      equal(await page.locator('h1').count(), 1, `headings of ${page.url()}`)
    },
    complaints: () => [...complaints],
    close: async () => {
      await inspector?.close()
      await context.close()
    },
  }
}

const none = (found: string[], what: string) => deepEqual(found, [], [what, ...found].join('\n'))

// A page that refuses (404, 422, 429) is told as a failed resource too; only what a page itself asks for counts.
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (message.text().startsWith('Failed to load resource')) return
    complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('response', (response) => {
    const isDocument = response.request().resourceType() === 'document'
    if (!isDocument && response.status() >= 400)
      complaints.push(`${page.url()}: ${response.status()} for ${response.url()}`)
    if (isDocument && response.status() >= 500)
      complaints.push(`${response.url()} answered ${response.status()}`)
  })
  return complaints
}

async function takeRole(page: Page, key: string): Promise<void> {
  await page.goto('/vao-vai')
  await page.locator(`form[action="/vao-vai/${key}"] button`).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/oidc') && url.pathname !== '/vao-vai')
}

async function signInAs(page: Page, subject: string): Promise<void> {
  await page.goto('/dang-nhap')
  const name = page.locator(`button[value="${subject}"]`)
  await name.evaluate((button) => button.closest('details')?.setAttribute('open', ''))
  await name.click()
  await page.waitForURL((url) => !url.pathname.startsWith('/oidc'))
}

/** Scripts are off in the traveller's browser, axe is a script: the same page is shown to a browser that has them. */
async function anInspector(browser: Browser, from: BrowserContext, baseUrl: string, width: number) {
  const context = await browser.newContext({ viewport: { width, height: 740 }, baseURL: baseUrl })
  const page = await context.newPage()
  return {
    async show(original: Page): Promise<Page> {
      const body = (await original.content()).replaceAll(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
      await context.addCookies(await from.cookies())
      await page.route('**/*', (route) =>
        route.request().resourceType() === 'document'
          ? route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
          : route.continue(),
      )
      await page.goto(original.url())
      return page
    },
    close: () => context.close(),
  }
}

const axeSource = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core'),
  'utf8',
)
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Axe {
  run(
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
}

async function barriers(page: Page): Promise<string[]> {
  // Evaluated over the debugger, so the page's own content policy stays in force.
  await page.evaluate(axeSource)
  return page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations } = await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.slice(0, 240)}`,
      ),
    )
  }, standards)
}

async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1,
    )
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(-3).map((each) => each.outerHTML.slice(0, 160))]
  })
}
