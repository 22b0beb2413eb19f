import { randomUUID } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { findOfficer } from '../../src/modules/directory/index.ts'
import { createDossiers } from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import type { Officer } from '../../src/modules/identity/index.ts'
import { boardSummary } from '../../src/modules/indicators/index.ts'
import { aSubmissionOf, theCitizenOf } from '../builders/a-filing.ts'
import { theBrowser } from './browser.ts'
import { act, keysWork, openDossier, outcome } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { query } from './papers.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl, databaseUrl } = inject('journeyServer')
const browser = await theBrowser()
const db = openDatabase(databaseUrl, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())

// Two small communes that no other journey goes to.
const [left, right, heir] = ['H99.40', 'H99.41', 'H99.97'] as const
const old = [left, right]
const today = dateOfLaw(new Date())

const desk = (scripts = true, width = 1280) => aTraveller({ browser, baseUrl }, { width, scripts })
const control = await desk()
const leader = await desk(false, 360)
const reception = await desk()
const specialist = await desk(false)
const citizen = await desk(false, 360)
await control.takeRole('control')
await leader.takeRole('provincialLeader')
// Signed in before anything happens, and never again.
await reception.signInAs('officer-dong-ra-reception-1')
await specialist.signInAs('officer-go-vai-specialist-1')

interface Row extends Record<string, unknown> {
  code: string
  due: string | null
  intakeDue: string | null
  /** Neither decided nor waiting for another party: what the figures call open. */
  inStock: boolean
}
const openAt = (authorities: readonly string[]) =>
  query<Row>(
    `select code, due_at::text as due, intake_due_at::text as "intakeDue",
        decided_at is null and state <> 'awaiting-party' as "inStock" from dossiers.dossier
      where closed_at is null and competent = any($1) order by code`,
    [authorities],
  )
const tasksAt = (authorities: readonly string[]) =>
  query<{ role: string; n: number }>(
    `select role, count(*)::int as n from dossiers.task where closed_at is null and authority = any($1)
      group by 1 order by 1`,
    [authorities],
  )

async function officerNow(officerId: string): Promise<Officer> {
  const { name, posts } = (await findOfficer(db, officerId, today))!
  return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
}

/** Forty filings, twenty with each commune; every other one is accepted. */
async function fortyFilings(): Promise<{ code: string; secret: string }[]> {
  const dossiers = createDossiers(db, () => undefined)
  const form = await findForm(db, 'marital-status', { on: today })
  const takers = { [left]: 'officer-dong-ra-reception-1', [right]: 'officer-go-vai-reception-1' }
  const filed: { code: string; secret: string }[] = []
  for (let i = 0; i < 40; i++) {
    const code = old[i % 2]!
    const now = new Date()
    const input = await aSubmissionOf(form!.compiled, { today, receiving: { code, name: code } })
    const person = theCitizenOf('marital-status')
    const made = accepted(await dossiers.submit(person, input, { key: randomUUID(), now }))
    if (i % 4 < 2)
      accepted(
        await dossiers.act(await officerNow(takers[code]), made.dossier.code, { command: 'accept' }, { now }),
      )
    filed.push({ code: made.dossier.code, secret: made.lookupSecret })
  }
  return filed
}

const figures = async () => {
  const year = { from: `${today.slice(0, 4)}-01-01`, to: today, step: 'month' as const, now: new Date() }
  const all = await Promise.all(
    [...old, heir].map((authority) => boardSummary(db.pool, { authority, ...year })),
  )
  return Object.fromEntries(
    [...old, heir].map((code, i) => {
      const { received, awaitingIntake, inProgress } = all[i]!
      return [code, { received, open: awaitingIntake + inProgress.inTime + inProgress.overdue }]
    }),
  )
}

