import { expect, test } from 'vitest'
import { packagedFiles } from '../../../test/builders/packages.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import {
  findProcess,
  findProcessXml,
  forgetProcesses,
  getProcess,
  listProcesses,
  loadProcesses,
} from './process-store.ts'

const { url } = await testDatabase()
const db = openDatabase(url, { max: 2 })
const app = openDatabase(url, { role: 'motcua_app', max: 2 })

test('models are loaded once, and read by the application by date and by version', async () => {
  expect(await findProcess(app, 'birth-registration', '2026-11-21')).toBeUndefined()
  expect(await loadProcesses(db)).toBe(true)
  expect(await loadProcesses(db)).toBe(false)
  forgetProcesses(app)
  const found = await findProcess(app, 'birth-registration', '2026-11-21')
  expect(found).toMatchObject({
    key: 'birth-registration',
    version: 1,
    validFrom: '2025-07-01',
    validTo: null,
  })
  expect(await getProcess(app, 'birth-registration', 1)).toEqual(found)
  expect(await findProcess(app, 'birth-registration', '2025-06-30')).toBeUndefined()
  const files = packagedFiles('process*.bpmn')
  const later = files.filter((name) => /-\d+\.bpmn$/.test(name))
  const newest = await listProcesses(app)
  expect(newest).toHaveLength(files.length - later.length)
  expect(newest.filter(({ version }) => version > 1)).toHaveLength(later.length)
})

test('the file is kept as it was drawn', async () => {
  expect(await findProcessXml(app, 'building-permit', 1)).toMatch(/^<\?xml[\s\S]*bpmndi:BPMNDiagram/)
  expect(await findProcessXml(app, 'building-permit', 9)).toBeUndefined()
})

test('asking for a version that no dossier can have is a breakdown', async () => {
  await expect(getProcess(app, 'birth-registration', 7)).rejects.toThrow('no version 7')
})
