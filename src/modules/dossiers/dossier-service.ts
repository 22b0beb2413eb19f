import type { Db } from '../../kernel/db.ts'
import type { Actor } from '../identity/index.ts'
import { type ActOptions, actOnDossier } from './act-on-dossier.ts'
import { codeGiver } from './code-blocks.ts'
import type { Request } from './commands.ts'
import type { Channel } from './dossier.ts'
import { countQueue, type QueueFilter, readQueue } from './queue.ts'
import { listMine, lookUp, viewDossier } from './read-dossier.ts'
import { type SubmissionInput, submitDossier } from './submit-dossier.ts'

type Officer = Extract<Actor, { kind: 'officer' }>
type Person = Extract<Actor, { kind: 'person' }>

/** The use cases and reads of dossiers, bound to one database. `wake` tells the feed that there is news. */
export function createDossiers(db: Db, wake: () => void) {
  const nextCode = codeGiver(db.pool)
  return {
    submit: (actor: Actor, input: SubmissionInput, options: { key: string; now: Date; channel?: Channel }) =>
      submitDossier({ db, nextCode, wake }, actor, input, options),
    act: (actor: Actor, code: string, request: Request, options: ActOptions) =>
      actOnDossier({ db, wake }, actor, code, request, options),
    view: (actor: Actor, code: string) => viewDossier(db, actor, code),
    mine: (actor: Person) => listMine(db.pool, actor),
    lookUp: (code: string, proof: string) => lookUp(db.pool, code, proof),
    queue: (actor: Officer, filter: QueueFilter, when: { now: Date; endOfToday: Date }) =>
      readQueue(db.pool, actor, filter, when),
    counts: (actor: Officer, when: { now: Date; endOfToday: Date }) => countQueue(db.pool, actor, when),
  }
}

export type Dossiers = ReturnType<typeof createDossiers>
