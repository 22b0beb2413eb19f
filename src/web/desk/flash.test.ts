import { expect, test } from 'vitest'
import { type Flash, flashHeader, takeFlash } from './flash'

const flash: Flash = {
  at: '2026-11-20T07:30:00.000Z',
  command: 'accept',
  done: ['H99.12-261119-00412'],
  refused: [['H99.12-261119-00409', 'dossiers.acted-meanwhile']],
}
const request = (cookie: string) => new Request('http://here/can-bo/viec', { headers: { cookie } })

test('an outcome survives the redirect and is shown once', () => {
  const { flash: read, headers } = takeFlash(request(`lang=vi; ${flashHeader(flash).split(';')[0]}`))
  expect(read).toEqual(flash)
  expect(headers['set-cookie']).toContain('Max-Age=0')
})

test('a cookie that was tampered with says nothing', () => {
  expect(takeFlash(request('ban-lam-viec=%7Bnonsense')).flash).toBeUndefined()
  expect(takeFlash(request('ban-lam-viec=%7B%22at%22%3A1%7D')).flash).toBeUndefined()
})

test('without an outcome nothing is set', () => {
  expect(takeFlash(request('lang=vi'))).toEqual({ headers: {} })
})
