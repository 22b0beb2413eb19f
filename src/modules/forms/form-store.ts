import type { Db, Queryable } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { loadWhenChanged, packagedNames, referenceText, upsertRows } from '../directory/index.ts'
import { type CompiledForm, compileForm } from './compile-form.ts'
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
  await upsertRows(tx, 'forms.form_version', ['key', 'version'], rows)
}

/** One published version of a form. */
export interface FormVersion {
  key: string
  version: number
  validFrom: string
  validTo: string | null
  compiled: CompiledForm
}

const cache = new WeakMap<Db, Map<string, Promise<FormVersion[]>>>()

/** Forgets what was read, after a publication. */
export function forgetForms(db: Db): void {
  cache.delete(db)
}

/** A form by version, or the one in force on a date of law; the newest when neither is named. */
export async function findForm(
  db: Db,
  key: string,
  which: { version?: number; on?: string } = {},
): Promise<FormVersion | undefined> {
  const versions = await versionsOf(db, key)
  const { version, on } = which
  if (version !== undefined) return versions.find((one) => one.version === version)
  if (on === undefined) return versions[0]
  return versions.find((one) => one.validFrom <= on && (one.validTo === null || on <= one.validTo))
}

/** Every version of one form, newest first; read once per process. */
function versionsOf(db: Db, key: string): Promise<FormVersion[]> {
  const forms = cache.get(db) ?? new Map<string, Promise<FormVersion[]>>()
  cache.set(db, forms)
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
  }>(
    'select version, valid_from, valid_to, compiled from forms.form_version where key = $1 order by version desc',
    [key],
  )
  return rows.map((row) => ({
    key,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    compiled: row.compiled,
  }))
}

/** The registers of the demonstration: invented citizens and what the state knows of them. */
export async function demonstrationRegisters(): Promise<RegisterSource> {
  return dataRegisters(JSON.parse(await referenceText('demonstration/registers.json')).people)
}
