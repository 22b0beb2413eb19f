import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aDossier, type BuiltDossier, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { migrateJobs, runJobs } from '../../kernel/jobs.ts'
import { openLog } from '../../kernel/log.ts'
import { demonstrationOutbox, smsAdapter } from './adapters.ts'
import {
  attemptsOf,
  markRead,
  messagesAbout,
  messagesOf,
  type NotificationsParts,
  notificationsConsumer,
  notificationTasks,
  outbox,
  sendMessage,
  unreadCount,
} from './index.ts'

const database = await testDatabase()
await migrateJobs(database.url)
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T03:00:00.000Z')
const told: NotificationsParts = {
  baseUrl: 'https://songmai.example',
  now: () => now,
  names: {
    authority: (code) => ({ name: `Ủy ban nhân dân phường ${code}`, shortName: 'Phường Hoa Sen' }),
    procedure: () => 'Đăng ký khai sinh',
    officer: (id) => (id === 'officer-1' ? 'Bà Trần Thị Nhận' : undefined),
    language: (person) => (person === 'english' ? 'en' : 'vi'),
  },
}
const consumer = notificationsConsumer(told)
const outboxes = { sms: demonstrationOutbox, email: demonstrationOutbox }

beforeEach(() => database.pool.query('truncate notifications.message cascade'))
let close = () => {}
afterEach(() => close())

const accepted = {
  at: '2026-11-20T02:30:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-24T10:00:00.000Z',
} as const
const filedAt = '2026-11-20T02:00:00.000Z'

async function tell(built: BuiltDossier): Promise<void> {
  await storeDossier(db.pool, built)
  await drainFeed(db, [consumer])
}

test('an applicant is told of filing and acceptance in the app, by text and by mail', async () => {
  const built = aDossier({ at: filedAt, life: [accepted], party: { personId: 'lan' } })
  await tell(built)
  const told = await messagesAbout(db.pool, built.id)
  expect(told.map(({ kind, channel }) => `${kind} ${channel}`)).toEqual([
    'submitted email',
    'submitted in-app',
    'submitted sms',
    'accepted email',
    'accepted in-app',
    'accepted sms',
  ])
  const inApp = told.find(({ kind, channel }) => kind === 'accepted' && channel === 'in-app')!
  expect(inApp.text).toContain('Hẹn trả kết quả: 17:00 ngày 24/11/2026')
  expect(inApp.text).toContain('Người tiếp nhận: Bà Trần Thị Nhận')
  expect(inApp.text).toContain('Đang xử lý: Chuyên viên thụ lý, Ủy ban nhân dân phường H99.12')
  expect(inApp.text).toContain('Tiếp nhận lúc: 09:30 ngày 20/11/2026')
})

test('texts and mail name no person and no procedure; texts fit one segment', async () => {
  const built = aDossier({ at: filedAt, life: [accepted, { at: '2026-11-20T02:40:00.000Z', is: 'decided' }] })
  await tell(built)
  for (const message of await outbox(db.pool)) {
    expect(message.text).not.toMatch(/khai sinh|Nguyễn|Thử/)
    if (message.channel === 'sms') expect(message.text).toMatch(/^[\x20-\x7e]{20,160}$/)
  }
})

test('a batch that comes twice tells nobody twice and sends nothing twice', async () => {
  const built = aDossier({ at: filedAt, life: [accepted] })
  await tell(built)
  const before = await messagesAbout(db.pool, built.id)
  await database.pool.query(`update feed.cursor set position = 0 where consumer = 'notifications'`)
  await drainFeed(db, [consumer])
  expect(await messagesAbout(db.pool, built.id)).toEqual(before)
})

test('somebody without an account, phone or address is told nothing', async () => {
  const built = aDossier({
    at: filedAt,
    life: [accepted],
    party: { personId: null, phone: null, email: null },
  })
  await tell(built)
  expect(await messagesAbout(db.pool, built.id)).toEqual([])
})

test('a filing at the counter is told once accepted, not before', async () => {
  const built = aDossier({ at: filedAt, channel: 'direct', life: [accepted] })
  await tell(built)
  expect(new Set((await messagesAbout(db.pool, built.id)).map(({ kind }) => kind))).toEqual(
    new Set(['accepted']),
  )
})

