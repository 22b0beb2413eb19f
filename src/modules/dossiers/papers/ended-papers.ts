import type { Queryable } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { documentsOfDossier, markReplaced, markRevoked } from '../../documents/index.ts'
import type { EntryData } from '../entries.ts'
import type { HistoryItem } from '../read-dossier.ts'
import { isResult } from './result-kind.ts'

/** What of an act says whether a paper still counts. */
export type EndingAct = Pick<HistoryItem, 'kind' | 'sequence' | 'at' | 'data'>

/** Acts after which a paper that was issued may count no more. */
export const endsPapers: ReadonlySet<string> = new Set([
  'dossiers.result-corrected',
  'dossiers.result-revoked',
  'dossiers.restored',
  'dossiers.fees-corrected',
])

/** How a paper ended, and the act that ended it. */
export interface PaperEnd {
  how: 'replaced' | 'revoked' | 'undone'
  by: EndingAct
}

/**
 * What became of the paper of an act: a result ends with the first correction or revocation after it, any paper
 * with the act itself when that was a mistake and was taken back, a notice of what is to be paid with the amount.
 */
export function endOf(
  paper: { kind: string; sequence: number },
  acts: readonly EndingAct[],
): PaperEnd | undefined {
  const by = acts.find((act) => ends(act, paper))
  if (by === undefined) return undefined
  if (by.kind === 'dossiers.restored') return { how: 'undone', by }
  return { how: by.kind === 'dossiers.result-revoked' ? 'revoked' : 'replaced', by }
}

function ends({ kind, sequence, data }: EndingAct, paper: { kind: string; sequence: number }): boolean {
  if (sequence <= paper.sequence || !endsPapers.has(kind)) return false
  if (kind === 'dossiers.restored') return (data as { undone: number }).undone === paper.sequence
  if (kind === 'dossiers.fees-corrected') return paper.kind === 'obligation' && restates(data)
  return isResult(paper.kind)
}

/** Whether what was asked for is asked for again by another amount. */
export const restates = (data: EndingAct['data']): boolean =>
  ((data as Partial<EntryData['dossiers.fees-corrected']>).obligations ?? []).length > 0

/** Marks the papers of a dossier that were issued and count no more; as often as one likes. */
export async function settlePapers(
  db: Queryable,
  dossierId: string,
  acts: readonly EndingAct[],
): Promise<void> {
  const issued = await documentsOfDossier(db, dossierId)
  for (const { id, kind, cause } of issued) {
    const end = endOf({ kind, sequence: Number(cause) }, acts)
    if (end === undefined) continue
    const replacement = issued.find((each) => each.kind === kind && each.cause === String(end.by.sequence))
    if (end.how === 'replaced') await markReplaced(db, id, replacement?.id ?? null)
    else await markRevoked(db, id, publicReasons[end.how](end.by.at))
  }
}

// Anybody may read them on the verification page: why exactly is told to whom it concerns.
const publicReasons = {
  revoked: (at: string) => `Theo quyết định thu hồi ngày ${shortDay(at)}.`,
  undone: (at: string) => `Lập do nhầm lẫn; hồ sơ được khôi phục ngày ${shortDay(at)}.`,
}
const shortDay = (at: string) => dateOfLaw(at).split('-').reverse().join('/')
