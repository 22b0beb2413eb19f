import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import { type Authority, AuthorityKind, Role, UnitKind } from './authority.ts'
import { DateOfLaw } from './place.ts'

const text = (max: number) => cleanText.pipe(z.string().trim().min(1).max(max))
const optionalText = (max: number) => cleanText.pipe(z.string().trim().max(max)).nullable().default(null)

/** A code of the e-identifier of agencies (QĐ 20/2020/QĐ-TTg): at most four levels, the first one first. */
export const AuthorityCode = z
  .string()
  .trim()
  .regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}$/)
const UnitCode = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

/** The commune that an authority governs, as the list of units calls it. */
export const GovernedCommune = z.object({
  code: text(10),
  name: text(120),
  fullName: text(160),
  kind: text(40),
})
export type GovernedCommune = z.infer<typeof GovernedCommune>

/** An authority that a decision begins; address, phone and hours come from what it takes over where they are not stated. */
export const NewAuthority = z.object({
  code: AuthorityCode,
  name: text(300),
  shortName: text(120),
  kind: AuthorityKind,
  parentCode: AuthorityCode.nullable(),
  commune: GovernedCommune.nullable().default(null),
  address: optionalText(300),
  phone: optionalText(60),
})
export type NewAuthority = z.infer<typeof NewAuthority>

const DescribedUnit = z.object({
  unitCode: UnitCode,
  name: text(300),
  kind: UnitKind,
  fields: z.array(text(200)).max(200).default([]),
})

/** What goes to one of the authorities that a split makes: by procedure, by unit with its fields, or named dossiers. */
export const SplitRule = z.object({
  to: AuthorityCode,
  procedures: z.array(text(60)).max(1000).default([]),
  units: z.array(UnitCode).max(200).default([]),
  dossiers: z.array(text(60)).max(5000).default([]),
})
export type SplitRule = z.infer<typeof SplitRule>

const codes = (least: number) => z.array(AuthorityCode).min(least).max(500)

/** One line of a decision. Several lines of a decision take effect together, on one day. */
export const ReorganisationLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begin'), authority: NewAuthority }),
  z.object({
    kind: z.literal('merge'),
    from: codes(1),
    into: AuthorityCode,
    /** Null when they go into an authority that stands already or that another line begins. */
    authority: NewAuthority.nullable().default(null),
    /** The officer who heads it; the other heads become deputies. */
    head: text(120).nullable().default(null),
  }),
  z.object({
    kind: z.literal('split'),
    from: AuthorityCode,
    /** Authorities that stand, or that other lines begin; with `from` among them it goes on, smaller. */
    into: codes(2),
    rules: z.array(SplitRule).max(500).default([]),
    /** Who takes what no rule names; null: nobody, each dossier must be named. */
    rest: AuthorityCode.nullable().default(null),
  }),
  z.object({
    kind: z.literal('end'),
    authority: AuthorityCode,
    successor: AuthorityCode.nullable().default(null),
  }),
  z.object({
    kind: z.literal('rename'),
    authority: AuthorityCode,
    name: text(300),
    shortName: text(120),
    authorityKind: AuthorityKind.nullable().default(null),
    /** How its commune is called from then on; null: as before. */
    commune: GovernedCommune.nullable().default(null),
  }),
  z.object({ kind: z.literal('unit-begin'), authority: AuthorityCode, unit: DescribedUnit }),
  z.object({
    kind: z.literal('unit-merge'),
    authority: AuthorityCode,
    from: z.array(UnitCode).min(1).max(100),
    into: DescribedUnit,
  }),
  z.object({
    kind: z.literal('unit-split'),
    authority: AuthorityCode,
    from: UnitCode,
    into: z.array(DescribedUnit).min(2).max(50),
    /** Where officers go whom the plan does not place. */
    rest: UnitCode,
  }),
  z.object({
    kind: z.literal('unit-end'),
    authority: AuthorityCode,
    unit: UnitCode,
    successor: UnitCode,
  }),
  z.object({
    kind: z.literal('unit-move'),
    authority: AuthorityCode,
    unit: UnitCode,
    to: AuthorityCode,
  }),
])
export type ReorganisationLine = z.infer<typeof ReorganisationLine>

