import { type ProcedureVersion, secondPartyOf } from '../../catalogue/index.ts'
import type { Owner } from '../../vault/index.ts'
import type { Party } from '../party.ts'

type Filer = Pick<Party, 'personId' | 'personalId' | 'filedFor'> & {
  /** Personal id that the account proves; null when it only states one. */
  proved: string | null
}

/**
 * Whose vault a dossier is for: the one who filed for themselves or their child, the relative they acted for, the
 * organisation, or the person at the counter. Nobody when a helper named no personal id. Pure.
 */
export function holderOf({ personId, filedFor, proved }: Filer): Owner | null {
  switch (filedFor.kind) {
    case 'self':
    case 'child':
      return personId === null ? ofNumber(proved) : { kind: 'person', personId, personalId: proved }
    case 'relative':
    case 'helper':
      return ofNumber(filedFor.principal.personalId ?? null)
    case 'organisation':
      return { kind: 'organisation', code: filedFor.code }
    default:
      return filedFor satisfies never
  }
}

/** The other person of a procedure that two go through together, such as a marriage: the paper is theirs as well. Pure. */
export function otherHolder(version: ProcedureVersion, answers: Record<string, unknown>): Owner | null {
  const { personalId } = secondPartyOf(version, answers) ?? {}
  return ofNumber(typeof personalId === 'string' && /^\d{12}$/.test(personalId) ? personalId : null)
}

const ofNumber = (personalId: string | null): Owner | null =>
  personalId === null ? null : { kind: 'person', personId: null, personalId }
