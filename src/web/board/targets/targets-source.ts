import { listAuthorities } from 'motcua/modules/directory'
import { judgeTargets, listTargets, paceDays } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { targetsView } from './targets.view'

/** Every target that is watched, judged now. */
export async function readTargets({ app, now, locale }: PageContext) {
  const [targets, authorities] = await Promise.all([listTargets(app.db.pool), listAuthorities(app.db)])
  const root = authorities.find(({ parentCode }) => !parentCode)
  const names: Record<string, string> = Object.fromEntries(
    authorities.map(({ code, shortName }) => [code, shortName]),
  )
  names[''] = root?.name ?? ''
  const judged = await judgeTargets(app.db, targets, now)
  return {
    view: targetsView(judged, { names, now, paceDays, locale }),
    place: root?.name ?? '',
    targets,
    authorities,
  }
}
