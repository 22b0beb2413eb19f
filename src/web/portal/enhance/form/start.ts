import {
  type Answers,
  checkValue,
  type FieldState,
  fieldKinds,
  isBlank,
  type LiveForm,
  type Problem,
  problemText,
} from 'motcua/modules/forms/browser'
import { rowsAt, splitRow, withRows, withValue } from './answers.ts'
import { type Drawn, drawnIn, labelOf, show } from './drawn.ts'
import { evaluateAll, evaluateRow, type Found } from './evaluate.ts'
import { messages } from './messages.ts'
import { isTypedInto, readField } from './read-field.ts'
import { addRow, blankIndex, blankOf, removeRow, rowsIn, titleOf } from './rows.ts'
import { type Says, saysThrough } from './says.ts'
import { hasProblem, showProblem } from './show-problem.ts'
import { noStates, type States, stateOf, takeOver, takeSome } from './states.ts'
import { reachIn } from './what-is-read.ts'

/** A form while somebody fills it in. */
interface Live {
  form: LiveForm
  element: HTMLFormElement
  answers: Answers
  drawn: Drawn
  states: States
  /** What the form's own rules object to, by the field where it stands. */
  ruled: Map<string, Problem>
  /** Questions that were typed into: only these are told that they are empty. */
  touched: Set<string>
  reach: ReturnType<typeof reachIn>
  says: Says
  /** How long the last evaluation of the whole form took. */
  costMs: number
  waiting: ReturnType<typeof setTimeout> | undefined
  models: { optional: Element; error: HTMLElement }
}

const started = new WeakSet<HTMLElement>()

/** Brings one form to life; once, however often it is called. */
export function startForm(data: HTMLScriptElement): void {
  const element = data.closest('form')
  const models = element?.querySelector('[data-live-models]')
  const [optional, error] = [models?.querySelector('.optional'), models?.querySelector<HTMLElement>('.error')]
  if (!element || !optional || !error || started.has(data)) return
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
    touched: new Set(),
    reach: reachIn(form),
    says: saysThrough(element.querySelector('[data-live-says]')),
    costMs: 0,
    waiting: undefined,
    models: { optional, error },
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
  clearTimeout(live.waiting)
  live.waiting = live.costMs > quickMs ? setTimeout(() => evaluateNow(live), quietMs) : undefined
  if (live.waiting === undefined) evaluateNow(live)
}

function evaluateNow(live: Live, how?: 'silent'): void {
  clearTimeout(live.waiting)
  live.waiting = undefined
  const from = performance.now()
  take(live, evaluateAll(live.form, live.answers), how)
  live.costMs = performance.now() - from
}

/** Reads one question into the answers; false when nothing of it can have changed. */
function takeQuestion(live: Live, question: HTMLElement): boolean {
  const path = question.dataset.field!
  const state = stateOf(live.states, path)
  const field = state?.field ?? fieldAt(live.form, path)
  if (!field || field.type === 'file' || isDisabled(question)) return false
  const offers = live.form.offers[path]?.map(({ value }) => value)
  const typed = readField(question, path, field, offers)
  const checked = isBlank(typed) ? undefined : checkValue(field, typed, live.form.context.today)
  const value = checked && 'value' in checked ? checked.value : typed
  live.answers = withValue(live.answers, path, value)
  if (state) live.states.list[live.states.at.get(path)!] = { ...state, value }
  return true
}

const isDisabled = (question: HTMLElement) => question instanceof HTMLFieldSetElement && question.disabled

function fieldAt({ compiled }: LiveForm, path: string) {
  const names = path.split(/\[\d+\]\./)
  const key = names.pop()
  let groups = compiled.definition.pages.flatMap((page) => page.groups)
  for (const name of names) {
    const list = groups.find((group) => group.key === name)
    if (names.at(-1) === name) return list?.fields.find((field) => field.key === key)
    groups = list?.groups ?? []
  }
  return groups.flatMap((group) => (group.repeat ? [] : group.fields)).find((field) => field.key === key)
}

