import { exportVersion } from 'motcua/modules/processes'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { officerOf } from './officer'
import { versionOf } from './processes-source'

/** The BPMN 2.0 file of a version, for the editor that drew it. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  officerOf(args)
  const { stored } = await versionOf(page, args.params)
  const xml = await exportVersion(page.app.db, stored.key, stored.version)
  return new Response(xml, {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${stored.key.replace(/[^\w.-]/g, '_')}-${stored.version}.bpmn"`,
      'cache-control': 'private, no-store',
    },
  })
}
