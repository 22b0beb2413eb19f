import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { csvStream } from '../csv.view'
import { closedLines } from './closed.view'
import { readClosed } from './closed-source'

/** The revisions of a closed period as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { facts } = await readClosed(args)
  const name = `so-da-chot-${facts.unit.code || 'tat-ca'}-${facts.period}.csv`
  return new Response(csvStream(closedLines(facts, pageContext(args).locale)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
}
