import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import type { MessageKey, Translate } from 'motcua/kernel/i18n'
import { findMessage, type Locale } from 'motcua/kernel/i18n'
import {
  type FieldDraft,
  type FormDraft,
  findField,
  findGroup,
  findPage,
  type GroupDraft,
  isDraft,
  type Place,
  placeId,
  placeOfId,
  placesOf,
  plainWords,
  readDraftText,
  type SourceDraft,
  type Use,
} from 'motcua/modules/forms/editing'
import { kin, readParts } from './dictionary'

/** What the builder has open: the id of a place, `rule:<key>`, or the whole form (`form`). */
export type Selected = string
export const wholeForm = 'form'
export const ruleId = (key: string) => `rule:${key}`
export const ruleKeyOf = (id: Selected) => (id.startsWith('rule:') ? id.slice('rule:'.length) : undefined)

/** Something to look at, at the thing it is about. */
export interface BuilderProblem {
  id: Selected
  severity: 'error' | 'warning' | 'hint'
  text: string
}

/** One line of the outline. */
export interface OutlineLine {
  id: Selected
  is: 'form' | 'page' | 'group' | 'field' | 'rules' | 'rule'
  name: string
  level: number
  no: number
  of: number
  /** Opens and closes; undefined when nothing stands in it. */
  open?: boolean
  parent: Selected | null
  conditional: boolean
  known: boolean
  rows: boolean
  errors: number
  warnings: number
}

/** The words of one thing; its kind when it has none yet. */
export function nameOf(draft: FormDraft, id: Selected, t: Translate, locale: Locale): string {
  if (id === wholeForm) return t('formBuilder.whole')
  const rule = ruleKeyOf(id)
  if (rule !== undefined) {
    const message = draft.rules?.find(({ key }) => key === rule)?.message[locale]
    return message || t('formBuilder.untitled')
  }
  const place = placeOfId(id)
  if (place.field !== undefined) return findField(draft, place)?.label[locale] || t('formBuilder.untitled')
  if (place.group !== undefined) return groupName(findGroup(draft, place), t, locale)
  return findPage(draft, place)?.title[locale] || t('formBuilder.untitled')
}

const groupName = (group: GroupDraft | undefined, t: Translate, locale: Locale) =>
  group?.title?.[locale] || t(group?.repeat ? 'formBuilder.list' : 'formBuilder.untitledGroup')

export interface OutlineInput {
  problems: readonly BuilderProblem[]
  closed: ReadonlySet<Selected>
  t: Translate
  locale: Locale
}

/** The form as lines: what stands in closed pages and groups is left out. */
export function outlineOf(draft: FormDraft, input: OutlineInput): OutlineLine[] {
  const { closed, t, locale } = input
  const lines: OutlineLine[] = [lineOf({ id: wholeForm, is: 'form', level: 1, parent: null }, draft, input)]
  draft.pages.forEach((page, i) => {
    const id = placeId({ page: page.key })
    const facts = { conditional: page.visible !== undefined, open: !closed.has(id) }
    lines.push(
      lineOf(
        { id, is: 'page', level: 1, parent: null, no: i + 1, of: draft.pages.length, ...facts },
        draft,
        input,
      ),
    )
    if (closed.has(id)) return
    page.groups.forEach((group, j) => {
      const seat = { parent: id, level: 2, no: j + 1, of: page.groups.length }
      lines.push(...groupLines(draft, group, { page: page.key, group: group.key }, seat, input))
    })
  })
  const rules = draft.rules ?? []
  if (rules.length === 0) return lines
  const open = !closed.has('rules')
  lines.push({
    ...lineOf({ id: 'rules', is: 'rules', level: 1, parent: null, open }, draft, input),
    name: t('formBuilder.rules'),
  })
  if (!open) return lines
  rules.forEach(({ key, message }, i) => {
    const line = {
      id: ruleId(key),
      is: 'rule' as const,
      level: 2,
      parent: 'rules',
      no: i + 1,
      of: rules.length,
    }
    lines.push({ ...lineOf(line, draft, input), name: message[locale] || t('formBuilder.untitled') })
  })
  return lines
}

type Seat = Pick<OutlineLine, 'parent' | 'level' | 'no' | 'of'>

function groupLines(
  draft: FormDraft,
  group: GroupDraft,
  at: Place,
  seat: Seat,
  input: OutlineInput,
): OutlineLine[] {
  const id = placeId(at)
  const inner = group.groups ?? []
  const open = !input.closed.has(id)
  const facts = { conditional: group.visible !== undefined, rows: group.repeat !== undefined, open }
  const line = lineOf({ id, is: 'group', ...seat, ...facts }, draft, input)
  if (!open) return [line]
  const of = group.fields.length + inner.length
  const within = { parent: id, level: seat.level + 1, of }
  return [
    line,
    ...group.fields.map((field, i) => {
      const known = (field.sources?.length ?? 0) > 0 || field.type === 'computed'
      const place = placeId({ ...at, field: field.key })
      const facts = { conditional: field.visible !== undefined, known }
      return lineOf({ id: place, is: 'field', ...within, no: i + 1, ...facts }, draft, input)
    }),
    ...inner.flatMap((one, i) =>
      groupLines(
        draft,
        one,
        { ...at, inner: one.key },
        { ...within, no: group.fields.length + i + 1 },
        input,
      ),
    ),
  ]
}

