import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { BoardSummary, Figures, Finished, SeriesPoint, Step, Stock } from 'motcua/modules/indicators'
import { dateText, numberText, percentText, timeText } from '../ui/format'
import { type BoardAsk, boardHref, type SortKey } from './board-query'
import type { BoardFacts, Choice } from './board-source'
import { beforeText, headView, periodText } from './head.view'

/** Where the links of a board lead: its own path, and to dossiers for those who may see them. */
export interface BoardLinks {
  path: string
  /** Address of the list of dossiers behind a figure; absent for the public. */
  dossiers?: string
}

/** What is asked of the view besides the figures. */
export interface BoardFrame {
  ask: BoardAsk
  links: BoardLinks
  place: Choice
  locale: Locale
}

/** A figure with its share of a whole; `href` opens what it is made of. */
export interface Part {
  key: string
  label: string
  value: string
  share: number
  note: string
  href: string
  look: 'data' | 'focus' | 'compare'
}

export interface PartGroup {
  key: string
  title: string
  total: string
  totalHref: string
  parts: Part[]
}

/** What an authority or procedure takes from the share in time. */
export interface Pull {
  key: string
  kind: 'authority' | 'procedure'
  code: string
  late: number
  finished: number
  /** Points of percent that the share would gain. */
  points: number
}

export interface TableRow {
  code: string
  name: string
  href: string | null
  received: number
  onlineShare: number | null
  finished: number
  onTimeShare: number | null
  late: number
  open: number | null
  overdue: number | null
  awaiting: number | null
  satisfied: number | null
  ratings: number
}

export const finishedOf = ({ early, onTime, late }: Finished) => early + onTime + late

/** Points of percent between two shares; null when one is missing. */
export function pointsBetween(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 1000) / 10
}

/**
 * What pulls the share in time down: for each row, how many points the whole would gain if this row were as good as
 * all others together. Rows of fewer than five are left out; chance would put them on top.
 */
export function pullsOf(
  rows: readonly { key: string; kind: Pull['kind']; code: string; finished: Finished }[],
  most = 4,
): Pull[] {
  const total = rows.reduce((sum, { finished }) => sum + finishedOf(finished), 0)
  const late = rows.reduce((sum, { finished }) => sum + finished.late, 0)
  return rows
    .map(({ key, kind, code, finished }) => {
      const all = finishedOf(finished)
      const othersLate = total === all ? 0 : (late - finished.late) / (total - all)
      const points = total === 0 ? 0 : ((finished.late - all * othersLate) / total) * 100
      return { key, kind, code, late: finished.late, finished: all, points }
    })
    .filter(({ finished, points }) => finished >= 5 && points >= 0.05)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
}

