import { ProcedureVersion } from 'motcua/modules/catalogue'
import { describe, expect, test } from 'vitest'
import { procedureJson, procedureJsons } from '../../../test/builders/packages'
import { procedureView } from './procedure.view'

const read = (code: string) => ProcedureVersion.parse(procedureJson(code))
const birth = procedureView(read('1.001193'), '2026-11-21', 'vi')

test('the first screen says how long, how much, where and what comes out', () => {
  expect(birth.facts.map(({ value }) => value)).toEqual([
    '1 ngày làm việc',
    'Không mất tiền',
    'Trên trang này, hoặc tại quầy',
    'Giấy khai sinh',
  ])
})

test('what only some people add to the fee stands under it', () => {
  expect(birth.facts[1]?.note).toContain('8.000 đ mỗi bản')
})

test('papers of which one is enough are one line with its alternatives', () => {
  const proof = birth.papers.find(({ key }) => key === 'birth-notice')
  expect(proof?.alternatives.map(({ name }) => name)).toContain('Giấy cam đoan về việc sinh')
  expect(birth.papers.map(({ key }) => key)).not.toContain('written-assurance')
})

test('the declaration is filled in here, so nobody has to bring it', () => {
  expect(birth.papers.find(({ key }) => key === 'declaration')?.tag.text).toBe('Điền trên trang này')
})

test('what changes later is told as coming, newest first', () => {
  expect(birth.changes.map(({ on, coming }) => [on, coming])).toEqual([
    ['2027-03-01', true],
    ['2026-09-01', false],
    ['2025-11-15', false],
    ['2025-07-01', false],
  ])
})

describe('every shipped procedure has a page', () => {
  const codes = procedureJsons.map(({ procedureCode }) => procedureCode)
  test.each(codes)('%s in both languages', (code) => {
    for (const locale of ['vi', 'en'] as const) {
      const view = procedureView(read(code), '2026-11-21', locale)
      expect(view.title).not.toBe('')
      expect(view.facts).toHaveLength(4)
      expect(view.cases.length).toBeGreaterThan(0)
    }
  })
})
