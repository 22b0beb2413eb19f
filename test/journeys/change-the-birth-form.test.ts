import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { answerPages, beginBirth, birthAnswers, press, send, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

// An official is told that births are now asked for the midwife when a mother declares, and no longer for the book of
// the marriage. One changes the form, another approves, it is published, a mother files with it, and it is taken back.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const leader = await aTraveller({ browser, baseUrl }, { width: 1280 })
const mother = await aTraveller({ browser, baseUrl }, { width: 360 })

await control.signInAs('officer-control-1')
await leader.takeRole('provincialLeader')
await mother.takeRole('mother')

const { page } = control
const midwife = 'Ai đỡ đẻ cho bé?'
let change = ''

const said = () => page.locator('.fb__said').innerText()
const rested = async (of: Page, path: string) => {
  await of.goto(path)
  await keysWork(of)
}
const node = (words: string) => page.getByRole('treeitem').filter({ hasText: words }).last()

/** Chooses a part of the form, again where the page did not listen yet, as a person would, and unfolds it. */
async function unfold(words: string): Promise<void> {
  const choose = async () => {
    await node(words).click()
    return node(words).getAttribute('aria-selected')
  }
  await expect.poll(choose).toBe('true')
  await page.keyboard.press('ArrowRight')
}

async function pressAct(of: Page, name: string): Promise<void> {
  await of.locator('main').getByRole('button', { name, exact: true }).click()
  await of.waitForURL(/xong=/)
}

test('a change is begun from the page of the procedure', async () => {
  await rested(page, '/thiet-ke/thu-tuc/1.001193')
  await page.fill('[name=title]', 'Hỏi người đỡ đẻ, thôi hỏi quyển sổ kết hôn')
  await page.fill('[name=reason]', 'Công văn của Sở Tư pháp')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  change = new URL(page.url()).pathname
  await control.look()
})

test('a question with a condition is added and another removed, and the burden says so', async () => {
  await rested(page, `${change}/bieu-mau`)
  await unfold('Em bé')
  await node('Nơi sinh của bé').click()
  await page.getByRole('button', { name: 'Thêm câu hỏi' }).first().click()
  await page.fill('#fb-new-label', midwife)
  await page.keyboard.press('Enter')
  await expect.poll(said).toContain('Đã thêm')
  await page.fill('#fb-label-en', 'Who delivered the child?')
  await page.getByRole('radio', { name: 'Không bắt buộc' }).check()
  await page.getByRole('button', { name: 'Thêm điều' }).click()
  await page.locator('.rule__row select[id$="-v"]').selectOption({ label: 'Mẹ' })
  await expect.poll(() => page.locator('input[name=visible]').inputValue()).toContain('"mother"')
  await unfold('Giấy tờ')
  await node('Quyển số').click()
  await page.keyboard.press('Delete')
  const anyway = page.getByRole('button', { name: 'Vẫn bỏ' })
  if (await anyway.isVisible()) await anyway.click()
  await expect.poll(said).toContain('Đã bỏ “Quyển số”')
  await expect
    .poll(() => page.locator('.fb__burden').innerText(), { timeout: 20_000 })
    .toContain('nhiều hơn 1')
  await page.keyboard.press('Control+s')
  await expect.poll(said).toBe('Đã lưu.')
  await control.look()
})

test('a test case that no longer holds is found, and mended', async () => {
  await rested(page, `${change}/kiem-thu`)
  expect(await text(page)).toContain('Số câu phải hỏi: phải là 5, nhưng ra 6')
  expect(await text(page)).toContain('“Quyển số”: câu hỏi không còn trong mẫu khai')
  const right = page.getByRole('button', { name: 'Kết quả mới là đúng' })
  while ((await right.count()) > 0) {
    const before = await text(page)
    await right.first().click()
    await expect.poll(() => text(page), { timeout: 20_000 }).not.toBe(before)
    await page.waitForLoadState('networkidle')
  }
  expect(await text(page)).not.toContain('Không đạt')
  await control.look()
})

test('the draft is read as a comparison, tried as a citizen, and run over past dossiers', async () => {
  await rested(page, `${change}/so-sanh`)
  expect(await text(page)).toContain(midwife)
  expect(await text(page)).toContain('Quyển số')
  await control.look()
  await rested(page, `${change}/xem-thu?nhu=cong-dan&trang=em-be`)
  const phone = page.frameLocator('iframe').first()
  await phone.getByText('Xem thử').first().waitFor()
  await control.look()
  await rested(page, `${change}/chay-lai`)
  await control.look()
  await page.locator('main').getByRole('button').first().click()
  await expect.poll(() => text(page), { timeout: 60_000 }).toMatch(/hồ sơ/)
  await rested(page, `${change}/quyet-dinh`)
  expect(await text(page)).toContain('1.001193')
})

test('who changed it does not approve it; a second person does', async () => {
  await rested(page, change)
  expect(await text(page)).toContain('mọi ca kiểm thử đều đạt')
  await control.look()
  await pressAct(page, 'Gửi người thứ hai xem')
  expect(await page.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)
  await rested(leader.page, change)
  await leader.look()
  await leader.page.fill('#y-kien', 'Đúng với công văn')
  await pressAct(leader.page, 'Duyệt')
  expect(await leader.page.getByRole('button', { name: 'Công bố', exact: true }).count()).toBe(0)
})

test('it is published by a decision, not in the past', async () => {
  await rested(page, change)
  await page.fill('#so-quyet-dinh', '1234/QĐ-UBND')
  const today = await page.inputValue('#tu-ngay')
  await page.fill('#tu-ngay', '2026-01-01')
  await press(page, 'Công bố')
  await page.locator('.error-summary').waitFor()
  expect(await text(page)).toContain('Chọn ngày từ hôm nay trở đi')
  expect(await page.inputValue('#so-quyet-dinh')).toBe('1234/QĐ-UBND')
  await control.look()
  await page.fill('#tu-ngay', today)
  await pressAct(page, 'Công bố')
  await expect.poll(() => text(page), { timeout: 20_000 }).toContain('Quyết định 1234/QĐ-UBND')
})

test('a mother who files now is asked the new question, and her dossier keeps it', async () => {
  const phone = mother.page
  await beginBirth(phone)
  await answerPages(phone, { ...birthAnswers('Trần Văn Mới'), 'child.aiDoDeChoBe': 'Cô Ba' })
  if (phone.url().endsWith('/gui-kem')) await press(phone, 'Lưu và tiếp tục')
  await mother.look()
  const review = await text(phone)
  expect(review).toContain(midwife)
  expect(review).toContain('Cô Ba')
  expect(review).not.toContain('Quyển số')
  const { code } = await send(phone)
  expect(code).toMatch(/^H99/)
})

test('it is taken back the same day, and the next mother is asked as before', async () => {
  await rested(page, change)
  await page.locator('#y-kien').filter({ visible: true }).fill('Sở Tư pháp thu hồi công văn')
  await pressAct(page, 'Rút lại')
  await expect.poll(() => text(page), { timeout: 20_000 }).toContain('Bản trước đang áp dụng')
  const phone = mother.page
  await beginBirth(phone)
  await answerPages(phone, birthAnswers('Trần Thị Cũ'))
  if (phone.url().endsWith('/gui-kem')) await press(phone, 'Lưu và tiếp tục')
  expect(await text(phone)).not.toContain(midwife)
  await rested(page, '/thiet-ke/thu-tuc/1.001193')
  expect(await text(page)).toContain('đã rút lại')
  await control.look()
})

test('nobody’s browser complained', () => {
  const all = [...control.complaints(), ...leader.complaints(), ...mother.complaints()]
  // What was refused on purpose is no complaint.
  expect(all.filter((line) => !line.includes('422'))).toEqual([])
})
