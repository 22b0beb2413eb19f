import { z } from 'zod'
import { keepPrivate, type PrivateContent, type PrivateRef } from '../../kernel/journal.ts'
import { cleanText, findUnstorableText } from '../../kernel/text.ts'
import type { Delivery } from './dossier.ts'

const freeText = cleanText.pipe(z.string().trim().min(1).max(4000))

const line = cleanText.pipe(z.string().max(200))

/** One thing asked for in a supplement request, pinned to the field or the paper it is about. */
export const SupplementItem = z.object({
  target: z.union([z.object({ field: line }), z.object({ component: line }), z.null()]),
  text: freeText,
})
export type SupplementItem = z.infer<typeof SupplementItem>

export const PaperInput = z.object({
  component: line,
  fileId: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: cleanText.pipe(z.string().max(255)),
  mediaType: line,
  source: z.enum(['upload', 'vault', 'register', 'counter']),
})
export type PaperInput = z.infer<typeof PaperInput>

const taskNo = z.int().positive().optional()
const answers = z
  .record(z.string().max(200), z.unknown())
  .refine((given) => findUnstorableText(given) === undefined, { error: 'text.not-storable' })

/** What somebody may ask of a dossier, as it comes through a door. */
export const Request = z.discriminatedUnion('command', [
  z.object({ command: z.literal('accept') }),
  z.object({ command: z.literal('refuse'), reason: freeText }),
  z.object({
    command: z.literal('requestSupplement'),
    taskNo,
    items: z.array(SupplementItem).min(1).max(50),
    reason: freeText.optional(),
  }),
  z.object({
    command: z.literal('supplement'),
    answers: answers.optional(),
    papers: z.array(PaperInput).max(200).default([]),
  }),
  z.object({ command: z.literal('withdraw'), reason: freeText }),
  z.object({ command: z.literal('assign'), taskNo, officer: line }),
  z.object({ command: z.literal('draftResult'), taskNo, draft: answers }),
  z.object({
    command: z.literal('completeStep'),
    taskNo,
    outcome: cleanText.pipe(z.string().max(60)).default('ok'),
    note: freeText.optional(),
  }),
  z.object({
    command: z.literal('sendBack'),
    taskNo,
    reason: freeText,
    toStep: line.optional(),
  }),
  z.object({
    command: z.literal('approve'),
    taskNo,
    capacity: cleanText.pipe(z.string().max(20)).optional(),
  }),
  z.object({ command: z.literal('decline'), taskNo, reason: freeText }),
  z.object({ command: z.literal('stop'), reason: freeText }),
  z.object({ command: z.literal('returnResult'), delivery: z.enum(['electronic', 'counter', 'post']) }),
  z.object({ command: z.literal('note'), note: freeText }),
])
export type Request = z.infer<typeof Request>

/** A request whose erasable content is kept aside: what `decide` sees. */
export type Command =
  | { command: 'accept' }
  | { command: 'refuse' | 'withdraw' | 'stop'; reason: PrivateRef }
  | { command: 'requestSupplement'; taskNo?: number; request: PrivateRef }
  | {
      command: 'supplement'
      answers: PrivateRef | null
      papers: { component: string; fileId: string; sha256: string }[]
    }
  | { command: 'assign'; taskNo?: number; officer: string }
  | { command: 'draftResult'; taskNo?: number; draft: PrivateRef }
  | { command: 'completeStep'; taskNo?: number; outcome: string; note: PrivateRef | null }
  | { command: 'sendBack'; taskNo?: number; reason: PrivateRef; toStep?: string }
  | { command: 'approve'; taskNo?: number; capacity: string | null }
  | { command: 'decline'; taskNo?: number; reason: PrivateRef }
  | { command: 'returnResult'; delivery: Delivery }
  | { command: 'note'; note: PrivateRef }

/** Splits a request into the command and the content that is kept beside the journal. */
export function sealRequest(
  request: Request,
  random?: (size: number) => Buffer,
): { command: Command; privates: PrivateContent[] } {
  const privates: PrivateContent[] = []
  const keep = (field: string, content: unknown): PrivateRef => {
    const [ref, kept] = keepPrivate(field, content, random)
    privates.push(kept)
    return ref
  }
  return { command: sealed(request, keep), privates }
}

function sealed(request: Request, keep: (field: string, content: unknown) => PrivateRef): Command {
  switch (request.command) {
    case 'refuse':
    case 'withdraw':
    case 'stop':
      return { command: request.command, reason: keep('reason', request.reason) }
    case 'decline':
    case 'sendBack':
      return { ...request, reason: keep('reason', request.reason) }
    case 'requestSupplement': {
      const { command, taskNo, items, reason } = request
      return { command, taskNo, request: keep('supplement', { items, reason: reason ?? null }) }
    }
    case 'supplement':
      return {
        command: 'supplement',
        answers: request.answers ? keep('answers', request.answers) : null,
        papers: request.papers.map(({ component, fileId, sha256 }) => ({ component, fileId, sha256 })),
      }
    case 'draftResult':
      return { command: request.command, taskNo: request.taskNo, draft: keep('draft', request.draft) }
    case 'completeStep': {
      const { command, taskNo, outcome, note } = request
      return { command, taskNo, outcome, note: note ? keep('note', note) : null }
    }
    case 'approve':
      return { command: 'approve', taskNo: request.taskNo, capacity: request.capacity ?? null }
    case 'note':
      return { command: 'note', note: keep('note', request.note) }
    case 'accept':
    case 'assign':
    case 'returnResult':
      return request
    default:
      return request satisfies never
  }
}
