import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { keysWork } from './desk.ts'
import { text } from './filing.ts'
import { pointersUsed, tabTo, typeInto } from './keyboard.ts'
import { aTraveller } from './traveller.ts'

// From Monday the form of deaths asks who cared for the person, when a relative declares, and no longer the hour.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const colleague = await aTraveller({ browser, baseUrl }, { width: 1280 })
const phone = await aTraveller({ browser, baseUrl }, { width: 360 })
const reader = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })

await control.signInAs('officer-control-1')
await colleague.signInAs('officer-hoa-sen-control-1')
await phone.signInAs('officer-control-1')
await reader.signInAs('officer-control-1')

const { page } = control
const pointers = await pointersUsed(control.context)
let at = ''

const said = (of: Page) => of.locator('.fb__said').innerText()
const current = (of: Page) => of.locator('[role=treeitem][tabindex="0"]')

/** Walks the tree down from its top until the line with these words, opening what is closed on the way. */
async function walkTo(of: Page, words: string, inside?: string): Promise<void> {
  await of.keyboard.press('Home')
  for (let i = 0; i < 120; i++) {
    const line = (await current(of).innerText()).trim()
    if (line.includes(words)) return
    if (inside !== undefined && line.includes(inside)) await of.keyboard.press('ArrowRight')
    await of.keyboard.press('ArrowDown')
  }
  throw new Error(`no line “${words}”`)
}

/** Back from the settings to the tree. */
async function backToTree(of: Page): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await of.evaluate(() => document.activeElement?.getAttribute('role') === 'treeitem')) return
    await of.keyboard.press('Shift+Tab')
  }
  throw new Error('Shift+Tab does not reach the tree')
}

const isButton = (of: Page, words: string) =>
  of.evaluate(
    (wanted) =>
      document.activeElement?.matches('button') && document.activeElement.textContent?.includes(wanted),
    words,
  )
