import type { Queryable } from '../../kernel/db.ts'
import { type Entry, entryColumns, type Head } from '../../kernel/journal.ts'
import { OverrideRule, type ProvinceOverride } from './province-overrides.ts'

interface Row extends Omit<ProvinceOverride, 'rule' | 'resolution' | 'setAt' | 'withdrawnAt'> {
  rule: unknown
  number: string
  on: string
  set_at: Date
  withdrawn_at: Date | null
}

const columns = `id, province, procedure_code as "procedureCode", rule, resolution_number as number, resolution_on as on,
  valid_from as "validFrom", valid_to as "validTo", set_by as "setBy", set_at, withdrawn_at`

function toOverride({ rule, number, on, set_at, withdrawn_at, ...row }: Row): ProvinceOverride {
  return {
    ...row,
    rule: OverrideRule.parse(rule),
    resolution: { number, on },
    setAt: set_at.toISOString(),
    withdrawnAt: withdrawn_at?.toISOString() ?? null,
  }
}

/** Every rule of one province, or of all, the latest first; withdrawn ones too. */
export async function readOverrides(db: Queryable, province?: string): Promise<ProvinceOverride[]> {
  const { rows } = await db.query<Row>({
    name: 'catalogue.province-overrides',
    text: `select ${columns} from catalogue.province_override
      where $1::text is null or province = $1 order by valid_from desc, set_at desc`,
    values: [province ?? null],
  })
  return rows.map(toOverride)
}

/** Where the journal of a province's rules stands; held until the transaction ends, so that they change one by one. */
export async function lockProvince(
  tx: Queryable,
  province: string,
  stream: string,
): Promise<Head & { stream: string }> {
  await tx.query(
    'insert into catalogue.province (code, stream) values ($1, $2) on conflict (code) do nothing',
    [province, stream],
  )
  const { rows } = await tx.query<{ stream: string; sequence: number; head_hash: Buffer | null }>(
    'select stream, sequence, head_hash from catalogue.province where code = $1 for update',
    [province],
  )
  const { stream: own, sequence, head_hash } = rows[0]!
  return { stream: own, sequence, hash: head_hash }
}

/** Keeps a rule that a province has set. */
export async function addOverride(tx: Queryable, override: ProvinceOverride): Promise<void> {
  const { id, province, procedureCode, rule, resolution, validFrom, validTo, setBy, setAt } = override
  await tx.query(
    `insert into catalogue.province_override (id, province, procedure_code, rule, resolution_number, resolution_on,
       valid_from, valid_to, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, province, procedureCode, JSON.stringify(rule), resolution.number, resolution.on],
      ...[validFrom, validTo, setBy, setAt],
    ],
  )
}

/** Ends a rule with a last day, or takes it back before its first (`lastDay: null`). */
export async function endOverride(
  tx: Queryable,
  { id, lastDay, at }: { id: string; lastDay: string | null; at: Date },
): Promise<void> {
  await tx.query(
    `update catalogue.province_override set valid_to = coalesce($2::date, valid_to),
       withdrawn_at = case when $2::date is null then $3::timestamptz end where id = $1`,
    [id, lastDay, at],
  )
}

/** Adds an entry to the journal of a province's rules. */
export async function addProvinceEntry(tx: Queryable, province: string, entry: Entry): Promise<void> {
  await tx.query(
    `with head as (update catalogue.province set sequence = $2, head_hash = $3 where code = $1 returning code)
     insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select e.* from head, unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[],
       $10::timestamptz[], $11::bytea[], $12::bytea[]) e`,
    [province, entry.sequence, entry.hash, ...entryColumns('province', [entry])],
  )
}
