import type { LoaderFunctionArgs } from 'react-router'
import { changeOf } from '../studio-source'
import { processOf, xmlOf } from './source'

/** The drafted process as a BPMN 2.0 file, letter by letter. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const name = processOf(studio).key.replace(/[^\w.-]/g, '_')
  return new Response(xmlOf(studio), {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.bpmn"`,
      'cache-control': 'private, no-store',
    },
  })
}
