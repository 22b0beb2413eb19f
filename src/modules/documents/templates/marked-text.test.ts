import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsIn, readMarked, renameFields, writeMarked } from './marked-text.ts'

const plain = { bold: false, italic: false, underline: false }

test('merge fields and faces are read from one line of text', () => {
  expect(readMarked('Ông **«hoTen»**, *sinh* __ngày__')).toEqual([
    { text: 'Ông ', ...plain },
    { field: 'hoTen', ...plain, bold: true },
    { text: ', ', ...plain },
    { text: 'sinh', ...plain, italic: true },
    { text: ' ', ...plain },
    { text: 'ngày', ...plain, underline: true },
  ])
})

describe('what does not close is what it looks like', () => {
  test.each([
    ['5 * 3', '5 * 3'],
    ['**đậm', '**đậm'],
    ['«không đóng', '«không đóng'],
    ['a\\*b\\*', 'a*b*'],
    ['\\«a\\»', '«a»'],
    ['một_hai', 'một_hai'],
  ])('%s', (text, shown) => {
    expect(
      readMarked(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(shown)
  })
})

test('any text survives writing and reading, faces and all', () => {
  const piece = fc.record({
    text: fc.string({ minLength: 1, unit: fc.constantFrom('a', 'ệ', '*', '_', '\\', '«', '»', ' ', '\n') }),
    bold: fc.boolean(),
    italic: fc.boolean(),
    underline: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (runs) => {
      const flat = (list: ReturnType<typeof readMarked>) =>
        list.flatMap(({ text = '', ...face }) => [...text].map((char) => ({ char, ...face })))
      expect(flat(readMarked(writeMarked(runs)))).toEqual(flat(runs))
    }),
  )
})

test('merge fields are named once each, and renamed where they stand', () => {
  expect(fieldsIn('«a» «b» «a»')).toEqual(['a', 'b'])
  expect(renameFields('«Họ tên» \\«a\\»', () => 'hoTen')).toBe('«hoTen» \\«a\\»')
})
