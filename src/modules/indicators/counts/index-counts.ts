import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar, MissingCalendarYear } from '../../calendar/index.ts'
import { hasPublished, listVersions, type Publication, publicationsBetween } from '../../catalogue/index.ts'
import { type Authority, listAuthorities } from '../../directory/index.ts'
import { synchronises } from '../../dossiers/index.ts'
import type { Counts as Sums } from '../cells.ts'
import type { Measure } from '../contributions.ts'
import type { Counts, Ratio, RatioKey } from '../index-sets/figures.ts'
import { beginning } from '../period.ts'
import { occursIn, readFigures, readOccurring, readSettled, sumOf } from './count-store.ts'
import { cutsOf, piecesOf, type Span } from './intervals.ts'
import { lineageOf, pastOf } from './lineage.ts'
import { publishedOnTime, updatedOnTime } from './publication-clocks.ts'
import { isWithin, type Service, servicesAt, servicesOf, settlesByField, standingOf } from './services.ts'

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
export async function indexCounts(
  db: Db,
  { from, to, ...query }: CountsQuery,
): Promise<Map<string, UnitCounts>> {
  const [counts] = await countsOfPeriods(db, { ...query, periods: [{ from, to }] })
  return counts!
}

/** The counts of many units in many periods, in the order of the periods: as many statements as for one. */
export async function countsOfPeriods(
  db: Db,
  query: Omit<CountsQuery, 'from' | 'to'> & { periods: readonly Span[] },
): Promise<Map<string, UnitCounts>[]> {
  const { authorities, procedureCode = null, now, withPast = false } = query
  const today = dateOfLaw(now)
  const periods = query.periods.map((span) => seenFrom(span, today))
  const [known, past] = await Promise.all([
    listAuthorities(db),
    withPast ? pastOf(db.pool, { from: beginning, to: today }) : [],
  ])
  const lineages = new Map(authorities.map((code) => [code, lineageOf(code, past)]))
  const read = [...new Set([...lineages.values()].flat())]
  const departments = authorities.filter((unit) => settlesByField(unit, known))
  const cuts = cutsOf(
    periods,
    periods.map(({ stockOn }) => stockOn),
  )
  // Procedures occur in whole periods: a month that runs need not be read by day.
  const wholeCuts = cutsOf(periods, [])
  const [figures, occurring, settled, catalogues, measured, calendars] = await Promise.all([
    readFigures(db.pool, { authorities: read, cuts, procedureCode: procedureCode ?? '*' }),
    readOccurring(db.pool, { authorities: read, cuts: wholeCuts }),
    readSettled(
      db.pool,
      departments.flatMap((unit) => lineages.get(unit)!),
    ),
    readCatalogues(db, { periods, procedureCode }),
    measuredHere(db),
    calendarsOf(db, authorities),
  ])
  const units = authorities.map((unit) => {
    const codes = lineages.get(unit)!
    const settledHere = new Set(codes.flatMap((code) => settled.get(code) ?? []))
    const standing = standingOf(unit, { authorities: known, settled: settledHere })
    return { unit, codes, standing, calendar: calendars.get(unit)! }
  })
  return periods.map((period, i) => {
    const { services, publications } = catalogues[i]!
    const within = piecesOf(cuts, period)
    const whole = piecesOf(wholeCuts, period)
    const upTo = piecesOf(cuts, { from: beginning, to: period.stockOn })
    const publishedBy = publicationsOf(publications, period)
    const countsOf = ({ unit, codes, standing, calendar }: (typeof units)[number]): UnitCounts => {
      const published = publishedBy(unit, calendar)
      const notMeasured = [...neverMeasured, ...unmeasured(measured, published)]
      const all: Counts = {
        ...ofDossiers(sumOf(figures, codes, within), sumOf(figures, codes, upTo), period.late),
        ...ofServices(servicesAt(services, standing), occursIn(occurring, codes, whole)),
        ...published,
      }
      const notes = notesOf(unit, { known, codes, ...period })
      return { counts: without(all, notMeasured), notMeasured, notes }
    }
    return new Map(units.map((each) => [each.unit, countsOf(each)]))
  })
}

