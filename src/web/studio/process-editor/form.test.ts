import { describe, expect, test } from 'vitest'
import { draftIn, tableOf } from './form'

function posted(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}
const row = (i: number, more: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({
      ...{
        id: `r${i}`,
        place: 'specialist division competent',
        name: 'Thẩm định',
        performer: '',
        role: 'specialist',
      },
      ...{ kind: 'work', hours: '4', product: '', note: '', 'to.ok': 'next' },
      ...more,
    }).map(([name, value]) => [`row.${i}.${name}`, value]),
  )
const read = (fields: Record<string, string>) => tableOf(draftIn(posted(fields)), 'vi')
const one = (more: Record<string, string>) => read({ rows: '1', ...row(0, more) })

describe('a posted table', () => {
  test('is read with hours as people write them', () => {
    const { table } = read({
      rows: '2',
      ...row(0, { hours: '1/2 ngày' }),
      ...row(1, { hours: '0,5' }),
      receptionHours: '2',
    })
    expect(table?.rows.map(({ hours }) => hours)).toEqual([4, 0.5])
    expect(table).toMatchObject({ receptionHours: 2, returnHours: 0 })
  })

  test('may lack what nobody knows yet', () => {
    expect(one({ hours: '', role: '' }).table?.rows[0]).toMatchObject({ hours: null, role: null })
  })

  test('stands where its role stands, unless the drawing said otherwise for that role', () => {
    expect(one({ role: 'leader' }).table?.rows[0]).toMatchObject({
      unitKind: 'leadership',
      authority: 'competent',
    })
    expect(one({ place: 'specialist one-stop receiving' }).table?.rows[0]).toMatchObject({
      unitKind: 'one-stop',
      authority: 'receiving',
    })
  })

  test('a decision is approved, other work is done', () => {
    expect(one({ kind: 'decide' }).table?.rows[0]?.outcomes).toEqual([{ outcome: 'approved', to: 'next' }])
    expect(one({ 'to.send-back': '#r0', 'to.decline': '' }).table?.rows[0]?.outcomes).toEqual([
      { outcome: 'ok', to: 'next' },
      { outcome: 'send-back', to: '#r0' },
    ])
  })

  test.each([
    ['hours that are none', { hours: 'lâu' }, '#row-0-hours', 'Bước 1: số giờ “lâu”'],
    ['a name that is too long', { name: 'x'.repeat(201) }, '#row-0-name', 'Bước 1'],
    ['a role that is none', { role: 'king' }, '#row-0-name', 'Bước 1'],
    ['a place that is none', { place: 'specialist moon competent' }, '#row-0-name', 'Bước 1'],
    ['an id of objects', { id: 'constructor' }, '#row-0-name', 'Bước 1'],
    ['a way that is none', { 'to.ok': 'somewhere' }, '#row-0-name', 'Bước 1'],
    ['a way to no row', { 'to.ok': '#r9' }, '#bang', 'thiếu dữ liệu'],
    ['an outcome that breaks a condition', { 'to.a" or true': 'next' }, '#row-0-name', 'Bước 1'],
  ])('%s is told at its box', (_, more, href, said) => {
    expect(one(more as Record<string, string>).problems).toEqual([
      { href, text: expect.stringContaining(said) },
    ])
  })

  test('of more rows than a process has is refused', () => {
    const many = Object.assign({ rows: '999999' }, ...Array.from({ length: 101 }, (_, i) => row(i)))
    expect(read(many).problems.length).toBeGreaterThan(0)
  })

  test('hours outside the process that cannot be read are told', () => {
    expect(read({ rows: '1', ...row(0), receptionHours: 'x' }).problems).toEqual([
      { href: '#receptionHours', text: expect.stringContaining('tiếp nhận') },
    ])
  })
})
