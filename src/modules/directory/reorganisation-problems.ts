import type { Authority, Unit } from './authority.ts'
import {
  begunBy,
  endedBy,
  mainSuccessor,
  type NewAuthority,
  type Reorganisation,
  type ReorganisationLine,
  type ReorganisationRequest,
} from './reorganisation.ts'
import { stands } from './succession.ts'

/** One thing to mend: in which line (null: in the decision itself), in which part, and what (a key of `reorganise.problem`). */
export interface ReorganisationProblem {
  line: number | null
  field: string
  code: string
  params?: Record<string, string>
}

/** Open work of an authority, told by the dossiers, which are to the right of this module. */
export interface OpenWork {
  /** Open dossiers that it settles, received or helped with. */
  dossiers: number
  /** The same by procedure, with its field. */
  procedures: { procedureCode: string; field: string; dossiers: number }[]
}

/** Other decisions that are not cancelled. */
export type OtherDecision = Pick<
  Reorganisation,
  'id' | 'number' | 'state' | 'effectiveOn' | 'lines' | 'issuedBy'
>

/** What the lines of a decision are checked against. */
export interface LineFacts {
  authorities: ReadonlyMap<string, Authority>
  units: ReadonlyMap<string, readonly Unit[]>
  others: readonly OtherDecision[]
  open: ReadonlyMap<string, OpenWork>
}

type Problems = Iterable<ReorganisationProblem>

/** Everything wrong with the lines of a decision, each problem with its line. */
export function problemsOfLines(request: ReorganisationRequest, facts: LineFacts): ReorganisationProblem[] {
  const known = new Known(request, facts)
  return [
    ...request.lines.flatMap((line, i) => [...problemsOfLine(line, i, known)]),
    ...twice(request.lines),
    ...againstOthers(request, known),
    ...cycles(request, known),
    ...orphans(request, known),
  ]
}

/** What stands on the day on which the decision takes effect. */
class Known {
  readonly begun = new Map<string, { line: number; authority: NewAuthority }[]>()
  readonly ends = new Map<string, string[]>()
  /** Authorities that other decisions begin or end. */
  readonly begunByOthers = new Map<string, OtherDecision>()
  readonly endedByOthers = new Map<string, { by: OtherDecision; successors: string[] }[]>()
  readonly on: string
  readonly facts: LineFacts

  constructor({ lines, effectiveOn }: ReorganisationRequest, facts: LineFacts) {
    this.on = effectiveOn
    this.facts = facts
    lines.forEach((line, i) => {
      const authority = begunBy(line)
      if (authority) push(this.begun, authority.code, { line: i, authority })
      for (const { code, successors } of endedBy(line)) this.ends.set(code, successors)
    })
    for (const by of facts.others)
      for (const line of by.lines) {
        const authority = begunBy(line)
        if (authority) this.begunByOthers.set(authority.code, by)
        for (const { code, successors } of endedBy(line)) push(this.endedByOthers, code, { by, successors })
      }
  }

  /** Why nothing can be done with an authority on that day; null when it stands. */
  whyNot(code: string): { code: string; params: Record<string, string> } | null {
    const found = this.facts.authorities.get(code)
    if (found) {
      if (!stands(found, this.on)) return { code: 'ended-before', params: { code, on: found.validTo! } }
      return found.validFrom > this.on ? { code: 'not-begun', params: { code, on: found.validFrom } } : null
    }
    const other = this.begunByOthers.get(code)
    if (this.begun.has(code) || (other && other.effectiveOn <= this.on)) return null
    return { code: 'unknown-authority', params: { code } }
  }

  /** What begins in this decision is not yet there to be changed. */
  whyNotSource(code: string) {
    return this.begun.has(code) && !this.facts.authorities.has(code)
      ? { code: 'unknown-authority', params: { code } }
      : this.whyNot(code)
  }

