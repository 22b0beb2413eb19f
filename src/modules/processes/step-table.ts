import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import { Role, UnitKind } from '../directory/index.ts'
import { signsAs, stepKinds } from './compiled-process.ts'

/*
 * An internal process as the table that decisions print (TT 01/2018/TT-VPCP, Điều 8): step, who, content, hours,
 * product - and where each step leads, which the printed table says in words.
 */

export const mostRows = 100

/** Names that every object has are no ids: elements are kept in plain objects. */
const taken = new Set(Object.getOwnPropertyNames(Object.prototype))
const Id = z
  .string()
  .regex(/^[A-Za-z_][\w.-]{0,79}$/)
  .refine((id) => !taken.has(id))
// What XML cannot hold is nothing that anybody typed.
const unwritable = /[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g
/** Text on one line, and on several. */
const line = (most: number) =>
  cleanText
    .transform((text) => text.replaceAll('\n', ' ').replace(unwritable, ' ').trim())
    .pipe(z.string().max(most))
const lines = (most: number) =>
  cleanText
    .transform((text) => text.replace(/\r\n?/g, '\n').replace(unwritable, ' ').trim())
    .pipe(z.string().max(most))

/**
 * Where a step leads: the row below, the end with a result, the end with a refusal, or `#id` of any other row. The
 * row below the last one is the end with a result.
 */
export const Target = z.union([
  z.enum(['next', 'granted', 'refused']),
  z.templateLiteral(['#', z.string()]).refine((text) => Id.safeParse(text.slice(1)).success),
])
export type Target = z.infer<typeof Target>

/** What whoever does the step may state: a short word, without what separates or quotes it in a model. */
const OutcomeCode = line(60).refine((text) => text !== '' && !/[",<>&\\\r\n\t]/.test(text))

export const StepRow = z.object({
  /** Its id in the model; a row that keeps it is the same step for dossiers that stand there. */
  id: Id,
  name: line(200),
  /** The rest of the content, for people. */
  note: lines(5000),
  /** Who does it in the words of the decision; empty: as the role is called. */
  performer: line(200),
  /** Null while nobody knows: a draft may be incomplete. */
  role: Role.nullable(),
  unitKind: UnitKind,
  authority: z.enum(['receiving', 'competent']),
  kind: z.enum(stepKinds),
  /** Working hours; null while nobody knows. */
  hours: z.number().positive().max(10_000).nullable(),
  product: line(1000),
  /** Signs the paper before who decides; not edited in the table, and kept by it. */
  signs: z.enum(signsAs).optional(),
  /** The ordinary outcome first. */
  outcomes: z
    .array(z.object({ outcome: OutcomeCode, to: Target }))
    .min(1)
    .max(20),
})
export type StepRow = z.infer<typeof StepRow>

const Outside = z.number().nonnegative().max(10_000)

/** The steps of a process, with the hours that its decision plans before acceptance and for returning the result. */
export const StepTable = z
  .object({
    rows: z.array(StepRow).max(mostRows),
    receptionHours: Outside.default(0),
    returnHours: Outside.default(0),
  })
  .superRefine(({ rows }, context) => {
    const ids = new Set(rows.map(({ id }) => id))
    if (ids.size < rows.length) context.addIssue({ code: 'custom', path: ['rows'], message: 'id-twice' })
    for (const [i, { outcomes }] of rows.entries()) {
      const path = ['rows', i, 'outcomes']
      if (new Set(outcomes.map(({ outcome }) => outcome)).size < outcomes.length)
        context.addIssue({ code: 'custom', path, message: 'outcome-twice' })
      if (outcomes.some(({ to }) => to.startsWith('#') && !ids.has(to.slice(1))))
        context.addIssue({ code: 'custom', path, message: 'target-unknown' })
    }
  })
export type StepTable = z.infer<typeof StepTable>

/** Where a role usually works. */
export function placeOfRole(role: Role | null): Pick<StepRow, 'unitKind' | 'authority'> {
  switch (role) {
    case 'reception':
    case 'cashier':
    case 'post':
      return { unitKind: 'one-stop', authority: 'receiving' }
    case 'leader':
      return { unitKind: 'leadership', authority: 'competent' }
    case 'clerk':
      return { unitKind: 'clerk-office', authority: 'competent' }
    default:
      return { unitKind: 'division', authority: 'competent' }
  }
}

/** The ordinary outcome of a kind of step. */
export const ordinaryOutcome = (kind: StepRow['kind']): string => (kind === 'decide' ? 'approved' : 'ok')

/** An id for a step of this name that no other row has: the name without accents, so that it is known again. */
export function idFor(name: string, others: Iterable<string>): string {
  const used = new Set([...others, ...reserved])
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
  const base = words.slice(0, 40).replace(/-+$/, '') || 'step'
  if (!used.has(base) && !taken.has(base)) return base
  for (let number = 2; ; number += 1) if (!used.has(`${base}-${number}`)) return `${base}-${number}`
}

/** Ids of what every model made from a table has beside its steps. */
const reserved = ['accepted', 'granted', 'refused']
