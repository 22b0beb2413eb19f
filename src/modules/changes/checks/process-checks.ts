import { isRefusal } from '../../../kernel/errors.ts'
import { type Feel, pathsOf } from '../../../kernel/feel/index.ts'
import { limitHours, limitText } from '../../catalogue/index.ts'
import {
  type CompiledProcess,
  checkProcess,
  compileProcess,
  longestHours,
  outsideHours,
  type ProcessProblem,
} from '../../processes/index.ts'
import type { Contents } from '../contents.ts'
import { type Finding, findingsOf } from './finding.ts'
import { answerKeys, answerOf } from './placed.ts'
import { givenFacts } from './reference-checks.ts'

const found = findingsOf('process')
const mostProblems = 50

/** What keeps a process from running, takes longer than the law allows, or reads what nobody answers. */
export async function* processFindings(
  { process: { xml }, procedure, form }: Contents,
  called: (key: string) => Promise<string | undefined>,
): AsyncGenerator<Finding> {
  if (!xml) {
    yield found('error', '', 'no-process')
    return
  }
  const process = await compileProcess(xml, { called })
  if (isRefusal(process)) {
    const { problems = [] } = process.details as { problems?: ProcessProblem[] }
    if (problems.length === 0) yield found('error', '', 'process-unreadable')
    for (const problem of problems.slice(0, mostProblems)) yield said('error', problem)
    return
  }
  const { errors, warnings } = checkProcess(process)
  for (const problem of errors.slice(0, mostProblems)) yield said('error', problem)
  for (const problem of warnings.slice(0, mostProblems)) yield said('warning', problem)
  if (procedure?.processKey && procedure.processKey !== process.id)
    yield found('error', '', 'process-of-another', { key: process.id, expected: procedure.processKey })
  yield* hoursFindings(longestHours(process) + outsideHours(xml), procedure)
  yield* conditionFindings(process, form)
}

/** A problem of the model in the words of the processes: `checks.process` hands over to `processes.problem.<code>`. */
const said = (severity: Finding['severity'], { code, element, params }: ProcessProblem): Finding =>
  found(severity, element ?? '', `process.${code}`, params)

// Internal steps, with reception and return, never exceed the published limit.
function* hoursFindings(hours: number, procedure: Contents['procedure'] | undefined): Generator<Finding> {
  for (const each of procedure?.cases ?? []) {
    if (!each.limit) continue
    const limit = limitHours(each.limit)
    if (hours > limit)
      yield found('error', '', 'hours-above-limit', {
        name: each.name?.vi ?? each.code,
        hours,
        limitHours: limit,
        limit: limitText(each.limit),
      })
  }
}

function* conditionFindings(process: CompiledProcess, form: Contents['form']): Generator<Finding> {
  const keys = new Set([...answerKeys(form), ...givenFacts])
  const outcomes = new Set(Object.values(process.steps).flatMap((step) => step.outcomes))
  for (const gateway of Object.values(process.gateways))
    for (const { condition, text } of gateway.branches) {
      if (condition === null) continue
      for (const path of pathsOf(condition)) {
        const [root, ...rest] = path.split('.')
        const isAnswer = root === 'answers' && rest.length > 0
        if (isAnswer && answerOf(rest.join('.'), keys) === undefined)
          yield found('error', gateway.id, 'unknown-answer', { path: rest.join('.'), text })
        else if (!['answers', 'outcome', 'procedure', 'today'].includes(root!))
          yield found('error', gateway.id, 'unknown-answer', { path, text })
        else if (root === 'procedure' && !['code', 'case'].includes(rest.join('.')))
          yield found('error', gateway.id, 'unknown-answer', { path, text })
      }
      for (const outcome of outcomesIn(condition))
        if (!outcomes.has(outcome)) yield found('error', gateway.id, 'outcome-unknown', { outcome, text })
    }
}

/** The outcomes that a condition names: `outcome = "ok"`. */
function outcomesIn(tree: Feel): string[] {
  if (tree.is === 'and' || tree.is === 'or') return [...outcomesIn(tree.left), ...outcomesIn(tree.right)]
  if (tree.is !== 'compare' || tree.left.is !== 'path' || tree.left.names.join('.') !== 'outcome') return []
  return tree.right.is === 'literal' && typeof tree.right.value === 'string' && tree.right.value !== ''
    ? [tree.right.value]
    : []
}
