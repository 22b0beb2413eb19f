import { afterAll, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { aGroup, branchOf } from '../../../test/builders/a-group.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { indicatorsConsumer, usage } from './index.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

test('a linked filing counts where its branches are settled, each once; people filed once', async () => {
  const group = await aGroup(desk, [
    branchOf('birth', '1.001193', { lead: true }),
    branchOf('residence', '1.004194', { after: ['birth'] }),
  ])
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  await drainFeed(desk.db, [indicatorsConsumer])
  const { rows } = await desk.database.pool.query(
    `select authority, procedure_code, sum(received)::int as n from indicators.daily
     where authority in ('H99.12', 'H99.10.01') and procedure_code <> '*' group by 1, 2 having sum(received) > 0 order by 1, 2`,
  )
  expect(rows).toEqual([
    { authority: 'H99.10.01', procedure_code: '1.004194', n: 1 },
    { authority: 'H99.12', procedure_code: '1.001193', n: 1 },
  ])
  const month = { from: '2026-11-01', to: '2026-11-30' }
  const { officialsTime } = await usage(desk.db.pool, { authority: 'H99', ...month })
  expect(officialsTime.received).toBe(1)
})
