import { expect, test } from 'vitest'
import { aDossier, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import {
  decideRating,
  feedbackRefusals,
  findRating,
  rate,
  ratingPage,
  ratingToken,
  readRatingToken,
} from './index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const secret = 'a secret of at least thirty-two letters'
const parts = { db, secret }
const now = new Date('2026-11-24T03:00:00.000Z')

const returned = [
  { at: '2026-11-19T03:00:00.000Z', is: 'accepted', dueAt: '2026-11-23T10:00:00.000Z' },
  { at: '2026-11-23T03:00:00.000Z', is: 'decided' },
  { at: '2026-11-23T04:00:00.000Z', is: 'returned' },
] as const

async function filed(stated: Parameters<typeof aDossier>[0] = { life: returned }) {
  const built = aDossier(stated)
  await storeDossier(db.pool, built)
  return { id: built.id, token: ratingToken(secret, built.id) }
}

test('a rating is kept with its entry; the journal holds no words', async () => {
  const { id, token } = await filed()
  const input = {
    grade: 'satisfied',
    aspects: { speed: 'very-satisfied' },
    comment: 'Chị ở quầy 2 rất tận tình',
  } as const
  const rating = accepted(await rate(parts, token, input, { now }))
  expect(await findRating(db.pool, id)).toEqual(rating)
  const entries = await readStream(db.pool, rating.stream)
  expect(entries.map(({ kind }) => kind)).toEqual(['feedback.rated'])
  expect(verifyStream(entries)).toBeUndefined()
  expect(JSON.stringify(entries)).not.toContain('tận tình')
})

test('the rating of a dossier can be changed for thirty days', async () => {
  const { id, token } = await filed()
  accepted(await rate(parts, token, { grade: 'satisfied' }, { now }))
  const later = new Date(now.getTime() + 29 * 86_400_000)
  accepted(await rate(parts, token, { grade: 'not-satisfied' }, { now: later }))
  const rating = (await findRating(db.pool, id))!
  expect(rating).toMatchObject({ grade: 'not-satisfied', sequence: 2, firstRatedAt: now.toISOString() })
  expect(verifyStream(await readStream(db.pool, rating.stream))).toBeUndefined()
  const tooLate = new Date(now.getTime() + 31 * 86_400_000)
  expect(await rate(parts, token, { grade: 'satisfied' }, { now: tooLate })).toEqual(
    feedbackRefusals.closed(),
  )
})

test('refuses tokens that this installation did not make', async () => {
  const { id, token } = await filed()
  const forged = [
    ratingToken('another secret, also thirty-two letters', id),
    `${token}A`,
    '',
    '../../etc',
    'é'.repeat(38),
  ]
  for (const each of forged)
    expect(await rate(parts, each, { grade: 'satisfied' }, { now })).toEqual(feedbackRefusals.unknownToken())
  expect(readRatingToken(secret, token)).toBe(id)
})

test('refuses a dossier that is still being handled', async () => {
  const { token } = await filed({ life: returned.slice(0, 1) })
  expect(await ratingPage(parts, token, now)).toEqual(feedbackRefusals.tooEarly())
})

test.each([
  [{}],
  [{ grade: 'ten' }],
  [{ grade: 'satisfied', comment: 'a\u0000b' }],
  [{ grade: 'satisfied', comment: 'x'.repeat(2001) }],
  [{ grade: 'satisfied', aspects: { beauty: 'satisfied' } }],
])('refuses bad input %j', async (input) => {
  const { token } = await filed()
  expect(await rate(parts, token, input as never, { now })).toMatchObject({
    refused: true,
    code: 'feedback.invalid',
  })
})

test('two ratings at the same moment: one is kept, the other is told', async () => {
  const { id, token } = await filed()
  const outcomes = await Promise.all([1, 2, 3].map(() => rate(parts, token, { grade: 'satisfied' }, { now })))
  const kept = outcomes.filter((outcome) => !isRefusal(outcome))
  expect((await findRating(db.pool, id))!.sequence).toBe(kept.length)
  for (const outcome of outcomes.filter(isRefusal)) expect(outcome).toEqual(feedbackRefusals.ratedMeanwhile())
})

test('deciding a rating is the same for the same facts', () => {
  const decide = () =>
    decideRating('id', undefined, { grade: 'satisfied' }, { now, actor: { kind: 'person', id: 'p' } })
  expect(accepted(decide()).rating).toMatchObject({ grade: 'satisfied', ratedAt: now.toISOString() })
})
