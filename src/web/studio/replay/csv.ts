import { messages } from 'motcua/kernel/i18n'
import { replayFor, replayLines } from 'motcua/modules/changes'
import { data, type LoaderFunctionArgs } from 'react-router'
import { type Cell, csvFile } from '../../board/csv.view'
import { changeOf } from '../studio-source'
import { askedLines, sayer } from './source'

const atOnce = 1000

/** Every differing dossier of the last run, as text for spreadsheets. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const { page, officer, change } = studio
  const run = await replayFor(page.app.db, officer, change.id)
  if (!run) throw data(null, { status: 404 })
  const t = messages(page.locale)
  const say = await sayer(studio)
  const { kind } = askedLines(args.request)
  const lines: Cell[][] = [
    [t('replay.table.code'), t('replay.table.authority'), t('replay.table.kinds'), t('replay.table.says')],
  ]
  for (let after = 0; ; ) {
    const found = await replayLines(page.app.db.pool, run.id, { kind, after, limit: atOnce })
    for (const line of found)
      lines.push([
        ...[line.code, say.authority(line.authority)],
        line.kinds.map((each) => t(`replay.kind.${each}`)).join('; '),
        say.line(line).join(' '),
      ])
    if (found.length < atOnce) break
    after = found.at(-1)!.place
  }
  const { demonstration } = page
  return csvFile(lines, { name: `chay-lai-${change.code}`, demonstration, kept: 'never' })
}
