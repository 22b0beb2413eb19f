import type { ModdleElement } from 'bpmn-moddle'
import type { TimerSpec } from '../marking.ts'
import { attribute, expression, one } from './element.ts'
import type { Level } from './level.ts'

const clocks = ['working', 'calendar'] as const
const beginnings = ['start', 'step-due', 'dossier-due'] as const

/** When a timer fires; notes what cannot be understood and gives a timer that fires at once instead. */
export function timerOf(
  level: Level,
  event: ModdleElement,
  definition: ModdleElement,
  onStep: boolean,
): TimerSpec {
  const [duration, date] = ['timeDuration', 'timeDate'].map((name) => expression(one(definition, name)))
  if (definition.get('timeCycle') !== undefined) level.note('timer-cycle', event)
  else if ((duration === undefined) === (date === undefined)) level.note('timer-missing', event)
  if (date !== undefined) return dateTimer(level, event, date)
  return durationTimer(level, event, definition, duration ?? 'PT0S', onStep)
}

function dateTimer(level: Level, event: ModdleElement, text: string): TimerSpec {
  const at = instantOf(text)
  if (at === undefined) level.note('timer-invalid', event, { value: text })
  return { kind: 'date', at: at ?? '1970-01-01T00:00:00.000Z' }
}

// Without a zone a time is that of Vietnam; a date alone is its beginning.
function instantOf(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!parts) return undefined
  const [, day, time = '00:00', zone = '+07:00'] = parts
  const at = new Date(`${day}T${time}${zone}`)
  // Date.parse would take the 31st of a shorter month for the first of the next.
  const known = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || Number.isNaN(known.getTime())) return undefined
  return known.toISOString().startsWith(day!) ? at.toISOString() : undefined
}

function durationTimer(
  level: Level,
  event: ModdleElement,
  definition: ModdleElement,
  text: string,
  onStep: boolean,
): TimerSpec {
  const clock = word(level, event, definition, 'clock', clocks, 'working')
  const relativeTo = word(level, event, definition, 'relativeTo', beginnings, 'start')
  const minutes = minutesOf(text, clock)
  if (minutes === undefined || (minutes < 0 && relativeTo === 'start'))
    level.note('timer-invalid', event, { value: text })
  if (relativeTo === 'step-due' && !onStep) level.note('timer-without-step', event)
  return { kind: 'duration', minutes: minutes ?? 0, clock, relativeTo }
}

function word<const T extends string>(
  { note }: Level,
  event: ModdleElement,
  definition: ModdleElement,
  name: string,
  allowed: readonly T[],
  usual: T,
): T {
  const value = attribute(event, name) ?? attribute(definition, name) ?? usual
  const found = allowed.find((each) => each === value)
  if (found === undefined) note('attribute-unknown', event, { attribute: name, value })
  return found ?? usual
}

const hoursOfADay = { working: 8, calendar: 24 } as const
const daysOfAWeek = { working: 5, calendar: 7 } as const
const number = '(\\d+(?:\\.\\d+)?)'
const pattern = new RegExp(
  `^(-)?P(?:${number}W)?(?:${number}D)?(?:T(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`,
)
const mostMinutes = 60 * 24 * 366 * 10

/**
 * Whole minutes of an ISO 8601 duration, begun ones counted; negative for "before". A working day is eight hours and
 * a working week five days. Months and years have no length of their own, so that they are not taken.
 */
export function minutesOf(text: string, clock: 'working' | 'calendar'): number | undefined {
  const parts = pattern.exec(text.trim())
  if (!parts || !/\d/.test(text) || text.endsWith('T')) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(2)
    .map((part) => Number(part ?? 0))
  const inHours = (weeks * daysOfAWeek[clock] + days) * hoursOfADay[clock] + hours
  const total = Math.ceil(inHours * 60 + minutes + seconds / 60)
  if (total > mostMinutes) return undefined
  return parts[1] && total > 0 ? -total : total
}
