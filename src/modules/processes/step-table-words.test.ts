import { describe, expect, test } from 'vitest'
import { branchingsIn } from './step-table-branches.ts'
import { columnOf, roleOf, stepKindOf } from './step-table-words.ts'

test.each([
  ['TT', 'number'],
  ['Bước', 'number'],
  ['Trách nhiệm', 'who'],
  ['Người/bộ phận thực hiện', 'who'],
  ['Đơn vị thực hiện', 'who'],
  ['Nội dung công việc', 'content'],
  ['Bước thực hiện', 'content'],
  ['Trình tự các bước', 'content'],
  ['Thời gian thực hiện (giờ)', 'time'],
  ['Thời hạn', 'time'],
  ['Biểu mẫu/Kết quả', 'product'],
  ['Sản phẩm', 'product'],
  ['Ghi chú', undefined],
])('the heading %s is the column %s', (heading, column) => {
  expect(columnOf(heading)).toBe(column)
})

test.each([
  ['Công chức Bộ phận một cửa', 'reception'],
  ['Trung tâm Phục vụ hành chính công', 'reception'],
  ['Công chức tư pháp - hộ tịch', 'specialist'],
  ['Chuyên viên Phòng Kinh tế', 'specialist'],
  ['Lãnh đạo phòng chuyên môn', 'head'],
  ['Phó Trưởng phòng', 'head'],
  ['Lãnh đạo Trung tâm', 'head'],
  ['Chủ tịch UBND xã', 'leader'],
  ['Phó Chủ tịch Ủy ban nhân dân phường', 'leader'],
  ['Giám đốc Sở', 'leader'],
  ['Văn thư', 'clerk'],
  ['Văn phòng HĐND và UBND (văn thư)', 'clerk'],
  ['Bưu chính công ích', 'post'],
  ['Thủ quỹ', 'cashier'],
])('%s is the role %s', (words, role) => {
  expect(roleOf(words)?.role).toBe(role)
})

test('two people in one cell are told', () => {
  expect(roleOf('Lãnh đạo phòng; Chuyên viên')).toEqual({ role: 'head', others: ['specialist'] })
  expect(roleOf('Ông A')).toBeUndefined()
})

test.each([
  ['Thẩm định hồ sơ', 'specialist', 'work'],
  ['Thẩm định hồ sơ, dự thảo kết quả trình lãnh đạo phê duyệt', 'specialist', 'draft'],
  ['Phân công xử lý', 'head', 'work'],
  ['Kiểm tra, ký nháy dự thảo', 'head', 'review'],
  ['Ký duyệt kết quả', 'leader', 'decide'],
  ['Phê duyệt', 'leader', 'decide'],
  ['Đóng dấu, vào sổ, phát hành', 'clerk', 'issue'],
  ['Việc chưa rõ', 'specialist', undefined],
] as const)('“%s” by %s is %s', (content, role, kind) => {
  expect(stepKindOf(content, role)).toBe(kind)
})

describe('what sentences say about where a step leads', () => {
  const kinds = (content: string) =>
    branchingsIn(content).map((each) => ('number' in each ? `${each.is} ${each.number}` : each.is))
  test.each([
    ['Kiểm tra. Nếu không đạt thì trả lại bước 2.', ['back 2']],
    ['Trường hợp chưa đạt yêu cầu, chuyển lại B3', ['back 3']],
    ['Nếu không đồng ý thì trả lại chuyên viên thụ lý', ['back null']],
    ['Nếu không đủ điều kiện → thông báo từ chối', ['refuse']],
    ['Trường hợp hồ sơ không hợp lệ thì trả lại hồ sơ cho công dân', ['refuse']],
    ['Nếu hồ sơ thiếu, yêu cầu công dân bổ sung', ['supplement']],
    ['Nếu đạt, chuyển bước 5', ['on 5']],
    ['Trường hợp đất có tranh chấp thì họp hội đồng', ['unread']],
    ['Soạn văn bản từ chối', []],
    ['Trả lại kết quả cho công dân', []],
    ['Thẩm định hồ sơ', []],
  ])('%s', (content, expected) => {
    expect(kinds(content)).toEqual(expected)
  })
})
