import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'

const line = cleanText.pipe(z.string().trim().min(1).max(300))

/** What an owner agrees to: with whom, for what, until when, and whether it may be handed in. */
export const ShareInput = z.object({
  withKind: z.enum(['person', 'organisation', 'authority']),
  /** Personal id of a person, code of an organisation or authority. */
  withId: cleanText.pipe(z.string().trim().min(1).max(60)),
  withName: line,
  purpose: cleanText.pipe(z.string().trim().min(1).max(500)),
  mayUse: z.boolean().default(false),
  /** Last day on which it may be read. */
  until: z.iso.date(),
})
export type ShareInput = z.infer<typeof ShareInput>

/** A consent that was given. */
export interface Share extends ShareInput {
  id: string
  itemId: string
  createdAt: string
  /** The account that agreed. */
  createdBy: string
  endedAt: string | null
}

/** Nobody agrees for longer than this at once; it can be given again. */
export const longestShareDays = 366

/** Whether a consent holds on a day of law. Pure. */
export const isInForce = ({ until, endedAt }: Pick<Share, 'until' | 'endedAt'>, today: string): boolean =>
  endedAt === null && until >= today
