import { type CompiledForm, fieldsOf } from './compile-form.ts'
import { rowsOf } from './evaluate-form.ts'
import { type FormReader, fieldKinds, isBlank, sameValue } from './fields/index.ts'
import type { Answers, Field, Group, Offers, Origins } from './form-definition.ts'

export interface PageState {
  answers: Answers
  origins: Origins
  offers?: Offers
}

export type PageAction =
  | { kind: 'save' | 'later' }
  | { kind: 'add' | 'remove'; groupKey: string }
  | { kind: 'removeFile'; path: string; fileId: string }
  | { kind: 'other'; name: string }

export interface ReadPage {
  answers: Answers
  origins: Origins
  action: PageAction
  /** Names that belong neither to the form nor to the page. */
  unknown: string[]
}

/** Anything with `get`, `getAll` and `keys`: `FormData`, `URLSearchParams`. */
export interface PostedForm {
  get(name: string): unknown
  getAll(name: string): unknown[]
  keys(): Iterable<string>
}

/**
 * Takes what a page posted into the answers. Only fields named in `_asked` change; text that cannot be read stays
 * as it was typed. An answer that differs from what a source gave loses its origin.
 */
export function readPage(
  compiled: CompiledForm,
  pageKey: string,
  posted: PostedForm,
  state: PageState,
): ReadPage {
  const form = readerOf(posted)
  const answers = { ...state.answers }
  const origins = { ...state.origins }
  const asked = new Set(form.all('_asked'))
  const groups = compiled.definition.pages.find((page) => page.key === pageKey)?.groups ?? []
  for (const group of groups) {
    if (group.repeat) readRows(group, form, asked, answers)
    else
      for (const field of group.fields)
        if (asked.has(field.key)) readField(field, form, { ...state, answers, origins })
  }
  const action = actionOf(form.get('_action'))
  act(action, groups, answers)
  return { answers, origins, action, unknown: unknownNames(compiled, posted) }
}

function readerOf(posted: PostedForm): FormReader {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    get: (name) => text(posted.get(name)),
    all: (name) => posted.getAll(name).filter((value) => typeof value === 'string'),
  }
}

function readField(field: Field, form: FormReader, { answers, origins, offers }: PageState): void {
  const chosen = offers?.[field.key]?.[Number(form.get(`${field.key}.offer`) ?? Number.NaN)]
  const value = chosen ? chosen.value : fieldKinds[field.type].fromForm(form, field.key, field)
  if (sameValue(value, answers[field.key])) return
  delete origins[field.key]
  if (isBlank(value)) delete answers[field.key]
  else answers[field.key] = value
}

function readRows(group: Group, form: FormReader, asked: Set<string>, answers: Answers): void {
  const rows = rowsOf(answers, group.key).map((row) => ({ ...row }))
  const posted = form.all('_rows').filter((name) => name.startsWith(`${group.key}[`)).length
  while (rows.length < Math.min(posted, group.repeat?.max ?? 0)) rows.push({})
  for (const [i, row] of rows.entries()) {
    for (const field of group.fields) {
      const path = `${group.key}[${i}].${field.key}`
      if (!asked.has(path)) continue
      const value = fieldKinds[field.type].fromForm(form, path, field)
      if (isBlank(value)) delete row[field.key]
      else row[field.key] = value
    }
  }
  if (rows.length) answers[group.key] = rows
}

function actionOf(text: string | undefined): PageAction {
  const [name = 'save', first = '', second = ''] = (text ?? 'save').split(':')
  if (name === 'save' || name === 'later') return { kind: name }
  if (name === 'add' || name === 'remove') return { kind: name, groupKey: first }
  if (name === 'removeFile') return { kind: name, path: first, fileId: second }
  return { kind: 'other', name }
}

function act(action: PageAction, groups: Group[], answers: Answers): void {
  if (action.kind === 'removeFile') {
    const files = answers[action.path]
    if (!Array.isArray(files)) return
    const kept = files.filter((file) => file?.fileId !== action.fileId)
    if (kept.length) answers[action.path] = kept
    else delete answers[action.path]
  }
  if (action.kind !== 'add' && action.kind !== 'remove') return
  const [, key = '', index] = /^([A-Za-z0-9.]+)(?:\[(\d+)\])?$/.exec(action.groupKey) ?? []
  const group = groups.find((one) => one.key === key && one.repeat)
  if (!group?.repeat) return
  const rows = rowsOf(answers, key)
  const next = action.kind === 'add' ? [...rows, {}] : rows.filter((_, i) => i !== Number(index))
  if (next.length) answers[key] = next.slice(0, group.repeat.max)
  else delete answers[key]
}

function unknownNames(compiled: CompiledForm, posted: PostedForm): string[] {
  const keys = new Set(
    fieldsOf(compiled.definition).map(({ group, field }) => (group.repeat ? group.key : field.key)),
  )
  const known = (name: string) =>
    name.startsWith('_') ||
    keys.has(name) ||
    keys.has(name.replace(/\[\d+\].*$/, '')) ||
    keys.has(name.slice(0, Math.max(0, name.lastIndexOf('.'))))
  return [...new Set(posted.keys())].filter((name) => !known(name)).map((name) => name.slice(0, 80))
}
