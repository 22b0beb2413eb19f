import { afterAll, describe, expect, test } from 'vitest'
import { pdfText } from '../../../../test/harness/pdf-text.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { closePrinting, type OwnTemplate, renderSlip, slipView } from '../render-slip.ts'
import { samples } from '../samples.ts'
import { aTemplate, nameInput } from './a-template.builder.ts'
import { bindFields, guessChoice, type SourceChoice, withLabels } from './bind-fields.ts'
import { sourceOf, typstHead, typstOf } from './compile-template.ts'
import { TemplateDraft, TemplateDrafts } from './template-draft.ts'
import { type TemplateSources, templateValues } from './template-values.ts'
import { tryTemplate } from './try-template.ts'

afterAll(closePrinting)

const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')
const nothing: TemplateSources = { answers: {}, draft: {}, words: new Map(), facts: {}, today: '2026-11-20' }

function ownOf(draft: TemplateDraft, sources: Partial<TemplateSources>): OwnTemplate {
  const values = templateValues(draft, { ...nothing, ...sources })
  return {
    called: '1.0/result 1',
    name: draft.name,
    page: draft.page,
    typst: typstOf(draft),
    byHand: draft.source === 'typst',
    ...values,
  }
}
async function printed(draft: TemplateDraft, sources: Partial<TemplateSources> = {}) {
  const pdf = accepted(await renderSlip('result', samples.result, { own: ownOf(draft, sources) }))
  return { pdf, text: squeezed((await pdfText(pdf)).join('\n')) }
}

test('a paper laid out in blocks has the head of NĐ 30/2020, the facts, who gets it and who signs it', async () => {
  const { pdf, text } = await printed(aTemplate(), { words: new Map([['person.fullName', 'Trần Thị Lúa']]) })
  for (const words of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'Số: 386/2026',
    'Hoa Sen, ngày 23 tháng 11 năm 2026',
    'GIẤY XÁC NHẬN',
    'Về việc của Trần Thị Lúa',
    'Xác nhận Trần Thị Lúa đã nộp hồ sơ.',
    'Nơi nhận:',
    '- Lưu: VT',
    'KT. CHỦ TỊCH',
    'Trần Văn Bách',
  ])
    expect(text).toContain(squeezed(words))
  const raw = Buffer.from(pdf).toString('latin1')
  expect(raw).toMatch(/pdfaid:part>2</)
  expect(raw).toMatch(/pdfaid:conformance>A</)
})

test('every kind of block prints under the checks of PDF/UA-1 too', async () => {
  const draft = aTemplate({
    blocks: [
      { kind: 'head' },
      { kind: 'title', text: 'Tên loại', about: 'Trích yếu' },
      { kind: 'heading', text: 'Điều 1' },
      { kind: 'list', marker: 'letter', items: ['Một', 'Hai'] },
      { kind: 'fields', rows: [{ label: 'Họ tên', text: '«name»' }] },
      { kind: 'fields', bordered: true, rows: [{ label: 'Họ tên', text: '«name»' }] },
      { kind: 'table', input: 'name' },
      {
        kind: 'grid',
        bordered: true,
        widths: [1, 1],
        rows: [[{ paragraphs: [{ text: 'Ô' }] }, { paragraphs: [] }]],
      },
      { kind: 'when', feel: 'true', blocks: [{ kind: 'paragraph', id: 'inner', text: 'Có điều kiện' }] },
      { kind: 'qr', align: 'center' },
      { kind: 'page-break' },
      { kind: 'recipients', items: ['A'] },
      { kind: 'signature', title: 'TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH' },
    ],
    header: 'Đầu trang',
    footer: 'Chân trang «name»',
  })
  const own = ownOf(draft, {})
  expect(isRefusal(await renderSlip('result', samples.result, { own, standard: 'ua-1' }))).toBe(false)
  const { text } = await printed(draft)
  for (const words of ['Đầu trang', 'Chân trang', 'TM. ỦY BAN NHÂN DÂN', 'Có điều kiện', 'b)', 'Trang 2/2'])
    expect(text).toContain(squeezed(words))
})

