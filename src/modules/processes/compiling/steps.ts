import type { ModdleElement } from 'bpmn-moddle'
import { Role, UnitKind } from '../../directory/index.ts'
import { type SignsAs, type Step, type StepRef, signsAs, stepKinds, type Wait } from '../compiled-process.ts'
import { attribute } from './element.ts'
import { idIn, type Level, onlyWay } from './level.ts'
import { eventKind } from './supported.ts'
import { awaitedOf } from './waiting.ts'

/** A user task. */
export function compileStep(level: Level, task: ModdleElement): void {
  const signs = signsOf(level, task)
  const step: Step = {
    ...workOf(level, task),
    ...(signs && { signs }),
    outcomes: outcomesOf(level, task),
    within: level.within,
    next: onlyWay(level, task),
  }
  level.compiled.steps[step.stepId] = step
}

/** A receive task, or an event in the flow that waits for a message or a moment. */
export function compileWait(level: Level, element: ModdleElement): void {
  const wait: Wait = {
    ...(eventKind(element) === 'Timer' ? watchOf(level, element) : workOf(level, element)),
    kind: 'work',
    awaits: awaitedOf(level, element),
    within: level.within,
    next: onlyWay(level, element),
  }
  level.compiled.waits[wait.stepId] = wait
}

/** Who does a step or watches over a message, and how long it may take. */
function workOf(level: Level, task: ModdleElement): StepRef {
  return {
    stepId: idIn(level, task),
    name: task.name ?? '',
    role: oneOf(level, task, 'role', Role.options, undefined, 'role-unknown') ?? 'specialist',
    hours: hoursOf(level, task),
    ...placeOf(level, task),
  }
}

// A moment comes by itself: whoever watches needs no hours of their own.
function watchOf(level: Level, event: ModdleElement): StepRef {
  return {
    stepId: idIn(level, event),
    name: event.name ?? '',
    role: oneOf(level, event, 'role', Role.options, 'specialist', 'role-unknown') ?? 'specialist',
    hours: attribute(event, 'hours') === undefined ? 0 : hoursOf(level, event),
    ...placeOf(level, event),
  }
}

function placeOf(level: Level, task: ModdleElement): Pick<StepRef, 'kind' | 'unitKind' | 'authority'> {
  const places = ['receiving', 'competent'] as const
  return {
    kind: oneOf(level, task, 'kind', stepKinds, 'work') ?? 'work',
    unitKind: oneOf(level, task, 'unitKind', UnitKind.options, 'division') ?? 'division',
    authority: oneOf(level, task, 'authority', places, 'competent') ?? 'competent',
  }
}

function oneOf<const T extends string>(
  { note }: Level,
  task: ModdleElement,
  name: string,
  allowed: readonly T[],
  usual: T | undefined,
  unknownCode = 'attribute-unknown',
): T | undefined {
  const value = attribute(task, name) ?? usual
  const found = allowed.find((each) => each === value)
  if (value === undefined) note(`${name}-missing`, task)
  else if (found === undefined) note(unknownCode, task, { attribute: name, value })
  return found
}

function hoursOf({ note }: Level, task: ModdleElement): number {
  const text = attribute(task, 'hours')
  if (text === undefined) note('hours-missing', task)
  const hours = Number(text ?? 1)
  if (Number.isFinite(hours) && hours > 0 && hours <= 10_000) return hours
  note('hours-invalid', task, { value: text ?? '' })
  return 1
}

// Only who looks a paper over, or decides before another, signs it before the one who decides last.
function signsOf(level: Level, task: ModdleElement): SignsAs | undefined {
  if (attribute(task, 'signs') === undefined) return undefined
  const found = oneOf(level, task, 'signs', signsAs, undefined, 'attribute-unknown')
  const kind = attribute(task, 'kind')
  if (kind === 'review' || kind === 'decide') return found
  level.note('signs-misplaced', task)
  return undefined
}

const mostOutcomes = 20
const longestOutcome = 60

function outcomesOf({ note }: Level, task: ModdleElement): string[] {
  const text = attribute(task, 'outcomes') ?? 'ok'
  const outcomes = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
  const fit =
    outcomes.length > 0 &&
    outcomes.length <= mostOutcomes &&
    new Set(outcomes).size === outcomes.length &&
    outcomes.every((word) => word.length <= longestOutcome)
  if (fit) return outcomes
  note('outcomes-invalid', task, { value: text.slice(0, 100), mostOutcomes })
  return ['ok']
}
