import type { Db, Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { isId, newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type FieldOrigin, type PrefillAccount, prefill, type Registers } from '../../forms/index.ts'
import type { OnBehalfOf } from '../../identity/index.ts'
import type { PaperInput } from '../commands.ts'
import type { Delivery } from '../dossier.ts'
import { refusals } from '../refusals.ts'
import { isInternal, loadRules, type Rules } from './filing-rules.ts'

/** Answers typed so far; survives the back button, a dead battery and an ended session. */
export interface Draft {
  id: string
  personId: string
  procedureCode: string
  procedureVersion: number
  formKey: string
  formVersion: number
  filedFor: OnBehalfOf
  receiving: string | null
  answers: Record<string, unknown>
  origins: Record<string, FieldOrigin>
  papers: PaperInput[]
  delivery: Delivery
  submittedCode: string | null
  createdAt: string
  updatedAt: string
}

/** Begins a draft with everything that the account and the registers already know. */
export async function startDraft(
  db: Db,
  d: {
    personId: string
    procedureCode: string
    filedFor: OnBehalfOf
    account: PrefillAccount
    registers: Registers
    now: Date
  },
): Promise<Outcome<Draft>> {
  const rules = await loadRules(db, d.procedureCode, d.now)
  if (isRefusal(rules)) return rules
  if (isInternal(rules)) return refusals.notFiledHere({ procedureCode: d.procedureCode })
  const { answers, origins } = prefill(rules.form.compiled, {
    account: d.account,
    registers: d.registers,
    today: dateOfLaw(d.now),
    channel: 'online',
  })
  const draft = emptyDraft(rules, d, answers, origins)
  await insertDraft(db.pool, draft)
  return draft
}

function emptyDraft(
  { version, form }: Rules,
  d: { personId: string; filedFor: OnBehalfOf; now: Date },
  answers: Draft['answers'],
  origins: Draft['origins'],
): Draft {
  return {
    id: newId(d.now.getTime()),
    personId: d.personId,
    procedureCode: version.procedureCode,
    procedureVersion: version.version,
    formKey: form.key,
    formVersion: form.version,
    filedFor: d.filedFor,
    receiving: null,
    answers,
    origins,
    papers: [],
    delivery: 'electronic',
    submittedCode: null,
    createdAt: d.now.toISOString(),
    updatedAt: d.now.toISOString(),
  }
}

async function insertDraft(db: Queryable, draft: Draft): Promise<void> {
  await db.query({
    name: 'dossiers.insert-draft',
    text: `insert into dossiers.draft (id, person_id, procedure_code, procedure_version, form_key, form_version, filed_for,
             receiving, answers, origins, papers, delivery, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    values: [
      draft.id,
      draft.personId,
      draft.procedureCode,
      draft.procedureVersion,
      draft.formKey,
      draft.formVersion,
      draft.filedFor,
      draft.receiving,
      draft.answers,
      draft.origins,
      JSON.stringify(draft.papers),
      draft.delivery,
      draft.createdAt,
    ],
  })
}

/** A draft of this person; somebody else's does not exist. */
export async function getDraft(db: Queryable, personId: string, id: string): Promise<Outcome<Draft>> {
  if (!isId(id)) return refusals.draftNotFound()
  const { rows } = await db.query({
    name: 'dossiers.draft',
    text: 'select * from dossiers.draft where id = $1 and person_id = $2',
    values: [id, personId],
  })
  return rows[0] ? toDraft(rows[0]) : refusals.draftNotFound()
}

/** Keeps what was typed. The last writer wins: a draft has one owner. */
export async function saveDraft(
  db: Queryable,
  draft: Draft,
  changes: Partial<
    Pick<Draft, 'answers' | 'origins' | 'papers' | 'delivery' | 'receiving' | 'filedFor' | 'submittedCode'>
  >,
  now: Date,
): Promise<Draft> {
  const saved = { ...draft, ...changes, updatedAt: now.toISOString() }
  await db.query({
    name: 'dossiers.save-draft',
    text: `update dossiers.draft set answers = $3, origins = $4, papers = $5, delivery = $6, receiving = $7,
             filed_for = $8, submitted_code = coalesce(submitted_code, $9), updated_at = $10
           where id = $1 and person_id = $2`,
    values: [
      saved.id,
      saved.personId,
      saved.answers,
      saved.origins,
      JSON.stringify(saved.papers),
      saved.delivery,
      saved.receiving,
      saved.filedFor,
      saved.submittedCode,
      saved.updatedAt,
    ],
  })
  return saved
}

/** Unfinished drafts of a person, the newest first. */
export async function listDrafts(db: Queryable, personId: string): Promise<Draft[]> {
  const { rows } = await db.query({
    name: 'dossiers.drafts',
    text: 'select * from dossiers.draft where person_id = $1 and submitted_code is null order by updated_at desc limit 50',
    values: [personId],
  })
  return rows.map(toDraft)
}

export async function deleteDraft(db: Queryable, personId: string, id: string): Promise<void> {
  if (!isId(id)) return
  await db.query('delete from dossiers.draft where id = $1 and person_id = $2 and submitted_code is null', [
    id,
    personId,
  ])
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toDraft(row: any): Draft {
  return {
    id: row.id,
    personId: row.person_id,
    procedureCode: row.procedure_code,
    procedureVersion: row.procedure_version,
    formKey: row.form_key,
    formVersion: row.form_version,
    filedFor: row.filed_for,
    receiving: row.receiving,
    answers: row.answers,
    origins: row.origins,
    papers: row.papers,
    delivery: row.delivery,
    submittedCode: row.submitted_code,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
