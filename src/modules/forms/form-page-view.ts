import { findMessage, type Locale, messages } from '../../kernel/i18n.ts'
import type { CompiledForm } from './compile-form.ts'
import {
  type EvaluateContext,
  type Evaluation,
  evaluateForm,
  type FieldState,
  isClosed,
  type ListView,
} from './evaluate-form.ts'
import { input } from './fields/field-kind.ts'
import { type DisplayContext, fieldKinds, inputId, isBlank, sameValue } from './fields/index.ts'
import type { Answers, Group, Offers, Origin, Origins, Problem } from './form-definition.ts'
import type {
  FieldView,
  FormPageView,
  GroupView,
  InputView,
  KnownBlock,
  KnownFact,
  ProblemView,
  RowView,
  StepView,
} from './form-view.ts'
import { problemText } from './problem-text.ts'
import type { PlaceChoices } from './resolve-addresses.ts'
import { checkValue, validateAnswers } from './validate-answers.ts'
import { readableRows } from './work-out.ts'

export interface FormPageInput extends EvaluateContext {
  answers: Answers
  origins: Origins
  offers?: Offers
  /** What to show as wrong: nothing before the first try. */
  problems?: Problem[]
  locale: Locale
  /** Names of communes by code. */
  places?: Readonly<Record<string, string>>
  /** Authorities that may receive this procedure. */
  agencies?: readonly { code: string; name: string }[]
  /** From `resolveAddresses`: communes that a typed name may mean. */
  choices?: PlaceChoices
  /** Known facts that the person asked to correct. */
  editing?: readonly string[]
  /** Draws also what is hidden now, and a blank row of each list: a script on the page shows, hides and adds them. */
  live?: boolean
}

interface Drawing extends FormPageInput {
  compiled: CompiledForm
  display: DisplayContext
  warnings: ReadonlyMap<string, Problem>
}

/** What a page of the form shows: questions, known facts by source, counts, steps, problems. */
export function formPageView(compiled: CompiledForm, pageKey: string, given: FormPageInput): FormPageView {
  const evaluation = evaluateForm(compiled, given.answers, given)
  const warnings = new Map(evaluation.warnings.map((warning) => [warning.field, warning]))
  const draw: Drawing = { ...given, compiled, display: given, warnings }
  const page = compiled.definition.pages.find((one) => one.key === pageKey)
  if (!page) throw new Error(`form ${compiled.definition.key} has no page ${pageKey}`)
  const steps = stepsOf(evaluation, pageKey, draw)
  const at = steps.findIndex((step) => step.key === pageKey)
  const { fields: states = [], lists = [] } = evaluation.pages.find((one) => one.key === pageKey) ?? {}
  const fields = states.filter((field) => field.visible)
  const drawn = given.live ? states : fields
  const from = drawable(drawn, lists)
  const known = fields.filter((state) => isKnown(state, draw))
  const asks = questionsOf(fields, draw)
  const facts = labelsOf(known)
  return {
    formKey: compiled.definition.key,
    key: pageKey,
    title: page.title[given.locale],
    ...(page.intro ? { intro: page.intro[given.locale] } : {}),
    number: at + 1,
    total: steps.length,
    ...(steps[at - 1] ? { previousKey: steps[at - 1]?.key as string } : {}),
    ...(steps[at + 1] ? { nextKey: steps[at + 1]?.key as string } : {}),
    steps,
    groups: page.groups.map((group) => groupView(group, from, draw)).filter(isDrawn),
    known: knownBlocks(
      drawn.filter((state) => isFact(state, draw)),
      draw,
    ),
    asks,
    knownCount: facts,
    countText: countText(asks, facts, given.locale),
    problems: problemViews(compiled, evaluation, given.problems ?? [], given.locale),
  }
}

function countText(asks: number, known: number, locale: Locale): string {
  const key = known === 0 ? 'count-all' : asks === 0 ? 'count-none' : 'count'
  return messages(locale)(`forms.page.${key}`, { asks, known })
}

