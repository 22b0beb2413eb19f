import { type CompiledForm, fieldsOf } from './compile-form.ts'
import { rowsOf } from './evaluate-form.ts'
import { partsOf } from './fields/field-kind.ts'
import { type FormReader, fieldKinds, isBlank, sameValue } from './fields/index.ts'
import type { Answers, Field, Group, Offers, Origins } from './form-definition.ts'

export interface PageState {
  answers: Answers
  origins: Origins
  offers?: Offers
  /** When the page came in, as an instant: what was signed on it was signed then. */
  now?: string
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
    if (group.repeat) readRows(group, group.key, form, asked, answers)
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

function readField(field: Field, form: FormReader, { answers, origins, offers, now }: PageState): void {
  const chosen = offers?.[field.key]?.[Number(form.get(`${field.key}.offer`) ?? Number.NaN)]
  const typed = chosen ? chosen.value : fieldKinds[field.type].fromForm(form, field.key, field)
  const value = field.type === 'signature' ? signed(typed, answers[field.key], now) : typed
  if (sameValue(value, answers[field.key])) return
  delete origins[field.key]
  if (isBlank(value)) delete answers[field.key]
  else answers[field.key] = value
}

/** A signature gets its time when it is given or changed; a time that the page names counts for nothing. */
function signed(typed: unknown, before: unknown, now: string | undefined): unknown {
  const [given, kept] = [partsOf(typed), partsOf(before)]
  if (isBlank(given.name)) return undefined
  const same = given.name === kept.name && given.pictureId === kept.pictureId
  const signedAt = same ? kept.signedAt : now
  const { signedAt: _, ...rest } = given
  return signedAt === undefined ? rest : { ...rest, signedAt }
}

/** The rows of a list, and of lists inside them; `path` is the name of the list, such as `members[0].children`. */
function readRows(
  group: Group,
  path: string,
  form: FormReader,
  asked: Set<string>,
  holder: Record<string, unknown>,
): void {
  const rows = rowsOf(holder, group.key).map((row) => ({ ...row }))
  const posted = form.all('_rows').filter((name) => isRowOf(name, path)).length
  while (rows.length < Math.min(posted, group.repeat?.max ?? 0)) rows.push({})
  // A page whose script took rows away sends the list whole.
  const whole = form.all('_whole').includes(path)
  if (whole) rows.splice(posted)
  for (const [i, row] of rows.entries()) {
    const rowPath = `${path}[${i}]`
    for (const field of group.fields) {
      const name = `${rowPath}.${field.key}`
      if (!asked.has(name)) continue
      const value = fieldKinds[field.type].fromForm(form, name, field)
      if (isBlank(value)) delete row[field.key]
      else row[field.key] = value
    }
    for (const inner of group.groups ?? []) readRows(inner, `${rowPath}.${inner.key}`, form, asked, row)
  }
  if (rows.length) holder[group.key] = rows
  else if (whole) delete holder[group.key]
}

/** `members[2]` is a row of `members`, `members[2].children[0]` is none. */
const isRowOf = (name: string, path: string) =>
  name.startsWith(`${path}[`) && name.indexOf(']', path.length) === name.length - 1

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
  const [, outerKey = '', outerRow, innerKey, row] =
    /^([A-Za-z0-9.]+?)(?:\[(\d{1,4})\](?:\.([A-Za-z0-9.]+)(?:\[(\d{1,4})\])?)?)?$/.exec(action.groupKey) ?? []
  const outer = groups.find((one) => one.key === outerKey && one.repeat)
  if (!outer) return
  if (innerKey === undefined) {
    changeRows(action.kind, outer, answers, outerRow)
    return
  }
  const inner = outer.groups?.find((one) => one.key === innerKey)
  const rows = rowsOf(answers, outerKey).map((one) => ({ ...one }))
  const holder = rows[Number(outerRow)]
  if (!inner || !holder) return
  changeRows(action.kind, inner, holder, row)
  answers[outerKey] = rows
}

function changeRows(
  kind: 'add' | 'remove',
  { key, repeat }: Pick<Group, 'key' | 'repeat'>,
  holder: Record<string, unknown>,
  row: string | undefined,
): void {
  const rows = rowsOf(holder, key)
  const next = kind === 'add' ? [...rows, {}] : rows.filter((_, i) => i !== Number(row))
  if (next.length) holder[key] = next.slice(0, repeat?.max ?? 0)
  else delete holder[key]
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
