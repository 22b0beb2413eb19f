import { expect, test } from 'vitest'
import { messageKeys } from '../../kernel/i18n.ts'
import type { ProcessProblem } from './compiled-process.ts'
import { problemText } from './problem-text.ts'

const said = (code: string, element: string | null, params: ProcessProblem['params'] = {}) =>
  problemText({ code, element, params }, 'vi')

test('names the element by its name and its id', () => {
  expect(said('hours-missing', 'check', { name: 'Thẩm tra' })).toBe(
    'Bước “Thẩm tra” chưa ghi số giờ làm việc. [check]',
  )
  expect(said('hours-missing', 'check', { name: 'check' })).toBe('Bước “check” chưa ghi số giờ làm việc.')
})

test('says what the platform itself refuses, and roles as people call them', () => {
  expect(said('processes.too-large', null, { limitMb: 5 })).toBe('Tệp quy trình quá lớn (tối đa 5 MB).')
  expect(said('role-unheld', 'a', { name: 'Ký', role: 'leader' })).toBe(
    'Bước “Ký”: chưa cán bộ nào giữ vai trò Lãnh đạo. [a]',
  )
  expect(said('never-heard-of', null)).toBe('never-heard-of')
})

test('every problem that only publication finds has a sentence', () => {
  const codes = ['key-invalid', 'not-used', 'above-limit', 'role-unheld', 'role-unheld-at']
  const keys = messageKeys('en')
  expect(codes.filter((code) => !keys.includes(`processPage.problem.${code}`))).toEqual([])
})
