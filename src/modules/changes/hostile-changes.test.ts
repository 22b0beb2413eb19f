import { afterAll, describe, expect, test } from 'vitest'
import { officerAmong } from '../../../test/builders/officers.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { editionDates, findVersion } from '../catalogue/index.ts'
import { allOfficers } from '../directory/index.ts'
import { findForm, forgetForms, loadForms } from '../forms/index.ts'
import type { Officer } from '../identity/index.ts'
import { findProcess, forgetProcesses, loadProcesses } from '../processes/index.ts'
import type { ChangeKind, ProcedureChange } from './change.ts'
import {
  abandonChange,
  approveChange,
  effectiveParts,
  type PartKind,
  publishChange,
  readChange,
  readinessOf,
  savePart,
  startChange,
  submitForReview,
  takeBackChange,
  withdrawChange,
} from './index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 6 })
afterAll(() => db.close())

const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const leader = officer('officer-province-leader-1')
/** Somebody who is procedure control of one commune. */
const ofCommune: Officer = {
  ...officer('officer-hoa-sen-reception-1'),
  posts: officer('officer-hoa-sen-reception-1').posts.map((post) => ({ ...post, roles: ['control'] })),
}

const now = new Date('2026-11-20T02:00:00Z')
const parts = { db, now }
const decision = { number: '99/QĐ-UBND', on: '2026-11-20' }
const named = { title: 'Thử', reason: 'Thử' }
const why = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')
const began = async (code: string, kind: ChangeKind = 'amend') =>
  accepted(await startChange(control, { code, kind, ...named }, parts))
const save = async (change: ProcedureChange, part: PartKind, content: unknown) =>
  accepted(
    await savePart(control, { id: change.id, part, seen: change.parts[part]?.revision ?? 0, content }, parts),
  )
async function approved({ id }: ProcedureChange) {
  accepted(await submitForReview(control, { id }, parts))
  return accepted(await approveChange(leader, { id }, parts))
}
const publish = ({ id }: ProcedureChange, validFrom = '2026-11-20') =>
  publishChange(control, { id, validFrom, decision }, parts)
const giveUp = ({ id }: ProcedureChange) => abandonChange(control, { id, note: 'Bỏ' }, parts)

describe('a change of one procedure touches no other', () => {
  const own = '1.004873'
  const other = '1.001193'

  test('not by the code inside its record', async () => {
    const stranger = (await effectiveParts(db, await began(other))).procedure
    await giveUp((await readOpen(other))!)
    let change = await began(own)
    const contents = await effectiveParts(db, change)
    await save(change, 'procedure', { ...contents.procedure, procedureCode: other })
    await save(change, 'form', { ...contents.form, procedureCode: other })
    change = await approved(change)
    expect((await readinessOf(change, parts)).problems.map(({ code }) => code)).toContain(
      'changes.not-together',
    )
    expect(why(await publish(change))).toBe('changes.not-ready')
    expect((await findVersion(db, other, '2026-11-20'))?.name).toBe(stranger.name)
    await giveUp(change)
  })

  test('not by the key of its form', async () => {
    let change = await began(own)
    const { procedure, form } = await effectiveParts(db, change)
    await save(change, 'procedure', { ...procedure, formKey: 'birth-registration' })
    await save(change, 'form', { ...form, key: 'birth-registration' })
    change = await approved(change)
    expect(why(await publish(change))).toBe('changes.not-ready')
    expect((await findForm(db, 'birth-registration', { on: '2026-11-20' }))?.version).toBe(1)
    await giveUp(change)
  })

  test('not by the key of its process', async () => {
    let change = await began(own)
    const { procedure, process } = await effectiveParts(db, change)
    const xml = process.xml.replaceAll('"marital-status"', '"birth-registration"')
    expect(xml).not.toBe(process.xml)
    await save(change, 'procedure', { ...procedure, processKey: 'birth-registration' })
    await save(change, 'process', { xml })
    change = await approved(change)
    expect(why(await publish(change))).toBe('changes.not-ready')
    expect((await findProcess(db, 'birth-registration', '2026-11-20'))?.version).toBe(1)
    await giveUp(change)
  })
})

