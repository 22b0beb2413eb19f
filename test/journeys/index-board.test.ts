import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { createDossiers } from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import { aSubmissionOf, theCitizenOf } from '../builders/a-filing.ts'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import { text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl, databaseUrl } = inject('journeyServer')
const db = openDatabase(databaseUrl, { role: 'motcua_app', max: 2 })
const browser = await theBrowser()
const leader = await aTraveller({ browser, baseUrl }, { width: 1280 })
const outsider = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const reception = await aTraveller({ browser, baseUrl }, { width: 1280 })
const taker = await aTraveller({ browser, baseUrl }, { width: 1280 })
afterAll(() => db.close())

const year = 'ky=nam'
const path = '/so-lieu/chi-so'
const publicPages = [
  `/so-lieu?${year}`,
  `${path}?${year}`,
  `${path}/MDSH?${year}`,
  `${path}/onTime?${year}`,
  `/so-lieu/ban-do?${year}`,
  `/so-lieu/cac-buoc?${year}`,
  `/so-lieu/so-sanh?${year}&a=H99.12&b=H99.13`,
  '/so-lieu/chi-tieu',
  '/so-lieu/thu-vien',
  '/so-lieu/thu-vien/onTime',
  '/so-lieu/du-lieu-mo',
  `/so-lieu/nhung?${year}`,
  '/so-lieu/so-da-chot',
]
// A commune that no other journey goes to.
const quiet = 'H99.33'

const topOf = (page: Page, place: string) =>
  page.locator(place).evaluate((element) => Math.round(element.getBoundingClientRect().top))

async function fileWith(authority: string): Promise<string> {
  const now = new Date()
  const today = dateOfLaw(now)
  const form = await findForm(db, 'marital-status', { on: today })
  const receiving = { code: authority, name: authority }
  const input = await aSubmissionOf(form!.compiled, { today, receiving })
  const dossiers = createDossiers(db, () => undefined)
  const made = await dossiers.submit(theCitizenOf('marital-status'), input, { key: randomUUID(), now })
  return accepted(made).dossier.code
}

test('a leader goes from the total to a group, an indicator, a unit and its dossiers', async () => {
  const { page } = leader
  await leader.takeRole('provincialLeader')
  await page.goto(`${path}?${year}`)
  expect(await page.locator('.score__n b').innerText()).toMatch(/^\d+,\d\d$/)
  // Payments and petitions have no source here: nothing is made up for them.
  expect(await text(page)).toMatch(/Chưa xếp loại: còn \d+ điểm chưa có nguồn số liệu/)
  await leader.look()
  await page.getByRole('link', { name: 'Tiến độ, kết quả giải quyết' }).first().click()
  await page.waitForURL(/chi-so\/TDGQ/)
  await page.locator('.spart h2 a').first().click()
  await page.waitForURL(/chi-so\/onTime/)
  expect(await page.locator('.spart__n').innerText()).toMatch(/\d+ trên \d+ · /)
  await leader.look()
  await page.locator('#tung-don-vi').locator('xpath=ancestor::section').getByRole('link').first().click()
  await page.waitForURL(/co-quan=H99\./)
  const [, base] = (await page.locator('.spart__n').innerText())
    .match(/(\d+) trên (\d+)/)!
    .map(Number)
    .slice(1)
  await page.getByRole('link', { name: 'Xem hồ sơ đạt' }).click()
  await page.waitForURL(/bang\/chi-so\/onTime\/dat/)
  const reached = await page.locator('tbody tr').count()
  await leader.look()
  await page.goto(page.url().replace('/dat?', '/chua-dat?'))
  const missed = await page.locator('tbody tr').count()
  expect(reached + missed).toBe(base)
})

test('an officer of one commune opens its own dossiers and no others', async () => {
  const { page } = reception
  await reception.takeRole('reception')
  const own = await page.goto(`/bang/chi-so/onTime/dat?${year}&co-quan=H99.12`)
  expect(own!.status()).toBe(200)
  const others = await page.goto(`/bang/chi-so/onTime/dat?${year}&co-quan=H99.13`)
  expect(others!.status()).toBe(403)
  const late = await page.goto('/bang/qua-han?co-quan=H99.12')
  expect(late!.status()).toBe(200)
  await reception.look()
  expect((await page.goto('/bang/chat-luong/result-without-paper?co-quan=H99.12'))!.status()).toBe(200)
  await reception.look()
  for (const path of [
    '/bang/chat-luong/result-without-paper?co-quan=H99.13',
    '/bang/qua-han?co-quan=H99.13',
    '/bang/qua-han.csv?co-quan=H99.13',
    '/can-bo/y-kien-so-lieu',
  ])
    expect((await page.request.get(path)).status(), path).toBe(403)
})

test('an outsider on a phone reads every page of the index without scripts', async () => {
  const { page } = outsider
  for (const each of publicPages) {
    const answer = await page.goto(each)
    expect(answer!.status(), each).toBe(200)
    await outsider.look()
  }
  const dossiers = await page.request.get(`/bang/chi-so/onTime/dat?${year}&co-quan=H99.12`, {
    maxRedirects: 0,
  })
  expect(dossiers.status()).toBe(302)
})

