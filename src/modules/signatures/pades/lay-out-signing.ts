import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { undrawable } from '../pdf/embedded-font.ts'
import { dict, name, type PdfDict, type PdfRef } from '../pdf/pdf-values.ts'
import { Increment } from '../pdf/write-increment.ts'
import { refusals } from '../refusals.ts'
import type { Signing } from '../types.ts'
import { addAppearance, addWatermark, readImage } from './appearance.ts'
import { addField, boxOf, readFields, rectOf, sizeOf } from './fields.ts'
import { fillFields } from './fill-fields.ts'
import { openPdf } from './open-pdf.ts'

export interface LaidOut {
  increment: Increment
  field: PdfRef
}

/** Everything an increment changes except the signature itself: what is previewed is what is signed. */
export async function layOutSigning(signing: Signing): Promise<Outcome<LaidOut>> {
  const file = openPdf(signing.pdf)
  if (isRefusal(file)) return file
  const pages = file.pages()
  const page = pages[signing.place.page - 1]
  if (!page) return refusals.noSuchPage({ page: signing.place.page })
  const missing = undrawable([...(signing.appearance.above ?? []), ...signing.appearance.lines].join(''))
  if (missing.length > 0) return refusals.cannotDraw({ characters: missing.join('') })
  const image = signing.appearance.image ? await readImage(signing.appearance.image) : undefined
  if (signing.appearance.image && !image) return refusals.badImage()

  const fields = readFields(file)
  const declared = fields.find(({ name }) => name === signing.field)
  if (declared && (declared.type !== 'Sig' || declared.isFilled))
    return refusals.fieldTaken({ field: signing.field })
  const increment = new Increment(file)
  const filled = fillFields(increment, fields, signing.fill ?? {})
  if (isRefusal(filled)) return filled
  const place = rectOf(file, page.dict, signing.place)
  const stated = declared && file.array(declared.dict.get('Rect'))?.map((side) => file.number(side) ?? 0)
  // A field that was declared stays where everybody saw it.
  const rect = stated?.length === 4 && !stated.every((side) => side === 0) ? stated : place
  const appearance = addAppearance(increment, sizeOf(rect), signing.appearance, image)
  if (!declared)
    return {
      increment,
      field: addField(increment, page, { name: signing.field, type: 'Sig', rect, appearance }),
    }
  increment.edit(declared.ref).set('AP', dict({ N: appearance }))
  return { increment, field: declared.ref }
}

/** The paper as it will be signed, with words across each page that it is not signed yet. */
export async function previewSigning(signing: Signing, mark = 'CHƯA KÝ SỐ'): Promise<Outcome<Uint8Array>> {
  const laidOut = await layOutSigning(signing)
  if (isRefusal(laidOut)) return laidOut
  return markPages(laidOut.increment, mark)
}

/** A paper with words across each page, such as that it is none yet. */
export function markPdf(pdf: Uint8Array, mark: string): Outcome<Uint8Array> {
  const file = openPdf(pdf)
  return isRefusal(file) ? file : markPages(new Increment(file), mark)
}

function markPages(increment: Increment, mark: string): Uint8Array {
  for (const { ref } of increment.file.pages()) markPage(increment, ref, mark)
  return increment.bytes().pdf
}

function markPage(increment: Increment, page: PdfRef, mark: string): void {
  const entries: PdfDict = increment.edit(page)
  const [left, bottom, right, top] = boxOf(increment.file, entries)
  const form = addWatermark(increment, { width: right - left, height: top - bottom }, mark)
  const stamp = increment.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Stamp'),
      Rect: [left, bottom, right, top],
      F: 4,
      P: page,
      AP: dict({ N: form }),
    }),
  )
  const known = increment.resolve(entries.get('Annots'))
  entries.set('Annots', [...(Array.isArray(known) ? known : []), stamp])
}
