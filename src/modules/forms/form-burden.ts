import type { Component } from '../catalogue/index.ts'
import type { CountLetter, Field, FieldType, FormDefinition, Localised } from './form-definition.ts'

/** What counting needs of a definition; one that is being edited has it too. */
export interface Counted {
  pages: readonly { groups: readonly CountedGroup[] }[]
}
type CountedField = Pick<Field, 'key' | 'label' | 'type'> & { count?: CountLetter | undefined }
interface CountedGroup {
  key: string
  repeat?: { min: number } | undefined
  fields: readonly CountedField[]
  groups?: readonly Omit<CountedGroup, 'groups'>[] | undefined
}

/** What counting needs of the papers that a procedure asks for. */
export type CountedPaper = Pick<
  Component,
  'mode' | 'required' | 'condition' | 'replacedBy' | 'group' | 'declaration'
>

/** What a form asks of a person in its base case, counted like the labels of the legal form. */
export interface FormBurden {
  /** Labels of the legal form: known + prefilled + dropped + asked. */
  paper: number
  /** Known from the account alone. */
  known: number
  /** Prefilled from a register or the vault. */
  prefilled: number
  /** Worked out, implied or left out by the form itself. */
  dropped: number
  asked: number
  /** Asked online only; counts against the form on purpose. */
  onlineOnly: number
  /** Asked only outside the base case. */
  conditional: number
  /** Everything that a person answers: asked + onlineOnly. */
  asks: number
  /** Papers that the person hands in or shows, without the declaration. */
  papersAsked: number
  /** Papers that a register or the vault stands for. */
  papersReused: number
  /** Estimated time to fill in the form, whole minutes; see `secondsFor`. */
  minutes: number
  /** How much less is asked than by the paper form, from 0 to 1; null without a paper form. May be below zero. */
  fewer: number | null
}

/**
 * The one way in which a form is summed up for people: what is always asked, what is asked only in some cases, what the
 * state fills in itself, and what is asked online alone (beside the labels of the paper form).
 */
export const questionFigures = ['always', 'sometimes', 'filled', 'onlineOnly'] as const
export type QuestionFigure = (typeof questionFigures)[number]

/** The figures of a form by its burden. */
export const figuresOf = ({
  asked,
  conditional,
  known,
  prefilled,
  onlineOnly,
}: FormBurden): Record<QuestionFigure, number> => ({
  always: asked,
  sometimes: conditional,
  filled: known + prefilled,
  onlineOnly,
})

/**
 * Seconds that one question takes somebody on a phone. Our own estimates, to compare forms with each other: they are
 * no measurement and no promise.
 */
export const secondsFor: Record<FieldType, number> = {
  name: 15,
  date: 10,
  'partial-date': 10,
  time: 8,
  int: 6,
  text: 15,
  longtext: 60,
  enum: 8,
  bool: 5,
  id12: 20,
  'identity-paper': 25,
  address: 30,
  agency: 12,
  phone: 12,
  email: 15,
  money: 10,
  area: 10,
  length: 10,
  file: 60,
  country: 8,
  ethnic: 8,
  computed: 0,
  copies: 6,
  delivery: 10,
  person: 50,
  organisation: 90,
  'land-plot': 70,
  vehicle: 60,
  signature: 20,
}
/** A fact to look over, a paper to photograph, and what every filing takes: signing in, reading, checking, sending. */
const secondsPerFact = 2
const secondsPerPaper = 60
const secondsAlways = 90

/**
 * The burden of a form from its definition alone. `rows` says how many lines of a list the base case has, such as
 * three periods of residence; as many as there must be, or one, when it says nothing.
 */
export function formBurden(
  definition: Counted,
  papers: readonly CountedPaper[],
  rows: Readonly<Record<string, number>> = {},
): FormBurden {
  const count: Record<CountLetter, number> = { K: 0, P: 0, D: 0, A: 0, N: 0, C: 0 }
  let seconds = secondsAlways
  for (const { type, letter, counts, times } of questionsOf(definition, rows)) {
    if (counts) count[letter] += times
    if (letter === 'A' || letter === 'N') seconds += secondsFor[type] * times
    else if (letter === 'K' || letter === 'P') seconds += secondsPerFact * times
  }
  const { asked: papersAsked, reused: papersReused } = paperCounts(papers)
  const { K, P, D, A, N, C } = count
  const paper = K + P + D + A
  return {
    ...{ paper, known: K, prefilled: P, dropped: D, asked: A, onlineOnly: N, conditional: C, asks: A + N },
    papersAsked,
    papersReused,
    minutes: Math.ceil((seconds + papersAsked * secondsPerPaper) / 60),
    fewer: paper === 0 ? null : (paper - A - N) / paper,
  }
}