/** What the feed has still to tell arrives within seconds. */
async function eventually<T>(read: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await read()
    if (isSo(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const filed = await fortyFilings()
const before = { open: await openAt(old), tasks: await tasksAt(old) }
let decision = ''

test('procedure control drafts the merger, and everything missing or contradictory is named', async () => {
  const { page } = control
  await page.goto('/can-bo/sap-xep')
  await control.look()
  await keysWork(page)
  await page.keyboard.press('g')
  await page.waitForURL('**/can-bo/sap-xep?viec=gop')
  await press(page, 'Lưu và xem trước')
  const missing = await problems(page)
  for (const each of ['số văn bản', 'ngày có hiệu lực', 'cơ quan được sắp xếp', 'mã định danh'])
    expect(missing).toContain(each)
  await control.look()
  for (const code of old) await page.locator(`input[name="from"][value="${code}"]`).check()
  await page.locator('#code-0').fill('H99.12')
  await page.locator('#shortName-0').fill('Xã Đồng Vải')
  await page.locator('#commune-0').fill('S9097')
  await page.locator('#number').fill('97/NQ-HĐND')
  await page.locator('#issuedOn').fill(today)
  await page.locator('#issuedBy').fill('Hội đồng nhân dân tỉnh Sông Mai')
  await page.locator('#subject').fill('Sắp xếp xã Đồng Rạ và xã Gò Vải')
  await page.locator('#effectiveOn').fill(today)
  await press(page, 'Lưu và xem trước')
  expect(await problems(page)).toContain('Mã H99.12 đã có cơ quan dùng')
  await page.locator('#code-0').fill(heir)
  await press(page, 'Lưu và xem trước')
  await page.waitForURL('**/can-bo/sap-xep/*?xong=drafted')
  decision = page.url().split('?')[0]!
  const shown = await text(page)
  expect(shown).toContain('Gộp Xã Đồng Rạ (H99.40) và Xã Gò Vải (H99.41) thành Xã Đồng Vải (H99.97)')
  expect(shown).toContain(`${before.open.length} hồ sơ`)
  expect(shown).toContain('Chưa rõ ai đứng đầu')
  expect(await page.getByRole('button', { name: /Duyệt/ }).count()).toBe(0)
  await control.look()
})

test('the head is named; then the province approves on a phone without scripts', async () => {
  const { page } = control
  await page.locator('select[name^="head"]').selectOption('officer-go-vai-leader-1')
  await press(page, 'Lưu cách sắp xếp')
  await page.locator('.outcome--ok').waitFor()
  expect(await text(page)).toContain('Không còn gì phải sửa')
  await leader.page.goto(decision)
  await leader.look()
  await press(leader.page, /Duyệt quyết định/)
  await leader.page.locator('.outcome--ok').waitFor()
  await leader.look()
})

test('the worker applies it at once: every open dossier is the new commune’s, with its code and its dates', async () => {
  const done = () =>
    query<{ state: string; followed: { moved: number } | null }>(
      'select state, followed from directory.reorganisation where id = $1',
      [decision.split('/').at(-1)],
    )
  const [row] = await eventually(done, ([found]) => found?.followed !== null)
  expect(row).toMatchObject({ state: 'applied', followed: { left: 0 } })
  expect(await openAt(old)).toEqual([])
  const after = await openAt([heir])
  expect(after).toEqual(before.open)
  expect(after.map(({ code }) => code)).toEqual(expect.arrayContaining(filed.map(({ code }) => code)))
  expect(await tasksAt([heir])).toEqual(before.tasks)
  const { page } = control
  await page.goto(decision)
  expect(await text(page)).toContain('Đã xong')
  await control.look()
})

test('officers go on where they were, without signing in again', async () => {
  const { page } = reception
  await page.goto('/can-bo/viec?view=unit')
  await reception.look()
  const waiting = filed[2]!.code
  await openDossier(page, waiting)
  await act(page, 'Tiếp nhận')
  expect(await outcome(page)).toContain('tiếp nhận')
  // What had ended before stays with the old commune, and who took over may read it.
  const [ended] = await query<{ code: string }>(
    'select code from dossiers.dossier where closed_at is not null and competent = $1 limit 1',
    [left],
  )
  if (ended) {
    await openDossier(page, ended.code)
    expect(await text(page)).toContain(ended.code)
  }
  await openDossier(specialist.page, filed[0]!.code)
  expect(await text(specialist.page)).toContain('Đồng Vải')
  await specialist.look()
})

test('the person finds the dossier by its old code, and the new commune answers for it', async () => {
  const { page } = citizen
  const { code, secret } = filed[1]!
  await page.goto(`/tra-cuu?code=${code}`)
  await page.locator('#khoa').or(page.locator('input[name="secret"]')).first().fill(secret)
  await press(page, /Tra cứu/)
  expect(await text(page)).toContain(code)
  expect(await text(page)).toContain('Đồng Vải')
  await citizen.look()
  const answer = await citizen.page.request.get(`${baseUrl}/api/v1/authorities/${left}`)
  expect(await answer.json()).toMatchObject({
    ...{ code: left, name: 'Ủy ban nhân dân xã Đồng Rạ', standing: false },
    succeededBy: { code: heir },
  })
})

test('what came in before stays with the old communes, what is open is counted once, at the new one', async () => {
  const stock = before.open.filter(({ inStock }) => inStock).length
  expect(stock).toBeGreaterThanOrEqual(filed.length)
  const after = await eventually(figures, (found) => found[heir]!.open >= stock)
  expect(after[heir]).toMatchObject({ open: stock })
  expect(old.map((code) => after[code]!.open)).toEqual([0, 0])
  const received = await query<{ n: number }>(
    `select count(*)::int as n from dossiers.dossier where code ~ '^H99\\.4[01]-' and submitted_at >= $1::date`,
    [`${today.slice(0, 4)}-01-01`],
  )
  const sum = [...old, heir].reduce((total, code) => total + after[code]!.received, 0)
  expect(sum).toBe(received[0]!.n)
})

test('the index goes on over the merger, and the old communes lead to the new one', async () => {
  const { page } = leader
  const board = (code: string) => page.goto(`/so-lieu/chi-so?ky=nam&co-quan=${code}`)
  await board(heir)
  expect(await text(page)).toMatch(/Tiếp nhận công việc của Xã (Đồng Rạ|Gò Vải), Xã (Đồng Rạ|Gò Vải)/)
  // The line of months holds what the old communes did before the new one was.
  expect(await text(page)).toMatch(/Chuỗi số gồm cả đơn vị đã sáp nhập: Xã /)
  await leader.look()
  await page.locator('.setline').getByRole('link', { name: 'Xã Đồng Rạ' }).click()
  expect(new URL(page.url()).searchParams.get('co-quan')).toBe(left)
  expect(await text(page)).toMatch(/Đơn vị này hoạt động đến hết ngày .*\sTừ đó thuộc về Xã Đồng Vải/s)
  await leader.look()
  expect(await page.locator('#co-quan option', { hasText: 'Xã Đồng Rạ (đến ' }).count()).toBe(1)
})

test('no browser complained on the way', () => {
  for (const each of [control, leader, reception, specialist, citizen]) expect(each.complaints()).toEqual([])
})
