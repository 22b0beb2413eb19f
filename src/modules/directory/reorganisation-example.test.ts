import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Actor } from '../identity/index.ts'
import type { Authority } from './authority.ts'
import { decideReorganisation } from './decide-reorganisation.ts'
import { listAuthorities, resolveAuthority, unitsOf } from './directory-store.ts'
import { dayBefore } from './reorganisation-apply.ts'
import { julyFirst, julyFirst2025, storeExample } from './reorganisation-example.ts'
import { planReorganisation } from './reorganisation-plan.ts'
import { createReorganisations } from './reorganisations.ts'
import { resolveIn, type Succession } from './succession.ts'

const { url, pool } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app', max: 4 })
afterAll(() => db.close())

const eve = new Date('2025-06-30T02:00:00Z')
const day = new Date('2025-06-30T17:00:00Z')

test('the whole country: 63 provinces become 34, districts end, 10,035 communes become 3,321', async () => {
  const { authorities, units, request, heirs, began } = await julyFirst2025()
  expect(authorities.length).toBe(63 + 696 + 10_035)
  expect(began.length).toBe(3321)
  const before = new Map(authorities.map((authority) => [authority.code, authority]))
  const unitMap = Map.groupBy(units, ({ authorityCode }) => authorityCode)
  const { reorganisation } = accepted(
    decideReorganisation(request, {
      ...{ id: '01a2ce8b-0000-7000-8000-000000000001', now: eve, by: { kind: 'system', id: 'state' } },
      ...{ authorities: before, units: unitMap, others: [], open: new Map() },
    }),
  )
  const plan = planReorganisation(reorganisation, {
    ...{ authorities: before, units: unitMap, posts: [], holdings: [], grants: [] },
  })
  expect(plan.problems).toEqual([])
  expect(plan.ends.length).toBe(63 - 34 + 696 + 10_035)

  const after = new Map<string, Authority>(before)
  for (const code of plan.ends) after.set(code, { ...before.get(code)!, validTo: dayBefore(julyFirst) })
  for (const { commune: _, ...authority } of plan.begins)
    after.set(authority.code, { ...authority, validFrom: julyFirst, validTo: null })
  const dated = { effectiveOn: julyFirst, decision: reorganisation.id }
  const successions = Map.groupBy(
    plan.successions.map((each): Succession => ({ ...each, ...dated })),
    ({ from }) => from,
  )
  const standing = [...after.values()].filter(({ validTo }) => validTo === null)
  expect(standing.filter(({ kind }) => kind === 'province').length).toBe(34)
  expect(standing.filter(({ kind }) => kind === 'commune').length).toBe(3321)
  expect(standing.length).toBe(34 + 3321)

  const choices: Record<number, number> = {}
  const wrong: string[] = []
  for (const { code, kind } of authorities) {
    const found = resolveIn(code, julyFirst, { authorities: after, successions })!
    const codes = found.authority ? [found.authority.code] : found.choices.map((each) => each.code)
    if (codes.toSorted().join() !== heirs.get(code)!.join()) wrong.push(code)
    if (kind === 'commune') choices[codes.length] = (choices[codes.length] ?? 0) + 1
  }
  expect(wrong).toEqual([])
  // 471 communes were divided: whoever comes with such an old address is asked.
  expect(choices).toEqual({ 1: 9564, 2: 397, 3: 58, 4: 15, 5: 1 })
})

test('two provinces and an island district in a database: applied on the day, every old code resolves', async () => {
  const example = await julyFirst2025({ provinces: ['44', '92'] })
  await storeExample(pool, example)
  const { draft, approve, applyDue } = createReorganisations({
    ...{ db, openWork: async () => new Map(), changed: () => undefined },
  })
  const operator = (clientId: string): Actor => ({
    kind: 'system',
    clientId,
    name: clientId,
    scopes: ['operator'],
  })
  const drafted = accepted(await draft(operator('enters'), example.request, { now: eve }))
  expect(await approve(operator('enters'), drafted.id, { now: eve })).toMatchObject({
    details: { why: 'same-person' },
  })
  accepted(await approve(operator('checks'), drafted.id, { now: eve }))
  expect((await applyDue(eve)).applied).toEqual([])
  const { applied, held } = await applyDue(day)
  expect([applied.length, held]).toEqual([1, []])
  const standing = await listAuthorities(db, { on: julyFirst })
  expect(standing.filter(({ kind }) => kind === 'province').length).toBe(2)
  expect(standing.length).toBe(2 + example.began.length)
  expect(await unitsOf(db, example.began[0]!)).toHaveLength(1)
  let divided = 0
  for (const { code } of example.authorities) {
    const found = (await resolveAuthority(db, code, julyFirst))!
    const codes = found.authority ? [found.authority.code] : found.choices.map((each) => each.code)
    expect(codes.toSorted()).toEqual(example.heirs.get(code))
    if (codes.length > 1) divided += 1
    const eveOf = await resolveAuthority(db, code, dayBefore(julyFirst))
    expect(eveOf).toMatchObject({ authority: { code } })
  }
  expect(divided).toBeGreaterThan(0)
})
