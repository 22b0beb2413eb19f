import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { csvFile } from '../csv.view'
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
  const { demonstration } = page
  const name = `chi-so-${table.data}-${facts.place.code || 'tat-ca'}-${ask.from}-${ask.to}`
  const lines = scoreLines(table.data, facts, messages(page.locale))
  // Whoever answers for the unit may be shown more than everybody.
  return csvFile(lines, { name, demonstration, kept: 'asked' })
}
