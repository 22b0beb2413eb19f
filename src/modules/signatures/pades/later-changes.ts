import { type PdfDict, PdfName, PdfRef, PdfStream, PdfText, type PdfValue } from '../pdf/pdf-values.ts'
import type { PdfFile } from '../pdf/read-pdf.ts'
import type { ProblemCode } from '../types.ts'
import { type Field, readFields } from './fields.ts'
import type { Revision } from './read-revisions.ts'

export interface LaterChanges {
  verdict: 'none' | 'allowed' | 'not-allowed'
  notes: ProblemCode[]
  /** The first writing that is not allowed, and what stood before it. */
  offence?: { before: Revision; after: Revision }
}

/**
 * What was done to a file after a signature. Allowed is only: a signature or time stamp more, declared fields filled
 * once, material for checks, and metadata. Everything else, seen or not, is not allowed. Each writing is judged against
 * the one before it. `coveredTo` is the last writing that a signature covers: what is filled in after it is nobody's
 * word, because a time stamp says when something was there and not who wrote it.
 */
export function judgeLaterChanges(
  signed: Revision,
  all: readonly Revision[],
  coveredTo = Number.POSITIVE_INFINITY,
): LaterChanges {
  const notes = new Set<ProblemCode>()
  const later = all.slice(signed.number + 1)
  for (const [i, revision] of later.entries()) {
    const before = i === 0 ? signed : later[i - 1]!
    const judged: Judged = { notes, fills: false }
    const isAllowed = judgeStep(before.view, revision, judged)
    if (!isAllowed || (judged.fills && revision.number > coveredTo)) {
      if (isAllowed) notes.add('filled-uncovered')
      return { verdict: 'not-allowed', notes: [...notes], offence: { before, after: revision } }
    }
  }
  return { verdict: later.length === 0 ? 'none' : 'allowed', notes: [...notes] }
}

/** What was noticed of one writing. */
interface Judged {
  notes: Set<ProblemCode>
  /** A declared text field was filled. */
  fills: boolean
}

/** What an object was before, which decides how it may change. */
type Role = 'catalog' | 'form' | 'page' | 'fields' | 'annotations' | 'open-field' | 'security' | 'metadata'

function judgeStep(before: PdfFile, revision: Revision, judged: Judged): boolean {
  const after = revision.view
  if (!sameRef(before.trailer.get('Root'), after.trailer.get('Root'))) return false
  const step: Step = { before, after, added: addedFields(before, after), roles: rolesOf(before) }
  let waiting: Set<number> | undefined
  for (const num of revision.touched) {
    if (!before.has(num)) {
      // A number that the signed part names but does not have: filling it would change what is seen.
      waiting ??= namedButMissing(before)
      if (after.has(num) && waiting.has(num)) return false
      continue
    }
    const [old, fresh] = [before.get(num), after.get(num)]
    if (same(old, fresh)) continue
    if (!after.has(num) || !mayChange(step, num, old, fresh)) return false
    if (isTextField(step, num)) judged.fills = true
  }
  for (const field of step.added) {
    if (field.type !== 'Sig') return false
    if (isVisible(after, field)) judged.notes.add('field-added')
  }
  return true
}

const isTextField = ({ before, roles }: Step, num: number): boolean =>
  roles.get(num) === 'open-field' &&
  readFields(before).some(({ type, ref }) => type === 'Tx' && ref.num === num)

interface Step {
  before: PdfFile
  after: PdfFile
  added: Field[]
  roles: Map<number, Role>
}

function rolesOf(file: PdfFile): Map<number, Role> {
  const roles = new Map<number, Role>()
  const give = (value: PdfValue | undefined, role: Role) => {
    if (value instanceof PdfRef && !roles.has(value.num)) roles.set(value.num, role)
  }
  const { catalog } = file
  give(file.catalogRef, 'catalog')
  give(catalog.get('AcroForm'), 'form')
  give(catalog.get('Metadata'), 'metadata')
  give(file.trailer.get('Info'), 'metadata')
  give(file.dict(catalog.get('AcroForm'))?.get('Fields'), 'fields')
  for (const page of file.pages()) {
    give(page.ref, 'page')
    give(page.dict.get('Annots'), 'annotations')
  }
  for (const field of readFields(file))
    if (!field.isFilled && canBeFilled(field)) give(field.ref, 'open-field')
  giveSecurity(file, give)
  return roles
}

const canBeFilled = ({ type }: Field) => type === 'Sig' || type === 'Tx'

function giveSecurity(file: PdfFile, give: (value: PdfValue | undefined, role: Role) => void): void {
  const held = file.catalog.get('DSS')
  give(held, 'security')
  const store = file.dict(held)
  for (const value of store?.values() ?? []) give(value, 'security')
  for (const value of file.dict(store?.get('VRI'))?.values() ?? []) give(value, 'security')
}

