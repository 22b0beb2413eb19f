import { expect, test } from 'vitest'
import { withEnglish } from './english.ts'

test.each([
  [
    { vi: 'Tên', en: '' },
    { vi: 'Tên', en: 'Tên' },
  ],
  [{ vi: 'Tên' }, { vi: 'Tên', en: 'Tên' }],
  [
    { vi: 'Tên', en: 'Name' },
    { vi: 'Tên', en: 'Name' },
  ],
  [{ pages: [{ title: { vi: 'Trang', en: '' } }] }, { pages: [{ title: { vi: 'Trang', en: 'Trang' } }] }],
  [
    { name: 'Đơn', nameEn: '' },
    { name: 'Đơn', nameEn: 'Đơn' },
  ],
  // What is no text of two languages is left alone.
  [
    { vi: 'a', value: 'b' },
    { vi: 'a', value: 'b' },
  ],
  [{ en: 'Name' }, { en: 'Name' }],
  [null, null],
])('%j runs as %j while nobody has translated it', (draft, whole) => {
  expect(withEnglish(draft)).toEqual(whole)
})
