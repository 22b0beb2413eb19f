import { z } from 'zod'
import { parseCsv } from '../../kernel/csv.ts'
import type { Db, Queryable } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { searchable } from '../../kernel/text.ts'
import { Authority, Capacity, type Officer, Role, Unit } from './authority.ts'
import { decideGrant } from './decide-grant.ts'
import { forgetAuthorities } from './directory-store.ts'
import { insertGrant } from './grant-store.ts'
import { GrantRequest } from './power.ts'
import { loadWhenChanged, referenceNames, upsertRows } from './reference-load.ts'

// The lists say when they held, not when a unit was founded: 8 July 2004 is the day of Decision 124/2004/QĐ-TTg,
// which first gave the codes; Decision 19/2025/QĐ-TTg replaced it on 1 July 2025.
const oldList = { from: '2004-07-08', to: '2025-06-30' }
const newList = { from: '2025-07-01', to: null }

const placeFiles = [
  'units/provinces-2025-06-30.csv',
  'units/districts-2025-06-30.csv',
  'units/communes-2025-06-30.csv',
  'units/provinces-2025-07-01.csv',
  'units/communes-2025-07-01.csv',
  'units/unit-changes-2026-04-30.csv',
  'units/commune-mapping-2025.csv',
  'units/province-mapping-2025.csv',
  'ethnic-groups.csv',
  'agency-identifiers.csv',
] as const

type Row = Record<string, string>
type UnitRow = ReturnType<typeof unitRow>

/** Loads places, mappings and lists, and in a demonstration its sample province; skips what has not changed. */
export async function loadDirectory(db: Db, { demonstration }: { demonstration: boolean }): Promise<boolean> {
  const places = await loadWhenChanged(
    db,
    { key: 'directory.places', edition: 1, names: placeFiles },
    loadPlaces,
  )
  const sample = demonstration && (await loadSample(db))
  if (places || sample) forgetAuthorities(db)
  return places || sample
}

async function loadSample(db: Db): Promise<boolean> {
  const names = await referenceNames('demonstration', '.json')
  const wanted = names.filter((name) => /authorities|grants|officers|places/.test(name))
  return loadWhenChanged(db, { key: 'directory.demonstration', edition: 2, names: wanted }, loadDemonstration)
}

async function loadPlaces(tx: Queryable, texts: readonly string[]): Promise<void> {
  const [
    oldProvinces,
    oldDistricts,
    oldCommunes,
    provinces,
    communes,
    changes,
    communeMap,
    provinceMap,
    ethnic,
    agency,
  ] = texts.map(parseCsv) as [Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[]]
  const units = [
    ...oldProvinces.map((row) => unitRow('province', row.province_code!, row, oldList)),
    ...oldDistricts.map((row) => unitRow('district', row.district_code!, row, oldList)),
    ...oldCommunes.map((row) => unitRow('commune', row.commune_code!, row, oldList)),
    ...provinces.map((row) => unitRow('province', row.province_code!, row, newList)),
    ...communes.map((row) => unitRow('commune', row.commune_code!, row, newList)),
  ]
  await upsertRows(
    tx,
    'directory.administrative_unit',
    ['level', 'code', 'valid_from'],
    withChanges(units, changes),
  )
  await replaceRows(tx, 'directory.commune_mapping', communeMap.map(communeMappingRow), 'decision is null')
  // What decisions of this installation ended meanwhile stays ended.
  await tx.query(
    `update directory.administrative_unit u set valid_to = m.effective_on - 1 from directory.commune_mapping m
     where m.decision is not null and u.level = 'commune' and u.code = m.old_commune_code and u.valid_to is null
       and u.valid_from < m.effective_on`,
  )
  await replaceRows(
    tx,
    'directory.province_mapping',
    provinceMap.map((row) => pick(row, ['old_province_code', 'new_province_code'])),
  )
  await replaceRows(tx, 'directory.ethnic_group', ethnic)
  await replaceRows(tx, 'directory.agency_identifier', agency.map(agencyRow))
}

