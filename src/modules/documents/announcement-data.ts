import { z } from 'zod'
import { Line, Lines, OptionalLine } from './slip-data.ts'

const Row = z.array(Line).max(8)

/**
 * The draft of a decision that announces procedures (form of NĐ 30/2020/NĐ-CP; content of NĐ 63/2010/NĐ-CP, Điều 13 to 15):
 * everything in it was typed or put right by a person, and it is signed elsewhere.
 */
export const AnnouncementDraftData = z
  .object({
    sample: z.boolean(),
    agency: z.object({ parent: Lines, name: Lines }),
    number: OptionalLine,
    place: Line,
    on: z.iso.date(),
    title: Line,
    subtitle: Line,
    issuer: Line,
    bases: z.array(Line).max(60),
    proposal: OptionalLine,
    articles: z.array(Line).max(60),
    annex: z.object({ title: Line, columns: Row, rows: z.array(Row).max(600) }).nullable(),
    signerRole: Line,
    recipients: z.array(Line).max(30),
  })
  .transform((data) => ({ ...data, code: data.subtitle }))
