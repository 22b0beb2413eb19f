import type { Db, Queryable } from '../../kernel/db.ts'
import { loadWhenChanged, packagedNames, upsertRows } from '../directory/index.ts'
import { catalogueChanged } from './catalogue-store.ts'
import { strangeBranches } from './linked.ts'
import { readOverrides } from './override-store.ts'
import { missingParts, ProcedureVersion } from './procedure-version.ts'
import { type ProvinceOverride, withProvinceOverrides } from './province-overrides.ts'
import {
  type ProvinceAddition,
  type ProvinceFee,
  ProvinceRules,
  withProvinceAdditions,
  withProvinceFees,
} from './province-rules.ts'
import { type Edition, editionColumns, enterInList, toEdition } from './publish-edition.ts'
import { remember } from './revision.ts'

/**
 * Loads the procedure versions of `db/reference/packages` and, in a demonstration, what its sample
 * province has set; skips what has not changed. A version that lacks a mandatory part is a bug in the repository.
 */
export async function loadProcedureVersions(
  db: Db,
  { demonstration }: { demonstration: boolean } = { demonstration: true },
): Promise<boolean> {
  const names = await packagedNames(/^procedure(-\d+)?\.json$/)
  const versions = await loadWhenChanged(db, { key: 'catalogue.versions', edition: 1, names }, storeVersions)
  const rules =
    demonstration &&
    (await loadWhenChanged(
      db,
      { key: 'catalogue.province-rules', edition: 1, names: ['demonstration/province-overrides.json'] },
      storeProvinceRules,
    ))
  if (versions || rules) {
    forgetVersions(db)
    await catalogueChanged(db)
  }
  return versions || rules
}

async function storeVersions(tx: Queryable, texts: readonly string[]): Promise<void> {
  const versions = texts.map(readVersion)
  const strange = strangeBranches(versions)
  if (strange.length > 0) throw new Error(strange.join('; '))
  await enterInList(tx, ...versions)
  // What was decided here outweighs what is shipped: of a procedure published here only the text of shipped editions
  // is renewed, never their dates.
  const { rows } = await tx.query<{ code: string }>(
    'select distinct procedure_code as code from catalogue.procedure_version where published_by is not null',
  )
  const published = new Set(rows.map(({ code }) => code))
  const [decided, shipped] = [true, false].map((here) =>
    versions.filter(({ procedureCode }) => published.has(procedureCode) === here),
  ) as [ProcedureVersion[], ProcedureVersion[]]
  await upsertRows(tx, 'catalogue.procedure_version', ['procedure_code', 'version'], shipped.map(versionRow))
  await tx.query(
    `update catalogue.procedure_version old set definition = new.definition
     from json_populate_recordset(null::catalogue.procedure_version, $1::json) new
     where old.procedure_code = new.procedure_code and old.version = new.version and old.published_by is null`,
    [JSON.stringify(decided.map(versionRow))],
  )
}

function readVersion(text: string): ProcedureVersion {
  const version = ProcedureVersion.parse(JSON.parse(text))
  const missing = missingParts(version)
  if (missing.length > 0) throw new Error(`${version.procedureCode} lacks ${missing.join(', ')}`)
  return version
}

function versionRow(version: ProcedureVersion) {
  const { procedureCode, validFrom, validTo } = version
  return {
    procedure_code: procedureCode,
    version: version.version,
    definition: version,
    valid_from: validFrom,
    valid_to: validTo,
    published_at: new Date(),
  }
}

async function storeProvinceRules(tx: Queryable, [text]: readonly string[]): Promise<void> {
  const { province, sample, fees, limitAdditions } = ProvinceRules.parse(JSON.parse(text!))
  const additions = limitAdditions.map(({ procedureCode, validFrom, validTo, ...addition }) => ({
    ...{ province, procedure_code: procedureCode, ...addition, sample },
    ...{ valid_from: validFrom, valid_to: validTo },
  }))
  await upsertRows(tx, 'catalogue.province_addition', ['province', 'procedure_code', 'valid_from'], additions)
  const rows = fees.map((fee) => ({
    province,
    procedure_code: fee.procedureCode,
    fee_key: fee.feeKey,
    amount_vnd: fee.amountVnd,
    basis: fee.basis,
    sample,
    valid_from: fee.validFrom,
    valid_to: fee.validTo,
  }))
  await upsertRows(
    tx,
    'catalogue.province_fee',
    ['province', 'procedure_code', 'fee_key', 'valid_from'],
    rows,
  )
}

export interface VersionOptions {
  /** Province whose rules apply (`H99`); when none is named and only one has set any, that one. */
  province?: string
}

