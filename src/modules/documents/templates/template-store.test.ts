import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { aTemplate } from './a-template.builder.ts'
import {
  addTemplateVersions,
  findTemplate,
  takeTemplatesBack,
  templatesInForce,
  templateVersions,
} from './template-store.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app', max: 2 })
const at = new Date('2026-11-20T02:00:00Z')
const publish = (code: string, templates: unknown[], validFrom: string) =>
  addTemplateVersions(db.pool, code, templates, { validFrom, by: 'officer-control-1', at })
const nameOn = async (code: string, on: string) =>
  (await findTemplate(db.pool, { procedureCode: code, key: 'result', on }))?.name

describe('templates of a procedure', () => {
  test('print from their first day on, until the next version does', async () => {
    expect(await publish('1.1', [aTemplate({ name: 'Một' })], '2026-12-01')).toEqual([
      { key: 'result', version: 1 },
    ])
    expect(await publish('1.1', [aTemplate({ name: 'Hai' })], '2027-01-01')).toEqual([
      { key: 'result', version: 2 },
    ])
    const days = ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01', '2030-01-01']
    expect(await Promise.all(days.map((day) => nameOn('1.1', day)))).toEqual([
      undefined,
      'Một',
      'Một',
      'Hai',
      'Hai',
    ])
    expect(await nameOn('1.2', '2027-01-01')).toBeUndefined()
  })

  test('keep their version when they are published again unchanged', async () => {
    await publish('2.1', [aTemplate()], '2026-12-01')
    expect(await publish('2.1', [aTemplate()], '2027-01-01')).toEqual([])
  })

  test('that go give the paper back to the layout of the product', async () => {
    await publish('3.1', [aTemplate(), aTemplate({ key: 'receipt' })], '2026-12-01')
    expect(await publish('3.1', [aTemplate({ key: 'receipt' })], '2027-01-01')).toEqual([
      { key: 'result', version: 2 },
    ])
    expect(await nameOn('3.1', '2026-12-31')).toBe('Giấy xác nhận')
    expect(await nameOn('3.1', '2027-01-01')).toBeUndefined()
    expect((await templatesInForce(db.pool, '3.1', '2027-01-01')).map(({ key }) => key)).toEqual(['receipt'])
  })

  test('that are taken back let the ones before them go on, and their number is not given twice', async () => {
    await publish('4.1', [aTemplate({ name: 'Một' })], '2026-12-01')
    const added = await publish('4.1', [aTemplate({ name: 'Hai' })], '2027-01-01')
    await takeTemplatesBack(db.pool, '4.1', added, at)
    expect(await nameOn('4.1', '2027-01-01')).toBe('Một')
    expect(await publish('4.1', [aTemplate({ name: 'Ba' })], '2027-01-01')).toEqual([
      { key: 'result', version: 3 },
    ])
    expect(
      (await templateVersions(db.pool, '4.1')).map(({ version, withdrawnAt }) => [
        version,
        withdrawnAt !== null,
      ]),
    ).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
  })

  test('print what they say, whatever Typst was handed in beside the blocks', async () => {
    await publish('5.1', [aTemplate({ typst: '#read("/etc/passwd")' })], '2026-12-01')
    const found = await findTemplate(db.pool, { procedureCode: '5.1', key: 'result', on: '2026-12-01' })
    expect(found?.typst).toContain('#document-head(')
    expect(found?.typst).not.toContain('passwd')
  })

  test.each([[[{ key: 'result' }]], [[aTemplate(), aTemplate()]], [[{ ...aTemplate(), key: 'log-book' }]]])(
    'that their schema refuses are not published',
    async (templates) => {
      await expect(publish('6.1', templates, '2026-12-01')).rejects.toThrow()
      expect(await templateVersions(db.pool, '6.1')).toEqual([])
    },
  )

  test('that import code are not published, whoever hands them in', async () => {
    const importing = aTemplate({ source: 'typst', typst: '#import ("@preview/" + "x:1.0.0")' })
    await expect(publish('8.1', [importing], '2026-12-01')).rejects.toThrow('import in line 1')
    expect(await templateVersions(db.pool, '8.1')).toEqual([])
  })

  test('cannot be rewritten by the application once they are published', async () => {
    await publish('7.1', [aTemplate()], '2026-12-01')
    await expect(db.pool.query(`update documents.template_version set typst = ''`)).rejects.toThrow(
      'permission denied',
    )
    await expect(db.pool.query('delete from documents.template_version')).rejects.toThrow('permission denied')
  })
})
