import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../app.ts'
import { inTransaction } from '../kernel/db.ts'
import { isRefusal, type Refusal } from '../kernel/errors.ts'
import { findMessage, type MessageParams } from '../kernel/i18n.ts'
import { dateOfLaw } from '../kernel/time.ts'
import {
  country,
  findYear,
  type PublishedDays,
  type YearProblem,
  yearsPublished,
} from '../modules/calendar/index.ts'
import { findAuthority } from '../modules/directory/index.ts'
import {
  askForRecomputation,
  type CalendarDraft,
  type CalendarEffect,
  findRecomputation,
  previewCalendar,
  publishCalendar,
  type Recomputation,
  runRecomputations,
  untilAllKnowMs,
} from '../modules/dossiers/index.ts'
import { type DaysFile, type LineProblem, readDaysFile } from './calendar-file.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'
import { withApp } from './with-app.ts'

const help = `motcua calendar list        days off as they are published, and which years are
motcua calendar preview     what publishing a file would do to the open dossiers; nothing is stored
motcua calendar publish     publish a file as the days off of a territory and year, and recompute open dossiers
motcua calendar recompute   recompute open dossiers with the calendars in force: after a restore, or new reference data

  --territory CODE   VN (default), or the code of a province or authority that publishes days of its own
  --year YYYY        the year of the days (list: default this year)
  --file FILE        preview, publish: all days of that year as CSV, as in db/reference/holidays.csv:
                     date,weekday,kind,name_vi,status,basis,note
                     kind is statutory_holiday, compensatory_off, swapped_off or makeup_workday;
                     status is official (when left out), recalled, provisional or pending (not yet law: not off);
                     weekday and note may be left out
  --source TEXT      publish, recompute: the decision or announcement that says so
  --by NAME          publish, recompute: who answers for it
  --at-most N        preview: look at so many open dossiers (default 20000)
  --json             one JSON object

A file replaces all days of the territory and year. Publishing the same days again changes nothing.
Recomputing is done here and now unless a worker is at it; then this waits for it. Each dossier whose dates move gets
an entry in its journal, and doing it twice changes nothing.

Exit code 0: done; 1: refused, the problems are listed with their lines; 2: the command line is wrong.`

