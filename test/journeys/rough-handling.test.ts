import { readdirSync, readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import {
  answerPages,
  beginBirth,
  birthAnswers,
  fileBirth,
  main,
  press,
  problems,
  readConfirmation,
  text,
} from './filing.ts'
import { query } from './papers.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl, pid } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360 })
const business = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })

await mother.takeRole('mother')
await business.takeRole('business')
await officer.takeRole('reception')

test.each([
  ['markup', '<script>alert(1)</script><b>An</b>'],
  ['a statement', "Robert'); DROP TABLE dossiers.dossier;--"],
  ['an emoji', 'Bé 🌸 Hoa'],
])('%s in a name is refused with a sentence and comes back as it was typed', async (_, typed) => {
  const { page } = mother
  await beginBirth(page)
  await press(page, 'Lưu và tiếp tục')
  await page.locator('[name="child.fullName"]').fill(typed)
  await press(page, 'Lưu và tiếp tục')
  expect(await page.locator('[name="child.fullName"]').inputValue()).toBe(typed)
  expect(await problems(page)).toContain('họ, chữ đệm, tên của bé')
})

test('a decomposed name is kept as everybody else writes it', async () => {
  const { page } = mother
  await beginBirth(page)
  await answerPages(page, birthAnswers('Nguyễn Ngọc Ánh'.normalize('NFD')))
  await page.goto(page.url().replace(/[^/]+$/, 'kiem-tra'))
  expect(await text(page)).toContain('Nguyễn Ngọc Ánh'.normalize('NFC'))
})

test('a zero byte is a refusal, not a breakdown', async () => {
  const { page, context } = mother
  await beginBirth(page)
  const form = { _asked: 'child.fullName', 'child.fullName': 'An\u0000', _action: 'save' }
  const answer = await context.request.post(page.url().replace(/[^/]+$/, 'em-be'), {
    multipart: form,
    headers: { origin: baseUrl },
  })
  expect(answer.status()).toBe(422)
  const search = await context.request.get('/tim?q=%00%F0%9F')
  expect(search.status()).toBeLessThan(500)
  expect((await context.request.get('/ho-so/%00')).status()).toBe(404)
})

test('two presses on "send" make one dossier', async () => {
  const { page } = mother
  await beginBirth(page)
  await answerPages(page, birthAnswers('Nguyễn Nhật Minh'))
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  await page.locator('#assurance').check()
  const draft = page.url().split('/').at(-2)
  await main(page).getByRole('button', { name: 'Gửi hồ sơ' }).dblclick({ noWaitAfter: true })
  const { code } = await readConfirmation(page)
  const drafts = await query<{ submitted: string }>(
    'select submitted_code as submitted from dossiers.draft where id = $1',
    [draft],
  )
  expect(drafts.map(({ submitted }) => submitted)).toEqual([code])
  const dossiers = await query(
    "select 1 from dossiers.private where field = 'answers' and content->>'child.fullName' = $1",
    ['Nguyễn Nhật Minh'],
  )
  expect(dossiers.length).toBe(1)
})

test('a page that somebody has overtaken is refused with a sentence', async () => {
  const { code } = await fileBirth(mother.page, 'Nguyễn Thảo Nguyên')
  const { page, context } = officer
  await openDossier(page, code)
  const other = await context.newPage()
  await openDossier(other, code)
  await act(other, 'Tiếp nhận')
  expect(await outcome(other)).toContain('đã tiếp nhận')
  await other.close()
  await act(page, 'Tiếp nhận')
  expect(await problems(page)).toContain('Vừa có người xử lý hồ sơ này')
  await officer.look()
})

test('a session that ended in the middle of a page keeps what was typed', async () => {
  const { page, context } = mother
  await beginBirth(page)
  await press(page, 'Lưu và tiếp tục')
  await page.locator('[name="child.fullName"]').fill('Nguyễn Hải Đăng')
  await context.clearCookies()
  await press(page, 'Lưu và tiếp tục')
  expect(await text(page)).toContain('vẫn còn nguyên')
  await mother.look()
  await main(page)
    .getByRole('link', { name: /Đăng nhập/ })
    .click()
  await page.locator('button[value="citizen-mau-don"]').click()
  await page.waitForURL('**/em-be**')
  expect(await page.locator('[name="child.fullName"]').inputValue()).toBe('Nguyễn Hải Đăng')
})

test("somebody else's dossier looks like one that does not exist", async () => {
  const { code } = await fileBirth(mother.page, 'Nguyễn Minh Châu')
  const [unknown, foreign] = ['H99.12-990101-99999', code]
  const { page } = business
  const seen = []
  for (const each of [unknown, foreign]) {
    const answer = await page.goto(`/ho-so/${each}`)
    seen.push({ status: answer?.status(), text: (await text(page)).replaceAll(each!, '…') })
  }
  expect(seen[0]?.status).toBe(404)
  expect(seen[1]).toEqual(seen[0])
  await business.look()
  expect((await business.context.request.get(`/giay/${code}/receipt-2.pdf`)).status()).toBe(404)
})

const deskPages = [
  '/can-bo',
  '/can-bo/viec',
  '/can-bo/tai-quay',
  '/can-bo/ky',
  '/can-bo/so-theo-doi',
  '/can-bo/tra-cuu',
  '/can-bo/ho-so/H99.12-990101-99999',
  '/bang',
  '/bang/qua-han',
  '/can-bo/thong-bao',
]

test.each(deskPages)('%s is for officers only', async (path) => {
  await stranger.page.goto(path)
  expect(new URL(stranger.page.url()).pathname, 'a stranger is asked to sign in').not.toBe(path)
  const answer = await business.page.goto(path)
  expect(answer?.status(), 'a citizen is told no').toBe(403)
  await expect(main(business.page).innerText()).resolves.not.toBe('')
})

// Its process is found in /proc.
test.runIf(process.platform === 'linux')(
  'without the identity provider people are told, and those inside go on',
  async () => {
    const provider = identityProviderOf(pid)
    process.kill(provider, 'SIGSTOP')
    try {
      const { page } = stranger
      await page.goto('/vao-vai')
      const answer = page.waitForResponse((response) => response.status() >= 500)
      await page.locator('form[action="/vao-vai/mother"] button').click()
      expect((await answer).status()).toBe(503)
      await expect(page.locator('body').innerText()).resolves.toMatch(/thử lại/)
      const filed = await fileBirth(mother.page, 'Nguyễn Đức Trọng')
      await openDossier(officer.page, filed.code)
      expect(await text(officer.page)).toContain('Nguyễn Đức Trọng')
    } finally {
      process.kill(provider, 'SIGCONT')
    }
  },
)

test('no browser complained on the way', () => {
  const all = [mother, officer, business].flatMap((each) => each.complaints())
  expect(all).toEqual([])
})

function identityProviderOf(server: number): number {
  const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isProviderOf(server, name))
  if (!found) throw new Error('the server has no identity provider')
  return Number(found)
}

function isProviderOf(server: number, pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return parent === server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('identity-provider')
  } catch {
    return false
  }
}
