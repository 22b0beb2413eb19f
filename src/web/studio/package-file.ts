import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { exportPackage } from 'motcua/modules/changes'
import { data, type LoaderFunctionArgs } from 'react-router'
import { studioOfficer } from './studio-source'

/** The package of a procedure in force, to keep. */
export async function loader(args: LoaderFunctionArgs) {
  const { page } = await studioOfficer(args)
  const { app, now } = page
  const made = await exportPackage({ db: app.db, now }, args.params.code ?? '')
  if (isRefusal(made)) throw data(null, { status: httpStatus[made.kind] })
  return new Response(Buffer.from(made.bytes), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${made.fileName}"`,
      'cache-control': 'private, no-store',
    },
  })
}
