import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import { RuleInput } from './state-rule.ts'

const file = join(import.meta.dirname, '../../../db/reference/retention-periods.json')
const Periods = z.strictObject({ note: z.string(), periods: z.array(RuleInput) })

/** The periods of reference, each with source and how sure it is. */
export async function referencePeriods() {
  return Periods.parse(JSON.parse(await readFile(file, 'utf8'))).periods
}

/** Puts in periods of reference that are not known yet; what an authority stated under that name stays. */
export async function loadPeriods(db: Db): Promise<boolean> {
  const periods = (await referencePeriods()).map((period) => ({
    ...{ id: period.id, valid_from: period.validFrom, part: period.part, years: period.years },
    ...{ procedure_code: period.procedureCode ?? null, template: period.template ?? null },
    ...{ closing: period.closing ?? null, basis: period.basis, source: period.source },
    confidence: period.confidence,
  }))
  const { rowCount } = await db.pool.query(
    `insert into retention.rule (id, valid_from, part, procedure_code, template, closing, years, basis, source, confidence)
     select r.id, r.valid_from, r.part, r.procedure_code, r.template, r.closing, r.years, r.basis, r.source, r.confidence
     from jsonb_populate_recordset(null::retention.rule, $1) r
     where not exists (select from retention.rule k where k.id = r.id)`,
    [JSON.stringify(periods)],
  )
  return (rowCount ?? 0) > 0
}
