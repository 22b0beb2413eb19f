import { afterAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { verifyDossiers } from './verify.ts'

const desk = await aDesk()
const owner = desk.database.pool
afterAll(() => desk.db.close())

const { dossier } = await desk.file()
accepted(await desk.act(desk.officer(staff.reception), dossier, { command: 'note', note: 'Đã gọi điện' }))

/** Does harm as the owner of the database could, verifies, and mends it. */
async function found(harm: string, mend: string) {
  const { rowCount } = await owner.query(harm)
  expect(rowCount, harm).toBe(1)
  const { chainFaults, differingRows } = await verifyDossiers(owner)
  await owner.query(mend)
  return { chain: chainFaults.map(({ fault }) => fault), rows: differingRows.map(({ fields }) => fields) }
}

test('a sound installation has no findings', async () => {
  expect(await verifyDossiers(owner)).toEqual({ streams: 1, entries: 2, chainFaults: [], differingRows: [] })
})

test('a row changed past the journal is found, with its fields', async () => {
  const found1 = await found(
    "update dossiers.dossier set due_at = now(), channel = 'post'",
    "update dossiers.dossier set due_at = null, channel = 'online'",
  )
  expect(found1).toEqual({ chain: [], rows: [['channel', 'dueAt']] })
})

test('an entry whose actor was changed is found', async () => {
  const harm = `update journal.entry set actor = actor || '{"id": "somebody-else"}' where sequence = 2`
  const mend = `update journal.entry set actor = actor || '{"id": "${staff.reception}"}' where sequence = 2`
  expect((await found(harm, mend)).chain).toEqual(['changed'])
})

test('answers changed beside the journal are found, and purged ones are no fault', async () => {
  const { rows } = await owner.query("select content from dossiers.private where field = 'note'")
  const text = JSON.stringify(rows[0].content)
  const harm = `update dossiers.private set content = '"Chưa gọi"' where field = 'note'`
  const mend = `update dossiers.private set content = '${text}' where field = 'note'`
  expect(await found(harm, mend)).toEqual({ chain: [], rows: [['private note']] })
  await owner.query("delete from dossiers.private where field = 'note'")
  expect(await verifyDossiers(owner)).toMatchObject({ chainFaults: [], differingRows: [] })
})

test('a dossier without a journal is found', async () => {
  await owner.query(`insert into dossiers.dossier
    select (jsonb_populate_record(d, '{"id": "0199d000-0000-7000-8000-0000000000aa", "code": "H99.12-261119-99999"}')).*
    from dossiers.dossier d`)
  const { differingRows } = await verifyDossiers(owner)
  expect(differingRows).toEqual([{ code: 'H99.12-261119-99999', fields: ['journal'] }])
})
