import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordTable } from './step-table.builder.ts'
import { mostPasted } from './step-table-clipboard.ts'
import { type ReadTable, readStepTable } from './step-table-read.ts'

const told = ({ report }: ReadTable) =>
  report.map(({ code, line }) => (line === null ? code : `${code} ${line}`))
const brief = ({ rows }: ReadTable) => rows.map(({ name, role, kind, hours }) => [name, role, kind, hours])

const heading = 'TT\tTrách nhiệm\tNội dung công việc\tThời gian\tKết quả\n'
const text = (...lines: string[]) => readStepTable({ text: heading + lines.join('\n') })
const html = (inside: string) => readStepTable({ html: `<table>${inside}</table>` })
const row = (...cells: string[]) =>
  `<tr>${cells.map((cell) => (cell.startsWith('<td') ? cell : `<td>${cell}</td>`)).join('')}</tr>`
const head = row('Bước', 'Người thực hiện', 'Nội dung', 'Thời gian', 'Sản phẩm')

describe('a table from Word', () => {
  const read = readStepTable({ html: wordTable })

  test('becomes steps with roles, kinds and working hours, merged cells too', () => {
    expect(brief(read)).toEqual([
      ['Thẩm định hồ sơ', 'specialist', 'work', 4],
      ['Dự thảo Giấy khai sinh, trình Chủ tịch ký', 'specialist', 'draft', 2],
      ['Ký Giấy khai sinh', 'leader', 'decide', 2],
      ['Đóng dấu, phát hành', 'clerk', 'issue', 0.5],
    ])
    expect(read.rows[1]!.performer).toBe('Công chức tư pháp - hộ tịch')
  })

  test('leads back and refuses where its sentences say so', () => {
    expect(read.rows.map(({ outcomes }) => outcomes.slice(1))).toEqual([
      [{ outcome: 'not-eligible', to: 'refused' }],
      [],
      [{ outcome: 'send-back', to: `#${read.rows[1]!.id}` }],
      [],
    ])
  })

  test('leaves reception and return to the dossier, and says so with their hours', () => {
    expect(read.reception.map(({ hours, line }) => [hours, line])).toEqual([[2, 2]])
    expect(read.returning.map(({ hours, line }) => [hours, line])).toEqual([[0.5, 7]])
    expect(told(read)).toEqual(['reception-outside 2', 'refuses 3', 'return-outside 7', 'total-row 8'])
  })
})

describe('tab-separated text from Excel', () => {
  test('keeps quoted cells with line ends and quotes together', () => {
    const read = text(
      '1\tChuyên viên\t"Thẩm định ""hồ sơ""\n- đối chiếu"\t4h\tPhiếu',
      '2\tChủ tịch\tKý duyệt\t2h\t',
    )
    expect(brief(read)).toEqual([
      ['Thẩm định "hồ sơ"', 'specialist', 'work', 4],
      ['Ký duyệt', 'leader', 'decide', 2],
    ])
    expect(read.rows[0]!.note).toBe('- đối chiếu')
    expect(read.report).toEqual([])
  })

  test('takes who from above, and joins a line without content, as merged cells come out', () => {
    const read = text('1\tChuyên viên\tThẩm định\t4h\tPhiếu', '\t\tSoạn dự thảo\t2h\t', '\t\t\t\tTờ trình')
    expect(brief(read)).toEqual([
      ['Thẩm định', 'specialist', 'work', 4],
      ['Soạn dự thảo', 'specialist', 'draft', 2],
    ])
    expect(read.rows[1]!.product).toBe('Tờ trình')
    expect(told(read)).toEqual(['who-above 3', 'row-joined 4'])
  })

  test('tells of every cell that it cannot read, with its line', () => {
    const read = text(
      '1\tÔng A\tThẩm định\ttheo quy định\tPhiếu',
      '2\tChuyên viên\tNếu đất có tranh chấp thì họp\t\t',
    )
    expect(read.rows.map(({ role, hours }) => [role, hours])).toEqual([
      [null, null],
      ['specialist', null],
    ])
    expect(told(read)).toEqual([
      'who-unknown 2',
      'hours-unknown 2',
      'hours-missing 3',
      'kind-guessed 3',
      'condition-unread 3',
    ])
  })

  test('guesses columns without headings, and says how', () => {
    const read = readStepTable({
      text: '1\tChuyên viên\tThẩm định hồ sơ theo quy định\t4 giờ\n2\tChủ tịch\tKý duyệt kết quả giải quyết\t2 giờ',
    })
    expect(brief(read).map(([, ...rest]) => rest)).toEqual([
      ['specialist', 'work', 4],
      ['leader', 'decide', 2],
    ])
    expect(read.report).toEqual([
      {
        tone: 'guess',
        code: 'headings-guessed',
        line: null,
        params: { columns: 'number | who | content | time' },
      },
    ])
  })
})