/** Brings what an evaluation says onto the page: only what is otherwise than before is touched. */
function take(
  live: Live,
  { states, problems, lists, whole }: Found,
  how: 'aloud' | 'silent' = 'aloud',
): void {
  const opened: string[] = []
  const closed: string[] = []
  const changed = (now: FieldState, before: FieldState | undefined) => {
    if (isComputed(now)) showFact(live, now)
    if (isComputed(now) || (before?.visible === now.visible && before.required === now.required)) return
    const question = live.drawn.questions.get(now.path)
    for (const fact of live.drawn.facts.get(now.path) ?? []) show(fact, now.visible && !isBlank(now.value))
    if (!question) return
    if (show(question, now.visible)) (now.visible ? opened : closed).push(labelOf(question))
    showRequired(live, question, now.required)
  }
  if (whole) takeOver(live.states, states, changed)
  else takeSome(live.states, states, changed)
  if (whole) showParts(live, whole)
  for (const { path, shown } of lists) for (const part of live.drawn.groups.get(path) ?? []) show(part, shown)
  takeProblems(live, states, problems, whole !== undefined)
  if (how !== 'silent') announce(live, opened, closed)
}

function showParts({ form, drawn }: Live, { pages }: NonNullable<Found['whole']>): void {
  for (const { key, visible, fields } of pages) {
    show(drawn.pages.get(key), visible)
    if (!form.pageKeys.includes(key)) continue
    const groups = new Map<string, boolean>()
    for (const state of fields)
      if (state.row === undefined)
        groups.set(state.group.key, groups.get(state.group.key) || (state.visible && !isComputed(state)))
    for (const [group, shown] of groups) for (const part of drawn.groups.get(group) ?? []) show(part, shown)
  }
}

const isComputed = ({ field }: FieldState) => field.type === 'computed'

function showFact({ form, drawn, says }: Live, { path, field, visible, value }: FieldState): void {
  const text = isBlank(value) ? '' : fieldKinds[field.type].display(value, field, { locale: form.locale })
  for (const fact of drawn.facts.get(path) ?? []) {
    const words = fact.querySelector('dd')
    if (words && words.textContent !== text) {
      words.textContent = text
      if (visible && text)
        says.say(messages(form.locale)('live.worked', { label: field.label[form.locale], text }))
    }
    show(fact, visible && text !== '')
    const block = fact.closest<HTMLElement>('[data-facts]')
    if (block) block.hidden = !block.querySelector('[data-fact]:not([hidden])')
  }
}

function showRequired({ models }: Live, question: HTMLElement, required: boolean): void {
  const label = question.querySelector('.label')
  const mark = label?.querySelector('.optional')
  if (required) mark?.remove()
  else if (label && !mark) label.append(models.optional.cloneNode(true))
}

// Objections are written when somebody leaves a field, but what no longer holds goes at once.
function takeProblems(
  live: Live,
  states: readonly FieldState[],
  problems: readonly Problem[],
  all: boolean,
): void {
  const now = new Map(problems.map((problem) => [problem.field, problem]))
  const here = all ? [...live.ruled.keys()] : states.map(({ path }) => path)
  const gone = here.filter((path) => live.ruled.has(path) && !now.has(path))
  for (const path of gone) live.ruled.delete(path)
  for (const [path, problem] of now) live.ruled.set(path, problem)
  for (const path of gone) {
    const question = live.drawn.questions.get(path)
    if (question && hasProblem(question)) showProblem(question, live.models.error, problemOf(live, path))
  }
}

function announce({ form, says }: Live, opened: string[], closed: string[]): void {
  const t = messages(form.locale)
  const tell = (key: string, labels: string[]) => {
    if (labels.length > 3) says.say(t(`live.${key}-many`, { count: labels.length }))
    else if (labels.length > 0) says.say(t(`live.${key}`, { labels: labels.join(', ') }))
  }
  tell('shown', opened)
  tell('hidden', closed)
}

/** What is wrong with a question, in words: its own value first, then the rules of the form. */
function problemOf(live: Live, path: string): string | undefined {
  const { form, touched, ruled } = live
  const state = stateOf(live.states, path)
  if (!state?.visible) return undefined
  const { field, value, required } = state
  const words = (problem: Problem) => problemText(form.compiled, problem, form.locale)
  if (isBlank(value)) {
    const missing = required && touched.has(path)
    return missing ? words({ field: path, code: 'forms.required', params: { type: field.type } }) : undefined
  }
  // A place that is typed by name is looked up on the server.
  const onServer = field.type === 'address' || field.type === 'agency' || field.type === 'file'
  const checked = onServer ? undefined : checkValue(field, value, form.context.today)
  if (checked && 'code' in checked) return words({ field: path, ...checked })
  const rule = ruled.get(path)
  return rule && words(rule)
}

function left(live: Live, { target, relatedTarget }: FocusEvent): void {
  const question = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null
  if (!question || (relatedTarget instanceof Node && question.contains(relatedTarget))) return
  // A button is being pressed: nothing may move from under it, and the server says what is wrong.
  if (relatedTarget instanceof HTMLButtonElement) return
  const path = question.dataset.field!
  if (!live.touched.has(path)) return
  setTimeout(() => {
    if (live.waiting !== undefined) evaluateNow(live)
    tell(live, path)
    for (const field of fieldsOfRules(live, path)) if (live.ruled.has(field)) tell(live, field)
  })
}

