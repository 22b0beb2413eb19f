import { z } from 'zod'
import { keepPrivate, type PrivateContent, type PrivateRef } from '../../kernel/journal.ts'
import { cleanText, findUnstorableText } from '../../kernel/text.ts'
import { type PaperStated, stances, visitOutcomes } from './entries.ts'
import { statedPaper } from './papers/paper-source.ts'

const freeText = cleanText.pipe(z.string().trim().min(1).max(4000))
const line = cleanText.pipe(z.string().trim().min(1).max(200))
const role = z.enum(['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'])
const authority = z.string().trim().min(1).max(35)
const day = z.iso.date()

/** One thing asked for in a supplement request, pinned to the field or the paper it is about. */
export const SupplementItem = z.object({
  target: z.union([z.object({ field: line }), z.object({ component: line }), z.null()]),
  text: freeText,
})
export type SupplementItem = z.infer<typeof SupplementItem>

export const PaperInput = z.object({
  component: cleanText.pipe(z.string().max(200)),
  fileId: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: cleanText.pipe(z.string().max(255)),
  mediaType: cleanText.pipe(z.string().max(200)),
  source: z.enum(['upload', 'vault', 'register', 'counter']),
  /** The paper of the vault that it is; the file is a copy of its content. */
  vaultItemId: z.uuid().optional(),
  /** The person wants it kept in their vault for the next time. */
  keep: z.boolean().optional(),
})
export type PaperInput = z.infer<typeof PaperInput>

const taskNo = z.int().positive().optional()
/** In which capacity somebody signs; without it the first that they hold. */
const capacity = cleanText.pipe(z.string().max(20)).optional()
const answers = z
  .record(z.string().max(200), z.unknown())
  .refine((given) => findUnstorableText(given) === undefined, { error: 'text.not-storable' })

/** Somebody named besides the applicant. */
export const PartyInput = z.object({
  name: line,
  personalId: z.string().regex(/^\d{12}$/),
  phone: z
    .string()
    .regex(/^0\d{9}$/)
    .optional(),
})
export type PartyInput = z.infer<typeof PartyInput>

/** Who is asked: a role at an authority of this installation, or a body outside it by its name. */
const Asked = z.union([z.object({ authority, role: role.default('head') }), z.object({ outside: line })])

const plain = <Name extends string>(command: Name) => z.object({ command: z.literal(command) })
const reasoned = <Name extends string>(command: Name) =>
  z.object({ command: z.literal(command), taskNo, reason: freeText })

/** What somebody may ask of a dossier, as it comes through a door. */
export const Request = z.discriminatedUnion('command', [
  z.object({ command: z.literal('represent'), who: PartyInput, until: day.nullable().default(null) }),
  /** `seen`: an officer has the person and their identity paper at the counter. */
  z.object({ command: z.literal('confirm'), taskNo, seen: z.boolean().default(false) }),
  reasoned('disagree'),
  plain('accept'),
  reasoned('refuse'),
  z.object({
    command: z.literal('requestSupplement'),
    taskNo,
    items: z.array(SupplementItem).min(1).max(50),
    reason: freeText.optional(),
    /** After the one request that the rule allows: the fact that came up since. */
    newFact: freeText.optional(),
    answerBy: day.optional(),
  }),
  z.object({
    command: z.literal('supplement'),
    answers: answers.optional(),
    papers: z.array(PaperInput).max(200).default([]),
  }),
  z.object({
    command: z.literal('requestObligation'),
    taskNo,
    key: line.nullable().default(null),
    name: line,
    amountVnd: z.int().positive().max(1e12),
    reason: freeText,
  }),
  /** `reference`: number of the receipt or of the transfer. */
  z.object({ command: z.literal('confirmObligation'), taskNo, reference: line, paidOn: day }),
  reasoned('waiveObligation'),
  /** What fees of the dossier come to, counted again: pages or copies were others than stated. */
  z.object({
    command: z.literal('correctFees'),
    fees: z
      .array(z.object({ key: line, amountVnd: z.int().min(0).max(1e12) }))
      .min(1)
      .max(100),
    reason: freeText,
  }),
  reasoned('withdraw'),
  z.object({ command: z.literal('assign'), taskNo, officer: line }),
  z.object({ command: z.literal('reassign'), taskNo, officer: line, reason: freeText }),
  z.object({ command: z.literal('draftResult'), taskNo, draft: answers }),
  z.object({
    command: z.literal('completeStep'),
    taskNo,
    outcome: cleanText.pipe(z.string().max(60)).default('ok'),
    note: freeText.optional(),
    /** Of a step that signs. */
    capacity,
  }),
  z.object({ command: z.literal('sendBack'), taskNo, reason: freeText, toStep: line.optional() }),
  z.object({
    command: z.literal('consult'),
    taskNo,
    to: Asked,
    question: freeText,
    replyBy: day,
    silence: z.enum(['agreed', 'none']).default('none'),
    /** The rule of law by which silence counts as agreement. */
    basis: line.optional(),
    confidential: z.boolean().default(false),
  }),
  z.object({ command: z.literal('reply'), taskNo, stance: z.enum(stances), text: freeText }),
  z.object({
    command: z.literal('endConsult'),
    taskNo,
    why: z.enum(['silence', 'not-needed']),
    reason: freeText,
  }),
  z.object({
    command: z.literal('opine'),
    stance: z.enum(stances),
    text: freeText,
    confidential: z.boolean().default(false),
  }),
  z.object({
    command: z.literal('planVisit'),
    taskNo,
    on: z.iso.datetime({ offset: true }),
    place: line,
    reason: freeText,
  }),
  z.object({
    command: z.literal('recordVisit'),
    taskNo,
    outcome: z.enum(visitOutcomes),
    findings: freeText,
  }),
  z.object({ command: z.literal('extend'), days: z.int().min(1).max(60), reason: freeText }),
  z.object({ command: z.literal('apologise'), newDate: day, reason: freeText }),
  z.object({ command: z.literal('explainDelay'), until: day, reason: freeText }),
  z.object({
    command: z.literal('approve'),
    taskNo,
    capacity,
  }),
  z.object({ command: z.literal('decline'), taskNo, reason: freeText, capacity }),
  reasoned('stop'),
  z.object({ command: z.literal('dispatchResult'), taskNo, carrier: line, tracking: line }),
  z.object({
    command: z.literal('returnResult'),
    taskNo,
    delivery: z.enum(['electronic', 'counter', 'post']),
    /** Who took it at the counter, when not the applicant. */
    collector: line.optional(),
  }),
  z.object({
    command: z.literal('correctResult'),
    fault: z.enum(['authority', 'applicant']),
    draft: answers,
    reason: freeText,
    capacity,
  }),
  z.object({ command: z.literal('revokeResult'), taskNo, reason: freeText, capacity }),
  z.object({ command: z.literal('transfer'), to: authority, reason: freeText }),
  z.object({
    command: z.literal('handOver'),
    to: z.object({ authority, role, officer: line.nullable().default(null) }),
    sheets: z.int().min(0).max(10_000).default(0),
    /** Dossiers handed over together stand on one slip. */
    batch: z.uuid(),
  }),
  z.object({ command: z.literal('takeOver'), taskNo }),
  reasoned('rejectTransfer'),
  reasoned('restore'),
  reasoned('declareConflict'),
  z.object({ command: z.literal('bar'), officer: line, reason: freeText }),
  z.object({ command: z.literal('message'), text: freeText }),
  z.object({ command: z.literal('note'), note: freeText }),
  /** What the process waited for has come. */
  z.object({ command: z.literal('receiveMessage'), taskNo, note: freeText.optional() }),
  z.object({ command: z.literal('compensate'), taskNo, note: freeText }),
])
export type Request = z.infer<typeof Request>