describe('shapes that real tables have', () => {
  test('time merged over several steps is shared among them once', () => {
    const read = html(
      head +
        row('1', 'Chuyên viên', 'Thẩm định', '<td rowspan=2>1 ngày</td>', 'a') +
        row('2', 'Chuyên viên', 'Soạn dự thảo', 'b'),
    )
    expect(read.rows.map(({ hours }) => hours)).toEqual([4, 4])
    expect(told(read)).toEqual(['hours-shared 2', 'hours-shared 3'])
  })

  test('content merged over lines is one step with all who do it', () => {
    const read = html(
      head +
        row('<td rowspan=2>1</td>', 'Lãnh đạo phòng', '<td rowspan=2>Thẩm định hồ sơ</td>', '2h', 'a') +
        row('Chuyên viên', '6h', 'b'),
    )
    expect(brief(read)).toEqual([['Thẩm định hồ sơ', 'head', 'work', 8]])
    expect(read.rows[0]).toMatchObject({ performer: 'Lãnh đạo phòng; Chuyên viên', product: 'a; b' })
    expect(told(read)).toEqual(['several-roles 2', 'row-joined 3'])
  })

  test('titles, numbers of columns, headings again and the total are no steps', () => {
    const read = html(
      '<tr><td colspan=5>QUY TRÌNH SỐ 1</td></tr>' +
        head +
        row('(1)', '(2)', '(3)', '(4)', '(5)') +
        '<tr><td colspan=5>A. Cấp xã</td></tr>' +
        row('1', 'Chuyên viên', 'Thẩm định', '4h', '') +
        head +
        row('2', 'Chủ tịch', 'Ký duyệt', '2h', '') +
        '<tr><td colspan=3>Tổng</td><td>8h</td><td></td></tr>',
    )
    expect(read.rows).toHaveLength(2)
    expect(told(read)).toEqual([
      'above-heading 1',
      'column-numbers 3',
      'title-row 4',
      'heading-again 6',
      'total-row 8',
      'total-differs 8',
    ])
  })

  test('columns that no step has are kept with the content', () => {
    const read = html(
      row('TT', 'Trách nhiệm', 'Nội dung', 'Thời gian', 'Ghi chú') +
        row('1', 'Chuyên viên', 'Thẩm định', '4h', 'Điều 5'),
    )
    expect(read.rows[0]!.note).toBe('Ghi chú: Điều 5')
    expect(told(read)).toEqual(['cell-kept 2'])
  })

  test('of two tables the step table is taken and the other told, and text beside them', () => {
    const read = readStepTable({
      html: `<p>Điều 1</p><table>${row('a', 'b')}</table><table>${head}${row('1', 'Văn thư', 'Đóng dấu', '1h', '')}</table>`,
    })
    expect(read.rows).toHaveLength(1)
    expect(told(read)).toEqual(['other-table', 'text-outside'])
  })

  test('sending back without a number goes to whoever is named, or one step back', () => {
    const read = text(
      '1\tChuyên viên\tThẩm định\t1h',
      '2\tLãnh đạo phòng\tKiểm tra\t1h',
      '3\tChủ tịch\tKý duyệt. Nếu không đồng ý trả lại chuyên viên\t1h',
    )
    expect(read.rows[2]!.outcomes[1]).toEqual({ outcome: 'send-back', to: '#tham-dinh' })
    expect(told(read)).toEqual(['back-guessed 4'])
  })

  test('a step that the table does not have is told, not invented', () => {
    const read = text(
      '1\tBộ phận một cửa\tTiếp nhận hồ sơ\t1h',
      '2\tChuyên viên\tThẩm định. Nếu không đạt trả lại bước 1\t1h',
      '3\tChủ tịch\tKý duyệt. Nếu không đạt trả lại bước 9\t1h',
    )
    expect(read.rows.every(({ outcomes }) => outcomes.length === 1)).toBe(true)
    expect(told(read)).toEqual(['reception-outside 2', 'back-to-outside 3', 'step-unknown 4'])
  })
})