describe('nothing that people typed is read as markup or code', () => {
  const hostile = [
    '#read("/etc/passwd")',
    '"; read("/etc/passwd"); "',
    '\\"#panic("x")',
    '*đậm* _nghiêng_ $x^2$ <a> @b `c` // d /* e */',
    '«name» **x** {{y}}',
    '] #set page(fill: red) [',
    '\\u{41} \\n',
    '= Tiêu đề',
  ]
  test.each(hostile)('in an answer: %s', async (typed) => {
    const { text } = await printed(aTemplate(), { words: new Map([['person.fullName', typed]]) })
    expect(text).toContain(squeezed(`Xác nhận ${typed} đã nộp`))
  })
  test.each(hostile.filter((typed) => !/[«*\\]/.test(typed)))(
    'in the words of an official: %s',
    async (typed) => {
      const { text } = await printed(aTemplate({ blocks: [{ kind: 'paragraph', text: typed }] }))
      expect(text).toContain(squeezed(typed))
    },
  )
  test('and a character that Tinos lacks is □', async () => {
    const { text } = await printed(aTemplate(), { words: new Map([['person.fullName', '漢 😀 A\u0000B']]) })
    expect(text).toContain(squeezed('Xác nhận □ □ A B đã nộp'))
  })
})

test('a block with a condition is printed when it holds for the dossier, and not when nobody can tell', async () => {
  const when = (feel: string) =>
    aTemplate({ blocks: [{ kind: 'when', feel, blocks: [{ kind: 'paragraph', id: 'x', text: 'Chỉ khi' }] }] })
  const sources = { answers: { 'child.sex': 'female', age: 17 }, facts: { caseName: 'A' } }
  const holds = async (feel: string) =>
    (await printed(when(feel), sources)).text.includes(squeezed('Chỉ khi'))
  expect(await holds('child.sex = "female" and age < 18')).toBe(true)
  expect(await holds('dossier.caseName = "A"')).toBe(true)
  expect(await holds('child.sex = "male"')).toBe(false)
  expect(await holds('nobody.knows > 3')).toBe(false)
  expect(await holds('this is no FEEL (')).toBe(false)
  expect(await holds('constructor.name = "Object"')).toBe(false)
})

test('inputs are printed by their type', () => {
  const input = (name: string, type: string, more = {}) => ({
    ...nameInput,
    name,
    type,
    from: { kind: 'field', key: name },
    ...more,
  })
  const inputs = [
    input('day', 'date', { show: 'words' }),
    input('short', 'date'),
    input('fee', 'money', { show: 'words' }),
    input('yes', 'yes-no'),
    input('rows', 'table', { columns: [{ key: 'name', label: 'Tên' }] }),
    input('list', 'list'),
    input('missing', 'text'),
  ]
  const answers = {
    day: '2026-02-03',
    short: '2026-02-03',
    fee: 8000,
    yes: true,
    rows: [{ name: 'a' }, { name: 'b' }],
    list: ['x', 'y'],
  }
  const words = new Map([['rows[1].name', 'Bê']])
  const draft = TemplateDraft.parse({ ...aTemplate(), inputs })
  expect(templateValues(draft, { ...nothing, answers, words }).inputs).toEqual({
    day: 'ngày 03 tháng 02 năm 2026',
    short: '03/02/2026',
    fee: '8.000 đồng (bằng chữ: Tám nghìn đồng)',
    yes: true,
    rows: { columns: ['Tên'], rows: [['a'], ['Bê']] },
    list: ['x', 'y'],
    missing: null,
  })
})

test('what the officer drafted is printed in the place of what was declared', () => {
  const words = new Map([['person.fullName', 'Như khai']])
  const both = { answers: { 'person.fullName': 'Đã sửa' }, draft: { 'person.fullName': 'Đã sửa' }, words }
  expect(templateValues(aTemplate(), { ...nothing, ...both }).inputs).toEqual({ name: 'Đã sửa' })
})

describe('merge fields', () => {
  const choices: SourceChoice[] = [
    { from: { kind: 'field', key: 'child.fullName' }, label: 'Họ, chữ đệm, tên của con', type: 'text' },
    { from: { kind: 'fact', key: 'code' }, label: 'Mã hồ sơ', type: 'text' },
  ]
  test('are written under their labels, kept under names, and read under labels again', () => {
    const draft = aTemplate({
      inputs: [],
      blocks: [{ kind: 'paragraph', text: '«Họ, chữ đệm, tên của con» («mã hồ sơ»)' }],
    })
    const bound = bindFields(draft, choices)
    expect(bound.inputs.map(({ name, from }) => [name, from.key])).toEqual([
      ['childFullName', 'child.fullName'],
      ['factCode', 'code'],
    ])
    expect(bound.blocks[0]).toMatchObject({ text: '«childFullName» («factCode»)' })
    expect(withLabels(bound).blocks[0]).toMatchObject({ text: '«Họ, chữ đệm, tên của con» («Mã hồ sơ»)' })
    expect(bindFields(bound, choices)).toEqual(bound)
  })
  test('that nothing names any more go, and those that nobody knows stay as they are', () => {
    const draft = aTemplate({ blocks: [{ kind: 'paragraph', text: '«Không có»' }] })
    expect(bindFields(draft, choices)).toMatchObject({ inputs: [], blocks: [{ text: '«Không có»' }] })
  })
  test.each([
    ['Ho_chu_dem_ten_con', 'child.fullName'],
    ['MaHoSo', 'code'],
    ['ma_ho_so', 'code'],
    ['childFullName', 'child.fullName'],
    ['NgaySinhMe', undefined],
    ['la_con', undefined],
    ['', undefined],
  ])('%s of a Word file probably means %s', (field, key) => {
    expect(guessChoice(field, choices)?.from.key).toBe(key)
  })
})

