import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { boxOf } from './fields.ts'
import { openPdf } from './open-pdf.ts'

/** How large each page of a file is, in points; as many as it has. Refuses what cannot be signed. */
export function pageSizes(pdf: Uint8Array): Outcome<{ width: number; height: number }[]> {
  const file = openPdf(pdf)
  if (isRefusal(file)) return file
  return file.pages().map((page) => {
    const [left, bottom, right, top] = boxOf(file, page.dict)
    return { width: right - left, height: top - bottom }
  })
}
