import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { Increment } from '../pdf/write-increment.ts'
import type { TimeStamps } from '../types.ts'
import { addForm } from './appearance.ts'
import { addField, readFields } from './fields.ts'
import { placeSignature } from './place-signature.ts'

export const timeStampRoom = 12_000

/** A time stamp over the whole file (B-LTA), in an invisible field of its own. */
export async function addDocumentTimeStamp(
  pdf: Uint8Array,
  timeStamps: TimeStamps,
): Promise<Outcome<Uint8Array>> {
  const file = PdfFile.open(pdf)
  const increment = new Increment(file)
  const count = readFields(file).filter(({ name }) => name.startsWith('DocTimeStamp')).length
  const appearance = addForm(increment, { width: 0, height: 0 })
  const field = addField(increment, file.pages()[0]!, {
    ...{ name: `DocTimeStamp${count + 1}`, type: 'Sig', rect: [0, 0, 0, 0], appearance },
  })
  const placed = placeSignature(increment, field, {
    ...{ type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', room: timeStampRoom },
  })
  const token = await timeStamps(placed.digest)
  return isRefusal(token) ? token : placed.seal(token)
}
