import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { csvStream } from '../csv.view'
import { scoreTables } from './score.links'
import { scoreLines } from './score-csv.view'
import { readScore } from './score-source'

const Table = z.enum(scoreTables)

/** The numbers of one picture of the index as CSV, of the unit, period and set of its page. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const table = Table.safeParse(new URL(args.request.url).searchParams.get('bang'))
  if (!table.success) throw data(null, { status: 404 })
  const { facts, ask } = await readScore(args)
  if (ask.problems.length > 0) throw data(null, { status: 422 })
  const sample = page.demonstration ? 'du-lieu-mau-' : ''
  const name = `${sample}chi-so-${table.data}-${facts.place.code || 'tat-ca'}-${ask.from}-${ask.to}.csv`
  return new Response(csvStream(scoreLines(table.data, facts, messages(page.locale))), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      // Whoever answers for the unit may be shown more than everybody.
      'cache-control': 'private, no-cache',
    },
  })
}
