import { findProcessVersion } from 'motcua/modules/processes'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { csvFile } from '../board/csv.view'
import { officerOf } from './officer'
import { csvOf } from './process-figures.view'
import { readFigureFacts } from './process-figures-source'

/** The table of a process as text for spreadsheets, for the same place and days as the page that links to it. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { key = '', version = '' } = args.params
  const process = /^\d{1,6}$/.test(version)
    ? await findProcessVersion(page.app.db, key, Number(version))
    : undefined
  if (!process) throw data(null, { status: 404 })
  const query = new URL(args.request.url).searchParams
  const { facts, asked } = await readFigureFacts(page, officer, process, query)
  const { from, to } = asked.period
  const { demonstration } = page
  const name = `thoi-gian-${process.key}-${process.version}-${asked.place || 'tat-ca'}-${from}-${to}`
  return csvFile(csvOf(facts, demonstration), { name, demonstration, kept: 'never' })
}
