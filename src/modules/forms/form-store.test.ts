import { afterAll, describe, expect, test } from 'vitest'
import { formKeys } from '../../../test/builders/packages.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { demonstrationRegisters, findForm, forgetForms, loadForms, registersFor } from './index.ts'

const { url, pool } = await testDatabase()
const owner = openDatabase(url, { max: 2 })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
afterAll(() => Promise.all([owner.close(), db.close()]))

describe('stored forms', () => {
  test('every form of the folder is loaded once, compiled', async () => {
    expect(await loadForms(owner)).toBe(true)
    expect(await loadForms(owner)).toBe(false)
    const { rows } = await pool.query('select count(*)::int as forms from forms.form_version')
    expect(rows[0].forms).toBe(formKeys.length)
  })

  test('a form is found by day of law and by version', async () => {
    const form = await findForm(db, 'birth-registration', { on: '2026-11-20' })
    expect(form).toMatchObject({ key: 'birth-registration', version: 1 })
    expect(form?.compiled.definition.procedureCode).toBe('1.001193')
    expect(await findForm(db, 'birth-registration', { on: '2020-01-01' })).toBeUndefined()
    expect((await findForm(db, 'birth-registration', { version: 1 }))?.version).toBe(1)
    expect(await findForm(db, 'birth-registration', { version: 2 })).toBeUndefined()
    expect(await findForm(db, 'no-such-form')).toBeUndefined()
  })

  test('a form is read once until something is published', async () => {
    const first = await findForm(db, 'marital-status')
    expect(await findForm(db, 'marital-status')).toBe(first)
    forgetForms(db)
    expect(await findForm(db, 'marital-status')).not.toBe(first)
  })

  test('forms not asked for in a long time give way, those in use stay', async () => {
    const used = await findForm(db, 'marital-status')
    const askForOthers = (count: number, name: string) =>
      Promise.all(Array.from({ length: count }, (_, i) => findForm(db, `no-such-form-${name}-${i}`)))
    for (const name of ['a', 'b']) {
      await askForOthers(150, name)
      expect(await findForm(db, 'marital-status')).toBe(used)
    }
    await askForOthers(200, 'c')
    expect(await findForm(db, 'marital-status')).not.toBe(used)
  })
})

test('a demonstration citizen has registers, a stranger has none', async () => {
  const source = await demonstrationRegisters()
  expect(await registersFor('099195000001', [source])).toMatchObject({
    POP: { HoVaTen: 'Nguyễn Thị Mẫu Đơn' },
  })
  expect((await registersFor('099000000000', [source])).POP).toBeUndefined()
  expect(await registersFor(undefined, [source])).toEqual({})
})
