import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'

/** A national procedure as published. */
export interface ListedProcedure {
  code: string
  name: string
  /** What people call it; null for most procedures. */
  plainName: string | null
  plainNameEn: string | null
  synonyms: string[]
  agencyCode: string | null
  publisher: string | null
  announcingDecision: string | null
  levels: string[]
  procedureType: string | null
  field: string | null
  subjects: string[]
  channels: ('online' | 'post' | 'direct')[]
  /** As published, one text a channel; not a limit to compute with. */
  processingTimes: { channel: string; text: string }[]
  statedFree: boolean
  feeAmountsVnd: number[]
  /** True when a version of it can be filed on this installation. */
  filedHere: boolean
  source: string
  asOf: string
}

export interface ProcedureResult {
  code: string
  name: string
}

export interface LifeEvent {
  key: string
  name: string
  nameEn: string
  synonyms: string[]
  /** In the order of the page; `codes` is empty when the procedure is not in the list yet. */
  entries: { plainName: string; codes: string[] }[]
}

/** What may be asked of the search; all conditions must hold. */
export const ProcedureQuery = z.object({
  q: cleanText.pipe(z.string().max(300)).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(40).optional(),
  field: cleanText.optional(),
  agencyCode: z.string().max(20).optional(),
  level: cleanText.optional(),
  filedHere: z.boolean().optional(),
})
export type ProcedureQuery = z.input<typeof ProcedureQuery>

export interface ProcedurePage {
  items: ListedProcedure[]
  nextCursor: string | null
  total: number
  /** When nothing was found: the nearest plain names. */
  near: { text: string; code: string }[]
  /** When nothing was found: whose procedures are in the list. */
  publishers: { name: string; count: number }[]
}
