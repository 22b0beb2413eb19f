import type { Db, Queryable } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { listVersions, publicationsBetween } from '../../catalogue/index.ts'
import { listAuthorities } from '../../directory/index.ts'
import type { Measure } from '../contributions.ts'
import type { RatioKey } from '../index-sets/figures.ts'
import { occursIn, readOccurring, readSettled } from './count-store.ts'
import { cutsOf, piecesOf } from './intervals.ts'
import { publishedOnTime, updatedOnTime } from './publication-clocks.ts'
import { isWithin, type Service, servicesAt, servicesOf, standingOf } from './services.ts'
import { type MissReason, mayStillCount, onlyOpen, reasonOf, stillReasons } from './still-counts.ts'

/** What lies behind one side of a ratio: what counts (`in`), or what is in the base and does not (`out`). */
export interface BehindCountQuery {
  authority: string
  procedureCode?: string | null
  from: string
  to: string
  now: Date
  key: RatioKey
  side: 'in' | 'out'
  /** Of what does not count: what still may (`true`), or what nothing brings above the line any more. */
  still?: boolean | null
  /** `next` of the page before. */
  page?: string | null
  limit?: number
}

/** Dossiers, newest first, or procedures by code; `next` is null on the last page. */
export interface BehindCount {
  kind: 'dossiers' | 'procedures'
  items: {
    code: string
    dossierId?: string /** Why it does not count, when it does not. */
    reason?: MissReason
  }[]
  next: string | null
}

/** Opens a figure of the index. Whoever asks must be allowed to see the unit's dossiers: it gives codes of all of them. */
export async function behindCount(db: Db, query: BehindCountQuery): Promise<BehindCount> {
  const terms = termsOf(query.key, dateOfLaw(query.now) > query.to)
  if (terms !== undefined) return dossiersBehindCount(db.pool, query, terms)
  return { kind: 'procedures', items: await proceduresBehind(db, query), next: null }
}

/** How often a measure is above the line and below it. */
interface Term {
  measure: Measure
  stock?: boolean
  above: number
  below: number
}

const accepted: Term = { measure: 'accepted', above: 0, below: 1 }
const ofAccepted = (measure: Measure): Term[] => [accepted, { measure, above: 1, below: 0 }]

/** The same sums as in `indexCounts`, for one dossier. */
function termsOf(key: RatioKey, isOver: boolean): Term[] | undefined {
  const late: Measure = isOver ? 'index-past-due' : 'index-overdue'
  const inTime: Term[] = [
    { measure: 'finished-early', above: 1, below: 1 },
    { measure: 'finished-on-time', above: 1, below: 1 },
    { measure: 'in-progress', stock: true, above: 1, below: 1 },
    { measure: late, stock: true, above: -1, below: 0 },
  ]
  switch (key) {
    case 'onTime':
      return [...inTime, { measure: 'finished-late', above: 0, below: 1 }]
    case 'satisfied':
      return [
        ...inTime,
        { measure: 'finished-late', above: 1, below: 1 },
        { measure: 'displeased', above: -1, below: 0 },
      ]
    case 'synced':
      return ofAccepted('synced')
    case 'onlineDossiers':
      return ofAccepted('accepted-online')
    case 'electronicResults':
      return ofAccepted('electronic-result')
    case 'digitised':
      return ofAccepted('digitised')
    case 'reused':
      return ofAccepted('reused')
    case 'vaultShared':
      return ofAccepted('vault-shared')
    case 'populationData':
      return ofAccepted('population-data')
    default:
      return undefined
  }
}

const isBelow = (column: string) =>
  `($1 = '' or ${column} = $1 or (${column} >= $1 || '.' and ${column} < $1 || '/'))`

