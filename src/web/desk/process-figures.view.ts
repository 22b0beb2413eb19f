import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { CompiledProcess, StepFigure } from 'motcua/modules/processes'
import type { Holder, Share, Spread, Stage, StepTime, WhereTimeGoes } from 'motcua/modules/reform'
import { spanText } from '../ui/clock.view'
import { dateText, numberText, percentText } from '../ui/format'
import { placeIn } from './processes.view'

export interface FiguresNames {
  places: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
}

/** For which place and days figures are shown. */
export interface FiguresAsked {
  /** Empty: everywhere. */
  place: string
  period: { from: string; to: string }
  /** The dates asked for were no dates, or backwards. */
  wrong: boolean
  today: string
  places: { value: string; label: string }[]
}

export interface FigureRow {
  key: string
  name: string
  /** Who is waited for; empty for the office itself. */
  whose: string
  done: string
  open: string
  late: string
  waiting: SpreadText
  working: SpreadText
  planned: string
  over: string
  share: string
  /** 0 to 3: how much of the time. */
  level: StepFigure['level']
  again: string
  handOvers: string
}

/** What half of the times do not exceed, and nine in ten; empty when there is nothing to say. */
export interface SpreadText {
  half: string
  most: string
}

export interface FiguresView {
  figures: Record<string, StepFigure>
  findings: string[]
  rows: FigureRow[]
  total: { title: string; heads: string[]; rows: { name: string; cells: string[] }[] } | null
  loops: { key: string; from: string; to: string; times: string; dossiers: string }[]
  holders: HolderRow[]
  /** Whether officers of some place shown are left unnamed. */
  hidden: boolean
}

export interface HolderRow {
  key: string
  who: string
  role: string
  place: string
  count: string
  late: string
  oldest: string
}

export interface FiguresFacts {
  time: WhereTimeGoes
  process: CompiledProcess
  names: FiguresNames
  /** Authorities whose officers may be named. */
  named: readonly string[]
  locale: Locale
}

/** Where the time of a process goes, as the page says it. Pure. */
export function figuresView(facts: FiguresFacts): FiguresView {
  const { time, locale } = facts
  const lines = inOrder(time.steps, facts.process).filter(
    ({ kind, done, openNow }) => kind === 'step' || kind === 'wait' || done + openNow > 0,
  )
  return {
    figures: drawnFigures(facts),
    findings: findings(facts),
    rows: lines.map((line) => rowOf(line, facts)),
    total: totalOf(time, locale),
    loops: time.loops.map(({ from, to, times, dossiers }) => ({
      key: `${from} ${to}`,
      from: nameOfNode(facts.process, from),
      to: nameOfNode(facts.process, to),
      times: numberText(times, locale),
      dossiers: numberText(dossiers, locale),
    })),
    holders: time.holders.map((holder) => holderOf(holder, facts)),
    hidden: time.holders.some(({ authority }) => !facts.named.includes(authority)),
  }
}

const kinds: readonly StepTime['kind'][] = [
  ...(['intake', 'step', 'wait', 'consult', 'visit', 'supplement', 'obligation', 'confirm'] as const),
  ...(['handover', 'transfer', 'return', 'compensation'] as const),
]
/** Lines as a dossier meets them; steps and waits as they are drawn. */
export function inOrder(lines: readonly StepTime[], process: CompiledProcess): StepTime[] {
  const place = placeIn(process)
  const rank = ({ kind }: StepTime) => kinds.indexOf(kind === 'wait' ? 'step' : kind)
  return lines.toSorted((a, b) => rank(a) - rank(b) || place(a.stepId ?? '') - place(b.stepId ?? ''))
}

const nameOfNode = ({ steps, waits, boundaries }: CompiledProcess, id: string) =>
  (steps[id] ?? waits[id] ?? boundaries[id])?.name || id