async function tabToButton(of: Page, words: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await isButton(of, words)) return
    await of.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach “${words}”`)
}

test('the form of a change opens as pages, groups and questions', async () => {
  await page.goto('/thiet-ke/thu-tuc/1.000656')
  await typeInto(page, '[name=title]', 'Hỏi người chăm sóc')
  await typeInto(page, '[name=reason]', 'Thông tư mới từ thứ Hai')
  await tabToButton(page, 'Bắt đầu sửa')
  await page.keyboard.press('Enter')
  await page.waitForURL(/thay-doi/)
  at = `${new URL(page.url()).pathname}/bieu-mau`
  await page.goto(at)
  await keysWork(page)
  expect(await page.locator('[role=tree]').innerText()).toContain('Người đã mất')
  await control.look()
})

test('a question is added in its own words, with a condition as a sentence', async () => {
  await tabTo(page, '[role=treeitem]')
  await walkTo(page, 'Họ, chữ đệm, tên của người đã mất', 'Người đã mất')
  await tabToButton(page, 'Thêm câu hỏi')
  await page.keyboard.press('Enter')
  await typeInto(page, '#fb-new-label', 'Ai chăm sóc người đã mất lúc cuối đời?')
  await control.look()
  await page.keyboard.press('Enter')
  await expect.poll(() => said(page)).toContain('Đã thêm “Ai chăm sóc')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('fb-panel')
  // Words in English are missing: the check says so at the question.
  await expect.poll(() => page.locator('.fb__middle .fb__problems').innerText()).toContain('tiếng Anh')
  await typeInto(page, '#fb-label-en', 'Who cared for the deceased?')
  await tabToButton(page, 'Thêm điều')
  await page.keyboard.press('Enter')
  expect(await page.locator('.rule__row').count()).toBe(1)
  await tabTo(page, '.rule__row select[id$="-v"]')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.locator('input[name=visible]').inputValue()).toContain('relation')
  expect(await page.locator('.fb__burden').innerText()).toMatch(
    /Câu chỉ hỏi trong vài trường hợp\s+\d+\s+\d+\s+nhiều hơn 1/,
  )
  await control.look()
})

test('it is moved with the keyboard, the focus stays with it, and where it is now is said', async () => {
  await backToTree(page)
  expect(await current(page).innerText()).toContain('Ai chăm sóc')
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => said(page)).toContain('thứ 2 trên 8')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Ai chăm sóc')
  for (let i = 0; i < 2; i++) await page.keyboard.press('Alt+ArrowUp')
  // Above the first place of its group it goes on to the group before, on the page before.
  await expect.poll(() => said(page)).toContain('thứ 8 trên 8')
  expect(await current(page).getAttribute('data-id')).toContain('nguoi-di-khai/requester/')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toContain('requester/')
})

test('what others read is not removed in silence, and a removal is taken back', async () => {
  await walkTo(page, 'Ngày mất', 'Mất khi nào')
  await page.keyboard.press('Delete')
  expect(await text(page)).toContain('Còn chỗ đang dùng “Ngày mất”')
  expect(await isButton(page, 'Giữ lại')).toBe(true)
  await control.look()
  await page.keyboard.press('Enter')
  expect(await page.locator('[role=tree]').innerText()).toContain('Ngày mất')
  await tabTo(page, '[role=treeitem]')
  await walkTo(page, 'Giờ mất')
  await page.keyboard.press('Delete')
  if (await isButton(page, 'Giữ lại')) {
    await tabToButton(page, 'Vẫn bỏ')
    await page.keyboard.press('Enter')
  }
  await expect.poll(() => said(page)).toContain('Đã bỏ “Giờ mất”')
  await page.keyboard.press('Control+z')
  expect(await page.locator('[role=tree]').innerText()).toContain('Giờ mất')
  await page.keyboard.press('Control+y')
  expect(await page.locator('[role=tree]').innerText()).not.toContain('Giờ mất')
})

test('Ctrl+S saves, and the page that comes back is the same form', async () => {
  await page.keyboard.press('Control+s')
  await expect.poll(() => said(page)).toBe('Đã lưu.')
  await page.goto(at)
  await keysWork(page)
  const tree = await page.locator('[role=tree]').innerText()
  expect(tree).toContain('Ai chăm sóc người đã mất')
  const content = JSON.parse(await page.locator('#fb-json').inputValue())
  const fields = content.pages.flatMap((one: { groups: { fields: { key: string; visible?: string }[] }[] }) =>
    one.groups.flatMap((group) => group.fields),
  )
  expect(fields.find(({ key }: { key: string }) => key.includes('aiChamSoc')).visible).toContain('relation')
  expect(fields.some(({ key }: { key: string }) => key === 'death.time')).toBe(false)
  expect(await pointers()).toBe(0)
})

test('two who edit at once keep what both did, and choose where both changed the same', async () => {
  const other = colleague.page
  await other.goto(at)
  await keysWork(other)
  const relabel = async (of: Page, question: string, label: string) => {
    await current(of).focus()
    await walkTo(of, question)
    await of.fill('#fb-label-vi', label)
  }
  await relabel(other, 'Anh/chị là gì của người đã mất', 'Anh/chị có quan hệ gì với người đã mất?')
  await relabel(other, 'Tên cơ quan, tổ chức', 'Tên của tổ chức')
  await other.keyboard.press('Control+s')
  await expect.poll(() => said(other)).toBe('Đã lưu.')

  await relabel(page, 'Anh/chị là gì của người đã mất', 'Quan hệ của anh/chị?')
  await relabel(page, 'Nơi giải quyết', 'Cơ quan giải quyết')
  await page.keyboard.press('Control+s')
  await page.getByText('vừa lưu mẫu khai này').waitFor()
  expect(await text(page)).toContain('Có 1 chỗ cả hai cùng sửa')
  await control.look()
  await page.locator('.fb__clashes input[value=theirs]').check()
  await page.getByRole('button', { name: 'Ghép hai bản' }).click()
  await page.keyboard.press('Control+s')
  await expect.poll(() => said(page)).toBe('Đã lưu.')
  const tree = await page.locator('[role=tree]').innerText()
  for (const label of ['Anh/chị có quan hệ gì', 'Tên của tổ chức', 'Cơ quan giải quyết'])
    expect(tree).toContain(label)
})

test('on a phone everything stands in one column', async () => {
  await phone.page.goto(at)
  await keysWork(phone.page)
  await phone.look()
  await phone.page
    .getByRole('treeitem', { name: 'Nơi giải quyết' })
    .or(phone.page.getByText('Cơ quan giải quyết'))
    .first()
    .click()
  await phone.look()
  await phone.page.getByRole('button', { name: 'Thêm câu hỏi' }).first().click()
  await phone.look()
})

test('without scripts the definition is saved as text, and what is wrong with it is said', async () => {
  await reader.page.goto(at)
  await reader.look()
  await reader.page.locator('.fb__expert summary').click()
  const before = await reader.page.inputValue('#fb-json')
  await reader.page.fill('#fb-json', before.replace('"pages"', 'pages'))
  await reader.page.getByRole('button', { name: 'Lưu nội dung này' }).click()
  expect(await text(reader.page)).toContain('Không đọc được')
  expect(await reader.page.inputValue('#fb-json')).toContain('  pages')
  await reader.look()
  await reader.page.fill('#fb-json', before.replace('Cơ quan giải quyết', 'Nơi nhận'))
  await reader.page.getByRole('button', { name: 'Lưu nội dung này' }).click()
  await reader.page.waitForURL(/xong=saved/)
  expect(await reader.page.inputValue('#fb-json')).toContain('Nơi nhận')
})

test('who does not edit procedures is shown nothing', async () => {
  const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
  await mother.takeRole('reception')
  expect((await mother.page.goto(at))?.status()).toBe(403)
  const form = { _action: 'save', seen: '0', content: '{}' }
  const tried = await mother.page.request.post(`${at}/cua`, { form, headers: { origin: baseUrl } })
  expect(tried.status()).toBe(403)
})

test('nobody’s browser complained', () => {
  expect(
    [...control.complaints(), ...colleague.complaints(), ...phone.complaints()].filter(
      (line) => !line.includes('409'),
    ),
  ).toEqual([])
})
