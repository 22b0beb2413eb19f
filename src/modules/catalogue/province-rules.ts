import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import { type Limit, LimitAddition, type ProcedureVersion } from './procedure-version.ts'

/** What one province has set: fees by resolution of its council, and more days for places that are hard to reach. */
export const ProvinceRules = z.object({
  province: cleanText,
  /** True for amounts invented for the demonstration. */
  sample: z.boolean(),
  fees: z.array(
    z.object({
      procedureCode: cleanText,
      feeKey: cleanText,
      amountVnd: z.int().nonnegative(),
      basis: cleanText,
      validFrom: z.iso.date(),
      validTo: z.iso.date().nullable(),
    }),
  ),
  limitAdditions: z
    .array(
      LimitAddition.extend({
        procedureCode: cleanText,
        validFrom: z.iso.date(),
        validTo: z.iso.date().nullable(),
      }),
    )
    .default([]),
})

export interface ProvinceFee {
  province: string
  procedureCode: string
  feeKey: string
  amountVnd: number
  basis: string
  sample: boolean
  validFrom: string
  validTo: string | null
}

/** More days for the dossiers of a procedure in some communes of a province. */
export interface ProvinceAddition extends LimitAddition {
  province: string
  procedureCode: string
  sample: boolean
  validFrom: string
  validTo: string | null
}

/** The version with the days that a province adds for remote places; limits in hours have none. */
export function withProvinceAdditions(
  version: ProcedureVersion,
  set: readonly ProvinceAddition[],
  on?: string,
): ProcedureVersion {
  const local = set.find((each) => each.procedureCode === version.procedureCode && isInForce(each, on))
  if (local === undefined) return version
  const { days, reason, communes } = local
  const withDays = (limit: Limit): Limit =>
    limit.unit.endsWith('day') ? { ...limit, addition: { days, reason, communes } } : limit
  const cases = version.cases.map((each) => ({
    ...each,
    limit: withDays(each.limit),
    channelLimits: Object.fromEntries(
      Object.entries(each.channelLimits).map(([channel, limit]) => [channel, withDays(limit)]),
    ),
  }))
  return { ...version, cases }
}

/**
 * The version with the amounts that a province has set. Only fees that the law leaves to the province change;
 * a fee set nationally stays whatever a province may say.
 */
export function withProvinceFees(
  version: ProcedureVersion,
  set: readonly ProvinceFee[],
  on?: string,
): ProcedureVersion {
  const inForce = set.filter((each) => each.procedureCode === version.procedureCode && isInForce(each, on))
  if (inForce.length === 0) return version
  const cases = version.cases.map((each) => ({
    ...each,
    fees: each.fees.map((fee) => applied(fee, inForce)),
  }))
  return { ...version, cases }
}

type Fee = ProcedureVersion['cases'][number]['fees'][number]

function applied(fee: Fee, inForce: readonly ProvinceFee[]): Fee {
  const local = fee.setBy === 'province' && inForce.find((each) => each.feeKey === fee.key)
  if (!local) return fee
  const { amountVnd, basis, province, sample } = local
  return { ...fee, amountVnd, amountRule: null, basis, override: { province, sample } }
}

function isInForce(
  { validFrom, validTo }: Pick<ProvinceFee, 'validFrom' | 'validTo'>,
  on: string | undefined,
): boolean {
  if (on === undefined) return validTo === null
  return validFrom <= on && (validTo === null || on <= validTo)
}