/** What a line is called: its step, or what kind of task it is. */
export function lineName(
  { kind, stepId, whose }: Pick<StepTime, 'kind' | 'stepId' | 'whose'>,
  process: CompiledProcess,
  t: Translate,
): string {
  if (kind === 'step' || kind === 'wait')
    return stepId === null ? t(`reform.kind.${kind}`) : nameOfNode(process, stepId)
  const what = kind === 'return' && whose === 'applicant' ? 'collect' : kind
  const about = stepId === null ? '' : `, ${nameOfNode(process, stepId)}`
  return t(`reform.kind.${what}`) + about
}

const hours = (minutes: number, locale: Locale) => numberText(minutes / 60, locale, minutes < 6000 ? 1 : 0)

/** How much of the time: from hardly any to most. */
export function levelOf(share: number): StepFigure['level'] {
  return share >= 0.3 ? 3 : share >= 0.15 ? 2 : share >= 0.05 ? 1 : 0
}

function drawnFigures({ time, process, locale }: FiguresFacts): Record<string, StepFigure> {
  const t = messages(locale)
  const drawn: Record<string, StepFigure> = {}
  for (const line of time.steps) {
    const { kind, stepId, waiting, working, share, done, openNow } = line
    if (stepId === null || (kind !== 'step' && kind !== 'wait')) continue
    if (waiting === null || working === null) {
      if (openNow > 0) {
        const text = t('reform.figure.open', { open: openNow })
        drawn[stepId] = { text, level: 0, title: `${nameOfNode(process, stepId)}: ${text}` }
      }
      continue
    }
    const said = { waiting: hours(waiting.p50, locale), working: hours(working.p50, locale) }
    drawn[stepId] = {
      text: t(kind === 'wait' || working.p90 === 0 ? 'reform.figure.one' : 'reform.figure.both', said),
      level: levelOf(share),
      title: t('reform.figure.title', {
        ...said,
        name: nameOfNode(process, stepId),
        waiting90: hours(waiting.p90, locale),
        working90: hours(working.p90, locale),
        share: percentText(share, locale),
        done: done,
        open: openNow,
      }),
    }
  }
  return drawn
}

/** The address of the page, or of its table as a file, with the same question. */
export function figuresHref(path: string, { place, period }: Pick<FiguresAsked, 'place' | 'period'>): string {
  const query = new URLSearchParams({ ...(place && { noi: place }), tu: period.from, den: period.to })
  return `${path}?${query}`
}

/** The table for spreadsheets: minutes as numbers, all columns. */
export function csvOf(
  { time, process, locale }: FiguresFacts,
  isSample: boolean,
): (string | number | null)[][] {
  const t = messages(locale)
  const minutes = (key: 'waiting' | 'working') =>
    ['p50', 'p90'].map((part) => `${t(`reform.steps.${key}`)} ${part} (${t('reform.minutes')})`)
  const head = [
    ...['id', 'kind', t('reform.steps.name'), t('reform.steps.done'), t('reform.steps.open')],
    ...[
      ...minutes('waiting'),
      ...minutes('working'),
      `${t('reform.steps.planned')} (${t('reform.minutes')})`,
    ],
    ...[
      t('reform.steps.over'),
      `${t('reform.steps.share')} (0–1)`,
      t('reform.steps.again'),
      t('reform.steps.handOvers'),
    ],
    ...(isSample ? [''] : []),
  ]
  const lines = inOrder(time.steps, process).map((line) => [
    ...[line.stepId ?? '', line.kind, lineName(line, process, t), line.done, line.openNow],
    ...[
      line.waiting?.p50 ?? null,
      line.waiting?.p90 ?? null,
      line.working?.p50 ?? null,
      line.working?.p90 ?? null,
    ],
    ...[line.planned, line.overPlan, Math.round(line.share * 10_000) / 10_000, line.again, line.handOvers],
    ...(isSample ? [t('web.sample.tag')] : []),
  ])
  return [head, ...lines]
}

