import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { endBefore, takeBack } from '../../../kernel/dated-versions.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { typstOf } from './compile-template.ts'
import { forbiddenWord } from './forbidden-words.ts'
import { TemplateDraft, TemplateDrafts, type TemplateKey } from './template-draft.ts'

/** A template as it was published. */
export interface TemplateVersion {
  procedureCode: string
  key: TemplateKey
  version: number
  name: string
  /** `shipped`: from its first day the layout of the product prints this paper again. */
  source: TemplateDraft['source'] | 'shipped'
  /** Nothing when the layout of the product prints the paper. */
  draft: TemplateDraft | null
  typst: string
  validFrom: string
  validTo: string | null
  publishedBy: string | null
  publishedAt: string
  withdrawnAt: string | null
}

/** Who publishes templates, from which date of law. */
export interface TemplatePublication {
  validFrom: string
  /** The officer; null for what is shipped. */
  by: string | null
  at: Date
}

/** What a publication added, for its journal entry and for taking it back. */
export interface AddedTemplate {
  key: TemplateKey
  version: number
}

const templates = { table: 'documents.template_version', key: 'template' }
const nameOf = (procedureCode: string, key: string) => `${procedureCode}/${key}`

/**
 * Publishes the templates of a procedure: each that differs from the last one becomes its next version, and a paper
 * that has none any more is printed in the layout of the product from that day on. Compiles the Typst anew, whatever
 * the draft says it is. Throws on templates that their schema refuses and on Typst that imports: a change is checked
 * before it is published.
 */
export async function addTemplateVersions(
  tx: Queryable,
  procedureCode: string,
  drafts: readonly unknown[],
  publication: TemplatePublication,
): Promise<AddedTemplate[]> {
  const wanted = TemplateDrafts.parse(drafts)
  const before = await lastVersions(tx, procedureCode)
  const added: AddedTemplate[] = []
  for (const draft of wanted) {
    const complete = { ...draft, typst: safeTypst(draft) }
    const last = before.get(draft.key)
    if (last?.draft && same(last.draft, complete)) continue
    added.push(await insert(tx, procedureCode, rowOf(complete, last), publication))
  }
  const gone = [...before.values()].filter(
    ({ key, draft }) => draft && !wanted.some((each) => each.key === key),
  )
  for (const last of gone) added.push(await insert(tx, procedureCode, shippedRow(last), publication))
  return added
}

/** What could load code is never published, wherever it would print. */
function safeTypst(draft: TemplateDraft): string {
  const typst = typstOf(draft)
  const word = draft.source === 'typst' ? forbiddenWord(typst) : undefined
  if (word) throw new Error(`template ${draft.key}: ${word.message} in line ${word.line} is not allowed`)
  return typst
}

const same = (a: TemplateDraft, b: TemplateDraft) => canonicalJson(a) === canonicalJson(b)

interface Row {
  key: TemplateKey
  version: number
  name: string
  source: string
  page: string
  definition: TemplateDraft | null
  inputs: TemplateDraft['inputs']
  typst: string
}

const rowOf = (draft: TemplateDraft, last: Last | undefined): Row => ({
  ...{ key: draft.key, version: nextOf(last), name: draft.name, source: draft.source, page: draft.page },
  ...{ definition: draft, inputs: draft.inputs, typst: draft.typst },
})

const shippedRow = (last: Last): Row => ({
  ...{ key: last.key, version: nextOf(last), name: last.name, source: 'shipped', page: '' },
  ...{ definition: null, inputs: [], typst: '' },
})

const nextOf = (last: Last | undefined) => (last?.version ?? 0) + 1

