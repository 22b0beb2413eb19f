import { afterAll, describe, expect, test } from 'vitest'
import { officerAmong } from '../../../test/builders/officers.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal, type Refusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import { findVersion, getVersion } from '../catalogue/index.ts'
import { allOfficers } from '../directory/index.ts'
import { findForm } from '../forms/index.ts'
import { findProcess } from '../processes/index.ts'
import type { ProcedureChange } from './change.ts'
import {
  abandonChange,
  approveChange,
  effectiveParts,
  publishChange,
  readChange,
  readinessOf,
  readinessSeen,
  returnChange,
  savePart,
  startChange,
  submitForReview,
  takeBackChange,
  withdrawChange,
} from './index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
afterAll(() => db.close())

const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const leader = officer('officer-province-leader-1')
const clerk = officer('officer-hoa-sen-reception-1')

const now = new Date('2026-11-20T02:00:00Z')
const at = (date: string) => new Date(`${date}T02:00:00Z`)
const parts = { db, now }
const decision = { number: '99/QĐ-UBND', on: '2026-11-20' }
const code = '1.004873'
const named = { title: 'Hỏi thêm mục đích', reason: 'Nghị quyết mới của Hội đồng nhân dân tỉnh' }
const began = async (which = code, kind: 'amend' | 'new' | 'abolish' = 'amend') =>
  accepted(await startChange(control, { code: which, kind, ...named }, parts))
const why = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

/** The form of the change with one question less. */
async function withoutLast(change: ProcedureChange) {
  const { form } = await effectiveParts(db, change)
  const pages = structuredClone(form.pages)
  pages[0]!.intro = { vi: 'Mẫu mới', en: 'New form' }
  return { ...form, pages }
}

async function approved(change: ProcedureChange) {
  accepted(await submitForReview(control, { id: change.id }, parts))
  return accepted(await approveChange(leader, { id: change.id, note: 'Đồng ý' }, parts))
}

