import { findMessage, type Locale, messages } from '../../kernel/i18n.ts'
import type { CompiledForm } from './compile-form.ts'
import {
  type EvaluateContext,
  type Evaluation,
  evaluateForm,
  type FieldState,
  type PageState,
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
  StepView,
} from './form-view.ts'
import { problemText } from './problem-text.ts'
import type { PlaceChoices } from './resolve-addresses.ts'
import { checkValue, validateAnswers } from './validate-answers.ts'

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
}

/** What a page of the form shows: questions, known facts by source, counts, steps, problems. */
export function formPageView(compiled: CompiledForm, pageKey: string, given: FormPageInput): FormPageView {
  const evaluation = evaluateForm(compiled, given.answers, given)
  const draw: Drawing = { ...given, compiled, display: given }
  const page = compiled.definition.pages.find((one) => one.key === pageKey)
  if (!page) throw new Error(`form ${compiled.definition.key} has no page ${pageKey}`)
  const steps = stepsOf(evaluation, pageKey, draw)
  const at = steps.findIndex((step) => step.key === pageKey)
  const { fields: states = [], lists = [] } = evaluation.pages.find((one) => one.key === pageKey) ?? {}
  const fields = states.filter((field) => field.visible)
  const drawn = given.live ? states : fields
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
    groups: page.groups.map((group) => groupView(group, drawn, draw, lists)).filter(isDrawn),
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
function isKnown({ field, path, given, value }: FieldState, { editing, today }: Drawing): boolean {
  if (isBlank(value)) return false
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

function groupView(group: Group, fields: FieldState[], draw: Drawing, lists: PageState['lists']): GroupView {
  const own = fields.filter((state) => state.group === group)
  const title = group.title ? { title: group.title[draw.locale] } : {}
  const shown = group.repeat
    ? lists.some((list) => list.group === group && list.shown)
    : own.some((state) => state.visible)
  const hidden = shown ? {} : { hidden: true as const }
  if (!group.repeat)
    return {
      key: group.key,
      ...title,
      ...hidden,
      fields: own.filter((state) => isAsked(state, draw)).map((state) => fieldView(state, draw)),
    }
  const rows = [...new Set(own.map((state) => state.row ?? 0))].map((index) => {
    const cells = own.filter((state) => state.row === index)
    return {
      index,
      fields: cells.filter((state) => isAsked(state, draw)).map((state) => fieldView(state, draw)),
      known: cells.filter((state) => isFact(state, draw)).map((state) => factOf(state, draw)),
    }
  })
  const blank = draw.live ? { blank: blankRow(group, draw) } : {}
  const addLabel = group.repeat.addLabel?.[draw.locale] ?? messages(draw.locale)('forms.page.add-row')
  const canAdd = rows.length < group.repeat.max
  return { key: group.key, ...title, ...hidden, fields: [], rows, addLabel, canAdd, ...blank }
}

/** The number that stands for a row that is not there yet, in names and in ids. */
export const blankIndex = 9999

/** A row as a script copies it: nothing answered, conditions not asked yet. */
function blankRow(group: Group, draw: Drawing) {
  const cells = group.fields.map((field): FieldState => {
    const path = `${group.key}[${blankIndex}].${field.key}`
    const visible = field.visible === undefined
    const required = field.required === true
    return {
      key: field.key,
      path,
      field,
      group,
      row: blankIndex,
      visible,
      required,
      value: undefined,
      given: false,
    }
  })
  return {
    index: blankIndex,
    fields: cells.filter((state) => isAsked(state, draw)).map((state) => fieldView(state, draw)),
    known: cells.filter((state) => isFact(state, draw)).map((state) => factOf(state, draw)),
  }
}

function fieldView(state: FieldState, draw: Drawing): FieldView {
  const { field, path, required, value } = state
  const problem = draw.problems?.find((one) => one.field === path)
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
    ...(silent ? { sourceUnavailable: sourceLabel(silent.source, draw.locale) } : {}),
  }
}

function inputsOf({ field, path, value }: FieldState, draw: Drawing): InputView[] {
  const controls = fieldKinds[field.type].inputs(field, path, value, draw.display)
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
  evaluation: Evaluation,
  problems: Problem[],
  locale: Locale,
): ProblemView[] {
  return problems.map((problem) => {
    const text = problemText(compiled, problem, locale)
    for (const page of evaluation.pages) {
      const state = page.fields.find((field) => field.path === problem.field)
      if (!state) continue
      const controls = fieldKinds[state.field.type].inputs(state.field, state.path, state.value, { locale })
      const first = controls.find((control) => control.kind !== 'hidden')
      return {
        field: problem.field,
        href: `#${first?.id ?? inputId(problem.field)}`,
        text,
        pageKey: page.key,
      }
    }
    const pageKey = compiled.definition.pages.find((page) =>
      page.groups.some((group) => group.key === problem.field),
    )?.key
    return {
      field: problem.field,
      href: `#${inputId(problem.field)}`,
      text,
      pageKey: pageKey ?? compiled.definition.pages[0]?.key ?? '',
    }
  })
}
