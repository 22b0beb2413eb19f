import type { Db } from '../../kernel/db.ts'
import { editionDates, findVersion, getVersion, type ProcedureVersion } from '../catalogue/index.ts'
import { type FormDefinition, findForm } from '../forms/index.ts'
import { findProcess, findProcessXml } from '../processes/index.ts'
import type { ProcedureChange, Versions } from './change.ts'
import { testsOfEdition } from './change-store.ts'
import type { Contents, DraftForm, DraftProcedure } from './contents.ts'
import { shippedTests } from './shipped-tests.ts'
import { templatesOf } from './templates-of.ts'

/** The edition without what publication gives it. */
export function draftOf({
  version,
  validFrom,
  validTo,
  announcement,
  ...draft
}: ProcedureVersion): DraftProcedure {
  return draft
}

/** The form without what publication gives it. */
export function draftFormOf({ version, validFrom, validTo, ...draft }: FormDefinition): DraftForm {
  return draft
}

/** What is in force on a date of law, with the versions; undefined when the procedure cannot be filed here then. */
export async function inForce(
  db: Db,
  code: string,
  on: string,
): Promise<{ contents: Contents; versions: Versions } | undefined> {
  const found = await findVersion(db, code, on, asPublished)
  if (!found) return undefined
  const [form, process] = await Promise.all([
    findForm(db, found.formKey, { on }),
    findProcess(db, found.processKey, on),
  ])
  const versions = {
    procedure: found.version,
    form: form?.version ?? null,
    process: process?.version ?? null,
  }
  return { contents: await contentsOf(db, code, versions), versions }
}

/** What provinces set is laid over an edition; what is edited and compared is the edition itself. */
const asPublished = { province: '' }

/** The parts of published versions, by their numbers. Throws when there is no such edition. */
export async function contentsOf(db: Db, code: string, versions: Versions): Promise<Contents> {
  const edition = await getVersion(db, code, versions.procedure ?? 0, asPublished)
  const { formKey, processKey } = edition
  const [form, xml, templates, tests] = await Promise.all([
    versions.form === null ? undefined : findForm(db, formKey, { version: versions.form }),
    versions.process === null ? undefined : findProcessXml(db, processKey, versions.process),
    templatesOf(db, code, edition.validFrom),
    testsOf(db, edition),
  ])
  return {
    procedure: draftOf(edition),
    form: form ? draftFormOf(form.compiled.definition) : emptyForm(edition),
    process: { xml: xml ?? '' },
    templates,
    tests,
  }
}

/**
 * The last edition of a procedure: in force on this day, or already published for a later one. Undefined when there is
 * none, or when it has ended by then.
 */
export async function lastEdition(db: Db, code: string, today: string) {
  const standing = (await editionDates(db.pool, code)).filter(({ withdrawn }) => !withdrawn)
  const begins = standing
    .map(({ validFrom }) => validFrom)
    .toSorted()
    .at(-1)
  return begins === undefined ? undefined : inForce(db, code, begins > today ? begins : today)
}

async function testsOf(db: Db, { procedureCode, version, formKey }: ProcedureVersion) {
  const kept = await testsOfEdition(db.pool, procedureCode, version)
  return (kept ?? (await shippedTests(formKey))) as Contents['tests']
}

/** What a change began from; the skeleton of a procedure for one that is new here. */
export const baseContents = (db: Db, { code, title, base }: ProcedureChange): Promise<Contents> =>
  base.procedure === null ? Promise.resolve(emptyContents({ code, title })) : contentsOf(db, code, base)

/** The parts of a change: what was drafted, and the rest as it began. */
export async function effectiveParts(db: Db, change: ProcedureChange): Promise<Contents> {
  const drafted = Object.entries(change.parts).map(([part, saved]) => [part, saved?.content])
  return { ...(await baseContents(db, change)), ...(Object.fromEntries(drafted) as Partial<Contents>) }
}

const keyOf = (code: string) => `p${code.replace('.', '-')}`

/** The skeleton from which a procedure that is new here is drafted. */
export function emptyContents({ code, title }: Pick<ProcedureChange, 'code' | 'title'>): Contents {
  const key = keyOf(code)
  const named = { vi: title, en: title }
  const procedure = {
    procedureCode: code,
    ...{ kind: 'public', publisher: 'national', name: title, plainName: title, plainNameEn: title },
    ...{ synonyms: [], field: { code: null, name: '' }, level: 'full', partialReason: null, subjects: [] },
    ...{ receivingKinds: ['commune-centre'], sets: 1, components: [], steps: [], results: [] },
    ...{ legalBases: [], conditions: null, formKey: key, processKey: key, supplementRule: 'restart' },
    ...{ parties: 'one', counterFlow: 'standard', changes: [], confidence: 'C' },
    counts: { copies: null, pages: null, persons: null, each: null },
    cases: [],
  }
  return {
    procedure: procedure as unknown as DraftProcedure,
    form: emptyForm({ procedureCode: code, formKey: key, plainName: named.vi, plainNameEn: named.en }),
    process: { xml: '' },
    templates: [],
    tests: [],
  }
}

function emptyForm({
  procedureCode,
  formKey,
  plainName,
  plainNameEn,
}: Pick<ProcedureVersion, 'procedureCode' | 'formKey' | 'plainName' | 'plainNameEn'>): DraftForm {
  return {
    key: formKey,
    procedureCode,
    title: { vi: plainName, en: plainNameEn },
    legalForm: { name: null, setBy: '' },
    pages: [],
    rules: [],
    assurance: {
      vi: 'Tôi đã kiểm tra, các điều khai ở trên là đúng và tôi chịu trách nhiệm.',
      en: 'I have checked that what I state above is true, and I am responsible for it.',
      version: 1,
    },
  }
}

/** The parts that were in force before a published change: what a change that rolls it back starts from. */
export const formerContents = (change: ProcedureChange, { db }: { db: Db }): Promise<Contents> =>
  baseContents(db, change)

/** The parts that a published change put in force. */
export const publishedContents = (change: ProcedureChange, { db }: { db: Db }): Promise<Contents> =>
  contentsOf(db, change.code, change.publication!.versions)