interface Question {
  field: CountedField
  type: FieldType
  letter: CountLetter
  /** False for what belongs to the label of the question before it: it takes time but is no question. */
  counts: boolean
  times: number
}

function questionsOf({ pages }: Counted, rows: Readonly<Record<string, number>>): Question[] {
  const questions: Question[] = []
  const take = ({ fields }: Pick<CountedGroup, 'fields'>, times: number) => {
    let letter: CountLetter = 'C'
    for (const field of fields) {
      letter = field.count ?? letter
      questions.push({ field, type: field.type, letter, counts: field.count !== undefined, times })
    }
  }
  for (const group of pages.flatMap((page) => page.groups)) {
    const times = timesOf(group, group.key, rows)
    take(group, times)
    for (const inner of group.groups ?? [])
      take(inner, times * timesOf(inner, `${group.key}.${inner.key}`, rows))
  }
  return questions
}

const timesOf = (
  { repeat }: Pick<CountedGroup, 'repeat'>,
  key: string,
  rows: Readonly<Record<string, number>>,
) => (repeat ? (rows[key] ?? Math.max(1, repeat.min)) : 1)

/** Papers of the base case: what is always needed, one of each group of alternatives. */
function paperCounts(papers: readonly CountedPaper[]): { asked: number; reused: number } {
  const groups = new Map<string, 'asked' | 'reused'>()
  for (const [i, paper] of papers.entries()) {
    const fate = fateOf(paper)
    const key = paper.group ?? `#${i}`
    if (fate && groups.get(key) !== 'reused') groups.set(key, fate)
  }
  const fates = [...groups.values()]
  const asked = fates.filter((fate) => fate === 'asked').length
  return { asked, reused: fates.length - asked }
}

function fateOf({ mode, required, condition, replacedBy, declaration }: CountedPaper) {
  if (declaration || mode === 'note' || condition !== null) return undefined
  if (mode === 'lookup') return 'reused'
  if (!required) return undefined
  return replacedBy === null ? 'asked' : 'reused'
}

/** A form with the papers of its procedure. */
export interface BurdenSide {
  definition: Counted & Partial<Pick<FormDefinition, 'title'>>
  papers: readonly CountedPaper[]
}

export interface BurdenComparison {
  before: FormBurden | null
  after: FormBurden
  /** Questions that are answered otherwise than before: asked now, known now, gone. Null: not there on that side. */
  changes: { key: string; label: Localised; before: CountLetter | null; after: CountLetter | null }[]
  /** What a person answers, hands in and spends more (above zero) or less than before; null for a first version. */
  more: { asks: number; papers: number; minutes: number } | null
}

/** Two versions of a form side by side; `before` is null for the first one. */
export function compareBurden(before: BurdenSide | null, after: BurdenSide): BurdenComparison {
  const was = before ? formBurden(before.definition, before.papers) : null
  const is = formBurden(after.definition, after.papers)
  const more = was && {
    asks: is.asks - was.asks,
    papers: is.papersAsked - was.papersAsked,
    minutes: is.minutes - was.minutes,
  }
  return { before: was, after: is, changes: before ? changesBetween(before, after) : [], more }
}

function changesBetween(before: BurdenSide, after: BurdenSide): BurdenComparison['changes'] {
  const [old, now] = [countedByKey(before), countedByKey(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    const label = (is ?? was)?.field.label
    if (!label || was?.letter === is?.letter) return []
    return [{ key, label, before: was?.letter ?? null, after: is?.letter ?? null }]
  })
}

const countedByKey = ({ definition }: BurdenSide) =>
  new Map(
    questionsOf(definition, {})
      .filter(({ counts }) => counts)
      .map((question) => [question.field.key, question]),
  )
