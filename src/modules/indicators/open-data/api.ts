import { z } from '@hono/zod-openapi'
import { csvLine } from '../../../kernel/csv.ts'
import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, refusal } from '../../../kernel/errors.ts'
import { defineRoute } from '../../../kernel/http.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { Actor } from '../../identity/index.ts'
import { answersFor } from '../answers-for.ts'
import { type BehindCount, behindCount } from '../counts/behind-count.ts'
import { PeriodKey, periodNamed } from '../counts/index-period.ts'
import type { Span } from '../counts/intervals.ts'
import { rememberedScores, type Scores } from '../counts/remembered-scores.ts'
import { goneReasons, stillReasons } from '../counts/still-counts.ts'
import { indexUnits } from '../counts/units.ts'
import { Level, listIndexSets, ratioKeys } from '../index-sets/index.ts'
import { BoardPeriod, bucketsOf } from '../period.ts'
import { type Protection, readProtection } from './protection.ts'
import { linesOf, type PublicUnit, publicUnit } from './public-units.ts'
import { shownSnapshots } from './shown-snapshots.ts'
import { fewestShown } from './withhold-together.ts'
import { wholeMonths } from './withhold-year.ts'

interface App {
  db: Db
}

const UnitCode = z.string().regex(/^([A-Z]\d{2}(\.\d{1,3}){0,3})?$/)
const SetKey = z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/)
const Asked = z.object({
  /** `2026-11`, `2026-Q4`, `2026-H2`, `2026-9M`, `2026` or a day; goes before `from` and `to`. */
  period: PeriodKey.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  level: Level.optional(),
  /** Only this unit and those below it. */
  below: UnitCode.optional(),
  set: SetKey.optional(),
  procedure: z
    .string()
    .regex(/^\d\.\d{6}$/)
    .optional(),
  format: z.enum(['json', 'csv']).default('json'),
})
type Asked = z.infer<typeof Asked>

const Ratio = z.tuple([z.int(), z.int()])
const Score = z
  .object({
    indicators: z.record(z.string(), z.record(z.string(), z.unknown())),
    groups: z.record(z.string(), z.object({ points: z.number().nullable(), max: z.number() })),
    total: z.number(),
    band: z.string().nullable(),
  })
  .openapi('IndexScore')
const Unit = z
  .object({
    code: z.string(),
    name: z.string(),
    level: Level,
    counts: z.record(z.string(), z.union([Ratio, z.boolean()])),
    notMeasured: z.array(z.string()),
    withheld: z.array(z.string()),
    notes: z.array(z.object({ key: z.string(), params: z.record(z.string(), z.unknown()) })),
    score: Score.nullable(),
  })
  .openapi('IndexUnit')
const AsAt = z.object({ position: z.int(), movedAt: z.string().nullable(), readAt: z.string() })
const Protected = z
  .object({
    fewest: z.int().describe('With fewer dossiers than this the counts of a unit are withheld'),
    months: z.literal('whole').describe('Periods are widened to whole months; others could be subtracted'),
    asked: z
      .object({ from: z.iso.date(), to: z.iso.date() })
      .nullable()
      .describe('The period that was asked for, when it was widened'),
    procedures: z
      .enum(['all', 'whole-installation'])
      .describe('Of a single procedure, dossiers are counted for the whole installation alone'),
  })
  .openapi('IndexProtection')
const Scored = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    protection: Protected,
    set: z.object({ key: z.string(), version: z.int() }),
    items: z.array(Unit),
    asAt: AsAt,
  })
  .openapi('IndexScores')

/** For so long others may keep an answer; figures move within a second, and a page that must follow asks the board. */
const cacheSeconds = 60

const sets = defineRoute<App, Actor>({
  method: 'get',
  path: '/index/sets',
  summary: 'Sets of the index: groups, indicators, points, zero rules and when they hold',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  answer: z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
  async handle({ app }) {
    const stored = await listIndexSets(app.db)
    return { items: stored.filter(({ state }) => state === 'published').map(({ set }) => set) }
  },
})

