import { parseCsv } from '../../kernel/csv.ts'
import type { Queryable } from '../../kernel/db.ts'
import type { Authority, AuthorityKind, Unit } from './authority.ts'
import { referenceText } from './reference-load.ts'
import { ReorganisationRequest } from './reorganisation.ts'

type Row = Record<string, string>

/** The day on which 63 provinces became 34, districts ended and 10,035 communes became 3,321. */
export const julyFirst = '2025-07-01'

/** The reform of 1 July 2025 as authorities and one decision. Codes are made up, in the order of the lists. */
export interface ReformExample {
  /** What stood on 30 June 2025. */
  authorities: Authority[]
  units: Unit[]
  request: ReorganisationRequest
  /** Where each old code leads: one successor, or several to choose among. */
  heirs: ReadonlyMap<string, string[]>
  began: string[]
}

/**
 * Builds the worked example from the lists in `db/reference/units`: the whole country, or some of the new provinces.
 * A commune that was divided is split without a main successor: whose dossier goes where is a choice, not a guess.
 */
export async function julyFirst2025({
  provinces,
}: {
  provinces?: readonly string[]
} = {}): Promise<ReformExample> {
  const names = [
    'provinces-2025-06-30',
    'districts-2025-06-30',
    'communes-2025-06-30',
    'provinces-2025-07-01',
    'communes-2025-07-01',
    'commune-mapping-2025',
    'province-mapping-2025',
  ]
  const texts = await Promise.all(names.map((name) => referenceText(`units/${name}.csv`)))
  const lists = texts.map((text) => parseCsv(text) as Row[])
  const [oldProvinces, districts, oldCommunes, newProvinces, communes, mapping, provinceMap] = lists as [
    ...[Row[], Row[], Row[], Row[], Row[], Row[], Row[]],
  ]
  const identifiers = (parseCsv(await referenceText('agency-identifiers.csv')) as Row[]).filter(
    ({ old_province_code }) => old_province_code,
  )
  const newOf = new Map(provinceMap.map((row) => [row.old_province_code!, row.new_province_code!]))
  const wanted = (province: string) => !provinces || provinces.includes(province)
  const isOld = ({ province_code }: Row) => wanted(newOf.get(province_code!)!)
  const isNew = ({ province_code }: Row) => wanted(province_code!)
  return build({
    oldProvinces: oldProvinces.filter(isOld),
    districts: districts.filter(isOld),
    oldCommunes: oldCommunes.filter(isOld),
    newProvinces: newProvinces.filter(isNew),
    communes: communes.filter(isNew),
    mapping: mapping.filter(({ new_province_code }) => wanted(new_province_code!)),
    newOf,
    identifier: new Map(identifiers.map((row) => [row.old_province_code!, row.code!])),
  })
}

interface Lists {
  oldProvinces: Row[]
  districts: Row[]
  oldCommunes: Row[]
  newProvinces: Row[]
  communes: Row[]
  mapping: Row[]
  newOf: ReadonlyMap<string, string>
  /** Level-one identifiers by old province. */
  identifier: ReadonlyMap<string, string>
}

function build(lists: Lists): ReformExample {
  const codes = codesOf(lists)
  const authorities = standingBefore(lists, codes)
  const heirs = heirsOf(lists, codes)
  const request = ReorganisationRequest.parse({
    ...{ number: '202/2025/QH15', issuedOn: '2025-06-12', issuedBy: 'Quốc hội', effectiveOn: julyFirst },
    title: 'Sắp xếp đơn vị hành chính cấp tỉnh, kết thúc cấp huyện, sắp xếp đơn vị hành chính cấp xã',
    lines: [
      ...provinceLines(lists, codes),
      ...communeLines(lists, codes, heirs),
      ...districtLines(lists, codes, heirs),
    ],
  })
  const units = lists.oldCommunes.map(({ commune_code }) => ({
    ...{
      authorityCode: codes.old.get(commune_code!)!,
      unitCode: 'one-stop',
      kind: 'one-stop' as const,
      fields: [],
    },
    name: 'Bộ phận Tiếp nhận và Trả kết quả',
  }))
  return { authorities, units, request, heirs, began: [...codes.begun.values()] }
}

interface Codes {
  province: ReadonlyMap<string, string>
  district: ReadonlyMap<string, string>
  /** Communes that end, and communes that begin: the same five digits can mean one of each. */
  old: ReadonlyMap<string, string>
  begun: ReadonlyMap<string, string>
}

function codesOf({ districts, oldCommunes, communes, identifier }: Lists): Codes {
  const numbered = (rows: Row[], key: string, above: (row: Row) => string, first = 1) => {
    const next = new Map<string, number>()
    return new Map(
      rows.map((row) => {
        const parent = above(row)
        const no = next.get(parent) ?? first
        next.set(parent, no + 1)
        return [row[key]!, `${parent}.${String(no).padStart(2, '0')}`] as const
      }),
    )
  }
  const province = (row: Row) => identifier.get(row.province_code!)!
  const district = numbered(districts, 'district_code', province)
  return {
    province: identifier,
    district,
    old: numbered(oldCommunes, 'commune_code', (row) => district.get(row.district_code!)!),
    // What begins gets numbers that no district had.
    begun: numbered(communes, 'commune_code', province, 101),
  }
}

