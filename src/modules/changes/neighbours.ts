import type { Queryable } from '../../kernel/db.ts'
import { proceduresOn } from '../catalogue/index.ts'
import { ownersOfForm } from '../forms/index.ts'
import type { ProcedureChange } from './change.ts'
import type { DraftProcedure } from './contents.ts'
import type { PartProblem } from './prepare-publication.ts'

/*
 * What a publication must not touch: forms and processes of other procedures, and what was decided for the same
 * procedure before or after it.
 */

/** Keys of the form and the process that another procedure uses: publishing under them would replace its own. */
export async function takenKeys(
  db: Queryable,
  code: string,
  { formKey, processKey }: Pick<DraftProcedure, 'formKey' | 'processKey'>,
): Promise<PartProblem[]> {
  const [form, process] = [String(formKey ?? ''), String(processKey ?? '')]
  const forms = [...(await ownersOfForm(db, form)), ...(await proceduresOn(db, 'formKey', form))]
  const processes = await proceduresOn(db, 'processKey', process)
  return [...problem('form', form, forms, code), ...problem('process', process, processes, code)]
}

function problem(
  part: 'form' | 'process',
  key: string,
  owners: readonly string[],
  own: string,
): PartProblem[] {
  const [owner] = owners.filter((each) => each !== own).toSorted()
  if (owner === undefined) return []
  return [{ part, at: part === 'form' ? 'key' : 'id', code: 'changes.of-another', details: { key, owner } }]
}

/**
 * The last day of an edition that begins on `from`, when the ending of the procedure was decided for a later day: what
 * is published meanwhile does not prolong it.
 */
export async function endDecided(db: Queryable, code: string, from: string): Promise<string | null> {
  const { rows } = await db.query<{ last: string | null }>(
    `select (min((publication ->> 'validFrom')::date) - 1)::text as last from changes.change
     where procedure_code = $1 and kind = 'abolish' and state = 'published'
       and (publication ->> 'validFrom')::date > $2::date`,
    [code, from],
  )
  return rows[0]?.last ?? null
}

/** The edition of a change that was published after this one and stands, an ending too; undefined when it is the last. */
export async function followedBy(
  db: Queryable,
  { id, code, publication }: ProcedureChange,
): Promise<number | undefined> {
  const { rows } = await db.query<{ version: number }>(
    `select (publication -> 'versions' ->> 'procedure')::int as version from changes.change
     where procedure_code = $1 and id <> $2 and state = 'published'
       and ((publication -> 'versions' ->> 'procedure')::int > $3
         or (kind = 'abolish' and (publication -> 'versions' ->> 'procedure')::int = $3
           and publication ->> 'at' >= $4))
     order by version limit 1`,
    [code, id, publication?.versions.procedure ?? 0, publication?.at ?? ''],
  )
  return rows[0]?.version
}