const units = defineRoute<App, Actor, undefined, typeof Asked>({
  method: 'get',
  path: '/index/units',
  summary: 'Units that stood in a period, with level, parent, and from when to when they stood',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  query: Asked,
  answer: z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
  async handle({ app, query, now }) {
    const period = periodAsked(query, now)
    if (isRefusal(period)) return period
    const { level, below = '' } = query
    return { items: await indexUnits(app.db, { ...period, below, ...(level && { levels: [level] }) }) }
  },
})

const counts = defineRoute<App, Actor, undefined, typeof Asked>({
  method: 'get',
  path: '/index/counts',
  summary: 'Raw counts of units for a period, [numerator, denominator] by figure; JSON or CSV',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  query: Asked,
  answer: Scored,
  handle: (call) => answer(call, (unit) => ({ ...unit, score: null })),
})

const scores = defineRoute<App, Actor, undefined, typeof Asked>({
  method: 'get',
  path: '/index/scores',
  summary: 'Counts and points of units for a period: everything that a ranking is made from; JSON or CSV',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  query: Asked,
  answer: Scored,
  handle: (call) => answer(call, (unit) => unit),
})

async function answer(
  { app, actor, query, now }: { app: App; actor: Actor; query: Asked; now: Date },
  shown: (unit: PublicUnit) => PublicUnit,
): Promise<Outcome<unknown>> {
  const asked = periodAsked(query, now)
  if (isRefusal(asked)) return asked
  const period = wholeMonths(asked)
  const { procedure } = query
  const [read, protection] = await Promise.all([
    readScores(app, query, period, now),
    readProtection(app.db, { ...period, procedures: procedure !== undefined }),
  ])
  if (read === undefined) return refusal('not-found', 'http.no-such-route')
  const items = read.units.map((each) => {
    const { code } = each.unit
    return shown(publicUnit(each, answersFor(actor, code) || isPublic(protection, code, period, procedure)))
  })
  const { key, version } = read.set
  if (query.format === 'csv')
    return csv([...linesOf(items, period)], `index-${period.from}-${period.to}.csv`, actor)
  return {
    ...period,
    protection: {
      ...{ fewest: fewestShown, months: 'whole', asked: isSame(asked, period) ? null : asked },
      procedures: procedure === undefined ? 'all' : 'whole-installation',
    },
    ...{ set: { key, version }, items, asAt: read.asAt },
  }
}

const isSame = (a: Span, b: Span) => a.from === b.from && a.to === b.to

const isPublic = (protection: Protection, unit: string, period: Span, procedure: string | undefined) =>
  procedure === undefined
    ? protection.shows(unit, period)
    : protection.showsProcedure(unit, procedure, period)

function readScores(
  app: App,
  { set, below, level, procedure }: Asked,
  period: Span,
  now: Date,
): Promise<Scores | undefined> {
  const levels = level && [level]
  return rememberedScores(app.db, { setKey: set, below, levels, procedureCode: procedure, ...period, now })
}

const AskedSeries = z.object({
  unit: UnitCode,
  set: SetKey.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  format: z.enum(['json', 'csv']).default('json'),
})
const Point = z.object({ from: z.iso.date(), to: z.iso.date(), unit: Unit })

/** More months are several questions. */
const mostMonths = 60

const series = defineRoute<App, Actor, undefined, typeof AskedSeries>({
  method: 'get',
  path: '/index/series',
  summary: 'Counts and points of one unit month by month, with what was merged into it counted along',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  query: AskedSeries,
  answer: z.object({
    set: z.object({ key: z.string() }).nullable(),
    items: z.array(Point),
    asAt: AsAt.nullable(),
  }),
  async handle({ app, actor, query, now }) {
    const to = query.to ?? dateOfLaw(now)
    const asked = periodAsked({ ...query, to, from: query.from ?? `${to.slice(0, 4)}-01-01` }, now)
    if (isRefusal(asked)) return asked
    const period = wholeMonths(asked)
    const months = bucketsOf(period.from, period.to, 'month')
    if (months.length > mostMonths) return refusal('invalid', 'indicators.too-long', { months: mostMonths })
    const protection = await readProtection(app.db, period)
    const seesAll = answersFor(actor, query.unit)
    const items: z.infer<typeof Point>[] = []
    let last: Scores | undefined
    for (const month of months) {
      const read = await rememberedScores(app.db, {
        ...{ setKey: query.set, only: query.unit, ...month, now, withPast: true },
      })
      const unit = read?.units[0]
      last = read ?? last
      const isShown = seesAll || protection.showsWithPast(query.unit, month)
      if (unit) items.push({ ...month, unit: publicUnit(unit, isShown) as never })
    }
    if (query.format === 'csv') {
      const lines = items.map(({ from, to, unit }) => [...linesOf([unit as never], { from, to })])
      return csv(
        [...(lines[0]?.slice(0, 1) ?? []), ...lines.flatMap((each) => each.slice(1))],
        `series-${query.unit || 'all'}.csv`,
        actor,
      )
    }
    return { set: last ? { key: last.set.key } : null, items, asAt: last?.asAt ?? null }
  },
})

