import { dateOfLaw } from 'motcua/kernel/time'
import { searchPlaces } from 'motcua/modules/directory'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { placeChoiceText, placeText } from './filing/places'

/** Communes for what is being typed, for the script `place-search`. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { app, now, demonstration } = pageContext(args)
  const q = (args.url.searchParams.get('q') ?? '').replaceAll('\u0000', '').slice(0, 100)
  const found = await searchPlaces(app.db, {
    ...{ q, on: dateOfLaw(now), limit: 8 },
    includeSample: demonstration,
    orFormer: true,
  })
  const hits = found.map((place) => ({
    code: place.code,
    text: placeText(place),
    label: placeChoiceText(place),
  }))
  return Response.json(hits, { headers: { 'cache-control': 'public, max-age=3600' } })
}
