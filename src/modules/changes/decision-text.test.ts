import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { readStream } from '../../kernel/journal.ts'
import type { ProcedureChange } from './change.ts'
import { type DecisionLines, decisionTextOf, draftedHash, saveDecisionText } from './decision-text.ts'
import { abandonChange, startChange } from './index.ts'

const desk = await aDesk()
const { db } = desk
afterAll(() => db.close())

const parts = { db, now: new Date('2026-11-20T02:00:00Z') }
const province = desk.officer('officer-control-1')
const ward = desk.officer(staff.control)
const lines: DecisionLines = {
  ...{ authority: 'Ủy ban nhân dân tỉnh', place: 'Sông Mai', number: '', on: '', title: 'Về việc công bố' },
  ...{ bases: 'Căn cứ Luật', proposal: '', articles: 'Điều 1.', annexTitle: 'Phụ lục', annex: 'a | b' },
  ...{ signer: 'Chủ tịch', recipients: 'Như Điều 3' },
}
const drafted = draftedHash(lines)

let change: ProcedureChange
beforeAll(async () => {
  const asked = { code: '1.004873', kind: 'amend', title: 'Đổi', reason: 'Nghị quyết' }
  change = accepted(await startChange(province, asked, parts))
})
const save = (actor: Parameters<typeof saveDecisionText>[0], seen: number, changed: object = {}) =>
  saveDecisionText(actor, { id: change.id, seen, lines: { ...lines, ...changed }, drafted }, parts)

test('the text is kept as it was put right, and each saving is in the journal', async () => {
  expect(await decisionTextOf(db.pool, change.id)).toBeUndefined()
  accepted(await save(province, 0))
  accepted(await save(province, 1, { number: '12/QĐ-UBND', on: '2026-11-19' }))
  expect(await decisionTextOf(db.pool, change.id)).toMatchObject({
    revision: 2,
    lines: { ...lines, number: '12/QĐ-UBND', on: '2026-11-19' },
    drafted,
  })
  expect((await readStream(db.pool, change.id)).at(-1)).toMatchObject({
    kind: 'changes.decision-saved',
    data: { revision: 2 },
    actor: { id: province.officerId },
  })
})

test('who saw an older text is shown the other one, and nothing is overwritten', async () => {
  const refused = await save(ward, 1, { title: 'Của tôi' })
  expect(refused).toMatchObject({
    code: 'changes.decision-meanwhile',
    details: { revision: 2, lines: { title: lines.title } },
  })
  accepted(await save(ward, 2, { title: 'Của tôi' }))
})

test.each([
  ['reception', desk.officer(staff.reception)],
  ['a citizen', desk.citizen()],
] as const)('%s saves nothing', async (_who, actor) => {
  expect(await save(actor, 3)).toMatchObject({ kind: 'forbidden', code: 'changes.not-yours' })
})

test.each([
  ['a day that does not exist', { on: '2026-02-30' }],
  ['a text of a megabyte', { articles: 'x'.repeat(1_000_000) }],
  ['texts too long together', { articles: 'x'.repeat(150_000), annex: 'x'.repeat(150_000) }],
  ['another member', { signed: true }],
  ['letters that cannot be stored', { title: 'a\u0000b' }],
])('%s is refused', async (_what, changed) => {
  expect(await save(province, 3, changed)).toMatchObject({ kind: 'invalid', code: 'changes.invalid' })
})

test('the text of a change that was given up is not put right any more', async () => {
  accepted(await abandonChange(province, { id: change.id, note: 'Thôi' }, parts))
  expect(await save(province, 3)).toMatchObject({ code: 'changes.not-now' })
  expect((await decisionTextOf(db.pool, change.id))?.revision).toBe(3)
})
