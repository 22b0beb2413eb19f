import type { Dossier } from './dossier.ts'
import type { SealedDossierEntry } from './entries.ts'
import { fold } from './evolve.ts'

// A second party's no is their own will: no officer takes it back.
const endings = new Set<string>([
  'dossiers.refused',
  'dossiers.withdrawn',
  'dossiers.stopped',
  'dossiers.returned',
])

/** The dossier as it was before the act that ended it, and that act's place; null when no act that may be undone did. */
export function beforeTheEnd(
  entries: readonly SealedDossierEntry[],
): { dossier: Dossier; undone: number } | null {
  const last = entries.findLastIndex(({ kind }) => endings.has(kind) || kind === 'dossiers.disagreed')
  const ending = entries[last]
  if (ending === undefined || !endings.has(ending.kind)) return null
  const dossier = fold(entries.slice(0, last))
  return dossier ? { dossier, undone: ending.sequence } : null
}
