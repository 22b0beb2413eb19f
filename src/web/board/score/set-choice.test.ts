import { openDatabase } from 'motcua/kernel/db'
import { accepted } from 'motcua/kernel/errors'
import { handInSet, listIndexSets, publishSet, startSet } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { readAsk } from '../read-ask.ts'
import { setAsked } from './set-choice.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T03:00:00Z')
const page = { app: { db }, now, locale: 'vi' } as unknown as PageContext
const asked = (query: string, unit = 'H99.12') =>
  setAsked(page, readAsk(new URLSearchParams(query), '2026-11-20', new Set(['H99', 'H99.12'])), unit)
const refused = (query: string) => asked(query).catch((thrown) => thrown)

test('the set of the country is usual, and the one that held then judges the past', async () => {
  expect((await asked('')).stored.set.key).toBe('766-2026')
  expect((await asked('tu=2024-01-01&den=2024-12-31')).stored.set.key).toBe('766-2022')
})

test.each(['', 'bo=766-2026'])(
  'a period before any set is not there and says since when there is one (%s)',
  async (more) => {
    const { init, data } = await refused(`tu=2020-01-01&den=2020-12-31&${more}`)
    expect(init).toMatchObject({ status: 404 })
    expect(data.text).toContain('01/08/2022')
    expect(data.link.href).toBe('/so-lieu/chi-so')
  },
)

test.each(['nope', '766-2026-metrics', 'h99-766-2026', "'; --"])('nobody finds a set %s', async (key) => {
  const { init, data } = await refused(`ky=nam&bo=${key}`)
  expect(init).toMatchObject({ status: 404 })
  expect(data.text).toContain(key)
  expect(data.link.href).toBe('/so-lieu/chi-so?ky=nam')
})

test('a province’s own set is found for its units once it holds, with its decision, and for nobody else', async () => {
  const officer = (officerId: string, roles: string[]) =>
    ({ kind: 'officer', officerId, name: officerId, posts: [{ authorityCode: 'H99', roles }] }) as never
  const parts = { db, now }
  const [national] = await listIndexSets(db, { territories: ['VN'] })
  const { id } = accepted(await startSet(officer('writer', ['control']), national!.id, parts))
  accepted(await handInSet(officer('writer', ['control']), id, parts))
  accepted(
    await publishSet(
      officer('leader', ['leader']),
      {
        ...{ id, decision: { number: '892/QĐ-UBND', on: '2026-11-19' } },
        ...{ validFrom: '2026-11-20', validTo: null },
      },
      parts,
    ),
  )
  const { stored, choices } = await asked('bo=h99-766-2026')
  expect(stored.decision).toEqual({ number: '892/QĐ-UBND', on: '2026-11-19' })
  expect(choices.map(({ set }) => set.key)).toEqual(['766-2026', 'h99-766-2026'])
  expect((await asked('')).stored.set.key).toBe('766-2026')
  expect((await refused('bo=h99-766-2026&tu=2026-10-01&den=2026-10-31')).init.status).toBe(404)
  await expect(asked('bo=h99-766-2026', 'H98.01')).rejects.toMatchObject({ init: { status: 404 } })
})
