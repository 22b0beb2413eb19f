import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute, mountRoutes } from '../../src/kernel/http.ts'
import { describeError } from '../../src/kernel/log.ts'

const secret = 'Key (personal_id)=(079190000123) already exists.'

test('a breakdown is told by its reference: neither the answer nor the log holds what it was about', async () => {
  let written = ''
  const lines = new Writable({
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const breaks = defineRoute({
    method: 'get',
    path: '/breaks',
    summary: 'Breaks down',
    tag: 'test',
    access: { public: true },
    answer: z.object({}),
    handle: () => {
      throw Object.assign(new Error('duplicate key value'), { code: '23505', detail: secret })
    },
  })
  const rest = mountRoutes({
    app: {},
    routes: [breaks],
    resolveActor: async () => ({ kind: 'anonymous' }),
    now: () => new Date(),
    log: pino({ serializers: { err: describeError } }, lines),
    title: 'test',
    version: 'v1',
  })
  const answer = await rest.request('/breaks')
  const told = await answer.json()
  expect(answer.status).toBe(500)
  expect(Object.keys(told).sort()).toEqual(['code', 'reference', 'status', 'title', 'type'])
  expect(written).toContain(told.reference)
  expect(written).not.toContain('079190000123')
})
