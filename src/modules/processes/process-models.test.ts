import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepted } from '../../kernel/errors.ts'
import { limitHours, ProcedureVersion } from '../catalogue/index.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import type { CompiledProcess } from './compiled-process.ts'
import { drawProcess } from './draw-process.ts'
import { advance, awaits, begin, occur, outcomesOf, start } from './run-process.ts'

const reference = join(import.meta.dirname, '../../../db/reference')
const read = (path: string) => readFileSync(join(reference, path), 'utf8')
const procedures = readdirSync(join(reference, 'procedures'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => ProcedureVersion.parse(JSON.parse(read(`procedures/${file}`))))
const models = new Map<string, CompiledProcess>()
for (const { processKey } of procedures) {
  models.set(processKey, accepted(await compileProcess(read(`processes/${processKey}.bpmn`))))
}

const groups = procedures.filter(({ linked }) => linked !== null)
const ordinary = procedures.filter(({ linked }) => linked === null)

/** Walks with the ordinary outcome of every step; gives the steps and the end. */
function straightThrough(process: CompiledProcess) {
  const passed: string[] = []
  let [step] = start(process)
  for (;;) {
    passed.push(step!.stepId)
    const { next, ended, result } = advance(process, step!.stepId, {
      outcome: outcomesOf(process, step!.stepId)[0]!,
    })
    if (ended) return { passed, result }
    step = next[0]
  }
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
    const svg = drawProcess(process, { current: [start(process)[0]!.stepId] })
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

  test('any outcomes lead to a step or an end', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (choices) => {
        let open = start(process)
        for (const choice of choices) {
          const { stepId } = open[0]!
          const outcomes = outcomesOf(process, stepId)
          const after = advance(process, stepId, { outcome: outcomes[choice % outcomes.length]! })
          expect(after.ended).toBe(after.next.length === 0)
          if (after.ended) {
            expect(after.result).not.toBe(null)
            return
          }
          open = after.next
        }
      }),
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
  const birth = models.get('birth-registration')!
  expect(advance(birth, 'sign', { outcome: 'send-back' }).next[0]?.stepId).toBe('draft')
  expect(advance(birth, 'verify', { outcome: 'not-eligible' }).next[0]?.stepId).toBe('draft-refusal')
  expect(advance(birth, 'issue-refusal', { outcome: 'ok' })).toEqual({
    next: [],
    ended: true,
    result: 'refused',
  })
})