/** Sorts rows by a column; rows without a figure come last whatever the direction. */
export function sortRows(
  rows: readonly TableRow[],
  { sort, direction }: Pick<BoardAsk, 'sort' | 'direction'>,
): TableRow[] {
  const sign = direction === 'tang' ? 1 : -1
  const byName = (a: TableRow, b: TableRow) => a.name.localeCompare(b.name, 'vi')
  if (sort === 'ten') return rows.toSorted((a, b) => sign * byName(a, b))
  const figure = figureOf[sort]
  return rows.toSorted((a, b) => {
    const [left, right] = [figure(a), figure(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b)
    return sign * (left - right) || byName(a, b)
  })
}

const figureOf: Record<Exclude<SortKey, 'ten'>, (row: TableRow) => number | null> = {
  nhan: ({ received }) => received,
  'truc-tuyen': ({ onlineShare }) => onlineShare,
  xong: ({ finished }) => finished,
  'dung-han': ({ onTimeShare }) => onTimeShare,
  'qua-han': ({ late }) => late,
  'hai-long': ({ satisfied }) => satisfied,
}

/** The whole board as it is shown. */
export function boardView(facts: BoardFacts, frame: BoardFrame) {
  const t = messages(frame.locale)
  const { summary, before, version } = facts
  const { ask, locale, place, links } = frame
  const period = periodText(ask, t)
  const finished = finishedOf(summary.finished)
  const authorities = sortRows(authorityRows(facts, frame), ask)
  const procedures = sortRows(procedureRows(facts), ask)
  const pulls = pullsOf(comparedRows(summary))
  return {
    version,
    place: place.name,
    placeCode: place.code,
    period,
    path: links.path,
    ...headView({ ask, path: links.path, locale, now: facts.now, today: facts.today }),
    asAt: { time: timeWithSeconds(facts.now), date: dateText(facts.now) },
    csvHrefs: Object.fromEntries(csvTables.map((table) => [table, csvHref(ask, table)])) as Record<
      CsvTable,
      string
    >,
    apiHref: apiHref(ask, place),
    headline: {
      share: summary.onTimeShare === null ? null : percentText(summary.onTimeShare, locale),
      say: headlineText(summary, period, t, locale),
      points:
        finishedOf(before.finished) < enoughToCompare
          ? null
          : pointsBetween(summary.onTimeShare, before.onTimeShare),
      before: beforeText(ask, t),
      slowest: slowestText(facts, t),
    },
    stats: {
      received: numberText(summary.received, locale),
      receivedBefore: before.received > 0 ? numberText(before.received, locale) : null,
      online: shareText(summary.onlineShare, locale),
      onlinePoints:
        before.received < enoughToCompare ? null : pointsBetween(summary.onlineShare, before.onlineShare),
      satisfied: shareText(summary.satisfaction.share, locale),
      ratings: numberText(summary.satisfaction.count, locale),
      hasRatings: summary.satisfaction.count > 0,
    },
    groups: partGroups(facts, frame, t),
    trend: trendView(facts, ask.step, period, t, locale),
    pullKind: summary.perAuthority.length > 1 ? ('authority' as const) : ('procedure' as const),
    pulls: pulls.map((pull) => pullView(pull, facts, frame, t)),
    heat: heatView(facts, t),
    authorities,
    procedures,
    questions: questionsView(facts, t, locale),
    usageAt: timeText(facts.usage.readAt),
    notes: notesView(facts, finished, t, locale),
  }
}

// A share of a handful of dossiers swings by itself; comparing with it would announce chance as news.
const enoughToCompare = 20

export type BoardView = ReturnType<typeof boardView>

const shareText = (share: number | null, locale: Locale) =>
  share === null ? '–' : percentText(share, locale)

function timeWithSeconds(now: Date): string {
  const seconds = String(now.getUTCSeconds()).padStart(2, '0')
  return `${timeText(now)}:${seconds}`
}

function headlineText(summary: BoardSummary, period: string, t: Translate, locale: Locale): string {
  const finished = finishedOf(summary.finished)
  if (finished === 0) return t('board.headline.none', { period })
  const inTime = numberText(finished - summary.finished.late, locale)
  const all = numberText(finished, locale)
  return summary.finished.late === 0
    ? t('board.headline.all', { period, finished: all })
    : t('board.headline.say', { period, inTime, finished: all })
}

function slowestText({ summary, places }: BoardFacts, t: Translate): string | null {
  const late = summary.perAuthority.filter(({ finished }) => finished.late > 0)
  const worst = late.toSorted((a, b) => b.finished.late - a.finished.late)[0]
  if (!worst) return null
  return t('board.headline.slowest', {
    place: places[worst.authority] ?? worst.authority,
    late: worst.finished.late,
    finished: finishedOf(worst.finished),
  })
}

function partGroups({ summary }: BoardFacts, frame: BoardFrame, t: Translate): PartGroup[] {
  const { byChannel, finished, inProgress, awaitingIntake } = summary
  const { locale } = frame
  const behind = (measure: string) => behindHref(frame, measure)
  const group = (key: 'received' | 'finished' | 'open', totalHref: string, parts: RawPart[]): PartGroup => {
    const total = parts.reduce((sum, { count }) => sum + count, 0)
    return {
      key,
      title: t(`board.where.${key}`, { on: dateText(summary.asAt.stockOn) }),
      total: numberText(total, locale),
      totalHref,
      parts: parts.map(({ key: part, count, look }) => ({
        key: part,
        label: t(`board.where.${part}`),
        value: numberText(count, locale),
        share: total === 0 ? 0 : count / total,
        note: total === 0 ? '' : percentText(count / total, locale),
        href: behind(measureOf[part]),
        look: look ?? 'data',
      })),
    }
  }
  return [
    group('received', behind('received'), [
      { key: 'online', count: byChannel.online },
      { key: 'direct', count: byChannel.direct },
      { key: 'post', count: byChannel.post },
    ]),
    group('finished', '#bang-so', [
      { key: 'early', count: finished.early },
      { key: 'onTime', count: finished.onTime },
      { key: 'late', count: finished.late, look: 'focus' },
    ]),
    group('open', '#bang-so', [
      { key: 'inTime', count: inProgress.inTime },
      { key: 'overdue', count: inProgress.overdue, look: 'focus' },
      { key: 'awaiting', count: awaitingIntake, look: 'compare' },
    ]),
  ]
}

type PartKey = 'online' | 'direct' | 'post' | 'early' | 'onTime' | 'late' | 'inTime' | 'overdue' | 'awaiting'
interface RawPart {
  key: PartKey
  count: number
  look?: Part['look']
}

const measureOf: Record<PartKey, string> = {
  online: 'received-online',
  direct: 'received-direct',
  post: 'received-post',
  early: 'finished-early',
  onTime: 'finished-on-time',
  late: 'finished-late',
  inTime: 'in-time',
  overdue: 'overdue',
  awaiting: 'awaiting-intake',
}

/** What a figure is made of: its dossiers for those who may see them, else the table by authority or procedure. */
export function behindHref({ links, ask, place }: BoardFrame, measure: string): string {
  if (!links.dossiers) return '#bang-so'
  const query = new URLSearchParams({ so: measure, 'co-quan': place.code, tu: ask.from, den: ask.to })
  return `${links.dossiers}?${query}`
}

/** One bar group of the drawing over time, and the row of the table behind it. */
export interface TrendPoint {
  key: string
  tick: string
  label: string
  received: number
  online: number
  inTime: number
  late: number
  moving: boolean
}

function trendView({ summary }: BoardFacts, step: Step, period: string, t: Translate, locale: Locale) {
  const points = summary.series.map((point) => trendPoint(point, step, t))
  const peak = points.toSorted((a, b) => b.received - a.received)[0]
  return {
    title:
      peak && peak.received > 0
        ? t('board.trend.peak', { when: peak.label, count: numberText(peak.received, locale) })
        : t('board.trend.none', { period }),
    points,
    peak: peak?.key,
  }
}

function trendPoint(
  { from, to, received, online, finished, moving }: SeriesPoint,
  step: Step,
  t: Translate,
): TrendPoint {
  const short = (date: string) => `${Number(date.slice(8))}/${Number(date.slice(5, 7))}`
  const month = Number(from.slice(5, 7))
  const label = {
    day: () => t('board.trend.day', { from: short(from) }),
    week: () => t('board.trend.week', { from: short(from), to: short(to) }),
    month: () => t('board.trend.month', { month, year: from.slice(0, 4) }),
  }[step]()
  return {
    key: from,
    tick: step === 'month' ? t('board.heat.month', { month }) : short(from),
    label,
    received,
    online,
    inTime: finished.early + finished.onTime,
    late: finished.late,
    moving,
  }
}

function comparedRows({ perAuthority, perProcedure }: BoardSummary) {
  const authorities = perAuthority.map(({ authority, finished }) => ({
    key: authority,
    kind: 'authority' as const,
    code: authority,
    finished,
  }))
  if (authorities.length > 1) return authorities
  return perProcedure.map(({ procedureCode, finished }) => ({
    key: procedureCode,
    kind: 'procedure' as const,
    code: procedureCode,
    finished,
  }))
}

function pullView(pull: Pull, facts: BoardFacts, { ask, links, locale }: BoardFrame, t: Translate) {
  const name = (pull.kind === 'authority' ? facts.places : facts.procedures)[pull.code] ?? pull.code
  return {
    key: pull.key,
    name,
    points: `+${numberText(pull.points, locale, 2)}`,
    text: t('board.pull.late', { late: pull.late, finished: pull.finished }),
    href: pull.kind === 'authority' ? boardHref(links.path, ask, { authority: pull.code }) : null,
  }
}

/** The place of a share on the scale of the heat map; '' when it needs no attention or is too small to judge. */
export function heatLevel(finished: Finished): '' | 'h1' | 'h2' | 'h3' | 'h4' {
  const all = finishedOf(finished)
  if (all < 5) return ''
  const percent = ((all - finished.late) / all) * 100
  if (percent >= 95) return ''
  return percent >= 90 ? 'h1' : percent >= 85 ? 'h2' : percent >= 80 ? 'h3' : 'h4'
}

export interface HeatRow {
  code: string
  name: string
  cells: { month: string; text: string; level: ReturnType<typeof heatLevel>; moving: boolean }[]
}

const heatRows = 12

function heatView({ months, places, today }: BoardFacts, t: Translate) {
  const columns = [...new Set(months.map(({ month }) => month))].toSorted()
  const byAuthority = Map.groupBy(months, ({ authority }) => authority)
  const late = (code: string) =>
    (byAuthority.get(code) ?? []).reduce((sum, { finished }) => sum + finished.late, 0)
  const rows = [...byAuthority.keys()]
    .toSorted((a, b) => late(b) - late(a) || (a < b ? -1 : 1))
    .slice(0, heatRows)
    .map((code): HeatRow => {
      const of = new Map((byAuthority.get(code) ?? []).map((each) => [each.month, each.finished]))
      return {
        code,
        name: places[code] ?? code,
        cells: columns.map((month) => heatCell(month, of.get(month), today)),
      }
    })
  const low = (row: HeatRow) => row.cells.filter(({ level }) => level !== '').length
  const worst = rows.toSorted((a, b) => low(b) - low(a))[0]
  return {
    title:
      worst && low(worst) > 2
        ? t('board.heat.worst', { place: worst.name, months: low(worst), all: columns.length })
        : t('board.heat.allGood'),
    worst: worst && low(worst) > 2 ? worst.code : null,
    months: columns.map((month) => ({
      key: month,
      text: t('board.heat.month', { month: Number(month.slice(5, 7)) }),
      moving: today.startsWith(month.slice(0, 7)),
    })),
    rows,
  }
}

function heatCell(month: string, finished: Finished | undefined, today: string): HeatRow['cells'][number] {
  const all = finished ? finishedOf(finished) : 0
  return {
    month,
    text: finished && all > 0 ? String(Math.floor(((all - finished.late) / all) * 100)) : '–',
    level: finished ? heatLevel(finished) : '',
    moving: today.startsWith(month.slice(0, 7)),
  }
}

function authorityRows({ summary, places }: BoardFacts, { ask, links }: BoardFrame): TableRow[] {
  return summary.perAuthority.map((row) => ({
    code: row.authority,
    name: places[row.authority] ?? row.authority,
    href: boardHref(links.path, ask, { authority: row.authority }),
    ...tableFigures(row),
    ...stockFigures(row),
  }))
}

function procedureRows({ summary, procedures }: BoardFacts): TableRow[] {
  return summary.perProcedure.map((row) => ({
    code: row.procedureCode,
    name: procedures[row.procedureCode] ?? row.procedureCode,
    href: `/thu-tuc/${row.procedureCode}`,
    ...tableFigures(row),
    open: null,
    overdue: null,
    awaiting: null,
  }))
}

function tableFigures({ received, onlineShare, onTimeShare, finished, satisfaction }: Figures) {
  return {
    received,
    onlineShare,
    finished: finishedOf(finished),
    onTimeShare,
    late: finished.late,
    satisfied: satisfaction.share,
    ratings: satisfaction.count,
  }
}

const stockFigures = ({ inProgress, awaitingIntake }: Stock) => ({
  open: inProgress.inTime + inProgress.overdue,
  overdue: inProgress.overdue,
  awaiting: awaitingIntake,
})

/** One answer to a question: a figure with what it counts, or what is not measured. */
export interface Answer {
  figure: string | null
  text: string
}

function questionsView(
  { usage }: BoardFacts,
  t: Translate,
  locale: Locale,
): { question: string; answers: Answer[] }[] {
  const count = (n: number) => numberText(n, locale)
  const { used, convenient, officialsTime: work } = usage
  const missing = (key: 'stoppedAt' | 'visits' | 'minutesWorked' | 'typedTwice'): Answer => ({
    figure: null,
    text: t(`board.questions.${key}`),
  })
  return [
    {
      question: t('board.questions.used'),
      answers: [
        { figure: count(used.peopleOnline), text: t('board.questions.people') },
        {
          figure: count(used.draftsBegun),
          text: t('board.questions.drafts', { sent: count(used.draftsSent), left: count(used.draftsLeft) }),
        },
        missing('stoppedAt'),
      ],
    },
    {
      question: t('board.questions.convenient'),
      answers: [
        ...(convenient.accepted > 0
          ? [
              {
                figure: percentText(convenient.onceOnly / convenient.accepted, locale),
                text: t('board.questions.once'),
              },
            ]
          : []),
        ...(convenient.medianMinutes === null
          ? [{ figure: '–', text: t('board.questions.noneSent') }]
          : [
              {
                figure: numberText(convenient.medianMinutes, locale, 1),
                text: t('board.questions.minutes'),
              },
              {
                figure: numberText(convenient.answersKnown ?? 0, locale, 1),
                text: t('board.questions.known'),
              },
            ]),
        missing('visits'),
      ],
    },
    {
      question: t('board.questions.officials'),
      answers: [
        ...(work.dossiersHandled > 0
          ? [
              {
                figure: numberText(work.stepsDone / work.dossiersHandled, locale, 1),
                text: t('board.questions.steps', {
                  steps: count(work.stepsDone),
                  dossiers: count(work.dossiersHandled),
                }),
              },
            ]
          : []),
        { figure: count(work.sentBack), text: t('board.questions.back') },
        { figure: count(work.typedAtCounter), text: t('board.questions.counter') },
        missing('minutesWorked'),
        missing('typedTwice'),
      ],
    },
  ]
}

/** A note on the data: what to keep in mind, and whether it is a warning or a reassurance. */
export interface Note {
  tone: 'warn' | 'ok'
  title: string
  text: string
}

function notesView({ summary, today }: BoardFacts, finished: number, t: Translate, locale: Locale): Note[] {
  const small = summary.perAuthority.filter((row) => finishedOf(row.finished) < 10).length
  const note = (
    tone: Note['tone'],
    key: 'moving' | 'small' | 'ratings' | 'rule' | 'kept',
    more: Record<string, string | number> = {},
  ): Note => ({
    tone,
    title: t(`board.quality.${key}`, more),
    text: t(`board.quality.${key}More`, more),
  })
  return [
    ...(summary.from <= today && today <= summary.to ? [note('warn', 'moving')] : []),
    ...(small > 0 ? [note('warn', 'small', { count: small })] : []),
    ...(finished > 0
      ? [
          note('warn', 'ratings', {
            ratings: numberText(summary.satisfaction.count, locale),
            finished: numberText(finished, locale),
          }),
        ]
      : []),
    note('ok', 'rule'),
    note('ok', 'kept', { position: numberText(summary.asAt.position, locale) }),
  ]
}

export const csvTables = ['co-quan', 'thu-tuc', 'thoi-gian', 'thang'] as const
export type CsvTable = (typeof csvTables)[number]

function csvHref(ask: BoardAsk, table: CsvTable): string {
  const query = new URLSearchParams({ bang: table, tu: ask.from, den: ask.to })
  if (ask.authority) query.set('co-quan', ask.authority)
  return `/so-lieu/bang.csv?${query}`
}

function apiHref(ask: BoardAsk, place: Choice): string {
  const query = new URLSearchParams({ from: ask.from, to: ask.to, step: ask.step })
  if (place.code) query.set('authority', place.code)
  return `/api/v1/board/summary?${query}`
}
