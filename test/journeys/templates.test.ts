import { expect, inject, test } from 'vitest'
import {
  aDocxFile,
  complexField,
  paragraph,
  run,
} from '../../src/modules/documents/templates/docx/a-docx.builder.ts'
import { pdfText } from '../harness/pdf-text.ts'
import { theBrowser } from './browser.ts'
import { press, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const control = await aTraveller({ browser, baseUrl }, { width: 1280 })
const plain = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const chair = await aTraveller({ browser, baseUrl }, { width: 1280 })

await control.signInAs('officer-control-1')
await plain.signInAs('officer-hoa-sen-control-1')
await chair.signInAs('officer-hoa-sen-leader-1')

const { page } = control
const squeezed = (words: string) => words.replace(/[\s\u200b]+/g, '')
/** Address of the printed papers of the change; known once it is begun. */
let papers = ''
const editor = () => `${papers}?giay=result`
const picture = () => page.locator('.tpl__paper-picture')
const blocks = () => page.locator('.tpl__block h4').allInnerTexts()
/** Waits until the picture has been drawn again. */
const drawn = () => page.locator('.tpl__busy', { hasText: /trang$/ }).waitFor()

test('a change lists every paper of its procedure and says that none has a template of its own', async () => {
  await page.goto('/thiet-ke/thu-tuc/1.004884')
  await page.getByLabel('Tên gọi của lần sửa').fill('Giấy in của tỉnh')
  await page.getByLabel('Lý do, căn cứ').fill('Tỉnh có mẫu riêng')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  papers = `${new URL(page.url()).pathname}/mau-in`
  await page.goto(papers)
  await control.look()
  expect(await page.locator('tbody tr').count()).toBe(10)
  expect(await text(page)).not.toContain('Mẫu riêng,')
})

test('blocks are added, moved, removed and taken back by keyboard, and the picture follows', async () => {
  await page.goto(editor())
  await picture().waitFor()
  await control.look()
  const before = await blocks()
  const first = await picture().getAttribute('src')
  await page.getByLabel('Loại khối thêm').selectOption('list')
  await press(page, /^Thêm$/)
  await page.getByRole('heading', { name: `Khối ${before.length + 1}: Danh sách` }).waitFor()
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByRole('heading', { name: `Khối ${before.length}: Danh sách` }).waitFor()
  await page.keyboard.press('Alt+Delete')
  await page.getByText('Đã bỏ khối “Danh sách”.').waitFor()
  expect(await blocks()).toEqual(before)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: `Khối ${before.length}: Danh sách` }).waitFor()
  await page.getByLabel('Mỗi dòng một mục').fill('Mang theo bản chính\n')
  await page.getByLabel('Tìm ô trộn').fill('ma ho so')
  await page.getByLabel('Mỗi dòng một mục').focus()
  await page.getByRole('button', { name: 'Chèn Mã hồ sơ' }).click()
  expect(await page.getByLabel('Mỗi dòng một mục').inputValue()).toBe('Mang theo bản chính\n«Mã hồ sơ»')
  await expect.poll(() => picture().getAttribute('src'), { timeout: 20_000 }).not.toBe(first)
  await control.look()
})

test('what is saved prints the words and the facts, and the list says whose template it is', async () => {
  await drawn()
  await page.keyboard.press('Escape')
  await press(page, /^Lưu mẫu in/)
  await page.getByRole('heading', { name: 'Đã lưu.' }).waitFor()
  const answer = await control.context.request.get(`${papers}.pdf?giay=result`)
  expect(answer.headers()['content-type']).toBe('application/pdf')
  const printed = squeezed((await pdfText(await answer.body())).join('\n'))
  expect(printed).toContain(squeezed('- Mang theo bản chính'))
  expect(printed).toContain(squeezed('- H99.12-261120-00042'))
  await page.goto(papers)
  expect(await text(page)).toContain('Mẫu riêng, soạn theo khối')
})

test('a merge field that nobody knows is told, and tied by hand', async () => {
  await page.goto(editor())
  await page.getByLabel('Trích yếu').fill('Về việc của «Ten_nguoi_nop_ho_so»')
  await page.getByText('chưa nối với dữ liệu nào').waitFor()
  const tie = page.getByLabel('«Ten_nguoi_nop_ho_so»')
  expect(await tie.inputValue()).toBe('Họ tên người nộp hồ sơ')
  await control.look()
  await press(page, /^Lưu mẫu in/)
  await page.getByRole('heading', { name: 'Đã lưu.' }).waitFor()
  expect(await page.getByLabel('Trích yếu').inputValue()).toBe('Về việc của «Họ tên người nộp hồ sơ»')
})

