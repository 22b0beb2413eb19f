import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import { answerPages, main, press, problems, send, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const bride = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const groom = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

let code = ''
const inNineDays = Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh').add({ days: 9 })
const answers = {
  'receivingAgency.offer': '0',
  'partner.phone': '0912 345 603',
  'husband.fullName': 'Trịnh Văn Lúa',
  'husband.dateOfBirth': '5/11/1988',
  'husband.identityPaper.number': '099088000003',
  'wife.maritalStatus': 'never',
  'wife.marriageOrder': '1',
  'husband.maritalStatus': 'never',
  'husband.marriageOrder': '1',
  appointment: `${inNineDays.day}/${inNineDays.month}/${inNineDays.year}`,
  'copies.count': '1',
}

test('one of two files a marriage from a phone without scripts', async () => {
  const { page } = bride
  await bride.signInAs('citizen-ban')
  await page.goto('/thu-tuc/1.000894')
  await bride.look()
  await page.goto('/thu-tuc/1.000894/nop')
  await press(page, 'Bắt đầu')
  await bride.look()
  await answerPages(page, answers)
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  code = (await send(page)).code
  expect(await page.locator('h1').innerText()).toContain('chờ người cùng làm xác nhận')
  expect(await text(page)).toContain('Trịnh Văn Lúa đọc và xác nhận')
  await bride.look()
  await page.goto(`/ho-so/${code}`)
  expect(await text(page)).toContain('còn chờ Trịnh Văn Lúa xác nhận')
  await bride.look()
})

test('the other finds the text, reads what was declared, and agrees', async () => {
  const { page } = groom
  const outbox = () => page.goto('/hop-thu-mau').then(() => text(page))
  await expect.poll(outbox, { timeout: 20_000 }).toMatch(new RegExp(`${code} cho anh/chi xac nhan`))
  await groom.look()
  await groom.signInAs('citizen-lua')
  await page.goto('/ho-so')
  expect(await text(page)).toContain('Chờ anh/chị xác nhận')
  await page.locator(`a[href="/ho-so/${code}"]`).click()
  await page.waitForURL('**/xac-nhan')
  expect(await text(page)).toContain('Lò Thị Ban')
  await groom.look()
  await press(page, /Tôi đã đọc, các điều khai/)
  expect(await problems(page)).toContain('Đánh dấu rằng')
  await groom.look()
  await page.locator('#da-doc').check()
  await press(page, /Tôi đã đọc, các điều khai/)
  await page.waitForURL('**da-xac-nhan**')
  expect(await text(page)).toContain('Đã ghi nhận xác nhận của anh/chị')
  await groom.look()
})

test('the office accepts and asks something; the answer goes back on the same page', async () => {
  await officer.takeRole('reception')
  await openDossier(officer.page, code)
  await act(officer.page, 'Tiếp nhận')
  await officer.page.locator('.outcome').first().waitFor()
  expect(await outcome(officer.page)).not.toBe('')
  const { page } = bride
  await page.goto(`/ho-so/${code}`)
  await page.locator('#loi-nhan').fill('')
  await press(page, 'Gửi lời nhắn')
  expect(await problems(page)).toContain('Hãy viết lời nhắn')
  await bride.look()
  await page.locator('#loi-nhan').fill('Chúng em đến sáng thứ Hai được không ạ?')
  await press(page, 'Gửi lời nhắn')
  await page.waitForURL('**da-nhan**')
  expect(await text(page)).toContain('Đang chờ cơ quan trả lời.')
  await bride.look()
  await groom.page.goto(`/ho-so/${code}`)
  expect(await text(groom.page)).not.toContain('sáng thứ Hai được không')
})

test('a mother looks after it until a day that her daughter names', async () => {
  const { page } = bride
  await page.goto(`/ho-so/${code}/nho-nguoi`)
  await bride.look()
  await press(page, 'Gửi lời nhờ')
  expect(await problems(page)).toContain('Có 4 chỗ cần sửa')
  await bride.look()
  const until = { day: inNineDays.day, month: inNineDays.month, year: inNineDays.year }
  await page.locator('[name="name"]').fill('Phạm Thị Sen')
  await page.locator('[name="personalId"]').fill('099150000004')
  await page.locator('[name="phone"]').fill('0912345604')
  for (const [part, value] of Object.entries(until))
    await page.locator(`[name="until.${part}"]`).fill(String(value))
  await press(page, 'Gửi lời nhờ')
  await page.waitForURL('**da-nho**')
  expect(await text(page)).toContain('Phạm Thị Sen')

  const helper = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
  await helper.signInAs('citizen-sen')
  await helper.page.goto(`/ho-so/${code}`)
  await helper.page.waitForURL('**/xac-nhan')
  expect(await text(helper.page)).not.toContain('099088000003')
  await helper.look()
  await helper.page.locator('#da-doc').check()
  await press(helper.page, 'Tôi nhận lời giúp')
  await helper.page.waitForURL('**da-xac-nhan**')
  expect(await text(helper.page)).toContain('sáng thứ Hai được không')
  await helper.look()
  await helper.page.goto(`/ho-so/${code}/rut`)
  expect(await main(helper.page).innerText()).not.toContain('Vì sao anh/chị rút')
  await helper.close()
})

test('a stranger finds nothing, and nobody agrees for somebody else', async () => {
  const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
  await stranger.signInAs('citizen-tung')
  for (const path of [`/ho-so/${code}`, `/ho-so/${code}/xac-nhan`, `/ho-so/${code}/nho-nguoi`])
    expect((await stranger.page.goto(path))?.status(), path).toBe(404)
  await stranger.close()
})
