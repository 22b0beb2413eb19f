import { describe, expect, test } from 'vitest'
import { actNamed, afterAct, draftIn, editorBlocks, emptyBlock, storedBlocks } from './template-editor.view'

const stored = [
  { kind: 'head', id: 'a', number: true },
  { kind: 'title', id: 'b', text: 'Giấy', about: 'Về việc', qr: false },
  { kind: 'paragraph', id: 'c', text: 'Căn cứ «Họ tên»', align: 'left', indent: false, size: 12.5 },
  { kind: 'list', id: 'd', marker: 'number', items: ['một', 'hai'] },
  {
    kind: 'fields',
    id: 'e',
    bordered: true,
    rows: [
      { label: 'Họ tên', text: '«Họ tên»: x' },
      { label: 'Chỉ nhãn', text: '' },
    ],
  },
  {
    kind: 'when',
    id: 'if-f',
    feel: 'a = 1',
    blocks: [
      { kind: 'paragraph', id: 'f', text: 'x', align: 'justify', indent: true },
      { kind: 'table', id: 'g', input: 'Thành viên' },
    ],
  },
  {
    kind: 'grid',
    id: 'h',
    bordered: true,
    widths: [1, 2],
    rows: [
      [
        {
          span: 1,
          paragraphs: [
            { text: 'A', align: 'center' },
            { text: 'B', align: 'left' },
          ],
        },
        { span: 1, paragraphs: [] },
      ],
    ],
  },
  { kind: 'recipients', id: 'i', items: ['Như trên'] },
  { kind: 'signature', id: 'j', title: 'TM. UBND', note: false },
  { kind: 'qr', id: 'k', align: 'center' },
  { kind: 'page-break', id: 'l' },
]

test('blocks come back from the page as they were stored', () => {
  expect(storedBlocks(editorBlocks(stored))).toEqual(stored)
})

test('neighbours under one condition are stored in one, others apart', () => {
  const block = (id: string, feel: string) => ({ ...emptyBlock('qr', id), feel })
  const blocks = storedBlocks([block('a', 'x'), block('b', 'x '), block('c', ''), block('d', 'x')])
  expect(blocks).toMatchObject([
    { kind: 'when', id: 'if-a', blocks: [{ id: 'a' }, { id: 'b' }] },
    { id: 'c' },
    { kind: 'when', id: 'if-d', blocks: [{ id: 'd' }] },
  ])
})

describe('a button', () => {
  const three = ['a', 'b', 'c'].map((id) => emptyBlock('qr', id))
  const ids = (act: string) => afterAct(three, actNamed(act)!).map(({ id }) => id)
  test.each([
    ['up-1', ['b', 'a', 'c']],
    ['up-0', ['a', 'b', 'c']],
    ['down-1', ['a', 'c', 'b']],
    ['down-2', ['a', 'b', 'c']],
    ['remove-1', ['a', 'c']],
    ['add-1-list', ['a', 'b-4', 'b', 'c']],
    ['add-3-list', ['a', 'b', 'c', 'b-4']],
  ])('%s gives %j', (act, expected) => {
    expect(ids(act)).toEqual(expected)
  })
  test.each(['save', 'add-1', 'add-1-script', 'up-', 'up--1', 'remove-1x'])('%s names no act', (name) => {
    expect(actNamed(name)).toBeUndefined()
  })
})

test('a posted page is read as it was typed', () => {
  const form = new FormData()
  const typed: Record<string, string> = {
    ...{ name: 'Giấy', page: 'a4', source: 'docx', blocks: '2', 'b.0.kind': 'paragraph', 'b.0.id': 'a' },
    ...{
      'b.0.text': 'một\r\nhai',
      'b.0.indent': 'yes',
      'b.0.align': 'center',
      'b.1.kind': 'script',
      'b.1.id': 'b',
    },
  }
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  expect(draftIn(form)).toMatchObject({
    source: 'docx',
    blocks: [
      { id: 'a', kind: 'paragraph', text: 'một\nhai', indent: true, align: 'center', qr: false },
      { id: 'b', kind: 'paragraph', indent: false },
    ],
  })
})

test.each(['', 'no json', '{"rows":1}', 'null'])('a table whose shape is %j becomes an empty one', (grid) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    blocks: '1',
    'b.0.kind': 'grid',
    'b.0.id': 'a',
    'b.0.grid': grid,
  }))
    form.set(name, value)
  expect(storedBlocks(draftIn(form).blocks)).toEqual([
    { kind: 'grid', id: 'a', bordered: true, widths: [1], rows: [] },
  ])
})