function rowOf(line: StepTime, { process, locale }: FiguresFacts): FigureRow {
  const t = messages(locale)
  const { kind, stepId, whose, done, planned, overPlan, again, handOvers, share } = line
  const nothing = { half: '–', most: '' }
  const spread = (of: Spread | null): SpreadText =>
    of === null || of.p90 === 0
      ? nothing
      : {
          half: spanText(of.p50, locale),
          most: t('reform.steps.most', { time: spanText(of.p90, locale) }),
        }
  const some = (count: number) => (count === 0 ? '–' : numberText(count, locale))
  return {
    key: `${kind} ${whose} ${stepId ?? ''}`,
    name: lineName(line, process, t),
    whose: whose === 'office' ? '' : t(`reform.whose.${whose}`),
    done: numberText(done, locale),
    open: some(line.openNow),
    late: line.lateNow > 0 ? t('reform.steps.late', { count: line.lateNow }) : '',
    waiting: spread(line.waiting),
    working: whose === 'office' ? spread(line.working) : nothing,
    planned: planned === null ? '–' : spanText(planned, locale),
    over: planned === null || done === 0 ? '–' : percentText(overPlan / done, locale),
    share: kind === 'return' || (done === 0 && share === 0) ? '–' : percentText(share, locale),
    level: levelOf(share),
    again: some(again),
    handOvers: some(handOvers),
  }
}

const stages: readonly Stage[] = ['intake', 'settling', 'returning']
const shares: readonly Share[] = ['waiting', 'working', 'applicant', 'others']

function totalOf({ total }: WhereTimeGoes, locale: Locale): FiguresView['total'] {
  if (total.dossiers === 0) return null
  const t = messages(locale)
  const average = (stage: Stage, share: Share) => {
    const { dossiers, ...sums } = total.stages[stage]
    return dossiers === 0 ? 0 : sums[share] / dossiers
  }
  const cell = (minutes: number) => (minutes < 1 ? '–' : spanText(minutes, locale))
  const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)
  const rows = stages.map((stage) => ({
    name: t(`reform.total.stages.${stage}`),
    averages: shares.map((share) => average(stage, share)),
  }))
  const all = shares.map((_, i) => sum(rows.map(({ averages }) => averages[i]!)))
  return {
    title: t('reform.total.title', { count: numberText(total.dossiers, locale) }),
    heads: [...shares.map((share) => t(`reform.total.shares.${share}`)), t('reform.total.average')],
    rows: [...rows, { name: t('reform.total.stages.all'), averages: all }].map(({ name, averages }) => ({
      name,
      cells: [...averages, sum(averages)].map(cell),
    })),
  }
}

function holderOf(holder: Holder, { names, named, locale }: FiguresFacts): HolderRow {
  const t = messages(locale)
  const { officerId, role, authority, count, late, oldest } = holder
  const nobody = named.includes(authority) ? 'reform.holders.nobody' : 'reform.holders.notNamed'
  return {
    key: `${officerId} ${role} ${authority}`,
    who: officerId === null ? t(nobody) : (names.officers[officerId] ?? officerId),
    role: t(`processes.role.${role as 'head'}`),
    place: names.places[authority] ?? authority,
    count: numberText(count, locale),
    late: late === 0 ? '–' : numberText(late, locale),
    oldest: dateText(oldest),
  }
}

/** The figures in a few sentences, the weightiest first. */
export function findings(facts: FiguresFacts): string[] {
  const { time, process, locale } = facts
  const t = messages(locale)
  if (time.total.dossiers === 0 && time.steps.every(({ done }) => done === 0)) return []
  const name = (line: StepTime) => lineName(line, process, t)
  return [
    waitingSaid(time, name, t, locale),
    longestSaid(time, name, t, locale),
    untilSaid(time, t, locale),
    splitSaid(time, t, locale),
    overSaid(time, name, t, locale),
    loopSaid(time, process, t, locale),
    lateSaid(time, name, t),
    handsSaid(time, name, t),
  ].filter((each) => each !== undefined)
}

type NameOf = (line: StepTime) => string

const most = <T>(items: readonly T[], of: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, each) => (best === undefined || of(each) > of(best) ? each : best),
    undefined,
  )