/** Where objections of rules may stand that speak about this question too. */
function fieldsOfRules({ form, ruled }: Live, path: string): string[] {
  const row = splitRow(path)
  const key = path.replace(/^.*\]\./, '')
  const spoken = form.compiled.definition.rules.filter(
    (rule) => rule.fields.includes(key) || rule.fields.includes(row?.list ?? ''),
  )
  return [...ruled.values()].flatMap((problem) =>
    spoken.some((rule) => problem.code === `forms.rule.${rule.key}`) && sameRow(problem.field, path)
      ? [problem.field]
      : [],
  )
}

const rowOf = (path: string) => path.slice(0, path.lastIndexOf(']') + 1)
const sameRow = (one: string, other: string) =>
  rowOf(one) === '' || rowOf(other) === '' || rowOf(one) === rowOf(other)

function tell(live: Live, path: string): void {
  const question = live.drawn.questions.get(path)
  if (!question || question.hidden) return
  const text = problemOf(live, path)
  if (text === undefined && !hasProblem(question)) return
  showProblem(question, live.models.error, text)
  if (text) live.says.say(messages(live.form.locale)('live.problem', { text }))
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

function added(live: Live, list: string): boolean {
  const blank = blankOf(live.element, list)
  if (!blank) return false
  const row = addRow(live.element, blank)
  rowsMoved(live, list, [...rowsAt(live.answers, list), {}])
  row.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus()
  live.says.say(messages(live.form.locale)('live.row-added', { title: titleOf(row) }))
  return true
}

function removed(live: Live, place: string): boolean {
  const [, list, index] = /^(.+)\[(\d+)\]$/.exec(place) ?? []
  const row = list ? rowsIn(live.element, list)[Number(index)] : undefined
  if (!list || !row || !blankOf(live.element, list)) return false
  const title = titleOf(row)
  removeRow(live.element, list, Number(index))
  rowsMoved(
    live,
    list,
    rowsAt(live.answers, list).filter((_, at) => at !== Number(index)),
  )
  const next = rowsIn(live.element, list)[Number(index)] ?? rowsIn(live.element, list).at(-1)
  const button = live.element.querySelector<HTMLElement>(`button[value="add:${CSS.escape(list)}"]`)
  ;(next?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea') ?? button)?.focus()
  live.says.say(messages(live.form.locale)('live.row-removed', { title }))
  return true
}

function rowsMoved(live: Live, list: string, rows: Record<string, unknown>[]): void {
  live.answers = withRows(live.answers, list, rows)
  const [within] = list.split('[')
  const stale = (path: string) => path.startsWith(`${within}[`)
  live.states = noStates()
  for (const path of live.ruled.keys()) if (stale(path)) live.ruled.delete(path)
  tellServer(live, list)
  const field = groupOf(live.form, list)
  const button = live.element.querySelector<HTMLElement>(`button[value="add:${CSS.escape(list)}"]`)
  if (button) button.hidden = rows.length >= (field?.repeat?.max ?? Number.POSITIVE_INFINITY)
}

function groupOf({ compiled }: LiveForm, list: string) {
  const names = list.split(/\[\d+\]\./)
  let groups = compiled.definition.pages.flatMap((page) => page.groups)
  for (const name of names.slice(0, -1)) groups = groups.find((group) => group.key === name)?.groups ?? []
  return groups.find((group) => group.key === names.at(-1))
}

// The server keeps rows that a page did not send; this list is now sent whole, with what is hidden in its rows, and
// so are the lists in them, whose rows may have come to stand elsewhere.
function tellServer({ element }: Live, list: string): void {
  const whole = new Set([list])
  for (const row of rowsIn(element, list)) {
    for (const inner of row.querySelectorAll<HTMLFieldSetElement>('fieldset')) {
      if (inner.dataset.blank) whole.add(inner.dataset.blank)
      else if (inner.dataset.field && inner.disabled && !inner.closest('[data-blank]')) inner.disabled = false
    }
  }
  for (const input of element.querySelectorAll<HTMLInputElement>('input[name="_whole"]'))
    if (input.value.startsWith(`${list}[`) || input.value === list) input.remove()
  for (const name of whole) {
    if (name.includes(`[${blankIndex}]`)) continue
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name: '_whole', value: name })
    element.append(input)
  }
}
