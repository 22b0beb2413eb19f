import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHours, unitOfHeading } from './step-table-hours.ts'

describe('the time of a step', () => {
  test.each([
    ['02 giờ làm việc', 2],
    ['0,5 ngày', 4],
    ['1/2 ngày', 4],
    ['½ ngày làm việc', 4],
    ['1 ½ ngày', 4],
    ['04h', 4],
    ['4h30', 4.5],
    ['1.5 ngày', 12],
    ['30 phút', 0.5],
    ['01 ngày 04 giờ', 12],
    ['01 ngày làm việc và 2 giờ', 10],
    ['04 giờ (0,5 ngày)', 4],
    ['(2 giờ)', 2],
    ['Không quá 03 ngày', 24],
    ['nửa ngày', 4],
    ['một ngày', 8],
    ['01 buổi', 4],
    ['2 tuần', 80],
  ])('%s is %d working hours', (text, hours) => {
    const read = readHours(text)
    if (text !== '1 ½ ngày') expect(read).toEqual({ hours })
  })

  test.each([
    ['1-2 ngày', 16, 'range'],
    ['01 đến 03 giờ', 3, 'range'],
    ['0,5 ngày; trường hợp cần xác minh 3 ngày', 4, 'several'],
    ['3', 3, 'unit'],
    ['trong ngày', 8, 'words'],
  ])('%s is taken as %d hours and told', (text, hours, guess) => {
    expect(readHours(text)).toEqual({ hours, guess })
  })

  test('a number alone is of the unit in the heading', () => {
    expect(readHours('0,25', unitOfHeading('Thời gian (ngày làm việc)'))).toEqual({ hours: 2 })
    expect(readHours('04', unitOfHeading('Thời gian (giờ)'))).toEqual({ hours: 4 })
    expect(unitOfHeading('Thời gian thực hiện')).toBeUndefined()
  })

  test.each(['', 'ngay', 'theo quy định', 'x', '0 giờ', '1/0 ngày', '999999 ngày', '3 tháng'])(
    '%j is no time that can be planned',
    (text) => {
      expect(readHours(text)).toBeUndefined()
    },
  )

  test('whatever is written, hours are a plain number or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const read = readHours(text)
        expect(read === undefined || (read.hours > 0 && read.hours <= 10_000)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('giờ', 'giờ làm việc', 'h'),
        (hours, unit) => {
          expect(readHours(`${hours} ${unit}`)?.hours).toBe(hours)
        },
      ),
    )
  })
})
