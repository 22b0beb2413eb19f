import {
  dict,
  name,
  type PdfDict,
  PdfName,
  PdfRef,
  PdfText,
  type PdfValue,
  readText,
  textString,
} from '../pdf/pdf-values.ts'
import type { PdfFile } from '../pdf/read-pdf.ts'
import type { Increment } from '../pdf/write-increment.ts'
import type { Place } from '../types.ts'

/** A field of the form, with its widget in the same dictionary. */
export interface Field {
  name: string
  type: string
  ref: PdfRef
  dict: PdfDict
  /** Whether it was signed or filled. */
  isFilled: boolean
}

const deepest = 20

/** All fields, by their full names. Entries that are no references are left out: nothing of ours writes them so. */
export function readFields(file: PdfFile): Field[] {
  const form = file.dict(file.catalog.get('AcroForm'))
  const fields: Field[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue, above: string, type: string | undefined, depth: number): void => {
    if (!(value instanceof PdfRef) || seen.has(value.num) || depth > deepest) return
    seen.add(value.num)
    const entries = file.dict(value)
    if (!entries) return
    const own = readText(file.resolve(entries.get('T')))
    const full = [above, own].filter((part) => part !== undefined && part !== '').join('.')
    const kind = file.nameOf(entries.get('FT')) ?? type
    const kids = file.array(entries.get('Kids'))
    const named = kids?.some((kid) => file.dict(kid)?.has('T'))
    if (kids && named) for (const kid of kids) walk(kid, full, kind, depth + 1)
    else if (kind)
      fields.push({ name: full, type: kind, ref: value, dict: entries, isFilled: filled(file, entries) })
  }
  for (const field of file.array(form?.get('Fields')) ?? []) walk(field, '', undefined, 0)
  return fields
}

function filled(file: PdfFile, entries: PdfDict): boolean {
  const value = file.resolve(entries.get('V'))
  return value !== null && !(value instanceof PdfText && value.bytes.length === 0)
}

/** The rectangle of a place in the coordinates of a page, whose origin is where its box says. */
export function rectOf(file: PdfFile, page: PdfDict, place: Place): number[] {
  const [left, , , top] = boxOf(file, page)
  const [x, y] = [left + place.x, top - place.y - place.height]
  return [x, y, x + place.width, y + place.height].map((value) => Math.round(value * 100) / 100)
}

/** Left, bottom, right, top of what is seen of a page; A4 where the file is silent. */
export function boxOf(file: PdfFile, page: PdfDict): [number, number, number, number] {
  for (const key of ['CropBox', 'MediaBox']) {
    const box = file.array(file.inherited(page, key))?.map((value) => file.number(value) ?? 0)
    if (box?.length === 4) {
      const [a, b, c, d] = box as [number, number, number, number]
      return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
    }
  }
  return [0, 0, 595.28, 841.89]
}

export const sizeOf = (rect: number[]): { width: number; height: number } => ({
  width: rect[2]! - rect[0]!,
  height: rect[3]! - rect[1]!,
})

/** Annotation flags: printed, and locked in place. */
const printed = 4
const locked = 128
const readOnly = 1

/** A new field with its widget on a page, joined to page and form. */
export function addField(
  increment: Increment,
  page: { ref: PdfRef; dict: PdfDict },
  field: {
    name: string
    type: 'Sig' | 'Tx'
    rect: number[]
    appearance?: PdfRef
    more?: Record<string, PdfValue>
  },
): PdfRef {
  const invisible = field.rect.every((value) => value === 0)
  const ref = increment.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name(field.type),
      T: textString(field.name),
      TU: textString(field.name),
      Rect: field.rect,
      F: printed | locked,
      Ff: field.type === 'Tx' ? readOnly : undefined,
      P: page.ref,
      AP: field.appearance && dict({ N: field.appearance }),
      ...field.more,
    }),
  )
  appendTo(increment, page.ref, 'Annots', ref)
  formOf(increment, (form) => {
    form.set('Fields', [...((increment.resolve(form.get('Fields')) as PdfValue[] | null) ?? []), ref])
    if (field.type === 'Sig') form.set('SigFlags', 3)
  })
  // What was signed keeps its structure: a field nobody declared stands beside it.
  const isSigned = readFields(increment.file).some(({ type, isFilled }) => type === 'Sig' && isFilled)
  if (!invisible && !isSigned) tagWidget(increment, page.ref, ref, field.name)
  return ref
}

/** Appends to an array of a dictionary object, wherever the array stands. */
function appendTo(increment: Increment, owner: PdfRef, key: string, value: PdfValue): void {
  const held = (increment.get(owner) as PdfDict).get(key)
  const list = [...((increment.resolve(held) as PdfValue[] | null) ?? []), value]
  if (held instanceof PdfRef) increment.set(held, list)
  else increment.edit(owner).set(key, list)
}

/** Changes the form, making it where there is none. */
export function formOf(increment: Increment, change: (form: PdfDict) => void): void {
  const catalog = increment.get(increment.file.catalogRef) as PdfDict
  const held = catalog.get('AcroForm')
  if (held instanceof PdfRef) {
    change(increment.edit(held))
    return
  }
  const form: PdfDict = new Map(held instanceof Map ? held : [])
  change(form)
  // The form becomes an object of its own, so that later increments leave the catalog alone.
  increment.edit(increment.file.catalogRef).set('AcroForm', increment.add(form))
}

/** In a tagged file a widget has its place in the structure (PDF/UA-1, 7.18.4). Trees of other shapes are left alone. */
function tagWidget(increment: Increment, page: PdfRef, widget: PdfRef, title: string): void {
  const rootRef = (increment.get(increment.file.catalogRef) as PdfDict).get('StructTreeRoot')
  if (!(rootRef instanceof PdfRef)) return
  const root = increment.get(rootRef)
  if (!(root instanceof Map)) return
  const kids = [increment.resolve(root.get('K'))].flat()
  const top =
    kids.length === 1 && kids[0] instanceof PdfRef
      ? kids[0]
      : root.get('K') instanceof PdfRef
        ? root.get('K')
        : undefined
  const parents = increment.resolve(root.get('ParentTree'))
  const nextKey = increment.resolve(root.get('ParentTreeNextKey'))
  if (!(top instanceof PdfRef) || !(increment.get(top) instanceof Map)) return
  if (!(parents instanceof Map) || typeof nextKey !== 'number') return
  const numbers = increment.resolve(parents.get('Nums'))
  if (!Array.isArray(numbers)) return
  const element = increment.add(
    dict({
      Type: name('StructElem'),
      S: name('Form'),
      P: top,
      Pg: page,
      Alt: textString(title),
      K: dict({ Type: name('OBJR'), Obj: widget, Pg: page }),
    }),
  )
  appendTo(increment, top, 'K', element)
  increment.edit(widget).set('StructParent', nextKey)
  const edited = increment.edit(rootRef)
  edited.set('ParentTreeNextKey', nextKey + 1)
  const held = edited.get('ParentTree')
  const tree = new Map(parents).set('Nums', [...numbers, nextKey, element])
  if (held instanceof PdfRef) increment.set(held, tree)
  else edited.set('ParentTree', tree)
  if (!((increment.get(page) as PdfDict).get('Tabs') instanceof PdfName))
    increment.edit(page).set('Tabs', name('S'))
}
