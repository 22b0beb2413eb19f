import type { Outcome } from '../../../kernel/errors.ts'
import { undrawable } from '../pdf/embedded-font.ts'
import { dict, readText, textString } from '../pdf/pdf-values.ts'
import type { Increment } from '../pdf/write-increment.ts'
import { refusals } from '../refusals.ts'
import { addFieldText } from './appearance.ts'
import { type Field, sizeOf } from './fields.ts'

/** Writes values into declared text fields, each once. */
export function fillFields(
  increment: Increment,
  fields: readonly Field[],
  values: Record<string, string>,
): Outcome<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((one) => one.name === name && one.type === 'Tx')
    if (!field) return refusals.noSuchField({ field: name })
    if (field.isFilled) return refusals.filledAlready({ field: name })
    const missing = undrawable(value)
    if (missing.length > 0) return refusals.cannotDraw({ characters: missing.join('') })
    const rect = increment.file.array(field.dict.get('Rect'))?.map((side) => increment.file.number(side) ?? 0)
    const stated = readText(increment.file.resolve(field.dict.get('DA'))) ?? ''
    const size = Number(/([\d.]+)\s+Tf/.exec(stated)?.[1] ?? 0) || 12
    const edited = increment.edit(field.ref)
    edited.set('V', textString(value.normalize('NFC')))
    if (rect?.length === 4) edited.set('AP', dict({ N: addFieldText(increment, sizeOf(rect), value, size) }))
  }
}
