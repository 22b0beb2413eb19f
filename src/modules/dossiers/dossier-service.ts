import type { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { currentInstant, dateOfLaw } from '../../kernel/time.ts'
import { together } from '../../kernel/together.ts'
import type { RegisterSource } from '../forms/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Authorisation } from '../signatures/index.ts'
import { type ActOptions, actOnDossier } from './act-on-dossier.ts'
import {
  approveSigned,
  maySign,
  previewApproval,
  type SigningCommand,
  type SigningRequest,
  signerOfAct,
  type WantedApproval,
  type WantedPreview,
} from './approve-signed.ts'
import { fireTimers } from './clock/fire-timers.ts'
import { codeGiver } from './code-blocks.ts'
import { Request } from './commands.ts'
import { countQueue, type QueueFilter, readQueue } from './desk/queue.ts'
import type { Dossier } from './dossier.ts'
import { appendMany, findByCodes, type Write } from './dossier-store.ts'
import type { SubmissionInput } from './filing/submission-input.ts'
import { fileSubmission, type SubmitOptions, submitDossier } from './filing/submit-dossier.ts'
import type { SigningDoor } from './papers/papers-to-sign.ts'
import { type PaperDoor, previewResult, printOpen } from './papers/slips.ts'
import { type PartnerReport, reportPartnerStatus } from './partner-word.ts'
import { type DossierView, listMine, lookUp, mayKnowReaders, viewDossier } from './read-dossier.ts'
import type { Readings } from './readings/note-readings.ts'
import { readingOf } from './readings/reading.ts'
import { type Reader, readersOf } from './readings/readings-store.ts'
import { refusals } from './refusals.ts'
import { recordSync, type SyncReport } from './sync.ts'

type Officer = Extract<Actor, { kind: 'officer' }>
type Person = Extract<Actor, { kind: 'person' }>

/** The use cases and reads of dossiers, bound to one database. `wake` tells the feed that there is news. */
export function createDossiers(
  db: Db,
  wake: () => void,
  registers: readonly RegisterSource[] = [],
  clock: () => Date = currentInstant,
  papers?: PaperDoor,
  readings?: Readings,
) {
  const append = together((writes: Write[]) => appendMany(db.pool, writes))
  const read = together((codes: string[]) => findByCodes(db.pool, codes))
  const filing = { db, nextCode: codeGiver(db.pool), append, wake, registers }
  const acting = { db, read, append, wake }
  const approving = papers && canSign(papers) ? { ...acting, signing: papers, print: printOpen } : undefined
  /** Approves several dossiers with one authorisation; answers come in the order asked. */
  const approve = async (
    officer: Officer,
    list: readonly WantedApproval[],
    { now, authorisation = {} }: { now: Date; authorisation?: Authorisation },
  ): Promise<Outcome<Dossier>[]> => {
    if (approving) return approveSigned(approving, officer, list, { now, authorisation })
    const answers: Outcome<Dossier>[] = []
    for (const { code, request, expectedSequence } of list)
      answers.push(await actOnDossier(acting, officer, code, request, withSeen(now, expectedSequence)))
    return answers
  }
  return {
    submit: (actor: Actor, input: SubmissionInput, options: SubmitOptions) =>
      submitDossier(filing, actor, input, options),
    /** For a door that has checked the shape already. */
    submitParsed: (actor: Actor, input: z.output<typeof SubmissionInput>, options: SubmitOptions) =>
      fileSubmission(filing, actor, input, options),
    /** What an officer who can sign does to a paper is signed: then `authorisation` opens their key. */
    act: async (
      actor: Actor,
      code: string,
      request: Request,
      { authorisation, now, expectedSequence }: Asked,
    ): Promise<Outcome<Dossier>> => {
      const seen = withSeen(now, expectedSequence)
      if (!maySign(request) || actor.kind !== 'officer' || !Request.safeParse(request).success)
        return actOnDossier(acting, actor, code, request, seen)
      const wanted = {
        code,
        request: Request.parse(request) as SigningRequest,
        ...(expectedSequence !== undefined && { expectedSequence }),
      }
      return (await approve(actor, [wanted], { now, ...(authorisation && { authorisation }) }))[0]!
    },
    approve,
    /** The papers that an act of this officer would sign: then it asks for what opens their key. */
    wouldSign: async (
      officer: Officer,
      act: { view: DossierView; command: SigningCommand },
      { now } = { now: clock() },
    ): Promise<string[]> => (approving && (await signerOfAct(approving, officer, act, now))?.kinds) ?? [],
    /** The paper that a decision would make: exactly what would be signed, where it would be signed. */
    previewApproval: async (
      officer: Officer,
      asked: { code: string; capacity?: string; kind?: string } | WantedPreview,
      { now } = { now: clock() },
    ): Promise<Outcome<Uint8Array>> => {
      const { code, kind } = asked
      const wanted =
        'request' in asked ? asked : { code, ...(kind && { kind }), request: approvalAs(asked.capacity) }
      if (approving) return previewApproval(approving, officer, wanted, now)
      const view = await viewDossier(db, officer, wanted.code, now)
      if (isRefusal(view)) return view
      return papers ? previewResult(papers, view, kind) : refusals.notFound()
    },
    /** Fires the timers of processes that are due; gives how many fired. */
    fireTimers: () => fireTimers({ db, now: clock, append, wake }),
    /** A dossier for somebody who may see it; of officers and systems it is noted, for its people to see. */
    view: async (
      actor: Actor,
      code: string,
      { now, unnoted }: Viewing = { now: clock() },
    ): Promise<Outcome<DossierView>> => {
      const view = await viewDossier(db, actor, code, now)
      if (isRefusal(view) || unnoted) return view
      const reading = readingOf(actor, view, now)
      if (reading) readings?.note([reading])
      return view
    },
    /** Who read a dossier, for the people it is about; to everybody else it does not exist. */
    readers: async (actor: Person, code: string, { now } = { now: clock() }): Promise<Outcome<Reader[]>> => {
      const view = await viewDossier(db, actor, code, now)
      if (isRefusal(view)) return view
      return mayKnowReaders(view) ? readersOf(db.pool, view.dossier.id) : refusals.notFound()
    },
    recordSync: (
      actor: Actor,
      report: SyncReport & { code: string; destination: string },
      when: { now: Date },
    ) => recordSync(db, actor, report, when),
    reportPartnerStatus: (
      actor: Actor,
      report: PartnerReport & { code: string; key: string },
      when: { now: Date },
    ) => reportPartnerStatus(acting, actor, report, when),
    mine: (actor: Person, { now } = { now: clock() }) => listMine(db.pool, actor, dateOfLaw(now)),
    lookUp: (code: string, proof: string) => lookUp(db.pool, code, proof),
    queue: (actor: Officer, filter: QueueFilter, when: { now: Date; endOfToday: Date }) =>
      readQueue(db.pool, actor, filter, when),
    counts: (actor: Officer, when: { now: Date; endOfToday: Date }) => countQueue(db.pool, actor, when),
  }
}

/** When it is looked at; `unnoted` where the platform itself looks and shows nobody what it saw. */
interface Viewing {
  now: Date
  unnoted?: boolean
}

/** How an act is asked for from outside: what it rests on besides is found out here. */
interface Asked extends Pick<ActOptions, 'now' | 'expectedSequence'> {
  authorisation?: Authorisation
}

const approvalAs = (capacity: string | undefined): WantedPreview['request'] => ({
  command: 'approve',
  ...(capacity !== undefined && { capacity }),
})

const withSeen = (now: Date, expectedSequence: number | undefined): ActOptions => ({
  now,
  ...(expectedSequence !== undefined && { expectedSequence }),
})

const canSign = (papers: PaperDoor): papers is SigningDoor => papers.signatures !== undefined

export type Dossiers = ReturnType<typeof createDossiers>
