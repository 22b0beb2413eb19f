import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newSecret } from '../../kernel/ids.ts'
import { type Actor, mayRepresent, type OnBehalfOf, type RepresentationRule } from '../identity/index.ts'
import { type Party, toParty } from './party.ts'
import { refusals } from './refusals.ts'
import type { CheckedInput } from './submission-input.ts'

/** Relations that need no certified authorisation in civil status (NĐ 123/2015/NĐ-CP, Điều 2). */
export const nearRelatives = ['grandparent', 'parent', 'child', 'spouse', 'sibling'] as const

/** Who files and for whom; refuses who may not act for somebody, and a counter that names nobody. */
export function partyOf(actor: Actor, input: CheckedInput, rule: RepresentationRule): Outcome<Party> {
  const filedFor = actor.kind === 'officer' ? helped(input) : input.filedFor
  if (isRefusal(filedFor)) return filedFor
  const allowed = mayRepresent(actor, filedFor, rule)
  if (isRefusal(allowed)) return allowed
  const lookupSecret = newSecret(8)
  if (actor.kind === 'person') {
    const { personId, personalId = null, phone = null, email = null } = actor
    return toParty({
      personId,
      name: nameOf(actor.name, filedFor),
      personalId,
      phone,
      email,
      lookupSecret,
      filedFor,
    })
  }
  if (input.applicant === undefined) return applicantMissing
  const { name, personalId = null, phone = null, email = null } = input.applicant
  return toParty({ personId: null, name, personalId, phone, email, lookupSecret, filedFor })
}

const applicantMissing = refusals.incomplete({
  problems: [{ field: 'applicant', code: 'dossiers.applicant-missing' }],
})

// At the counter the officer types and the person signs: helper and person are told apart (NĐ 224/2026, Điều 78).
function helped({ applicant }: CheckedInput): Outcome<OnBehalfOf> {
  if (applicant === undefined) return applicantMissing
  const { name, personalId, phone } = applicant
  return { kind: 'helper', principal: { name, ...(personalId && { personalId }), ...(phone && { phone }) } }
}

const nameOf = (own: string, filedFor: OnBehalfOf) => (filedFor.kind === 'organisation' ? filedFor.name : own)
