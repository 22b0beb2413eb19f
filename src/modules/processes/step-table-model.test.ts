import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packagedFiles, packagedText } from '../../../test/builders/packages.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { Playing } from './a-model.builder.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import { readDrawing } from './read-drawing.ts'
import { aRow, aTable } from './step-table.builder.ts'
import { idFor, StepTable, type Target } from './step-table.ts'
import { modelToSteps } from './step-table-from-model.ts'
import { stepsToModel } from './step-table-model.ts'
import { savedTable, withKnownIds } from './step-table-save.ts'

const process = { key: 'p', name: 'Quy trình' }
const back = (to: Target) => ({ outcome: 'send-back', to })
const table = aTable(
  aRow('verify', {
    outcomes: [
      { outcome: 'ok', to: 'next' },
      { outcome: 'not-eligible', to: 'refused' },
    ],
  }),
  aRow('sign', {
    role: 'leader',
    kind: 'decide',
    outcomes: [{ outcome: 'approved', to: 'next' }, back('#verify')],
  }),
  aRow('issue', { role: 'clerk', hours: 0.5 }),
)

async function tableOf(xml: string): Promise<StepTable> {
  const read = await modelToSteps(xml)
  if (!('table' in read)) throw new Error(JSON.stringify(read))
  return read.table
}

describe('a table as a model', () => {
  test('a step that signs before the decision still does so after the table was saved', async () => {
    const read = await modelToSteps(packagedText('social-pension/process-2.bpmn'))
    if (!('table' in read)) throw new Error('no table')
    const xml = await stepsToModel(read.table, { key: 'social-pension', name: 'Trợ cấp' })
    expect(xml).toContain('motcua:signs="initial"')
  })

  test('runs as it says: on, back and refused', async () => {
    const compiled = accepted(await compileProcess(await stepsToModel(table, process)))
    expect(checkProcess(compiled)).toEqual({ errors: [], warnings: [] })
    const run = new Playing(compiled).did('verify sign=send-back verify sign issue')
    expect(run.last).toMatchObject({ ended: true, result: 'granted' })
    expect(new Playing(compiled).did('verify=not-eligible').last).toMatchObject({
      ended: true,
      result: 'refused',
    })
  })

  test('brings its drawing, with a shape for everything', async () => {
    const xml = await stepsToModel(table, process)
    expect(xml).toContain('<bpmndi:BPMNPlane')
    const drawn = await readDrawing(xml)
    expect(drawn!.shapes.map(({ id }) => id).toSorted()).toEqual([
      'accepted',
      'granted',
      'issue',
      'refused',
      'sign',
      'sign-choice',
      'verify',
      'verify-choice',
    ])
  })

  test('that lacks something is written all the same, and the check says what', async () => {
    const lacking = aTable(aRow('a', { role: null, hours: null }))
    const xml = await stepsToModel(lacking, process)
    const refused = await compileProcess(xml)
    expect(
      isRefusal(refused) &&
        (refused.details as { problems: { code: string }[] }).problems.map(({ code }) => code),
    ).toEqual(['role-missing', 'hours-missing'])
    expect(await tableOf(xml)).toEqual(lacking)
  })

  test('without a row leads straight to the end', async () => {
    expect(await tableOf(await stepsToModel(aTable(), process))).toEqual(aTable())
  })

  test('keeps the hours before acceptance and for returning the result', async () => {
    const outside = { ...table, receptionHours: 2, returnHours: 0.5 }
    expect(await tableOf(await stepsToModel(outside, process))).toEqual(outside)
  })
})

const word = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => text.replace(/[\p{Surrogate}\u0000]/gu, ''))
const outcome = fc.stringMatching(/^[a-z]{1,6}$/)
const id = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][\w.-]{0,12}$/),
  fc.constantFrom(
    'accepted',
    'granted',
    'refused',
    'a-choice',
    'a',
    'accepted-to-a',
    'shape-a',
    'plane',
    'definitions',
  ),
)
const usable = id.filter((each) => !(each in Object.prototype) && each !== process.key)

const tables = fc
  .uniqueArray(usable, { minLength: 1, maxLength: 10 })
  .chain((ids) => {
    const target = fc.oneof(
      fc.constantFrom<Target>('next', 'granted', 'refused'),
      fc.constantFrom(...ids).map((each): Target => `#${each}`),
    )
    const outcomes = fc.uniqueArray(fc.record({ outcome, to: target }), {
      minLength: 1,
      maxLength: 4,
      selector: (each) => each.outcome,
    })
    const row = fc.record({
      name: word,
      note: word,
      performer: word,
      product: word,
      role: fc.constantFrom('specialist', 'leader', null),
      unitKind: fc.constantFrom('division', 'leadership'),
      authority: fc.constantFrom('competent', 'receiving'),
      kind: fc.constantFrom('work', 'decide'),
      hours: fc.constantFrom(0.5, 4, null),
      outcomes,
    })
    return fc.tuple(...ids.map((each) => row.map((rest) => ({ id: each, ...rest }))))
  })
  .map((rows) => StepTable.parse({ rows, receptionHours: 1 }))

/** The same table in the one way of saying it: below, rather than by name. */
const plain = ({ rows, ...rest }: StepTable): StepTable => ({
  ...rest,
  rows: rows.map((row, i) => ({
    ...row,
    outcomes: row.outcomes.map(({ outcome: code, to }) => {
      const below = rows[i + 1]?.id
      const isNext = below === undefined ? to === 'granted' : to === `#${below}`
      return { outcome: code, to: isNext ? 'next' : to }
    }),
  })),
})

