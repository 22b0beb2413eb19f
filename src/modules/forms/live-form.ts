import type { Feel } from '../../kernel/feel/index.ts'
import type { Locale } from '../../kernel/i18n.ts'
import type { CompiledForm } from './compile-form.ts'
import type { EvaluateContext } from './evaluate-form.ts'
import type { Answers, Field, FormDefinition, Group, Offers, Rule } from './form-definition.ts'
import { readsOf } from './reads.ts'

/** What a page in a browser needs to evaluate itself: no sources, no texts of other pages, no answers it never reads. */
export interface LiveForm {
  compiled: CompiledForm
  /** Pages of the form that are drawn on this page. */
  pageKeys: string[]
  answers: Answers
  offers: Offers
  context: Pick<EvaluateContext, 'today' | 'channel' | 'caseCode'>
  locale: Locale
}

export interface LiveInput extends Pick<EvaluateContext, 'today' | 'channel' | 'caseCode'> {
  answers: Answers
  offers?: Offers
  locale: Locale
}

/** Cuts a form and its answers down to what the conditions and rules of some of its pages read. Pure. */
export function liveForm(compiled: CompiledForm, pageKeys: readonly string[], input: LiveInput): LiveForm {
  const { answers, offers = {}, locale, today, channel, caseCode } = input
  const needed = neededKeys(compiled, pageKeys)
  const definition = cut(compiled.definition, pageKeys, needed, locale)
  const texts = new Set<string>()
  collectTexts(definition, texts)
  return {
    compiled: {
      ...compiled,
      definition,
      trees: pick(compiled.trees, (text) => texts.has(text)),
      order: compiled.order.filter((key) => needed.has(key)),
    },
    pageKeys: [...pageKeys],
    answers: pick(answers, (key) => needed.has(key)),
    offers: pick(offers, (key) => needed.has(key)),
    context: {
      ...(today === undefined ? {} : { today }),
      ...(channel === undefined ? {} : { channel }),
      ...(caseCode === undefined ? {} : { caseCode }),
    },
    locale,
  }
}

const pick = <T>(from: Record<string, T>, wanted: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => wanted(key)))

/** Keys of fields and lists: those drawn, those that their conditions and rules read, and so on. */
function neededKeys({ definition, trees }: CompiledForm, pageKeys: readonly string[]): Set<string> {
  const texts = new Map<string, Set<string>>()
  const drawn: string[] = []
  for (const page of definition.pages) {
    for (const group of page.groups) {
      for (const key of group.repeat ? [group.key] : group.fields.map((field) => field.key)) {
        const own = texts.get(key) ?? new Set<string>()
        texts.set(key, own)
        if (page.visible) own.add(page.visible)
        collectTexts(group.repeat ? group : { visible: group.visible }, own)
        if (!group.repeat)
          collectTexts(
            group.fields.find((field) => field.key === key),
            own,
          )
        if (pageKeys.includes(page.key)) drawn.push(key)
      }
    }
  }
  const needed = new Set<string>()
  const keysOf = (text: string) => keysRead(trees[text], texts.keys())
  const visit = (key: string) => {
    if (needed.has(key)) return
    needed.add(key)
    for (const text of texts.get(key) ?? []) for (const read of keysOf(text)) visit(read)
  }
  for (const key of drawn) visit(key)
  for (const { visible } of definition.pages) if (visible) for (const key of keysOf(visible)) visit(key)
  for (const rule of definition.rules) {
    if (!isOn(rule, drawn)) continue
    for (const key of rule.within ? keysOf(rule.when) : [...rule.fields, ...keysOf(rule.when)]) visit(key)
  }
  return needed
}

/** Whether a rule speaks about these fields and lists; the fields of a rule within a list are its columns. */
const isOn = ({ fields, within }: Rule, keys: readonly string[]) =>
  within === undefined
    ? fields.some((key) => keys.includes(key))
    : keys.some((key) => within === key || within.startsWith(`${key}.`))

function keysRead(tree: Feel | undefined, keys: Iterable<string>): string[] {
  if (!tree) return []
  const paths = readsOf(tree)
  const reads = (key: string) =>
    paths.some((path) => path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`))
  return [...keys].filter(reads)
}

/** Every FEEL text of a part of a definition, sources apart: they are asked on the server. */
function collectTexts(part: unknown, found: Set<string>): void {
  if (Array.isArray(part)) for (const one of part) collectTexts(one, found)
  else if (typeof part === 'object' && part !== null) {
    for (const [name, value] of Object.entries(part)) {
      if (name === 'sources') continue
      if (typeof value === 'string') {
        if (feelMembers.has(name)) found.add(value)
      } else collectTexts(value, found)
    }
  }
}
const feelMembers = new Set(['visible', 'required', 'value', 'when'])

function cut(
  definition: FormDefinition,
  pageKeys: readonly string[],
  needed: ReadonlySet<string>,
  locale: Locale,
): FormDefinition {
  const pages = definition.pages.map((page) => {
    const drawn = pageKeys.includes(page.key)
    const groups = page.groups.flatMap((group): Group[] => {
      if (group.repeat) return needed.has(group.key) ? [cutGroup(group, drawn, locale)] : []
      const fields = group.fields.filter((field) => needed.has(field.key))
      return fields.length ? [cutGroup({ ...group, fields }, drawn, locale)] : []
    })
    const { key, visible } = page
    return { key, title: noText, ...(visible === undefined ? {} : { visible }), groups }
  })
  const drawn = pages
    .filter(({ key }) => pageKeys.includes(key))
    .flatMap(({ groups }) => groups.flatMap(keysOfGroup))
  const rules = definition.rules
    .filter((rule) => isOn(rule, drawn))
    .map((rule) => ({ ...rule, message: oneText(rule.message, locale) }))
  const { key, version, procedureCode, legalForm, validFrom, validTo } = definition
  const assurance = { vi: '', en: '', version: definition.assurance.version }
  return {
    key,
    version,
    procedureCode,
    title: noText,
    legalForm,
    validFrom,
    validTo,
    pages,
    rules,
    assurance,
  }
}

const keysOfGroup = (group: Group) => (group.repeat ? [group.key] : group.fields.map((field) => field.key))

const noText = { vi: '', en: '' }
const oneText = (text: { vi: string; en: string }, locale: Locale) => ({ ...noText, [locale]: text[locale] })

function cutGroup(group: Group, drawn: boolean, locale: Locale): Group {
  const { title: _, groups, ...rest } = group
  const inner = groups ? { groups: groups.map((one) => cutGroup(one, drawn, locale)) } : {}
  return { ...rest, fields: group.fields.map((field) => cutField(field, drawn, locale)), ...inner }
}

function cutField(field: Field, drawn: boolean, locale: Locale): Field {
  const { help: _help, legalLabel: _legal, options, ...rest } = field
  const label = drawn ? oneText(field.label, locale) : noText
  const cutOptions = options ? { options: options.map((option) => ({ ...option, label: noText })) } : {}
  return { ...rest, label, sources: [], offers: [], ...cutOptions }
}
