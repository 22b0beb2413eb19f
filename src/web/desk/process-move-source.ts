import { isRefusal } from 'motcua/kernel/errors'
import { openByProcess, processMoves, sameSteps } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  findProcessVersion,
  mayPublish,
  type ProcessVersion,
  type PublishedVersion,
  publishedVersions,
} from 'motcua/modules/processes'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'
import { officerNames } from './names'
import { mapLines, moveRunView, namesIn } from './process-move.view'
import { periodText } from './processes.view'

const runsShown = 10

/** The process of the address and the two versions that are chosen; the newest pair when none is. */
export async function chosenVersions({ app }: PageContext, key: string, search: URLSearchParams) {
  const versions = (await publishedVersions(app.db.pool, key)).filter(({ withdrawn }) => withdrawn === null)
  const [newest] = versions
  if (!newest) throw data(null, { status: 404 })
  const numberOf = (name: string) => {
    const asked = Number(search.get(name) ?? 0)
    return versions.find(({ version }) => version === asked)?.version
  }
  const from = numberOf('tu') ?? versions[1]?.version ?? newest.version
  const to = numberOf('sang') ?? versions.find(({ version }) => version !== from)?.version ?? from
  const stored = await Promise.all([from, to].map((version) => findProcessVersion(app.db, key, version)))
  const [before, after] = stored as [ProcessVersion, ProcessVersion]
  return { versions, before, after }
}

export type ChosenVersions = Awaited<ReturnType<typeof chosenVersions>>

/** What the page shows besides a preview: versions to choose from, how steps map, moves that were asked for. */
export async function moveFacts(page: PageContext, officer: Officer, chosen: ChosenVersions) {
  const { app, locale } = page
  const { before, after, versions } = chosen
  const { key } = before
  const [open, same, runs, mayStart] = await Promise.all([
    openByProcess(app.db.pool, key),
    sameSteps(app.db, { key, from: before.version, to: after.version }),
    processMoves(app.db.pool, key, { limit: runsShown }),
    mayPublish(app.db, officer),
  ])
  const names = await officerNames(
    page,
    runs.map(({ by }) => by),
  )
  const compiled = await Promise.all(
    [...new Set(runs.map(({ plan }) => plan.from))].map(
      async (version) => [version, await findProcessVersion(app.db, key, version)] as const,
    ),
  )
  const namesBefore = new Map(
    compiled.flatMap(([no, found]) => (found ? [[no, namesIn(found.compiled)]] : [])),
  )
  return {
    key,
    name: after.compiled.name || key,
    from: before.version,
    to: after.version,
    choices: versions.map((each) => choiceOf(each, page)),
    open: open.find(({ version }) => version === before.version)?.count ?? 0,
    lines: mapLines(before.compiled, after.compiled, isRefusal(same) ? {} : same),
    mayStart,
    runs: runs.map((run) =>
      moveRunView(
        run,
        { name: names[run.by] ?? run.by, before: namesBefore.get(run.plan.from) ?? ((id) => id) },
        locale,
      ),
    ),
  }
}

const choiceOf = (version: PublishedVersion, { locale }: PageContext) => ({
  value: String(version.version),
  label: `${version.version}: ${periodText(version, locale)}`,
})
