import { data, type LoaderFunctionArgs } from 'react-router'
import { openCertifying, pagePicture } from './certify-source'

/** A page of a captured original, for whoever compares it with the paper. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const open = await openCertifying(args)
  const { place, no } = args.params
  const picture = await pagePicture(open, { place: Number(place), no: Number(no) })
  if (picture === undefined) throw data(null, { status: 404 })
  return new Response(new Uint8Array(picture), {
    headers: {
      'content-type': 'image/jpeg',
      // The address names the content; only this browser may keep it.
      'cache-control': 'private, max-age=600',
      'x-content-type-options': 'nosniff',
    },
  })
}