function lineOf(
  line: Pick<OutlineLine, 'id' | 'is' | 'level' | 'parent'> & Partial<OutlineLine>,
  draft: FormDraft,
  { problems, t, locale }: OutlineInput,
): OutlineLine {
  const here = problems.filter(({ id }) => id === line.id)
  return {
    ...{ no: 1, of: 1, conditional: false, known: false, rows: false },
    ...line,
    name: line.is === 'rules' ? '' : nameOf(draft, line.id, t, locale),
    errors: here.filter(({ severity }) => severity === 'error').length,
    warnings: here.filter(({ severity }) => severity !== 'error').length,
  }
}

/** Where a moved thing stands now, for those who do not see it move. */
export function whereText(draft: FormDraft, id: Selected, t: Translate, locale: Locale): string {
  const place = placeOfId(id)
  const parent =
    place.field !== undefined
      ? { ...place, field: undefined }
      : place.inner !== undefined
        ? { page: place.page, group: place.group }
        : { page: place.page }
  const beside =
    place.field !== undefined
      ? findGroup(draft, place)?.fields
      : place.inner !== undefined
        ? findGroup(draft, { page: place.page, group: place.group ?? '' })?.groups
        : place.group !== undefined
          ? findPage(draft, place)?.groups
          : draft.pages
  const own = place.field ?? place.inner ?? place.group ?? place.page
  const no = (beside ?? []).findIndex(({ key }) => key === own) + 1
  const isPage = place.group === undefined
  const name = isPage ? t('formBuilder.whole') : nameOf(draft, placeId(parent as Place), t, locale)
  return t('formBuilder.said.where', { parent: name, no, of: beside?.length ?? 0 })
}

/**
 * The id of the thing that a check speaks of: `pages.0.groups.1.fields.3.label`, a key of a question, list, page or
 * rule, `members.age`; the whole form when it speaks of none.
 */
export function problemPlace(draft: FormDraft, at: string): Selected {
  const [head, ...steps] = at.split('.')
  if (head === 'pages') return placeAtPath(draft, steps) ?? wholeForm
  if (head === 'rules') {
    const rule = draft.rules?.[Number(steps[0])]
    return rule ? ruleId(rule.key) : wholeForm
  }
  if (draft.rules?.some(({ key }) => key === at)) return ruleId(at)
  const places = [...placesOf(draft)]
  const found =
    places.find(({ field, inner }) => field === at && inner === undefined) ??
    places.find((place) => place.field !== undefined && columnPath(draft, place) === at) ??
    places.find(
      ({ field, group, inner }) =>
        field === undefined && (inner === undefined ? group : `${group}.${inner}`) === at,
    ) ??
    places.find(({ page, group }) => group === undefined && page === at)
  return found ? placeId(found) : wholeForm
}

const columnPath = (draft: FormDraft, { page, group = '', inner, field }: Place) =>
  findGroup(draft, { page, group })?.repeat
    ? [group, inner, field].filter((part) => part !== undefined).join('.')
    : field

function placeAtPath(draft: FormDraft, [i, , j, ...rest]: string[]): Selected | undefined {
  const page = draft.pages[Number(i)]
  if (!page) return undefined
  const group = page.groups[Number(j)]
  if (!group) return placeId({ page: page.key })
  const at = { page: page.key, group: group.key }
  if (rest[0] === 'fields') return fieldPath(group, at, rest[1])
  const inner = rest[0] === 'groups' ? group.groups?.[Number(rest[1])] : undefined
  if (!inner) return placeId(at)
  return fieldPath(inner, { ...at, inner: inner.key }, rest[2] === 'fields' ? rest[3] : undefined)
}

function fieldPath(group: GroupDraft, at: Place, k: string | undefined): Selected {
  const field = k === undefined ? undefined : group.fields[Number(k)]
  return placeId(field ? { ...at, field: field.key } : at)
}

/** What conditions in a place may read: answers of the form and, in rows, the columns of their list. */
export function ruleFields(draft: FormDraft, t: Translate, locale: Locale, within?: Place): RuleField[] {
  const read = (fields: readonly FieldDraft[]) => fields.flatMap((field) => readable(field, t, locale))
  const top = draft.pages.flatMap((page) =>
    page.groups.flatMap((group): RuleField[] =>
      group.repeat
        ? [{ path: group.key, label: group.title?.[locale] || group.key, type: 'list' }]
        : read(group.fields),
    ),
  )
  const channels = (['online', 'direct', 'post'] as const).map((value) => ({
    value,
    label: t(`catalogue.channel.${value}`),
  }))
  const given = [{ path: 'channel', label: t('formBuilder.channel'), type: 'enum', options: channels }]
  const outer =
    within?.group === undefined ? undefined : findGroup(draft, { page: within.page, group: within.group })
  if (!outer?.repeat) return [...top, ...given]
  const inner = within?.inner === undefined ? undefined : findGroup(draft, within)
  return [...read(inner?.fields ?? []), ...read(outer.fields), ...top, ...given]
}

