import { expect, test } from 'vitest'
import { nothingTyped, type Typed, typedIn, wishIn } from './booking-source'

const counter = { authority: 'H99.12', procedureCode: '2.000815' }
const slot = '2026-11-23T01:00:00.000Z'

function typed(changes: Partial<Typed> = {}, paper = {}): Typed {
  const { papers } = nothingTyped()
  const first = { ...papers[0]!, name: 'Bằng tốt nghiệp', pages: '2', ...paper }
  return { slot, phone: '0912345678', papers: [first, ...papers.slice(1)], ...changes }
}
const problemsOf = (given: Typed) => wishIn(given, counter, 'vi').problems.map(({ href }) => href)

test('what is typed becomes a wish; empty rows are no papers', () => {
  const papers = [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 1 }]
  expect(wishIn(typed(), counter, 'vi').wish).toEqual({
    ...counter,
    startsAt: slot,
    phone: '0912345678',
    papers,
  })
  expect(wishIn(typed({ phone: '' }), counter, 'vi').wish).toMatchObject({ phone: null })
})

test.each([
  ['no time', typed({ slot: '' }), ['#gio']],
  ['a time that is none', typed({ slot: 'hôm nay' }), ['#gio']],
  ['no paper', typed({}, { name: '' }), ['#giay-0']],
  ['pages in words', typed({}, { pages: 'hai' }), ['#trang-0']],
  ['too many copies', typed({}, { copies: '51' }), ['#trang-0']],
  ['half a phone number', typed({ phone: '0912' }), ['#dien-thoai']],
  ['nothing at all', nothingTyped(), ['#gio', '#giay-0']],
])('%s is told where it is mended', (_what, given, places) => {
  expect(problemsOf(given)).toEqual(places)
})

test('boxes are read as people and machines fill them', () => {
  const form = new FormData()
  form.set('phone', ' 0912 345.678 ')
  form.set('paper.0.name', `Sổ\u0007 đỏ ${'x'.repeat(400)}`)
  const { phone, papers } = typedIn(form)
  expect(phone).toBe('0912345678')
  expect(papers[0]!.name).toHaveLength(200)
  expect(papers[0]!.name).toMatch(/^Sổ {2}đỏ/)
})
