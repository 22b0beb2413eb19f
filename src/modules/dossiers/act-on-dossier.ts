import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { getVersion } from '../catalogue/index.ts'
import { findForm, validateAnswers } from '../forms/index.ts'
import type { Actor } from '../identity/index.ts'
import { concerns } from './acting.ts'
import { type PartyInput, Request, sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import type { Dossier } from './dossier.ts'
import { applyEntries, type DossierFile, type Write } from './dossier-store.ts'
import type { PaperSigned } from './entries.ts'
import { strangeFiles } from './filing/check-submission.ts'
import { filesNamed, papersNamed } from './filing/files-named.ts'
import { checkVaultPapers } from './filing/vault-papers.ts'
import { loadFacts } from './load-facts.ts'
import { refusals } from './refusals.ts'

export interface ActOptions {
  now: Date
  /** The sequence the person saw; when the dossier has moved on since, the act is refused. */
  expectedSequence?: number
  /** The signed papers that a decision rests on; said by whoever had them signed, never by a request. */
  signed?: readonly PaperSigned[]
}

export interface ActParts {
  db: Db
  /** Reads and writes; what many do at one moment may share a statement. */
  read(code: string): Promise<DossierFile | undefined>
  append(write: Write): Promise<boolean>
  wake(): void
}

/** How often a decision is made again when somebody acted between reading and writing. */
const attempts = 3

/**
 * The one way in which a filed dossier changes: load the facts, decide, append.
 * Refuses what the policy does not allow, and a page that is out of date.
 */
export async function actOnDossier(
  parts: ActParts,
  actor: Actor,
  code: string,
  request: Request,
  { now, expectedSequence, signed }: ActOptions,
): Promise<Outcome<Dossier>> {
  const checked = Request.safeParse(request)
  if (!checked.success) return refusals.invalidInput(checked.error)
  const parsed = checked.data
  for (let attempt = 0; attempt < attempts; attempt++) {
    const file = await parts.read(code)
    if (file === undefined || !concerns(actor, file, now)) return refusals.notFound()
    // Whatever were written now would outlive the destruction.
    if (file.destroyed) return refusals.contentDestroyed()
    if (expectedSequence !== undefined && file.dossier.sequence !== expectedSequence)
      return refusals.actedMeanwhile({ sequence: file.dossier.sequence })
    const done = await decideAndAppend(parts, actor, file, parsed, { now, signed })
    if (done === undefined) continue
    if (!isRefusal(done)) parts.wake()
    return done
  }
  return refusals.actedMeanwhile({ sequence: -1 })
}

/** Undefined when somebody acted meanwhile. */
async function decideAndAppend(
  { db, append }: ActParts,
  actor: Actor,
  file: DossierFile,
  request: Request,
  { now, signed }: Pick<ActOptions, 'now' | 'signed'>,
) {
  const checked = await checkSupplement(db, actor, file, request, now)
  if (isRefusal(checked)) return checked
  const facts = { ...(await loadFacts(db, actor, file, checked, now)), ...(signed && { signed }) }
  const { command, privates } = sealRequest(checked)
  const entries = decide(file.dossier, command, facts)
  if (isRefusal(entries)) return entries
  const change = applyEntries(file.dossier.id, file.dossier, entries)
  const otherParties = checked.command === 'represent' ? [newParty(file, checked.who)] : []
  const papers = (checked.command === 'supplement' ? checked.papers : []).map((paper, i) => ({
    ...paper,
    no: file.lastPaper + i + 1,
    addedAt: now,
  }))
  const written = await append({ change, beside: { privates, papers, otherParties } })
  return written ? change.after : undefined
}

const newParty = (file: DossierFile, { name, personalId, phone }: PartyInput) => ({
  ...{ no: file.dossier.otherParties.length + 1, name, personalId, phone: phone ?? null },
})

// A supplement is held to the same form and the same rule for papers as the filing.
async function checkSupplement(
  db: Db,
  actor: Actor,
  file: DossierFile,
  request: Request,
  now: Date,
): Promise<Outcome<Request>> {
  if (request.command !== 'supplement') return request
  // What the filing named already was its sender's, who need not be the one that adds to it.
  const known = new Set(filesNamed(file.answers).map(({ fileId }) => fileId))
  const added = filesNamed(request.answers).filter(({ fileId }) => !known.has(fileId))
  const { procedureCode, procedureVersion } = file.dossier
  const taken = await checkVaultPapers(
    db,
    await getVersion(db, procedureCode, procedureVersion),
    request.papers,
    { ...{ actor, filedFor: file.party.filedFor }, helped: file.party.personalId, today: dateOfLaw(now) },
  )
  const strangers = [
    ...taken.problems,
    ...(await strangeFiles(db, actor, [...papersNamed(request.papers), ...added])),
  ]
  const given = { ...request, papers: taken.papers }
  if (request.answers === undefined)
    return strangers.length > 0 ? refusals.incomplete({ problems: strangers }) : given
  const form = await findForm(db, file.dossier.formKey, { version: file.dossier.formVersion })
  if (form === undefined) return refusals.notFound()
  const { problems, answers } = validateAnswers(
    form.compiled,
    { ...file.answers, ...request.answers },
    { today: dateOfLaw(now), channel: file.dossier.channel },
  )
  const all = [...problems.map(({ field, code, params }) => ({ field, code, params })), ...strangers]
  return all.length > 0 ? refusals.incomplete({ problems: all }) : { ...given, answers }
}
