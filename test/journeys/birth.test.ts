import { afterAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../harness/browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import { aDisguisedProgram, answerBirth, aPhotograph, beginBirth, type Filed, press, problems, send, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await openBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
afterAll(() => browser.close())

let filed: Filed

test('a mother finds the procedure and files from a phone without scripts', async () => {
  const { page } = mother
  await page.goto('/')
  await mother.look()
  await page.getByRole('searchbox').first().fill('lam giay khai sinh')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tim?**')
  await mother.look()
  await page.getByRole('link', { name: /Làm giấy khai sinh cho con/ }).first().click()
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

  await answerBirth(page, 'Nguyễn Bình An')
  await mother.look()
})

test('she sends photographs; a program under the name of a photograph is refused with a sentence', async () => {
  const { page } = mother
  const paper = page.locator('input[type="file"]').first()
  await page.locator('details:has(input[type="file"])').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')))
  await paper.setInputFiles(aDisguisedProgram)
  await press(page, 'Tải lên')
  expect(await problems(page)).toMatch(/chương trình|phần mềm|chạy được/)
  await mother.look()

  await page.locator('input[type="file"]').first().setInputFiles([
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
