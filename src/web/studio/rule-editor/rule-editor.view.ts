import type { Measure, Plain, Sentence, Test, TestGroup, TestOp, TestValue } from 'motcua/kernel/feel/index'
import { kindOfType, type RuleField, type RuleKind } from 'motcua/kernel/feel/sentence-text'
import type { Translate } from 'motcua/kernel/i18n'

/** What a test can be about: an answer, or a figure made from one. */
export interface Subject {
  key: string
  path: string
  of?: Measure
  label: string
  kind: RuleKind
}

const dateMeasures = ['years', 'months', 'days'] as const

/** Every question that a rule may read, then the figures made from dates and groups. */
export function subjectsOf(fields: readonly RuleField[], t: Translate): Subject[] {
  const own = fields.map(({ path, label, type }) => ({ key: path, path, label, kind: kindOfType(type) }))
  return [...own, ...fields.flatMap((field) => figuresOf(field, t))]
}

function figuresOf({ path, label, type }: RuleField, t: Translate): Subject[] {
  const figure = (of: Measure): Subject => ({
    ...{ key: subjectKey({ path, of }), path, of },
    ...{ label: t(`rules.subject.${of}`, { label }), kind: 'number' },
  })
  if (type === 'date' || type === 'partial-date') return dateMeasures.map(figure)
  if (type === 'list') return [figure('count')]
  return ['name', 'text', 'longtext'].includes(type) ? [figure('length')] : []
}

export const subjectKey = ({ path, of }: { path: string; of?: Measure }) => (of ? `${of}:${path}` : path)

/** What a test is about, even when the form does not have it: nothing of a rule is dropped. */
export function subjectOf(test: Test, subjects: readonly Subject[], t: Translate): Subject {
  const key = subjectKey(test)
  const { path, of } = test
  return (
    subjects.find((each) => each.key === key) ?? {
      ...{ key, path, kind: of ? 'number' : kindOfValue(test.value) },
      ...(of && { of }),
      label: of ? t(`rules.subject.${of}`, { label: path }) : path,
    }
  )
}

function kindOfValue(value: TestValue): RuleKind {
  if (typeof value === 'number' || typeof value === 'boolean')
    return typeof value === 'number' ? 'number' : 'bool'
  return isDay(value) ? 'date' : 'text'
}

const order = ['is', 'is-not', 'less', 'at-most', 'more', 'at-least'] as const
const answered = ['filled', 'empty'] as const
const opsByKind: Record<RuleKind, readonly TestOp[]> = {
  text: ['is', 'is-not', 'contains', 'not-contains', 'one-of', 'none-of', ...answered],
  number: [...order, ...answered],
  date: [...order, ...answered],
  bool: ['is', ...answered],
  enum: ['is', 'is-not', 'one-of', 'none-of', ...answered],
  list: answered,
  file: answered,
}

/** The comparisons that make sense for a subject; the one in use is always among them. */
export function opsFor({ kind, of }: Subject, used: TestOp): TestOp[] {
  const ops = of ? order : opsByKind[kind]
  return ops.includes(used) ? [...ops] : [...ops, used]
}

export const withoutValue = (op: TestOp) => op === 'filled' || op === 'empty'
const withList = (op: TestOp) => op === 'one-of' || op === 'none-of'
const withPart = (op: TestOp) => op === 'contains' || op === 'not-contains'

export const isDay = (value: TestValue): value is { date: string } | { today: true } =>
  typeof value === 'object' && value !== null && ('date' in value || 'today' in value)
export const isOther = (value: TestValue): value is { path: string } =>
  typeof value === 'object' && value !== null && 'path' in value

/** What a test is compared with: a value, another answer or today. */
export type Against = 'value' | 'answer' | 'today'
export const againstOf = (value: TestValue): Against =>
  isOther(value) ? 'answer' : isDay(value) && 'today' in value ? 'today' : 'value'

/** What this comparison may be against, besides a value. */
export function againstFor(subject: Subject, op: TestOp, others: readonly Subject[]): Against[] {
  if (subject.of || !(order as readonly TestOp[]).includes(op) || subject.kind === 'bool') return ['value']
  const today: Against[] = subject.kind === 'date' ? ['today'] : []
  return ['value', ...(others.length > 0 ? (['answer'] as const) : []), ...today]
}

