import { z } from 'zod'
import type { Db } from '../../../kernel/db.ts'
import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { cleanText } from '../../../kernel/text.ts'
import { findOfficer } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Ratio } from '../index-sets/index.ts'
import {
  contextOf,
  figuresOf,
  findObjection,
  insertObjection,
  listObjections,
  type Objection,
  type OfficerDossier,
  type OfficerFigures,
  officerFigureKeys,
  type Span,
  stepsOf,
  writeAnswer,
} from './officer-store.ts'

/** Named refusals of figures about officers. */
export const officerRefusals = {
  notForYou: () => refusal('forbidden', 'http.not-for-you', {}),
  invalid: () => refusal('invalid', 'officerFigures.invalid', {}),
  answered: () => refusal('conflict', 'officerFigures.answered', {}),
  notFound: () => refusal('not-found', 'officerFigures.not-found', {}),
}

/** The figures of an officer with the dossiers behind them and, where they are enough people, their office's. */
export interface OfficerReport {
  figures: OfficerFigures
  /** All colleagues of the authority together; null where so few work that one could be found in it. */
  context: { onTime: Ratio; satisfied: Ratio; stepsEach: number; people: number } | null
  steps: OfficerDossier[]
}

/** With fewer colleagues the sum tells what each did. */
const fewestInContext = 3

const leads = new Set<string>(['head', 'leader'])
type Officer = Extract<Actor, { kind: 'officer' }>

/** Where an officer answers for others: as head or leader, in a post of their own or lent. */
const leadsAt = (actor: Officer): string[] => [
  ...new Set(
    actor.posts
      .filter(({ roles }) => roles.some((role) => leads.has(role)))
      .map(({ authorityCode }) => authorityCode),
  ),
]

/**
 * Figures about one officer: for themselves, and for the head or leader of the authority where they work. Nobody else
 * sees them, and there is no list of officers by figures.
 */
export async function officerReport(
  db: Db,
  actor: Actor,
  { officerId, ...span }: Span & { officerId: string },
): Promise<Outcome<OfficerReport>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const place = await workplaceOf(db, actor, officerId)
  if (place === undefined) return officerRefusals.notForYou()
  const [figures, all, steps] = await Promise.all([
    figuresOf(db.pool, officerId, span),
    contextOf(db.pool, place, span),
    stepsOf(db.pool, officerId, span),
  ])
  const { steps: sum, people, ...rates } = all
  const context =
    people < fewestInContext ? null : { ...rates, people, stepsEach: Math.round((sum / people) * 10) / 10 }
  return { figures, context, steps }
}

/** The authority in which the reader may look: the own first one, or the one that both have and the reader leads. */
async function workplaceOf(db: Db, actor: Officer, officerId: string): Promise<string | undefined> {
  if (actor.officerId === officerId) return actor.posts[0]?.authorityCode
  const officer = await findOfficer(db, officerId)
  const led = leadsAt(actor)
  return officer?.posts.find(({ authorityCode }) => led.includes(authorityCode))?.authorityCode
}

export const ObjectionInput = z.object({
  figure: z.enum(officerFigureKeys),
  from: z.iso.date(),
  to: z.iso.date(),
  dossier: z
    .string()
    .trim()
    .max(40)
    .transform((code) => code || null)
    .nullable()
    .default(null),
  words: cleanText.pipe(z.string().trim().min(10).max(2000)),
})
export type ObjectionInput = z.input<typeof ObjectionInput>

/** Objects to an own figure; it is kept as it stands now, with its base. */
export async function objectTo(
  db: Db,
  actor: Actor,
  raw: ObjectionInput,
  { now }: { now: Date },
): Promise<Outcome<Objection>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const parsed = ObjectionInput.safeParse(raw)
  const authority = actor.posts[0]?.authorityCode
  if (!parsed.success || parsed.data.from > parsed.data.to) return officerRefusals.invalid()
  if (authority === undefined) return officerRefusals.notForYou()
  const { figure, ...said } = parsed.data
  const { onTime, satisfied, steps, dossiers } = await figuresOf(db.pool, actor.officerId, said)
  const [n, d] = { 'on-time': onTime, satisfied, workload: [steps, dossiers] as const }[figure]
  const objection: Objection = {
    ...{ id: newId(now.getTime()), officer: actor.officerId, authority, figure, ...said, n, d },
    ...{ madeAt: now.toISOString(), agreed: null, answer: null, answeredBy: null, answeredAt: null },
  }
  await insertObjection(db.pool, objection)
  return objection
}

/** Own objections, and those that wait for an answer of this head or leader. */
export async function objectionsFor(
  db: Db,
  actor: Actor,
): Promise<Outcome<{ own: Objection[]; toAnswer: Objection[] }>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const all = await listObjections(db.pool, { officer: actor.officerId, authorities: leadsAt(actor) })
  const isOwn = ({ officer }: Objection) => officer === actor.officerId
  return { own: all.filter(isOwn), toAnswer: all.filter((each) => !isOwn(each)) }
}

export const AnswerInput = z.object({
  id: z.uuid(),
  agreed: z.boolean(),
  answer: cleanText.pipe(z.string().trim().min(10).max(2000)),
})

/** The head or leader of the officer's authority answers, once; nobody answers their own. */
export async function answerObjection(
  db: Db,
  actor: Actor,
  raw: z.input<typeof AnswerInput>,
  { now }: { now: Date },
): Promise<Outcome<Objection>> {
  if (actor.kind !== 'officer') return officerRefusals.notForYou()
  const parsed = AnswerInput.safeParse(raw)
  if (!parsed.success) return officerRefusals.invalid()
  const objection = await findObjection(db.pool, parsed.data.id)
  if (objection === undefined) return officerRefusals.notFound()
  if (objection.officer === actor.officerId || !leadsAt(actor).includes(objection.authority))
    return officerRefusals.notForYou()
  return (
    (await writeAnswer(db.pool, { ...parsed.data, by: actor.officerId, now })) ?? officerRefusals.answered()
  )
}
