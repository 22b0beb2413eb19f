import type { Db } from '../../kernel/db.ts'
import { searchable } from '../../kernel/text.ts'
import type { Authority, AuthorityFilter, Officer, Role, Unit } from './authority.ts'
import { isHeld, type OfficerRow, officerQuery, parametersOf, toOfficer, type When } from './officer-row.ts'
import { type NewPlaces, type Place, type PlaceFound, type PlaceLevel, PlaceQuery } from './place.ts'
import { rankPlaces, type SearchedPlace, withWords } from './place-search.ts'
import type { FormerName } from './reorganisation.ts'
import { type Kin, kinIn, type Resolved, resolveIn, type Succession, stands } from './succession.ts'

const authorityColumns = `code, name, short_name as "shortName", kind, parent_code as "parentCode",
  commune_code as "communeCode", address, phone, working_hours as "workingHours", sample,
  valid_from as "validFrom", valid_to as "validTo"`

interface Known {
  /** How many reorganisations were applied when it was read. */
  applied: number
  authorities: Map<string, Authority>
  units: Map<string, Unit[]>
  successions: Map<string, Succession[]>
  /** Names that were changed, each with the day from which it no longer holds, the earliest first. */
  formerNames: Map<string, { until: string; names: FormerName }[]>
}
/** For so long a process may not know that another one applied a reorganisation. */
const recheckMs = 2000
const known = new WeakMap<Db, { memory: Promise<Known>; checkedAt: number }>()

/**
 * The authority with this code (mã định danh), whatever its validity; undefined when there is none. With a day of law,
 * as it was called on that day.
 */
export async function findAuthority(db: Db, code: string, on?: string): Promise<Authority | undefined> {
  const { authorities, formerNames } = await knownOf(db)
  const found = authorities.get(code)
  const former = on === undefined ? undefined : formerNames.get(code)?.find(({ until }) => on < until)
  return found && former ? { ...found, ...former.names } : found
}

/**
 * What a code means on a day: the authority that has it or, when that one ended, who took over. After a split there
 * are choices, the main successor first. Undefined for a code that never was.
 */
export async function resolveAuthority(db: Db, code: string, on: string): Promise<Resolved | undefined> {
  const found = resolveIn(code, on, await knownOf(db))
  return found && { ...found, asked: (await findAuthority(db, code, on)) ?? found.asked }
}

/** From whom an authority took over, and who took over from it, up to a day. */
export async function kinOf(db: Db, code: string, on: string): Promise<{ before: Kin[]; after: Kin[] }> {
  return kinIn(code, on, await knownOf(db))
}

/** Authorities that meet every stated condition, by code; those that ended are among them unless a day is stated. */
export async function listAuthorities(db: Db, filter: AuthorityFilter = {}): Promise<Authority[]> {
  const all = [...(await knownOf(db)).authorities.values()]
  return all.filter(
    (authority) =>
      (!filter.kinds || filter.kinds.includes(authority.kind)) &&
      (filter.parentCode === undefined || authority.parentCode === filter.parentCode) &&
      (filter.communeCode === undefined || authority.communeCode === filter.communeCode) &&
      (filter.sample === undefined || authority.sample === filter.sample) &&
      (filter.on === undefined || (authority.validFrom <= filter.on && stands(authority, filter.on))),
  )
}

/** Units of an authority, in the order of their codes; none for an unknown authority. */
export async function unitsOf(db: Db, authorityCode: string): Promise<Unit[]> {
  return (await knownOf(db)).units.get(authorityCode) ?? []
}

/** Forgets what this process remembers of authorities and units, after they were changed. */
export function forgetAuthorities(db: Db): void {
  known.delete(db)
  communes.delete(db)
}

function knownOf(db: Db): Promise<Known> {
  const found = known.get(db)
  const now = performance.now()
  if (found && now - found.checkedAt < recheckMs) return found.memory
  const next = { memory: renew(db, found?.memory), checkedAt: now }
  known.set(db, next)
  const forget = () => known.get(db) === next && known.delete(db)
  // Nothing is remembered before the first load, so that a start does not keep an empty list.
  next.memory.then(({ authorities }) => authorities.size === 0 && forget(), forget)
  return next.memory
}

