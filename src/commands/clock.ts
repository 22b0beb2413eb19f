import { readConfig } from '../config.ts'
import { openDatabase } from '../kernel/db.ts'
import { type Locale, locales } from '../kernel/i18n.ts'
import {
  type Calendar,
  calendarOfVersions,
  computeDue,
  type Due,
  type DueFacts,
  explainAll,
  ImpossibleClockFacts,
  Limit,
  loadCalendar,
  MissingCalendarYear,
  moment,
  type Pause,
  shippedCalendar,
} from '../modules/calendar/index.ts'
import { findAuthority } from '../modules/directory/index.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'
import { openConfiguredDatabase } from './database.ts'

const help = `motcua clock due computes a due date and says why, with the code that sets the dates of dossiers.

  --accepted INSTANT   when a complete dossier was received: 2026-02-13T09:00+07:00
  --limit N            the limit as a number (0 to 2000; only hours may have halves)
  --unit UNIT          working-hour, working-day, day or same-day (default working-day)
  --cut-off HH:MM      received after it, or on a day off, counts as the next working day (same-day: 15:00)
  --addition N         days that law adds to the limit, such as for remote areas, in the unit of the limit
  --extension N        days added once with an apology, in the unit of the limit
  --pause FROM/TO      a span that does not count, two instants; leave TO empty while it lasts; repeat for more
  --restart            the count begins anew after a pause; without it the pause is given back
  --index              also the date of the national index, where waiting is always given back
  --authority CODE     the calendar of this authority from the database: its hours, the days of its territory
  --calendar VERSION   that calendar as an earlier due date names it, such as "VN-2026.1"; with --authority
  --hours SESSIONS     working sessions, 07:30-11:30,13:30-17:00 when not given; without --authority
  --lang vi|en         language of the explanation (default vi)
  --json               one JSON object: dueAt, calendarVersion, explanation, and index: {dueAt, explanation}

Without --authority the days off are those that come with the platform, and no database is asked.
Exit code 0 with a due date or while the clock stands; 2 when the options cannot be, or when the count needs a year
whose days off were not published: that year is named.`

export default {
  summary: 'compute a due date and explain it: motcua clock due …',
  help,
  async run([what, ...args]) {
    if (what !== 'due') throw new UsageError('motcua clock due [options]; --help tells more')
    const given = readOptions(args)
    const facts = { ...factsOf(given), calendar: await calendarOf(given) }
    const due = await told(() => computeDue(facts))
    const index = given.index ? await told(() => computeDue({ ...facts, restart: 'subtract' })) : undefined
    const { dueAt, explanation } = index ?? {}
    if (given.json) print(JSON.stringify(index ? { ...due, index: { dueAt, explanation } } : due))
    else print(inWords(due, index, language(given.lang)))
    return 0
  },
} satisfies Command

type Given = ReturnType<typeof readOptions>

function readOptions(args: string[]) {
  return options(args, {
    accepted: { type: 'string' },
    limit: { type: 'string' },
    unit: { type: 'string', default: 'working-day' },
    'cut-off': { type: 'string' },
    addition: { type: 'string' },
    extension: { type: 'string' },
    pause: { type: 'string', multiple: true },
    restart: { type: 'boolean', default: false },
    index: { type: 'boolean', default: false },
    authority: { type: 'string' },
    calendar: { type: 'string' },
    hours: { type: 'string' },
    lang: { type: 'string', default: 'vi' },
    json: { type: 'boolean', default: false },
  })
}