/** An answer, and the parts of it that conditions often read. */
function readable(field: FieldDraft, t: Translate, locale: Locale): RuleField[] {
  const label = field.label[locale] || field.key
  const options = field.options?.map(({ value, label: words }) => ({ value, label: words[locale] || value }))
  const ways = (['electronic', 'collect', 'post'] as const).map((value) => ({
    value,
    label: t(`forms.delivery.${value}`),
  }))
  const parts = (readParts[field.type] ?? []).map((part) => ({
    path: `${field.key}.${part}`,
    label: t(`formBuilder.partOf.${part}`, { label }),
    ...(part === 'way' ? { type: 'enum', options: ways } : { type: 'text' }),
  }))
  return [{ path: field.key, label, type: field.type, ...(options ? { options } : {}) }, ...parts]
}

/** The sentence of one use of a question. */
export function usageText(draft: FormDraft, { at, what }: Use, t: Translate, locale: Locale): string {
  const id = 'rule' in at ? ruleId(at.rule) : placeId(at)
  return t(`formBuilder.inUse.what.${what}`, { name: nameOf(draft, id, t, locale) })
}

/** Where a value comes from, in words: “Nơi thường trú của mẹ (Cơ sở dữ liệu quốc gia về dân cư)”. */
export function sourceName(source: SourceDraft, draft: FormDraft, t: Translate, locale: Locale): string {
  const from = typeof source === 'string' ? source : source.from
  const [register = '', ...path] = from.split('.')
  if (register === 'ANS') {
    const id = problemPlace(draft, path.join('.'))
    return t('formBuilder.field.answerAbove', { name: nameOf(draft, id, t, locale) })
  }
  const place = findMessage(locale, `forms.source.${register}`)
  const fact = factName(register, path.join('.'), t, locale)
  return fact && place ? `${fact} (${place})` : t('formBuilder.field.notInDictionary', { from })
}

/** One fact of a register in words. */
export function factName(register: string, path: string, t: Translate, locale: Locale): string | undefined {
  const who = kin.find((one) => register === 'POP' && path.startsWith(`${one}.`))
  const bare = who ? path.slice(who.length + 1) : path
  const fact = findMessage(locale, `formBuilder.fact.${register}.${bare}`)
  return fact && who ? t(`formBuilder.factOf.${who}` as MessageKey, { fact }) : fact
}

/** A short value made from the words of an option, free among the others. */
export function optionValue(label: string, others: readonly string[]): string {
  const stem = plainWords(label).join('-').slice(0, 40) || 'lua-chon'
  if (!others.includes(stem)) return stem
  for (let n = 2; ; n++) if (!others.includes(`${stem}-${n}`)) return `${stem}-${n}`
}

const known = new Set(
  [
    'title',
    'intro',
    'label',
    'legalLabel',
    'type',
    'required',
    'visible',
    'options',
    'help',
    'sources',
    'value',
  ].concat(['repeat', 'message', 'when', 'fields', 'severity', 'count']),
)

/** What differs between two sides of one thing: member by member, in words short enough to compare. */
export function clashLines(mine: unknown, theirs: unknown, t: Translate, locale: Locale) {
  const [a, b] = [mine ?? {}, theirs ?? {}] as Record<string, unknown>[]
  const names = [...new Set([...Object.keys(a!), ...Object.keys(b!)])]
  return names
    .filter((name) => JSON.stringify(a![name]) !== JSON.stringify(b![name]))
    .map((name) => ({
      id: name,
      name: t(`formBuilder.member.${known.has(name) ? name : 'other'}` as MessageKey),
      mine: shown(a![name], locale),
      theirs: shown(b![name], locale),
    }))
}

function shown(value: unknown, locale: Locale): string {
  if (value === undefined) return '–'
  if (typeof value === 'object' && value !== null && 'vi' in value)
    return String((value as Record<string, unknown>)[locale] ?? '')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** What is wrong with a typed definition, in words. */
export function textProblem(text: string, t: Translate): string | undefined {
  const read = readDraftText(text)
  if ('line' in read) return t('formBuilder.expert.notJson', { line: read.line })
  return isDraft(read) ? undefined : t('formBuilder.expert.notForm', { at: read.at })
}

/**
 * What is missing where the shape of a form is not whole, in words of the builder; null when the missing words are
 * told of anyway, and undefined when there is nothing better than the path.
 */
export function shapeText(at: string, t: Translate): string | null | undefined {
  if (/\.(vi|en)$/.test(at)) return null
  if (/groups\.\d+\.fields$/.test(at)) return t('formBuilder.shape.emptyGroup')
  if (/pages\.\d+\.groups$/.test(at)) return t('formBuilder.shape.emptyPage')
  if (/rules\.\d+\.fields$/.test(at)) return t('formBuilder.shape.ruleFields')
  return undefined
}