test('the open data has both numbers of each indicator, and they make the total of the page', async () => {
  const { page } = outsider
  const from = `${new Date().getUTCFullYear()}-01-01`
  const to = `${new Date().getUTCFullYear()}-12-31`
  const answer = await page.request.get(`/api/v1/index/scores?from=${from}&to=${to}&level=province`)
  const { items } = (await answer.json()) as {
    items: { code: string; counts: { onTime: [number, number] }; score: { total: number } }[]
  }
  const province = items.find(({ code }) => code === 'H99')!
  const [n, d] = province.counts.onTime
  expect(n).toBeLessThanOrEqual(d)
  await page.goto(`${path}?${year}`)
  const shown = (await page.locator('.score__n b').innerText()).replace(',', '.')
  expect(Math.abs(Number(shown) - province.score.total)).toBeLessThan(0.5)
  const sets = await page.request.get('/api/v1/index/sets')
  expect(JSON.stringify(await sets.json())).toContain('766-2026')
})

test('an open page of the index moves by itself when a dossier is accepted', async () => {
  await taker.signInAs('officer-suoi-nang-reception-1')
  // Strangers are not shown figures of so few dossiers.
  const page = await taker.context.newPage()
  await page.goto(`${path}?co-quan=${quiet}`)
  const shown = async () => {
    const parts = await page.locator('.score__n, .big__s, .sgroups__n').allInnerTexts()
    return parts.join(' ')
  }
  const before = await shown()
  const code = await fileWith(quiet)
  await expect.poll(shown, { timeout: 10_000, interval: 100 }).not.toBe(before)
  const filed = await shown()
  await openDossier(taker.page, code)
  await act(taker.page, 'Tiếp nhận')
  expect(await outcome(taker.page)).toContain('đã tiếp nhận')
  await expect.poll(shown, { timeout: 10_000, interval: 100 }).not.toBe(filed)
  // What came by itself is what a page asked for anew says.
  const live = await shown()
  await page.reload()
  expect(await shown()).toBe(live)
})

test('the same pages at a desk, in print and beside each picture its numbers', async () => {
  const { page } = leader
  for (const each of publicPages) {
    await page.goto(each)
    await leader.look()
  }
  const files: string[] = []
  for (const each of [`/so-lieu/cac-buoc?${year}&quy-trinh=1.001193`, `${path}?${year}`]) {
    await page.goto(each)
    const links = page.getByRole('link', { name: 'Tải CSV' })
    files.push(...(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!))))
  }
  expect(files[0]).toContain('/so-lieu/cac-buoc.csv?')
  expect(files.length).toBeGreaterThan(4)
  for (const file of files) {
    const answer = await page.request.get(file)
    expect(answer.headers()['content-type'], file).toContain('text/csv')
    expect((await answer.text()).split('\r\n').length, file).toBeGreaterThan(2)
  }
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.source').innerText()).toContain(`${path}?${year}`)
  expect(await page.locator('.snav, .header__nav, .chart__foot > a').filter({ visible: true }).count()).toBe(
    0,
  )
  await page.emulateMedia({ media: 'screen' })
})

test('slides, the wall and the picture for other pages say the same total', async () => {
  const { page } = leader
  await page.goto(`/so-lieu/trinh-chieu?${year}`)
  expect(await page.locator('.slide').count()).toBeGreaterThan(4)
  await leader.look()
  await page.keyboard.press('ArrowRight')
  const off = async () => Math.abs((await topOf(page, '#trang-2')) - (await topOf(page, '.slides')))
  // A fraction of a pixel is rounded either way.
  await expect.poll(off).toBeLessThanOrEqual(2)
  const picture = await page.request.get(`${path}.svg?${year}`)
  expect(picture.headers()['content-type']).toContain('image/svg+xml')
  expect(await picture.text()).toContain(await page.locator('.score__n b').innerText())
  await page.goto(`${path}?${year}&man-hinh=1`)
  await leader.look()
  await page.setViewportSize({ width: 1920, height: 1080 })
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(1080)
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('an address that names no indicator or no unit says so', async () => {
  const { page } = outsider
  for (const [query, said] of [
    ['/nope', 'Không có nhóm hay chỉ tiêu này'],
    ['?tu=2020-01-01&den=2020-12-31', 'áp dụng từ ngày 01/08/2022'],
    ['?bo=nope', 'Không có bộ chỉ số này'],
  ] as const) {
    expect((await page.goto(`${path}${query}`))!.status()).toBe(404)
    expect(await text(page)).toContain(said)
    await outsider.look()
  }
  expect((await page.goto(`${path}?co-quan=H98`))!.status()).toBe(422)
})

test('no browser complained', () => {
  expect([leader, outsider, taker].flatMap((each) => each.complaints())).toEqual([])
})
