import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { csvOf } from '../../desk/process-figures.view'
import { csvStream } from '../csv.view'
import { readSteps } from './steps-source'

/** The table of the steps as CSV, of the unit, period and procedure of its page. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const { ask, place, chosen, facts } = await readSteps(page, args.request)
  if (ask.problems.length > 0) throw data(null, { status: 422 })
  if (facts === null) throw data(null, { status: 404 })
  const sample = page.demonstration ? 'du-lieu-mau-' : ''
  const name = `${sample}cac-buoc-${chosen}-${place.code || 'tat-ca'}-${ask.from}-${ask.to}.csv`
  return new Response(csvStream(csvOf(facts, page.demonstration)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-cache',
    },
  })
}