/** A period, and from which day's end it is seen. */
interface Period extends Span {
  isOver: boolean
  stockOn: string
  late: 'index-past-due' | 'index-overdue'
}

function seenFrom({ from, to }: Span, today: string): Period {
  const isOver = to < today
  return {
    from,
    to,
    isOver,
    stockOn: isOver ? to : today,
    late: isOver ? 'index-past-due' : 'index-overdue',
  }
}

function ofDossiers(flows: Sums, stocks: Sums, late: Period['late']): Counts {
  const of = (measure: Measure) => flows[measure] ?? 0
  const accepted = of('accepted')
  const inTime = of('finished-early') + of('finished-on-time')
  const [open, openLate] = [stocks['in-progress'] ?? 0, stocks[late] ?? 0]
  const judged = inTime + of('finished-late') + open
  return {
    synced: [of('synced'), accepted],
    onTime: [inTime + open - openLate, judged],
    onlineDossiers: [of('accepted-online'), accepted],
    electronicResults: [of('electronic-result'), accepted],
    digitised: [of('digitised'), accepted],
    reused: [of('reused'), accepted],
    vaultShared: [of('vault-shared'), accepted],
    populationData: [of('population-data'), accepted],
    satisfied: [judged - of('displeased') - openLate, judged],
  }
}

function ofServices(
  services: readonly Service[],
  occurs: { online: ReadonlySet<string>; population: ReadonlySet<string> },
): Counts {
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

/** What units have published for them in a period: of one province with one calendar it is worked out once. */
function publicationsOf(
  all: readonly Publication[],
  period: Span,
): (unit: string, calendar: Calendar) => Counts {
  const known = new Map<string, { calendar: Calendar; counts: Counts }>()
  return (unit, calendar) => {
    const province = unit.split('.')[0]!
    const found = known.get(province)
    if (found?.calendar === calendar) return found.counts
    const counts = ofPublications(
      all.filter(({ authority }) => isWithin(authority, province)),
      calendar,
      period,
    )
    known.set(province, { calendar, counts })
    return counts
  }
}

/** What is published for a unit is published by its province; a year without days off leaves it unmeasured. */
function ofPublications(own: readonly Publication[], calendar: Calendar, period: Span): Counts {
  try {
    return {
      publishedOnTime: publishedOnTime(own, calendar, period),
      updatedOnTime: updatedOnTime(own, calendar, period),
    }
  } catch (error) {
    if (error instanceof MissingCalendarYear) return {}
    throw error
  }
}

interface Catalogue {
  services: readonly Service[]
  publications: readonly Publication[]
}

async function readCatalogues(
  db: Db,
  { periods, procedureCode }: { periods: readonly Period[]; procedureCode: string | null },
): Promise<Catalogue[]> {
  const asked = <T extends { procedureCode: string }>(list: readonly T[]) =>
    procedureCode === null ? list : list.filter((each) => each.procedureCode === procedureCode)
  const days = [...new Set(periods.map(({ stockOn }) => stockOn))]
  const span = {
    from: periods.map(({ from }) => from).toSorted()[0] ?? beginning,
    to:
      periods
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? beginning,
  }
  const [publications, ...editions] = await Promise.all([
    publicationsBetween(db.pool, span),
    ...days.map((day) => listVersions(db, day, { province: '' })),
  ])
  const services = new Map(days.map((day, i) => [day, servicesOf(asked(editions[i]!))]))
  return periods.map(({ stockOn }) => ({
    services: services.get(stockOn)!,
    publications: asked(publications),
  }))
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

/** A rate of a unit, or null when nothing was to be counted. */
export const rateOf = ([n, d]: Ratio): number | null => (d === 0 ? null : n / d)
