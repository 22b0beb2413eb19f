import { randomUUID } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { createDossiers } from '../../src/modules/dossiers/index.ts'
import { demonstrationRegisters, findForm } from '../../src/modules/forms/index.ts'
import { aSubmissionOf, theCitizenOf } from '../builders/a-filing.ts'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome, pressKey } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { query } from './papers.ts'
import { thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

// Somebody who lives in one commune comes to the counter of another: taken in there, settled at home, fetched there.
const { baseUrl, databaseUrl } = inject('journeyServer')
const browser = await theBrowser()
const counter = await aTraveller({ browser, baseUrl }, { width: 1280 })
const home = await aTraveller({ browser, baseUrl }, { width: 1280 })
const person = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const past = await thePast()

const hoaSen = 'Ủy ban nhân dân phường Hoa Sen'
const benGo = 'Ủy ban nhân dân xã Bến Gỗ'
let code = ''
let secret = ''
let dueAt = ''

interface Row {
  state: string
  received_by: string
  competent: string
  due_at: Date
}
const columns = 'd.state, d.received_by, d.competent, d.helped_by, d.due_at'
const row = async (of = code): Promise<Row> =>
  (await query<Row>(`select ${columns} from dossiers.dossier d where d.code = $1`, [of]))[0]!

test('the counter reads the card and says who settles and why, before anything is sent', async () => {
  const { page } = counter
  await counter.takeRole('reception')
  await page.goto('/can-bo/tai-quay?tt=1.004873')
  await page.locator('[name=scan]').fill('099088000003||Trịnh Văn Lúa|05111988|Nam|Xã Bến Gỗ|01012022')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('[name="visitor.name"]').inputValue()).toBe('Trịnh Văn Lúa')
  await page.locator('[name="relation"]').selectOption('self')
  await page.locator('[value=recalc]').last().click()
  const settled = () => page.locator('.counter__side').innerText()
  await expect.poll(settled).toContain('Vì sao: Giấy xác nhận do Ủy ban nhân dân cấp xã nơi người được')
  const side = await settled()
  expect(side).toContain(`${benGo} giải quyết hồ sơ này`)
  expect(side).toContain('Quầy này nhận, chuyển đến nơi giải quyết và trả kết quả tại đây')
  expect(side).toContain('Giúp nộp trực tuyến đến Xã Bến Gỗ')
  await counter.look()
})

test('it is taken in there, for the commune of the residence', async () => {
  const { page } = counter
  const chosen = { maritalStatus: 'never', purpose: 'loan', 'delivery.way': 'collect' }
  await page.locator('[name="visitor.phone"]').fill('0912345603')
  for (const [name, value] of Object.entries(chosen)) {
    await page.locator(`[name="${name}"][value="${value}"]`).check()
    await page.locator('[value=recalc]').last().click()
    await page.waitForLoadState()
    await page.locator(`[name="${name}"][value="${value}"]:checked`).waitFor()
  }
  await page.locator('[value=submit-accept]').click()
  await page.waitForURL('**xong=**').catch(async () => expect(await problems(page)).toBe(''))
  code = new URL(page.url()).searchParams.get('xong')!
  const filed = await row()
  expect(filed).toMatchObject({ received_by: 'H99.12', competent: 'H99.13' })
  dueAt = filed.due_at.toISOString()
})

test('the person sees both places with the receipt alone', async () => {
  const { page } = person
  const [party] = await query<{ secret: string }>(
    `select p.lookup_secret as secret from dossiers.party p
     join dossiers.dossier d on d.id = p.dossier_id where d.code = $1`,
    [code],
  )
  secret = party!.secret
  await page.goto(`/ho-so/${code}?m=${secret}`)
  const said = await text(page)
  expect(said).toMatch(new RegExp(`Nơi nhận\\s*${hoaSen}`))
  expect(said).toMatch(new RegExp(`Nơi giải quyết\\s*${benGo}`))
  await person.look()
})

test('the officers of the residence settle it; both places stand on their page', async () => {
  await home.signInAs('officer-ben-go-civil-status-1')
  await openDossier(home.page, code)
  const said = await text(home.page)
  expect(said).toMatch(/Nơi nhận\s*Phường Hoa Sen/)
  expect(said).toMatch(/Nơi giải quyết\s*Xã Bến Gỗ/)
  expect(said).not.toContain('Thuộc thẩm quyền')
  await home.look()
  await past.settle(code, 'granted', new Date())
  expect(await row()).toMatchObject({ state: 'decided', received_by: 'H99.12', competent: 'H99.13' })
})

test('the result is fetched where it was handed in; code and date never changed', async () => {
  const { page } = counter
  await openDossier(page, code)
  await act(page, 'Trả kết quả')
  await page.locator('.panel').waitFor()
  await counter.look()
  await press(page, /^Trả kết quả/)
  expect(await outcome(page)).toContain(`${code}: đã trả kết quả`)
  const done = await row()
  expect(done).toMatchObject({ state: 'returned', received_by: 'H99.12', competent: 'H99.13' })
  expect(done.due_at.toISOString()).toBe(dueAt)
  await person.page.goto(`/ho-so/${code}?m=${secret}`)
  expect(await text(person.page)).toContain(code)
})

test('a filing with a place that is not competent is told so at intake, and goes there with one press', async () => {
  await person.takeRole('business')
  const filed = await fileWith('H99.12')
  await openDossier(counter.page, filed)
  const notice = counter.page.locator('.notice', { hasText: 'Thuộc thẩm quyền' })
  expect(await notice.innerText()).toContain(benGo)
  expect(await notice.innerText()).toContain('thường trú')
  await counter.look()
  await press(counter.page, 'Chuyển đến Xã Bến Gỗ')
  expect(await outcome(counter.page)).toContain(filed)
  const taker = await aTraveller({ browser, baseUrl }, { width: 1280 })
  await taker.signInAs('officer-ben-go-reception-1')
  await openDossier(taker.page, filed)
  await pressKey(taker.page, 'h')
  expect(await row(filed)).toMatchObject({ state: 'submitted', competent: 'H99.13' })
  await person.page.goto(`/ho-so/${filed}`)
  expect(await text(person.page)).toContain(benGo)
  await person.look()
})

test('no browser complained on the way', () => {
  expect([counter, home, person].flatMap((each) => each.complaints())).toEqual([])
})

/** Files online, as the running server does, with an authority that the person chose. */
async function fileWith(receiving: string): Promise<string> {
  const db = openDatabase(databaseUrl, { role: 'motcua_app', max: 1 })
  const now = new Date()
  const today = dateOfLaw(now)
  const [account] = await query<{ id: string }>(
    'select account_id as id from identity.account where subject = $1',
    ['citizen-lua'],
  )
  const form = await findForm(db, 'marital-status', { on: today })
  const chosen = { code: receiving, name: hoaSen }
  const input = await aSubmissionOf(form!.compiled, { today, receiving: chosen })
  const dossiers = createDossiers(db, () => undefined, [await demonstrationRegisters()])
  const actor = theCitizenOf('marital-status', account!.id)
  const filed = await dossiers.submit(actor, input, { key: randomUUID(), now })
  await db.close()
  return accepted(filed).dossier.code
}
