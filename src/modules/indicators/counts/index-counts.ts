import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar, MissingCalendarYear } from '../../calendar/index.ts'
import { hasPublished, listVersions, type Publication, publicationsBetween } from '../../catalogue/index.ts'
import { type Authority, listAuthorities } from '../../directory/index.ts'
import { synchronises } from '../../dossiers/index.ts'
import type { Counts as Sums } from '../cells.ts'
import type { Measure } from '../contributions.ts'
import type { Counts, Ratio, RatioKey } from '../index-sets/figures.ts'
import { beginning, stretchesOf } from '../period.ts'
import { type Occurring, readFigures, readOccurring, readSettled } from './count-store.ts'
import { lineageOf, pastOf } from './lineage.ts'
import { publishedOnTime, updatedOnTime } from './publication-clocks.ts'
import { isWithin, type Service, servicesAt, servicesOf } from './services.ts'

/** Something a reader of the figures must know: a unit that began in the period, days off that nobody published … */
export interface QualityNote {
  /** Key of the words, `indicators.note.<key>`. */
  key:
    | 'period-running'
    | 'unit-began'
    | 'unit-ended'
    | 'with-predecessors'
    | 'calendar-missing'
    | 'not-measured'
    | 'assurance-noted-since'
  params: Record<string, string | number>
}

/** The raw counts of a unit, what nobody measures yet, and what to know about them. */
export interface UnitCounts {
  counts: Counts
  notMeasured: RatioKey[]
  notes: QualityNote[]
}

export interface CountsQuery {
  /** Codes of authorities, each with all below it; '' is the whole installation. */
  authorities: readonly string[]
  /** One procedure alone; figures of distinct procedures are then of that one. */
  procedureCode?: string | null
  from: string
  to: string
  now: Date
  /** Also count what was wholly merged into a unit, so that a series goes on over a merger. */
  withPast?: boolean
}

/**
 * The raw counts of the national index for many units in one reading, made from the live sums, the catalogue and the
 * directory. What has no source yet is left out of `counts` and named in `notMeasured`. A period that is over is seen
 * from its last midnight in Hà Nội; one that runs, from now.
 */
export async function indexCounts(db: Db, query: CountsQuery): Promise<Map<string, UnitCounts>> {
  const { authorities, procedureCode = null, from, to, now, withPast = false } = query
  const today = dateOfLaw(now)
  const isOver = to < today
  const stockOn = isOver ? to : today
  const known = await listAuthorities(db)
  const past = withPast ? await pastOf(db.pool, { from: beginning, to: today }) : []
  const lineages = new Map(authorities.map((code) => [code, lineageOf(code, past)]))
  const read = [...new Set([...lineages.values()].flat())]
  const late: Measure = isOver ? 'index-past-due' : 'index-overdue'
  const period = stretchesOf(from, to)
  const [figures, occurring, settled, catalogue, measured] = await Promise.all([
    readFigures(db.pool, {
      ...{ authorities: read, procedureCode: procedureCode ?? '*', flows, period },
      ...{ stocks: ['in-progress', late], upTo: stretchesOf(beginning, stockOn) },
    }),
    readOccurring(db.pool, { authorities: read, period }),
    readSettled(db.pool, read),
    readCatalogue(db, { from, to, stockOn, procedureCode }),
    measuredHere(db),
  ])
  const calendars = await calendarsOf(db, authorities)
  return new Map(
    authorities.map((unit) => {
      const codes = lineages.get(unit)!
      const sums = total(codes.map((code) => figures.get(code) ?? {}))
      const services = servicesAt(catalogue.services, unit, {
        authorities: known,
        settled: union(codes.map((code) => settled.get(code))),
      })
      const occurs = {
        online: union(codes.map((code) => occurring.get(code)?.online)),
        population: union(codes.map((code) => occurring.get(code)?.population)),
      }
      const published = ofPublications(catalogue.publications, calendars.get(unit)!, { unit, from, to })
      const all: Counts = {
        ...ofDossiers(sums, late),
        ...ofServices(services, occurs),
        ...published,
      }
      const notMeasured = [...neverMeasured, ...unmeasured(measured, published)]
      return [
        unit,
        {
          counts: without(all, notMeasured),
          notMeasured,
          notes: notesOf(unit, { known, codes, from, to, isOver, calendar: calendars.get(unit)! }),
        },
      ]
    }),
  )
}

const flows = [
  'accepted',
  'finished-early',
  'finished-on-time',
  'finished-late',
  'displeased',
  'accepted-online',
  'synced',
  'electronic-result',
  'digitised',
  'reused',
  'vault-shared',
  'population-data',
] as const satisfies readonly Measure[]

function ofDossiers(sums: Sums, late: Measure): Counts {
  const of = (measure: Measure) => sums[measure] ?? 0
  const accepted = of('accepted')
  const inTime = of('finished-early') + of('finished-on-time')
  const judged = inTime + of('finished-late') + of('in-progress')
  return {
    synced: [of('synced'), accepted],
    onTime: [inTime + of('in-progress') - of(late), judged],
    onlineDossiers: [of('accepted-online'), accepted],
    electronicResults: [of('electronic-result'), accepted],
    digitised: [of('digitised'), accepted],
    reused: [of('reused'), accepted],
    vaultShared: [of('vault-shared'), accepted],
    populationData: [of('population-data'), accepted],
    satisfied: [judged - of('displeased') - of(late), judged],
  }
}

