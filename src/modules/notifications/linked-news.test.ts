import { afterAll, expect, test } from 'vitest'
import { aDesk, morning } from '../../../test/builders/a-desk.ts'
import { aGroup, branchOf, must } from '../../../test/builders/a-group.ts'
import { advance, stampPositions } from '../../kernel/feed.ts'
import { migrateJobs } from '../../kernel/jobs.ts'
import { type Dossier, openTasks } from '../dossiers/index.ts'
import { notificationsConsumer } from './notifications-consumer.ts'

const desk = await aDesk()
await migrateJobs(desk.database.url)
afterAll(() => desk.db.close())
const group = await aGroup(desk, [
  branchOf('birth', '1.001193', { lead: true }),
  branchOf('residence', '1.004194', { after: ['birth'] }),
  branchOf('support', '1.014028', { after: ['birth'] }),
])
const consumer = notificationsConsumer({
  names: {
    authority: (code) => ({ name: code, shortName: code }),
    procedure: (code) => code,
    officer: () => undefined,
  },
  baseUrl: 'https://motcua.example',
  now: () => morning,
})

/** What the mother was told in the app of one filing and its branches: kind, and the branch that it is about. */
async function told(filed: Dossier) {
  while ((await stampPositions(desk.db)) > 0);
  while ((await advance(desk.db, consumer)) > 0);
  const { rows } = await desk.database.pool.query(
    `select m.kind, d.linked ->> 'branch' as branch, m.text from notifications.message m
     join dossiers.dossier d on d.id = m.dossier_id
     where m.channel = 'in-app' and (d.id = $1 or d.linked ->> 'filing' = $1::text) order by m.id`,
    [filed.id],
  )
  return rows as { kind: string; branch: string | null; text: string }[]
}
const lines = async (filed: Dossier) =>
  (await told(filed)).map(({ kind, branch }) => (branch === null ? kind : `${branch}: ${kind}`)).toSorted()

test('one thing that happens in a linked filing is told once', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'granted')
  await group.decide(filed, 'residence', 'refused')
  await group.decide(filed, 'support', 'granted')
  for (const key of ['birth', 'residence', 'support']) await group.giveBack(filed, key)
  expect(await lines(filed)).toEqual([
    ...['accepted', 'birth: result-ready', 'residence: declined', 'returned'],
    ...['submitted', 'support: result-ready'],
  ])
})

test('what cannot begin any more is told by name, once', async () => {
  const filed = await group.fileGroup()
  await group.decide(filed, 'birth', 'refused')
  expect(await lines(filed)).toEqual([
    ...['accepted', 'birth: declined', 'branches-not-started', 'submitted'],
  ])
  const news = (await told(filed)).find(({ kind }) => kind === 'branches-not-started')!
  expect(news.text).toContain('Đăng ký tạm trú, Tiền mai táng')
})

test('a withdrawal is told of the filing; a request of a branch leads to the page of the filing', async () => {
  const filed = await group.fileGroup()
  const birth = await group.child(filed, 'birth')
  const [step] = openTasks(birth)
  const items = [{ target: null, text: 'Gửi thêm giấy chứng sinh' }]
  await must(desk, birth, step!, { command: 'requestSupplement', items })
  await group.settle()
  await desk.act(desk.citizen('birth-registration'), filed, { command: 'withdraw', reason: 'Nộp lại sau' })
  await group.settle()
  expect(await lines(filed)).toEqual(['accepted', 'birth: supplement-requested', 'submitted', 'withdrawn'])
  const { rows } = await desk.database.pool.query(
    `select text from notifications.message where kind = 'supplement-requested' and channel = 'email'`,
  )
  for (const { text } of rows) expect(text).toContain(`/ho-so/${filed.code}`)
})