  unit(authority: string, unit: string): Unit | undefined {
    return this.facts.units.get(authority)?.find(({ unitCode }) => unitCode === unit)
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function* problemsOfLine(line: ReorganisationLine, at: number, known: Known): Problems {
  const say = (field: string, code: string, params: Record<string, string> = {}) => ({
    ...{ line: at, field, code, params },
  })
  const check = (field: string, why: ReturnType<Known['whyNot']>) =>
    why ? [say(field, why.code, why.params)] : []
  const begun = begunBy(line)
  if (begun) yield* newAuthorityProblems(begun, say, known)
  switch (line.kind) {
    case 'begin':
      return
    case 'merge':
      if (line.from.filter((code) => code !== line.into).length === 0) yield say('from', 'nothing-merges')
      else if (line.authority !== null && line.from.length < 2) yield say('from', 'needs-two')
      if (line.authority !== null && line.authority.code !== line.into) yield say('into', 'other-code')
      for (const code of line.from) yield* check('from', known.whyNotSource(code))
      if (line.authority === null) yield* check('into', known.whyNot(line.into))
      return
    case 'split':
      yield* check('from', known.whyNotSource(line.from))
      for (const code of line.into) yield* check('into', known.whyNot(code))
      yield* ruleProblems(line, say, known)
      return
    case 'end':
      yield* check('authority', known.whyNotSource(line.authority))
      if (line.successor === line.authority) yield say('successor', 'succeeds-itself')
      else if (line.successor !== null) yield* check('successor', known.whyNot(line.successor))
      else yield* endsWithWork(line.authority, say, known)
      return
    case 'rename':
      yield* check('authority', known.whyNotSource(line.authority))
      return
    default:
      yield* unitProblems(line, say, known)
  }
}

type Say = (field: string, code: string, params?: Record<string, string>) => ReorganisationProblem

function* newAuthorityProblems({ code, parentCode, kind, commune }: NewAuthority, say: Say, known: Known) {
  if (known.facts.authorities.has(code)) yield say('code', 'code-used', { code })
  const other = known.begunByOthers.get(code)
  if (other) yield say('code', 'code-planned', { code, number: other.number })
  if ((known.begun.get(code)?.length ?? 0) > 1) yield say('code', 'code-twice', { code })
  if (parentCode === null) {
    if (kind !== 'province') yield say('parent', 'needs-a-parent', { code })
  } else {
    const why = known.whyNot(parentCode)
    if (why) yield say('parent', why.code, why.params)
    else if (known.ends.has(parentCode)) yield say('parent', 'parent-ends', { code: parentCode })
  }
  if (commune && kind !== 'commune') yield say('commune', 'governs-no-commune', { code })
}

function* ruleProblems(line: Extract<ReorganisationLine, { kind: 'split' }>, say: Say, known: Known) {
  const { from, into, rules, rest } = line
  for (const to of [...rules.map((rule) => rule.to), ...(rest === null ? [] : [rest])])
    if (!into.includes(to)) yield say('rules', 'not-a-target', { code: to })
  const named = new Map<string, string>()
  for (const { to, procedures, units, dossiers } of rules) {
    for (const unit of units)
      if (!known.unit(from, unit)) yield say('rules', 'unknown-unit', { code: from, unit })
    for (const what of [...procedures, ...units.map((unit) => `/${unit}`), ...dossiers]) {
      const other = named.get(what)
      if (other !== undefined && other !== to) yield say('rules', 'named-twice', { what, code: to, other })
      named.set(what, to)
    }
  }
  // Dossiers go where a rule puts them, never by a guess.
  if (rest !== null) return
  const work = known.facts.open.get(from)
  if (!work || work.dossiers === 0) return
  const fields = new Set(
    rules.flatMap(({ units }) => units.flatMap((unit) => known.unit(from, unit)?.fields ?? [])),
  )
  const left = work.procedures.filter(
    ({ procedureCode, field }) => !named.has(procedureCode) && !fields.has(field),
  )
  const open = left.reduce((sum, { dossiers }) => sum + dossiers, 0)
  const chosen = rules.reduce((sum, { dossiers }) => sum + dossiers.length, 0)
  if (open > chosen) yield say('rest', 'needs-a-rule', { code: from, count: String(open - chosen) })
}

function* endsWithWork(code: string, say: Say, { facts }: Known) {
  const open = facts.open.get(code)?.dossiers ?? 0
  if (open > 0) yield say('successor', 'open-dossiers', { code, count: String(open) })
}

type UnitLine = Extract<ReorganisationLine, { kind: `unit-${string}` }>

function* unitProblems(line: UnitLine, say: Say, known: Known): Problems {
  const { authority } = line
  const why = known.whyNotSource(authority)
  if (why) return yield say('authority', why.code, why.params)
  if (known.ends.has(authority)) yield say('authority', 'ends-itself', { code: authority })
  const need = (field: string, unit: string) =>
    known.unit(authority, unit) ? [] : [say(field, 'unknown-unit', { code: authority, unit })]
  const free = (unit: string, within: readonly string[] = []) =>
    known.unit(authority, unit) && !within.includes(unit)
      ? [say('unit', 'unit-used', { code: authority, unit })]
      : []
  switch (line.kind) {
    case 'unit-begin':
      yield* free(line.unit.unitCode)
      return
    case 'unit-merge':
      for (const unit of line.from) yield* need('from', unit)
      if (line.from.filter((unit) => unit !== line.into.unitCode).length === 0)
        yield say('from', 'nothing-merges')
      return
    case 'unit-split':
      yield* need('from', line.from)
      for (const { unitCode } of line.into) yield* free(unitCode, [line.from])
      if (!line.into.some(({ unitCode }) => unitCode === line.rest))
        yield say('rest', 'not-a-target', { code: line.rest })
      return
    case 'unit-end':
      yield* need('unit', line.unit)
      if (line.successor === line.unit) yield say('successor', 'succeeds-itself')
      else yield* need('successor', line.successor)
      return
    case 'unit-move': {
      yield* need('unit', line.unit)
      const whyTo = known.whyNot(line.to)
      if (whyTo) yield say('to', whyTo.code, whyTo.params)
      else if (known.unit(line.to, line.unit))
        yield say('to', 'unit-used', { code: line.to, unit: line.unit })
    }
  }
}

/** An authority ended, renamed or split by two lines of one decision. */
function* twice(lines: readonly ReorganisationLine[]): Problems {
  const first = new Map<string, number>()
  const acted = (line: ReorganisationLine) => {
    if (line.kind === 'rename') return [line.authority]
    if (line.kind === 'split') return [line.from]
    return endedBy(line).map(({ code }) => code)
  }
  for (const [at, line] of lines.entries())
    for (const code of acted(line)) {
      const other = first.get(code)
      if (other !== undefined)
        yield { line: at, field: 'from', code: 'twice', params: { code, other: String(other + 1) } }
      else first.set(code, at)
    }
}

/** What contradicts another decision: ended there too, or handed to somebody who ends before. */
function* againstOthers({ lines }: ReorganisationRequest, known: Known): Problems {
  for (const [at, line] of lines.entries()) {
    for (const { code, successors } of endedBy(line)) {
      for (const { by, successors: theirs } of known.endedByOthers.get(code) ?? []) {
        const same = [...successors].sort().join() === [...theirs].sort().join()
        const params = { code, number: by.number, theirs: theirs.join(', ') || '—' }
        yield { line: at, field: 'from', code: same ? 'ended-elsewhere' : 'contradicts', params }
      }
      for (const to of successors) yield* endsSooner(to, at, known)
    }
    if (line.kind === 'rename')
      for (const { by } of known.endedByOthers.get(line.authority) ?? [])
        if (by.effectiveOn <= known.on)
          yield {
            ...{ line: at, field: 'authority', code: 'ended-elsewhere' },
            params: { code: line.authority, number: by.number },
          }
  }
}

function* endsSooner(code: string, line: number, known: Known): Problems {
  for (const { by } of known.endedByOthers.get(code) ?? [])
    if (by.effectiveOn <= known.on)
      yield { line, field: 'into', code: 'ends-sooner', params: { code, number: by.number } }
  // Who ends the same day is nobody to hand over to.
  if (known.ends.has(code)) yield { line, field: 'into', code: 'ends-too', params: { code } }
}

/** Authorities that in the end succeed themselves, over this decision and the others. */
function* cycles({ lines }: ReorganisationRequest, known: Known): Problems {
  const heirs = (code: string) => [
    ...(known.ends.get(code) ?? []),
    ...(known.endedByOthers.get(code) ?? []).flatMap(({ successors }) => successors),
  ]
  for (const [at, line] of lines.entries())
    for (const { code, successors } of endedBy(line)) {
      const seen = new Set<string>()
      const walk = [...successors]
      while (walk.length > 0 && !seen.has(code)) {
        const next = walk.pop()!
        if (seen.has(next)) continue
        seen.add(next)
        walk.push(...heirs(next))
      }
      if (seen.has(code)) yield { line: at, field: 'into', code: 'cycle', params: { code } }
    }
}

/** Authorities under one that is split or ends without a successor: nobody says under whom they go on. */
function* orphans({ lines }: ReorganisationRequest, known: Known): Problems {
  const lost = new Map<string, number>()
  for (const [at, line] of lines.entries())
    for (const { code } of endedBy(line)) if (mainSuccessor(line) === null) lost.set(code, at)
  if (lost.size === 0) return
  for (const child of known.facts.authorities.values()) {
    const at = child.parentCode === null ? undefined : lost.get(child.parentCode)
    if (at === undefined || known.ends.has(child.code) || !stands(child, known.on)) continue
    yield {
      ...{ line: at, field: 'from', code: 'leaves-orphans' },
      params: { code: child.parentCode!, child: child.code },
    }
  }
}
