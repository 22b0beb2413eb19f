import { idFor, type StepRow } from './step-table.ts'
import type { Branching } from './step-table-branches.ts'
import type { TableLine } from './step-table-lines.ts'
import { excerpt, type NoteOf } from './step-table-notes.ts'
import { roleOf } from './step-table-words.ts'

/** A row of the table that is still to be told where it leads. */
export interface ReadRow {
  source: TableLine
  branchings: Branching[]
  row: StepRow
}

/** Gives each row its id and leads it where its sentences say. */
export function linkRows(inside: readonly ReadRow[], outside: readonly ReadRow[], note: NoteOf): StepRow[] {
  const ids: string[] = []
  for (const { row } of inside) ids.push(idFor(row.name, ids))
  const linked = inside.map((read, i) => ({ ...read, row: { ...read.row, id: ids[i]! } }))
  return linked.map((read, i) => ({ ...read.row, outcomes: outcomesOf(read, i, { linked, outside, note }) }))
}

interface Table {
  linked: readonly ReadRow[]
  outside: readonly ReadRow[]
  note: NoteOf
}

function outcomesOf(read: ReadRow, index: number, table: Table): StepRow['outcomes'] {
  const outcomes = [...read.row.outcomes]
  const { note } = table
  const { line } = read.source
  const add = (outcome: string, to: StepRow['outcomes'][number]['to'], sentence: string) => {
    const known = outcomes.find((each) => each.outcome === outcome)
    if (!known) outcomes.push({ outcome, to })
    else if (known.to !== to) note('lost', 'branch-twice', line, { text: excerpt(sentence) })
  }
  for (const said of read.branchings) {
    const text = excerpt(said.sentence)
    if (said.is === 'supplement') note('info', 'supplement-is-an-act', line, { text })
    else if (said.is === 'unread') note('lost', 'condition-unread', line, { text })
    else if (said.is === 'refuse') {
      add(read.row.kind === 'decide' ? 'decline' : 'not-eligible', 'refused', said.sentence)
      note('guess', 'refuses', line, { text })
    } else {
      const to = targetOf(said, index, table, line)
      if (to === undefined) continue
      if (said.is === 'back') add('send-back', to, said.sentence)
      else if (said.negative) add('not-eligible', to, said.sentence)
      else outcomes[0] = { ...outcomes[0]!, to }
    }
  }
  return outcomes
}

type Jump = Extract<Branching, { is: 'back' | 'on' }>

/** The row that a sentence names by its number, or by who is there; undefined, and told, when there is none. */
function targetOf(
  { number, words, sentence, is }: Jump,
  index: number,
  { linked, outside, note }: Table,
  line: number,
): StepRow['outcomes'][number]['to'] | undefined {
  const text = excerpt(sentence)
  if (number !== null) {
    const at = linked.findIndex(({ source }) => source.number === number)
    if (at === index + 1) return 'next'
    if (at >= 0) return `#${linked[at]!.row.id}`
    const leftOut = outside.find(({ source }) => source.number === number)
    // On to the return of the result: the process has ended there.
    if (leftOut && is === 'on' && leftOut.source.line > line) return 'granted'
    note('lost', leftOut ? 'back-to-outside' : 'step-unknown', line, { number, text })
    return undefined
  }
  const role = roleOf(
    words.replace(/^.*?(tra lai|chuyen lai|chuyen tra|quay lai|tra ve|lam lai|thuc hien lai)/, ''),
  )?.role
  const named = linked.slice(0, index).findLast(({ row }) => role !== undefined && row.role === role)
  const before = named ?? linked[index - 1]
  if (!before) {
    note('lost', 'nothing-before', line, { text })
    return undefined
  }
  note('guess', 'back-guessed', line, { text, step: before.row.name })
  return `#${before.row.id}`
}