async function readOpen(code: string) {
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from changes.change where procedure_code = $1 and state in ('draft', 'in-review', 'approved')`,
    [code],
  )
  return rows[0] && (await readChange(db, control, rows[0].id))
}

test('what was approved is what the second person saw', async () => {
  let change = await began('2.000635')
  const { form } = await effectiveParts(db, change)
  change = await save(change, 'form', form)
  change = accepted(await submitForReview(control, { id: change.id }, parts))
  const seen = change.submitted!.at
  accepted(await takeBackChange(control, { id: change.id }, parts))
  const { form: saved } = change.parts
  const later = { db, now: new Date(now.getTime() + 60_000) }
  const other = { id: change.id, part: 'form', seen: saved!.revision, content: { ...form, pages: [] } }
  accepted(await savePart(control, other, later))
  accepted(await submitForReview(control, { id: change.id }, later))
  expect(why(await approveChange(leader, { id: change.id, seen }, later))).toBe('changes.acted-meanwhile')
  const again = accepted(await approveChange(leader, { id: change.id, seen: later.now.toISOString() }, later))
  expect(again.state).toBe('approved')
  await giveUp(change)
})

test('control of a commune neither takes back nor gives up what others drafted', async () => {
  const change = await began('2.000635')
  expect(why(await abandonChange(ofCommune, { id: change.id, note: 'x' }, parts))).toBe('changes.not-yours')
  const { form } = await effectiveParts(db, change)
  await save(change, 'form', form)
  await approved(change)
  expect(why(await takeBackChange(ofCommune, { id: change.id }, parts))).toBe('changes.not-yours')
  expect(
    why(await publishChange(ofCommune, { id: change.id, validFrom: '2026-11-21', decision }, parts)),
  ).toBe('changes.not-yours')
  await giveUp(change)
})

test('an ending that was published stands when what it followed is taken back', async () => {
  const code = '1.000656'
  const first = await began(code)
  await save(first, 'form', (await effectiveParts(db, first)).form)
  accepted(await publish(await approved(first), '2026-12-01'))
  const ending = await began(code, 'abolish')
  accepted(await publish(await approved(ending), '2026-12-15'))
  expect(why(await withdrawChange(control, { id: first.id, note: 'x' }, parts))).toBe('changes.followed')
  expect(await findVersion(db, code, '2026-12-20')).toBeUndefined()
  accepted(await withdrawChange(control, { id: ending.id, note: 'x' }, parts))
  accepted(await withdrawChange(control, { id: first.id, note: 'x' }, parts))
  expect(await findVersion(db, code, '2026-12-20')).toMatchObject({ version: 1, validTo: null })
})

test('a procedure that is to end is not prolonged by a change that follows', async () => {
  const code = '1.014028'
  const ending = await began(code, 'abolish')
  accepted(await publish(await approved(ending), '2026-12-15'))
  const late = await began(code)
  await save(late, 'form', (await effectiveParts(db, late)).form)
  accepted(await publish(await approved(late), '2026-12-01'))
  expect(await findVersion(db, code, '2026-12-14')).toMatchObject({ version: 2 })
  expect(await findVersion(db, code, '2026-12-15')).toBeUndefined()
})

test('only one of two publications at the same moment is done', async () => {
  const change = await began('1.001193')
  await save(change, 'form', (await effectiveParts(db, change)).form)
  await approved(change)
  const outcomes = await Promise.all([publish(change), publish(change), publish(change)])
  expect(outcomes.filter((each) => !isRefusal(each))).toHaveLength(1)
  expect(await editionDates(db.pool, '1.001193')).toHaveLength(2)
})

describe('a draft of any shape is told what is wrong with it', () => {
  const strange: [PartKind, unknown][] = [
    ['procedure', {}],
    ['procedure', { name: 7, cases: 7, components: 'x', steps: {}, results: 1, legalBases: 2, routing: 3 }],
    ['procedure', { formKey: { a: 1 }, processKey: null, cases: [null], components: [null], counts: 'x' }],
    ['form', {}],
    ['form', { pages: 7, rules: 'x' }],
    ['form', { key: 'a', pages: [null, { groups: [null, { fields: [null, { key: 7 }] }] }], rules: [null] }],
    ['process', { xml: 'no xml' }],
    ['templates', [{}, { key: 7, blocks: 7, source: {} }]],
    ['tests', [{}, { name: 7 }]],
  ]
  test.each(strange)('%s %j', async (part, content) => {
    const change = (await readOpen('2.000635')) ?? (await began('2.000635'))
    const saved = await save(change, part, content)
    const { problems, tests } = await readinessOf(saved, parts)
    expect(problems.length + (tests?.failed ?? 0)).toBeGreaterThan(0)
    await giveUp(saved)
  })

  test('a test case that cannot be run fails', async () => {
    const change = await began('2.000635')
    const cases = [
      {
        name: { vi: 'a', en: 'a' },
        on: '9999-12-31',
        answers: { a: { b: [] } },
        expect: { steps: ['x=y=z', ''] },
      },
      {
        name: { vi: 'b', en: 'b' },
        on: '0001-01-01',
        recorded: { 'a.b.__proto__': true },
        expect: { asks: 0 },
      },
    ]
    const { tests } = await readinessOf(await save(change, 'tests', cases), parts)
    expect(tests?.failed).toBe(2)
    await giveUp(change)
  })
})

describe('what was published and is refused by a later release', () => {
  const owner = openDatabase(database.url, { max: 2 })
  afterAll(() => owner.close())
  const again = (key: string) =>
    database.pool.query('delete from directory.reference_load where key = $1', [key])

  test('a form keeps no other from being loaded, and stays as it was', async () => {
    await database.pool.query(
      `update forms.form_version set definition = '{"pages": 7}' where key = 'birth-registration' and version = 2`,
    )
    await again('forms')
    expect(await loadForms(owner)).toBe(true)
    forgetForms(db)
    const form = await findForm(db, 'birth-registration', { version: 2 })
    expect(form?.compiled.definition.procedureCode).toBe('1.001193')
  })

  test('a process keeps no other from being loaded, and stays as it was', async () => {
    await database.pool.query(
      `insert into processes.process_version (key, version, bpmn_xml, compiled, valid_from, valid_to, published_at,
         published_by, decision_number, decision_on, reason, reason_ref, reason_salt)
       select key, 2, 'x', compiled, '2027-01-01', null, now(), $1, '1', '2026-11-20', 'x',
         gen_random_uuid(), '\\x00'
       from processes.process_version where key = 'marital-status'`,
      [control.officerId],
    )
    await again('processes')
    expect(await loadProcesses(owner)).toBe(true)
    forgetProcesses(db)
    expect((await findProcess(db, 'marital-status', '2027-01-02'))?.compiled.id).toBe('marital-status')
  })
})

test('a change whose first parts cannot be saved is not begun, and blocks nobody', async () => {
  const contents = { form: { a: 'x\u0000' } as never }
  const refused = await startChange(
    control,
    { code: '2.000635', kind: 'amend', ...named },
    { ...parts, contents },
  )
  expect(why(refused)).toBe('changes.invalid')
  expect(await readOpen('2.000635')).toBeUndefined()
})