test('two people never overwrite each other in silence, with or without scripts', async () => {
  await plain.page.goto(editor())
  await plain.look()
  const { length } = await plain.page.locator('.tpl__block').all()
  await plain.page.getByLabel('Loại khối thêm').selectOption('page-break')
  await press(plain.page, /^Thêm$/)
  expect(await plain.page.locator('.tpl__block').count()).toBe(length + 1)
  await page.getByLabel('Tên mẫu').fill('Tên của người thứ nhất')
  await press(page, /^Lưu mẫu in/)
  await page.getByRole('heading', { name: 'Đã lưu.' }).waitFor()
  await press(plain.page, /^Lưu mẫu in/)
  expect(await plain.page.locator('.studio__theirs').textContent()).toContain('Tên của người thứ nhất')
  expect(await plain.page.locator('.tpl__block').count()).toBe(length + 1)
  await plain.look()
})

test('a Word file becomes blocks; what did not come over and what is not tied is said', async () => {
  await page.goto(`${editor()}&xem=tep-word`)
  await control.look()
  const body = [
    paragraph(run('GIẤY XÁC NHẬN', '<w:b/>'), '<w:jc w:val="center"/>'),
    paragraph(
      [
        run('Ông, bà: '),
        complexField('MERGEFIELD Ho_ten_nguoi_nop_ho_so', '«x»'),
        '<w:r><w:pict/></w:r>',
      ].join(''),
    ),
    paragraph(run('Mã: {{Mã hồ sơ}}')),
  ]
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })
  await page
    .locator('#tep')
    .setInputFiles(file('macro.docx', aDocxFile(body[0]!, { 'word/vbaProject.bin': 'x' })))
  await press(page, 'Đọc tệp')
  await page.getByText('Tệp có macro').waitFor()
  await page.locator('#tep').setInputFiles(file('mau.docx', aDocxFile(body.join(''))))
  await press(page, 'Đọc tệp')
  await page.getByText('Đã đọc “mau.docx”: 3 khối, 2 ô trộn').waitFor()
  expect(await text(page)).toContain('Hình vẽ không lấy được')
  await picture().waitFor()
  await control.look()
  await press(page, /^Lưu mẫu in/)
  await page.getByRole('heading', { name: 'Đã lưu.' }).waitFor()
  const answer = await control.context.request.get(`${papers}.pdf?giay=result`)
  const printed = squeezed((await pdfText(await answer.body())).join('\n'))
  expect(printed).toContain(squeezed('Ông, bà: Nguyễn Thị Mẫu Đơn'))
  await page.goto(papers)
  expect(await text(page)).toContain('Mẫu riêng, từ tệp Word')
})

test('Typst is written by hand; a line that is wrong or reaches too far is named', async () => {
  await page.goto(`${editor()}&xem=typst`)
  await control.look()
  await press(page, 'Viết tiếp bằng Typst')
  const source = page.getByLabel('Nội dung Typst')
  await source.waitFor()
  const good = await source.inputValue()
  expect(good).toContain('#import "blocks.typ": *')
  await source.fill(`${good}\n#let x = (`)
  await page.getByText(/Dòng \d+: unclosed delimiter/).waitFor()
  await source.fill(`${good}\n#read("/etc/passwd")`)
  await page.getByText('Mẫu in không được đọc tệp nào').waitFor()
  await control.look()
  await source.fill(`${good}\n#put("factCode")`)
  await drawn()
  await press(page, /^Lưu mẫu in/)
  await page.getByRole('heading', { name: 'Đã lưu.' }).waitFor()
  await page.goto(papers)
  expect(await text(page)).toContain('Mẫu riêng, viết bằng Typst')
})

test('the paper goes back to the common layout, and whom the page is closed to sees nothing', async () => {
  await page.goto(editor())
  await press(page, 'Bỏ mẫu riêng, dùng mẫu chung')
  await page.waitForURL((url) => url.pathname === papers)
  expect(await text(page)).not.toContain('Mẫu riêng,')
  for (const address of [papers, editor(), `${papers}.pdf?giay=result`])
    expect((await chair.context.request.get(address)).status()).toBe(403)
  expect((await control.context.request.get(`${papers}?giay=log-book`)).status()).toBe(404)
  expect((await control.context.request.get(`${papers}.pdf?giay=result`)).status()).toBe(404)
  expect([...control.complaints(), ...plain.complaints()]).toEqual([])
})