async function renew(db: Db, before: Promise<Known> | undefined): Promise<Known> {
  const [remembered, { rows }] = await Promise.all([
    before,
    db.pool.query<{ applied: number }>({
      name: 'directory.applied',
      text: `select count(*)::int as applied from directory.reorganisation where state = 'applied'`,
    }),
  ])
  const { applied } = rows[0]!
  if (remembered?.applied === applied) return remembered
  if (remembered) communes.delete(db)
  return { applied, ...(await readKnown(db)) }
}

async function readKnown(db: Db): Promise<Omit<Known, 'applied'>> {
  const [authorities, units, successions, renames] = await Promise.all([
    db.pool.query<Authority>(`select ${authorityColumns} from directory.authority order by code`),
    db.pool.query<Unit>(
      `select authority_code as "authorityCode", code as "unitCode", name, kind, fields
       from directory.unit where valid_to is null order by authority_code, code`,
    ),
    db.pool.query<Succession>(
      `select from_code as "from", to_code as "to", from_unit as "fromUnit", to_unit as "toUnit",
         effective_on as "effectiveOn", decision, rule from directory.succession order by id`,
    ),
    db.pool.query<{ until: string; names: FormerName }>(
      `select effective_on as until, names from directory.reorganisation,
         jsonb_array_elements(coalesce(record -> 'formerNames', '[]')) names
       where state = 'applied' order by effective_on, applied_at`,
    ),
  ])
  return {
    authorities: new Map(authorities.rows.map((row) => [row.code, row])),
    units: Map.groupBy(units.rows, (unit) => unit.authorityCode),
    successions: Map.groupBy(successions.rows, ({ from }) => from),
    formerNames: Map.groupBy(renames.rows, ({ names }) => names.code),
  }
}

/** Officers of an authority who are not locked, those with the role when one is asked; by own posts. */
export async function officersOf(
  db: Db,
  authorityCode: string,
  role?: Role,
  on?: string,
): Promise<Officer[]> {
  const { rows } = await db.pool.query<OfficerRow>({
    name: 'directory.officers-of',
    text: `${officerQuery({ on: '$3', at: '$4' })}
      where not o.locked and exists (
        select from directory.officer_post held join directory.post at on at.id = held.post_id
        where held.officer_id = o.id and ${isHeld('held', '$3')} and at.authority_code = $1
          and ($2::text is null or $2 = any (at.roles)))
      group by o.id order by o.id`,
    values: [authorityCode, role ?? null, ...parametersOf(on)],
  })
  return rows.map(toOfficer)
}

/** Officers of an authority, or of one unit of it, who are not locked; by own posts, for the workload of a unit. */
export async function officersOfUnit(
  db: Db,
  authorityCode: string,
  unitCode?: string,
  on?: string,
): Promise<Officer[]> {
  const officers = await officersOf(db, authorityCode, undefined, on)
  if (unitCode === undefined) return officers
  return officers.filter(({ posts }) =>
    posts.some(
      (post) =>
        post.authorityCode === authorityCode && post.unitCode === unitCode && post.grant === undefined,
    ),
  )
}

/** Officers who work at each of some authorities on a day of law, by posts of their own or lent to them. */
export async function presentAt(
  db: Db,
  authorities: readonly string[],
  on: string,
): Promise<Map<string, string[]>> {
  const { rows } = await db.pool.query<OfficerRow>({
    name: 'directory.present-at',
    text: `${officerQuery({ on: '$2', at: '$3' })} where not o.locked and exists (
        select from directory.post reached where reached.authority_code = any ($1) and (
          exists (select from directory.officer_post own where own.officer_id = o.id and own.post_id = reached.id)
          or exists (select from directory.grant g where g.receiver = o.id and reached.id = any (g.posts))))
      group by o.id`,
    values: [authorities, ...parametersOf(on)],
  })
  const present = new Map<string, string[]>(authorities.map((code) => [code, []]))
  for (const { officerId, posts } of rows.map(toOfficer))
    for (const code of new Set(posts.map(({ authorityCode }) => authorityCode)))
      present.get(code)?.push(officerId)
  return present
}

/** All officers with their own posts, for sign-in cards and simulation. */
export async function allOfficers(db: Db): Promise<Officer[]> {
  const { rows } = await db.pool.query<OfficerRow>(
    `${officerQuery({ on: 'null', at: 'null' })} group by o.id order by o.id`,
  )
  return rows.map(toOfficer)
}