/** A fact that a source gave, or that is computed: shown, not asked. */
function isKnown(state: FieldState, { editing, today }: Drawing): boolean {
  const { field, path, given, value } = state
  if (isBlank(value) || isClosed(state)) return false
  if (field.type === 'computed') return true
  if (!given || (editing?.includes(path) && !field.locked)) return false
  return !('code' in checkValue(field, value, today))
}

/** Drawn as a fact: what is known, and on a live page also what is not worked out yet. */
const isFact = (state: FieldState, draw: Drawing) =>
  isKnown(state, draw) || (draw.live === true && state.field.type === 'computed')

const isAsked = (state: FieldState, draw: Drawing) => state.field.type !== 'computed' && !isKnown(state, draw)
const labelsOf = (states: FieldState[]) => states.filter(({ field }) => field.count).length
const questionsOf = (states: FieldState[], draw: Drawing) =>
  labelsOf(states.filter((state) => isAsked(state, draw)))
const isDrawn = ({ fields, rows, hidden, blank }: GroupView) =>
  fields.length > 0 || (rows !== undefined && (!hidden || blank !== undefined))

function stepsOf(evaluation: Evaluation, current: string, draw: Drawing): StepView[] {
  const { problems } = validateAnswers(draw.compiled, draw.answers, draw)
  const wrong = new Set(problems.map((problem) => problem.field))
  return evaluation.pages.flatMap((state) => {
    const fields = state.fields.filter((field) => field.visible)
    const page = draw.compiled.definition.pages.find((one) => one.key === state.key)
    if (!page || !state.visible) return []
    const done = !fields.some((field) => wrong.has(field.path))
    const asks = questionsOf(fields, draw)
    return [
      {
        key: page.key,
        title: page.title[draw.locale],
        state: page.key === current ? 'now' : done ? 'done' : 'todo',
        asks,
      },
    ]
  })
}

/** What groups are drawn from: states by the row or group that they stand in, and lists by their path. */
interface Drawable {
  ofGroup: ReadonlyMap<Group, FieldState[]>
  ofRow: ReadonlyMap<string, FieldState[]>
  lists: ReadonlyMap<string, ListView>
}

function drawable(states: readonly FieldState[], lists: readonly ListView[]): Drawable {
  const ofGroup = new Map<Group, FieldState[]>()
  const ofRow = new Map<string, FieldState[]>()
  for (const state of states) {
    if (state.row === undefined) addTo(ofGroup, state.group, state)
    else addTo(ofRow, state.path.slice(0, -state.key.length - 1), state)
  }
  return { ofGroup, ofRow, lists: new Map(lists.map((list) => [list.path, list])) }
}

function addTo<K>(map: Map<K, FieldState[]>, key: K, state: FieldState): void {
  const known = map.get(key)
  if (known) known.push(state)
  else map.set(key, [state])
}

function groupView(group: Group, from: Drawable, draw: Drawing): GroupView {
  if (group.repeat) return listView(group, group.key, from, draw)
  const own = from.ofGroup.get(group) ?? []
  return {
    key: group.key,
    ...(group.title && { title: group.title[draw.locale] }),
    ...(!own.some((state) => state.visible) && { hidden: true as const }),
    fields: own.filter((state) => isAsked(state, draw)).map((state) => fieldView(state, draw)),
  }
}

/** A list by its path: `members`, or `members[0].children` in a row. */
function listView(group: Group, path: string, from: Drawable, draw: Drawing): GroupView {
  const { title, repeat } = group
  const { shown = false, rows: count = 0, value } = from.lists.get(path) ?? {}
  const rows = Array.from({ length: count }, (_, index) => {
    const rowPath = `${path}[${index}]`
    return rowView(group, rowPath, index, from, draw)
  })
  // Rows of a list that is hidden now are there when a script opens it.
  if (draw.live && count === 0)
    for (const [index, row] of readableRows(value, { most: repeat?.max ?? 0 }).entries())
      rows.push(restingRow(group, path, index, row, draw))
  return {
    key: path,
    ...(title && { title: title[draw.locale] }),
    ...(!shown && { hidden: true as const }),
    fields: [],
    rows,
    ...(group.layout === 'table' && { columns: columnsOf(group, draw) }),
    addLabel: repeat?.addLabel?.[draw.locale] ?? messages(draw.locale)('forms.page.add-row'),
    canAdd: rows.length < (repeat?.max ?? 0),
    ...(draw.live && { blank: blankRow(group, path, draw) }),
  }
}

