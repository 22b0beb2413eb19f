import { z } from 'zod'
import { isRefusal } from '../../kernel/errors.ts'
import { compileFeel } from '../../kernel/feel/index.ts'
import { cleanText } from '../../kernel/text.ts'

/** Text that says something. */
export const Text = cleanText.pipe(z.string().min(1))
export const TwoLanguages = z.object({ vi: Text, en: Text })
/** A FEEL expression that we can evaluate; long enough for a table of forty rows. */
export const Feel = Text.pipe(z.string().max(20_000)).refine((text) => !isRefusal(compileFeel(text)), {
  error: 'not a condition we can evaluate',
})
export const Day = z.iso.date()

/** Days that sector law adds where the settling authority is hard to reach, in the unit of the limit. */
export const LimitAddition = z.object({
  days: z.int().positive().max(365),
  reason: Text,
  /** Codes of the communes that it holds for (those of the directory); never an empty list. */
  communes: z.array(z.string().regex(/^[A-Z0-9]{2,10}$/)).min(1),
})
export type LimitAddition = z.infer<typeof LimitAddition>

/** Whose rule took the place of the national one, and the resolution it stands in. */
export const OverrideMark = z.object({ province: Text, basis: Text })

/** A legal time limit in the unit the law uses; `raw` keeps the words of the published record. */
export const Limit = z
  .object({
    amount: z.int().positive(),
    unit: z.enum(['working-hour', 'working-day', 'day', 'same-day']),
    /** Received after this time of day, a same-day result is due on the next working day. */
    cutOff: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .nullable(),
    raw: Text,
    addition: LimitAddition.nullable().default(null),
    /** Filled where a province has set a shorter limit: whose it is and by which resolution. */
    override: OverrideMark.optional(),
  })
  .refine((limit) => limit.unit === 'same-day' || limit.cutOff === null, {
    error: 'only a same-day limit has a cut-off time',
    path: ['cutOff'],
  })
  .refine((limit) => limit.unit.endsWith('day') || limit.addition === null, {
    error: 'days are added to a limit in days',
    path: ['addition'],
  })
export type Limit = z.infer<typeof Limit>
