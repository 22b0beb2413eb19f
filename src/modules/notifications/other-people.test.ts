import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted, type Outcome } from '../../kernel/errors.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { migrateJobs } from '../../kernel/jobs.ts'
import { type Dossier, openTasks, type Request } from '../dossiers/index.ts'
import type { Actor, Person } from '../identity/index.ts'
import { messagesAbout, messagesOf, notificationsConsumer, remind } from './index.ts'

const desk = await aDesk()
await migrateJobs(desk.database.url)
afterAll(() => desk.db.close())

let now = morning
const told = {
  baseUrl: 'https://songmai.example',
  now: () => now,
  names: {
    authority: () => ({ name: 'Ủy ban nhân dân phường Hoa Sen', shortName: 'Phường Hoa Sen' }),
    procedure: () => 'Thủ tục',
    officer: () => undefined,
  },
}
const consumer = notificationsConsumer(told)
const bride = desk.citizen('marriage-registration')
const groom: Person = { ...bride, personId: randomUUID(), name: 'Trịnh Văn Lúa', personalId: '099088000003' }
const [reception, head, specialist] = [staff.reception, staff.head, staff.specialist].map(desk.officer)

const does = async (
  actor: Actor | undefined,
  dossier: Dossier,
  request: Request,
  at = now,
): Promise<Dossier> => accepted((await desk.act(actor!, dossier, request, at)) as Outcome<Dossier>)
/** What was told of a dossier: kind, channel, and who got it when it was not the applicant. */
async function tellings({ id }: Dossier): Promise<string[]> {
  await drainFeed(desk.db, [consumer])
  const { rows } = await desk.database.pool.query(
    'select kind, channel, party from notifications.message where dossier_id = $1 order by sequence, kind, party nulls first, channel',
    [id],
  )
  return rows.map(({ kind, channel, party }) =>
    [kind, channel, ...(party ? [`party ${party}`] : [])].join(' '),
  )
}
const news = async (dossier: Dossier, before: readonly string[]) =>
  (await tellings(dossier)).filter((each) => !before.includes(each))
const textOf = async ({ id }: Dossier, kind: string, channel: string) =>
  (await messagesAbout(desk.db.pool, id)).find((each) => each.kind === kind && each.channel === channel)?.text

let wedding: Dossier
beforeAll(async () => {
  wedding = (await desk.file({ actor: bride, formKey: 'marriage-registration' })).dossier
})

test('whoever is to agree gets a text with the address to type; the applicant reads that it is not filed yet', async () => {
  expect(await tellings(wedding)).toEqual(['awaiting-party in-app', 'party-asked sms party 1'])
  const text = await textOf(wedding, 'party-asked', 'sms')
  expect(text).toContain('songmai.example')
  expect(text).not.toMatch(/Lua|Ban|ket hon/)
})

test('a yes that was asked for yesterday is recalled once', async () => {
  now = new Date(morning.getTime() + 25 * 3_600_000)
  const before = await tellings(wedding)
  await remind(desk.db, told)
  await remind(desk.db, told)
  expect(await news(wedding, before)).toEqual(['party-reminder sms party 1'])
  now = morning
})

test('both are told what becomes of it once the other agreed', async () => {
  const before = await tellings(wedding)
  const agreed = await does(groom, wedding, { command: 'confirm', seen: false })
  await does(reception, agreed, { command: 'accept' })
  expect(await news(wedding, before)).toEqual([
    'party-confirmed in-app',
    'party-confirmed sms',
    'accepted in-app',
    'accepted sms',
    'accepted in-app party 1',
    'accepted sms party 1',
  ])
  expect((await messagesOf(desk.db.pool, groom.personId)).map(({ kind }) => kind)).toEqual(['accepted'])
})

test('nobody is asked by text for a yes that was given meanwhile', async () => {
  const { dossier } = await desk.file({ actor: bride, formKey: 'marriage-registration' })
  await does(groom, dossier, { command: 'confirm', seen: false })
  expect(await tellings(dossier)).not.toContain('party-asked sms party 1')
})

