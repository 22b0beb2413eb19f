import { isStorableText } from '../../../kernel/text.ts'
import type { Channel, Component, Fee, Limit } from '../procedure-version.ts'
import { caseFrom, channelNames, feeFrom, type ImportedRecord, procedureFrom } from './imported.ts'
import { readLimit } from './limit-words.ts'
import { obsoleteIn } from './obsolete-bases.ts'
import { type Trait, trait } from './trait.ts'

type Json = Record<string, unknown>

/** Members that are taken over; everything else of a record is named in the report. */
const taken = new Set([
  ...['id', 'code', 'name', 'category', 'departmentPromulgateName', 'unitGroupsExecuting', 'subjectTypes'],
  ...['results', 'requirementsAndConditions', 'executionMethods', 'cases', 'legalBasises', 'executionSteps'],
  ...['executionCases', 'state', 'createdAt', 'updatedAt'],
])

/** Whether something looks like a record of the national portal. */
export const isNationalRecord = (value: unknown): value is Json =>
  isObject(value) &&
  typeof value.code === 'string' &&
  ('executionMethods' in value || 'executionCases' in value)

/**
 * Reads a record of the national portal (the newer format). Nothing is dropped silently: what is not understood, and
 * what the record does badly, is told with its place.
 */
export function readNationalRecord(record: Json, asOf: string): ImportedRecord {
  const traits: Trait[] = Object.keys(record)
    .filter((name) => !taken.has(name))
    .map((name) => trait('not-taken-over', name, record[name]))
  const code = text(record.code)
  const name = text(record.name)
  const field = fieldOf(record.category, traits)
  const { limits, fees } = methodsOf(list(record.executionMethods), traits)
  const named = casesOf(list(record.cases), limits, traits)
  const ordinary = caseFrom(named ?? { code: `${code}.01`, name: 'Trường hợp chung' }, limits, fees)
  if (!ordinary) traits.push(trait('no-limit', 'executionMethods', record.executionMethods ?? ''))
  const procedure = procedureFrom({
    ...{ code, name, field, subjects: list(record.subjectTypes).map(nameOf).filter(Boolean) },
    executing:
      list(record.unitGroupsExecuting).map(nameOf).join(', ') || text(record.unitGroupsExecuting) || '—',
    conditions: text(record.requirementsAndConditions) || null,
    cases: ordinary ? [ordinary] : [],
    components: componentsOf(list(record.executionCases), traits),
    steps: stepsOf(list(record.executionSteps), traits),
    results: resultsOf(list(record.results), traits),
    legalBases: basesOf(list(record.legalBasises), traits),
    asOf,
    source: `Cổng Dịch vụ công quốc gia, bản ghi ${text(record.id) || code}`,
  })
  return { code, name, format: 'national', procedure, traits }
}

function fieldOf(category: unknown, traits: Trait[]) {
  const name = isObject(category) ? text(category.name) : text(category)
  if (name === '') traits.push(trait('no-field', 'category', category ?? 'null'))
  return { code: isObject(category) ? text(category.code) || null : null, name: name || '—' }
}

function methodsOf(methods: readonly unknown[], traits: Trait[]) {
  const limits = new Map<Channel, Limit>()
  const fees: Fee[] = []
  for (const [i, method] of methods.entries()) {
    if (!isObject(method)) continue
    const at = `executionMethods.${i}`
    const channel = channelNames[text(method.submissionMethod)]
    if (!channel) {
      traits.push(trait('unknown-channel', `${at}.submissionMethod`, method.submissionMethod ?? ''))
      continue
    }
    const read = readLimit(method.processingTime, method.processingTimeUnit, method.description)
    if (read && !read.sure)
      traits.push(trait('unit-other', `${at}.processingTimeUnit`, method.processingTimeUnit ?? ''))
    if (limits.has(channel)) traits.push(trait('channel-twice', at, method.description ?? channel))
    else if (read) limits.set(channel, read.limit)
    fees.push(...feesOf(list(method.fees), channel, `${at}.fees`, traits))
  }
  return { limits, fees: fees.map((fee, i) => ({ ...fee, key: `${fee.kind}-${i + 1}` })) }
}

function feesOf(fees: readonly unknown[], channel: Channel, at: string, traits: Trait[]): Fee[] {
  return fees.filter(isObject).map((fee, i) => {
    const words = text(fee.description)
    const amount =
      typeof fee.value === 'number' && Number.isSafeInteger(fee.value) && fee.value >= 0 ? fee.value : null
    const byProvince = /hội đồng nhân dân|HĐND/i.test(words)
    if (byProvince) traits.push(trait('amount-by-province', `${at}.${i}`, words))
    else if (amount === null) traits.push(trait('amount-in-words', `${at}.${i}`, words || fee.value || ''))
    const kind = fee.type === 'SERVICE_FEE' ? 'charge' : 'fee'
    return feeFrom(i, { amount: byProvince ? null : amount, words, kind, channel })
  })
}