async function dossiersBehindCount(
  db: Queryable,
  query: BehindCountQuery,
  terms: readonly Term[],
): Promise<BehindCount> {
  const { authority, procedureCode = null, from, to, now, key, side, page, limit = 100 } = query
  const still = side === 'out' ? (query.still ?? null) : null
  if (still && !mayStillCount(key)) return { kind: 'dossiers', items: [], next: null }
  const today = dateOfLaw(now)
  const [lastDay = null, lastId = null] = page ? page.split('_') : []
  const fast = still && onlyOpen(key)
  const { rows } = await db.query<{ dossierId: string; code: string; on: string; reason: MissReason | null }>(
    {
      name: `indicators.behind-count-${side === 'out' ? key : 'in'}${fast ? '-open' : ''}`,
      text: `select c.dossier_id as "dossierId", c.code, c.received_on as on, w.reason from indicators.contribution c
             ${side === 'out' ? whyNot(key) : withoutReason},
             lateral (select coalesce(sum((d ->> 2)::int * t.above), 0) as above,
                        coalesce(sum((d ->> 2)::int * t.below), 0) as below
                      from jsonb_array_elements(c.deltas) d
                      join unnest($5::text[], $6::bool[], $7::int[], $8::int[]) t (measure, stock, above, below)
                        on t.measure = d ->> 0
                      where case when t.stock then (d ->> 1)::date <= $4
                              else (d ->> 1)::date between $2 and $3 end
                        and (c.past is null or ${isBelow(`(coalesce(d ->> 3, c.authority) collate "C")`)})) n
           where c.received_on <= $3
             and (${isBelow('c.authority')}
               or (c.past is not null and exists (select from unnest(c.past) p where ${isBelow('p')})))
             and ($9::text is null or c.procedure_code = $9)
             and n.below > 0 and (n.above > 0) = $10
             and ($11::date is null or (c.received_on, c.dossier_id) < ($11, $12::uuid))
             and ($14::bool is null or (w.reason = any ($15)) = $14) ${fast ? 'and not c.ended' : ''}
             and $16::timestamptz is not null
           order by c.received_on desc, c.dossier_id desc limit $13`,
      values: [
        ...[authority, from, to, [to, today].toSorted()[0]],
        ...[terms.map(({ measure }) => measure), terms.map(({ stock }) => stock ?? false)],
        ...[terms.map(({ above }) => above), terms.map(({ below }) => below)],
        ...[procedureCode, side === 'in', lastDay, lastId, limit + 1, still, stillReasons, now],
      ],
    },
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    kind: 'dossiers',
    items: items.map(({ dossierId, code, reason }) => ({ dossierId, code, ...(reason && { reason }) })),
    next: rows.length > limit && last ? `${last.on}_${last.dossierId}` : null,
  }
}

const withoutReason = 'cross join lateral (select null::text as reason) w'
const whyNot = (key: RatioKey) => `
  join dossiers.dossier s on s.id = c.dossier_id left join feedback.rating r on r.dossier_id = c.dossier_id
  cross join lateral (select ${reasonOf(key, '$16::timestamptz')} as reason) w`

/** At most so many are counted of what may still count: with more one has enough to begin with. */
export const mostCounted = 1000

/** How many of what does not count still may, up to `mostCounted` and one more. */
export async function countStill(
  db: Db,
  query: Omit<BehindCountQuery, 'side' | 'still' | 'page' | 'limit'>,
): Promise<number> {
  const { items } = await behindCount(db, { ...query, side: 'out', still: true, limit: mostCounted + 1 })
  return items.length
}

async function proceduresBehind(db: Db, query: BehindCountQuery): Promise<{ code: string }[]> {
  const codes = await codesBehind(db, query)
  return codes
    .filter((code) => (query.procedureCode ?? code) === code)
    .toSorted()
    .map((code) => ({ code }))
}

async function codesBehind(db: Db, query: BehindCountQuery): Promise<string[]> {
  const { authority, key, side, from, to } = query
  if (key === 'publishedOnTime' || key === 'updatedOnTime') {
    const count = { publishedOnTime, updatedOnTime }[key]
    const calendar = await loadCalendar(db, { authorityCode: authority })
    const province = authority.split('.')[0]!
    const all = await publicationsBetween(db.pool, { from, to })
    const own = Map.groupBy(
      all.filter((each) => isWithin(each.authority, province)),
      ({ procedureCode }) => procedureCode,
    )
    return [...own].flatMap(([code, each]) => {
      const [good, base] = count(each, calendar, { from, to })
      return base > 0 && good > 0 === (side === 'in') ? [code] : []
    })
  }
  const { base, holds } = await servicesAsked(db, query)
  return base.filter((each) => holds(each) === (side === 'in')).map(({ procedureCode }) => procedureCode)
}

async function servicesAsked(db: Db, { authority, key, from, to, now }: BehindCountQuery) {
  const today = dateOfLaw(now)
  const cuts = cutsOf([{ from, to }], [])
  const [versions, authorities, settled, occurring] = await Promise.all([
    listVersions(db, to < today ? to : today, { province: '' }),
    listAuthorities(db),
    readSettled(db.pool, [authority]),
    readOccurring(db.pool, { authorities: [authority], cuts }),
  ])
  const standing = standingOf(authority, { authorities, settled: new Set(settled.get(authority)) })
  const services = servicesAt(servicesOf(versions), standing)
  const { online, population } = occursIn(occurring, [authority], piecesOf(cuts, { from, to }))
  const rules: Partial<Record<RatioKey, [base: (s: Service) => boolean, holds: (s: Service) => boolean]>> = {
    fullContent: [() => true, ({ whole }) => whole],
    onlineServices: [() => true, (each) => each.online],
    servicesWithDossiers: [(each) => each.online, ({ procedureCode }) => online.has(procedureCode)],
    populationConnected: [({ forPeople }) => forPeople, ({ procedureCode }) => population.has(procedureCode)],
  }
  // What nobody measures has nothing behind it.
  const [isBase, holds] = rules[key] ?? [() => false, () => false]
  return { base: services.filter(isBase), holds }
}
