import { type CompiledForm, conditionOf, fieldsOf, pathOfSource } from './compile-form.ts'
import { type EvaluateContext, evaluateForm, newRun } from './evaluate-form.ts'
import { isBlank, sameValue } from './fields/index.ts'
import type { Answers, Field, Offers, Origin, Origins } from './form-definition.ts'
import { isUnavailable, type Registers } from './register-source.ts'
import { checkValue } from './validate-answers.ts'

/** What the account knows, by the names that sources use: `ACC.fullName`. */
export type PrefillAccount = Record<string, unknown>

export interface PrefillInput extends EvaluateContext {
  /** What the account itself knows: see `accountFacts`. */
  account: PrefillAccount
  /** Registers by source key (`POP`, `CIV` …); a silent one is `unavailable`. */
  registers: Registers
  answers?: Answers
  origins?: Origins
  /** Also fields that the form drops: what a result paper prints but nobody is asked. */
  includeHidden?: boolean
  /** Fills these alone and makes no offers: a quick look-up in the path of every filing. */
  only?: ReadonlySet<string>
}

/**
 * Fills blank answers from account, registers and earlier answers, and says where each came from. Answers that a
 * source gave follow their source when earlier answers change; what a person typed is never touched.
 */
export function prefill(
  compiled: CompiledForm,
  input: PrefillInput,
): { answers: Answers; origins: Origins; offers: Offers } {
  const answers: Answers = { ...input.answers }
  const origins: Origins = { ...input.origins }
  const fields = new Map(
    fieldsOf(compiled.definition).flatMap(({ group, field }) =>
      group.repeat ? [] : [[field.key, field] as const],
    ),
  )
  for (const { key, repeat } of compiled.definition.pages.flatMap((page) => page.groups)) {
    // A list that needs rows shows them at once.
    if (repeat && repeat.min > 0 && answers[key] === undefined)
      answers[key] = Array.from({ length: repeat.min }, () => ({}))
  }
  const filling: Filling = { compiled, input, answers, origins, seen: {} }
  // Twice, because a value given in the first round may open fields or sources of the second.
  for (let round = 0; round < 2; round++) {
    filling.seen.context = undefined
    const visible = input.includeHidden ? undefined : visibleKeys(compiled, answers, input)
    for (const key of compiled.order) {
      const field = fields.get(key)
      if (!field || field.type === 'computed' || visible?.has(key) === false) continue
      if (input.only?.has(key) === false) continue
      if (isBlank(answers[key]) || (origins[key] && !input.only)) fillField(field, filling)
    }
  }
  return { answers, origins, offers: input.only ? {} : offersOf([...fields.values()], input) }
}

interface Filling {
  compiled: CompiledForm
  input: PrefillInput
  answers: Answers
  origins: Origins
  /** Answers as conditions read them; forgotten whenever an answer changes. */
  seen: { context?: Record<string, unknown> | undefined }
}

function contextOf({ compiled, input, answers, seen }: Filling): Record<string, unknown> {
  seen.context ??= evaluateForm(compiled, answers, input).context
  return seen.context
}

function visibleKeys(compiled: CompiledForm, answers: Answers, input: PrefillInput): Set<string> {
  const { pages } = evaluateForm(compiled, answers, input)
  return new Set(
    pages.flatMap((page) => page.fields.filter((field) => field.visible).map((field) => field.key)),
  )
}

function fillField(field: Field, filling: Filling): void {
  const { answers, origins } = filling
  const found = bestSource(field, filling)
  const before = answers[field.key]
  if (found?.origin.state === 'given') {
    answers[field.key] = found.value
    origins[field.key] = found.origin
  } else if (found) {
    if (isBlank(answers[field.key])) origins[field.key] = found.origin
  } else {
    if (origins[field.key]?.state === 'given') delete answers[field.key]
    delete origins[field.key]
    if (isBlank(answers[field.key])) propose(field, filling)
  }
  // A look-up of a few fields evaluates the form once a round; the second round sees what the first found.
  if (answers[field.key] !== before && !filling.input.only) filling.seen.context = undefined
}

function bestSource(field: Field, filling: Filling): { value: unknown; origin: Origin } | undefined {
  const { input, answers } = filling
  const sources: Record<string, unknown> = { ...input.registers, ACC: input.account, ANS: answers }
  let silent: Origin | undefined
  for (const source of field.sources) {
    const [name = '', ...path] = pathOfSource(source).split('.')
    const register = sources[name]
    if (isUnavailable(register)) {
      silent ??= { source: name, state: 'unavailable' }
      continue
    }
    if (!applies(conditionOf(source), filling, sources)) continue
    const value = name === 'ANS' ? answers[path.join('.')] : path.reduce(ownProperty, register)
    const checked = isBlank(value) ? undefined : checkValue(field, value, input.today)
    if (!checked || 'code' in checked) continue
    return { value: checked.value, origin: originOf(name, path.join('.'), register, filling.origins) }
  }
  return silent ? { value: undefined, origin: silent } : undefined
}

function applies(text: string | undefined, filling: Filling, sources: Record<string, unknown>): boolean {
  if (text === undefined) return true
  return newRun(filling.compiled, filling.input).holds(text, { ...contextOf(filling), ...sources })
}

/** Different values only: two parents from one commune make one button. */
function offersOf(fields: Field[], input: PrefillInput): Offers {
  const sources: Record<string, unknown> = { ...input.registers, ACC: input.account }
  const offers: Offers = {}
  for (const field of fields) {
    for (const { from, label } of field.offers) {
      const value = from.split('.').reduce(ownProperty, sources as unknown)
      const known = offers[field.key] ?? []
      if (isBlank(value) || 'code' in checkValue(field, value)) continue
      if (!known.some((offer) => sameValue(offer.value, value)))
        offers[field.key] = [...known, { label, value }]
    }
  }
  return offers
}

function ownProperty(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined
}

/** A copied answer keeps the origin of the answer it was copied from. */
function originOf(source: string, path: string, register: unknown, origins: Origins): Origin {
  if (source === 'ANS') return origins[path] ?? { source: 'ANS', state: 'given' }
  const note = ownProperty(register, 'note')
  return { source, state: 'given', ...(typeof note === 'string' ? { note } : {}) }
}

/** The first value that the form proposes. */
function propose(field: Field, filling: Filling): void {
  if (!field.value) return
  const { compiled, input, answers, origins } = filling
  const value = newRun(compiled, input).value(field.value, contextOf(filling))
  if (isBlank(value)) return
  answers[field.key] = value
  // A value that the form works out is a fact to look over; a mere suggestion stays a question.
  if (field.origin === 'computed') origins[field.key] = { source: 'CALC', state: 'given' }
}

/** What the signed-in account knows, in the shapes of the dictionary. */
export function accountFacts(account: {
  name: string
  personalId?: string | undefined
  dateOfBirth?: string | undefined
  phone?: string | undefined
  email?: string | undefined
}): PrefillAccount {
  const { name, personalId, dateOfBirth, phone, email } = account
  const identityPaper = personalId ? { kind: 'id', number: personalId } : undefined
  return { fullName: name, personalId, identityPaper, dateOfBirth, phone, email }
}
