import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packagedText, procedureJsons } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import { limitHours, ProcedureVersion } from '../catalogue/index.ts'
import { Playing } from './a-model.builder.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import type { CompiledProcess } from './compiled-process.ts'
import { drawProcess } from './draw-process.ts'
import { awaits, begin, occur, outcomesOf } from './run-process.ts'

const procedures = procedureJsons.map((json) => ProcedureVersion.parse(json))
const models = new Map<string, CompiledProcess>()
for (const { processKey, formKey } of procedures) {
  models.set(processKey, accepted(await compileProcess(packagedText(`${formKey}/process.bpmn`))))
}

const groups = procedures.filter(({ linked }) => linked !== null)
const ordinary = procedures.filter(({ linked }) => linked === null)

/** Every step in its ordinary outcome and everything awaited come; gives the steps in order, and the end. */
function straightThrough(process: CompiledProcess) {
  const passed: string[] = []
  const game = new Playing(process)
  while (!game.last.ended) {
    const [node = ''] = game.open.split(' ')
    if (process.steps[node]) passed.push(game.did(node) && node)
    else game.came(node)
  }
  return { passed, result: game.last.result }
}

describe.each(procedures)('the process of $procedureCode', (procedure) => {
  const process = models.get(procedure.processKey)!

  test('has the name of its file, can be published, and fits every legal limit', () => {
    expect(process.id).toBe(procedure.processKey)
    for (const each of procedure.cases) {
      expect(checkProcess(process, { limitHours: limitHours(each.limit) })).toEqual({
        errors: [],
        warnings: [],
      })
    }
  })

  test('can be drawn, with a place for every step', () => {
    const svg = drawProcess(process, { current: new Playing(process).open.split(' ') })
    expect(svg).toContain('bp-current')
    const drawn = new Set(process.diagram!.shapes.map((shape) => shape.id))
    expect(Object.keys(process.steps).filter((stepId) => !drawn.has(stepId))).toEqual([])
  })
})

describe.each(ordinary)('the process of $procedureCode', (procedure) => {
  const process = models.get(procedure.processKey)!

  test('grants when every step is in order, through a signature and the clerk', () => {
    const { passed, result } = straightThrough(process)
    expect(result).toBe('granted')
    const kinds = passed.map((stepId) => process.steps[stepId]!.kind)
    expect(kinds).toContain('draft')
    expect(kinds.slice(-2)).toEqual(['decide', 'issue'])
  })

  test('whatever happens, something is open or a result is there', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (choices) => {
        const game = new Playing(process)
        for (const choice of choices) {
          const { messages, timers } = awaits(process, game.marking)
          const happenings = [
            ...game.open
              .split(' ')
              .flatMap((node) => outcomesOf(process, node).map((each) => () => game.did(`${node}=${each}`))),
            ...[...messages, ...timers].map(
              ({ node }) =>
                () =>
                  game.came(node),
            ),
          ]
          happenings[choice % happenings.length]!()
          if (game.last.ended) {
            expect(game.last.result).not.toBe(null)
            return
          }
          expect(game.open).not.toBe('')
        }
      }),
      { numRuns: 50 },
    )
  })
})

test.each(groups)('the group $procedureCode waits until all its branches have ended', ({ processKey }) => {
  const process = models.get(processKey)!
  const { marking, ended } = begin(process, {})
  expect(ended).toBe(false)
  expect(awaits(process, marking).messages).toEqual([{ node: 'branches', message: 'branches-ended' }])
  expect(occur(process, marking, 'branches', {})).toMatchObject({ ended: true, result: 'granted' })
})

test('a file sent back returns to the draft, and a refusal has its own signature', () => {
  const birth = () => new Playing(models.get('birth-registration')!)
  expect(birth().did('verify draft sign=send-back').open).toBe('draft')
  expect(birth().did('verify=not-eligible').open).toBe('draft-refusal')
  expect(birth().did('verify=not-eligible draft-refusal sign-refusal issue-refusal').last).toMatchObject({
    ended: true,
    result: 'refused',
  })
})
