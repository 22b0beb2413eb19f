import { deepEqual, equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Cookie, Page } from 'playwright-core'

export interface Traveller {
  page: Page
  context: BrowserContext
  /** Takes a role of the demonstration by pressing its card, through the real sign-in the first time. */
  takeRole(key: string): Promise<void>
  /** Signs in as any person of the demonstration, by the subject that the identity provider lists; likewise. */
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
    takeRole: (key) => once(baseUrl, page, `role ${key}`, () => takeRole(page, key)),
    signInAs: (subject) => once(baseUrl, page, subject, () => signInAs(page, subject)),
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

const sessionCookie = 'motcua_session'
const sessions = new Map<string, { cookies: Cookie[]; landing: string }>()

/** Signs in for the first of a run; whoever comes later takes up that session, as on a machine that remembers. */
async function once(baseUrl: string, page: Page, who: string, signIn: () => Promise<void>): Promise<void> {
  const context = page.context()
  const kept = sessions.get(`${baseUrl} ${who}`)
  if (kept) {
    await context.addCookies(kept.cookies)
    await page.goto(kept.landing)
    return
  }
  // Signing in ends the session that the browser had, and somebody else may have taken that up.
  await context.clearCookies({ name: sessionCookie })
  await signIn()
  const cookies = (await context.cookies(baseUrl)).filter(({ name }) => name === sessionCookie)
  sessions.set(`${baseUrl} ${who}`, { cookies, landing: page.url() })
}

/** Scripts are off in the traveller's browser, axe is a script: the same page is shown to a browser that has them. */
async function anInspector(browser: Browser, from: BrowserContext, baseUrl: string, width: number) {
  const context = await browser.newContext({ viewport: { width, height: 740 }, baseURL: baseUrl })
  const page = await context.newPage()
  await page.goto('/healthz')
  return {
    async show(original: Page): Promise<Page> {
      const body = (await original.content()).replaceAll(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
      await context.addCookies(await from.cookies())
      await page.setContent(body)
      return page
    },
    close: () => context.close(),
  }
}

const axeSource = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
)
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Axe {
  configure(spec: object): void
  run(
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
}

async function barriers(page: Page): Promise<string[]> {
  // Evaluated over the debugger, so the page's own content policy stays in force.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  await page.evaluate(markLooks, [...looks])
  const { found, marked } = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-look]' }] })
    const { violations } = await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.slice(0, 240)}`,
      ),
    )
    const marked = [...document.querySelectorAll('[data-look]')].map((each) => {
      const look = each.getAttribute('data-look')!
      each.removeAttribute('data-look')
      return look
    })
    return { found, marked }
  }, standards)
  // What failed is told on every page that has it.
  if (found.length === 0) for (const look of marked) looks.add(look)
  return found
}

// How words looked that were already held against the contrast that the standards ask for.
const looks = new Set<string>()

/**
 * Contrast takes axe longer than everything else together, and the words of a row look like those of the row before:
 * marks the first words of each look, that is of each colour, size and weight on the same pile of backgrounds.
 */
function markLooks(known: string[]): void {
  const seen = new Set(known)
  const mix = (text: string) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57]
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761)
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677)
    }
    return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`
  }
  const hasWords = (element: Element) =>
    element.matches('input, select, textarea') ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
  const walk = (element: Element, below: string) => {
    const style = getComputedStyle(element)
    const { backgroundColor, backgroundImage, opacity, position, color, fontSize, fontWeight, textShadow } =
      style
    const pile = mix([below, element.className, backgroundColor, backgroundImage, opacity, position].join())
    const look = mix([pile, element.matches(':disabled'), color, fontSize, fontWeight, textShadow].join())
    if (!seen.has(look) && hasWords(element) && element.checkVisibility({ visibilityProperty: true })) {
      seen.add(look)
      element.setAttribute('data-look', look)
    }
    for (const child of element.children) walk(child, pile)
  }
  walk(document.body, '')
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
