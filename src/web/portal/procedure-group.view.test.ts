import { ProcedureVersion } from 'motcua/modules/catalogue'
import { expect, test } from 'vitest'
import { procedureJsons } from '../../../test/builders/packages'
import { groupGuide, groupsWith } from './procedure-group.view'

const versions = new Map(
  procedureJsons.map((json) => {
    const version = ProcedureVersion.parse(json)
    return [version.procedureCode, version] as const
  }),
)
const guide = (code: string, locale: 'vi' | 'en' = 'vi') => groupGuide(versions.get(code)!, versions, locale)

test('an ordinary procedure has no parts', () => {
  expect(guide('1.001193')).toBe(null)
})

test('a group says what comes out, by whom, how long it takes and in which order', () => {
  const birth = guide('3.000722')!
  expect(birth.total).toBe('Tất cả xong trong 3 ngày làm việc.')
  expect(birth.stages.map(({ title }) => title)).toEqual([
    'Làm trước',
    'Khi xong “Làm giấy khai sinh cho con” thì làm cùng lúc',
  ])
  const parts = birth.stages.flatMap((stage) => stage.parts)
  expect(parts.map(({ result, optional }) => [result, optional])).toEqual([
    ['Kết quả: Giấy khai sinh', false],
    ['Kết quả: Thông báo kết quả đăng ký thường trú', false],
    ['Kết quả: Thẻ bảo hiểm y tế', false],
    ['Kết quả: Thẻ căn cước, nếu có đề nghị', true],
  ])
  expect(parts[0]).toMatchObject({
    by: 'Ủy ban nhân dân cấp xã · trong ngày; nhận sau 15:00 trả ngày làm việc tiếp theo',
    href: '/thu-tuc/1.001193',
  })
})

test('reads in English too', () => {
  expect(guide('9.000001', 'en')!.stages[1]!.title).toBe(
    'Once “Start a household business” is done, at the same time',
  )
})

test('a procedure that belongs to a group names it', () => {
  const groupsOf = (code: string) =>
    groupsWith([...versions.values()], code).map((each) => each.procedureCode)
  expect(groupsOf('1.001193')).toEqual(['3.000722'])
  expect(groupsOf('1.014028')).toEqual(['2.002913'])
  expect(groupsOf('2.000815')).toEqual([])
})
