import type { SpecialDay } from './calendar.ts'

// The slow reading of the law: it looks at every minute of the wall clock and asks of each whether it counts.
// It shares no code with the calculation. Minutes are counted from the beginning of the world's first year.

export interface World {
  name: string
  firstYear: number
  years: number[]
  days: SpecialDay[]
  weekdays: number[]
  sessions: [string, string][]
}

export interface SlowFacts {
  /** Minute of receipt. */
  accepted: number
  unit: 'working-hour' | 'working-day' | 'day' | 'same-day'
  amount: number
  cutOff: string | null
  additions: number[]
  extension: number
  /** Minutes; `to` null while it lasts. */
  pauses: { from: number; to: number | null; restart: boolean }[]
}

const perDay = 24 * 60
const minuteOfDay = (time: string) => Number(time.split(':')[0]) * 60 + Number(time.split(':')[1])

export class SlowClock {
  readonly world: World
  /** For every minute of the world: 1 when the office works. */
  readonly works: Uint8Array
  readonly #open: boolean[] = []
  readonly #epoch: number

  constructor(world: World) {
    this.world = world
    this.#epoch = Date.parse(`${world.firstYear}-01-01T00:00:00+07:00`)
    const special = new Map(world.days.map((day) => [day.date, day]))
    const inside = Array.from({ length: perDay }, (_, minute) =>
      world.sessions.some(([from, to]) => minute >= minuteOfDay(from) && minute < minuteOfDay(to)),
    )
    const end = Date.parse(`${world.years.at(-1)! + 1}-01-01T00:00:00+07:00`)
    const days = (end - this.#epoch) / 86_400_000
    this.works = new Uint8Array(days * perDay)
    for (let day = 0; day < days; day += 1) {
      const kind = special.get(this.date(day))?.kind
      const weekday = new Date(`${this.date(day)}T12:00:00Z`).getUTCDay() || 7
      this.#open[day] = kind === undefined ? world.weekdays.includes(weekday) : kind === 'makeup_workday'
      if (this.#open[day])
        for (let m = 0; m < perDay; m += 1) this.works[day * perDay + m] = inside[m] ? 1 : 0
    }
  }

  instant(minute: number): string {
    return new Date(this.#epoch + minute * 60_000).toISOString()
  }

  minute(instant: string): number {
    return (Date.parse(instant) - this.#epoch) / 60_000
  }

  date(day: number): string {
    return new Date(this.#epoch + day * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)
  }

  /** The day on which a date of law or an instant lies. */
  day(when: string): number {
    const minute = when.length === 10 ? this.minute(`${when}T00:00:00+07:00`) : this.minute(when)
    return Math.floor(minute / perDay)
  }

  isOpen(day: number): boolean {
    if (this.#open[day] === undefined) throw new Error('the slow clock left its world')
    return this.#open[day]
  }

  worked(from: number, to: number): number {
    let sum = 0
    for (let m = from; m < to; m += 1) sum += this.works[m]!
    return sum
  }

  get minutesPerDay(): number {
    return this.world.sessions.reduce((sum, [from, to]) => sum + minuteOfDay(to) - minuteOfDay(from), 0)
  }

  /** The due minute; null while the clock stands. */
  due(facts: SlowFacts): number | null {
    return facts.unit === 'day' ? this.#dueInDays(facts) : this.#dueInTime(facts)
  }

  #closing(day: number): number {
    return day * perDay + minuteOfDay(this.world.sessions.at(-1)![1])
  }

  #openDays(after: number, n: number): number {
    let day = after
    for (let left = n; left > 0; ) {
      day += 1
      if (this.isOpen(day)) left -= 1
    }
    return day
  }

  #firstOpenDay(from: number): number {
    let day = from
    while (!this.isOpen(day)) day += 1
    return day
  }

  #walk(from: number, minutes: number): number {
    let at = from
    for (let left = minutes; left > 0; at += 1) if (this.works[at]) left -= 1
    return at
  }

  /** Day and minute from which a count that begins at a minute runs. */
  #start(from: number, { unit, cutOff }: SlowFacts): { day: number; minute: number } {
    const day = Math.floor(from / perDay)
    const cut = cutOff ?? (unit === 'same-day' ? '15:00' : null)
    const inHours = unit === 'working-hour' || unit === 'same-day'
    let minute = from
    const late = cut !== null && (!this.isOpen(day) || from % perDay > minuteOfDay(cut))
    if (late) minute = this.#openDays(day, 1) * perDay
    if (late || inHours) while (!this.works[minute]) minute += 1
    const counts = Math.floor(minute / perDay)
    return { day: counts, minute: inHours ? minute : (counts + 1) * perDay }
  }

  /** The due minute of a count from a minute, as if nothing paused it. */
  #plain(from: number, facts: SlowFacts): number {
    const { unit, amount, additions, extension } = facts
    const added = additions.reduce((sum, days) => sum + days, 0)
    const start = this.#start(from, facts)
    if (unit === 'day') {
      const last = this.#firstOpenDay(start.day + Math.max(1, amount) + added)
      return this.#closing(extension > 0 ? this.#firstOpenDay(last + extension) : last)
    }
    const due =
      unit === 'working-hour'
        ? this.#walk(start.minute, amount * 60 + added * this.minutesPerDay)
        : unit === 'same-day'
          ? this.#closing(this.#openDays(start.day, added))
          : this.#closing(this.#openDays(start.day, Math.max(1, amount) + added))
    return extension > 0 ? this.#closing(this.#openDays(Math.floor(due / perDay), extension)) : due
  }

