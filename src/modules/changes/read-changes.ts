import { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import type { Actor } from '../identity/index.ts'
import type { ProcedureChange } from './change.ts'
import { findChange, type ListedChange, listChanges } from './change-store.ts'
import { powersOver } from './powers-over-changes.ts'

/** A change as an officer who edits or reviews reads it; undefined for everybody else and for what there is not. */
export async function readChange(db: Db, actor: Actor, id: string): Promise<ProcedureChange | undefined> {
  if (!z.uuid().safeParse(id).success || !(await mayReadChanges(db, actor))) return undefined
  return (await findChange(db.pool, id))?.change
}

/** Whether somebody may look at changes of procedures at all. */
export async function mayReadChanges(db: Db, actor: Actor): Promise<boolean> {
  const { edit, review } = await powersOver(db, actor)
  return edit || review
}

/** Changes of one procedure, or all, for who may read them. */
export async function changesFor(db: Db, actor: Actor, code?: string): Promise<ListedChange[]> {
  return (await mayReadChanges(db, actor)) ? listChanges(db, code) : []
}
