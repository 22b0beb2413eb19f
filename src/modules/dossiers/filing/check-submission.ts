import { z } from 'zod'
import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { caseFor, componentsFor, type ProcedureVersion } from '../../catalogue/index.ts'
import { findFiles } from '../../documents/index.ts'
import { validateAnswers } from '../../forms/index.ts'
import type { Actor } from '../../identity/index.ts'
import { ownerOf } from '../acting.ts'
import type { Channel } from '../dossier.ts'
import { type Problem, refusals } from '../refusals.ts'
import type { NamedFile } from './files-named.ts'
import type { Rules } from './filing-rules.ts'
import type { CheckedInput } from './submission-input.ts'

/** What a filing says once it has been looked at. */
export interface Checked {
  answers: Record<string, unknown>
  caseCode: string
}

/** Looks at everything at once, so that a person mends it in one go. */
export function checkSubmission(
  { version, form }: Rules,
  input: CheckedInput,
  { now, channel, strangers }: { now: Date; channel: Channel; strangers: Problem[] },
): Outcome<Checked> {
  const today = dateOfLaw(now)
  const { problems, answers } = validateAnswers(form.compiled, input.answers, { today, channel })
  const found = caseFor(version, answers, { today, channel })
  if (!found.channels.includes(channel)) return refusals.channelNotOffered({ channel })
  const situation = { caseCode: found.code, channel, answers, today }
  const missing = channel === 'online' ? missingPapers(version, situation, input) : []
  const all = [
    ...problems.map(({ field, code, params }) => ({ field, code, params })),
    ...missing,
    ...strangers,
  ]
  return all.length > 0 ? refusals.incomplete({ problems: all }) : { answers, caseCode: found.code }
}

/**
 * A file that somebody else uploaded, or that is not what its hash says, is not a paper of this dossier: who may
 * open the dossier may open every file that it names.
 */
export async function strangeFiles(db: Db, actor: Actor, named: readonly NamedFile[]): Promise<Problem[]> {
  if (named.length === 0) return []
  const ids = named.map(({ fileId }) => fileId).filter((id) => z.uuid().safeParse(id).success)
  const files = new Map((await findFiles(db.pool, ids)).map((file) => [file.fileId, file]))
  const mine = ownerOf(actor)
  const isMine = ({ fileId, sha256 }: NamedFile) => {
    const file = files.get(fileId)
    if (file === undefined || (sha256 !== undefined && file.sha256 !== sha256)) return false
    return file.owner.kind === mine.kind && file.owner.id === mine.id
  }
  return named
    .filter((file) => !isMine(file))
    .map(({ field, name }) => ({ field, code: 'dossiers.paper-unknown', params: { name } }))
}

// Papers that must be handed in online; of a group of alternatives one is enough.
function missingPapers(
  version: ProcedureVersion,
  situation: { caseCode: string; channel: Channel; answers: Record<string, unknown>; today: string },
  input: CheckedInput,
): Problem[] {
  const given = new Set(input.papers.map((paper) => paper.component))
  const asked = componentsFor(version, situation).filter(
    (line) => line.provision === 'submit' && line.required,
  )
  const groupsGiven = new Set(
    asked.filter((line) => line.group && given.has(line.key)).map((line) => line.group),
  )
  return asked
    .filter((line) => !given.has(line.key) && !(line.group && groupsGiven.has(line.group)))
    .map((line) => ({
      field: `paper:${line.key}`,
      code: 'dossiers.paper-missing',
      params: { name: line.name },
    }))
}