test('old news stays in the app', async () => {
  const built = aDossier({ at: '2026-10-01T02:00:00.000Z' })
  await tell(built)
  expect((await messagesAbout(db.pool, built.id)).map(({ channel }) => channel)).toEqual(['in-app'])
})

test('nobody is texted for a supplement that has already come', async () => {
  const asked = { at: '2026-11-20T02:40:00.000Z', is: 'supplement-requested' } as const
  const built = aDossier({
    at: filedAt,
    life: [asked, { at: '2026-11-20T02:50:00.000Z', is: 'supplemented' }],
  })
  await tell(built)
  const told = (await messagesAbout(db.pool, built.id)).filter(({ kind }) => kind === 'supplement-requested')
  expect(told.map(({ channel }) => channel)).toEqual(['in-app'])
})

test('messages come in the language of the person', async () => {
  const built = aDossier({ at: filedAt, party: { personId: 'english' } })
  await tell(built)
  expect((await messagesOf(db.pool, 'english'))[0]?.text).toContain('We have received dossier')
})

test('a person reads only their own messages', async () => {
  await tell(aDossier({ at: filedAt, life: [accepted], party: { personId: 'lan' } }))
  await tell(aDossier({ at: filedAt, party: { personId: 'minh' } }))
  const [ofMinh] = await messagesOf(db.pool, 'minh')
  expect(await unreadCount(db.pool, 'lan')).toBe(2)
  expect(await markRead(db.pool, 'lan', { ids: [ofMinh!.id], now })).toBe(0)
  expect(await markRead(db.pool, 'lan', { ids: 'all', now })).toBe(2)
  expect(await unreadCount(db.pool, 'lan')).toBe(0)
  expect(await unreadCount(db.pool, 'minh')).toBe(1)
})

test('the demonstration outbox takes a message at once, and a second try changes nothing', async () => {
  await tell(aDossier({ at: filedAt }))
  const [message] = await outbox(db.pool)
  expect(message!.state).toBe('waiting')
  await sendMessage({ db, adapters: outboxes, now: () => now }, message!.id)
  await sendMessage({ db, adapters: outboxes, now: () => now }, message!.id)
  expect((await outbox(db.pool))[0]).toMatchObject({ state: 'sent', sentAt: now.toISOString(), attempts: 1 })
})

test('a gateway that is down leaves the message waiting with the attempt recorded; one that says never ends it', async () => {
  await tell(aDossier({ at: filedAt }))
  const sms = (await outbox(db.pool)).find(({ channel }) => channel === 'sms')!
  const answers = [503, 400]
  const asked: unknown[] = []
  const url = await gateway((request, response) => {
    asked.push([request.headers['idempotency-key'], request.headers.authorization])
    request.resume().on('end', () => response.writeHead(answers.shift()!).end())
  })
  const parts = { db, adapters: { ...outboxes, sms: smsAdapter({ url, token: 'secret' }) }, now: () => now }
  await expect(sendMessage(parts, sms.id)).rejects.toThrow('sms gateway answered 503')
  expect((await outbox(db.pool)).find(({ id }) => id === sms.id)?.state).toBe('waiting')
  await sendMessage(parts, sms.id)
  expect((await outbox(db.pool)).find(({ id }) => id === sms.id)?.state).toBe('failed')
  expect((await attemptsOf(db.pool, sms.id)).map(({ outcome }) => outcome)).toEqual([
    'unavailable',
    'rejected',
  ])
  expect(asked).toEqual([
    [sms.id, 'Bearer secret'],
    [sms.id, 'Bearer secret'],
  ])
})

test('the worker sends what the feed enqueued', async () => {
  await tell(aDossier({ at: filedAt }))
  const parts = { ...told, db, adapters: outboxes }
  const runner = await runJobs(database.url, notificationTasks(parts), openLog('silent'))
  try {
    await vi.waitFor(
      async () => expect((await outbox(db.pool)).map(({ state }) => state)).toEqual(['sent', 'sent']),
      { timeout: 30_000, interval: 100 },
    )
  } finally {
    await runner.stop()
  }
})

test('jobs are enqueued for texts and mail only', async () => {
  const before = await jobs()
  await tell(aDossier({ at: filedAt }))
  expect((await jobs()) - before).toBe(2)
})

async function jobs(): Promise<number> {
  const { rows } = await database.pool.query(
    `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'notifications.send'`,
  )
  return rows[0].n
}

async function gateway(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  close = () => server.close()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
