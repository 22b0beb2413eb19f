import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { forms, slipKindOf } from '../../documents/index.ts'
import { type Answers, demonstrationRegisters } from '../../forms/index.ts'
import { createDossiers } from '../dossier-service.ts'
import type { DossierView } from '../read-dossier.ts'
import { paperFacts } from './paper-facts.ts'
import { resultData } from './results.ts'

const desk = await aDesk()
const dossiers = createDossiers(desk.db, () => undefined, [await demonstrationRegisters()])
afterAll(() => desk.db.close())

const police = 'H99.10.01'
const dots = '…………'
type Row = { label: string; value: string }

/** Files the base case of a form and lays its result out: every line of label and value, in order. */
async function resultOf(
  formKey: string,
  change: { answers?: Answers; draft?: Answers } = {},
): Promise<Row[]> {
  const actor = desk.citizen(formKey)
  const receiving = formKey === 'temporary-residence' ? { receiving: police } : {}
  const input = await desk.submissionOf(formKey, receiving)
  const options = { key: randomUUID(), now: morning, channel: 'direct' as const }
  const filed = accepted(await dossiers.submit(actor, input, options))
  const view = accepted(await dossiers.view(actor, filed.dossier.code)) as DossierView
  const seen = {
    ...view,
    answers: { ...view.answers, ...change.answers },
    draft: change.draft ?? null,
  }
  const act = { ...view.history.at(-1)!, at: '2026-11-20T03:00:00.000Z' }
  const facts = await paperFacts(desk.db, seen, act, 'https://motcua.example')
  const { template } = facts.version.results.find((each) => slipKindOf(each.template) !== 'result')!
  const given = {
    n: 41,
    year: 2026,
    number: '41/2026',
    verifyUrl: 'https://motcua.example/xac-minh/K',
    verifyCode: 'K',
  }
  const form = forms[slipKindOf(template)]
  const printed = form.parse({
    ...resultData(slipKindOf(template), facts, given),
    signer: { title: 'Chủ tịch', name: 'Trần Văn Bách' },
  }) as unknown as { blocks: ({ kind: 'rows'; rows: Row[][] } | { kind: 'other' })[] }
  return printed.blocks.flatMap((block) => (block.kind === 'rows' ? block.rows.flat() : []))
}

const printedAt = (rows: Row[], label: string) => rows.find((row) => row.label === label)?.value
const blanksIn = (rows: Row[]) => rows.filter(({ value }) => value.includes(dots)).map(({ label }) => label)

describe('the result of a base case prints everything that the form or the registers know', () => {
  // What stays blank is what only an officer can add, or what nobody stated.
  test.each([
    ['birth-registration', ['Số định danh cá nhân']],
    ['birth-re-registration', ['Dân tộc', 'Quốc tịch', 'Nơi cư trú']],
    ['civil-status-copy', []],
    ['marital-status', []],
    ['death-registration', []],
    ['temporary-residence', []],
    ['certified-copies', []],
    ['funeral-support', []],
    [
      'building-permit',
      ['Theo thiết kế', 'Thẩm tra', 'Chỉ giới đường đỏ', 'Màu sắc (nếu có)', 'Chiều sâu công trình'],
    ],
  ])('%s', async (formKey, blanks) => {
    expect(blanksIn(await resultOf(formKey))).toEqual(blanks)
  })
})

test('a birth certificate names what the form no longer asks about the parents', async () => {
  const rows = await resultOf('birth-registration')
  expect(rows.filter(({ label }) => label === 'Dân tộc').map(({ value }) => value)).toEqual([
    'Kinh',
    'Kinh',
    'Kinh',
  ])
  expect(rows.filter(({ label }) => label === 'Nơi cư trú').map(({ value }) => value)).toEqual(
    Array(2).fill('Số 8 ngõ 21 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai'),
  )
})

test('what a register said of the husband is not printed of another father', async () => {
  const father = {
    'father.fullName': 'Lê Văn Khác',
    'father.identityPaper': { kind: 'id', number: '099090000099' },
  }
  const rows = await resultOf('birth-registration', { answers: father })
  const from = rows.findIndex(({ label }) => label === 'Họ, chữ đệm, tên người cha')
  expect(rows[from]!.value).toBe('LÊ VĂN KHÁC')
  expect(rows.slice(from + 2, from + 5).map(({ value }) => value)).toEqual([dots, dots, dots])
})

