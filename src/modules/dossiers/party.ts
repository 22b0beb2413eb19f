import { z } from 'zod'
import { cleanText, searchable } from '../../kernel/text.ts'

const name = cleanText.pipe(z.string().trim().min(1).max(200))

/** For whom somebody files, with the proof of the power to do so. */
export const FiledForInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  z.object({ kind: z.literal('child'), relation: z.string().max(60).default('parent') }),
  z.object({
    kind: z.literal('relative'),
    relation: z.string().max(60),
    principal: z.object({ name, personalId: z.string().regex(/^\d{12}$/).optional() }),
    proof: z.object({ fileId: z.uuid(), name: z.string().max(255) }),
    until: z.iso.date().optional(),
  }),
  z.object({ kind: z.literal('organisation'), code: z.string().max(20), name, role: z.string().max(60) }),
])
export type FiledForInput = z.infer<typeof FiledForInput>

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
  filedFor: FiledForInput
}

export function toParty(party: Omit<Party, 'searchName'>): Party {
  return { ...party, searchName: searchable(party.name) }
}
