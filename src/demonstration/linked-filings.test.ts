import { afterAll, expect, test } from 'vitest'
import { aDesk } from '../../test/builders/a-desk.ts'
import { verifyDossiers } from '../modules/dossiers/index.ts'
import { fileLinkedGroups } from './linked-filings.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

test('a demonstration shows linked filings in every state, also on a Sunday', async () => {
  const sunday = new Date('2026-11-22T05:00:00.000Z')
  await fileLinkedGroups({ db: desk.db, dossiers: desk.dossiers }, desk.citizen('birth-registration'), sunday)
  const { rows } = await desk.database.pool.query(
    `select procedure_code as code, state, outcome, branches from dossiers.dossier
     where branches is not null order by submitted_at, code`,
  )
  const told = rows.map(({ code, state, branches }) =>
    [
      code,
      state,
      ...branches.map((branch: { key: string; state: string }) => `${branch.key} ${branch.state}`),
    ].join(', '),
  )
  expect(told).toEqual([
    '2.002913, returned, death granted, residence granted, funeral granted',
    '3.000722, decided, birth granted, residence refused, insurance granted, identity-card granted',
    '3.000722, in-progress, birth granted, residence granted, insurance running, identity-card granted',
    '2.002913, returned, death refused, residence not-started',
    '2.002913, in-progress, death granted, residence running, funeral running',
    '3.000722, in-progress, birth granted, residence paused, insurance running, identity-card granted',
    '9.000001, in-progress, registration granted, tax running',
    '3.000722, submitted, birth waiting, residence waiting, insurance waiting, identity-card waiting',
  ])
  const late = await desk.database.pool.query(
    `select count(*) as n from dossiers.dossier where linked is not null and state = 'in-progress' and due_at < $1`,
    [sunday],
  )
  expect(late.rows[0].n).toBeGreaterThan(0)
  expect(await verifyDossiers(desk.database.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
})
