import type { Db } from '../../kernel/db.ts'
import { alarmScope } from '../dossiers/index.ts'
import type { Actor } from '../identity/index.ts'

/**
 * The authorities of which somebody may know which officer holds what: heads and leaders where they direct, control
 * where it looks, a province's those of everybody under it. Nobody else, and no system.
 */
export async function namedAuthorities(db: Db, actor: Actor): Promise<string[]> {
  return actor.kind === 'officer' ? alarmScope(db, actor) : []
}
