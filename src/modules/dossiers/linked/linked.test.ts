import { afterAll, expect, test } from 'vitest'
import { aDesk } from '../../../../test/builders/a-desk.ts'
import { aGroup, branchOf } from '../../../../test/builders/a-group.ts'
import { openTasks } from '../dossier.ts'
import { verifyDossiers } from '../verify.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

const compensation = { text: { vi: 'Liên hệ gia đình', en: 'Call the family' }, role: 'specialist' } as const
const group = await aGroup(desk, [
  branchOf('birth', '1.001193', { lead: true }),
  branchOf('residence', '1.004194', { after: ['birth'], compensation }),
  branchOf('support', '1.014028', { after: ['birth'] }),
  branchOf('copy', '2.000635', { after: ['residence'] }),
])

const sound = async () => {
  const { chainFaults, differingRows } = await verifyDossiers(desk.database.pool)
  expect({ chainFaults, differingRows }).toEqual({ chainFaults: [], differingRows: [] })
}

test('a group is filed once, and its first branch begins when it is accepted', async () => {
  const filed = await group.fileGroup({ accept: false })
  expect(filed.branches!.map(({ key, state, competent }) => [key, state, competent])).toEqual([
    ['birth', 'waiting', 'H99.12'],
    ['residence', 'waiting', 'H99.10.01'],
    ['support', 'waiting', 'H99.12'],
    ['copy', 'waiting', 'H99.12'],
  ])
  const accepted = await group.fileGroup()
  expect(await group.states(accepted)).toEqual({
    ...{ birth: 'running', residence: 'waiting', support: 'waiting', copy: 'waiting' },
  })
  const birth = await group.child(accepted, 'birth')
  expect(birth).toMatchObject({
    ...{ state: 'in-progress', competent: 'H99.12', receivedBy: 'H99.12', channel: 'online', fees: [] },
    ...{ acceptedAt: accepted.acceptedAt, linked: { filing: accepted.id, branch: 'birth' } },
  })
  await sound()
})

test('three results come of one filing, and it is given back with the last', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  expect(await group.states(filed)).toMatchObject({
    residence: 'running',
    support: 'running',
    copy: 'waiting',
  })
  await group.decide(filed, 'support', 'granted')
  await group.decide(filed, 'residence', 'granted')
  await group.decide(filed, 'copy', 'granted')
  expect(await desk.stored(filed)).toMatchObject({ state: 'decided', outcome: 'granted' })
  for (const key of ['birth', 'residence', 'support', 'copy']) await group.giveBack(filed, key)
  const done = await desk.stored(filed)
  expect(done.state).toBe('returned')
  expect(openTasks(done)).toEqual([])
  await sound()
})