function unitRow(
  level: 'province' | 'district' | 'commune',
  code: string,
  row: Row,
  list: { from: string; to: string | null },
) {
  return {
    level,
    code,
    valid_from: list.from,
    valid_to: list.to,
    name: row.name!,
    full_name: row.full_name!,
    kind: row.unit_type!,
    province_code: row.province_code!,
    district_code: row.district_code ?? null,
    legal_basis: null as string | null,
    sample: false,
    searchable: searchable(row.full_name!),
  }
}

// A changed unit keeps its code: the old row ends the day before, the new one begins.
function withChanges(units: UnitRow[], changes: Row[]): UnitRow[] {
  const after = changes.map((change) => {
    const before = units.find(
      (unit) => unit.level === change.level && unit.code === change.code && !unit.valid_to,
    )
    if (!before) throw new Error(`unit-changes: ${change.level} ${change.code} is not in the list it changes`)
    before.valid_to = dayBefore(change.effective_date!)
    return {
      ...before,
      valid_from: change.effective_date!,
      valid_to: null,
      full_name: change.new_full_name!,
      kind: change.new_full_name!.slice(0, change.new_full_name!.length - before.name.length).trim(),
      legal_basis: change.legal_document_number!,
      searchable: searchable(change.new_full_name!),
    }
  })
  return [...units, ...after]
}

function dayBefore(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
}

function communeMappingRow(row: Row) {
  return {
    ...pick(row, [
      'old_province_code',
      'old_district_code',
      'old_commune_code',
      'new_province_code',
      'new_commune_code',
    ]),
    divided: row.old_commune_was_divided === '1',
  }
}

function agencyRow(row: Row) {
  return {
    ...pick(row, ['code', 'name', 'kind', 'list_status', 'confidence', 'basis']),
    old_province_code: row.old_province_code || null,
    new_province_code: row.new_province_code_after_merger || null,
  }
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? '']))
}

async function replaceRows(
  tx: Queryable,
  table: string,
  rows: readonly Record<string, unknown>[],
  which = 'true',
): Promise<void> {
  await tx.query(`delete from ${table} where ${which}`)
  const columns = Object.keys(rows[0]!).join(', ')
  await tx.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
    [JSON.stringify(rows)],
  )
}

const SamplePlace = z.object({
  level: z.enum(['province', 'commune']),
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  kind: z.string(),
  provinceCode: z.string(),
})
const SampleOfficer = z.object({
  officerId: z.string(),
  name: z.string(),
  subject: z.string(),
  personalId: z.string().nullable().default(null),
  posts: z.array(
    z.object({
      postId: z.string(),
      title: z.string(),
      authorityCode: z.string(),
      unitCode: z.string(),
      counter: z.string().nullable(),
      roles: z.array(Role).min(1),
      capacity: Capacity.optional(),
    }),
  ),
})
type SampleOfficer = z.infer<typeof SampleOfficer>
const SampleGrant = z.object({
  id: z.uuid(),
  grantedAt: z.iso.datetime(),
  grantedBy: z.string(),
  grant: GrantRequest,
})
const Demonstration = {
  authorities: z.object({ authorities: z.array(Authority), units: z.array(Unit) }),
  grants: z.object({ grants: z.array(SampleGrant) }),
  officers: z.object({ officers: z.array(SampleOfficer) }),
  places: z.object({ places: z.array(SamplePlace) }),
}

/** Issuer under which officers of the demonstration are known, whatever address its identity provider has. */
export const demonstrationIssuer = 'urn:motcua:demonstration'