describe('a template that its schema refuses', () => {
  const valid = aTemplate()
  test.each<[string, object]>([
    ['two inputs of one name', { inputs: [nameInput, nameInput] }],
    ['an unknown member', { extra: 1 }],
    ['an input that inherits its name', { inputs: [{ ...nameInput, name: '__proto__' }] }],
    ['an unknown block', { blocks: [{ id: 'a', kind: 'script' }] }],
    [
      'a condition inside a condition',
      {
        blocks: [
          { id: 'a', kind: 'when', feel: '', blocks: [{ id: 'b', kind: 'when', feel: '', blocks: [] }] },
        ],
      },
    ],
    ['a megabyte of Typst', { typst: 'x'.repeat(1_000_000) }],
    ['a paper that is none', { key: 'log-book' }],
    ['text with a NUL', { name: 'a\u0000' }],
    [
      'two blocks of one id',
      {
        blocks: [
          { id: 'a', kind: 'qr' },
          { id: 'a', kind: 'qr' },
        ],
      },
    ],
  ])('%s', (_, changes) => {
    expect(TemplateDraft.safeParse({ ...valid, ...changes }).success).toBe(false)
  })
  test('two templates for one paper', () => {
    expect(TemplateDrafts.safeParse([valid, valid]).success).toBe(false)
  })
})

test('what officials see while they edit is what is printed', async () => {
  const draft = aTemplate()
  const own = ownOf(draft, { words: new Map([['person.fullName', 'Trần Thị Lúa']]) })
  const data = slipView('result', samples.result, own)
  const { pdf } = accepted(await tryTemplate({ source: sourceOf(draft), data }, { want: 'pdf' }))
  const text = squeezed((await pdfText(pdf!)).join('\n'))
  expect(text).toBe((await printed(draft, { words: new Map([['person.fullName', 'Trần Thị Lúa']]) })).text)
})

test('a published template that fails is refused by the name of its version, and the next paper prints', async () => {
  const own = { ...ownOf(aTemplate(), {}), typst: '#import "lib.typ": *\n#show: form\n#data.nothing' }
  const refused = await renderSlip('result', samples.result, { own })
  expect(isRefusal(refused) && refused).toMatchObject({
    code: 'documents.layout-broken',
    details: { edition: '1.0/result 1', reason: expect.stringContaining('main.typ:3') },
  })
  const reading = { ...own, typst: '#read("/etc/passwd")' }
  const kept = await renderSlip('result', samples.result, { own: reading })
  expect(isRefusal(kept) && kept.details).toMatchObject({ reason: expect.stringContaining('file not found') })
  expect(isRefusal(await renderSlip('result', samples.result))).toBe(false)
})

test('a published template written by hand prints, and one that eats memory ends itself and not the server', async () => {
  const byHand = (typst: string) =>
    ownOf(aTemplate({ source: 'typst', typst: `${typstHead}#show: sheet\n\n${typst}` }), {})
  const whole = accepted(await renderSlip('result', samples.result, { own: byHand('Viết tay') }))
  expect((await pdfText(whole)).join(' ')).toContain('Viết tay')
  expect(Buffer.from(whole).toString('latin1')).toMatch(/pdfaid:part>2</)
  const hog = byHand('#let x = "a" * 10000000000')
  const eating = renderSlip('result', samples.result, { own: hog })
  // Whoever stands at a counter meanwhile gets the receipt.
  expect(isRefusal(await renderSlip('receipt', samples.receipt))).toBe(false)
  expect(await eating).toMatchObject({
    code: 'documents.layout-broken',
    details: { edition: '1.0/result 1', reason: expect.stringContaining('template-too-hungry') },
  })
})