function standingBefore({ oldProvinces, districts, oldCommunes }: Lists, codes: Codes): Authority[] {
  const of = (code: string, fullName: string, kind: AuthorityKind, parentCode: string | null): Authority => ({
    ...{ code, kind, parentCode, shortName: fullName, communeCode: null, address: null, phone: null },
    name: `Ủy ban nhân dân ${fullName.charAt(0).toLowerCase()}${fullName.slice(1)}`,
    ...{ sample: true, validFrom: '2020-01-01', validTo: null },
    workingHours: { weekdays: [1, 2, 3, 4, 5], sessions: [['07:30', '11:30']], saturdayDesk: null },
  })
  return [
    ...oldProvinces.map((row) =>
      of(codes.province.get(row.province_code!)!, row.full_name!, 'province', null),
    ),
    ...districts.map((row) =>
      of(
        codes.district.get(row.district_code!)!,
        row.full_name!,
        'office',
        codes.province.get(row.province_code!)!,
      ),
    ),
    ...oldCommunes.map((row) =>
      of(
        codes.old.get(row.commune_code!)!,
        row.full_name!,
        'commune',
        codes.district.get(row.district_code!)!,
      ),
    ),
  ]
}

function heirsOf({ oldProvinces, districts, mapping, newOf }: Lists, codes: Codes): Map<string, string[]> {
  const heirs = new Map<string, Set<string>>()
  const add = (from: string, to: string) => heirs.set(from, (heirs.get(from) ?? new Set()).add(to))
  for (const { province_code } of oldProvinces)
    add(codes.province.get(province_code!)!, codes.province.get(newOf.get(province_code!)!)!)
  for (const row of mapping) {
    const to = codes.begun.get(row.new_commune_code!)!
    add(codes.district.get(row.old_district_code!)!, to)
    // The five island districts had no communes.
    if (row.old_commune_code) add(codes.old.get(row.old_commune_code)!, to)
  }
  for (const { district_code } of districts)
    if (!heirs.has(codes.district.get(district_code!)!))
      throw new Error(`nobody takes over district ${district_code}`)
  return new Map([...heirs].map(([from, to]) => [from, [...to].sort()]))
}

function provinceLines({ oldProvinces, newProvinces, newOf }: Lists, { province }: Codes): object[] {
  return newProvinces.flatMap(({ province_code, full_name }) => {
    // The new code of a province is that of one of the old ones, which goes on.
    const into = province.get(province_code!)!
    const olds = oldProvinces.filter((row) => newOf.get(row.province_code!) === province_code)
    const from = olds.map((row) => province.get(row.province_code!)!).filter((code) => code !== into)
    const before = olds.find((row) => row.province_code === province_code)!
    const rename = {
      ...{ kind: 'rename', authority: into, shortName: full_name },
      name: `Ủy ban nhân dân ${full_name!.charAt(0).toLowerCase()}${full_name!.slice(1)}`,
    }
    return [
      ...(from.length > 0 ? [{ kind: 'merge', from, into }] : []),
      ...(before.full_name === full_name ? [] : [rename]),
    ]
  })
}

function communeLines({ communes }: Lists, codes: Codes, heirs: ReadonlyMap<string, string[]>): object[] {
  const olds = [...codes.old.values()]
  const whole = Map.groupBy(
    olds.filter((code) => heirs.get(code)!.length === 1),
    (code) => heirs.get(code)![0]!,
  )
  const begun = communes.flatMap((row) => {
    const code = codes.begun.get(row.commune_code!)!
    const authority = {
      ...{
        code,
        kind: 'commune',
        shortName: row.full_name,
        parentCode: codes.province.get(row.province_code!)!,
      },
      name: `Ủy ban nhân dân ${row.full_name!.charAt(0).toLowerCase()}${row.full_name!.slice(1)}`,
    }
    const from = whole.get(code) ?? []
    if (from.length > 1) return [{ kind: 'merge', from, into: code, authority }]
    return [
      { kind: 'begin', authority },
      ...from.map((old) => ({ kind: 'end', authority: old, successor: code })),
    ]
  })
  const divided = olds.filter((code) => heirs.get(code)!.length > 1)
  return [...begun, ...divided.map((from) => ({ kind: 'split', from, into: heirs.get(from)!, rest: null }))]
}

function districtLines({ districts }: Lists, codes: Codes, heirs: ReadonlyMap<string, string[]>): object[] {
  return districts.map(({ district_code }) => {
    const authority = codes.district.get(district_code!)!
    const into = heirs.get(authority)!
    return into.length === 1
      ? { kind: 'end', authority, successor: into[0] }
      : { kind: 'split', from: authority, into, rest: null }
  })
}

/** Puts what stood before into an empty directory. */
export async function storeExample(db: Queryable, { authorities, units }: ReformExample): Promise<void> {
  await db.query(
    `insert into directory.authority (code, name, short_name, kind, parent_code, working_hours, sample, valid_from)
      select a.code, a.name, a."shortName", a.kind, a."parentCode", a."workingHours", a.sample, a."validFrom"
      from json_to_recordset($1::json) as a(code text, name text, "shortName" text, kind text, "parentCode" text,
        "workingHours" jsonb, sample boolean, "validFrom" date)`,
    [JSON.stringify(authorities)],
  )
  await db.query(
    `insert into directory.unit (authority_code, code, name, kind)
      select u."authorityCode", u."unitCode", u.name, u.kind
      from json_to_recordset($1::json) as u("authorityCode" text, "unitCode" text, name text, kind text)`,
    [JSON.stringify(units)],
  )
}
