import type { FormDraft } from './form-draft.ts'

type Thing = Record<string, unknown>

/**
 * Reads anything that was saved or typed as the draft of a form: enough of its shape that every tool of the builder
 * can show it, while texts may still be missing. Gives where it is no form: `pages.0.groups.1.fields.3`.
 */
export function readDraft(value: unknown): FormDraft | { at: string } {
  const wrong = firstWrong(value)
  return wrong === undefined ? (value as FormDraft) : { at: wrong }
}

/** Whether what was read is a form; otherwise it says where it stops being one. */
export const isDraft = (read: FormDraft | { at: string }): read is FormDraft => 'pages' in read

/** Reads typed JSON; a text that is no JSON gives the line at which reading stopped. */
export function readDraftText(text: string): FormDraft | { at: string } | { line: number } {
  try {
    return readDraft(JSON.parse(text))
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length)
    return { line: text.slice(0, position).split('\n').length }
  }
}

function firstWrong(value: unknown): string | undefined {
  if (!isThing(value)) return '.'
  if (!isText2(value.title)) return 'title'
  if (typeof value.key !== 'string') return 'key'
  if (typeof value.procedureCode !== 'string') return 'procedureCode'
  if (!isThing(value.legalForm)) return 'legalForm'
  if (!isThing(value.assurance)) return 'assurance'
  if (!Array.isArray(value.pages) || value.pages.length === 0) return 'pages'
  return wrongIn(value.pages, 'pages', wrongPage) ?? wrongIn(value.rules ?? [], 'rules', wrongRule)
}

function wrongIn(
  list: unknown,
  at: string,
  wrong: (item: Thing, at: string) => string | undefined,
): string | undefined {
  if (!Array.isArray(list)) return at
  for (const [i, item] of list.entries()) {
    const here = `${at}.${i}`
    const found = isThing(item) && typeof item.key === 'string' ? wrong(item, here) : here
    if (found !== undefined) return found
  }
  return undefined
}

const wrongPage = (page: Thing, at: string) =>
  isText2(page.title) ? wrongIn(page.groups, `${at}.groups`, wrongGroup) : `${at}.title`

function wrongGroup(group: Thing, at: string): string | undefined {
  if (group.title !== undefined && !isText2(group.title)) return `${at}.title`
  if (group.repeat !== undefined && !isThing(group.repeat)) return `${at}.repeat`
  const inner = group.groups === undefined ? undefined : wrongIn(group.groups, `${at}.groups`, wrongGroup)
  return wrongIn(group.fields, `${at}.fields`, wrongField) ?? inner
}

function wrongField(field: Thing, at: string): string | undefined {
  if (!isText2(field.label)) return `${at}.label`
  if (typeof field.type !== 'string') return `${at}.type`
  if (field.help !== undefined && !isText2(field.help)) return `${at}.help`
  const options = field.options ?? []
  if (!Array.isArray(options) || !options.every(isOption)) return `${at}.options`
  const sources = field.sources ?? []
  return Array.isArray(sources) && sources.every(isSource) ? undefined : `${at}.sources`
}

const wrongRule = (rule: Thing, at: string) =>
  typeof rule.when === 'string' &&
  isText2(rule.message) &&
  Array.isArray(rule.fields) &&
  rule.fields.every(isText)
    ? undefined
    : at

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown) => typeof value === 'string'
const isText2 = (value: unknown) => isThing(value) && isText(value.vi) && isText(value.en)
const isOption = (value: unknown) => isThing(value) && isText(value.value) && isText2(value.label)
const isSource = (value: unknown) =>
  isText(value) || (isThing(value) && isText(value.from) && isText(value.when))