  /** What each minute after receipt is: 0 runs, 1 paused, 2 paused and to begin anew, 3 standing. */
  #paused({ accepted, pauses }: SlowFacts): (minute: number) => number {
    const seen = pauses.map(({ from, to }) => Math.max(0, (to ?? from) - accepted))
    const state = new Uint8Array(Math.max(0, ...seen) + 1)
    for (const { from, to, restart } of pauses)
      for (let m = Math.max(from, accepted); m < Math.min(to ?? Infinity, accepted + state.length); m += 1)
        state[m - accepted] = Math.max(state[m - accepted]!, to === null ? 3 : restart ? 2 : 1)
    // What touches is one pause; all of it does what a part of it does.
    for (let m = 0; m < state.length; m += 1) {
      let end = m
      let most = 0
      while (state[end]) most = Math.max(most, state[end++]!)
      if (end > m) state.fill(most, m, end)
      m = end
    }
    const end = accepted + state.length
    const then = state.at(-1)!
    return (minute) => (minute < end ? state[minute - accepted]! : then)
  }

  #dueInTime(facts: SlowFacts): number | null {
    const state = this.#paused(facts)
    for (let begin = facts.accepted; ; ) {
      const from = this.#start(begin, facts).minute
      const plain = this.#plain(begin, facts)
      let left = this.worked(from, plain)
      if (left === 0) return plain
      let at = begin
      for (; left > 0 && state(at) < 2; at += 1)
        if (state(at) === 0 && at >= from && this.works[at]) left -= 1
      if (left === 0) return at
      if (state(at) === 3) return null
      while (state(at) === 2) at += 1
      begin = at
    }
  }

  #dueInDays(facts: SlowFacts): number | null {
    const state = this.#paused(facts)
    let startDay = this.#start(facts.accepted, facts).day
    let due = this.#plain(facts.accepted, facts)
    for (let at = facts.accepted; at < due; at += 1) {
      if (state(at) === 3) return null
      if (state(at) === 0) continue
      const anew = state(at) === 2
      let midnights = 0
      do {
        at += 1
        if (at % perDay === 0 && at / perDay > startDay) midnights += 1
      } while (state(at) !== 0)
      if (anew) {
        startDay = this.#start(at, facts).day
        due = this.#plain(at, facts)
      } else if (midnights > 0) due = this.#closing(this.#firstOpenDay(Math.floor(due / perDay) + midnights))
      at -= 1
    }
    return due
  }
}

/** Numbers that look random and are the same on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Ten years as somebody might publish them: Tết of five to nine days, days in exchange, Saturdays worked instead. */
export function aWorld(seed: number): World {
  const random = numbers(seed * 7919 + 1)
  const years = Array.from({ length: 10 }, (_, i) => 2025 + i)
  const weekdays = [
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5, 6],
    [2, 3, 4, 5, 6],
  ][random(4)]!
  const sessions = (
    [
      [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
      [
        ['08:00', '12:00'],
        ['13:00', '17:30'],
      ],
      [['07:30', '16:30']],
      [
        ['07:00', '09:00'],
        ['09:15', '11:45'],
        ['13:00', '17:00'],
      ],
    ] satisfies [string, string][][]
  )[random(5)]!
  const days = new Map<string, SpecialDay>()
  for (const year of years) addYear(days, year, weekdays, random)
  return { name: `synthetic ${seed}`, firstYear: 2025, years, days: [...days.values()], weekdays, sessions }
}

function addYear(
  days: Map<string, SpecialDay>,
  year: number,
  weekdays: readonly number[],
  random: (below: number) => number,
): void {
  const put = (
    date: string,
    kind: SpecialDay['kind'],
    name: string,
    status: SpecialDay['status'] = 'official',
  ) => {
    if (date.startsWith(`${year}-`)) days.set(date, { date, kind, name, status, basis: 'ngẫu nhiên' })
  }
  const after = (date: string, n: number) =>
    new Date(Date.parse(`${date}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
  const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7
  const free = (date: string) => days.has(date) || !weekdays.includes(weekday(date))
  const holiday = (date: string, name: string) => {
    const rest = !weekdays.includes(weekday(date))
    put(date, 'statutory_holiday', name)
    if (!rest) return
    let off = after(date, 1)
    while (free(off)) off = after(off, 1)
    put(off, 'compensatory_off', `Nghỉ bù ${name}`)
  }
  const tet = after(`${year}-01-21`, random(30))
  for (let i = 0; i < 5 + random(5); i += 1) holiday(after(tet, i), 'Tết Nguyên đán')
  for (const [date, name] of [
    ['01-01', 'Tết Dương lịch'],
    [`04-${10 + random(18)}`, 'Giỗ Tổ Hùng Vương'],
    ['04-30', 'Ngày Chiến thắng'],
    ['05-01', 'Ngày Quốc tế lao động'],
    ['09-02', 'Quốc khánh'],
    [random(2) ? '09-01' : '09-03', 'Quốc khánh (ngày liền kề)'],
  ] as const)
    if (!days.has(`${year}-${date}`)) holiday(`${year}-${date}`, name)
  for (let i = 0; i < random(4); i += 1) {
    const off = after(`${year}-03-01`, random(290))
    const instead = after(off, 6 - weekday(off) + (random(2) ? 7 : 0))
    if (free(off) || days.has(instead) || weekdays.includes(weekday(instead))) continue
    put(off, 'swapped_off', 'Hoán đổi ngày làm việc')
    put(instead, 'makeup_workday', 'Làm bù')
  }
}
