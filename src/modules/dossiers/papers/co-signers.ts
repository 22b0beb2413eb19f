import type { CompiledProcess } from '../../processes/index.ts'
import { type PaperSigned, signedWith } from '../entries.ts'
import type { HistoryItem } from '../read-dossier.ts'

/** Somebody who signs a paper before the one who decides: a step of the process that says so. */
export interface CoSigner {
  stepId: string
  /** An initial at the end of the text, or a signature beside the one of who decides. */
  role: 'initial' | 'second'
  /** The field of the paper that is theirs. */
  field: string
  /** Its place among those of the same role, from 0. */
  no: number
}

/** Everybody whom a process asks to sign before the decision, in the order of its drawing. Pure. */
export function coSignersOf(process: Pick<CompiledProcess, 'steps'>): CoSigner[] {
  const counts = { initial: 0, second: 0 }
  return Object.values(process.steps).flatMap(({ stepId, signs }) => {
    if (signs === undefined) return []
    const no = counts[signs]++
    return { stepId, role: signs, field: `${signs}-${no + 1}`, no }
  })
}

/** The co-signer that a step makes of whoever does it; undefined of a step that signs nothing. */
export const coSignerAt = (
  process: Pick<CompiledProcess, 'steps'>,
  stepId: string | null,
): CoSigner | undefined => coSignersOf(process).find((each) => each.stepId === stepId)

type Act = Pick<HistoryItem, 'kind' | 'data'>

/** What changes what a paper says, so that signatures before it are of another paper. */
const changesPapers = new Set<string>([
  'dossiers.result-drafted',
  'dossiers.supplemented',
  'dossiers.transferred',
  'dossiers.process-changed',
])

/** After these nothing that was signed before is taken further. */
const endsSigning = new Set<string>(['dossiers.sent-back', 'dossiers.decided', 'dossiers.restored'])

/**
 * The papers that were signed so far on the way to the decision, with all signatures up to now. `overtaken`: what they
 * say was changed after it, so they have to be signed again. Pure.
 */
export function signedSoFar(history: readonly Act[]): { papers: PaperSigned[]; overtaken: boolean } {
  let overtaken = false
  for (const act of history.toReversed()) {
    if (endsSigning.has(act.kind)) break
    if (changesPapers.has(act.kind)) overtaken = true
    const papers = signedWith(act.data)
    if (papers.length > 0) return { papers, overtaken }
  }
  return { papers: [], overtaken: false }
}
