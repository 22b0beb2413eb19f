import type { Authority } from './authority.ts'

/** Who took over from an authority or unit that ended or gave part away, by which decision. */
export interface Succession {
  from: string
  to: string
  /** Units, where a unit went and not the whole authority. */
  fromUnit: string | null
  toUnit: string | null
  effectiveOn: string
  /** The reorganisation. */
  decision: string
  /** What went there; `rest` is the main successor. */
  rule: SuccessionRule
}

export type SuccessionRule =
  | { kind: 'whole' }
  | { kind: 'rest' }
  | { kind: 'part'; procedures: string[]; units: string[]; dossiers: string[] }
  | { kind: 'choice' }

/** What a code means on a day: the authority that stands, or those to choose among after a split. */
export interface Resolved {
  /** The authority that has the code, whether it stands or not: old papers show its name. */
  asked: Authority
  /** Null when there are several to choose from, or nobody took over. */
  authority: Authority | null
  choices: Authority[]
  /** Codes walked through, the asked one first. */
  path: string[]
}

/**
 * Walks from a code through those who took over until an authority that stands on the day. Undefined for a code
 * that never was. Never guesses: what was split gives choices, the main successor first.
 */
export function resolveIn(
  code: string,
  on: string,
  known: {
    authorities: ReadonlyMap<string, Authority>
    successions: ReadonlyMap<string, readonly Succession[]>
  },
): Resolved | undefined {
  const asked = known.authorities.get(code)
  if (!asked) return undefined
  const path: string[] = []
  const standing: Authority[] = []
  const seen = new Set<string>()
  let walk = [asked]
  while (walk.length > 0) {
    const next: Authority[] = []
    for (const authority of walk) {
      if (seen.has(authority.code)) continue
      seen.add(authority.code)
      path.push(authority.code)
      if (stands(authority, on)) standing.push(authority)
      else next.push(...heirsOf(authority.code, on, known))
    }
    walk = next
  }
  const authority = standing.length === 1 ? standing[0]! : null
  return { asked, authority, choices: standing.length > 1 ? standing : [], path }
}

/** Whether an authority has not ended on a day; one that is still to begin counts as standing. */
export const stands = ({ validTo }: Pick<Authority, 'validTo'>, on: string): boolean =>
  validTo === null || validTo >= on

function heirsOf(
  code: string,
  on: string,
  { authorities, successions }: Parameters<typeof resolveIn>[2],
): Authority[] {
  const all = (successions.get(code) ?? []).filter(
    ({ fromUnit, effectiveOn }) => fromUnit === null && effectiveOn <= on,
  )
  return all
    .toSorted((a, b) => Number(b.rule.kind === 'rest') - Number(a.rule.kind === 'rest'))
    .flatMap(({ to }) => authorities.get(to) ?? [])
}

/** An authority that gave to another one or took from it, on a day; wholly, or a part of it. */
export interface Kin {
  authority: Authority
  on: string
  isWhole: boolean
}

/** From whom an authority took over, and who took over from it, up to a day; the newest first. Units do not count. */
export function kinIn(
  code: string,
  on: string,
  { authorities, successions }: Parameters<typeof resolveIn>[2],
): { before: Kin[]; after: Kin[] } {
  const done = (each: Succession) => each.fromUnit === null && each.from !== each.to && each.effectiveOn <= on
  const kin = (other: string, { effectiveOn, rule }: Succession): Kin[] => {
    const authority = authorities.get(other)
    return authority ? [{ authority, on: effectiveOn, isWhole: rule.kind === 'whole' }] : []
  }
  const newest = (list: readonly Kin[]) => {
    const sorted = list.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
    return [...new Map(sorted.map((each) => [each.authority.code, each])).values()]
  }
  const all = [...successions.values()].flat().filter(done)
  return {
    before: newest(all.filter(({ to }) => to === code).flatMap((each) => kin(each.from, each))),
    after: newest((successions.get(code) ?? []).filter(done).flatMap((each) => kin(each.to, each))),
  }
}
