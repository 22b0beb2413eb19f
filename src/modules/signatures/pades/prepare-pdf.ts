import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { embedFont } from '../pdf/embedded-font.ts'
import { dict, type PdfDict, PdfText } from '../pdf/pdf-values.ts'
import type { PdfFile } from '../pdf/read-pdf.ts'
import { Increment } from '../pdf/write-increment.ts'
import { refusals } from '../refusals.ts'
import type { Place } from '../types.ts'
import { addAppearance, addForm } from './appearance.ts'
import { addField, formOf, readFields, rectOf, sizeOf } from './fields.ts'
import { openPdf } from './open-pdf.ts'

export interface DeclaredFields {
  /** `until`: lines that stand in the place until it is signed. */
  signatures: { name: string; place: Place; until?: string[] }[]
  /** Filled when the paper is sealed; `size` in points. */
  texts: { name: string; place: Place; size: number }[]
}

// What numbers and dates are written with: the font that fields name before they are filled.
const usual = '0123456789/-., ABCDĐEGHIKLMNOPQRSTUVXYabcdđeghiklmnopqrstuvxyáàảãạăâéêíóôơúưý'

/**
 * Declares fields before the first signature, so that later increments only fill what everybody saw was coming.
 * PDF/A is kept: each field has an appearance, and its font is in the file.
 */
export function preparePdf(pdf: Uint8Array, fields: DeclaredFields): Outcome<Uint8Array> {
  const file = openPdf(pdf)
  if (isRefusal(file)) return file
  const increment = new Increment(file)
  const taken = new Set(readFields(file).map(({ name }) => name))
  const pages = file.pages()
  for (const field of [...fields.signatures, ...fields.texts]) {
    if (taken.has(field.name)) return refusals.fieldTaken({ field: field.name })
    if (!pages[field.place.page - 1]) return refusals.noSuchPage({ page: field.place.page })
    taken.add(field.name)
  }
  for (const { name, place, until } of fields.signatures)
    declare(increment, pages, place, { name, type: 'Sig', until })
  if (fields.texts.length > 0) {
    const font = embedFont(increment, [usual])
    formOf(increment, (form) => {
      form.set('DR', dict({ Font: dict({ Tinos: font.ref }) }))
      form.set('DA', defaultAppearance(13))
    })
  }
  for (const { name, place, size } of fields.texts)
    declare(increment, pages, place, { name, type: 'Tx', more: { DA: defaultAppearance(size) } })
  return increment.bytes().pdf
}

const defaultAppearance = (size: number) => new PdfText(Buffer.from(`/Tinos ${size} Tf 0 g`, 'latin1'))

interface Declared {
  name: string
  type: 'Sig' | 'Tx'
  more?: Record<string, PdfText>
  until?: string[] | undefined
}

function declare(
  increment: Increment,
  pages: ReturnType<PdfFile['pages']>,
  place: Place,
  { name, type, more = {}, until = [] }: Declared,
): void {
  const page = pages[place.page - 1]!
  const current = increment.get(page.ref) as PdfDict
  const rect = rectOf(increment.file, current, place)
  const appearance =
    until.length > 0
      ? addAppearance(increment, sizeOf(rect), { role: 'seal', lines: until }, undefined)
      : addForm(increment, sizeOf(rect))
  addField(increment, page, { name, type, rect, appearance, more })
}
