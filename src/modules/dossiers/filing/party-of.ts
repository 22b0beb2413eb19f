import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newSecret } from '../../../kernel/ids.ts'
import { type ProcedureVersion, secondPartyOf } from '../../catalogue/index.ts'
import { type Actor, mayRepresent, type OnBehalfOf, type RepresentationRule } from '../../identity/index.ts'
import { PartyInput } from '../commands.ts'
import type { Channel } from '../dossier.ts'
import type { OtherPartyFile } from '../other-party.ts'
import { type Party, toParty } from '../party.ts'
import { type Problem, refusals } from '../refusals.ts'
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

/**
 * Who has to agree on their own phone before an online filing counts. At the counter both are present and sign, and
 * by post both have signed, so nobody is asked again. Refuses somebody who cannot be reached, and oneself.
 */
export function otherPartiesOf(
  version: ProcedureVersion,
  answers: Record<string, unknown>,
  { channel, party }: { channel: Channel; party: Party },
): Outcome<OtherPartyFile[]> {
  const stated = secondPartyOf(version, answers)
  if (stated === null || channel !== 'online') return []
  const read = PartyInput.safeParse({
    name: stated.name,
    personalId: stated.personalId,
    ...(stated.phone ? { phone: national(stated.phone) } : {}),
  })
  if (!read.success)
    return incomplete(read.error.issues.map(({ path }) => problemAt(version, String(path[0]))))
  const { name, personalId, phone = null } = read.data
  if (personalId === party.personalId)
    return incomplete([{ field: 'secondParty', code: 'dossiers.second-party-is-applicant' }])
  return [{ no: 1, name, personalId, phone }]
}

const incomplete = (problems: Problem[]) => refusals.incomplete({ problems })

// The phone has a question of its own, which is where it is mended.
const problemAt = ({ secondParty }: ProcedureVersion, part: string): Problem =>
  part === 'phone'
    ? { field: secondParty?.phone ?? part, code: 'dossiers.second-party-phone' }
    : { field: `secondParty.${part}`, code: 'dossiers.second-party-unknown' }

// A mobile of Vietnam as a message is sent to it.
const national = (phone: unknown) => String(phone).replace(/^\+84/, '0')
