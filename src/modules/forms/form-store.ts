import type { Db, Queryable } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { recent } from '../../kernel/recent.ts'
import { remember } from '../catalogue/index.ts'
import { loadWhenChanged, packagedNames, referenceText, upsertRows } from '../directory/index.ts'
import { type CompiledForm, compileForm } from './compile-form.ts'
import type { FormDefinition } from './form-definition.ts'
import { dataRegisters, type RegisterSource } from './register-source.ts'

/** Loads the forms of `db/reference/packages`, compiled, when they changed since the last start. */
export async function loadForms(db: Db): Promise<boolean> {
  const names = await packagedNames(/^form(-\d+)?\.json$/)
  const loaded = await loadWhenChanged(db, { key: 'forms', edition: 1, names }, storeForms)
  if (loaded) forgetForms(db)
  return loaded
}

async function storeForms(tx: Queryable, texts: readonly string[]): Promise<void> {
  const rows = texts.map((text) => {
    // A reference form that does not compile is a bug in the repository, so it is thrown.
    const compiled = accepted(compileForm(JSON.parse(text)))
    const { key, version, procedureCode, validFrom, validTo } = compiled.definition
    const { definition } = compiled
    return {
      key,
      version,
      procedure_code: procedureCode,
      definition,
      compiled,
      valid_from: validFrom,
      valid_to: validTo,
      published_at: new Date(),
    }
  })
  const published = await compileAgain(tx)
  await upsertRows(
    tx,
    'forms.form_version',
    ['key', 'version'],
    rows.filter(({ key }) => !published.has(key)),
  )
  // What was decided here outweighs what is shipped: only the text of shipped versions is renewed, never their dates.
  await tx.query(
    `update forms.form_version old set definition = new.definition, compiled = new.compiled
     from json_populate_recordset(null::forms.form_version, $1::json) new
     where old.key = new.key and old.version = new.version and old.published_by is null`,
    [JSON.stringify(rows.filter(({ key }) => published.has(key)))],
  )
}

/**
 * Compiles what was published here anew, since what runs may look different in this edition. Gives its keys. One that
 * this edition refuses stays as it was compiled: the others must not wait for it, and the installation must start.
 */
async function compileAgain(tx: Queryable): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string; version: number; definition: FormDefinition }>(
    'select key, version, definition from forms.form_version where published_by is not null',
  )
  for (const { key, version, definition } of rows) {
    const compiled = compileForm(definition)
    if (isRefusal(compiled)) {
      process.emitWarning(`form ${key} ${version} stays as it was: ${JSON.stringify(compiled.details)}`)
      continue
    }
    await tx.query('update forms.form_version set compiled = $3 where key = $1 and version = $2', [
      key,
      version,
      JSON.stringify(compiled),
    ])
  }
  return new Set(rows.map(({ key }) => key))
}

/** One published version of a form. */
export interface FormVersion {
  key: string
  version: number
  validFrom: string
  validTo: string | null
  compiled: CompiledForm
  /** Taken back: no longer found by date, still read by what was filed with it. */
  withdrawn: boolean
}

/** Forms kept in memory with all their versions; a compiled one takes up to a megabyte, and anybody may ask for any key. */
const mostForms = 200

/** Versions by key, each read at its first use; those not used for long are read again. */
const memory = remember(async () => recent<string, Promise<FormVersion[]>>(mostForms))

/** Forgets what was read, after a publication. */
export function forgetForms(db: Db): void {
  memory.forget(db)
}

/** A form by version, or the one in force on a date of law; the newest when neither is named. */
export async function findForm(
  db: Db,
  key: string,
  which: { version?: number; on?: string } = {},
): Promise<FormVersion | undefined> {
  const { version, on } = which
  if (version !== undefined) return findNumbered(db, key, version)
  const versions = (await formVersions(db, key)).filter(({ withdrawn }) => !withdrawn)
  if (on === undefined) return versions[0]
  return versions.find((one) => one.validFrom <= on && (one.validTo === null || on <= one.validTo))
}

async function findNumbered(db: Db, key: string, version: number): Promise<FormVersion | undefined> {
  const inMemory = async () => (await formVersions(db, key)).find((one) => one.version === version)
  const found = await inMemory()
  if (found) return found
  // Another process may have published it a moment ago.
  forgetForms(db)
  return inMemory()
}

/** Every version of one form, newest first, withdrawn ones too; kept while in use until something is published. */
export async function formVersions(db: Db, key: string): Promise<FormVersion[]> {
  const forms = await memory.of(db)
  const known = forms.get(key)
  if (known) return known
  const found = readVersions(db, key)
  forms.set(key, found)
  found.catch(() => forms.delete(key))
  return found
}

async function readVersions(db: Db, key: string): Promise<FormVersion[]> {
  const { rows } = await db.pool.query<{
    version: number
    valid_from: string
    valid_to: string | null
    compiled: CompiledForm
    withdrawn: boolean
  }>(
    `select version, valid_from, valid_to, compiled, withdrawn_at is not null as withdrawn
     from forms.form_version where key = $1 order by version desc`,
    [key],
  )
  return rows.map((row) => ({
    key,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    compiled: row.compiled,
    withdrawn: row.withdrawn,
  }))
}

/** The registers of the demonstration: invented citizens and what the state knows of them. */
export async function demonstrationRegisters(): Promise<RegisterSource> {
  return dataRegisters(JSON.parse(await referenceText('demonstration/registers.json')).people)
}