describe('there and back', () => {
  test('any table comes back from its model as it was', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (given) => {
        expect(await tableOf(await stepsToModel(given, process))).toEqual(plain(given))
      }),
      { numRuns: 60 },
    )
  })

  test.each(packagedFiles('process*.bpmn'))(
    '%s is a table that runs the same, or says why not',
    async (path) => {
      const xml = packagedText(path)
      const read = await modelToSteps(xml)
      if (!('table' in read)) {
        expect(read.richer.length).toBeGreaterThan(0)
        return
      }
      const again = await stepsToModel(read.table, read)
      const [before, after] = [accepted(await compileProcess(xml)), accepted(await compileProcess(again))]
      const steps = (of: typeof before) =>
        Object.fromEntries(Object.values(of.steps).map(({ next: _next, ...step }) => [step.stepId, step]))
      expect(steps(after)).toEqual(steps(before))
      expect(checkProcess(after).errors).toEqual([])
      expect(await tableOf(again)).toEqual(read.table)
    },
  )

  test('a model with more than a table can say names each place of it', async () => {
    const read = await modelToSteps(packagedText('building-permit/process-2.bpmn'))
    expect('richer' in read && read.richer.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['part', 'wait', 'event', 'gateway', 'ending']),
    )
  })

  test('a branch that looks at answers is more than a table', async () => {
    const xml = (await stepsToModel(table, process)).replace(
      'outcome = &quot;send-back&quot;',
      'answers.area &gt; 5',
    )
    expect(await modelToSteps(xml)).toMatchObject({ richer: [{ code: 'condition' }] })
  })

  test.each([
    ['no XML', 'x'],
    ['entities', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    ['another file', '<a/>'],
    [
      'elements we do not run',
      packagedText('birth-registration/process.bpmn').replaceAll('bpmn:userTask', 'bpmn:scriptTask'),
    ],
  ])('%s is no table', async (_, xml) => {
    expect(await modelToSteps(xml)).toMatchObject({ richer: [{ code: 'not-runnable' }] })
  })
})

describe('saving a table', () => {
  const xml = packagedText('birth-registration/process.bpmn')

  test('that leads the same ways keeps the drawing, the pools and what others wrote', async () => {
    const read = await tableOf(xml)
    const changed = {
      ...read,
      rows: read.rows.map((row, i) =>
        i === 0 ? { ...row, hours: 3, name: 'Thẩm tra <kỹ>', note: 'a\nb' } : row,
      ),
    }
    const foreign = xml.replace('isExecutable="true"', 'isExecutable="true" xmlns:x="urn:x" x:note="giữ"')
    const saved = await savedTable(changed, { key: 'birth-registration', name: '' }, foreign)
    expect(saved.redrawn).toBe(false)
    expect(saved.xml).toContain('x:note="giữ"')
    expect(saved.xml).toContain('lane-leadership')
    expect(await tableOf(saved.xml)).toEqual(changed)
  })

  test('with other steps is drawn anew', async () => {
    const read = await tableOf(xml)
    const shorter = {
      ...read,
      rows: read.rows.slice(0, 1).map((row) => ({ ...row, outcomes: row.outcomes.slice(0, 1) })),
    }
    const saved = await savedTable(shorter, { key: 'birth-registration', name: 'Khai sinh' }, xml)
    expect(saved.redrawn).toBe(true)
    expect((await tableOf(saved.xml)).rows.map(({ id }) => id)).toEqual(['verify'])
  })

  test('steps of the same name keep their id, wherever they stand now', () => {
    const before = [aRow('verify', { name: 'Thẩm tra' }), aRow('sign', { name: 'Ký' })]
    const pasted = [
      aRow('sign', { name: 'Soạn' }),
      aRow('ky', { name: 'Ký', outcomes: [back('#sign')] }),
      aRow('x', { name: ' thẩm  TRA' }),
    ]
    expect(withKnownIds(pasted, before).map(({ id, outcomes }) => [id, outcomes[0]!.to])).toEqual([
      ['sign-2', 'next'],
      ['sign', '#sign-2'],
      ['verify', 'next'],
    ])
  })
})

describe('what no table holds', () => {
  const problems = (rows: unknown[]) =>
    StepTable.safeParse({ rows }).error?.issues.map(({ message }) => message) ?? []
  test.each([
    ['two rows of one id', [aRow('a'), aRow('a')]],
    ['an id that every object has', [aRow('constructor')]],
    ['an id that XML does not take', [aRow('1 a')]],
    ['a way to nowhere', [aRow('a', { outcomes: [back('#b')] })]],
    ['an outcome twice', [aRow('a', { outcomes: [back('next'), back('granted')] })]],
    [
      'an outcome that breaks a condition',
      [aRow('a', { outcomes: [{ outcome: 'a" or true', to: 'next' }] })],
    ],
    ['no outcome', [aRow('a', { outcomes: [] })]],
    ['hours that are none', [aRow('a', { hours: -1 })]],
    ['more rows than a process has', Array.from({ length: 101 }, (_, i) => aRow(`a${i}`))],
    ['text that cannot be stored', [aRow('a', { name: '\u0000' })]],
  ])('%s', (_, rows) => {
    expect(problems(rows).length).toBeGreaterThan(0)
  })

  test('ids are the names without accents, once each', () => {
    expect(idFor('Thẩm định hồ sơ', [])).toBe('tham-dinh-ho-so')
    expect(idFor('Ký', ['ky'])).toBe('ky-2')
    expect(idFor('1. Đóng dấu', [])).toBe('dong-dau')
    expect([idFor('', []), idFor('granted', []), idFor('constructor', [])]).toEqual([
      'step',
      'granted-2',
      'constructor-2',
    ])
  })
})
