import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { csvFile } from '../csv.view'
import { closedLines } from './closed.view'
import { readClosed } from './closed-source'

/** The revisions of a closed period as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { facts } = await readClosed(args)
  const { locale, demonstration } = pageContext(args)
  const name = `so-da-chot-${facts.unit.code || 'tat-ca'}-${facts.period}`
  return csvFile(closedLines(facts, locale), { name, demonstration })
}