/**
 * The officer linked to an identity account; undefined for accounts of people. Locked officers are found too.
 * With a day of law, the posts are those of that day, granted ones included.
 */
export async function findOfficerByAccount(
  db: Db,
  issuer: string,
  subject: string,
  on?: string,
): Promise<Officer | undefined> {
  const { rows } = await db.pool.query<OfficerRow>({
    name: 'directory.officer-by-account',
    text: `${officerQuery({ on: '$3', at: '$4', also: ' o.personal_id as "personalId",' })} where o.issuer = $1 and o.subject = $2 group by o.id`,
    values: [issuer, subject, ...parametersOf(on)],
  })
  return rows[0] && toOfficer(rows[0])
}

/**
 * The officer with this id; undefined when there is none. With a day of law, with the posts of that day; with an
 * instant, with those held at that moment: for papers about what was done then, never for who may act now.
 */
export async function findOfficer(db: Db, officerId: string, when?: When): Promise<Officer | undefined> {
  const { rows } = await db.pool.query<OfficerRow>({
    name: 'directory.officer',
    text: `${officerQuery({ on: '$2', at: '$3' })} where o.id = $1 group by o.id`,
    values: [officerId, ...parametersOf(when)],
  })
  return rows[0] && toOfficer(rows[0])
}

/** Personal numbers of officers who have one recorded, by officer: to find a conflict of interest. */
export async function personalIdsOf(db: Db, officerIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ id: string; number: string }>({
    name: 'directory.personal-ids',
    text: `select id, personal_id as number from directory.officer
           where id = any ($1) and personal_id is not null`,
    values: [officerIds],
  })
  return new Map(rows.map(({ id, number }) => [id, number]))
}

const placeColumns = `level, code, name, full_name as "fullName", kind, province_code as "provinceCode",
  district_code as "districtCode", valid_from as "validFrom", valid_to as "validTo", sample`

/** Units that stood on a date, of one level or within one province when stated, by code; sample units only when asked. */
export async function placesOn(
  db: Db,
  on: string,
  filter: { level?: PlaceLevel; provinceCode?: string; includeSample?: boolean } = {},
): Promise<Place[]> {
  const { rows } = await db.pool.query<Place>({
    name: 'directory.places-on',
    text: `select ${placeColumns} from directory.administrative_unit
      where valid_from <= greatest($1::date, date '2004-07-08') and (valid_to is null or valid_to >= $1::date)
        and ($2::text is null or level = $2) and ($3::text is null or province_code = $3)
        and ($4 or not sample)
      order by level, code`,
    values: [on, filter.level ?? null, filter.provinceCode ?? null, filter.includeSample ?? false],
  })
  return rows
}

/** One unit as it stood on a date; undefined when the code meant nothing then. */
export async function findPlace(
  db: Db,
  level: PlaceLevel,
  code: string,
  on: string,
): Promise<Place | undefined> {
  const { rows } = await db.pool.query<Place>({
    name: 'directory.place',
    text: `select ${placeColumns} from directory.administrative_unit
      where level = $1 and code = $2 and valid_from <= $3::date and (valid_to is null or valid_to >= $3::date)`,
    values: [level, code, on],
  })
  return rows[0]
}

/** Communes by what people type: without accents, unfinished, with a slip in a word, with their province or alone. */
export async function searchPlaces(db: Db, query: PlaceQuery): Promise<PlaceFound[]> {
  const asked = PlaceQuery.safeParse(query)
  // No place is called by text that cannot be stored.
  if (!asked.success) return []
  const { q, on, provinceCode, includeSample, orFormer, limit } = asked.data
  const communes = (await communesOf(db)).filter(
    (place) =>
      (provinceCode === undefined || place.provinceCode === provinceCode) && (includeSample || !place.sample),
  )
  const standing = communes.filter(
    (place) => place.validFrom <= on && (place.validTo === null || place.validTo >= on),
  )
  const found = rankPlaces(standing, q, limit)
  if (found.length > 0 || !orFormer) return found
  const ended = communes.filter(({ validTo }) => validTo !== null && validTo < on)
  const former = rankPlaces(ended, q, limit)
  const typed = ` ${searchable(q)} `
  const named = former.filter(({ name }) => typed.includes(` ${searchable(name)} `))
  return heirsOf(db, named.length > 0 ? named : former, { standing, ended, limit })
}

