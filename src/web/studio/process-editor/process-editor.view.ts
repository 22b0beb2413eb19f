import type { StepRow, StepTable, StepTarget } from 'motcua/modules/processes'

/** A row of the step table as it is typed: hours are text until they are read. */
export interface RowDraft extends Omit<StepRow, 'hours' | 'role'> {
  hours: string
  role: NonNullable<StepRow['role']> | ''
}

export interface TableDraft {
  rows: RowDraft[]
  receptionHours: string
  returnHours: string
}

/** Hours as people write them. */
export const hoursText = (hours: number | null): string =>
  hours === null ? '' : `${hours}`.replace('.', ',')

/** A table as it is typed into. */
export const draftOf = ({ rows, receptionHours, returnHours }: StepTable): TableDraft => ({
  rows: rows.map((row) => ({ ...row, hours: hoursText(row.hours), role: row.role ?? '' })),
  receptionHours: receptionHours === 0 ? '' : hoursText(receptionHours),
  returnHours: returnHours === 0 ? '' : hoursText(returnHours),
})

/** A plain number of hours; null when it is none yet. The server reads "1/2 ngày" too. */
export function plainHours(text: string): number | null {
  const hours = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(hours) && hours > 0 ? hours : null
}

/** Working hours along the longest way through the rows; a way back adds nothing. Pure. */
export function longestHours(rows: readonly RowDraft[]): number {
  const index = new Map(rows.map(({ id }, i) => [id, i]))
  const known = new Map<number, number>()
  const open = new Set<number>()
  const from = (i: number): number => {
    const row = rows[i]
    if (!row || open.has(i)) return 0
    const found = known.get(i)
    if (found !== undefined) return found
    open.add(i)
    const onward = row.outcomes.map(({ to }) => {
      if (to === 'next') return from(i + 1)
      return to.startsWith('#') ? from(index.get(to.slice(1)) ?? -1) : 0
    })
    const hours = (plainHours(row.hours) ?? 0) + Math.max(0, ...onward)
    open.delete(i)
    known.set(i, hours)
    return hours
  }
  return rounded(from(0))
}

/** The whole time that counts towards the limit: before, inside and after the process. */
export const totalHours = ({ rows, receptionHours, returnHours }: TableDraft): number =>
  rounded(longestHours(rows) + (plainHours(receptionHours) ?? 0) + (plainHours(returnHours) ?? 0))

const rounded = (hours: number) => Math.round(hours * 100) / 100

/** What is done to the table besides typing. */
export type TableAct =
  | { do: 'add'; at: number }
  | { do: 'remove' | 'up' | 'down'; at: number }
  | { do: 'refusal' }

/** The act that a pressed button names (`up-3`); undefined for anything else. */
export function actNamed(name: string): TableAct | undefined {
  if (name === 'refusal') return { do: 'refusal' }
  const [, act, at] = /^(add|remove|up|down)-(\d{1,3})$/.exec(name) ?? []
  return act === undefined ? undefined : { do: act as 'add', at: Number(at) }
}

/** Words that a new refusal branch is made of. */
export interface RefusalWords {
  draft: string
  sign: string
  issue: string
}

/**
 * The rows after an act. A removed row takes the ways to it along: they lead where it led. Pure.
 */
export function afterAct(rows: readonly RowDraft[], act: TableAct, words: RefusalWords): RowDraft[] {
  switch (act.do) {
    case 'add':
      return act.at <= rows.length ? rows.toSpliced(act.at, 0, emptyRow(freeId('buoc', rows))) : [...rows]
    case 'remove':
      return withoutRow(rows, act.at)
    case 'up':
      return swapped(rows, act.at - 1)
    case 'down':
      return swapped(rows, act.at)
    case 'refusal':
      return withRefusal(rows, words)
    default:
      return act satisfies never
  }
}

const emptyRow = (id: string): RowDraft => ({
  ...{ id, name: '', note: '', performer: '', role: '', unitKind: 'division', authority: 'competent' },
  ...{ kind: 'work', hours: '', product: '', outcomes: [{ outcome: 'ok', to: 'next' }] },
})

function freeId(base: string, rows: readonly RowDraft[]): string {
  const used = new Set(rows.map(({ id }) => id))
  for (let number = rows.length + 1; ; number += 1)
    if (!used.has(`${base}-${number}`)) return `${base}-${number}`
}

function swapped(rows: readonly RowDraft[], at: number): RowDraft[] {
  const [first, second] = [rows[at], rows[at + 1]]
  return first && second ? rows.toSpliced(at, 2, second, first) : [...rows]
}

function withoutRow(rows: readonly RowDraft[], at: number): RowDraft[] {
  const gone = rows[at]
  if (!gone) return [...rows]
  const led = gone.outcomes[0]?.to ?? 'next'
  const below = rows[at + 1]
  const instead: StepTarget =
    led === 'next' ? (below ? `#${below.id}` : 'granted') : led === `#${gone.id}` ? 'granted' : led
  return rows.toSpliced(at, 1).map((row) => ({
    ...row,
    outcomes: row.outcomes.map(({ outcome, to }) => ({ outcome, to: to === `#${gone.id}` ? instead : to })),
  }))
}

