import { type Db, inTransaction } from '../../../kernel/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type JudgedTarget, judgeTargets } from './measure-targets.ts'
import { responsibleFor } from './responsible.ts'
import { addAlert, addReaders, listTargets, noteStatus, type TargetAlert } from './target-store.ts'
import { tellChanges } from './tell-changes.ts'

/** Name of the job that judges all targets; a crontab allows no dot in it. */
export const watchTargetsTask = 'watch-targets'
/** Every morning at seven in Hà Nội; crontabs run in UTC. */
export const watchTargetsCrontab = `0 0 * * * ${watchTargetsTask}`

export interface WatchParts {
  db: Db
  /** Where this installation is reached, for the links in mail. */
  baseUrl: string
}

type NewAlert = Omit<TargetAlert, 'seenAt'>

/**
 * Judges every target and tells the responsible when its status changed, once for each change and in one message a day
 * for each of them. What changed and that they were told is kept in one transaction: a watch that was stopped half way
 * tells as if it had never begun. The first look at a target tells only what is at risk or missed, since nothing
 * changed for the better yet.
 */
export async function watchTargets({ db, baseUrl }: WatchParts, now: Date): Promise<NewAlert[]> {
  const judged = await judgeTargets(db, await listTargets(db.pool), now)
  const readers = await readersOf(db, judged, now)
  return inTransaction(db, async (tx) => {
    const alerts: NewAlert[] = []
    for (const each of judged) {
      const alert = alertOf(each, now)
      const changed = await noteStatus(tx, alert)
      if (!changed || !isNews(changed.previous, alert.status)) continue
      const news = { ...alert, previous: changed.previous }
      await addAlert(tx, news)
      await addReaders(tx, news.id, readers.get(news.authority) ?? [])
      alerts.push(news)
    }
    await tellChanges(tx, { db, baseUrl, now })
    return alerts
  })
}

function alertOf({ territory, target, stage, assessment }: JudgedTarget, now: Date): NewAlert {
  const { key, responsible: authority, operator } = target
  const { status, value, counts, missing } = assessment
  return {
    ...{ id: newId(now.getTime()), territory, key, stage: stage.from, authority, previous: null },
    ...{ status, value, counts, missing, operator, wanted: stage.value, at: now },
  }
}

async function readersOf(db: Db, judged: readonly JudgedTarget[], now: Date): Promise<Map<string, string[]>> {
  const authorities = [...new Set(judged.map(({ target }) => target.responsible))]
  const on = dateOfLaw(now)
  return new Map(
    await Promise.all(authorities.map(async (code) => [code, await responsibleFor(db, code, on)] as const)),
  )
}

const isNews = (previous: string | null, status: string): boolean =>
  status === 'at-risk' || status === 'missed' || (status === 'met' && previous !== null)
