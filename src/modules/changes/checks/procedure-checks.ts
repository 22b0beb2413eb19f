import { searchable } from '../../../kernel/text.ts'
import {
  type Case,
  type Channel,
  type Component,
  type Limit,
  limitHours,
  limitText,
  mandatoryParts,
  missingParts,
} from '../../catalogue/index.ts'
import type { Contents, DraftProcedure } from '../contents.ts'
import { abolishedPapers, onlyMentioned } from './abolished-papers.ts'
import { type Finding, findingsOf } from './finding.ts'
import { labelIn, placedFields } from './placed.ts'

const found = findingsOf('procedure')

/** What a record of a procedure lacks or says against itself (Decree 63/2010/NĐ-CP, Article 8). */
export function* procedureFindings(
  procedure: DraftProcedure,
  { templates }: { templates: ReadonlySet<string> | null },
): Generator<Finding> {
  for (const part of missingParts(procedure))
    yield found('error', part, `mandatory-${part}`, { number: mandatoryParts.indexOf(part) + 1 })
  if (!procedure.legalBases?.length) yield found('error', 'legalBases', 'no-legal-basis')
  for (const [i, each] of (procedure.cases ?? []).entries()) yield* limitFindings(each, `cases.${i}`)
  for (const [i, each] of (procedure.components ?? []).entries())
    yield* componentFindings(each, `components.${i}`)
  if (!procedure.results?.length) yield found('warning', 'results', 'no-result')
  for (const [i, result] of (procedure.results ?? []).entries()) {
    if (!result.template)
      yield found('error', `results.${i}`, 'result-without-template', { name: result.name ?? '' })
    else if (templates && !templates.has(result.template))
      yield found('error', `results.${i}`, 'template-unknown', {
        name: result.name ?? '',
        template: result.template,
      })
  }
}

function* limitFindings(each: Case, at: string): Generator<Finding> {
  const name = each.name?.vi ?? each.code
  if (!each.limit) return
  for (const [channel, limit] of Object.entries(each.channelLimits ?? {}) as [Channel, Limit][]) {
    if (!(each.channels ?? []).includes(channel))
      yield found('error', at, 'limit-of-no-channel', { name, channel })
    else if (sizeOf(limit) > sizeOf(each.limit))
      yield found('warning', at, 'channel-slower', {
        name,
        channel,
        limit: limitText(limit),
        ofCase: limitText(each.limit),
      })
  }
  const stated = daysIn(each.limit.raw)
  if (stated !== null && !stated.includes(each.limit.amount) && each.limit.unit !== 'same-day')
    yield found('warning', at, 'limit-contradicts', {
      name,
      raw: each.limit.raw,
      limit: limitText(each.limit),
    })
}

// Days of the calendar are shorter than working days of the same number.
const sizeOf = (limit: Limit) => (limit.unit === 'day' ? (limitHours(limit) * 5) / 7 : limitHours(limit))

/** Numbers of a text that says one limit only; null of one that says more, or adds. */
function daysIn(raw: string | undefined): number[] | null {
  if (!raw || /cộng|kéo dài|hoặc|thêm|không ghi/i.test(raw)) return null
  const numbers = [...raw.matchAll(/(\d+)\s*(?:giờ|ngày|tháng|tuần)/gi)].map(([, number]) => Number(number))
  return numbers.length === 1 ? numbers : null
}

function* componentFindings(each: Component, at: string): Generator<Finding> {
  const name = each.name ?? each.key
  const handed = each.mode === 'submit' || each.mode === 'show'
  if (looksLikeNote(each)) yield found('warning', at, 'note-as-component', { name: short(name) })
  else if (handed && !each.code && !each.declaration)
    yield found('hint', at, 'paper-without-code', { name: short(name) })
  if (each.mode === 'note' && (each.original > 0 || each.copies > 0))
    yield found('warning', at, 'component-as-note', { name: short(name) })
}

// Published lists mix papers with notes: nothing is to be handed in, or the text is advice.
function looksLikeNote({ mode, original, copies, name }: Component): boolean {
  if (mode === 'note' || mode === 'lookup') return false
  if (!original && !copies) return true
  return /^(\*|-|lưu ý|ghi chú|chú ý|lưu y)/i.test((name ?? '').trim())
}

const short = (text: string) => (text.length > 90 ? `${text.slice(0, 89)}…` : text)

/** Papers that the law does not let anybody ask for on this day: as components, and as files in the form. */
export function* abolishedFindings({ procedure, form }: Contents, on: string): Generator<Finding> {
  for (const [i, { name, mode, condition, replacedBy }] of (procedure?.components ?? []).entries()) {
    if (mode === 'note' || mode === 'lookup') continue
    yield* abolishedIn(found, name, `components.${i}`, {
      on,
      excused: replacedBy !== null || condition !== null,
    })
  }
  for (const { field, at } of placedFields(form))
    if (field.type === 'file')
      yield* abolishedIn(findingsOf('form'), labelIn(field), at, { on, excused: false })
}

function* abolishedIn(
  make: typeof found,
  name: string,
  at: string,
  { on, excused }: { on: string; excused: boolean },
): Generator<Finding> {
  const text = searchable(name ?? '')
  if (onlyMentioned.some((words) => text.includes(words))) return
  for (const { key, words, since, how, law, confidence } of abolishedPapers) {
    if (on < since || !words.some((each) => text.includes(each))) continue
    // Where data replaces the paper, or only some situation asks for it, the rule is kept already.
    if (how === 'in-data' && excused) continue
    yield make(how === 'forbidden' ? 'error' : 'warning', at, `paper-${how}`, {
      name: short(name),
      paper: key,
      since,
      law,
      confidence,
    })
  }
}

/** What becomes harder for people than in the version in force. */
export function* comparedWithBefore(
  before: DraftProcedure | null,
  after: DraftProcedure,
): Generator<Finding> {
  if (!before) return
  const old = new Map((before.cases ?? []).map((each) => [each.code, each]))
  for (const [i, each] of (after.cases ?? []).entries()) {
    const was = old.get(each.code)
    if (was?.limit && each.limit && sizeOf(each.limit) > sizeOf(was.limit))
      yield found('warning', `cases.${i}`, 'limit-longer', {
        name: each.name?.vi ?? each.code,
        before: limitText(was.limit),
        after: limitText(each.limit),
      })
  }
  const papers = (of: DraftProcedure) =>
    (of.components ?? []).filter(({ mode, required }) => mode === 'submit' && required).length
  if (papers(after) > papers(before))
    yield found('warning', 'components', 'more-papers', { before: papers(before), after: papers(after) })
}