function ofServices(services: readonly Service[], occurs: Occurring): Counts {
  const count = (holds: (service: Service) => boolean) => services.filter(holds).length
  return {
    fullContent: [count(({ whole }) => whole), services.length],
    onlineServices: [count(({ online }) => online), services.length],
    servicesWithDossiers: [
      count(({ online, procedureCode }) => online && occurs.online.has(procedureCode)),
      count(({ online }) => online),
    ],
    populationConnected: [
      count(({ forPeople, procedureCode }) => forPeople && occurs.population.has(procedureCode)),
      count(({ forPeople }) => forPeople),
    ],
    certifiedCopies: services.some(({ certifiesCopies }) => certifiesCopies),
  }
}

/** What is published for a unit is published by its province; a year without days off leaves it unmeasured. */
function ofPublications(
  all: readonly Publication[],
  calendar: Calendar,
  { unit, from, to }: { unit: string; from: string; to: string },
): Counts {
  const province = unit.split('.')[0]!
  const own = all.filter(({ authority }) => isWithin(authority, province))
  try {
    return {
      publishedOnTime: publishedOnTime(own, calendar, { from, to }),
      updatedOnTime: updatedOnTime(own, calendar, { from, to }),
    }
  } catch (error) {
    if (error instanceof MissingCalendarYear) return {}
    throw error
  }
}

interface Catalogue {
  services: Service[]
  publications: Publication[]
}

async function readCatalogue(
  db: Db,
  {
    from,
    to,
    stockOn,
    procedureCode,
  }: { from: string; to: string; stockOn: string; procedureCode: string | null },
): Promise<Catalogue> {
  const [versions, publications] = await Promise.all([
    listVersions(db, stockOn, { province: '' }),
    publicationsBetween(db.pool, { from, to }),
  ])
  const asked = <T extends { procedureCode: string }>(list: readonly T[]) =>
    list.filter((each) => procedureCode === null || each.procedureCode === procedureCode)
  return { services: servicesOf(asked(versions)), publications: asked(publications) }
}

/** Payments and petitions have no source yet. */
const neverMeasured: readonly RatioKey[] = [
  'paidOnline',
  'feeProceduresPaidOnline',
  'feeProceduresProvided',
  'petitionsOnTime',
  'petitionsSatisfied',
]

interface Measured {
  published: boolean
  synced: boolean
}

async function measuredHere(db: Db): Promise<Measured> {
  const [published, synced] = await Promise.all([hasPublished(db.pool), synchronises(db.pool)])
  return { published, synced }
}

function unmeasured(measured: Measured, published: Counts): RatioKey[] {
  const clocks = (['publishedOnTime', 'updatedOnTime'] as const).filter(
    (key) => !measured.published || published[key] === undefined,
  )
  return [...clocks, ...(measured.synced ? [] : (['synced'] as const))]
}

const without = (counts: Counts, keys: readonly RatioKey[]): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([key]) => !keys.includes(key as RatioKey))) as Counts

async function calendarsOf(db: Db, units: readonly string[]): Promise<Map<string, Calendar>> {
  const found = await Promise.all(
    units.map(async (unit) => [unit, await loadCalendar(db, { authorityCode: unit })] as const),
  )
  return new Map(found)
}

interface Situation {
  known: readonly Authority[]
  codes: readonly string[]
  from: string
  to: string
  isOver: boolean
  calendar: Calendar
}

function* noteList(unit: string, { known, codes, from, to, isOver }: Situation): Generator<QualityNote> {
  if (!isOver) yield { key: 'period-running', params: { to } }
  const authority = known.find(({ code }) => code === unit)
  if (authority && from < authority.validFrom && authority.validFrom <= to)
    yield { key: 'unit-began', params: { on: authority.validFrom } }
  const end = authority?.validTo ?? null
  if (end !== null && from <= end && end < to) yield { key: 'unit-ended', params: { on: end } }
  const past = codes.filter((code) => code !== unit)
  if (past.length > 0) yield { key: 'with-predecessors', params: { codes: past.join(', ') } }
}

const notesOf = (unit: string, situation: Situation) => [...noteList(unit, situation)]

function total(all: readonly Sums[]): Sums {
  const sums: Sums = {}
  for (const each of all)
    for (const [measure, n] of Object.entries(each) as [Measure, number][])
      sums[measure] = (sums[measure] ?? 0) + n
  return sums
}

const union = (sets: readonly (ReadonlySet<string> | undefined)[]): Set<string> =>
  new Set(sets.flatMap((set) => [...(set ?? [])]))

/** A rate of a unit, or null when nothing was to be counted. */
export const rateOf = ([n, d]: Ratio): number | null => (d === 0 ? null : n / d)