// Files come in the order of their names: authorities, grants, officers, places.
async function loadDemonstration(tx: Queryable, texts: readonly string[]): Promise<void> {
  const { authorities, units } = Demonstration.authorities.parse(JSON.parse(texts[0]!))
  const { grants } = Demonstration.grants.parse(JSON.parse(texts[1]!))
  const { officers } = Demonstration.officers.parse(JSON.parse(texts[2]!))
  const { places } = Demonstration.places.parse(JSON.parse(texts[3]!))
  await upsertRows(
    tx,
    'directory.administrative_unit',
    ['level', 'code', 'valid_from'],
    places.map(samplePlaceRow),
  )
  const theirs = await reorganised(tx)
  const ours = authorities.filter(({ code }) => !theirs.has(code))
  await upsertRows(tx, 'directory.authority', ['code'], ours.map(authorityRow))
  await upsertRows(tx, 'directory.unit', ['authority_code', 'code'], units.map(unitOfAuthorityRow))
  await upsertRows(
    tx,
    'directory.post',
    ['id'],
    officers.flatMap((officer) => officer.posts.map(postRow)),
  )
  await upsertRows(
    tx,
    'directory.officer',
    ['id'],
    officers.map((officer) => ({
      id: officer.officerId,
      name: officer.name,
      issuer: demonstrationIssuer,
      subject: officer.subject,
      sample: true,
      personal_id: officer.personalId,
    })),
  )
  await upsertRows(
    tx,
    'directory.officer_post',
    ['officer_id', 'post_id', 'valid_from'],
    officers.flatMap(({ officerId, posts }) =>
      posts.map(({ postId }) => ({ officer_id: officerId, post_id: postId, valid_from: newList.from })),
    ),
  )
  await grantSamples(tx, grants, officers, authorities)
}

// A decision has the last word on what it began, ended or renamed.
async function reorganised(tx: Queryable): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>(
    'select code from directory.authority where reorganised_by is not null',
  )
  return new Set(rows.map(({ code }) => code))
}

// By the rules that hold for everybody, at the moment that the sample states; what is there already stays.
async function grantSamples(
  tx: Queryable,
  grants: readonly z.infer<typeof SampleGrant>[],
  officers: readonly SampleOfficer[],
  authorities: readonly Authority[],
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('select id from directory.grant')
  const there = new Set(rows.map(({ id }) => id))
  for (const { id, grantedAt, grantedBy, grant } of grants) {
    if (there.has(id)) continue
    const by = sampleOfficer(officers, grantedBy)
    const decided = decideGrant(grant, {
      ...{ id, now: new Date(grantedAt), by: by! },
      giver: sampleOfficer(officers, grant.giver),
      receiver: sampleOfficer(officers, grant.receiver),
      authorities: new Map(authorities.map((authority) => [authority.code, authority])),
      limit: { procedures: grant.kind === 'signing' ? grant.procedures : [], unknown: [] },
      held: [],
    })
    await insertGrant(tx, accepted(decided))
  }
}

function sampleOfficer(officers: readonly SampleOfficer[], id: string): Officer | undefined {
  const found = officers.find(({ officerId }) => officerId === id)
  if (!found) return undefined
  const { officerId, name, subject, posts } = found
  return { officerId, name, subject, posts, issuer: demonstrationIssuer, locked: false, sample: true }
}

function samplePlaceRow(place: z.infer<typeof SamplePlace>) {
  return {
    level: place.level,
    code: place.code,
    valid_from: newList.from,
    name: place.name,
    full_name: place.fullName,
    kind: place.kind,
    province_code: place.provinceCode,
    sample: true,
    searchable: searchable(place.fullName),
  }
}

function authorityRow(authority: Authority) {
  return {
    code: authority.code,
    name: authority.name,
    short_name: authority.shortName,
    kind: authority.kind,
    parent_code: authority.parentCode,
    commune_code: authority.communeCode,
    address: authority.address,
    phone: authority.phone,
    working_hours: authority.workingHours,
    sample: authority.sample,
    valid_from: authority.validFrom,
    valid_to: authority.validTo,
  }
}

function unitOfAuthorityRow(unit: Unit) {
  return {
    authority_code: unit.authorityCode,
    code: unit.unitCode,
    name: unit.name,
    kind: unit.kind,
    fields: unit.fields,
  }
}

function postRow(post: z.infer<typeof SampleOfficer>['posts'][number]) {
  return {
    id: post.postId,
    authority_code: post.authorityCode,
    unit_code: post.unitCode,
    title: post.title,
    roles: post.roles,
    counter: post.counter,
    capacity: post.capacity ?? null,
  }
}
