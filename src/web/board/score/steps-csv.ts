import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { csvOf } from '../../desk/process-figures.view'
import { csvFile } from '../csv.view'
import { readSteps } from './steps-source'

/** The table of the steps as CSV, of the unit, period and procedure of its page. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const { ask, place, chosen, facts } = await readSteps(page, args.request)
  if (ask.problems.length > 0) throw data(null, { status: 422 })
  if (facts === null) throw data(null, { status: 404 })
  const { demonstration } = page
  const name = `cac-buoc-${chosen}-${place.code || 'tat-ca'}-${ask.from}-${ask.to}`
  return csvFile(csvOf(facts, demonstration), { name, demonstration, kept: 'asked' })
}