/** Free words and personal data: kept beside the journal, so that they can be erased. */
const erasable = ['who', 'reason', 'note', 'draft', 'question', 'text', 'findings', 'collector'] as const
type Erasable = (typeof erasable)[number]

/** A request whose erasable content is kept aside; what was left out is null. */
type Kept<R> = Omit<R, Erasable> & { [K in keyof R & Erasable]-?: Sealed<R[K]> }
type Sealed<Content> = undefined extends Content ? PrivateRef | null : PrivateRef

type SupplementAsked = Extract<Request, { command: 'requestSupplement' }>
type SupplementGiven = Extract<Request, { command: 'supplement' }>
type VisitPlanned = Extract<Request, { command: 'planVisit' }>

/** What `decide` sees of a request. */
export type Command =
  | KeptEach<Exclude<Request, SupplementAsked | SupplementGiven | VisitPlanned>>
  | (Omit<SupplementAsked, 'items' | 'reason' | 'newFact'> & { request: PrivateRef; again: boolean })
  | {
      command: 'supplement'
      answers: PrivateRef | null
      papers: PaperStated[]
    }
  | (Omit<VisitPlanned, 'place' | 'reason'> & { details: PrivateRef })
type KeptEach<R> = R extends unknown ? Kept<R> : never

export type CommandOf<Name extends Command['command']> = Extract<Command, { command: Name }>

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
    case 'requestSupplement': {
      const { items, reason = null, newFact = null, ...rest } = request
      return { ...rest, request: keep('supplement', { items, reason, newFact }), again: newFact !== null }
    }
    case 'supplement':
      return {
        command: 'supplement',
        answers: request.answers ? keep('answers', request.answers) : null,
        papers: request.papers.map(statedPaper),
      }
    case 'planVisit': {
      const { place, reason, ...rest } = request
      return { ...rest, details: keep('visit', { place, reason }) }
    }
    default:
      return withoutErasable(request, keep) as Command
  }
}

// The fields that may be left out are there as null, so that an entry states their absence.
const optional: Partial<Record<Request['command'], Erasable>> = {
  completeStep: 'note',
  returnResult: 'collector',
  receiveMessage: 'note',
}

function withoutErasable(request: Request, keep: (field: string, content: unknown) => PrivateRef): object {
  const absent = optional[request.command]
  const kept = Object.entries(request)
    .filter(([, content]) => content !== undefined)
    .map(([field, content]) => [
      field,
      (erasable as readonly string[]).includes(field) ? keep(field, content) : content,
    ])
  return { ...(absent && { [absent]: null }), ...Object.fromEntries(kept) }
}
