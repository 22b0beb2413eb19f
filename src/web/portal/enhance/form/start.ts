import type { LiveForm } from 'motcua/modules/forms/browser'
import { added, removed } from './change-rows.ts'
import { drawnIn } from './drawn.ts'
import { evaluateAll, evaluateRow } from './evaluate.ts'
import type { Live } from './live.ts'
import { fieldsOfRules, problemOf, tell } from './objections.ts'
import { isTypedInto } from './read-field.ts'
import { saysThrough } from './says.ts'
import { showOptions } from './show-options.ts'
import { hasProblem, showProblem } from './show-problem.ts'
import { noStates, stateOf } from './states.ts'
import { take } from './take-found.ts'
import { takeQuestion } from './take-question.ts'
import { warn } from './warnings.ts'
import { reachIn } from './what-is-read.ts'

const started = new WeakSet<HTMLElement>()

/** Brings one form to life; once, however often it is called. */
export function startForm(data: HTMLScriptElement): void {
  const element = data.closest('form')
  const models = element?.querySelector('[data-live-models]')
  const [optional, error] = [models?.querySelector('.optional'), models?.querySelector<HTMLElement>('.error')]
  const warning = models?.querySelector<HTMLElement>('.warning')
  if (!element || !optional || !error || !warning || started.has(data)) return
  started.add(data)
  const from = performance.now()
  const form = JSON.parse(data.textContent ?? '') as LiveForm
  const live: Live = {
    form,
    element,
    answers: form.answers,
    drawn: drawnIn(element),
    states: noStates(),
    ruled: new Map(),
    warned: new Map(),
    touched: new Set(),
    reach: reachIn(form),
    says: saysThrough(element.querySelector('[data-live-says]')),
    costMs: 0,
    stopWaiting: undefined,
    models: { optional, error, warning },
  }
  element.addEventListener('input', ({ target }) => changed(live, target))
  element.addEventListener('change', ({ target }) => changed(live, target))
  element.addEventListener('focusout', (event) => left(live, event))
  element.addEventListener('click', (event) => pressed(live, event))
  // The browser may have put back what was typed before, and the server drew what it knew.
  for (const question of live.drawn.questions.values())
    if (isTypedInto(question)) takeQuestion(live, question)
  evaluateNow(live, 'silent')
  performance.measure('form-live', { start: from })
}

function changed(live: Live, target: EventTarget | null): void {
  const question = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null
  const path = question?.dataset.field
  if (!question || !path) return
  live.touched.add(path)
  if (!takeQuestion(live, question)) return
  const reach = live.reach(path)
  if (reach === 'form') evaluateSoon(live)
  else if (reach === 'row') take(live, evaluateRow(live.form, live.answers, path))
  const state = stateOf(live.states, path)
  if (state?.closed) showOptions(question, state)
  if (hasProblem(question)) showProblem(question, live.models.error, problemOf(live, path))
}

/** What one frame can spare, in milliseconds. */
const quickMs = 8
const quietMs = 60

/**
 * Evaluates at once when that is quick. Where it is not (hundreds of rows on an old phone), the letter comes to the
 * screen first and what follows from it a moment after the typing.
 */
function evaluateSoon(live: Live): void {
  live.stopWaiting?.()
  if (live.costMs <= quickMs) evaluateNow(live)
  else live.stopWaiting = afterPaint(() => evaluateNow(live))
}

/** Runs something a moment after the frame that shows what happened now; gives how to give it up. */
function afterPaint(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(then, quietMs)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

function evaluateNow(live: Live, how?: 'silent'): void {
  live.stopWaiting?.()
  live.stopWaiting = undefined
  const from = performance.now()
  take(live, evaluateAll(live.form, live.answers), how)
  live.costMs = performance.now() - from
}

function left(live: Live, { target, relatedTarget }: FocusEvent): void {
  const question = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null
  if (!question || (relatedTarget instanceof Node && question.contains(relatedTarget))) return
  // A button is being pressed: nothing may move from under it, and the server says what is wrong.
  if (relatedTarget instanceof HTMLButtonElement) return
  const path = question.dataset.field!
  if (!live.touched.has(path)) return
  setTimeout(() => {
    if (live.stopWaiting) evaluateNow(live)
    tell(live, path)
    for (const field of fieldsOfRules(live, live.ruled, path)) tell(live, field)
    for (const field of [path, ...fieldsOfRules(live, live.warned, path)]) warn(live, field)
  })
}

function pressed(live: Live, event: MouseEvent): void {
  const button =
    event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[name="_action"]') : null
  const [, act, place = ''] = /^(add|remove):(.+)$/.exec(button?.value ?? '') ?? []
  if (!button || !act) return
  const done = act === 'add' ? added(live, place) : removed(live, place)
  if (!done) return
  event.preventDefault()
  live.drawn = drawnIn(live.element)
  evaluateNow(live)
  // What keeps the draft listens to what is typed, and a row is as good as a word.
  live.element.dispatchEvent(new Event('input', { bubbles: true }))
}
