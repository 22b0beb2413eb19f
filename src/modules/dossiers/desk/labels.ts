import { z } from 'zod'
import type { Queryable } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { cleanText } from '../../../kernel/text.ts'
import type { Officer } from '../../identity/index.ts'
import { isTaken, deskRefusals as refusals } from './desk-refusals.ts'
import { authoritiesOf, ownPost, unitsOfOfficer } from './queue-scope.ts'

export const labelColours = ['red', 'gold', 'green', 'blue', 'violet', 'grey'] as const

/** A coloured mark of a unit. */
export interface Label {
  id: string
  name: string
  colour: (typeof labelColours)[number]
}

export const LabelInput = z.object({
  name: cleanText.pipe(z.string().trim().min(1).max(40)),
  colour: z.enum(labelColours).default('grey'),
})
export type LabelInput = z.input<typeof LabelInput>

const most = 30
/** Beyond this a number means "at least". */
const mostCounted = 1000

/** The labels of the officer's units, each with how many open dossiers carry it. */
export async function listLabels(db: Queryable, officer: Officer): Promise<(Label & { count: number })[]> {
  const { rows } = await db.query({
    name: 'dossiers.labels',
    text: `select l.id, l.name, l.colour,
        (select count(*)::int from (
          select from dossiers.dossier_label m join dossiers.dossier d on d.id = m.dossier_id
          where m.label_id = l.id and d.closed_at is null limit ${mostCounted}) c) as count
      from dossiers.label l where l.authority || ' ' || l.unit_code = any ($1) order by lower(l.name)`,
    values: [unitsOfOfficer(officer)],
  })
  return rows
}

/** Makes a label of the officer's own unit. Refuses a second one of the same name, and more than thirty. */
export async function createLabel(
  db: Queryable,
  officer: Officer,
  input: LabelInput,
  { now }: { now: Date },
): Promise<Outcome<Label>> {
  const parsed = LabelInput.safeParse(input)
  if (!parsed.success) return refusals.nameMissing()
  const home = ownPost(officer)
  if (home === undefined) return refusals.noUnit()
  const label = { id: newId(now.getTime()), ...parsed.data }
  try {
    const { rowCount } = await db.query(
      `insert into dossiers.label (id, authority, unit_code, name, colour, created_by, created_at)
       select $1, $2, $3, $4, $5, $6, $7
       where (select count(*) from dossiers.label where authority = $2 and unit_code = $3) < ${most}`,
      [label.id, home.authorityCode, home.unitCode, label.name, label.colour, officer.officerId, now],
    )
    return rowCount === 1 ? label : refusals.tooMany({ most })
  } catch (error) {
    if (isTaken(error)) return refusals.nameTaken({ name: label.name })
    throw error
  }
}

/** Takes a label of the unit away, from all its dossiers too. */
export async function deleteLabel(
  db: Queryable,
  officer: Officer,
  id: string,
): Promise<Outcome<{ id: string }>> {
  if (!z.uuid().safeParse(id).success) return refusals.notFound()
  const { rowCount } = await db.query(
    `delete from dossiers.label where id = $1 and authority || ' ' || unit_code = any ($2)`,
    [id, unitsOfOfficer(officer)],
  )
  return rowCount === 1 ? { id } : refusals.notFound()
}

/** Puts a label of the unit on dossiers that concern the officer's authorities; says on how many it now is. */
export async function putLabel(
  db: Queryable,
  officer: Officer,
  id: string,
  codes: readonly string[],
  { now }: { now: Date },
): Promise<Outcome<{ count: number }>> {
  if (!(await isOfUnit(db, officer, id))) return refusals.notFound()
  const { rowCount } = await db.query(
    `insert into dossiers.dossier_label (label_id, dossier_id, added_by, added_at)
     select $1, d.id, $2, $3 from dossiers.dossier d where ${concerning('$4', '$5')}
     on conflict (label_id, dossier_id) do update set added_by = excluded.added_by`,
    [id, officer.officerId, now, codes, authoritiesOf(officer)],
  )
  return { count: rowCount ?? 0 }
}

/** Takes a label off dossiers. */
export async function takeLabelOff(
  db: Queryable,
  officer: Officer,
  id: string,
  codes: readonly string[],
): Promise<Outcome<{ count: number }>> {
  if (!(await isOfUnit(db, officer, id))) return refusals.notFound()
  const { rowCount } = await db.query(
    `delete from dossiers.dossier_label m using dossiers.dossier d
     where m.label_id = $1 and d.id = m.dossier_id and ${concerning('$2', '$3')}`,
    [id, codes, authoritiesOf(officer)],
  )
  return { count: rowCount ?? 0 }
}

/** The labels on some dossiers that the officer's units gave them, by dossier. */
export async function labelsOn(
  db: Queryable,
  officer: Officer,
  dossierIds: readonly string[],
): Promise<Map<string, Label[]>> {
  if (dossierIds.length === 0) return new Map()
  const { rows } = await db.query<Label & { dossierId: string }>({
    name: 'dossiers.labels-on',
    text: `select m.dossier_id as "dossierId", l.id, l.name, l.colour
      from dossiers.dossier_label m join dossiers.label l on l.id = m.label_id
      where m.dossier_id = any ($1) and l.authority || ' ' || l.unit_code = any ($2) order by lower(l.name)`,
    values: [dossierIds, unitsOfOfficer(officer)],
  })
  return Map.groupBy(rows, ({ dossierId }) => dossierId)
}

async function isOfUnit(db: Queryable, officer: Officer, id: string): Promise<boolean> {
  if (!z.uuid().safeParse(id).success) return false
  const { rows } = await db.query(
    `select from dossiers.label where id = $1 and authority || ' ' || unit_code = any ($2)`,
    [id, unitsOfOfficer(officer)],
  )
  return rows.length === 1
}

// A label is no way to learn that a dossier exists.
const concerning = (codes: string, authorities: string) => `d.code = any (${codes}) and (
  d.competent = any (${authorities}) or d.received_by = any (${authorities}) or exists (
    select from dossiers.task t where t.dossier_id = d.id and t.authority = any (${authorities})))`
