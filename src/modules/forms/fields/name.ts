import { z } from 'zod'
import { textKind } from './text.ts'

const letter = /[\p{L}\p{M}' ’ʼ.-]/u

// What most names are, with one space between words: the schema looks at the others.
const letters =
  '[A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u017F\\u01A0\\u01A1\\u01AF\\u01B0\\u1EA0-\\u1EF9]+'
const plainName = new RegExp(`^${letters}(?: ${letters})*$`)

/** Letters of Vietnamese or of an ethnic group's language; no digits, signs or emoji. Kept as written, never split. */
export const name = textKind({
  longest: 100,
  schema: (clean) =>
    clean.pipe(
      z.string().superRefine((value, ctx) => {
        const found = [...value].find((char) => !letter.test(char))
        if (found) ctx.addIssue({ code: 'custom', message: 'forms.name-character', params: { found } })
        else if (!/\p{L}/u.test(value)) ctx.addIssue({ code: 'custom', message: 'forms.name-invalid' })
      }),
    ),
  normal: (value) => plainName.test(value),
  read: (value) => value.replace(/\s+/g, ' '),
})
