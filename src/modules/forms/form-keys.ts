import type { Refusal } from '../../kernel/errors.ts'
import { isSpeakable } from './feel-words.ts'
import {
  answerKeys,
  columnKeys,
  editRefusals,
  type FormDraft,
  findGroup,
  type GroupDraft,
  type Place,
} from './form-draft.ts'

const fieldKeys = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/
export const pageKeys = /^[a-z][a-z0-9-]*$/
export const ruleKeys = /^[a-z][A-Za-z0-9-]*$/

const reserved = (key: string) => !isSpeakable(key) || key.split('.').some((part) => part in Object.prototype)

/** Why a group cannot have this key; `at` is the list in whose rows it is to stand. */
export function groupKeyProblem(draft: FormDraft, group: GroupDraft, at?: Place): Refusal | undefined {
  if (!fieldKeys.test(group.key) || reserved(group.key)) return editRefusals.keyInvalid(group.key)
  const outer = at?.group === undefined ? undefined : findGroup(draft, { page: at.page, group: at.group })
  if (outer) return answerKeyProblem(columnKeys(outer), group.key)
  const groups = draft.pages.flatMap((page) => page.groups)
  if (groups.some(({ key }) => key === group.key)) return editRefusals.keyTaken(group.key)
  return group.repeat ? answerKeyProblem(answerKeys(draft), group.key) : undefined
}

/** Why a question cannot have this key in this group. */
export function fieldKeyProblem(draft: FormDraft, group: GroupDraft, key: string): Refusal | undefined {
  return answerKeyProblem(group.repeat ? columnKeys(group) : answerKeys(draft), key)
}

/** Why an answer cannot have this key beside the others. */
export function answerKeyProblem(others: readonly string[], key: string): Refusal | undefined {
  if (key.length > 80 || !fieldKeys.test(key) || reserved(key)) return editRefusals.keyInvalid(key)
  if (others.includes(key)) return editRefusals.keyTaken(key)
  const inside = others.find((other) => key.startsWith(`${other}.`) || other.startsWith(`${key}.`))
  return inside === undefined ? undefined : editRefusals.keyInside(key, inside)
}

/** A key made from the words of a label, free in this place: “Số điện thoại” becomes `soDienThoai`. */
export function keyFor(draft: FormDraft, label: string, at: Place): string {
  const group = findGroup(draft, at)
  const stem = group && !group.repeat ? commonStem(group) : ''
  const others = group?.repeat ? columnKeys(group) : answerKeys(draft)
  return firstFree(stem + camel(label, 'cauHoi'), (key) => answerKeyProblem(others, key) === undefined)
}

/** A free key of a page, from its words. */
export const pageKeyFor = (draft: FormDraft, title: string): string =>
  firstFree(dashed(title, 'trang'), (key) => !draft.pages.some((page) => page.key === key), '-')

/** A free key of a rule, from its words. */
export const ruleKeyFor = (draft: FormDraft, message: string): string =>
  firstFree(dashed(message, 'quy-tac'), (key) => !(draft.rules ?? []).some((rule) => rule.key === key), '-')

/** A free key of a group on a page or, with `at`, in the rows of a list. */
export function groupKeyFor(
  draft: FormDraft,
  title: string,
  repeat?: GroupDraft['repeat'],
  at?: Place,
): string {
  const shape = { fields: [], ...(repeat ? { repeat } : {}) }
  return firstFree(camel(title, 'nhom'), (key) => groupKeyProblem(draft, { key, ...shape }, at) === undefined)
}

function firstFree(stem: string, isFree: (key: string) => boolean, join = ''): string {
  if (isFree(stem)) return stem
  for (let n = 2; ; n++) if (isFree(`${stem}${join}${n}`)) return `${stem}${join}${n}`
}

/** What most keys of a group begin with: `child.`. */
function commonStem(group: GroupDraft): string {
  const stems = group.fields.map(({ key }) => key.slice(0, key.lastIndexOf('.') + 1))
  const stem = stems.find((one) => one && stems.filter((other) => other === one).length * 2 > stems.length)
  return stem ?? ''
}

/** The words of a text in small letters without accents: what keys and values are made of. */
export const plainWords = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)

const firstWords = (text: string) => plainWords(text).slice(0, 6)

function camel(text: string, empty: string): string {
  const joined = firstWords(text)
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, 40)
  return /^[a-z]/.test(joined) && !reserved(joined) ? joined : empty
}

function dashed(text: string, empty: string): string {
  const joined = firstWords(text).join('-').slice(0, 40).replace(/-$/, '')
  return /^[a-z]/.test(joined) ? joined : empty
}