/** Where the plan puts an officer of an authority that is reorganised; `to` null: their posts there end. */
export const OfficerPlace = z.object({
  officerId: text(120),
  from: AuthorityCode,
  to: z.object({ authority: AuthorityCode, unit: UnitCode }).nullable(),
  title: optionalText(200),
  /** Null: the roles they have. */
  roles: z.array(Role).min(1).max(9).nullable().default(null),
})
export type OfficerPlace = z.infer<typeof OfficerPlace>

/** A dated decision that begins, merges, splits, ends or renames authorities and units. */
export const ReorganisationRequest = z.object({
  number: text(60),
  issuedOn: DateOfLaw,
  issuedBy: text(200),
  title: text(500),
  effectiveOn: DateOfLaw,
  lines: z.array(ReorganisationLine).min(1).max(20_000),
  officers: z.array(OfficerPlace).max(5000).default([]),
  /** Powers granted at an authority that ends: end with it, or go along with their officers. */
  grants: z.enum(['end', 'follow']).default('end'),
})
export type ReorganisationRequest = z.infer<typeof ReorganisationRequest>

export const reorganisationStates = ['drafted', 'approved', 'applied', 'cancelled'] as const
export type ReorganisationState = (typeof reorganisationStates)[number]

/** A decision as it stands. Instants are ISO text in UTC. */
export interface Reorganisation extends ReorganisationRequest {
  id: string
  sequence: number
  headHash: Buffer
  state: ReorganisationState
  draftedBy: string
  draftedAt: string
  approvedBy: string | null
  approvedAt: string | null
  cancelledBy: string | null
  cancelledAt: string | null
  cancelReason: string | null
  appliedAt: string | null
  /** What applying it did, counted. */
  record: ReorganisationRecord | null
  /** When the last open dossier had followed. */
  followedAt: string | null
  followed: FollowedCounts | null
}

export interface ReorganisationRecord {
  began: number
  ended: number
  renamed: number
  units: number
  officers: number
  grantsEnded: number
  grantsFollowed: number
  /** How those that got another name were called until then. */
  formerNames?: FormerName[]
}

export type FormerName = Pick<Authority, 'code' | 'name' | 'shortName' | 'kind'>

/** How far the dossiers are that follow. */
export interface FollowedCounts {
  found: number
  moved: number
  /** Dossiers that no rule places: somebody must choose. */
  left: number
}

/** An authority that a line begins, with the line. */
export const begunBy = (line: ReorganisationLine): NewAuthority | null =>
  line.kind === 'begin' || line.kind === 'merge' ? line.authority : null

/** What becomes of the authorities that a line ends: each with its successors, the first one the main one. */
export function endedBy(line: ReorganisationLine): { code: string; successors: string[] }[] {
  switch (line.kind) {
    case 'merge':
      return line.from.filter((code) => code !== line.into).map((code) => ({ code, successors: [line.into] }))
    case 'split':
      return line.into.includes(line.from) ? [] : [{ code: line.from, successors: mainFirst(line) }]
    case 'end':
      return [{ code: line.authority, successors: line.successor === null ? [] : [line.successor] }]
    default:
      return []
  }
}

const mainFirst = ({ into, rest }: { into: string[]; rest: string | null }) =>
  rest === null ? into : [rest, ...into.filter((code) => code !== rest)]

/** Who takes over what no rule names; null: nobody, or not said. */
export function mainSuccessor(line: ReorganisationLine): string | null {
  if (line.kind === 'merge') return line.into
  if (line.kind === 'split') return line.rest
  return line.kind === 'end' ? line.successor : null
}

/** Authorities that stand before a line takes effect and that it concerns. */
export function namedBy(line: ReorganisationLine): string[] {
  switch (line.kind) {
    case 'begin':
      return line.authority.parentCode === null ? [] : [line.authority.parentCode]
    case 'merge':
      return line.authority === null ? [...line.from, line.into] : line.from
    case 'split':
      return [line.from, ...line.into]
    case 'end':
      return line.successor === null ? [line.authority] : [line.authority, line.successor]
    case 'unit-move':
      return [line.authority, line.to]
    default:
      return [line.authority]
  }
}

/** The authorities that the lines of a decision concern, those it begins left out. */
export function concernedBy(lines: readonly ReorganisationLine[]): string[] {
  const begun = new Set(lines.flatMap((line) => begunBy(line)?.code ?? []))
  return [...new Set(lines.flatMap(namedBy))].filter((code) => !begun.has(code))
}
