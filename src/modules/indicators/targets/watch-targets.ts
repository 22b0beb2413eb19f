import { type Db, inTransaction } from '../../../kernel/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { judgeTargets } from './measure-targets.ts'
import { addAlert, listTargets, noteStatus, type TargetAlert } from './target-store.ts'

/** Name of the job that judges all targets; a crontab allows no dot in it. */
export const watchTargetsTask = 'watch-targets'
/** Every morning at seven in Hà Nội; crontabs run in UTC. */
export const watchTargetsCrontab = `0 0 * * * ${watchTargetsTask}`

/**
 * Judges every target and tells the responsible when its status changed, once for each change. The first look at a
 * target tells only what is at risk or missed, since nothing changed for the better yet.
 */
export async function watchTargets(db: Db, now: Date): Promise<Omit<TargetAlert, 'seenAt'>[]> {
  const judged = await judgeTargets(db, await listTargets(db.pool), now)
  const told: Omit<TargetAlert, 'seenAt'>[] = []
  for (const { territory, target, stage, assessment } of judged) {
    const { status, value } = assessment
    const { key, responsible: authority } = target
    await inTransaction(db, async (tx) => {
      const changed = await noteStatus(tx, { territory, key, stage: stage.from, status, at: now })
      if (!changed || !isNews(changed.previous, status)) return
      const alert = {
        ...{ id: newId(now.getTime()), territory, key, stage: stage.from, authority },
        ...{ previous: changed.previous, status, value, at: now },
      }
      await addAlert(tx, alert)
      told.push(alert)
    })
  }
  return told
}

const isNews = (previous: string | null, status: string): boolean =>
  status === 'at-risk' || status === 'missed' || (status === 'met' && previous !== null)