test('a copy of civil status prints the person on it with the words of the law, not the questions of the form', async () => {
  const rows = await resultOf('civil-status-copy')
  expect(rows.slice(0, 6).map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Họ, chữ đệm, tên: NGUYỄN THỊ MẪU ĐƠN',
    'Ngày, tháng, năm sinh: 14/03/1995',
    'Giới tính: Nữ',
    'Dân tộc: Kinh',
    'Quốc tịch: Việt Nam',
    'Số định danh cá nhân: 099195000001',
  ])
  expect(printedAt(rows, 'Họ, chữ đệm, tên người mẹ')).toBe('Đỗ Thị Cúc')
})

test('a death extract gives day and hour as the notice did', async () => {
  const rows = await resultOf('death-registration')
  expect(printedAt(rows, 'Đã chết vào lúc')).toBe('04 giờ 15 phút, ngày 10 tháng 11 năm 2026')
  expect(printedAt(rows, 'Nơi chết')).toContain('Bệnh viện Đa khoa Sông Mai')
})

test.each([
  ['2026-11', 'tháng 11 năm 2026'],
  ['2026', 'năm 2026'],
  [undefined, dots],
])('a day of death known as %s is never the day of filing', async (date, printed) => {
  const rows = await resultOf('death-registration', { answers: { 'death.date': date } })
  expect(printedAt(rows, 'Đã chết vào lúc')).toBe(printed)
})

test('a certificate of marital status states the whole sentence and its purpose', async () => {
  const rows = await resultOf('marital-status')
  expect(printedAt(rows, 'Tình trạng hôn nhân')).toBe('Hiện tại chưa đăng ký kết hôn với ai')
  expect(printedAt(rows, 'Giấy này được sử dụng để')).toBe('vay vốn; không có giá trị để đăng ký kết hôn')
  const married = {
    maritalStatus: 'married',
    'statusDetails.spouse': 'Trần Văn Bách',
    'statusDetails.number': '57/2021',
    'statusDetails.on': '2021-05-15',
    'statusDetails.agency': 'Ủy ban nhân dân phường Hoa Sen',
  }
  expect(printedAt(await resultOf('marital-status', { answers: married }), 'Tình trạng hôn nhân')).toBe(
    'Hiện tại đang có vợ/chồng là Trần Văn Bách (Giấy chứng nhận kết hôn số 57/2021 do Ủy ban nhân dân phường Hoa Sen cấp ngày 15/05/2021)',
  )
})

test('a residence notice says where, until when and in whose household', async () => {
  const rows = await resultOf('temporary-residence')
  expect(printedAt(rows, 'Đăng ký tạm trú tại')).toBe(
    'Phòng 304, số 15 đường Hoa Sen, phường Hoa Sen, tỉnh Sông Mai',
  )
  expect(printedAt(rows, 'Thời hạn tạm trú đến hết ngày')).toBe('30/06/2028')
  expect(printedAt(rows, 'Quan hệ với chủ hộ')).toBe('Chủ hộ')
})

test('a certified copy names the original and counts its copies', async () => {
  const rows = await resultOf('certified-copies')
  expect(printedAt(rows, 'Tên bản chính')).toBe('Bằng tốt nghiệp trung học phổ thông')
  expect(printedAt(rows, 'Số bản sao')).toBe('03')
})

test('a building permit works out density from the areas as declared', async () => {
  const rows = await resultOf('building-permit')
  expect(printedAt(rows, 'Mật độ xây dựng')).toBe('50,15%')
  expect(printedAt(rows, '3. Giấy tờ về đất đai')).toBe(
    'Giấy chứng nhận quyền sử dụng đất số AA 01234567, số vào sổ CN 13300, cấp ngày 22/08/2019',
  )
})

test('a decision on support pays whoever sees to the funeral', async () => {
  const rows = await resultOf('funeral-support')
  expect(rows.slice(0, 2).map(({ value }) => value)).toEqual(['HOÀNG VĂN TÙNG', '30/05/1970'])
  expect(printedAt(rows, 'Hình thức chi trả')).toBe(
    'chuyển khoản vào tài khoản số 0123456789, ngân hàng Agribank',
  )
})

test('what the officer drafted comes before what was declared', async () => {
  const rows = await resultOf('birth-registration', {
    draft: { personalId: '099326000123', 'father.ethnicGroup': 'Tày' },
  })
  expect(printedAt(rows, 'Số định danh cá nhân')).toBe('099326000123')
  expect(rows.filter(({ label }) => label === 'Dân tộc').at(-1)!.value).toBe('Tày')
})
