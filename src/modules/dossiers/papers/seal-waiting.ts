import { isRefusal, type Outcome, type Refusal } from '../../../kernel/errors.ts'
import { FilesProblem } from '../../../kernel/files.ts'
import { closePaperInHand, documentRefusals, papersAwaitingSeal } from '../../documents/index.ts'
import { findByIds } from '../dossier-store.ts'
import { signedWith } from '../entries.ts'
import type { DossierView, HistoryItem } from '../read-dossier.ts'
import type { SignedKind, SigningDoor } from './papers-to-sign.ts'
import { issuePaper } from './slips.ts'

/** Each minute: a seal must not wait for a reader. */
export const sealTask = 'seal-papers'
export const sealCrontab = `* * * * * ${sealTask}`

export interface SealingParts {
  door: SigningDoor
  view(code: string): Promise<Outcome<DossierView>>
  /** A service or a store that is down is asked again at the next run. */
  onRefused(refusal: Refusal, code: string): void
}

/**
 * Numbers and seals what was signed once its dossier is decided: normally the first who opens a result does, but a
 * seal must not wait for a reader, and a time-stamp service that was down is asked again. Papers that nobody decided on
 * come to nothing: overtaken ones, and those that others signed further. Gives how many were issued.
 */
export async function sealWaiting({ door, view, onRefused }: SealingParts): Promise<number> {
  const waiting = await papersAwaitingSeal(door.db.pool)
  const files = await findByIds(door.db.pool, [...new Set(waiting.map(({ dossierId }) => dossierId))])
  let issued = 0
  for (const { dossier } of files.filter((file) => file.dossier.outcome !== null)) {
    const seen = await view(dossier.code)
    if (isRefusal(seen)) continue
    for (const paper of waiting.filter(({ dossierId }) => dossierId === dossier.id)) {
      const act = seen.history.findLast((each) => namesPaper(each, paper.id))
      const document =
        act && (await issuePaper(door, seen, paper.kind as SignedKind, act.sequence).catch(unreadable))
      if (document === undefined) await closePaperInHand(door.db.pool, paper.id, 'void')
      else if (isRefusal(document)) onRefused(document, dossier.code)
      else issued += 1
    }
  }
  return issued
}

// One content that the store cannot give holds up no other paper.
function unreadable(error: unknown): Refusal {
  if (error instanceof FilesProblem) return documentRefusals.notReadable(error.refusal)
  throw error
}

const namesPaper = ({ data }: Pick<HistoryItem, 'data'>, id: string): boolean =>
  signedWith(data).some(({ paper }) => paper === id)
