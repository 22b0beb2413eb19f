import { z } from 'zod'
import { Basis, InBoth, Level } from '../index-sets/index.ts'

const figureKey = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{1,40}$/)

/** A stretch of time and what is to be reached in it; several a year are usual. */
export const Stage = z
  .object({ from: z.iso.date(), to: z.iso.date(), value: z.number().min(0).max(1_000_000) })
  .refine(({ from, to }) => from <= to, { error: 'ends before it begins', path: ['to'] })
export type Stage = z.infer<typeof Stage>

/** What somebody set out to reach: which figure, how much, by when, by which document, and who answers for it. */
export const Target = z
  .object({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
    name: InBoth,
    /** Key of the figure in the library; null while no figure of the system measures it. */
    figure: figureKey.nullable(),
    operator: z.enum(['>=', '<=', '=']),
    unit: z.enum(['percent', 'points', 'minutes']),
    /** To which levels of units it applies. */
    levels: z.array(Level).min(1),
    stages: z.array(Stage).min(1).max(12),
    basis: Basis,
    /** Code of the authority that answers for it; '' is the whole installation. */
    responsible: z.string().regex(/^([A-Z]\d{2}(\.\d{1,3}){0,3})?$/),
  })
  .refine(({ stages }) => stages.every((stage, i) => i === 0 || stages[i - 1]!.to < stage.from), {
    error: 'stages overlap',
    path: ['stages'],
  })
export type Target = z.infer<typeof Target>

/** The stage that a day falls into; the last that is over when none runs. */
export function stageOn({ stages }: Pick<Target, 'stages'>, on: string): Stage | undefined {
  return stages.find(({ from, to }) => from <= on && on <= to) ?? stages.findLast(({ to }) => to < on)
}