function columnsOf({ fields }: Group, { locale }: Drawing): NonNullable<GroupView['columns']> {
  return fields.map(({ key, label, help, required }) => ({
    key,
    label: label[locale],
    ...(help && { help: help[locale] }),
    required: required === true,
  }))
}

function rowView(
  { groups = [], layout }: Group,
  path: string,
  index: number,
  from: Drawable,
  draw: Drawing,
): RowView {
  const cells = from.ofRow.get(path) ?? []
  const fields = cells.filter((state) => isAsked(state, draw)).map((state) => fieldView(state, draw))
  const lists = groups.map((inner) => listView(inner, `${path}.${inner.key}`, from, draw)).filter(isDrawn)
  return {
    index,
    path,
    fields: layout === 'table' ? fields.map(asCell) : fields,
    known: cells.filter((state) => isFact(state, draw)).map((state) => factOf(state, draw)),
    ...(lists.length > 0 && { groups: lists }),
  }
}

/** In a cell there is no room for radios. */
function asCell(field: FieldView): FieldView {
  const inputs = field.inputs.map((control): InputView => {
    if (control.kind !== 'radio') return control
    const value = control.options?.find(({ checked }) => checked)?.value ?? ''
    return { ...control, kind: 'select', value }
  })
  return { ...field, inputs }
}

/** The number that stands for a row that is not there yet, in names and in ids. */
export const blankIndex = 9999

/** A row as a script copies it: nothing answered. */
const blankRow = (group: Group, list: string, draw: Drawing) => restingRow(group, list, blankIndex, {}, draw)

/** A row whose conditions were not asked yet. */
function restingRow(
  group: Group,
  list: string,
  row: number,
  values: Record<string, unknown>,
  draw: Drawing,
): RowView {
  const own = (key: string) => (Object.hasOwn(values, key) ? values[key] : undefined)
  const path = `${list}[${row}]`
  const cells = group.fields.map((field): FieldState => {
    const visible = field.visible === undefined
    const required = field.required === true
    const closed = (field.options ?? []).flatMap(({ value, when }) => (when === undefined ? [] : [value]))
    const state = { key: field.key, path: `${path}.${field.key}`, field, group, row, visible, required }
    return { ...state, value: own(field.key), given: false, ...(closed.length > 0 && { closed }) }
  })
  const inside = (group.groups ?? []).map((inner): ListView => {
    const shown = inner.visible === undefined
    return { path: `${path}.${inner.key}`, group: inner, shown, value: own(inner.key), rows: 0 }
  })
  return rowView(group, path, row, drawable(cells, inside), draw)
}

function fieldView(state: FieldState, draw: Drawing): FieldView {
  const { field, path, required, value } = state
  const problem = draw.problems?.find((one) => one.field === path)
  const warning = draw.warnings.get(path)
  const silent = draw.origins[path]?.state === 'unavailable' ? draw.origins[path] : undefined
  const files = field.type === 'file' && Array.isArray(value) ? value : undefined
  return {
    key: field.key,
    path,
    type: field.type,
    label: field.label[draw.locale],
    ...(field.legalLabel ? { legalLabel: field.legalLabel } : {}),
    ...(field.help ? { help: field.help[draw.locale] } : {}),
    required,
    ...(state.visible ? {} : { hidden: true as const }),
    inputs: inputsOf(state, draw),
    ...(files ? { files } : {}),
    ...(problem ? { error: problemText(draw.compiled, problem, draw.locale) } : {}),
    ...(warning ? { warning: problemText(draw.compiled, warning, draw.locale) } : {}),
    ...(silent ? { sourceUnavailable: sourceLabel(silent.source, draw.locale) } : {}),
  }
}

