import type { Dossier, Task } from 'motcua/modules/dossiers'
import type { CompiledProcess, Marking } from 'motcua/modules/processes'
import { expect, test } from 'vitest'
import { livePosition, placeLines } from './process-place.view'

const task = (stepId: string | null, closed: boolean, kind: Task['kind'] = 'step') =>
  ({ kind, stepId, closedAt: closed ? '2026-11-19T02:00:00Z' : null }) as Task
const dossier = (tasks: Task[], marking: Partial<Marking> | null) =>
  ({
    tasks,
    marking: marking && { tokens: [], scopes: [], timers: [], last: 0, result: null, ...marking },
  }) as Pick<Dossier, 'tasks' | 'marking'>
const at = (node: string, no = 1) => ({ no, at: node, by: null, scope: 0 })

test('a dossier stands wherever a token does, and in the parts around it', () => {
  const marking = {
    tokens: [at('draft'), at('tax', 2), at('both', 3)],
    scopes: [{ no: 4, node: 'part', parent: 0 }],
  }
  expect(
    livePosition(dossier([task('check', true), task('draft', false), task('tax', false, 'wait')], marking)),
  ).toEqual({ current: ['draft', 'tax', 'both', 'part'], done: ['check'] })
})

test('while it waits for the applicant it stands where it asked, and asking is no step done', () => {
  const tasks = [task('check', true), task('check', true, 'supplement'), task(null, true, 'intake')]
  expect(livePosition(dossier(tasks, { tokens: [at('check')] }))).toEqual({
    current: ['check'],
    done: ['check'],
  })
})

test('what began before markings were kept stands where its work is open', () => {
  const tasks = [task('check', true), task('draft', false), task(null, false, 'return')]
  expect(livePosition(dossier(tasks, null))).toEqual({ current: ['draft'], done: ['check'] })
})

test('the place is told in words, with the moment that is waited for', () => {
  const process = {
    steps: { draft: { name: 'Soạn giấy phép' } },
    waits: { notice: { name: 'Niêm yết' }, tax: { name: 'Chờ Thuế' } },
    gateways: { both: { name: 'Đủ cả hai' } },
  } as unknown as CompiledProcess
  const marking = {
    tokens: [at('draft'), at('notice', 2), at('tax', 3), at('both', 4), at('gone', 5)],
    timers: [{ node: 'notice', token: 2, scope: null, at: '2026-11-30T02:00:00Z' }],
  }
  expect(placeLines(dossier([], marking), process, 'vi')).toEqual([
    'Soạn giấy phép',
    'Niêm yết, đến 09:00 ngày 30/11/2026',
    'Chờ Thuế',
    'Chờ các việc làm song song (Đủ cả hai)',
  ])
})
