import type { Post } from 'motcua/modules/identity'
import { expect, test } from 'vitest'
import { type ApprovalFacts, approvalRow, capacitiesFor, capacityChoices } from './approvals.view'

const facts = (changes: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  item: { code: 'H99.12-261119-00412', sequence: 5, applicantName: 'Ngô Thị Cúc' } as ApprovalFacts['item'],
  procedure: 'Làm giấy khai sinh',
  result: 'Giấy khai sinh',
  refusal: false,
  hasDraft: true,
  draftedBy: 'Đỗ Quang Vinh',
  denied: null,
  returnable: true,
  capacities: ['TM.'],
  minutesLeft: 120,
  minutesOfLimit: 480,
  ...changes,
})

test('what is ready has nothing that stops it and the very paper to look at', () => {
  const row = approvalRow(facts(), 'vi')
  expect(row.stops).toBeNull()
  expect(row.previewHref).toBe('/giay/H99.12-261119-00412/xem-truoc.pdf')
  expect(row.value).toBe('H99.12-261119-00412~5')
})

test('a missing draft is said to stop it', () => {
  expect(approvalRow(facts({ hasDraft: false }), 'vi').stops).toContain('chưa có bản soạn')
})

test('a step that another leader holds is not offered', () => {
  expect(approvalRow(facts({ denied: 'held-by-another' }), 'vi').stops).toContain('người khác')
  expect(approvalRow(facts({ denied: 'not-your-role' }), 'vi').stops).toContain('nơi khác')
})

test('a refusal is named as such', () => {
  const row = approvalRow(facts({ refusal: true }), 'vi')
  expect(row.result).toBe('Văn bản từ chối')
})

const aPost = (changes: Partial<Post>): Post => ({
  postId: 'p',
  title: 'Phó Chủ tịch',
  authorityCode: 'H99.12',
  unitCode: 'leadership',
  roles: ['leader'],
  ...changes,
})
const own = aPost({ capacity: 'KT.' })
const mandate = aPost({
  ...{ capacity: 'TUQ.', procedures: ['2.000815'], grant: 'g', until: '2028-06-30' },
  title: 'Chánh Văn phòng',
})
const elsewhere = aPost({ authorityCode: 'H99', capacity: 'TUQ.', grant: 'h' })

test('an officer signs in each capacity that a post gives, once, and is told what limits it', () => {
  const posts = [own, aPost({ roles: ['head'] }), mandate, elsewhere]
  expect(capacityChoices({ posts }, 'vi')).toEqual([
    { value: 'KT.', label: 'Ký thay (KT.): Phó Chủ tịch', hint: '' },
    {
      value: 'TUQ.',
      label: 'Thừa ủy quyền (TUQ.): Chánh Văn phòng',
      hint: 'chỉ 1 thủ tục, theo ủy quyền đến hết 30/06/2028',
    },
  ])
})

test('who heads an office alone signs by their own title', () => {
  expect(capacityChoices({ posts: [aPost({ title: 'Giám đốc' })] }, 'vi')).toEqual([
    { value: '', label: 'Theo chức danh: Giám đốc', hint: '' },
  ])
})

test.each<[string, string, string[]]>([
  ['H99.12', '2.000815', ['KT.', 'TUQ.']],
  ['H99.12', '1.001193', ['KT.']],
  ['H99', '1.001193', ['TUQ.']],
  ['H99.13', '1.001193', []],
])('at %s, procedure %s is signed as %j', (authority, procedureCode, expected) => {
  expect(capacitiesFor({ posts: [own, mandate, elsewhere] }, { authority, procedureCode })).toEqual(expected)
})

test("a dossier of one's own is not signed", () => {
  expect(approvalRow(facts({ denied: 'conflict-of-interest' }), 'vi').stops).toContain('liên quan')
})
