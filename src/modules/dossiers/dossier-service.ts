import type { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import { currentInstant, dateOfLaw } from '../../kernel/time.ts'
import { together } from '../../kernel/together.ts'
import type { RegisterSource } from '../forms/index.ts'
import type { Actor } from '../identity/index.ts'
import { type ActOptions, actOnDossier } from './act-on-dossier.ts'
import { fireTimers } from './clock/fire-timers.ts'
import { codeGiver } from './code-blocks.ts'
import type { Request } from './commands.ts'
import { countQueue, type QueueFilter, readQueue } from './desk/queue.ts'
import { appendMany, findByCodes, type Write } from './dossier-store.ts'
import type { SubmissionInput } from './filing/submission-input.ts'
import { fileSubmission, type SubmitOptions, submitDossier } from './filing/submit-dossier.ts'
import { type PartnerReport, reportPartnerStatus } from './partner-word.ts'
import { listMine, lookUp, viewDossier } from './read-dossier.ts'
import { recordSync, type SyncReport } from './sync.ts'

type Officer = Extract<Actor, { kind: 'officer' }>
type Person = Extract<Actor, { kind: 'person' }>

/** The use cases and reads of dossiers, bound to one database. `wake` tells the feed that there is news. */
export function createDossiers(
  db: Db,
  wake: () => void,
  registers: readonly RegisterSource[] = [],
  clock: () => Date = currentInstant,
) {
  const append = together((writes: Write[]) => appendMany(db.pool, writes))
  const read = together((codes: string[]) => findByCodes(db.pool, codes))
  const filing = { db, nextCode: codeGiver(db.pool), append, wake, registers }
  const acting = { db, read, append, wake }
  return {
    submit: (actor: Actor, input: SubmissionInput, options: SubmitOptions) =>
      submitDossier(filing, actor, input, options),
    /** For a door that has checked the shape already. */
    submitParsed: (actor: Actor, input: z.output<typeof SubmissionInput>, options: SubmitOptions) =>
      fileSubmission(filing, actor, input, options),
    act: (actor: Actor, code: string, request: Request, options: ActOptions) =>
      actOnDossier(acting, actor, code, request, options),
    /** Fires the timers of processes that are due; gives how many fired. */
    fireTimers: () => fireTimers({ db, now: clock, append, wake }),
    view: (actor: Actor, code: string, { now } = { now: clock() }) => viewDossier(db, actor, code, now),
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

export type Dossiers = ReturnType<typeof createDossiers>