/** Whether a step ends with a refusal that nobody drafts, signs and issues. */
export const refusesAtOnce = (rows: readonly RowDraft[]): boolean =>
  rows.some(({ outcomes }) => outcomes.slice(1).some(({ to }) => to === 'refused'))

/** Leads refusals through three steps of their own, done by whoever does the same for the result. */
function withRefusal(rows: readonly RowDraft[], words: RefusalWords): RowDraft[] {
  const [draft, sign, issue] = (['draft', 'decide', 'issue'] as const).map((kind) =>
    rows.find((row) => row.kind === kind),
  )
  const used = [...rows]
  const like = (
    row: RowDraft | undefined,
    stated: Pick<RowDraft, 'name' | 'kind' | 'role' | 'unitKind' | 'outcomes'>,
    id: string,
  ) => {
    const { performer = '', hours = '', role = stated.role, unitKind = stated.unitKind } = row ?? {}
    const made: RowDraft = { ...emptyRow(freeId(id, used)), performer, hours, ...stated, role, unitKind }
    used.push(made)
    return made
  }
  const drafting = like(
    draft,
    {
      name: words.draft,
      kind: 'draft',
      role: 'specialist',
      unitKind: 'division',
      outcomes: [{ outcome: 'ok', to: 'next' }],
    },
    'soan-tu-choi',
  )
  const back: StepTarget = `#${drafting.id}`
  const signing = like(
    sign,
    {
      name: words.sign,
      kind: 'decide',
      role: 'leader',
      unitKind: 'leadership',
      outcomes: [
        { outcome: 'approved', to: 'next' },
        { outcome: 'send-back', to: back },
      ],
    },
    'ky-tu-choi',
  )
  const issuing = like(
    issue,
    {
      name: words.issue,
      kind: 'issue',
      role: 'clerk',
      unitKind: 'clerk-office',
      outcomes: [{ outcome: 'ok', to: 'refused' }],
    },
    'phat-hanh-tu-choi',
  )
  const redirected = rows.map((row, i) => ({
    ...row,
    outcomes: row.outcomes.map(({ outcome, to }, n) => {
      // What used to run out of the table has rows below it now.
      if (to === 'next' && i === rows.length - 1) return { outcome, to: 'granted' as const }
      return { outcome, to: to === 'refused' && n > 0 ? back : to }
    }),
  }))
  return [...redirected, drafting, signing, issuing]
}

/** The ways of a row that the table offers: the ordinary one, sending back, refusing, then whatever else it has. */
export function waysOf(row: RowDraft): { outcome: string; to: StepTarget | ''; ordinary: boolean }[] {
  const [ordinary = { outcome: 'ok', to: 'next' as const }, ...others] = row.outcomes
  const usual = ['send-back', row.kind === 'decide' ? 'decline' : 'not-eligible'].filter(
    (outcome) => outcome !== ordinary.outcome && !others.some((each) => each.outcome === outcome),
  )
  return [
    { ...ordinary, ordinary: true },
    ...others.map((each) => ({ ...each, ordinary: false })),
    ...usual.map((outcome) => ({ outcome, to: '' as const, ordinary: false })),
  ]
}

/** The row with one of its ways led elsewhere; an empty target takes the way off. */
export function withWay(row: RowDraft, outcome: string, to: string): RowDraft {
  const others = row.outcomes.filter((each, i) => i === 0 || each.outcome !== outcome || to !== '')
  const known = others.some((each) => each.outcome === outcome)
  const outcomes = others.map((each) =>
    each.outcome === outcome && to !== '' ? { outcome, to: to as StepTarget } : each,
  )
  return {
    ...row,
    outcomes: known || to === '' ? outcomes : [...outcomes, { outcome, to: to as StepTarget }],
  }
}

/** Joins a table that was read to the end of another: the last step then goes on to the first new one. */
export function appended(rows: readonly RowDraft[], more: readonly RowDraft[]): RowDraft[] {
  const used = new Set(rows.map(({ id }) => id))
  const renamed = new Map<string, string>()
  for (const { id } of more) {
    let free = id
    for (let number = 2; used.has(free); number += 1) free = `${id}-${number}`
    used.add(free)
    renamed.set(id, free)
  }
  const target = (to: StepTarget): StepTarget =>
    to.startsWith('#') ? `#${renamed.get(to.slice(1)) ?? to.slice(1)}` : to
  return [
    ...rows,
    ...more.map((row) => ({
      ...row,
      id: renamed.get(row.id)!,
      outcomes: row.outcomes.map(({ outcome, to }) => ({ outcome, to: target(to) })),
    })),
  ]
}
