import { z } from 'zod'
import type { Db } from '../../../kernel/db.ts'
import { loadWhenChanged } from '../../directory/index.ts'
import { country } from '../index-sets/index.ts'
import { Target } from './target.ts'
import { listTargets, writeTarget } from './target-store.ts'

const File = z.object({ targets: z.array(Target) })

/** Loads the national targets that come with the platform; one that left the file is watched no longer. */
export async function loadTargets(db: Db): Promise<boolean> {
  const source = { key: 'indicators.targets', edition: 1, names: ['targets.json'] }
  return loadWhenChanged(db, source, async (tx, [text]) => {
    const { targets } = File.parse(JSON.parse(text!))
    const signed = { territory: country, changedBy: null, changedAt: new Date() }
    const keys = new Set(targets.map(({ key }) => key))
    for (const { target } of await listTargets(tx, country))
      if (!keys.has(target.key)) await writeTarget(tx, { ...signed, target }, true)
    for (const target of targets) await writeTarget(tx, { ...signed, target })
  })
}