async function insert(tx: Queryable, procedureCode: string, row: Row, publication: TemplatePublication) {
  const { validFrom, by, at } = publication
  const template = nameOf(procedureCode, row.key)
  const replacedTo = await endBefore(tx, templates, template, validFrom)
  await tx.query(
    `insert into documents.template_version (template, procedure_code, key, version, name, source, page, definition,
       inputs, typst, valid_from, replaced_to, published_by, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[template, procedureCode, row.key, row.version, row.name, row.source, row.page],
      ...[row.definition && JSON.stringify(row.definition), JSON.stringify(row.inputs), row.typst],
      ...[validFrom, replacedTo, by, at],
    ],
  )
  return { key: row.key, version: row.version }
}

/** The last day from which a standing template of a procedure holds; none may be published for an earlier one. */
export async function lastTemplateDay(db: Queryable, procedureCode: string): Promise<string | null> {
  const { rows } = await db.query<{ day: string | null }>(
    `select max(valid_from)::text as day from documents.template_version
     where procedure_code = $1 and withdrawn_at is null`,
    [procedureCode],
  )
  return rows[0]?.day ?? null
}

/** Takes published templates back: those before them go on, or the layout of the product does. */
export async function takeTemplatesBack(
  tx: Queryable,
  procedureCode: string,
  added: readonly AddedTemplate[],
  at: Date,
): Promise<void> {
  for (const { key, version } of added)
    await takeBack(tx, templates, { value: nameOf(procedureCode, key), version, at })
}

/** The template that prints a paper of a procedure on a date of law; undefined when the shipped layout does. */
export async function findTemplate(
  db: Queryable,
  { procedureCode, key, on }: { procedureCode: string; key: TemplateKey; on: string },
): Promise<TemplateVersion | undefined> {
  const { rows } = await db.query<StoredRow>({
    name: 'documents.template-in-force',
    text: `select ${columns} from documents.template_version
           where procedure_code = $1 and key = $2 and ${inForce('$3')} order by valid_from desc limit 1`,
    values: [procedureCode, key, on],
  })
  const found = rows[0] && toVersion(rows[0])
  return found?.draft ? found : undefined
}

/** The templates of a procedure that are in force on a date of law, as they can be edited further. */
export async function templatesInForce(
  db: Queryable,
  procedureCode: string,
  on: string,
): Promise<TemplateDraft[]> {
  const { rows } = await db.query<StoredRow>(
    `select ${columns} from documents.template_version where procedure_code = $1 and ${inForce('$2')} order by key`,
    [procedureCode, on],
  )
  return rows.flatMap((row) => toVersion(row).draft ?? [])
}

/** Every version of every template of a procedure, the newest first; withdrawn ones too. */
export async function templateVersions(db: Queryable, procedureCode: string): Promise<TemplateVersion[]> {
  const { rows } = await db.query<StoredRow>(
    `select ${columns} from documents.template_version where procedure_code = $1 order by key, version desc`,
    [procedureCode],
  )
  return rows.map(toVersion)
}

/** What the next version of a template follows. */
interface Last extends Pick<TemplateVersion, 'key' | 'name' | 'draft'> {
  /** The highest number given so far: one that was withdrawn is not given twice. */
  version: number
}

/** The last standing version of each template, whether it is in force yet or not. */
async function lastVersions(db: Queryable, procedureCode: string): Promise<Map<TemplateKey, Last>> {
  const byKey = Map.groupBy(await templateVersions(db, procedureCode), ({ key }) => key)
  const lasts = [...byKey].map(([key, versions]): [TemplateKey, Last] => {
    const [newest] = versions as [TemplateVersion]
    const standing = versions
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))
    return [key, { key, name: newest.name, version: newest.version, draft: standing[0]?.draft ?? null }]
  })
  return new Map(lasts)
}

interface StoredRow extends Omit<TemplateVersion, 'draft' | 'publishedAt' | 'withdrawnAt'> {
  definition: unknown
  publishedAt: Date
  withdrawnAt: Date | null
}

const columns = `procedure_code as "procedureCode", key, version, name, source, definition, typst,
  valid_from as "validFrom", valid_to as "validTo", published_by as "publishedBy", published_at as "publishedAt",
  withdrawn_at as "withdrawnAt"`

const inForce = (on: string) =>
  `withdrawn_at is null and valid_from <= ${on}::date and (valid_to is null or ${on}::date <= valid_to)`

function toVersion({ definition, publishedAt, withdrawnAt, ...row }: StoredRow): TemplateVersion {
  return {
    ...row,
    draft: definition === null ? null : TemplateDraft.parse(definition),
    publishedAt: publishedAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }
}
