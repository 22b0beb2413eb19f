import {
  computeDue,
  type Due,
  explainAll,
  Limit,
  type Pause,
  shippedCalendar,
} from '../modules/calendar/index.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'

const help = `motcua clock due computes a due date and says why, with the code that sets the dates of dossiers.

  --accepted INSTANT   when a complete dossier was received: 2026-02-13T09:00+07:00
  --limit N            the limit as a number (0 to 2000)
  --unit UNIT          working-hour, working-day, day or same-day (default working-day)
  --cut-off HH:MM      received after it counts as the next working day
  --pause FROM/TO      a span that does not count, two instants; leave TO empty while it lasts; repeat for more
  --restart            the count begins anew after a pause; without it the pause is given back
  --extension N        days added once, in the unit of the limit
  --hours SESSIONS     working sessions, 07:30-11:30,13:30-17:00 when not given
  --json               one JSON object: dueAt, calendarVersion, explanation`

export default {
  summary: 'compute a due date and explain it: motcua clock due …',
  help,
  async run([what, ...args]) {
    if (what !== 'due') throw new UsageError('motcua clock due [options]; --help tells more')
    const given = options(args, {
      accepted: { type: 'string' },
      limit: { type: 'string' },
      unit: { type: 'string', default: 'working-day' },
      'cut-off': { type: 'string' },
      pause: { type: 'string', multiple: true },
      restart: { type: 'boolean', default: false },
      extension: { type: 'string' },
      hours: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    if (!given.accepted || !given.limit) throw new UsageError('--accepted and --limit are needed')
    const limit = Limit.safeParse({ amount: wholeNumber(given.limit, 'limit', 0), unit: given.unit })
    if (!limit.success) throw new UsageError(`--limit and --unit: ${limit.error.issues[0]!.message}`)
    const due = computeDue({
      acceptedAt: instant(given.accepted, 'accepted'),
      limit: limit.data,
      cutOff: given['cut-off'] ? time(given['cut-off'], 'cut-off') : null,
      pauses: (given.pause ?? []).map(pause),
      extensionDays: wholeNumber(given.extension, 'extension', 0),
      restart: given.restart ? 'restart' : 'subtract',
      calendar: await shippedCalendar(given.hours ? { hours: given.hours.split(',').map(session) } : {}),
    })
    process.stdout.write(given.json ? `${JSON.stringify(due)}\n` : inWords(due))
    return 0
  },
} satisfies Command

function inWords({ dueAt, calendarVersion, explanation }: Due): string {
  const head = dueAt === null ? 'Đồng hồ đang dừng · the clock stands' : `Hạn · due: ${dueAt}`
  const lines = explainAll(explanation, 'vi').map(
    (sentence, i) => `${String(i + 1).padStart(3)}. ${sentence}`,
  )
  return `${[head, ...lines, `Lịch · calendar: ${calendarVersion}`].join('\n')}\n`
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
  const [from, to] = text.split('/')
  if (from === undefined || to === undefined) throw new UsageError(`--pause takes FROM/TO, not "${text}"`)
  return { from: instant(from, 'pause'), to: to === '' ? null : instant(to, 'pause'), reason: 'supplement' }
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
