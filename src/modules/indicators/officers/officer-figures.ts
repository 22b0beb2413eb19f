import type { Db } from '../../../kernel/db.ts'
import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { findOfficer } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Ratio } from '../index-sets/index.ts'
import {
  contextOf,
  figuresOf,
  type OfficerDossier,
  type OfficerFigures,
  type Span,
  stepsOf,
} from './officer-store.ts'

/** Named refusals of figures about officers. */
export const officerRefusals = {
  notForYou: () => refusal('forbidden', 'http.not-for-you', {}),
  invalid: () => refusal('invalid', 'officerFigures.invalid', {}),
  answered: () => refusal('conflict', 'officerFigures.answered', {}),
  notFound: () => refusal('not-found', 'officerFigures.not-found', {}),
  notBehind: () => refusal('invalid', 'officerFigures.not-behind', {}),
  already: () => refusal('conflict', 'officerFigures.already', {}),
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

export type Officer = Extract<Actor, { kind: 'officer' }>

/** Where an officer answers for others: as head or leader, in a post of their own or lent. */
export const leadsAt = (actor: Officer, as: readonly string[] = ['head', 'leader']): string[] => [
  ...new Set(
    actor.posts
      .filter(({ roles }) => roles.some((role) => as.includes(role)))
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
