import { z } from 'zod'
import type { Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import type { Actor, Person } from './actor.ts'
import { type RepresentationProblem, refusals } from './refusals.ts'

const line = cleanText.pipe(z.string().trim().min(1).max(300))

/** The person for whom somebody acts, as far as the one who acts can say. */
export const Principal = z.object({
  name: line,
  personalId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  dateOfBirth: z.iso.date().optional(),
  phone: line.optional(),
})
export type Principal = z.infer<typeof Principal>

/** What proves an authorisation: an uploaded paper, or one given electronically. */
export const AuthorisationProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), fileId: z.uuid() }),
  z.object({ kind: z.literal('e-authorisation'), number: line }),
])

/** For whom something is done; always stated beside who does it. */
export const OnBehalfOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  z.object({ kind: z.literal('child'), relation: z.enum(['mother', 'father', 'guardian']) }),
  z.object({
    kind: z.literal('relative'),
    principal: Principal,
    relation: line,
    /** Which relations need no paper is for each procedure to say (`relationsWithoutProof`). */
    proof: AuthorisationProof.optional(),
    /** Last day of the authorisation. */
    until: z.iso.date().optional(),
  }),
  z.object({ kind: z.literal('organisation'), code: line, name: line, role: line }),
  // An officer at the counter types for a person who is present and who signs in person.
  z.object({ kind: z.literal('helper'), principal: Principal }),
])
export type OnBehalfOf = z.infer<typeof OnBehalfOf>

/** What the procedure says about acting for others, and the day on which it is asked. */
export interface RepresentationRule {
  /** The law wants the person themselves, as in registering a marriage. */
  procedureNotAllowed: boolean
  /** Relations that need no written authorisation in this procedure. */
  relationsWithoutProof?: readonly string[]
  /** Calendar date of law. */
  today: string
}

/** Who did it, for whom, and who must sign: three facts that are recorded apart. */
export interface Representation {
  onBehalfOf: OnBehalfOf
  /** What shows that the one who acts may do so. */
  basis:
    | 'own-account'
    | 'parent'
    | 'near-relative'
    | 'authorisation'
    | 'organisation-claim'
    | 'present-at-counter'
  /** A helper never signs: the person for whom the dossier is filed does. */
  signer: 'actor' | 'principal'
}

/** Whether `actor` may act for `onBehalfOf` in a procedure; the refusal says why not. Pure. */
export function mayRepresent(
  actor: Actor,
  onBehalfOf: OnBehalfOf,
  rule: RepresentationRule,
): Outcome<Representation> {
  if (actor.kind === 'officer') return asHelper(onBehalfOf)
  // A connected system files what a person gave it; it vouches for that person by its contract.
  if (actor.kind === 'system') return granted(onBehalfOf, 'authorisation')
  if (actor.kind !== 'person') return no('not-a-person')
  switch (onBehalfOf.kind) {
    case 'self':
      return granted(onBehalfOf, 'own-account')
    case 'child':
      return rule.procedureNotAllowed ? no('procedure-not-for-others') : granted(onBehalfOf, 'parent')
    case 'relative':
      return asRelative(onBehalfOf, rule)
    case 'organisation':
      return asMember(actor, onBehalfOf)
    case 'helper':
      return no('helper-is-not-an-officer')
    default:
      return onBehalfOf satisfies never
  }
}

function asHelper(onBehalfOf: OnBehalfOf): Outcome<Representation> {
  if (onBehalfOf.kind !== 'helper') return no('officer-files-only-as-helper')
  return { onBehalfOf, basis: 'present-at-counter', signer: 'principal' }
}

function asRelative(
  onBehalfOf: Extract<OnBehalfOf, { kind: 'relative' }>,
  rule: RepresentationRule,
): Outcome<Representation> {
  if (rule.procedureNotAllowed) return no('procedure-not-for-others')
  if (onBehalfOf.until !== undefined && onBehalfOf.until < rule.today) return no('authorisation-ended')
  if (onBehalfOf.proof) return granted(onBehalfOf, 'authorisation')
  const near = rule.relationsWithoutProof?.includes(onBehalfOf.relation) ?? false
  return near ? granted(onBehalfOf, 'near-relative') : no('authorisation-not-proved')
}

// The identity provider confirms membership; what the person types is only compared with it.
function asMember(
  actor: Person,
  onBehalfOf: Extract<OnBehalfOf, { kind: 'organisation' }>,
): Outcome<Representation> {
  const memberships = actor.organisations.filter(({ code }) => code === onBehalfOf.code)
  if (memberships.length === 0) return no('not-a-member')
  const sameRole = memberships.some(({ role }) => role === onBehalfOf.role)
  return sameRole ? granted(onBehalfOf, 'organisation-claim') : no('member-role-differs')
}

function granted(onBehalfOf: OnBehalfOf, basis: Representation['basis']): Representation {
  return { onBehalfOf, basis, signer: 'actor' }
}

const no = (reason: RepresentationProblem) => refusals.mayNotRepresent({ reason })
