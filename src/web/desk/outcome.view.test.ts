import { expect, test } from 'vitest'
import { outcomeView } from './outcome.view'

const at = '2026-11-20T07:27:00Z'

test('one acceptance says so and offers its receipt', () => {
  const flash = { at, command: 'accept', done: ['H99.12-261119-00412'], refused: [], receipt: 2 }
  expect(outcomeView(flash, 'vi')).toMatchObject({
    tone: 'ok',
    at: 'Lúc 14:27:',
    text: 'H99.12-261119-00412: đã tiếp nhận.',
    links: [{ href: '/giay/H99.12-261119-00412/receipt-2.pdf' }, {}],
  })
})

test('of many, the count is told and each refusal with its reason', () => {
  const flash = {
    at,
    command: 'accept',
    done: ['a', 'b'],
    refused: [['H99.12-261119-00409', 'dossiers.acted-meanwhile'] as [string, string]],
  }
  const view = outcomeView(flash, 'vi')
  expect(view).toMatchObject({ tone: 'warn', text: 'xong 2 trên 3 hồ sơ.' })
  expect(view?.lines[0]?.why).toContain('Vừa có người xử lý')
})

test('without an outcome nothing is said', () => {
  expect(outcomeView(undefined, 'vi')).toBeUndefined()
})