// Of a commune that was divided all that took over are offered: which one it is only the person knows.
async function heirsOf(
  db: Db,
  former: readonly PlaceFound[],
  {
    standing,
    ended,
    limit,
  }: { standing: readonly SearchedPlace[]; ended: readonly SearchedPlace[]; limit: number },
): Promise<PlaceFound[]> {
  const heirs = new Map<string, PlaceFound>()
  for (const old of former) {
    const { districtName, validFrom } = ended.find(
      ({ code, fullName }) => code === old.code && fullName === old.fullName,
    )!
    const formerly = [old.fullName, districtName].filter(Boolean).join(', ')
    const moved = await oldToNew(db, old.code, validFrom)
    // What only changed its name or kind keeps its code.
    const same = standing.filter(({ code }) => code === old.code)
    for (const { code, fullName, provinceCode, provinceName } of moved?.targets ?? same)
      if (!heirs.has(code))
        heirs.set(code, {
          ...{ code, name: fullName, fullName, provinceCode, provinceName, formerly },
          sample: old.sample,
        })
  }
  return [...heirs.values()].slice(0, limit)
}

const communes = new WeakMap<Db, Promise<SearchedPlace[]>>()

// Thirteen thousand names are small enough to keep in the process: 2 ms a search instead of 35 ms in SQL.
function communesOf(db: Db): Promise<SearchedPlace[]> {
  const found = communes.get(db) ?? readCommunes(db)
  communes.set(db, found)
  found.then(
    (places) => places.length === 0 && communes.delete(db),
    () => communes.delete(db),
  )
  return found
}

async function readCommunes(db: Db): Promise<SearchedPlace[]> {
  const { rows } = await db.pool.query<Parameters<typeof withWords>[0]>(
    `select c.code, c.name, c.full_name as "fullName", c.province_code as "provinceCode",
            p.full_name as "provinceName", c.valid_from as "validFrom", c.valid_to as "validTo", c.sample,
            d.full_name as "districtName"
     from directory.administrative_unit c
     left join directory.administrative_unit d on d.level = 'district' and d.code = c.district_code
     join directory.administrative_unit p on p.level = 'province' and p.code = c.province_code
       and p.valid_from <= coalesce(c.valid_to, 'infinity') and coalesce(p.valid_to, 'infinity') >= c.valid_from
       and coalesce(p.valid_to, 'infinity') >= coalesce(c.valid_to, 'infinity')
     where c.level = 'commune' order by c.code`,
  )
  return rows.map(withWords)
}

/**
 * Where a commune that ended went, over every later change; undefined for a code that never ended. The same five digits
 * can have meant two communes: with `listedOn` the one of the list that held on that day is meant, else the oldest.
 */
export async function oldToNew(
  db: Db,
  oldCommuneCode: string,
  listedOn?: string,
): Promise<NewPlaces | undefined> {
  if (oldCommuneCode === '') return undefined
  const { rows } = await db.pool.query<NewPlaces['targets'][number]>({
    name: 'directory.old-to-new',
    text: `
      with recursive walk (code, province, since) as (
        select $1::text, null::text, coalesce($2::date, '-infinity')
        union
        select m.new_commune_code, m.new_province_code, m.effective_on
        from walk w join directory.commune_mapping m on m.old_commune_code = w.code and m.effective_on =
          (select min(n.effective_on) from directory.commune_mapping n
            where n.old_commune_code = w.code and n.effective_on > w.since)
      )
      select distinct c.code, c.full_name as "fullName", p.code as "provinceCode", p.full_name as "provinceName"
      from walk w
      join directory.administrative_unit c on c.level = 'commune' and c.code = w.code and c.valid_to is null
      join directory.administrative_unit p on p.level = 'province' and p.code = c.province_code and p.valid_to is null
      where w.province is not null and not exists (select from directory.commune_mapping n
        where n.old_commune_code = w.code and n.effective_on > w.since)
      order by c.code`,
    values: [oldCommuneCode, listedOn ?? null],
  })
  if (rows.length === 0) return undefined
  return { oldCode: oldCommuneCode, divided: rows.length > 1, targets: rows }
}