/** The version in force on a date of law (`YYYY-MM-DD`); undefined when the procedure cannot be filed here then. */
export async function findVersion(
  db: Db,
  procedureCode: string,
  on: string,
  options: VersionOptions = {},
): Promise<ProcedureVersion | undefined> {
  const known = await memory.of(db)
  const found = known.editions
    .get(procedureCode)
    ?.find(({ version: { validFrom, validTo }, withdrawnAt }) => {
      return withdrawnAt === null && validFrom <= on && (validTo === null || on <= validTo)
    })
  return found && withProvinceRules(found.version, known, options, on)
}

/** A version that a dossier was received under. Throws when there is no such version: dossiers only name stored ones. */
export async function getVersion(
  db: Db,
  procedureCode: string,
  version: number,
  options: VersionOptions = {},
): Promise<ProcedureVersion> {
  const inMemory = async () => {
    const known = await memory.of(db)
    const found = known.editions.get(procedureCode)?.find((each) => each.version.version === version)
    return found && withProvinceRules(found.version, known, options)
  }
  const found = await inMemory()
  if (found) return found
  // Another process may have published it a moment ago.
  memory.forget(db)
  const fresh = await inMemory()
  if (!fresh) throw new Error(`no version ${version} of procedure ${procedureCode}`)
  return fresh
}

/** Every procedure that can be filed here on a date of law, by code. */
export async function listVersions(
  db: Db,
  on: string,
  options: VersionOptions = {},
): Promise<ProcedureVersion[]> {
  const { editions } = await memory.of(db)
  const found = await Promise.all([...editions.keys()].map((code) => findVersion(db, code, on, options)))
  return found.filter((each) => each !== undefined)
}

/** Forgets what this process remembers of versions and fees, after they were changed. */
export function forgetVersions(db: Db): void {
  memory.forget(db)
}

/** Standing editions that no longer read as such, by procedure and number: those procedures cannot be filed here. */
export const unreadableEditions = async (db: Db): Promise<string[]> => (await memory.of(db)).unreadable

interface Known {
  /** The date of law when this was read, for questions that name none. */
  readOn: string
  overrides: Map<string, ProvinceOverride[]>
  /** By procedure code, the newest first. */
  editions: Map<string, Edition[]>
  /** Standing editions that no longer read as such: `1.001193 2`. */
  unreadable: string[]
  provinceFees: Map<string, ProvinceFee[]>
  provinceAdditions: Map<string, ProvinceAddition[]>
}

const memory = remember(readKnown, ({ editions }) => editions.size === 0)

async function readKnown(db: Db): Promise<Known> {
  const [editions, fees, additions, overrides, today] = await Promise.all([
    db.pool.query<Parameters<typeof toEdition>[0]>(
      `select ${editionColumns} from catalogue.procedure_version
       order by procedure_code, valid_from desc, version desc`,
    ),
    db.pool.query<ProvinceFee>(
      `select province, procedure_code as "procedureCode", fee_key as "feeKey", amount_vnd as "amountVnd", basis, sample,
              valid_from as "validFrom", valid_to as "validTo" from catalogue.province_fee`,
    ),
    db.pool.query<ProvinceAddition>(
      `select province, procedure_code as "procedureCode", days, reason, communes, sample,
              valid_from as "validFrom", valid_to as "validTo" from catalogue.province_addition`,
    ),
    readOverrides(db.pool),
    db.pool.query<{ on: string }>(`select (now() at time zone 'Asia/Ho_Chi_Minh')::date as on`),
  ])
  const read = editions.rows.map((row) => ({ row, edition: toEdition(row) }))
  return {
    readOn: today.rows[0]!.on,
    overrides: Map.groupBy(overrides, ({ province }) => province),
    unreadable: read
      .filter(({ row, edition }) => row.withdrawn_at === null && edition.length === 0)
      .map(({ row: { definition, version } }) => `${definition.procedureCode} ${version}`),
    editions: Map.groupBy(
      read.flatMap(({ edition }) => edition),
      ({ version }) => version.procedureCode,
    ),
    provinceFees: Map.groupBy(fees.rows, (fee) => fee.province),
    provinceAdditions: Map.groupBy(additions.rows, (addition) => addition.province),
  }
}

function withProvinceRules(version: ProcedureVersion, known: Known, options: VersionOptions, on?: string) {
  const withFees = withProvinceFees(version, setBy(known.provinceFees, options), on)
  const withLimits = withProvinceOverrides(withFees, setBy(known.overrides, options), on ?? known.readOn)
  return withProvinceAdditions(withLimits, setBy(known.provinceAdditions, options), on)
}

function setBy<Rule>(rules: Map<string, Rule[]>, { province }: VersionOptions): Rule[] {
  if (province !== undefined) return rules.get(province) ?? []
  return rules.size === 1 ? [...rules.values()].flat() : []
}
