import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import { Channel } from '../catalogue/index.ts'

/** A text in both languages. */
const TwoLanguages = z.strictObject({
  vi: cleanText.pipe(z.string().min(1)),
  en: cleanText.pipe(z.string().min(1)),
})

/**
 * A case with which a procedure is tested before it is published: what somebody answers, and what must come out.
 * Only what `expect` states is compared.
 */
export const PackageCase = z.strictObject({
  name: TwoLanguages,
  /** The date of law on which it happens. */
  on: z.iso.date(),
  channel: Channel.default('online'),
  /** An invented citizen whose account and registers fill the form before the answers do. */
  personalId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** `silent`: no register answers, and everything is typed. */
  registers: z.enum(['demonstration', 'silent']).default('demonstration'),
  answers: z.record(z.string().max(200), z.unknown()).default({}),
  /** What an officer records at intake, such as `verificationNeeded`; conditions read it beside the answers. */
  recorded: z.record(z.string().max(80), z.union([z.boolean(), z.string().max(200)])).optional(),
  expect: z.strictObject({
    /** `field:code` of every problem, in any order; an empty list: accepted. */
    problems: z.array(z.string().max(200)).optional(),
    caseCode: z.string().max(60).optional(),
    /** Whole đồng; null: not known, since the province sets it. */
    feesVnd: z.int().nonnegative().nullable().optional(),
    limit: z.strictObject({ amount: z.int().positive(), unit: z.string().max(20) }).optional(),
    /** Keys of the papers that must be handed in. */
    papers: z.array(z.string().max(80)).optional(),
    /** Questions that are put to the person. */
    asks: z.int().nonnegative().optional(),
    /** The kind of authority that settles it, by its rules of competence; null: as answered in the form. */
    competent: z.string().max(60).nullable().optional(),
    /** What the process does: `step` or `step=outcome`, in the order of the tasks. */
    steps: z.array(z.string().max(200)).max(60).optional(),
    result: z.enum(['granted', 'refused']).optional(),
  }),
})
export type PackageCase = z.infer<typeof PackageCase>
