import { describe, expect, test } from 'vitest'
import { aCalendar } from '../../../../test/builders/a-calendar.ts'
import { aDossier } from '../../../../test/builders/a-dossier.ts'
import { packagedText } from '../../../../test/builders/packages.ts'
import { ProcedureVersion } from '../../catalogue/index.ts'
import { type EditionedDossier, type EditionFacts, editionMoveOf } from './edition-move.ts'

const shipped = () => ProcedureVersion.parse(JSON.parse(packagedText('marital-status/procedure.json')))
const calendar = aCalendar()

function editionWith(change: (edition: ProcedureVersion) => void = () => undefined): ProcedureVersion {
  const edition = { ...shipped(), version: 2 }
  change(edition)
  return edition
}

const limitOf = (amount: number) => (edition: ProcedureVersion) => {
  for (const each of edition.cases) each.limit = { ...each.limit, amount, unit: 'working-day', cutOff: null }
}

const facts = (edition: ProcedureVersion, rule: EditionFacts['rule'] = 'move-all'): EditionFacts => ({
  ...{ rule, calendar, communeCode: null, run: 'run' },
  target: { edition, form: 2, process: { key: 'marital-status', version: 5 } },
})

const caseCode = shipped().cases.find(({ when }) => when === null)!.code
const base = aDossier().dossier
const accepted = (stated: Partial<EditionedDossier> = {}): EditionedDossier => ({
  ...base,
  ...{ procedureVersion: 1, formVersion: 1, caseCode, processKey: 'marital-status', processVersion: 1 },
  ...{
    limit: { amount: 3, unit: 'working-day', cutOff: null },
    supplementRule: 'subtract',
    pauses: [],
    extension: null,
  },
  ...{ acceptedAt: '2026-11-19T02:00:00.000Z', decidedAt: null },
  ...{ dueAt: '2026-11-24T10:30:00.000Z', indexDueAt: '2026-11-24T10:30:00.000Z', tasks: [] },
  ...stated,
})
const filed = accepted({ acceptedAt: null, dueAt: null, indexDueAt: null })
const move = (dossier: EditionedDossier, edition: ProcedureVersion, rule?: EditionFacts['rule']) =>
  editionMoveOf(dossier, facts(edition, rule))

describe('an accepted dossier', () => {
  test('gets a date that comes earlier, and keeps its form and its process', () => {
    const found = move(accepted(), editionWith(limitOf(1)))
    expect(found).toMatchObject({
      from: { procedure: 1, form: 1 },
      to: { procedure: 2, form: 1 },
      dueAt: '2026-11-20T10:30:00.000Z',
      limit: { amount: 1 },
      process: { key: 'marital-status', version: 1 },
    })
  })

  test('never gets a later date than promised: limit and date stay', () => {
    const found = move(accepted(), editionWith(limitOf(9)))
    expect(found).toMatchObject({
      dueAt: '2026-11-24T10:30:00.000Z',
      limit: { amount: 3 },
      supplementRule: 'subtract',
    })
  })

  test('that waits keeps its clock standing, and the shorter limit counts when it goes on', () => {
    const pauses = [{ from: '2026-11-20T02:00:00.000Z', to: null, reason: 'supplement' as const }]
    const waiting = accepted({ pauses, dueAt: null, indexDueAt: null })
    const edition = editionWith((each) => {
      limitOf(1)(each)
      each.supplementRule = 'subtract'
    })
    expect(move(waiting, edition)).toMatchObject({ dueAt: null, limit: { amount: 1 } })
    expect(move(waiting, editionWith(limitOf(9)))).toMatchObject({ dueAt: null, limit: { amount: 3 } })
  })

  test('says what was promised before, where its date moves and only there', () => {
    expect(move(accepted(), editionWith(limitOf(1)))).toMatchObject({ promised: accepted().dueAt })
    expect(move(accepted(), editionWith(limitOf(9)))).not.toHaveProperty('promised')
  })

  test('has no step that ends after its date', () => {
    const [task] = base.tasks
    const step = { ...task!, no: 4, kind: 'step' as const, closedAt: null, dueAt: '2026-11-23T10:30:00.000Z' }
    const found = move(accepted({ tasks: [step] }), editionWith(limitOf(1)))
    expect(found).toMatchObject({ changes: [{ no: 4, set: { dueAt: '2026-11-20T10:30:00.000Z' } }] })
  })

  test('stays when only those not accepted move', () => {
    expect(move(accepted(), editionWith(), 'move-not-accepted')).toBeNull()
  })
})

describe('a dossier that nobody accepted yet', () => {
  test.each(['move-not-accepted', 'move-all'] as const)(
    'takes the new terms, form and process under %s',
    (rule) => {
      expect(move(filed, editionWith(limitOf(9)), rule)).toMatchObject({
        to: { procedure: 2, form: 2 },
        ...{ limit: { amount: 9 }, dueAt: null, process: { version: 5 } },
      })
    },
  )
})

test('a dossier stays when its case is gone, and one that is decided or moved already is left', () => {
  const other = editionWith((edition) => {
    for (const each of edition.cases) each.code = `${each.code}x`
  })
  expect(move(accepted(), other)).toEqual({ stays: 'no-such-case', step: null })
  expect(move(accepted({ decidedAt: '2026-11-20T02:00:00.000Z' }), editionWith())).toBeNull()
  expect(move(accepted({ procedureVersion: 2 }), editionWith())).toBeNull()
})
