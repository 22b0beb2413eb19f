import { searchable } from '../../kernel/text.ts'
import type { OnBehalfOf } from '../identity/index.ts'

/** Who the dossier is about and how to reach who filed it; kept beside the journal. */
export interface Party {
  /** The account that filed; null for somebody who came to the counter. */
  personId: string | null
  name: string
  searchName: string
  personalId: string | null
  phone: string | null
  email: string | null
  /** Printed on the receipt; opens the look-up without sign-in. */
  lookupSecret: string
  filedFor: OnBehalfOf
}

export function toParty(party: Omit<Party, 'searchName'>): Party {
  return { ...party, searchName: searchable(party.name) }
}
