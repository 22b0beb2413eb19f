import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { clientAddress, rateLimit } from './rate-limit.ts'

const noon = new Date('2026-11-21T05:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

test('lets the limit through in one window, then says when to come back', () => {
  const limit = rateLimit({ limit: 2, windowSeconds: 60 })
  expect(limit.take('a', noon)).toEqual({ allowed: true })
  expect(limit.take('a', after(10))).toEqual({ allowed: true })
  expect(limit.take('a', after(20))).toEqual({ allowed: false, retryAfterSeconds: 40 })
  expect(limit.take('a', after(60))).toEqual({ allowed: true })
})

test('counts each key apart', () => {
  const limit = rateLimit({ limit: 1, windowSeconds: 60 })
  expect(limit.take('a', noon).allowed).toBe(true)
  expect(limit.take('b', noon).allowed).toBe(true)
  expect(limit.take('a', noon).allowed).toBe(false)
})

const seen = async (trustProxy: boolean, address: string, forwarded: string) => {
  const app = new Hono().get('/', (c) => c.text(clientAddress(c, trustProxy)))
  const env = { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } }
  return (await app.request('/', { headers: { 'x-forwarded-for': forwarded } }, env)).text()
}

test('takes the address from the socket, and believes only a trusted proxy’s own entry', async () => {
  expect(await seen(false, '10.0.0.1', '1.2.3.4')).toBe('10.0.0.1')
  expect(await seen(true, '10.0.0.1', 'forged, 1.2.3.4')).toBe('1.2.3.4')
})

test('counts the addresses of one IPv6 network together', async () => {
  expect(await seen(false, '2001:db8:0:7::1', '')).toBe('2001:db8:0:7::/64')
  expect(await seen(false, '2001:db8:0:7:1:2:3:4', '')).toBe('2001:db8:0:7::/64')
  expect(await seen(false, '::1', '')).toBe('0:0:0:0::/64')
  expect(await seen(false, '::ffff:10.0.0.1', '')).toBe('::ffff:10.0.0.1')
})