function inputsOf(state: FieldState, draw: Drawing): InputView[] {
  const { field, path, value } = state
  const controls = withoutClosed(state, fieldKinds[field.type].inputs(field, path, value, draw.display), draw)
  const offers = draw.offers?.[path]
  if (!offers) return controls
  const at = offers.findIndex((offer) => sameValue(offer.value, value))
  const other = {
    value: 'other',
    label: messages(draw.locale)('forms.page.other'),
    checked: at < 0 && !isBlank(value),
  }
  const options = offers.map(({ label, value: offered }, i) => ({
    value: String(i),
    label: `${label[draw.locale]}: ${fieldKinds[field.type].display(offered, field, draw.display)}`,
    checked: i === at,
  }))
  return [
    input(path, 'offer', {
      kind: 'radio',
      value: at < 0 ? '' : String(at),
      options: [...options, other],
      width: 'full',
    }),
    ...controls,
  ]
}

/**
 * Choices that may not be made now are left out, or marked on a live page. One that was made before stays, so that the
 * person sees what is wrong.
 */
function withoutClosed({ closed }: FieldState, controls: InputView[], { live }: Drawing): InputView[] {
  if (!closed) return controls
  return controls.map((control) => {
    const options = control.options?.flatMap((option) => {
      if (option.checked || !closed.includes(option.value)) return [option]
      return live ? [{ ...option, closed: true as const }] : []
    })
    return options ? { ...control, options } : control
  })
}

export function sourceLabel(source: string, locale: Locale): string {
  return findMessage(locale, `forms.source.${source}`) ?? source
}

function factOf({ field, path, value, visible }: FieldState, draw: Drawing): KnownFact {
  const hidden = visible && !isBlank(value) ? {} : { hidden: true as const }
  const text = fieldKinds[field.type].display(value, field, draw.display)
  return {
    key: path,
    label: field.label[draw.locale],
    text,
    editable: !field.locked && field.type !== 'computed',
    ...hidden,
  }
}

function knownBlocks(known: FieldState[], draw: Drawing): KnownBlock[] {
  const blocks = new Map<string, KnownBlock>()
  for (const state of known.filter(({ row }) => row === undefined)) {
    const origin: Origin = draw.origins[state.path] ?? { source: 'CALC', state: 'given' }
    const block = blocks.get(origin.source) ?? {
      source: origin.source,
      label: sourceLabel(origin.source, draw.locale),
      facts: [],
    }
    if (origin.note) block.note = origin.note
    block.facts.push(factOf(state, draw))
    blocks.set(origin.source, block)
  }
  // What is only worked out comes after what registers say.
  return [...blocks.values()].sort((a, b) => Number(a.source === 'CALC') - Number(b.source === 'CALC'))
}

/** Problems as links to the control that repairs them. */
export function problemViews(
  compiled: CompiledForm,
  { pages }: Evaluation,
  problems: Problem[],
  locale: Locale,
): ProblemView[] {
  const wanted = new Set(problems.map(({ field }) => field))
  const places = new Map<string, { pageKey: string; state?: FieldState }>()
  for (const { key: pageKey, fields, lists } of pages) {
    for (const { path } of lists) if (wanted.has(path)) places.set(path, { pageKey })
    for (const state of fields) if (wanted.has(state.path)) places.set(state.path, { pageKey, state })
  }
  return problems.map((problem) => {
    const { field } = problem
    const { pageKey = pages[0]?.key ?? '', state } = places.get(field) ?? {}
    const id = state ? controlId(state, problem, locale) : undefined
    return { field, href: `#${id ?? inputId(field)}`, text: problemText(compiled, problem, locale), pageKey }
  })
}

/** The first control of a question, or that of the part which is wrong. */
function controlId(
  { field, path, value }: FieldState,
  { params }: Problem,
  locale: Locale,
): string | undefined {
  const controls = fieldKinds[field.type].inputs(field, path, value, { locale })
  const shown = controls.filter((control) => control.kind !== 'hidden')
  const part = typeof params.part === 'string' ? `${path}.${params.part}` : undefined
  const wrong = part && shown.find(({ name }) => name === part || name.startsWith(`${part}.`))
  return (wrong || shown[0])?.id
}
