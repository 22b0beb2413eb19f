import { z } from 'zod'
import { Request } from './commands.ts'
import { DossierCode } from './dossier.ts'

const WantedAct = z.object({ code: DossierCode, sequence: z.int(), request: Request })

/** An act that signs a paper, as the desk showed its dossier. */
export type WantedAct = z.infer<typeof WantedAct>

/** One confirmation covers at most as many papers as one call of a signer. */
export const mostOnPhone = 50

const WantedCopies = z.object({
  code: DossierCode,
  /** When the copies say that they were signed: the moment of asking, so that the file asked about is the file signed. */
  at: z.iso.datetime(),
  list: z
    .array(
      z.object({
        key: z.string().max(200),
        paperCode: z.string().max(60).nullable(),
        fields: z.record(z.string(), z.string().max(500)),
        compared: z.boolean(),
      }),
    )
    .min(1)
    .max(mostOnPhone),
})

/** Digitised copies of one dossier that wait for their signature. */
export type WantedCopies = z.infer<typeof WantedCopies>

/** What an officer's phone is asked to sign: decisions on dossiers, or copies of papers at the counter. */
export const PhoneRequest = z.union([
  z.object({ acts: z.array(WantedAct).min(1).max(mostOnPhone) }),
  z.object({ copies: WantedCopies }),
])
export type PhoneRequest = z.infer<typeof PhoneRequest>
