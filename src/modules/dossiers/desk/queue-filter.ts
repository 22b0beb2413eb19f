import { z } from 'zod'
import { cleanText } from '../../../kernel/text.ts'

/** What a queue may show; each is an address that can be shared. */
export const queueViews = [
  'mine',
  'intake',
  'return',
  'consult',
  'takeover',
  'visit',
  'messages',
  'all',
  'waiting',
  'obligation',
  'confirm',
  'sign',
  'unheld',
] as const
export type QueueViewName = (typeof queueViews)[number]

const cursorPattern =
  /^(-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(\d{1,6})$/
// A moment that is none, such as a 13th month, would only break the database.
const isMoment = (text: string) => text.startsWith('-') || !Number.isNaN(Date.parse(text.split('~')[0]!))

/** Filters of the desk's queue; they stand in the address bar, so a view can be shared. */
export const QueueFilter = z.object({
  /** `mine`: what I or my role must do; `waiting`: waiting for applicants; `all`: everything open at my authorities. */
  view: z.enum(queueViews).default('mine'),
  procedure: cleanText.pipe(z.string().max(20)).optional(),
  channel: z.enum(['online', 'direct', 'post']).optional(),
  due: z.enum(['overdue', 'today', 'later']).optional(),
  label: z.uuid().optional(),
  /** `me`, `none`, or the id of an officer. */
  assignee: cleanText.pipe(z.string().max(120)).optional(),
  q: cleanText.pipe(z.string().max(200)).optional(),
  /** `due`: the clock that runs out first on top; `oldest` and `newest` by when the task was opened. */
  sort: z.enum(['due', 'oldest', 'newest']).default('due'),
  /** The last line of the page before this one. */
  after: z.string().regex(cursorPattern).refine(isMoment).optional(),
})
export type QueueFilter = z.infer<typeof QueueFilter>

/** Where a page of the queue ends. */
export interface Cursor {
  at: string | null
  dossierId: string
  no: number
}

export const cursorText = ({ at, dossierId, no }: Cursor): string => `${at ?? '-'}~${dossierId}~${no}`

export function readCursor(text: string): Cursor {
  const [, at, dossierId, no] = cursorPattern.exec(text)!
  return { at: at === '-' ? null : at!, dossierId: dossierId!, no: Number(no) }
}

/** What an address says; nonsense in it is the ordinary view. */
export function readQueueFilter(query: URLSearchParams): QueueFilter {
  const entries = [...query].filter(([, value]) => value !== '' && !value.includes('\0'))
  const parsed = QueueFilter.safeParse(Object.fromEntries(entries))
  return parsed.success ? parsed.data : QueueFilter.parse({})
}

/** The filter as the address bar says it; what is ordinary is left out. */
export function queryOf(filter: Partial<QueueFilter>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined || value === '' || (key === 'sort' && value === 'due')) continue
    query.set(key, String(value))
  }
  return query.toString()
}