/** The first case names the ordinary one; a limit of its own that contradicts the channels is told. */
function casesOf(cases: readonly unknown[], limits: ReadonlyMap<Channel, Limit>, traits: Trait[]) {
  if (cases.length === 0) traits.push(trait('no-case', 'cases', ''))
  for (const [i, each] of cases.filter(isObject).entries()) {
    const own = readLimit(each.processingDay, each.unit ?? each.processingTimeUnit, '')
    const [stated] = limits.values()
    if (own && stated && own.limit.amount !== stated.amount)
      traits.push(trait('contradicting-limits', `cases.${i}`, `${own.limit.raw} / ${stated.raw}`))
    if (i > 0) traits.push(trait('not-taken-over', `cases.${i}`, each))
  }
  const [first] = cases.filter(isObject)
  return first && { code: text(first.code) || '01', name: text(first.name) || 'Trường hợp chung' }
}

function componentsOf(groups: readonly unknown[], traits: Trait[]): Component[] {
  const found: Component[] = []
  for (const [g, group] of groups.filter(isObject).entries()) {
    const of = text(group.name)
    const lines = list(group.profileComponents).filter(isObject)
    if (groups.length > 1) traits.push(trait('group-of-components', `executionCases.${g}`, of))
    for (const [i, line] of lines.entries()) {
      const at = `executionCases.${g}.profileComponents.${i}`
      found.push(componentOf(line, { at, of: groups.length > 1 ? of : '' }, found.length, traits))
    }
  }
  return found
}

function componentOf(
  line: Json,
  { at, of }: { at: string; of: string },
  index: number,
  traits: Trait[],
): Component {
  const [original, copies] = [whole(line.originalQty), whole(line.copyQty)]
  const name = text(line.name) || '—'
  const note = original === 0 && copies === 0
  if (note) traits.push(trait('note-as-component', at, name))
  for (const [i, file] of list(line.attachments).entries())
    traits.push(
      trait('not-taken-over', `${at}.attachments.${i}`, isObject(file) ? text(file.fileName) : file),
    )
  return {
    ...{ key: `giay-to-${index + 1}`, name, nameEn: name, code: text(line.code) || null, original, copies },
    mode: note ? 'note' : 'submit',
    required: !note,
    ...{ condition: null, replacedBy: null, lookedUpWhen: null, group: null },
    declaration: line.hasElectronicForm === true,
    help: of ? { vi: of, en: of } : null,
  }
}

function stepsOf(steps: readonly unknown[], traits: Trait[]) {
  const read = steps
    .filter(isObject)
    .map((step) => ({ name: text(step.name) || '—', text: text(step.text ?? step.content) || '—' }))
  const numbers = read.flatMap(({ name }) => /^bước\s*(\d+)/i.exec(name)?.slice(1).map(Number) ?? [])
  const shuffled = numbers.some((number, i) => i > 0 && number < numbers[i - 1]!)
  if (shuffled) traits.push(trait('order-shuffled', 'executionSteps', numbers.join(', ')))
  return read
}

function resultsOf(results: readonly unknown[], traits: Trait[]) {
  const read = results
    .map((result) => ({ code: isObject(result) ? text(result.code) || null : null, name: nameOf(result) }))
    .filter(({ name }) => name !== '')
  if (read.length > 1)
    traits.push(trait('several-results', 'results', read.map(({ name }) => name).join('; ')))
  return read
}

function basesOf(bases: readonly unknown[], traits: Trait[]) {
  return bases.filter(isObject).map((basis, i) => {
    const [number, title] = [text(basis.number ?? basis.code) || '—', text(basis.title ?? basis.name) || '—']
    const obsolete = obsoleteIn(`${number} ${title}`)
    if (obsolete) traits.push(trait('obsolete-basis', `legalBasises.${i}`, `${number} → ${obsolete.by}`))
    return { number, title }
  })
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 2_000) : [])
/** Text of a record: NFC, without the characters that cannot be stored. */
export const text = (value: unknown): string =>
  typeof value === 'string' && isStorableText(value) ? value.normalize('NFC').trim().slice(0, 20_000) : ''
const nameOf = (value: unknown): string => (isObject(value) ? text(value.name) : text(value))
const whole = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000 ? value : 0