function factsOf(given: Given): Omit<DueFacts, 'calendar'> {
  if (!given.accepted || !given.limit) throw new UsageError('--accepted and --limit are needed')
  const limit = Limit.safeParse({ amount: Number(given.limit), unit: given.unit })
  if (!limit.success) throw new UsageError(`--limit and --unit: ${limit.error.issues[0]!.message}`)
  const addition = wholeNumber(given.addition, 'addition', 0)
  return {
    acceptedAt: instant(given.accepted, 'accepted'),
    limit: limit.data,
    cutOff: given['cut-off'] ? time(given['cut-off'], 'cut-off') : null,
    additions: addition > 0 ? [{ days: addition, reason: 'law' }] : [],
    pauses: (given.pause ?? []).map(pause),
    extensionDays: wholeNumber(given.extension, 'extension', 0),
    restart: given.restart ? 'restart' : 'subtract',
  }
}

async function calendarOf({ authority, calendar, hours }: Given): Promise<Calendar> {
  if (authority === undefined) {
    if (calendar !== undefined) throw new UsageError('--calendar needs --authority')
    return told(() => shippedCalendar(hours ? { hours: hours.split(',').map(session) } : {}))
  }
  if (hours !== undefined) throw new UsageError('--hours and --authority exclude each other')
  const database = await openConfiguredDatabase(readConfig())
  const db = openDatabase(database.url, { role: 'motcua_app', max: 1 })
  try {
    if (!(await findAuthority(db, authority))) throw new UsageError(`no authority has the code ${authority}`)
    if (calendar === undefined) return await loadCalendar(db, { authorityCode: authority })
    const then = await calendarOfVersions(db, { authorityCode: authority, version: calendar })
    if (!then) throw new UsageError(`"${calendar}" names a calendar that was never published`)
    return then
  } finally {
    await db.close()
    await database.stop()
  }
}

// What the clock cannot count is told in a sentence: the person asked for something that has no answer.
async function told<T>(compute: () => T | Promise<T>): Promise<T> {
  try {
    return await compute()
  } catch (error) {
    if (error instanceof MissingCalendarYear)
      throw new UsageError(
        `chưa công bố lịch nghỉ năm ${error.year} (${error.territory}), nên chưa tính được hạn · ` +
          `the days off of ${error.year} were not published for ${error.territory}, so there is no due date`,
      )
    if (error instanceof ImpossibleClockFacts) throw new UsageError(error.message)
    throw error
  }
}

function inWords(
  { dueAt, calendarVersion, explanation }: Due,
  index: Due | undefined,
  locale: Locale,
): string {
  const lines = explainAll(explanation, locale).map(
    (sentence, i) => `${String(i + 1).padStart(3)}. ${sentence}`,
  )
  const head = `Hạn · due: ${when(dueAt, locale)}`
  const byIndex = index ? [`Hạn theo bộ chỉ số · by the index: ${when(index.dueAt, locale)}`] : []
  return [head, ...lines, ...byIndex, `Lịch · calendar: ${calendarVersion}`].join('\n')
}

function when(dueAt: string | null, locale: Locale): string {
  return dueAt === null ? 'đồng hồ đang dừng · the clock stands' : `${dueAt} (${moment(dueAt, locale)})`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function language(text: string): Locale {
  const found = locales.find((locale) => locale === text)
  if (!found) throw new UsageError(`--lang takes ${locales.join(' or ')}, not "${text}"`)
  return found
}

function instant(text: string, option: string): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !/T.*(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new UsageError(
      `--${option} takes an instant with its offset, such as 2026-02-13T09:00+07:00, not "${text}"`,
    )
  return new Date(ms).toISOString()
}

function pause(text: string): Pause {
  const [from, to, ...more] = text.split('/')
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(`--pause takes FROM/TO, not "${text}"`)
  const span = { from: instant(from, 'pause'), to: to === '' ? null : instant(to, 'pause') }
  if (span.to !== null && span.to < span.from)
    throw new UsageError(`--pause ends before it begins: "${text}"`)
  return { ...span, reason: 'supplement' }
}

function time(text: string, option: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text))
    throw new UsageError(`--${option} takes a time such as 15:00, not "${text}"`)
  return text
}

function session(text: string): [string, string] {
  const [from, to] = text.split('-')
  return [time(from ?? '', 'hours'), time(to ?? '', 'hours')]
}