describe('a change from its draft to its publication and back', () => {
  let change: ProcedureChange

  test('begins with what is in force, and only one at a time', async () => {
    change = await began()
    expect(change).toMatchObject({ state: 'draft', base: { procedure: 1, form: 1, process: 1 }, parts: {} })
    const { procedure, form, process } = await effectiveParts(db, change)
    expect([procedure.procedureCode, form.key]).toEqual([code, 'marital-status'])
    expect(process.xml).toContain('<?xml')
    expect(why(await startChange(control, { code, kind: 'amend', ...named }, parts))).toBe(
      'changes.already-open',
    )
    expect(why(await startChange(control, { code: '1.001193', kind: 'new', ...named }, parts))).toBe(
      'changes.invalid',
    )
    expect(why(await startChange(control, { code: '9.999999', kind: 'amend', ...named }, parts))).toBe(
      'changes.unknown-procedure',
    )
  })

  test('is not handed in before anything was changed', async () => {
    expect(why(await submitForReview(control, { id: change.id }, parts))).toBe('changes.nothing-changed')
  })

  test('nothing that somebody saved is overwritten', async () => {
    const content = await withoutLast(change)
    change = accepted(await savePart(control, { id: change.id, part: 'form', seen: 0, content }, parts))
    expect(change.parts.form).toMatchObject({ revision: 1, savedBy: control.officerId })
    const again = await savePart(
      control,
      { id: change.id, part: 'form', seen: 0, content: { key: 'x' } },
      parts,
    )
    expect(why(again)).toBe('changes.meanwhile')
    expect((again as Refusal).details).toMatchObject({
      part: 'form',
      revision: 1,
      content: { key: 'marital-status' },
    })
  })

  test('what cannot be stored is refused at the door', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`)
    const strange = [
      { __proto__: null, constructor: 1 },
      { a: 'x\u0000' },
      deep,
      { a: 'x'.repeat(3_000_000) },
      7,
    ]
    for (const content of strange)
      expect(why(await savePart(control, { id: change.id, part: 'form', seen: 1, content }, parts))).toBe(
        'changes.invalid',
      )
  })

  test('is edited by control, approved by somebody else, published by control of the province', async () => {
    expect(why(await savePart(clerk, { id: change.id, part: 'form', seen: 1, content: {} }, parts))).toBe(
      'changes.not-yours',
    )
    expect(await readChange(db, clerk, change.id)).toBeUndefined()
    expect((await readChange(db, leader, change.id))?.id).toBe(change.id)
    expect(why(await approveChange(leader, { id: change.id }, parts))).toBe('changes.not-now')
    accepted(await submitForReview(control, { id: change.id }, parts))
    expect(why(await savePart(control, { id: change.id, part: 'form', seen: 1, content: {} }, parts))).toBe(
      'changes.not-now',
    )
    expect(why(await approveChange(control, { id: change.id }, parts))).toBe('changes.not-by-editors')
    expect(why(await approveChange(clerk, { id: change.id }, parts))).toBe('changes.not-yours')
    expect(why(await returnChange(leader, { id: change.id, note: '' }, parts))).toBe('changes.invalid')
    accepted(await returnChange(leader, { id: change.id, note: 'Thiếu trợ giúp' }, parts))
    accepted(await submitForReview(control, { id: change.id }, parts))
    accepted(await takeBackChange(control, { id: change.id }, parts))
    change = await approved(change)
    expect(change.state).toBe('approved')
    const publication = { id: change.id, validFrom: '2026-11-21', decision }
    for (const nobody of [leader, clerk, { kind: 'anonymous' } as const])
      expect(why(await publishChange(nobody, publication, parts))).toBe('changes.not-yours')
  })

  test('is not published in the past, before the last edition or by a decision still to come', async () => {
    const problems = async (changes: object) => {
      const refused = await publishChange(
        control,
        { id: change.id, validFrom: '2026-11-21', decision, ...changes },
        parts,
      )
      return (refused as Refusal<string, { problems: { code: string }[] }>).details.problems.map(
        ({ code }) => code,
      )
    }
    expect(await problems({ validFrom: '2026-11-19' })).toEqual(['in-the-past', 'decision-after-start'])
    expect(await problems({ decision: { ...decision, on: '2026-11-25' } })).toEqual([
      'decision-in-the-future',
    ])
    expect(await problems({ decision: { ...decision, number: ' ' } })).toEqual(['needed'])
  })

  test('is in force from its day on, and the edition before it ends the day before', async () => {
    expect((await readinessOf(change, parts)).problems).toEqual([])
    change = accepted(
      await publishChange(control, { id: change.id, validFrom: '2026-11-21', decision }, parts),
    )
    expect(change.publication).toMatchObject({ versions: { procedure: 2, form: 2, process: 1 } })
    expect(await findVersion(db, code, '2026-11-20')).toMatchObject({ version: 1, validTo: '2026-11-20' })
    expect(await findVersion(db, code, '2026-11-21')).toMatchObject({
      version: 2,
      announcement: decision,
      validTo: null,
    })
    expect((await findForm(db, 'marital-status', { on: '2026-11-20' }))?.version).toBe(1)
    const form = await findForm(db, 'marital-status', { on: '2026-11-21' })
    expect(form?.compiled.definition.pages[0]?.intro?.vi).toBe('Mẫu mới')
  })

  test('is taken back on its first day at the latest; who filed with it keeps it', async () => {
    const back = { id: change.id, note: 'Sai mẫu' }
    expect(why(await withdrawChange(leader, back, parts))).toBe('changes.not-yours')
    expect(why(await withdrawChange(control, back, { db, now: at('2026-11-22') }))).toBe(
      'changes.in-force-already',
    )
    change = accepted(await withdrawChange(control, back, { db, now: at('2026-11-21') }))
    expect(change).toMatchObject({ state: 'withdrawn', ended: { reason: 'Sai mẫu' } })
    expect(await findVersion(db, code, '2026-11-21')).toMatchObject({ version: 1, validTo: null })
    expect((await findForm(db, 'marital-status', { on: '2026-11-21' }))?.version).toBe(1)
    expect(await getVersion(db, code, 2)).toMatchObject({ version: 2 })
    expect((await findForm(db, 'marital-status', { version: 2 }))?.withdrawn).toBe(true)
    expect(why(await withdrawChange(control, back, parts))).toBe('changes.not-now')
  })

  test('everything that was done is in its journal', async () => {
    const entries = await readStream(database.pool, change.id)
    expect(entries.map(({ kind }) => kind.replace('changes.', ''))).toEqual([
      ...['started', 'saved', 'submitted', 'returned', 'submitted', 'taken-back', 'submitted', 'approved'],
      ...['published', 'withdrawn'],
    ])
    expect(verifyStream(entries)).toBeUndefined()
    expect(JSON.stringify(entries)).not.toContain(control.name)
  })
})

test('a change of the process publishes a version of the process too, and takes it back', async () => {
  let change = await began('1.001193')
  const { process } = await effectiveParts(db, change)
  const xml = process.xml.replace(/motcua:hours="1"/, 'motcua:hours="0.5"')
  expect(xml).not.toBe(process.xml)
  accepted(await savePart(control, { id: change.id, part: 'process', seen: 0, content: { xml } }, parts))
  change = await approved(change)
  change = accepted(await publishChange(control, { id: change.id, validFrom: '2026-11-20', decision }, parts))
  expect(change.publication?.versions).toEqual({ procedure: 2, form: 1, process: 2 })
  expect((await findProcess(db, 'birth-registration', '2026-11-20'))?.version).toBe(2)
  accepted(await withdrawChange(control, { id: change.id, note: 'Thử' }, parts))
  expect((await findProcess(db, 'birth-registration', '2026-11-20'))?.version).toBe(1)
})

test('a process under another key is taken back too, though its first version bears the number of the old one', async () => {
  let change = await began('1.001193')
  const { process, procedure } = await effectiveParts(db, change)
  const save = async (part: string, content: unknown) =>
    accepted(await savePart(control, { id: change.id, part, seen: 0, content }, parts))
  const renamed = process.xml.replaceAll('"birth-registration"', '"birth-anew"')
  await save('process', { xml: renamed })
  await save('procedure', { ...procedure, processKey: 'birth-anew' })
  change = await approved(await readChange(db, control, change.id).then((found) => found!))
  change = accepted(await publishChange(control, { id: change.id, validFrom: '2026-11-20', decision }, parts))
  expect(change.publication?.versions.process).toBe(1)
  expect((await findProcess(db, 'birth-anew', '2026-11-20'))?.version).toBe(1)
  accepted(await withdrawChange(control, { id: change.id, note: 'Thử' }, parts))
  expect(await findProcess(db, 'birth-anew', '2026-11-20')).toBeUndefined()
  expect((await findProcess(db, 'birth-registration', '2026-11-20'))?.version).toBe(1)
})

test('nothing is published before a printed paper that is to hold later', async () => {
  let change = await began('1.001022')
  const { procedure } = await effectiveParts(db, change)
  accepted(
    await savePart(
      control,
      { id: change.id, part: 'procedure', seen: 0, content: { ...procedure, sets: 2 } },
      parts,
    ),
  )
  change = await approved(change)
  await database.pool.query(
    `insert into documents.template_version (template, procedure_code, key, version, name, source, page, inputs, typst, valid_from, published_at)
     values ('1.001022/result', '1.001022', 'result', 1, 'Giấy', 'shipped', '', '[]', '', '2027-01-01', now())`,
  )
  const asked = { id: change.id, validFrom: '2026-11-21', decision }
  expect(await publishChange(control, asked, parts)).toMatchObject({
    code: 'changes.invalid',
    details: {
      problems: [{ field: 'validFrom', code: 'before-a-template', params: { date: '2027-01-01' } }],
    },
  })
})

test('what cannot run is not published, and the change says what is wrong', async () => {
  let change = await began('2.000635')
  const { form } = await effectiveParts(db, change)
  const broken = {
    ...form,
    rules: [
      { key: 'x', when: 'a = = b', message: { vi: 'a', en: 'a' }, fields: ['nothing'], severity: 'error' },
    ],
  }
  accepted(await savePart(control, { id: change.id, part: 'form', seen: 0, content: broken }, parts))
  change = await approved(change)
  expect((await readinessOf(change, parts)).problems.map(({ part }) => part)).toContain('form')
  expect(why(await publishChange(control, { id: change.id, validFrom: '2026-11-21', decision }, parts))).toBe(
    'changes.not-ready',
  )
  change = accepted(await abandonChange(control, { id: change.id, note: 'Bỏ' }, parts))
  expect(change.state).toBe('abandoned')
  expect((await began('2.000635')).state).toBe('draft')
})

test('the overview is worked out once for the same savings, and anew after another saving or after a while', async () => {
  let change = await began('1.014062')
  const first = readinessSeen(change, parts)
  expect(readinessSeen(change, parts)).toBe(first)
  expect(readinessSeen(change, { db, now: new Date(now.getTime() + 120_000) })).not.toBe(first)
  const { procedure } = await effectiveParts(db, change)
  const content = { ...procedure, cases: [] }
  change = accepted(await savePart(control, { id: change.id, part: 'procedure', seen: 0, content }, parts))
  expect((await readinessSeen(change, parts)).problems.length).toBeGreaterThan(0)
})

test('a failing test case keeps a change from being published', async () => {
  let change = await began('1.000656')
  const tests = [
    {
      name: { vi: 'Sai', en: 'Wrong' },
      on: '2026-11-20',
      answers: {},
      expect: { feesVnd: 123 },
    },
  ]
  accepted(await savePart(control, { id: change.id, part: 'tests', seen: 0, content: tests }, parts))
  change = await approved(change)
  expect((await readinessOf(change, parts)).tests).toMatchObject({ failed: 1 })
  const refused = await publishChange(control, { id: change.id, validFrom: '2026-11-21', decision }, parts)
  expect(refused).toMatchObject({ code: 'changes.not-ready', details: { failed: 1 } })
})

test('a procedure ends by an abolishing change, and goes on when that is taken back', async () => {
  let change = await began('1.014028', 'abolish')
  change = await approved(change)
  accepted(await publishChange(control, { id: change.id, validFrom: '2026-12-01', decision }, parts))
  expect(await findVersion(db, '1.014028', '2026-12-01')).toBeUndefined()
  expect(await findVersion(db, '1.014028', '2026-11-30')).toBeDefined()
  accepted(await withdrawChange(control, { id: change.id, note: 'Hoãn' }, parts))
  expect(await findVersion(db, '1.014028', '2027-01-01')).toBeDefined()
})
