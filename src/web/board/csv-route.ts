import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Figures, Finished, Stock } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { csvTables, finishedOf } from './board.view'
import { type BoardFacts, readBoardFacts } from './board-source'
import { type Cell, csvFile } from './csv.view'
import { askOf } from './open-board'

const Table = z.enum(csvTables)

/** A table of the board as CSV, for the same period and authority as the page that links to it. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const table = Table.safeParse(new URL(args.request.url).searchParams.get('bang'))
  if (!table.success) throw data(null, { status: 404 })
  const { ask, place } = await askOf(page, args.request)
  if (ask.problems.length > 0) throw data(null, { status: 422 })
  const facts = await readBoardFacts(page, { ...ask, authority: place.code || null })
  const lines = linesOf[table.data](facts, page.locale)
  const { demonstration } = page
  const name = `${table.data}-${place.code || 'tat-ca'}-${ask.from}-${ask.to}`
  return csvFile(demonstration ? marked(lines, page.locale) : lines, { name, demonstration })
}

type Lines = Iterable<Cell[]>

const linesOf: Record<z.infer<typeof Table>, (facts: BoardFacts, locale: Locale) => Lines> = {
  *'co-quan'({ summary, places }, locale) {
    const t = messages(locale)
    yield ['code', t('board.table.authority'), ...figureHeads(locale), ...stockHeads(locale)]
    for (const row of summary.perAuthority)
      yield [row.authority, places[row.authority] ?? '', ...figureCells(row), ...stockCells(row)]
  },
  *'thu-tuc'({ summary, procedures }, locale) {
    const t = messages(locale)
    yield ['code', t('board.table.procedure'), ...figureHeads(locale)]
    for (const row of summary.perProcedure)
      yield [row.procedureCode, procedures[row.procedureCode] ?? '', ...figureCells(row)]
  },
  *'thoi-gian'({ summary }, locale) {
    const t = messages(locale)
    yield [
      t('board.choose.from'),
      t('board.choose.to'),
      t('board.trend.received'),
      t('board.trend.onlineOf'),
      ...finishedHeads(locale),
    ]
    for (const { from, to, received, online, finished } of summary.series)
      yield [from, to, received, online, ...finishedCells(finished)]
  },
  *thang({ months, places }, locale) {
    const t = messages(locale)
    yield [
      'code',
      t('board.table.authority'),
      t('board.choose.month'),
      ...finishedHeads(locale),
      t('board.table.onTime'),
    ]
    for (const { authority, month, finished } of months)
      yield [
        authority,
        places[authority] ?? '',
        month.slice(0, 7),
        ...finishedCells(finished),
        rounded(finishedOf(finished) === 0 ? null : 1 - finished.late / finishedOf(finished)),
      ]
  },
}

function* marked(lines: Lines, locale: Locale): Generator<Cell[]> {
  let isHead = true
  for (const line of lines) {
    yield [...line, isHead ? '' : messages(locale)('web.sample.tag')]
    isHead = false
  }
}

function finishedHeads(locale: Locale): Cell[] {
  const t = messages(locale)
  return [t('board.where.early'), t('board.where.onTime'), t('board.where.late')]
}

const finishedCells = ({ early, onTime, late }: Finished): Cell[] => [early, onTime, late]

function figureHeads(locale: Locale): Cell[] {
  const t = messages(locale)
  return [
    t('board.table.received'),
    t('board.where.online'),
    t('board.where.direct'),
    t('board.where.post'),
    ...finishedHeads(locale),
    `${t('board.table.onTime')} (0–1)`,
    `${t('board.table.satisfied')} (0–1)`,
    t('board.table.ratings'),
  ]
}

const figureCells = ({ received, byChannel, finished, onTimeShare, satisfaction }: Figures): Cell[] => [
  received,
  byChannel.online,
  byChannel.direct,
  byChannel.post,
  ...finishedCells(finished),
  rounded(onTimeShare),
  rounded(satisfaction.share),
  satisfaction.count,
]

function stockHeads(locale: Locale): Cell[] {
  const t = messages(locale)
  return [t('board.where.inTime'), t('board.where.overdue'), t('board.where.awaiting')]
}

const stockCells = ({ inProgress, awaitingIntake }: Stock): Cell[] => [
  inProgress.inTime,
  inProgress.overdue,
  awaitingIntake,
]

const rounded = (share: number | null) => (share === null ? null : Math.round(share * 10_000) / 10_000)
