import { expect, test } from 'vitest'
import { type ApprovalFacts, approvalRow } from './approvals.view'

const facts = (changes: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  item: { code: 'H99.12-261119-00412', sequence: 5, applicantName: 'Ngô Thị Cúc' } as ApprovalFacts['item'],
  procedure: 'Làm giấy khai sinh',
  result: 'Giấy khai sinh',
  refusal: false,
  hasDraft: true,
  draftedBy: 'Đỗ Quang Vinh',
  denied: null,
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
