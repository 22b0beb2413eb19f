import { describe, expect, test } from 'vitest'
import { cleanText, findUnstorableText, isStorableText, searchable } from './text.ts'

describe('text from outside', () => {
  test.each([
    ['U+0000', 'a\u0000b'],
    ['a high surrogate alone', 'a\ud83d'],
    ['a low surrogate alone', '\ude00b'],
    ['surrogates the wrong way round', '\ude00\ud83d'],
  ])('refuses %s', (_what, text) => {
    expect(isStorableText(text)).toBe(false)
    expect(cleanText.safeParse(text).success).toBe(false)
  })

  test.each(['Nguyễn Thị Đẹp', '😀', '<b>đậm</b>', "'; drop table x; --", 'a\tb\nc', '\u202e', ''])(
    'keeps %j as it is',
    (text) => expect(cleanText.parse(text)).toBe(text),
  )

  test('composes decomposed names', () => {
    const decomposed = 'Nguyễn Thị Hường'.normalize('NFD')
    expect(cleanText.parse(decomposed)).toBe('Nguyễn Thị Hường'.normalize('NFC'))
  })
})

test.each([
  ['Nguyễn Thị ĐẸP', 'nguyen thi dep'],
  ['  Hồ   sơ,  số 12/3 ', 'ho so so 12 3'],
  ['ĐĂNG KÝ'.normalize('NFD'), 'dang ky'],
  ['2.000815', '2.000815'],
])('people search %j as %j', (text, found) => expect(searchable(text)).toBe(found))

describe('a value with text inside', () => {
  test.each<[unknown, string | undefined]>([
    [{ a: 'x', b: [1, { c: 'y' }] }, undefined],
    [{ a: 'x', b: [1, { c: 'y\u0000' }] }, 'b[1].c'],
    [{ 'a\u0000': 1 }, '.'],
    [['\ud800'], '[0]'],
    ['\u0000', '.'],
    [null, undefined],
    [12, undefined],
  ])('%j: the first place that cannot be stored is %s', (value, path) =>
    expect(findUnstorableText(value)).toBe(path),
  )

  test('that is nested beyond all reason is refused and ends nothing', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    expect(findUnstorableText(deep)).toMatch(/^\[0\]/)
  })
})