function mayChange(step: Step, num: number, old: PdfValue, fresh: PdfValue): boolean {
  const role = step.roles.get(num)
  if (role === 'metadata') return true
  // Arrays and dictionaries alone: streams hold certificates and answers, which are never rewritten.
  if (role === 'security') return !(old instanceof PdfStream)
  if (role === 'fields') return onlyAppended(step, old, fresh, isAddedField)
  if (role === 'annotations') return onlyAppended(step, old, fresh, isAddedWidget)
  if (!(old instanceof Map) || !(fresh instanceof Map)) return false
  const changed = changedKeys(old, fresh)
  const all = (allowed: (key: string) => boolean) => changed.every(allowed)
  // What is seen of a field may change only together with what it says.
  if (role === 'open-field') return changed.includes('V') && all((key) => ['V', 'AP', 'M'].includes(key))
  if (role === 'page')
    return all((key) => key === 'Annots' && onlyAppended(step, old.get(key), fresh.get(key), isAddedWidget))
  if (role === 'form') return formMayChange(step, old, fresh)
  if (role !== 'catalog') return false
  return all((key) => {
    if (key === 'DSS' || key === 'Extensions' || key === 'Metadata') return true
    return (
      key === 'AcroForm' &&
      formMayChange(step, step.before.dict(old.get(key)), step.after.dict(fresh.get(key)))
    )
  })
}

function formMayChange(step: Step, old: PdfDict | undefined, fresh: PdfDict | undefined): boolean {
  if (!fresh) return false
  return changedKeys(old ?? new Map(), fresh).every(
    (key) =>
      key === 'SigFlags' ||
      (key === 'Fields' && onlyAppended(step, old?.get(key), fresh.get(key), isAddedField)),
  )
}

type Appended = (step: Step, value: PdfValue) => boolean

/** Whether a list only got longer, by things that may be added. */
function onlyAppended(
  step: Step,
  old: PdfValue | undefined,
  fresh: PdfValue | undefined,
  isAllowed: Appended,
): boolean {
  const [was, is] = [step.before.array(old) ?? [], step.after.array(fresh)]
  if (!is || is.length < was.length || !was.every((value, i) => same(value, is[i]!))) return false
  return is.slice(was.length).every((value) => isAllowed(step, value))
}

const isAddedField: Appended = ({ added }, value) =>
  value instanceof PdfRef && added.some(({ ref }) => ref.num === value.num)

const isAddedWidget: Appended = (step, value) =>
  isAddedField(step, value) && step.after.nameOf(step.after.dict(value)?.get('Subtype')) === 'Widget'

function addedFields(before: PdfFile, after: PdfFile): Field[] {
  const known = new Set(readFields(before).map(({ ref }) => ref.num))
  return readFields(after).filter(({ ref }) => !known.has(ref.num))
}

function isVisible(file: PdfFile, { dict }: Field): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] =
    file.array(dict.get('Rect'))?.map((side) => file.number(side) ?? 0) ?? []
  return right - left !== 0 && top - bottom !== 0
}

/** Numbers that some object names although nothing has them. */
function namedButMissing(file: PdfFile): Set<number> {
  const missing = new Set<number>()
  const look = (value: PdfValue): void => {
    if (value instanceof PdfRef) {
      if (!file.has(value.num)) missing.add(value.num)
    } else if (Array.isArray(value)) value.forEach(look)
    else if (value instanceof Map) value.forEach(look)
    else if (value instanceof PdfStream) value.dict.forEach(look)
  }
  for (const num of file.numbers) look(file.get(num))
  return missing
}

const changedKeys = (old: PdfDict, fresh: PdfDict): string[] =>
  [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (key) => !same(old.get(key) ?? null, fresh.get(key) ?? null),
  )

const sameRef = (a: PdfValue | undefined, b: PdfValue | undefined): boolean =>
  a instanceof PdfRef && b instanceof PdfRef && a.num === b.num && a.gen === b.gen

/** Whether two values are the same, references by their numbers. */
function same(a: PdfValue, b: PdfValue): boolean {
  if (a === b) return true
  if (a instanceof PdfRef) return sameRef(a, b)
  if (a instanceof PdfName) return b instanceof PdfName && a.name === b.name
  if (a instanceof PdfText) return b instanceof PdfText && Buffer.compare(a.bytes, b.bytes) === 0
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i]!))
  if (a instanceof Map)
    return (
      b instanceof Map && a.size === b.size && [...a].every(([key, one]) => same(one, b.get(key) ?? null))
    )
  return (
    a instanceof PdfStream &&
    b instanceof PdfStream &&
    same(a.dict, b.dict) &&
    Buffer.compare(a.bytes, b.bytes) === 0
  )
}