test('extension, apology and messages of the office are told with the new day; what the applicant writes is not', async () => {
  const { dossier } = await desk.file()
  const taken = await does(reception, dossier, { command: 'accept' })
  const before = await tellings(taken)
  await does(head, taken, { command: 'extend', days: 1, reason: 'Chờ nơi cũ trả lời' })
  await does(desk.citizen(), taken, { command: 'message', text: 'Bao giờ xong ạ?' })
  await does(specialist, taken, { command: 'message', text: 'Anh/chị từng ở đâu?' })
  expect(await news(taken, before)).toEqual([
    'extended email',
    'extended in-app',
    'extended sms',
    'message email',
    'message in-app',
    'message sms',
  ])
  expect(await textOf(taken, 'extended', 'in-app')).toMatch(
    /từ 24\/11\/2026 sang 25\/11\/2026\. Lý do: Chờ nơi cũ/,
  )
  expect(await textOf(taken, 'extended', 'sms')).not.toContain('Cho noi cu')
  expect(await textOf(taken, 'message', 'in-app')).not.toContain('từng ở đâu')
})

test('money is told with its sum in the app alone', async () => {
  const { dossier } = await desk.file()
  const taken = await does(reception, dossier, { command: 'accept' })
  const money = { name: 'Tiền trích lục', amountVnd: 150_000, key: null, reason: 'Theo thông báo' }
  const asked = await does(specialist, taken, { command: 'requestObligation', ...money })
  await tellings(asked)
  expect(await textOf(asked, 'obligation-requested', 'in-app')).toContain(
    'Tiền trích lục, 150.000 đ. Lý do: Theo thông báo',
  )
  expect(await textOf(asked, 'obligation-requested', 'sms')).not.toMatch(/150|trich luc/)
})

test('a helper is asked, and from their yes on reads what wants an answer', async () => {
  const { dossier } = await desk.file()
  const applicant = desk.citizen()
  const who = { name: groom.name, personalId: groom.personalId!, phone: '0912345603' }
  const named = await does(applicant, dossier, { command: 'represent', who, until: '2026-12-31' })
  const before = await tellings(named)
  expect(before.at(-1)).toBe('party-asked sms party 1')
  await does(groom, named, { command: 'confirm', seen: false })
  const items = [{ target: null, text: 'Ghi rõ nơi ở cũ' }]
  const asked = await does(reception, named, { command: 'requestSupplement', items, answerBy: '2026-11-23' })
  expect(await news(asked, before)).toEqual([
    'helper-confirmed email',
    'helper-confirmed in-app',
    'supplement-requested email',
    'supplement-requested in-app',
    'supplement-requested sms',
    'supplement-requested in-app party 1',
    'supplement-requested sms party 1',
  ])
  expect(openTasks(asked).map(({ kind }) => kind)).toContain('supplement')
})

test('a supplement is recalled two days before its day, unless it came', async () => {
  const { dossier } = await desk.file()
  const items = [{ target: null, text: 'Ghi rõ nơi ở cũ' }]
  const asked = await does(reception, dossier, {
    command: 'requestSupplement',
    items,
    answerBy: '2026-11-24',
  })
  const before = await tellings(asked)
  await remind(desk.db, told)
  expect(await news(asked, before)).toEqual([])
  now = new Date('2026-11-22T01:00:00.000Z')
  await remind(desk.db, told)
  expect(await news(asked, before)).toEqual([
    'supplement-reminder email',
    'supplement-reminder in-app',
    'supplement-reminder sms',
  ])
  expect(await textOf(asked, 'supplement-reminder', 'sms')).toContain('24/11/2026')
  now = morning
})

test('a phone that others typed is asked by five texts a day, however many dossiers name it', async () => {
  const who = { name: 'Người Lạ', personalId: '099199000077', phone: '0977000111' }
  for (let i = 0; i < 7; i++) {
    const { dossier } = await desk.file()
    await does(desk.citizen(), dossier, { command: 'represent', who, until: null })
    if (i % 3 === 0) await drainFeed(desk.db, [consumer])
  }
  await drainFeed(desk.db, [consumer])
  const { rows } = await desk.database.pool.query(
    `select count(*)::int as n from notifications.message where kind = 'party-asked' and recipient = $1`,
    [who.phone],
  )
  expect(rows[0].n).toBe(5)
})
