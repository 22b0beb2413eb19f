import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { seal } from '../../../kernel/journal.ts'
import { findAuthority } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import { addSetEntry, lockTerritory, powersOverSets, ratioKeys, type SetParts } from '../index-sets/index.ts'
import { Target } from './target.ts'
import { listTargets, type StoredTarget, writeTarget } from './target-store.ts'

export interface TargetProblem {
  field: string
  code: string
}

export const targetRefusals = {
  notYours: () => refusal('forbidden', 'targets.not-yours'),
  invalid: (d: { problems: TargetProblem[] }) => refusal('invalid', 'targets.invalid', d),
  unknown: () => refusal('not-found', 'targets.unknown'),
}

/**
 * Sets a target of the officer's province, or changes it: by control or a leader of the province. The figure must be one
 * that is counted, and the responsible an authority of the province.
 */
export async function setTarget(actor: Actor, raw: unknown, parts: SetParts): Promise<Outcome<StoredTarget>> {
  const [territory] = (await powersOverSets(parts.db, actor)).publish
  if (actor.kind !== 'officer' || territory === undefined) return targetRefusals.notYours()
  const parsed = Target.safeParse(raw)
  if (!parsed.success)
    return targetRefusals.invalid({
      problems: parsed.error.issues.map(({ path }) => ({ field: path.join('.'), code: 'targets.missing' })),
    })
  const problems = await problemsOf(parsed.data, territory, parts)
  if (problems.length > 0) return targetRefusals.invalid({ problems })
  const stored = { territory, target: parsed.data, changedBy: actor.officerId, changedAt: parts.now }
  await write(stored, 'set', parts)
  return stored
}

async function problemsOf(
  { figure, responsible }: Target,
  territory: string,
  { db }: SetParts,
): Promise<TargetProblem[]> {
  const counted = figure === null || (ratioKeys as readonly string[]).includes(figure)
  const within = responsible === territory || responsible.startsWith(`${territory}.`)
  const place = within ? await findAuthority(db, responsible) : undefined
  return [
    ...(counted ? [] : [{ field: 'figure', code: 'targets.unknown-figure' }]),
    ...(place ? [] : [{ field: 'responsible', code: 'targets.unknown-authority' }]),
  ]
}

/** Takes a target of the province back: it stays in the journal, and is watched no longer. */
export async function endTarget(actor: Actor, key: string, parts: SetParts): Promise<Outcome<StoredTarget>> {
  const [territory] = (await powersOverSets(parts.db, actor)).publish
  if (actor.kind !== 'officer' || territory === undefined) return targetRefusals.notYours()
  const known = z.string().safeParse(key).data
  const found = (await listTargets(parts.db.pool, territory)).find(({ target }) => target.key === known)
  if (!found) return targetRefusals.unknown()
  const stored = { ...found, changedBy: actor.officerId, changedAt: parts.now }
  await write(stored, 'ended', parts)
  return stored
}

async function write(
  stored: StoredTarget,
  kind: 'set' | 'ended',
  { db, now, wake }: SetParts,
): Promise<void> {
  const { territory, target, changedBy } = stored
  await inTransaction(db, async (tx) => {
    const { stream, ...head } = await lockTerritory(tx, territory, newId(now.getTime()))
    await writeTarget(tx, stored, kind === 'ended')
    const data = kind === 'set' ? { ...target } : { key: target.key }
    const actor = { kind: 'officer' as const, id: changedBy! }
    const [sealed] = seal(stream, head, [{ kind: `indicators.target-${kind}`, data, actor, at: now }])
    await addSetEntry(tx, territory, sealed!)
  })
  wake?.()
}
