import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import type { Case, Fee, Limit, ProcedureVersion } from './procedure-version.ts'

const Stated = cleanText.pipe(z.string().trim().min(1).max(300))
const executingKinds = [
  ...(['commune', 'department', 'office', 'commune-police', 'provincial-police'] as const),
  ...(['land-registry', 'insurance', 'tax'] as const),
]

/** What one rule of a province changes; null as `caseCode` means every case. */
export const OverrideRule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fee'),
    feeKey: z.string().regex(/^[a-z][a-z0-9-]*$/),
    amountVnd: z.int().nonnegative().max(1_000_000_000),
  }),
  z.object({
    kind: z.literal('limit'),
    caseCode: Stated.nullable(),
    amount: z.int().positive().max(1000),
    unit: z.enum(['working-hour', 'working-day', 'day', 'same-day']),
  }),
  z.object({ kind: z.literal('executing'), authorityKind: z.enum(executingKinds), text: Stated }),
])
export type OverrideRule = z.infer<typeof OverrideRule>

/** A rule of a province over a national procedure, by a resolution, for some time. */
export interface ProvinceOverride {
  id: string
  province: string
  procedureCode: string
  rule: OverrideRule
  resolution: { number: string; on: string }
  validFrom: string
  validTo: string | null
  setBy: string
  setAt: string
  withdrawnAt: string | null
}

/**
 * The version with what a province set for a date of law: fees that the law leaves to it, limits that are shorter than
 * the national ones, and the executing unit. A limit that is not shorter (any more) stays as the law has it.
 */
export function withProvinceOverrides(
  version: ProcedureVersion,
  overrides: readonly ProvinceOverride[],
  on: string,
): ProcedureVersion {
  return overrides
    .filter((each) => each.procedureCode === version.procedureCode && holdsOn(each, on))
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
    .reduce(applied, version)
}

const holdsOn = ({ validFrom, validTo, withdrawnAt }: ProvinceOverride, on: string): boolean =>
  withdrawnAt === null && validFrom <= on && (validTo === null || on <= validTo)

function applied(version: ProcedureVersion, override: ProvinceOverride): ProcedureVersion {
  const { rule } = override
  switch (rule.kind) {
    case 'fee':
      return withCases(version, (each) => ({
        ...each,
        fees: each.fees.map((fee) => feeOf(fee, rule, override)),
      }))
    case 'limit':
      return withCases(version, (each) =>
        rule.caseCode === null || rule.caseCode === each.code ? shortened(each, rule, override) : each,
      )
    case 'executing': {
      const { authorityKind: kind, text } = rule
      return { ...version, executing: { kind, text, override: markOf(override) } }
    }
    default:
      return rule satisfies never
  }
}

const withCases = (version: ProcedureVersion, change: (each: Case) => Case): ProcedureVersion => ({
  ...version,
  cases: version.cases.map(change),
})

const markOf = ({ province, resolution }: ProvinceOverride) => ({ province, basis: resolution.number })

function feeOf(
  fee: Fee,
  rule: Extract<OverrideRule, { kind: 'fee' }>,
  { province, resolution }: ProvinceOverride,
): Fee {
  if (fee.setBy !== 'province' || fee.key !== rule.feeKey) return fee
  return {
    ...fee,
    amountVnd: rule.amountVnd,
    amountRule: null,
    basis: resolution.number,
    override: { province, sample: false },
  }
}

type LimitRule = Extract<OverrideRule, { kind: 'limit' }>

function shortened(each: Case, rule: LimitRule, override: ProvinceOverride): Case {
  const shorter = (limit: Limit): Limit => {
    if (!isShorter(rule, limit)) return limit
    const { amount, unit } = rule
    const isSame = unit === 'same-day'
    return {
      ...limit,
      ...{ amount: isSame ? 1 : amount, unit, cutOff: isSame ? limit.cutOff : null },
      addition: unit.endsWith('day') ? limit.addition : null,
      override: markOf(override),
    }
  }
  const channelLimits = Object.entries(each.channelLimits).map(([channel, limit]) => [
    channel,
    shorter(limit),
  ])
  return { ...each, limit: shorter(each.limit), channelLimits: Object.fromEntries(channelLimits) }
}

type Span = Pick<Limit, 'amount' | 'unit'>

const hoursOfADay = 8
const isWorking = ({ unit }: Span) => unit === 'working-hour' || unit === 'working-day'
const workingHours = ({ amount, unit }: Span) => (unit === 'working-hour' ? amount : amount * hoursOfADay)

/**
 * Whether a limit is surely shorter than another: working time against working time, days against days; days off lie
 * between working days, so `n` working days are at most `n × 7/5 + 2` days and at least `n`.
 */
export function isShorter(given: Span, than: Span): boolean {
  if (than.unit === 'same-day') return given.unit === 'working-hour' && given.amount < hoursOfADay
  if (given.unit === 'same-day') return isWorking(than) ? workingHours(than) > hoursOfADay : than.amount >= 1
  if (isWorking(given) && isWorking(than)) return workingHours(given) < workingHours(than)
  if (isWorking(given)) return Math.ceil((workingHours(given) / hoursOfADay) * 1.4) + 2 <= than.amount
  if (isWorking(than)) return given.amount < Math.floor(workingHours(than) / hoursOfADay)
  return given.amount < than.amount
}
