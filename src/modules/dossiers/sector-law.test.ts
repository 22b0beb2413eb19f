import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { forgetVersions } from '../catalogue/index.ts'
import type { Dossier } from './dossier.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

const formKey = 'building-permit'
const actor = desk.citizen(formKey)
const mountains = { code: 'H99.14', communeCode: 'S9003' }

/** Files a building permit as a system would: papers are its own matter. */
async function file(where: typeof mountains): Promise<Dossier> {
  const officer = desk.officers.find(({ posts }) =>
    posts.some(({ authorityCode, roles }) => authorityCode === where.code && roles.includes('reception')),
  )!
  const input = await desk.submissionOf(formKey, {
    answers: { 'plot.address': { communeCode: where.communeCode, detail: 'Thửa 12' } },
    applicant: { name: actor.name, personalId: actor.personalId!, phone: '0912345603' },
  })
  const counter = desk.officer(officer.officerId)
  const { dossier } = accepted(
    await desk.dossiers.submit(counter, input, { key: randomUUID(), now: morning }),
  )
  return accepted(await desk.act(counter, dossier, { command: 'accept' }))
}

test('a remote commune has the days that sector law adds, and the explanation says so', async () => {
  const remote = await file(mountains)
  const near = await file({ code: 'H99.12', communeCode: 'S9001' })
  expect(remote.limit.addition).toEqual({ days: 5, reason: 'xã vùng cao, đường đi xa (mẫu)' })
  expect(near.limit.addition).toBeNull()
  expect(near.dueAt?.slice(0, 10)).toBe('2026-11-30')
  expect(remote.dueAt?.slice(0, 10)).toBe('2026-12-07')
  const view = accepted(await desk.dossiers.view(desk.officer('officer-mai-thuong-reception-1'), remote.code))
  expect(view.explanation).toContainEqual(
    expect.objectContaining({ reason: 'xã vùng cao, đường đi xa (mẫu)' }),
  )
  expect(await desk.folded(remote)).toEqual(await desk.stored(remote))
})

test('waiting for money stops the clock only where the version says that sector law does', async () => {
  const { dossier: runs } = await desk.file()
  expect(runs.obligationRule).toBe('run')
  await desk.database.pool.query(
    `update catalogue.procedure_version set definition = definition || '{"obligationRule": "pause"}'
     where procedure_code = '1.004873'`,
  )
  forgetVersions(desk.db)
  const { dossier } = await desk.file()
  expect(dossier.obligationRule).toBe('pause')
  const taken = accepted(await desk.act(desk.officer(staff.reception), dossier, { command: 'accept' }))
  const money = { name: 'Tiền sử dụng đất', amountVnd: 1_000_000, key: null, reason: 'Theo thông báo' }
  const asked = accepted(
    await desk.act(desk.officer(staff.specialist), taken, { command: 'requestObligation', ...money }),
  )
  expect(asked).toMatchObject({ state: 'awaiting-obligation', dueAt: null })
})
