import type { z } from 'zod'
import type { Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { addEdition, endEditions } from '../catalogue/index.ts'
import type { AddedTemplate } from '../documents/index.ts'
import { askForEditionMove } from '../dossiers/index.ts'
import { addFormVersion } from '../forms/index.ts'
import type { Officer } from '../identity/index.ts'
import { publishedVersions, storeProcess } from '../processes/index.ts'
import { type ChangeParts, revisionsOf } from './acting.ts'
import type { ProcedureChange, Versions } from './change.ts'
import { addTests } from './change-store.ts'
import type { Contents } from './contents.ts'
import { endDecided } from './neighbours.ts'
import type { Prepared } from './prepare-publication.ts'
import type { PublishRequest } from './publish-change.ts'
import { publishTemplates } from './templates-of.ts'

/** Parts that can run, and whose tests pass. */
export interface ReadyParts {
  /** Null for a procedure that ends. */
  prepared: Prepared | null
  contents: Contents
}

interface Publishing {
  change: ProcedureChange
  prepared: ReadyParts
  request: z.infer<typeof PublishRequest>
  actor: Officer
  parts: ChangeParts
}

/** Stores what a change publishes, and gives the change with its publication. */
export async function publishParts(
  tx: Queryable,
  { change, prepared: { prepared, contents }, request, actor, parts }: Publishing,
): Promise<Outcome<{ change: ProcedureChange; data: Record<string, unknown> }>> {
  const { validFrom, decision, open } = request
  const { now } = parts
  const by = actor.officerId
  const announced = { by, decision, at: now }
  const versions: Versions = { ...change.base }
  let endedTo: string | null | undefined
  let templates: AddedTemplate[] = []
  if (prepared === null) {
    endedTo = await endEditions(tx, change.code, validFrom)
  } else {
    const { form } = prepared
    const edition = { ...prepared.edition, validTo: await endDecided(tx, change.code, validFrom) }
    await addEdition(tx, edition, announced)
    versions.procedure = edition.version
    if (change.parts.form || versions.form === null) {
      await addFormVersion(tx, form, { by, at: now })
      versions.form = form.definition.version
    }
    const process = await publishModel(tx, { change, prepared, contents, request, actor, now })
    if (isRefusal(process)) return process
    versions.process = process
    templates = await publishTemplates(tx, { contents, edition, by, at: now })
    await addTests(tx, { procedureCode: change.code, version: edition.version, tests: contents.tests })
    await moveOpen(tx, { change, request, versions, by, now })
  }
  const ended = endedTo === undefined ? {} : { endedTo }
  const publication = { validFrom, decision, versions, templates, open, ...ended, by, at: now.toISOString() }
  const data = { validFrom, decision, versions, open, revisions: revisionsOf(change) }
  return { change: { ...change, publication }, data }
}

// Open dossiers go to it from its day on, when that was decided; the worker moves them.
async function moveOpen(
  tx: Queryable,
  {
    change,
    request: { open, validFrom, decision },
    versions: { procedure, form, process },
    by,
    now,
  }: Pick<Publishing, 'change' | 'request'> & { versions: Versions; by: string; now: Date },
): Promise<void> {
  if (open === 'stay' || procedure === null || form === null || process === null) return
  const plan = { procedureCode: change.code, rule: open, to: { procedure, form, process }, validFrom }
  await askForEditionMove(tx, plan, { decision: decision.number, reason: change.title, by, now })
}

async function publishModel(
  tx: Queryable,
  {
    change,
    prepared,
    contents,
    request,
    actor,
    now,
  }: Omit<Publishing, 'prepared' | 'parts'> & { prepared: Prepared; contents: Contents; now: Date },
): Promise<Outcome<number | null>> {
  if (!change.parts.process && change.base.process !== null) return change.base.process
  const seen = (await publishedVersions(tx, prepared.process.id))[0]?.version ?? 0
  const { validFrom, decision } = request
  const { xml } = contents.process
  const stored = await storeProcess(
    tx,
    actor,
    { xml, validFrom, decision, reason: change.title, seen },
    prepared.process,
    now,
  )
  // A model that was saved as it stands is no new version.
  if (isRefusal(stored)) return stored.code === 'processPage.same-as' ? change.base.process : stored
  return stored.version
}