const AskedSnapshots = z.object({ unit: UnitCode, period: PeriodKey, set: SetKey.optional() })

const snapshots = defineRoute<App, Actor, undefined, typeof AskedSnapshots>({
  method: 'get',
  path: '/index/snapshots',
  summary: 'The index of a unit and a period as it stood when it was closed, and every revision since',
  tag: 'index',
  access: { public: true },
  cacheSeconds,
  query: AskedSnapshots,
  answer: z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
  async handle({ app, actor, query: { unit, period, set } }) {
    return { items: await shownSnapshots(app.db, { actor, unit, period, setKey: set }) }
  },
})

const AskedBehind = z.object({
  unit: UnitCode,
  figure: z.enum(ratioKeys),
  side: z.enum(['in', 'out']),
  /** Of what does not count: what still may, or what nothing changes any more. */
  still: z.enum(['true', 'false']).optional(),
  period: PeriodKey.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  procedure: z.string().max(20).optional(),
  page: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/)
    .optional(),
})

const behind = defineRoute<App, Actor, undefined, typeof AskedBehind>({
  method: 'get',
  path: '/index/behind',
  summary:
    'Codes of the dossiers or procedures that a figure counts, or does not, for officers who answer for the unit',
  tag: 'index',
  access: { officer: true },
  query: AskedBehind,
  answer: z.object({
    kind: z.enum(['dossiers', 'procedures']),
    items: z.array(
      z.object({ code: z.string(), reason: z.enum([...stillReasons, ...goneReasons]).optional() }),
    ),
    next: z.string().nullable(),
  }),
  async handle({ app, actor, query, now }): Promise<Outcome<BehindCount>> {
    const period = periodAsked(query, now)
    if (isRefusal(period)) return period
    if (query.unit === '' || !answersFor(actor, query.unit)) return refusal('forbidden', 'http.not-for-you')
    const { unit, figure, side, procedure, page, still } = query
    const found = await behindCount(app.db, {
      ...{ authority: unit, key: figure, side, procedureCode: procedure ?? null, page: page ?? null },
      ...{ ...period, now, still: still === undefined ? null : still === 'true' },
    })
    return { ...found, items: found.items.map(({ dossierId: _, ...shown }) => shown) }
  },
})

/** The named period, else the days, else this month. */
function periodAsked(
  { period, from, to }: { period?: string | undefined; from?: string | undefined; to?: string | undefined },
  now: Date,
): Outcome<Span> {
  if (period !== undefined) {
    const named = periodNamed(period)
    return { from: named.from, to: named.to }
  }
  const last = to ?? dateOfLaw(now)
  const parsed = BoardPeriod.safeParse({ from: from ?? `${last.slice(0, 8)}01`, to: last })
  return parsed.success
    ? { from: parsed.data.from, to: parsed.data.to }
    : refusal('invalid', 'indicators.invalid')
}

function csv(lines: readonly (string | number | null)[][], name: string, actor: Actor): Response {
  return new Response(`\uFEFF${lines.map(csvLine).join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      // What an officer is shown may be more than everybody may have.
      'cache-control': actor.kind === 'anonymous' ? `public, max-age=${cacheSeconds}` : 'no-store',
      vary: 'cookie, authorization',
    },
  })
}

/** The open data of the index: everybody may have it and compute the ranking anew; dossiers open to officers alone. */
export const openDataRoutes = [sets, units, counts, scores, series, snapshots, behind]
