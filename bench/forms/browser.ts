import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { ensureWebBuilt } from '../../scripts/setup/web.mjs'
import { startEmbeddedPostgres } from '../../src/kernel/postgres/supervisor.ts'
import type { CompiledForm } from '../../src/modules/forms/index.ts'
import { openBrowser } from '../../test/harness/browser.ts'
import { startServer } from '../../test/harness/running-server.ts'
import { fiveHundredFields, fiveHundredRows, replaced, rowsOfPeople } from './big-forms.ts'

/*
 * Keystroke to screen on form pages of five hundred fields and of five hundred rows, from the real server in a real
 * browser whose processor is slowed down six times: from the key to the frame that shows what followed (Event Timing).
 * The peer is the same page with an empty handler of `input` in place of our script. Budget: 50 ms.
 */
export interface BrowserFigures {
  slowdown: number
  fields: Figures
  rows: Figures
}

export interface Figures {
  /** Keystrokes measured. */
  keys: number
  p50Ms: number
  p95Ms: number
  worstMs: number
  /** Work of the page's own thread for one key, times the slowdown: what others do on the machine does not count. */
  threadMs: number
  /** The same page without our script. */
  empty: { p50Ms: number; p95Ms: number; worstMs: number; threadMs: number }
  ratioToEmpty: number
  /** From the opened page to the script at work. */
  startMs: number
}

const slowdown = 6

export async function measureBrowser(): Promise<BrowserFigures> {
  await ensureWebBuilt()
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-bench-forms-'))
  const options = { dataDir, env: { MOTCUA_DEMO_DOSSIERS: '0' } }
  const browser = await openBrowser()
  try {
    const fields = await measure(
      browser,
      options,
      fiveHundredFields(),
      undefined,
      'input[name="part3.amount3"]',
    )
    const rows = await measure(
      browser,
      options,
      fiveHundredRows(),
      rowsOfPeople(500),
      'input[name="rows[250].days"]',
    )
    return { slowdown, fields, rows }
  } finally {
    await browser.close()
  }
}

type Options = Parameters<typeof startServer>[0]

async function measure(
  browser: Browser,
  options: Options,
  form: CompiledForm,
  rows: unknown[] | undefined,
  input: string,
): Promise<Figures> {
  await (await startServer(options)).stop()
  await inDatabase(options.dataDir, (db) =>
    db.query('update forms.form_version set definition = $1, compiled = $2 where key = $3', [
      form.definition,
      form,
      replaced.key,
    ]),
  )
  const server = await startServer(options)
  try {
    const context = await browser.newContext({
      baseURL: server.baseUrl,
      viewport: { width: 1280, height: 800 },
    })
    const path = await beginFiling(context)
    if (rows) await fill(options.dataDir, path, rows)
    const empty = await keystrokes(context, path, input, 'empty')
    const live = await keystrokes(context, path, input, 'live')
    await context.close()
    const { startMs, ...figures } = live
    const { startMs: _, keys: __, ...peer } = empty
    return { ...figures, empty: peer, ratioToEmpty: round(live.p95Ms / Math.max(8, empty.p95Ms)), startMs }
  } finally {
    await server.stop()
  }
}

async function inDatabase(dataDir: string, work: (db: pg.Client) => Promise<unknown>): Promise<void> {
  const database = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })
  const db = new pg.Client(database.url)
  await db.connect()
  await work(db)
  await db.end()
}

async function beginFiling(context: BrowserContext): Promise<string> {
  const page = await context.newPage()
  await page.goto('/vao-vai')
  await page.locator('form[action*="/vao-vai/business"] button').first().click()
  await page.waitForLoadState()
  await page.goto(`/thu-tuc/${replaced.procedureCode}/nop`)
  await page.getByRole('button', { name: 'Bắt đầu' }).click()
  await page.waitForURL(/\/nop\/[^/]+\/.+/)
  const path = new URL(page.url()).pathname
  await page.close()
  return path
}

async function fill(dataDir: string, path: string, rows: unknown[]): Promise<void> {
  await inDatabase(dataDir, (db) =>
    db.query('update dossiers.draft set answers = $1 where id = $2', [{ rows }, path.split('/')[2]]),
  )
}

async function keystrokes(context: BrowserContext, path: string, input: string, script: 'live' | 'empty') {
  const page = await context.newPage()
  if (script === 'empty')
    await page.route('**/enhance/form.js*', (route) =>
      route.fulfill({ body: '', contentType: 'text/javascript' }),
    )
  // Keeping the draft while typing is another page's business.
  await page.route('**/tu-luu', (route) => route.abort())
  const cpu = await context.newCDPSession(page)
  await cpu.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cpu.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(path, { waitUntil: 'load', timeout: 120_000 })
  if (script === 'live')
    await page.waitForFunction(() => performance.getEntriesByName('form-live').length > 0, null, {
      timeout: 120_000,
    })
  const startMs = await page.evaluate(() =>
    Math.round(performance.getEntriesByName('form-live')[0]?.duration ?? 0),
  )
  await page.evaluate((empty) => {
    const times: number[] = []
    Object.assign(globalThis, { times })
    if (empty) document.addEventListener('input', () => {})
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') times.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  }, script === 'empty')
  const keys = await type(page, input)
  const slow: number[] = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times)
  // A slowed-down thread is kept busy, so its work is taken at full speed and multiplied.
  await cpu.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const before = await threadSeconds(cpu)
  const more = await type(page, input)
  const threadMs = round((((await threadSeconds(cpu)) - before) * 1_000 * slowdown) / more)
  await page.close()
  // What took less than 16 ms is not reported; it is counted as 16.
  const times = [...slow, ...Array.from({ length: Math.max(0, keys - slow.length) }, () => 16)].toSorted(
    (a, b) => a - b,
  )
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { keys, p50Ms: at(0.5), p95Ms: at(0.95), worstMs: at(1), threadMs, startMs }
}

// Time that the thread itself ran, not the time that passed.
async function threadSeconds(cpu: CDPSession): Promise<number> {
  const { metrics } = await cpu.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

async function type(page: Page, input: string): Promise<number> {
  const field = page.locator(input)
  await field.scrollIntoViewIfNeeded()
  await field.focus()
  await page.waitForTimeout(1_000)
  let keys = 0
  for (const text of ['12', '27', '31', '4', '1500', '26']) {
    for (const key of ['ControlOrMeta+a', 'Backspace', ...text]) {
      await page.keyboard.press(key)
      await page.waitForTimeout(250)
      if (key.length === 1 || key === 'Backspace') keys++
    }
  }
  return keys
}

const round = (value: number) => Math.round(value * 100) / 100

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await measureBrowser()))
