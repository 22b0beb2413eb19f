import { describe, expect, test } from 'vitest'
import { officerAmong } from '../../../test/builders/officers.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream, verifyStream } from '../../kernel/journal.ts'
import { allOfficers } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { previewProcess } from './preview-process.ts'
import { findProcess, findProcessXml, forgetProcesses, getProcess, loadProcesses } from './process-store.ts'
import { publicationFacts } from './publication-facts.ts'
import { publishedVersions } from './publication-store.ts'
import { mayCheck, mayPublish, publishProcess, withdrawProcess } from './publish-process.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
const now = new Date('2026-11-19T02:00:00Z')
const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const facts = await publicationFacts(db, now)
const parts = { db, facts, now }

/** A process of these steps, one after the other. */
const model = (key: string, steps: Record<string, { role?: string; hours?: number; name?: string }>) => {
  const ids = ['s', ...Object.keys(steps), 'e']
  const tasks = Object.entries(steps).map(
    ([id, { role = 'specialist', hours = 4, name = id }]) =>
      `<bpmn:userTask id="${id}" name="${name}" motcua:role="${role}" motcua:hours="${hours}" />`,
  )
  const flows = ids
    .slice(1)
    .map((id, i) => `<bpmn:sequenceFlow id="f-${i}" sourceRef="${ids[i]}" targetRef="${id}" />`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/schema/bpmn" id="defs" targetNamespace="t">
<bpmn:process id="${key}" name="Quy trình ${key}" isExecutable="true"><bpmn:startEvent id="s" />${tasks.join('')}
<bpmn:endEvent id="e" motcua:result="granted" />${flows.join('')}</bpmn:process></bpmn:definitions>`
}
const stated = {
  decision: { number: '12/QĐ-UBND', on: '2026-11-18' },
  reason: 'Bỏ một bước kiểm tra',
  seen: 0,
}
const publish = (actor: Actor, changes: Record<string, unknown>) =>
  publishProcess(actor, { ...stated, validFrom: '2026-12-01', ...changes }, parts)

describe('a version is published', () => {
  test('with its file exactly as it was drawn; the one before it ends the day before', async () => {
    const xml = model('marital-status', { check: {}, sign: { role: 'leader' } }).replace(
      '?>',
      '?>\r\n<!-- ghi chú -->',
    )
    const seen = 1
    expect(await publish(control, { xml, seen })).toEqual({
      key: 'marital-status',
      version: 2,
      validFrom: '2026-12-01',
    })
    expect(await findProcessXml(db, 'marital-status', 2)).toBe(xml)
    expect(await findProcess(db, 'marital-status', '2026-11-30')).toMatchObject({
      version: 1,
      validTo: '2026-11-30',
    })
    expect(await findProcess(db, 'marital-status', '2026-12-01')).toMatchObject({ version: 2, validTo: null })
    expect((await getProcess(db, 'marital-status', 1)).compiled.steps).not.toHaveProperty('sign.next.to', 'e')
  })

  test('and told in the journal, with the decision and without the words of the reason', async () => {
    const { rows } = await database.pool.query<{ stream: string }>(
      `select stream from processes.process where key = 'marital-status'`,
    )
    const entries = await readStream(database.pool, rows[0]!.stream)
    expect(verifyStream(entries)).toBeUndefined()
    expect(entries).toMatchObject([
      {
        kind: 'processes.published',
        actor: { kind: 'officer', id: 'officer-control-1', post: 'H99.02/control/control-1' },
        data: { key: 'marital-status', version: 2, decision: { number: '12/QĐ-UBND' }, follows: 1 },
      },
    ])
    expect(JSON.stringify(entries[0]!.data)).not.toContain('Bỏ một bước')
  })

  test('and known to another process of the installation at once when a dossier names it', async () => {
    const other = openDatabase(database.url, { role: 'motcua_app', max: 1 })
    expect(await findProcess(other, 'one-more', '2026-12-02')).toBeUndefined()
    accepted(await publish(control, { xml: model('one-more', { check: {} }) }))
    expect(await getProcess(other, 'one-more', 1)).toMatchObject({ validFrom: '2026-12-01' })
    await other.close()
  })

  test('and stays when the shipped models are loaded again', async () => {
    await database.pool.query(`delete from directory.reference_load where key = 'processes'`)
    const owner = openDatabase(database.url, { max: 2 })
    expect(await loadProcesses(owner)).toBe(true)
    forgetProcesses(db)
    expect(await findProcess(db, 'marital-status', '2026-12-01')).toMatchObject({ version: 2 })
    expect(await findProcess(db, 'marital-status', '2026-11-30')).toMatchObject({ version: 1 })
    await owner.close()
  })
})

describe('who may', () => {
  test.each([
    ['officer-control-1', true, true],
    ['officer-office-head-1', true, true],
    ['officer-hoa-sen-control-1', false, true],
    ['officer-hoa-sen-leader-1', false, false],
    ['officer-province-leader-2', false, false],
    ['officer-hoa-sen-reception-1', false, false],
  ])('%s publishes: %s, checks: %s', async (id, publishes, checks) => {
    expect(await mayPublish(db, officer(id))).toBe(publishes)
    expect(mayCheck(officer(id))).toBe(checks)
  })

  test.each<[string, Actor]>([
    ['a stranger', { kind: 'anonymous' }],
    ['a system with every scope', { kind: 'system', clientId: 'c', name: 'c', scopes: ['officer:act'] }],
    ['a leader', officer('officer-hoa-sen-leader-1')],
    ['control of one commune', officer('officer-hoa-sen-control-1')],
    [
      'control for some procedures alone',
      { ...control, posts: control.posts.map((post) => ({ ...post, procedures: ['1.001193'] })) },
    ],
  ])('%s neither publishes nor withdraws', async (_, actor) => {
    const xml = model('not-theirs', { check: {} })
    expect(await publish(actor, { xml })).toMatchObject({ kind: 'forbidden' })
    const asked = { key: 'one-more', version: 1, reason: 'x' }
    expect(await withdrawProcess(actor, asked, parts)).toMatchObject({ kind: 'forbidden' })
    expect(await publishedVersions(db.pool, 'not-theirs')).toEqual([])
  })
})

describe('nothing is published', () => {
  const xml = model('refused', { check: {} })
  const fieldsOf = async (changes: Record<string, unknown>) => {
    const refused = await publish(control, { xml, ...changes })
    if (!isRefusal(refused)) throw new Error('published')
    return (refused.details as { problems: { field: string; code: string }[] }).problems.map(
      ({ field, code }) => `${field} ${code}`,
    )
  }

  test.each([
    [
      'on a day that has passed',
      { validFrom: '2026-11-18' },
      ['validFrom in-the-past', 'decisionOn decision-after-start'],
    ],
    [
      'by a decision of tomorrow',
      { decision: { number: '1', on: '2026-11-20' } },
      ['decisionOn decision-in-the-future'],
    ],
    [
      'without a decision',
      { decision: { number: ' ', on: '' } },
      ['decisionNumber needed', 'decisionOn needed'],
    ],
    ['without a reason', { reason: '' }, ['reason needed']],
    ['with a reason of a thousand words', { reason: 'x'.repeat(501) }, ['reason too-long']],
  ])('%s', async (_, changes, problems) => {
    const wanted =
      'validFrom' in changes ? { ...changes, decision: { number: '1', on: '2026-11-19' } } : changes
    expect(await fieldsOf(wanted)).toEqual(problems)
  })

  test('that cannot run: every problem is told', async () => {
    const broken = xml.replace(' motcua:hours="4"', '').replace('name="check"', 'name="Kiểm tra"')
    expect(await publish(control, { xml: broken })).toMatchObject({
      code: 'processes.not-runnable',
      details: { problems: [{ code: 'hours-missing', element: 'check', params: { name: 'Kiểm tra' } }] },
    })
  })

  test('before a version that is still to come', async () => {
    const changed = model('marital-status', { check: {} })
    expect(await publish(control, { xml: changed, seen: 2, validFrom: '2026-11-25' })).toMatchObject({
      details: { problems: [{ field: 'validFrom', code: 'not-after-the-last', params: { version: 2 } }] },
    })
  })

  test('when somebody else published meanwhile, or the same is in force', async () => {
    const first = model('twice', { check: {} })
    const [one, other] = await Promise.all([
      publish(control, { xml: first }),
      publish(control, { xml: first }),
    ])
    expect([one, other].filter((each) => !isRefusal(each))).toHaveLength(1)
    expect([one, other].filter(isRefusal)).toMatchObject([{ code: 'processPage.meanwhile' }])
    expect(await publish(control, { xml: first, seen: 1, validFrom: '2026-12-02' })).toMatchObject({
      code: 'processPage.same-as',
    })
  })
})

describe('a version is taken back', () => {
  test('before its first day; the one before it goes on, and its number is not given again', async () => {
    const asked = { key: 'marital-status', version: 2, reason: 'Ban hành nhầm ngày' }
    expect(accepted(await withdrawProcess(control, asked, parts))).toMatchObject({ version: 2 })
    expect(await findProcess(db, 'marital-status', '2026-12-01')).toMatchObject({ version: 1, validTo: null })
    expect(await withdrawProcess(control, asked, parts)).toMatchObject({
      code: 'processPage.already-withdrawn',
    })
    const again = model('marital-status', { check: { hours: 5 } })
    expect(await publish(control, { xml: again, seen: 2 })).toMatchObject({ version: 3 })
    expect(
      (await publishedVersions(db.pool, 'marital-status')).map(({ version, withdrawn }) => [
        version,
        withdrawn?.reason,
      ]),
    ).toEqual([
      [3, undefined],
      [2, 'Ban hành nhầm ngày'],
      [1, undefined],
    ])
  })

  test('never once it is in force, shipped or unknown', async () => {
    accepted(await publish(control, { xml: model('of-today', { check: {} }), validFrom: '2026-11-19' }))
    const tried = await Promise.all(
      [
        { key: 'of-today', version: 1 },
        { key: 'birth-registration', version: 1 },
        { key: 'birth-registration', version: 9 },
        { key: 'nowhere', version: 1 },
      ].map((each) => withdrawProcess(control, { ...each, reason: 'x' }, parts)),
    )
    expect(tried.map((each) => isRefusal(each) && each.code)).toEqual([
      'processPage.in-force',
      'processPage.in-force',
      'processPage.unknown',
      'processPage.unknown',
    ])
  })
})

describe('a preview', () => {
  test('compares with the version before, step by step', async () => {
    accepted(
      await publish(control, { xml: model('compared', { check: {}, review: {}, sign: { role: 'leader' } }) }),
    )
    const next = model('compared', {
      check: { hours: 6, name: 'Kiểm tra' },
      sign: { role: 'head' },
      seal: { role: 'clerk' },
    })
    const { changes, problems, hours } = await previewProcess(next, facts)
    expect(problems).toEqual([])
    expect(hours).toBe(14)
    expect(changes).toEqual([
      {
        stepId: 'check',
        name: 'Kiểm tra',
        change: 'changed',
        parts: [
          { part: 'name', from: 'check', to: 'Kiểm tra' },
          { part: 'hours', from: '4', to: '6' },
        ],
      },
      {
        stepId: 'sign',
        name: 'sign',
        change: 'changed',
        parts: [{ part: 'role', from: 'leader', to: 'head' }],
      },
      { stepId: 'seal', name: 'seal', change: 'added', parts: [] },
      { stepId: 'review', name: 'review', change: 'removed', parts: [] },
    ])
  })

  test('warns of hours above a legal limit, of a role that nobody holds, and of a process that nothing uses', async () => {
    const codes = async (xml: string) => (await previewProcess(xml, facts)).warnings.map(({ code }) => code)
    expect(await codes(model('marital-status', { check: { hours: 400 } }))).toContain('above-limit')
    expect(await codes(model('marital-status', { check: { role: 'admin' } }))).toEqual(['role-unheld-at'])
    const nobody = { ...facts, holders: () => ({ count: 0, without: [] }) }
    const { warnings } = await previewProcess(model('marital-status', { check: {} }), nobody)
    expect(warnings).toMatchObject([{ code: 'role-unheld', element: 'check' }])
    expect(await codes(model('marital-status', { check: { role: 'head' } }))).toEqual([])
    expect(await codes(model('unused', { check: {} }))).toEqual(['not-used'])
  })

  test('warns of a process that calls this one and would take longer with it than its law allows, or not run', async () => {
    const caller = `${model('owner', { call: {} })}`.replace(
      /<bpmn:userTask[^>]*>/,
      '<bpmn:callActivity id="call" name="call" calledElement="part" />',
    )
    const [use] = await facts.uses('marital-status')
    const callers = async (key: string) =>
      key === 'part' ? [{ key: 'owner', name: 'Quy trình chủ', xml: caller, uses: [use!] }] : []
    const warned = async (hours: number) =>
      (await previewProcess(model('part', { check: { hours } }), { ...facts, callers })).warnings
    expect(await warned(400)).toContainEqual(
      expect.objectContaining({
        code: 'above-limit-of-caller',
        params: expect.objectContaining({ owner: 'Quy trình chủ', hours: 400 }),
      }),
    )
    expect((await warned(4)).map(({ code }) => code)).not.toContain('above-limit-of-caller')
    expect((await warned(4)).map(({ code }) => code)).not.toContain('not-used')
  })

  test('of a model that cannot run tells its problems alone, and a name that no address can carry is one', async () => {
    const broken = await previewProcess(model('broken', { a: { role: 'king' } }), facts)
    expect(broken).toMatchObject({
      process: null,
      problems: [{ code: 'role-unknown', element: 'a' }],
      changes: null,
    })
    const long = await previewProcess(model('k'.repeat(100), { a: {} }), facts)
    expect(long.problems).toMatchObject([{ code: 'key-invalid' }])
    const huge = await previewProcess(' '.repeat(5 * 1024 * 1024 + 1), facts)
    expect(huge.problems).toMatchObject([{ code: 'processes.too-large', params: { limitMb: 5 } }])
  })
})
