import { z } from 'zod'
import type { Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import type { Organisation } from './actor.ts'
import { refusals } from './refusals.ts'

const line = cleanText.pipe(z.string().trim().min(1).max(300))
/** A claim we can live without: an unusable value counts as not given. */
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

const OrganisationClaim = z.object({ code: line, name: line, role: line })

/** Claims of the identity provider, in the shape that the national identity application gives. */
export const Claims = z.object({
  sub: line,
  name: line,
  birthdate: optional(z.iso.date()),
  personal_id_number: optional(z.string().regex(/^\d{12}$/)),
  phone_number: optional(line),
  email: optional(z.email().max(254)),
  assurance_level: z.coerce
    .string()
    .catch('1')
    .transform((level): 1 | 2 => (level === '2' ? 2 : 1)),
  organisations: z.array(OrganisationClaim).max(200).catch([]),
})

export interface Profile {
  subject: string
  name: string
  dateOfBirth?: string | undefined
  personalId?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  assurance: 1 | 2
  organisations: Organisation[]
}

/** Reads the claims of a signed-in person; refuses when there is no subject or no name. */
export function profileOf(claims: unknown): Outcome<Profile> {
  const parsed = Claims.safeParse(claims)
  if (!parsed.success)
    return refusals.claimsUnusable({ claims: parsed.error.issues.map((i) => i.path.join('.')) })
  const c = parsed.data
  return {
    subject: c.sub,
    name: c.name,
    dateOfBirth: c.birthdate,
    personalId: c.personal_id_number,
    phone: c.phone_number,
    email: c.email,
    assurance: c.assurance_level,
    organisations: c.organisations,
  }
}
