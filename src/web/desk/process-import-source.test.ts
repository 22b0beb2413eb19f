import { gzipSync } from 'node:zlib'
import type { PageContext } from 'motcua/web/context'
import { describe, expect, test } from 'vitest'
import { fileIn, packed } from './process-import-source'

const page = { locale: 'vi' } as PageContext
const xml = '\ufeff<?xml version="1.0"?>\r\n<a>Đăng ký</a>\n'

function posted(entries: Record<string, string | File>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(entries)) form.set(name, value)
  return form
}
const chosen = (content: string | Uint8Array<ArrayBuffer>) => posted({ file: new File([content], 'a.bpmn') })

describe('a file', () => {
  test('is read letter by letter, the mark in front and its line ends too', async () => {
    expect(await fileIn(chosen(xml), page)).toEqual({ xml, name: 'a.bpmn' })
  })

  test('travels with the page and comes back the same', async () => {
    const carried = posted({ packed: packed(xml), fileName: 'a.bpmn' })
    expect(await fileIn(carried, page)).toEqual({ xml, name: 'a.bpmn' })
    expect(packed(xml)).toBe(packed(xml))
  })

  test.each([
    ['none', posted({}), 'Chọn một tệp .bpmn'],
    ['an empty one', chosen(''), 'Chọn một tệp .bpmn'],
    ['one above 5 MB', chosen(' '.repeat(5 * 1024 * 1024 + 1)), 'lớn hơn 5 MB'],
    ['one that the door turned away', posted({ _tooLarge: '1' }), 'lớn hơn 5 MB'],
    ['one in another encoding', chosen(new Uint8Array([0xff, 0xfe, 0x3c, 0x00])), 'UTF-8'],
    ['one with a character that no database keeps', chosen('<a>\u0000</a>'), 'UTF-8'],
    ['one that was changed on the way', posted({ packed: 'không phải' }), 'thiếu dữ liệu'],
    [
      'a small one that grows beyond measure',
      posted({ packed: gzipSync(' '.repeat(50 * 1024 * 1024)).toString('base64') }),
      'thiếu dữ liệu',
    ],
  ])('%s is refused in words', async (_, form, said) => {
    expect(await fileIn(form, page)).toEqual({
      problem: { href: '#tep', text: expect.stringContaining(said) },
    })
  })
})
