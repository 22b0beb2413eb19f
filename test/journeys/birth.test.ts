import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome, pressKey } from './desk.ts'
import {
  aDisguisedProgram,
  answerPages,
  aPhotograph,
  beginBirth,
  birthAnswers,
  type Filed,
  main,
  press,
  problems,
  send,
  text,
} from './filing.ts'
import { verifyCodesOf } from './papers.ts'
import { aTraveller, type Traveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

let filed: Filed
const summary = () => fetch(`${baseUrl}/api/v1/board/summary`).then((answer) => answer.json())
const before = await summary()

test('a mother finds the procedure and files from a phone without scripts', async () => {
  const { page } = mother
  await page.goto('/')
  await mother.look()
  await page.getByRole('searchbox').first().fill('lam giay khai sinh')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tim?**')
  await mother.look()
  await page
    .getByRole('link', { name: /Làm giấy khai sinh cho con/ })
    .first()
    .click()
  await page.waitForURL('**/thu-tuc/1.001193')
  await mother.takeRole('mother')
  await mother.look()
  await beginBirth(page)
  await press(page, 'Lưu và tiếp tục')

  await page.locator('[name="child.fullName"]').fill('')
  await press(page, 'Lưu và tiếp tục')
  expect(await problems(page)).toContain('Có 2 chỗ cần sửa')
  expect(await problems(page)).not.toMatch(/[{}]/)
  await mother.look()

  await page.locator('[name="child.fullName"]').fill('Nguyễn Bình An')
  await press(page, 'Lưu và tiếp tục')
  expect(await problems(page)).toContain('Có 1 chỗ cần sửa')
  expect(await page.locator('[name="child.fullName"]').inputValue()).toBe('Nguyễn Bình An')

  await answerPages(page, birthAnswers('Nguyễn Bình An'))
  await mother.look()
})

test('she sends photographs; a program under the name of a photograph is refused with a sentence', async () => {
  const { page } = mother
  const paper = page.locator('input[type="file"]').first()
  await page.getByText('Giấy chỉ gửi khi có').click()
  await paper.setInputFiles(aDisguisedProgram)
  await press(page, 'Tải lên')
  expect(await problems(page)).toMatch(/chương trình|phần mềm|chạy được/)
  await mother.look()

  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([
      { name: 'Giấy chứng sinh.jpg', mimeType: 'image/jpeg', buffer: await aPhotograph() },
      { name: 'trang 2.png', mimeType: 'image/png', buffer: await aPhotograph('png') },
    ])
  await press(page, 'Tải lên')
  expect(await text(page)).toContain('Giấy chứng sinh.jpg')
  expect(await text(page)).toContain('trang 2.png')
  await press(page, 'Lưu và tiếp tục')
  await page.waitForURL('**/kiem-tra')
})

test('she checks, sends and gets a code with a picture to scan', async () => {
  const { page } = mother
  expect(await text(page)).toContain('Nguyễn Bình An')
  await press(page, 'Gửi hồ sơ')
  expect(await problems(page)).toContain('Đọc lời cam đoan')
  await mother.look()
  filed = await send(page)
  expect(filed.code).toMatch(/^H99\.12-\d{6}-\d{5}$/)
  expect(await page.locator('.done__qr svg, .done__qr img').count()).toBe(1)
  await mother.look()
  await page.goto(`/ho-so/${filed.code}`)
  expect(await text(page)).toContain('Chờ tiếp nhận')
  await mother.look()
})

test('the reception officer finds her dossier first and accepts it with one key', async () => {
  const { page } = officer
  await officer.takeRole('reception')
  await officer.look()
  expect(await text(page)).toContain('Nguyễn Thị Mẫu Đơn')
  await openDossier(page, filed.code)
  expect(await text(page)).toContain('Nguyễn Bình An')
  await officer.look()
  expect(await pressKey(page, 't')).toContain(`${filed.code}: đã tiếp nhận`)
  const receipt = await page.getByRole('link', { name: 'In giấy hẹn' }).getAttribute('href')
  expect(await download(officer, receipt)).toBe('%PDF-')
})

test('the civil-status officer checks, drafts and hands the certificate up', async () => {
  const { page } = officer
  await officer.takeRole('civilStatus')
  await openDossier(page, filed.code)
  expect(await pressKey(page, 't')).toContain('đã chuyển bước sau')
  await openDossier(page, filed.code)
  await act(page, 'Soạn kết quả')
  await page.locator('.panel').waitFor()
  await officer.look()
  await press(page, 'Lưu và chuyển bước sau')
  expect(await outcome(page)).toContain('đã chuyển bước sau')
})

test('the chair sees what would be issued and approves; the clerk issues; reception returns', async () => {
  const { page } = officer
  await officer.takeRole('chair')
  await page.waitForURL('**/can-bo/ky')
  await officer.look()
  const row = page.locator(`tr[data-row="${filed.code}"]`)
  const preview = await row.getByRole('link', { name: /Xem bản trình ký/ }).getAttribute('href')
  expect((await page.context().request.get(preview!)).status()).toBe(200)
  await row.getByRole('checkbox').check()
  await press(page, /^Ký số và duyệt/)
  expect(await outcome(page)).toContain(`${filed.code}: đã duyệt`)

  await officer.signInAs('officer-hoa-sen-clerk-1')
  await openDossier(page, filed.code)
  expect(await pressKey(page, 't')).toContain('đã chuyển bước sau')
  await officer.takeRole('reception')
  await openDossier(page, filed.code)
  expect(await pressKey(page, 'r')).toContain('đã trả kết quả')
})

test('she gets the certificate, and anybody can verify it', async () => {
  const { page } = mother
  await page.goto(`/ho-so/${filed.code}`)
  expect(await text(page)).toContain('Đã trả kết quả')
  await mother.look()
  const result = await page.getByRole('link', { name: /Xem và tải/ }).getAttribute('href')
  expect(await download(mother, result)).toBe('%PDF-')
  const { result: code } = await verifyCodesOf(filed.code)
  const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
  await stranger.page.goto(`/xac-minh/${code}`)
  expect(await text(stranger.page)).toContain('Giấy khai sinh')
  expect(await text(stranger.page)).not.toContain('Mẫu Đơn')
  await stranger.look()
  await stranger.close()
})

test('she rates the service, and the public figures have moved by one', async () => {
  const { page } = mother
  await page.goto(`/ho-so/${filed.code}`)
  await page.getByRole('link', { name: /Đánh giá/ }).click()
  await mother.look()
  await page.locator('input[name="grade"]').first().check()
  await main(page).locator('button[type="submit"]').last().click()
  expect(await page.locator('[role="status"]').count()).toBe(1)
  await expect
    .poll(async () => (await summary()).satisfaction.count, { timeout: 30_000 })
    .toBe(before.satisfaction.count + 1)
  const after = await summary()
  expect(after.received).toBe(before.received + 1)
  expect(after.byChannel.online).toBe(before.byChannel.online + 1)
  expect(after.finished.early).toBe(before.finished.early + 1)
  await page.goto('/so-lieu')
  await mother.look()
  await officer.page.goto('/so-lieu')
  await officer.look()
})

test('no browser complained on the way', () => {
  expect([...mother.complaints(), ...officer.complaints()]).toEqual([])
})

/** The first bytes of a file that this person may open. */
async function download({ context }: Traveller, href: string | null): Promise<string> {
  const answer = await context.request.get(href ?? '')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  return (await answer.body()).subarray(0, 5).toString()
}
