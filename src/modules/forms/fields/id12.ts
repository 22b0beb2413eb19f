import { z } from 'zod'
import { textKind } from './text.ts'

const digitsOnly = (text: string) => (/^[\d\s.]+$/.test(text) ? text.replace(/[\s.]/g, '') : text)

/** The 12-digit personal id number. */
export const id12 = textKind({
  longest: 20,
  schema: (clean) =>
    clean
      .pipe(z.string().transform(digitsOnly))
      .refine((value) => /^\d{12}$/.test(value), { error: 'forms.id12-invalid' }),
  normal: (value) => /^\d{12}$/.test(value),
  width: 'mid',
  read: digitsOnly,
  json: { pattern: '^\\d{12}$' },
})
