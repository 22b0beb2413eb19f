import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument, PDFName } from 'pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { pdfText } from '../../../test/harness/pdf-text.ts'
import { accepted } from '../../kernel/errors.ts'
import { slipKinds as kinds, type SlipKind, slipKindOf } from './forms.ts'
import { readLayouts } from './layouts.ts'
import { closePrinting, type PrintOptions, renderSlip, renderToBeSigned } from './render-slip.ts'
import { samples } from './samples.ts'

afterAll(closePrinting)

const raw = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')
const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')
const print = async (kind: SlipKind, changes: object = {}, options: PrintOptions = {}) =>
  accepted(await renderSlip(kind, { ...samples[kind], ...changes } as never, options))
const textOf = async (kind: SlipKind, changes: object = {}) =>
  squeezed((await pdfText(await print(kind, changes))).join('\n'))
const receiptText = (changes: object) => textOf('receipt', changes)

test.each(kinds)('%s claims PDF/A-2a and passes the checks of PDF/UA-1', async (kind) => {
  const pdf = raw(await print(kind))
  expect(pdf).toMatch(/pdfaid:part>2</)
  expect(pdf).toMatch(/pdfaid:conformance>A</)
  const accessible = await print(kind, {}, { standard: 'ua-1' })
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

describe('each slip says what the law wants said', () => {
  const wanted: [SlipKind, string[]][] = [
    ['supplement', ['Bổ sung trước: 17 giờ 30 phút, ngày 04 tháng 12 năm 2026', 'được tính lại từ đầu']],
    ['refusal', ['Điều 13 Luật Hộ tịch', 'đã được đăng ký khai sinh']],
    [
      'apology',
      [
        'xin lỗi ông/bà và đề nghị gia hạn thời gian giải quyết thêm 01 ngày làm việc',
        '17 giờ 30 phút, ngày 24 tháng 11 năm 2026',
        'Ngày tiếp nhận không tính',
        'chỉ được gia hạn một lần',
      ],
    ],
    ['obligation', ['4.250.000', 'Tổng số tiền phải nộp: 4.900.000 đồng', 'Bốn triệu chín trăm nghìn đồng']],
    ['stop', ['từ 09 giờ 00 phút, ngày 25 tháng 11 năm 2026', 'Quá thời hạn bổ sung']],
    [
      'control',
      ['1. Bộ phận một cửa', '2. Công chức tư pháp - hộ tịch', 'Trước hạn', 'Đúng hạn', 'Chờ số định danh'],
    ],
    ['hand-over', ['Bên giao: Lê Thu Trang', 'Bên nhận: Phạm Quốc Huy', '2 hồ sơ, 6 tờ', 'BÊN NHẬN']],
    ['log-book', ['SỔ THEO DÕI HỒ SƠ', 'từ ngày 16/11/2026 đến ngày 20/11/2026', '(14)', '00042']],
    [
      'correction',
      [
        'Đính chính Giấy khai sinh số 386/2026 ngày 23/11/2026',
        'Giấy khai sinh số 391/2026 thay thế giấy nêu tại Điều 1',
        'Cơ quan giải quyết chịu chi phí',
      ],
    ],
    ['revocation', ['Thu hồi Giấy khai sinh số 386/2026', 'không còn giá trị sử dụng', 'quyền khiếu nại']],
  ]
  test.each(wanted)('%s', async (kind, sentences) => {
    const text = await textOf(kind)
    for (const sentence of sentences) expect(text).toContain(squeezed(sentence))
  })
})

test('who filed together with the applicant is named', async () => {
  const applicant = { name: 'Nguyễn Văn Mẫu', jointly: ['Trần Thị Lúa'] }
  expect(await receiptText({ applicant })).toContain(squeezed('Cùng nộp: Trần Thị Lúa'))
})

test('an apology without an extension promises a day and leaves the legal date missed', async () => {
  const text = await textOf('apology', { variant: 'apology', addition: null, newDueAt: '2026-11-25' })
  expect(text).toContain(squeezed('hẹn trả kết quả vào: ngày 25 tháng 11 năm 2026'))
  expect(text).toContain(squeezed('không thay đổi thời hạn theo quy định'))
  expect(text).not.toContain(squeezed('đề nghị gia hạn'))
})

test('an obligation with an amount that nobody knows yet states no sum', async () => {
  const text = await textOf('obligation', {
    items: [{ name: 'Tiền sử dụng đất' }, { name: 'Phí', amountVnd: 1 }],
  })
  expect(text).toContain(squeezed('theo thông báo riêng'))
  expect(text).not.toContain(squeezed('Tổng số tiền'))
})

test.each<[SlipKind, object]>([
  ['control', { handovers: Array.from({ length: 40 }, () => samples.control.handovers[0]) }],
  ['hand-over', { dossiers: Array.from({ length: 60 }, () => samples['hand-over'].dossiers[0]) }],
  ['log-book', { rows: Array.from({ length: 60 }, () => samples['log-book'].rows[0]) }],
])('a long %s has its column names on every page', async (kind, changes) => {
  const heads = { control: 'Ghi chú', 'hand-over': 'Số tờ', 'log-book': 'Mã hồ sơ' } as Record<string, string>
  const pages = (await pdfText(await print(kind, changes))).filter((page) => /\d\.|H99/.test(page))
  expect(pages.length).toBeGreaterThan(2)
  for (const page of pages.slice(0, -1)) expect(squeezed(page)).toContain(squeezed(heads[kind]!))
})

test('long names wrap in the log book and nothing of them is lost', async () => {
  const applicant = 'Công Tằng Tôn Nữ Nguyễn Phước Thị Huyền Trân Bảo Ngọc Diễm Quỳnh '.repeat(4).trim()
  const text = await textOf('log-book', { rows: [{ code: 'H99.12.34.56-261120-1000042', applicant }] })
  expect(text).toContain(squeezed(applicant))
  expect(text).toContain('H99.12.34.56-261120-1000042')
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
  const pdf = await print('receipt', {}, { locale: 'en' })
  const text = squeezed((await pdfText(pdf)).join(''))
  expect(text).toContain(squeezed('GIẤY TIẾP NHẬN HỒ SƠ'))
  expect(text).toContain(squeezed('Receipt of dossier and appointment for the result'))
})

test('a result that the catalogue names without a form of its own is printed as lines', () => {
  expect(slipKindOf('birth-certificate')).toBe('birth-certificate')
  expect(slipKindOf('register-update')).toBe('result')
  expect(slipKindOf('toString')).toBe('result')
})

test('templates contain no data and read nothing but their inputs and each other', async () => {
  const { editions } = await readLayouts()
  for (const { folder, manifest } of editions)
    for (const { template } of Object.values(manifest.forms)) {
      const source = readFileSync(join(folder, `${template}.typ`), 'utf8')
      expect(source.match(/#import "(.*?)"/g)).toEqual(['#import "lib.typ"'])
      expect(source).not.toMatch(/\beval\(|\bread\(/)
    }
})

describe('a paper that will be signed', () => {
  const signedByLeaders = kinds.filter(
    (kind) => slipKindOf(kind) === kind && 'verify' in (samples[kind] as object),
  )

  test.each(signedByLeaders)('%s leaves room for number, date and signer, inside the page', async (kind) => {
    const { pdf, places } = accepted(await renderToBeSigned(kind, samples[kind] as never))
    expect(Object.keys(places).sort()).toEqual(['date', 'number', 'signer'])
    const pages = (await PDFDocument.load(pdf, { updateMetadata: false })).getPages()
    for (const place of Object.values(places)) {
      const { width, height } = pages[place.page - 1]!.getSize()
      expect(place.x).toBeGreaterThan(0)
      expect(place.x + place.width).toBeLessThan(width)
      expect(place.y + place.height).toBeLessThan(height)
    }
    expect(raw(pdf)).toMatch(/pdfaid:part>2</)
  })

  test('says neither a number nor a date, which come with the seal', async () => {
    const data = { ...samples.decline, number: '77/KHONG-CO' }
    const { pdf } = accepted(await renderToBeSigned('decline', data as never))
    expect((await pdfText(pdf)).join()).not.toContain('77/KHONG-CO')
    expect((await pdfText(await print('decline', { number: '77/KHONG-CO' }))).join()).toContain('77/KHONG-CO')
  })
})