describe('what a stranger may paste', () => {
  test.each([
    ['nothing', {}, ['no-table']],
    ['text without a table', { text: 'Kính gửi' }, ['no-table']],
    ['HTML without a table', { html: '<p>a</p>' }, ['no-table']],
    ['more than a million characters', { html: `<table>${'x'.repeat(mostPasted)}` }, ['too-large']],
    ['elements without end inside each other', { html: `<table>${'<div>'.repeat(100_000)}` }, ['too-deep']],
    ['tables inside tables without end', { html: '<table><tr><td>'.repeat(60_000) }, ['too-deep']],
    [
      'cells over the whole world',
      { html: '<table><tr><td colspan=9999 rowspan=9999>x' },
      ['too-many-cells'],
    ],
    ['rows without end', { html: `<table>${'<tr><td>x'.repeat(50_000)}` }, ['too-many-cells']],
    ['lines without end', { text: 'a\tb\n'.repeat(100_000) }, ['too-many-cells']],
  ])('%s is told in one line', (_, pasted, expected) => {
    const read = readStepTable(pasted)
    expect(told(read)).toEqual(expected)
    expect(read.rows).toEqual([])
  })

  test('scripts, styles and what hangs on elements are no text', () => {
    const read = html(
      `${head}${row('1', 'Chuyên viên<script>alert(1)</script><style>p{}</style>', '<img src=x onerror=alert(2)>Thẩm định &lt;b&gt;<svg><text>x</text></svg>', '4h', '<a href="javascript:alert(3)">Phiếu</a>')}`,
    )
    expect(read.rows[0]).toMatchObject({ performer: 'Chuyên viên', name: 'Thẩm định <b>', product: 'Phiếu' })
  })

  test('a table inside a cell is text of the cell', () => {
    const read = html(
      head + row('1', 'Chuyên viên', 'Thẩm định<table><tr><td>a</td><td>b</td></tr></table>', '4h', ''),
    )
    expect(read.rows[0]).toMatchObject({ name: 'Thẩm định', note: 'a b' })
    expect(told(read)).toEqual(['nested-table'])
  })

  test('more steps than a process has are told line by line', () => {
    const read = text(...Array.from({ length: 103 }, (_, i) => `${i + 1}\tChuyên viên\tThẩm định ${i}\t1h`))
    expect(read.rows).toHaveLength(100)
    expect(told(read)).toEqual(['too-many-rows 102', 'too-many-rows 103', 'too-many-rows 104'])
  })

  test('any markup and any text gives a table or says what is wrong', () => {
    const piece = fc.constantFrom(
      '<table>',
      '</table>',
      '<tr>',
      '<td rowspan=3>',
      '<td colspan="2">',
      '</td>',
      '<p>',
      '<script>',
      '<!--',
      '-->',
      'TT',
      'Thời gian',
      'Nội dung',
      'nếu trả lại bước 2.',
      '1',
      '2h',
      '\t',
      '"',
      '\n',
      '&#0;',
      '&nbsp;',
      '\u0000',
      '<![if !x]>',
      '<?xml',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 60 }), (pieces) => {
        const pasted = pieces.join('')
        for (const read of [readStepTable({ html: pasted }), readStepTable({ text: pasted })])
          expect(
            read.rows.length > 0 ||
              read.report.length > 0 ||
              read.reception.length > 0 ||
              read.returning.length > 0 ||
              pasted.length >= 0,
          ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