function waitingSaid({ steps }: WhereTimeGoes, name: NameOf, t: Translate, locale: Locale) {
  const line = most(
    steps.filter(({ kind }) => kind === 'step' || kind === 'intake'),
    ({ waitingSum }) => waitingSum,
  )
  if (line === undefined || line.share === 0) return undefined
  const share = line.share * (line.waitingSum / (line.waitingSum + line.workingSum))
  if (share < 0.1) return undefined
  const near = (part: number, within: number) => Math.abs(share - part) <= within
  const key = near(0.5, 0.05)
    ? 'waitHalf'
    : near(1 / 3, 0.03)
      ? 'waitThird'
      : near(0.25, 0.03)
        ? 'waitQuarter'
        : 'waitPart'
  return t(`reform.finding.${key}`, { step: name(line), share: percentText(share, locale) })
}

function untilSaid({ total: { untilDecided } }: WhereTimeGoes, t: Translate, locale: Locale) {
  if (untilDecided === null) return undefined
  const { p50, p90 } = untilDecided
  return t('reform.finding.until', { p50: spanText(p50, locale), p90: spanText(p90, locale) })
}

function splitSaid({ total }: WhereTimeGoes, t: Translate, locale: Locale) {
  const parts = shares.map((share) => total.stages.intake[share] + total.stages.settling[share])
  const all = parts.reduce((sum, each) => sum + each, 0)
  if (all === 0) return undefined
  const said = shares.flatMap((share, i) =>
    parts[i]! / all < 0.0005
      ? []
      : [`${t(`reform.finding.parts.${share}`)} ${percentText(parts[i]! / all, locale)}`],
  )
  return t('reform.finding.split', { parts: said.join(', ') })
}

// The step that takes most, when it is not the one where most is waited for.
function longestSaid({ steps }: WhereTimeGoes, name: NameOf, t: Translate, locale: Locale) {
  const line = most(
    steps.filter(({ kind }) => kind === 'step'),
    ({ share }) => share,
  )
  if (line === undefined || line.share < 0.2 || line.workingSum <= line.waitingSum) return undefined
  return t('reform.finding.longest', { step: name(line), share: percentText(line.share, locale) })
}

function overSaid({ steps }: WhereTimeGoes, name: NameOf, t: Translate, locale: Locale) {
  const line = most(
    steps.filter(({ planned, done }) => planned !== null && done >= 5),
    ({ overPlan, done }) => overPlan / done,
  )
  if (line === undefined || line.overPlan / line.done < 0.05) return undefined
  return t('reform.finding.over', { step: name(line), share: percentText(line.overPlan / line.done, locale) })
}

function loopSaid({ loops, total }: WhereTimeGoes, process: CompiledProcess, t: Translate, locale: Locale) {
  const [loop] = loops
  if (loop === undefined || total.dossiers === 0) return undefined
  const share = (100 * loop.dossiers) / total.dossiers
  if (share < 0.5) return undefined
  return t('reform.finding.loop', {
    count: numberText(share, locale, share < 10 ? 1 : 0),
    from: nameOfNode(process, loop.from),
    to: nameOfNode(process, loop.to),
  })
}

function lateSaid({ steps }: WhereTimeGoes, name: NameOf, t: Translate) {
  const office = steps.filter(({ whose }) => whose === 'office')
  const count = office.reduce((sum, { lateNow }) => sum + lateNow, 0)
  const line = most(office, ({ lateNow }) => lateNow)
  return count === 0 || line === undefined ? undefined : t('reform.finding.late', { count, step: name(line) })
}

function handsSaid({ steps }: WhereTimeGoes, name: NameOf, t: Translate) {
  const line = most(
    steps.filter(({ done }) => done >= 5),
    ({ handOvers, done }) => handOvers / done,
  )
  if (line === undefined || line.handOvers / line.done < 0.1) return undefined
  return t('reform.finding.hands', { step: name(line), count: line.handOvers, done: line.done })
}
