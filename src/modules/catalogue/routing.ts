import { z } from 'zod'
import { AuthorityKind } from '../directory/index.ts'
import { type Answers, holds, nestAnswers, resultOf, type Situation } from './condition.ts'
import { Feel, Text, TwoLanguages } from './version-parts.ts'

/**
 * Who settles, by the situation of the people: competence comes from the procedure and the answers, never from the
 * counter that took the dossier in (NĐ 118/2025/NĐ-CP, Điều 14).
 */
export const RoutingRule = z.object({
  when: Feel.nullable().default(null),
  /** FEEL giving the code of a commune, or a list of them where the people may choose; null: it does not depend on one. */
  territory: Feel.nullable(),
  /** The kind of authority; left out, the executing one. */
  kind: AuthorityKind.optional(),
  /** No other place may settle it. Otherwise a choice of the person stands, because the law knows more places. */
  binding: z.boolean().default(false),
  /** The rule in plain words, with its source. */
  text: TwoLanguages,
})
export type RoutingRule = z.infer<typeof RoutingRule>

export const statusStages = ['intake', 'processing', 'result'] as const

/** Whose system says where a dossier stands during one stage of its life: exactly one does. */
export const StatusAuthority = z.object({
  stage: z.enum(statusStages),
  /** `own`, or the id of a partner system. */
  system: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  source: Text,
})
export type StatusAuthority = z.infer<typeof StatusAuthority>

/** Stages that are stated twice: two systems cannot both be right. */
export function* doubleStages(
  stages: readonly { stage: string }[],
): Generator<{ path: (string | number)[]; message: string }> {
  for (const [i, { stage }] of stages.entries())
    if (stages.findIndex((each) => each.stage === stage) !== i)
      yield { path: ['statusAuthority', i, 'stage'], message: `${stage} has two authorities of status` }
}

/** Where a dossier belongs by the rule that holds; the first territory is the usual one. */
export interface Route {
  territory: string | null
  territories: string[]
  kind: AuthorityKind
  binding: boolean
  text: { vi: string; en: string }
}

interface Routed {
  executing: { kind: AuthorityKind }
  routing: readonly RoutingRule[]
}

/**
 * The first rule that is true and can say a place; null when none can, so that the authority asked for in the form
 * settles it. A condition or territory that cannot be evaluated says nothing.
 */
export function routeOf(
  { routing, executing }: Routed,
  answers: Answers,
  situation: Omit<Situation, 'answers'> = {},
): Route | null {
  for (const rule of routing) {
    const territories = territoriesBy(rule, { ...situation, answers })
    if (territories === null) continue
    const { kind = executing.kind, binding, text } = rule
    return { territory: territories[0] ?? null, territories, kind, binding, text }
  }
  return null
}

/** The communes that a rule names; null when it does not hold or cannot say one. */
function territoriesBy({ when, territory }: RoutingRule, situation: Situation): string[] | null {
  if (!holds(when, situation)) return null
  if (territory === null) return []
  const { answers = {}, today } = situation
  const said = resultOf(territory, nestAnswers(answers), { today })
  const codes = (Array.isArray(said) ? said : [said]).filter(isCode)
  return codes.length > 0 ? [...new Set(codes)] : null
}

const isCode = (said: unknown): said is string => typeof said === 'string' && said !== ''

/** Which system says the status of a stage; ours where nothing is stated. */
export function statusSystem(
  { statusAuthority }: { statusAuthority: readonly StatusAuthority[] },
  stage: StatusAuthority['stage'],
): string {
  return statusAuthority.find((each) => each.stage === stage)?.system ?? 'own'
}