/** Other answers of the same kind. */
export function othersOf(subject: Subject, subjects: readonly Subject[]): Subject[] {
  return subjects.filter((each) => !each.of && each.kind === subject.kind && each.path !== subject.path)
}

/** The first value offered for a subject: the first option, yes, nothing yet. */
export function firstValue(subject: Subject, field: RuleField | undefined): Plain | { date: string } {
  if (subject.kind === 'bool') return true
  if (subject.kind === 'enum') return field?.options?.[0]?.value ?? ''
  if (subject.kind === 'date') return { date: '' }
  return subject.kind === 'number' ? null : ''
}

/** A test about another question: the comparison stays when it makes sense there. */
export function aboutAnother(test: Test, subject: Subject, field: RuleField | undefined): Test {
  const ops = subject.of ? order : opsByKind[subject.kind]
  const op = ops.includes(test.op) ? test.op : (ops[0] as TestOp)
  const { path, of } = subject
  return comparedBy(
    { path, ...(of && { of }), op: 'is', value: firstValue(subject, field) },
    op,
    subject,
    field,
  )
}

/** A test with another comparison: its value is carried over as far as it fits. */
export function comparedBy(test: Test, op: TestOp, subject: Subject, field: RuleField | undefined): Test {
  return { ...test, op, value: valueFor(op, test.value, firstValue(subject, field)) }
}

function valueFor(op: TestOp, value: TestValue, first: TestValue): TestValue {
  const single = Array.isArray(value) ? (value[0] ?? first) : (value ?? first)
  if (withoutValue(op)) return null
  if (withPart(op)) return typeof single === 'string' ? single : ''
  if (withList(op)) return Array.isArray(value) ? value : isPlain(single) ? [single] : []
  return single
}

const isPlain = (value: TestValue): value is Plain => typeof value !== 'object' || value === null

/** Whether a test still lacks what it compares with. */
export function isUnfinished({ op, value, path, of }: Test, subject: Subject): boolean {
  if (path === '') return true
  if (withoutValue(op)) return false
  if (Array.isArray(value)) return value.length === 0
  if (isDay(value)) return 'date' in value && value.date === ''
  return (value === null && (of !== undefined || subject.kind === 'number')) || (withPart(op) && value === '')
}

/** Everything that a rule reads and the form does not have. */
export function strangePaths(paths: readonly string[], fields: readonly RuleField[]): string[] {
  const known = fields.map(({ path }) => path)
  const fits = (path: string) =>
    known.some((each) => each === path || path.startsWith(`${each}.`) || each.startsWith(`${path}.`))
  return paths.filter((path) => !fits(path))
}

/** Sample answers as FEEL sees them: `child.sex` inside `child`. */
export function sampleContext(samples: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(samples)) {
    const names = path.split('.')
    const last = names.pop() as string
    let at = root
    for (const name of names)
      at = (Object.hasOwn(at, name) && isContext(at[name]) ? at[name] : put(at, name)) as typeof root
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true })
  }
  return root
}

const isContext = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

function put(at: Record<string, unknown>, name: string): Record<string, unknown> {
  const inner: Record<string, unknown> = {}
  Object.defineProperty(at, name, { value: inner, enumerable: true, configurable: true, writable: true })
  return inner
}

/** Where a test stands: among the sentence's own, or in a group. */
export interface Place {
  group: number | null
  index: number
}

type Whole = Required<Sentence>

/** The sentence with the tests of one place changed. */
export function withTests(
  sentence: Whole,
  group: number | null,
  change: (tests: readonly Test[]) => Test[],
): Whole {
  if (group === null) return { ...sentence, tests: change(sentence.tests) }
  const groups = sentence.groups.map((each, at) =>
    at === group ? { ...each, tests: change(each.tests) } : each,
  )
  return { ...sentence, groups: groups.filter(({ tests }) => tests.length > 0) }
}

/** The sentence with another "all" or "one"; groups say the opposite of the sentence, or they would be none. */
export function withAll(sentence: Whole, all: boolean): Whole {
  return { ...sentence, all, groups: sentence.groups.map((group): TestGroup => ({ ...group, all: !all })) }
}
