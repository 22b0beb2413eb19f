import { z } from 'zod'
import { cleanText } from '../../../kernel/text.ts'
import { figureKeys, groupKeys, Level } from './figures.ts'

/** All groups of a set add up to this. */
export const wholeIndex = 100

const words = (most: number) => cleanText.pipe(z.string().trim().min(1).max(most))
export const InBoth = z.object({ vi: words(300), en: words(300) })

/** C: read in the rule itself; V: reproduces published figures; P: from the press; I: inferred; U: nobody confirmed it. */
export const Confidence = z.enum(['C', 'V', 'P', 'I', 'R', 'U'])

export const Basis = z.object({
  document: words(300),
  article: words(300).nullable().default(null),
  confidence: Confidence,
  note: words(1000).optional(),
})
export type Basis = z.infer<typeof Basis>

const points = z.number().positive().max(wholeIndex)

/** One indicator: what it is scored from, how, and what happens when there is nothing to count. */
export const Indicator = z.object({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/),
  name: InBoth,
  max: points,
  /** The figure it is scored from. */
  counts: z.enum(figureKeys),
  /** `linear`: full marks at 100 %; `threshold`: full marks from the threshold on; `provided`: all or nothing. */
  method: z.enum(['linear', 'threshold', 'provided']),
  /** The share at which full marks are reached, above 0 and at most 1. */
  threshold: z.number().positive().max(1).optional(),
  /**
   * Nothing to count: `none` no rate and no points, `zero` a rate and points of 0, `full` full marks, `shared` the points
   * are earned at the rate of the rest of the group.
   */
  whenZero: z.enum(['none', 'zero', 'full', 'shared']),
  /** Levels at which it is scored. */
  levels: z.array(Level).min(1),
  /** At levels that are not named it is not applied (`zero`, `full`, `shared`) … */
  atOtherLevels: z.enum(['zero', 'full', 'shared']).default('zero'),
  /** … or the value of the province above is taken unchanged. */
  inheritedFrom: z.literal('province').optional(),
  basis: Basis.optional(),
})
export type Indicator = z.infer<typeof Indicator>

export const Group = z.object({
  key: z.enum(groupKeys),
  name: InBoth,
  max: points,
  indicators: z.array(Indicator).min(1).max(30),
})
export type Group = z.infer<typeof Group>

export const Band = z.object({
  key: z.string().regex(/^[a-z][a-z-]{1,30}$/),
  name: InBoth,
  from: z.number().min(0).max(wholeIndex),
})
export type Band = z.infer<typeof Band>

/** A set of the index as data: groups, indicators, bands, and from when to when it holds. */
export const IndexSet = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  version: z.int().min(1),
  name: InBoth,
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  basis: Basis,
  /** What is not sure about the set, in words for who uses it. */
  doubts: z.array(words(1000)).default([]),
  /** Only for trying out: never the set in force, found by its key alone. */
  trial: z.boolean().default(false),
  bands: z.array(Band).min(1).max(10),
  groups: z.array(Group).min(1).max(groupKeys.length),
})
export type IndexSet = z.infer<typeof IndexSet>