const known = {
  territory: { type: 'string', default: country },
  year: { type: 'string' },
  file: { type: 'string' },
  source: { type: 'string' },
  by: { type: 'string' },
  'at-most': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const
type Given = ReturnType<typeof options<typeof known>>

const acts: Record<string, (app: App, given: Given) => Promise<number>> = {
  list,
  preview,
  publish,
  recompute,
}

export default {
  summary: 'list, preview and publish days off, and recompute open dossiers',
  help,
  async run([what = '', ...args]) {
    const act = Object.hasOwn(acts, what) ? acts[what] : undefined
    if (!act) throw new UsageError('motcua calendar list | preview | publish | recompute; --help tells more')
    const given = options(args, known)
    return withApp((app) => act(app, given))
  },
} satisfies Command

async function list({ db, now }: App, { territory, year, json }: Given): Promise<number> {
  const thisYear = Number(dateOfLaw(now()).slice(0, 4))
  const asked = wholeNumber(year, 'year', thisYear)
  const [published, years] = await Promise.all([
    findYear(db.pool, { territory, year: asked }),
    yearsPublished(db.pool, territory),
  ])
  if (json) say({ territory, year: asked, years, published: published ?? null })
  else
    print([
      ...daysInWords(published, { territory, year: asked }),
      `Các năm đã công bố · years: ${years.join(', ')}`,
    ])
  return 0
}

function daysInWords(
  published: PublishedDays | undefined,
  asked: { territory: string; year: number },
): string[] {
  if (!published) return [`${asked.territory} ${asked.year}: chưa công bố · not published`]
  const { territory, year, version, source, by, at, days } = published
  return [
    `${territory} ${year}, bản · version ${version}, ${dateOfLaw(at)}, ${[source, by].filter(Boolean).join(', ')}`,
    ...days.map(({ date, kind, status, name, basis }) =>
      [date, kind.padEnd(17), status.padEnd(11), `${name} (${basis})`].join('  '),
    ),
  ]
}

async function preview({ db, now }: App, given: Given): Promise<number> {
  const file = await daysOf(given)
  const draft = draftOf(given, file)
  const atMost = wholeNumber(given['at-most'], 'at-most', 20_000)
  const effect = await previewCalendar(db, draft, { now: now(), ...(atMost > 0 && { atMost }) })
  if (isRefusal(effect) || file.problems.length > 0)
    return refuse(given, file, isRefusal(effect) ? effect : undefined)
  if (given.json) say(effect)
  else print(effectInWords(effect))
  return 0
}

async function publish(app: App, given: Given): Promise<number> {
  const { source, by } = answeredFor(given)
  const file = await daysOf(given)
  // A file with a wrong weekday is not published, whatever the calendar thinks of the rest.
  if (file.problems.length > 0) {
    const effect = await previewCalendar(app.db, draftOf(given, file), { now: app.now(), atMost: 1 })
    return refuse(given, file, isRefusal(effect) ? effect : undefined)
  }
  const published = await publishCalendar(app.db, { ...draftOf(given, file), source, by }, app.now())
  if (isRefusal(published)) return refuse(given, file, published)
  const { territory, year, version } = published
  if (published.run === null) {
    if (given.json) say({ ...published, recomputed: null })
    else
      print([`${territory} ${year}: như bản đang có, không đổi gì · as published already, nothing changes`])
    return 0
  }
  const run = await finish(app, published.run)
  if (given.json) say({ ...published, recomputed: run })
  else print([`${territory} ${year}: bản · version ${version}`, ...runInWords(run)])
  return 0
}

async function recompute(app: App, given: Given): Promise<number> {
  const { source, by } = answeredFor(given)
  const { territory, json } = given
  if (territory !== country && !(await findAuthority(app.db, territory)))
    throw new UsageError(`--territory: there is no authority ${territory}`)
  const asked = { territory, year: null, version: null, by, source, askedAt: app.now() }
  const { id } = await inTransaction(app.db, (tx) => askForRecomputation(tx, asked))
  const run = await finish(app, id)
  if (json) say(run)
  else print(runInWords(run))
  return 0
}

/** Recomputes here, or waits for the worker that does. */
async function finish({ db, now }: App, id: string): Promise<Recomputation> {
  await sleep(untilAllKnowMs)
  const onProgress = ({ open }: { open: number }) => void process.stderr.write(`\r${open}`)
  for (;;) {
    await runRecomputations({ db, now, onProgress })
    const run = await findRecomputation(db.pool, id)
    if (!run) throw new Error(`the recomputation ${id} is gone`)
    if (run.finishedAt !== null) {
      process.stderr.write('\r')
      return run
    }
    await sleep(500)
  }
}

function answeredFor({ source, by }: Given): { source: string; by: string } {
  if (!source?.trim() || !by?.trim())
    throw new UsageError('--source and --by are needed: who says so, and who did it')
  return { source, by }
}

async function daysOf({ file }: Given): Promise<DaysFile> {
  if (!file) throw new UsageError('--file is needed')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--file: ${file} cannot be read (${error.code})`)
  })
  return readDaysFile(text)
}

function draftOf({ territory, year, source, by }: Given, { days }: DaysFile): CalendarDraft {
  if (year === undefined) throw new UsageError('--year is needed')
  // The calendar reads the days itself and names what is wrong in them.
  const read = days as CalendarDraft['days']
  return { territory, year: wholeNumber(year, 'year', 0), days: read, source: source ?? '-', by: by ?? '-' }
}

function refuse({ json, file: name }: Given, file: DaysFile, refused: Refusal | undefined): number {
  const problems = [...file.problems, ...(refused ? problemsOf(refused, file) : [])].sort(
    (a, b) => a.line - b.line,
  )
  if (json) say({ refused: refused?.code ?? 'calendar.invalid-year', problems })
  for (const { line, column, vi, en } of problems) {
    const where = [line > 0 ? `${name}:${line}` : '', column].filter(Boolean).join(' ')
    process.stderr.write(`✗ ${where}${where ? ': ' : ''}${vi} · ${en}\n`)
  }
  return 1
}

const columns: Record<string, string> = { name: 'name_vi' }

function problemsOf(refused: Refusal, { lines }: DaysFile): LineProblem[] {
  const { problems } = refused.details as { problems?: YearProblem[] }
  if (!problems) return [{ line: 0, column: '', ...inBoth(refused.code, refused.details as MessageParams) }]
  return problems.map(({ field, code, params }) => {
    const [, row, column] = /^days\.(\d+)\.?(.*)$/.exec(field) ?? []
    const said = inBoth(code, params)
    if (row === undefined) return { line: 0, column: `--${field}`, ...said }
    return { line: lines[Number(row)] ?? 0, column: columns[column!] ?? column!, ...said }
  })
}

const inBoth = (code: string, params: MessageParams = {}) => ({
  vi: findMessage('vi', code, params) ?? code,
  en: findMessage('en', code, params) ?? code,
})

function effectInWords(effect: CalendarEffect): string[] {
  return [
    ...countsInWords(effect),
    ...(effect.complete ? [] : ['Chưa xem hết · there are more; --at-most looks at more']),
    ...effect.examples.map(({ code, from, to }) => `  ${code}: ${from ?? '-'} → ${to ?? '-'}`),
  ]
}

const runInWords = (run: Recomputation): string[] => countsInWords(run)

function countsInWords(
  counts: Pick<CalendarEffect, 'open' | 'moved' | 'later' | 'earlier' | 'withoutYear' | 'missing'>,
) {
  const { open, moved, later, earlier, withoutYear, missing } = counts
  return [
    `${open} hồ sơ chưa giải quyết xong đã xem · open dossiers looked at`,
    `${moved} hồ sơ đổi ngày · dossiers whose dates move; ${later} muộn hơn · later, ${earlier} sớm hơn · earlier`,
    ...(withoutYear > 0
      ? [
          `${withoutYear} hồ sơ cần một năm chưa công bố · dossiers need a year that is not published:`,
          ...missing.map(({ code, year }) => `  ${code}: ${year}`),
        ]
      : []),
  ]
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
