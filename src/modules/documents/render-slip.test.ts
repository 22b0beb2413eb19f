import { readFileSync } from 'node:fs'
import { PDFDocument, PDFName } from 'pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { pdfText } from './pdf-text.ts'
import { closePrinting, forms, renderSlip, type SlipKind, slipKindOf } from './render-slip.ts'
import { samples } from './samples.ts'

afterAll(closePrinting)

const kinds = Object.keys(forms) as SlipKind[]
const raw = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')
const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')
const print = (kind: SlipKind, changes: object = {}) =>
  renderSlip(kind, { ...samples[kind], ...changes } as never)
const receiptText = async (changes: object) =>
  squeezed((await pdfText(await print('receipt', changes))).join('\n'))

test.each(kinds)('%s claims PDF/A-2a and passes the checks of PDF/UA-1', async (kind) => {
  const pdf = raw(await print(kind))
  expect(pdf).toMatch(/pdfaid:part>2</)
  expect(pdf).toMatch(/pdfaid:conformance>A</)
  const accessible = await renderSlip(kind, samples[kind] as never, { standard: 'ua-1' })
  expect(raw(accessible)).toContain('pdfuaid')
})

test('a receipt with ordinary content is one A5 page in Vietnamese with a title', async () => {
  const pdf = await print('receipt')
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  expect(document.getPageCount()).toBe(1)
  const { width, height } = document.getPage(0).getSize()
  expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([148, 210])
  expect(document.getTitle()).toBe('Giấy tiếp nhận hồ sơ và hẹn trả kết quả H99.12-261120-00042')
  expect(String(document.catalog.get(PDFName.of('Lang')))).toBe('(vi-VN)')
})

test('the receipt says when the result is due and why', async () => {
  const text = await receiptText({})
  expect(text).toContain(squeezed('5. Thời gian trả kết quả: 17 giờ 30 phút, ngày 23 tháng 11 năm 2026'))
  expect(text).toContain(squeezed('(Ngày tiếp nhận không tính; 21 và 22/11 là ngày nghỉ;'))
})

test('sample data are marked on the paper, and only then', async () => {
  expect(await receiptText({})).toContain(squeezed('BẢN DÙNG THỬ: DỮ LIỆU MẪU'))
  expect(await receiptText({ sample: false })).not.toContain(squeezed('DỮ LIỆU MẪU'))
})

test('a long list of papers flows to a second page with page numbers', async () => {
  const papers = Array.from({ length: 45 }, (_, i) => ({
    name: `Giấy tờ thứ ${i + 1}`,
    form: 'Bản giấy',
    quantity: 1,
  }))
  const pages = await pdfText(await print('receipt', { papers }))
  expect(pages.length).toBeGreaterThan(1)
  expect(squeezed(pages[1]!)).toContain('Trang2/')
  expect(squeezed(pages.join(''))).toContain(squeezed('Giấy tờ thứ 45'))
})

describe('text of people is printed as it is', () => {
  test.each([
    [
      'Typst code',
      '#panic("x") #import "lib.typ" #eval("1+1") $x^2$ *đậm* _nghiêng_ @ref <nhãn> \\ `mã` = tiêu đề',
    ],
    ['HTML', '<script>alert(1)</script> &amp; <b>'],
    ['SQL', "Robert'); DROP TABLE dossiers;--"],
    ['JSON', '"}, "sample": false, {"'],
    ['slashes and comments', '// chú thích /* a */ https://example.invalid/~x'],
  ])('%s', async (_, text) => {
    const printed = await receiptText({ applicant: { name: text, address: text } })
    expect(printed.split(squeezed(text)).length - 1).toBe(2)
  })

  test('decomposed letters are put together (NFC)', async () => {
    const printed = await receiptText({ office: 'Nguyễn Thị Mẫu Đơn'.normalize('NFD') })
    expect(printed).toContain(squeezed('Nguyễn Thị Mẫu Đơn'))
  })

  test('an emoji or a foreign script becomes □ instead of failing the archive format', async () => {
    const printed = await receiptText({ office: 'Tổ 👩‍👩‍👧 số 日 5' })
    expect(printed).toContain('Tổ□số□5')
  })

  test('invisible and direction-changing characters are dropped', async () => {
    expect(await receiptText({ office: 'A\u202eB\u200bC\u0007D' })).toContain('ABCD')
  })

  test('a word longer than the line is broken, not cut off', async () => {
    const word = 'A'.repeat(500)
    expect(await receiptText({ office: word })).toContain(word)
  })
})

test('data that cannot be text are a bug of the caller, not a paper', async () => {
  await expect(print('receipt', { office: 'a\u0000b' })).rejects.toThrow()
  await expect(print('receipt', { dueAt: 'mai' })).rejects.toThrow()
  await expect(print('refusal', { reason: '  ' })).rejects.toThrow()
})

test('in English the form stays Vietnamese and gains a second title', async () => {
  const pdf = await renderSlip('receipt', samples.receipt, { locale: 'en' })
  const text = squeezed((await pdfText(pdf)).join(''))
  expect(text).toContain(squeezed('GIẤY TIẾP NHẬN HỒ SƠ'))
  expect(text).toContain(squeezed('Receipt of dossier and appointment for the result'))
})

test('a result that the catalogue names without a form of its own is printed as lines', () => {
  expect(slipKindOf('birth-certificate')).toBe('birth-certificate')
  expect(slipKindOf('register-update')).toBe('result')
  expect(slipKindOf('toString')).toBe('result')
})

test('templates contain no data and read nothing but their inputs and each other', () => {
  for (const { template } of Object.values(forms)) {
    const source = readFileSync(new URL(`./templates/${template}.typ`, import.meta.url), 'utf8')
    expect(source.match(/#import "(.*?)"/g)).toEqual(['#import "lib.typ"'])
    expect(source).not.toMatch(/\beval\(|\bread\(/)
  }
})
