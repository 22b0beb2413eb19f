import { dateOfLaw } from 'motcua/kernel/time'
import { csvOf, jsonLdOf, listVersions } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'

/** Open data of the procedures in force: `.json`, `.csv`, and `.jsonld` in the words of CPSV-AP. */
export async function loader(args: LoaderFunctionArgs) {
  const { app, now } = pageContext(args)
  const versions = (await listVersions(app.db, dateOfLaw(now))).toSorted((a, b) =>
    a.procedureCode < b.procedureCode ? -1 : 1,
  )
  switch (args.params.format) {
    case 'thu-tuc.json':
      return sent('application/json', JSON.stringify(versions))
    case 'thu-tuc.csv':
      return sent('text/csv; charset=utf-8', csvOf(versions))
    case 'thu-tuc.jsonld':
      return sent(
        'application/ld+json',
        JSON.stringify(versions.map((each) => jsonLdOf(each, app.config.baseUrl))),
      )
    default:
      throw data(null, { status: 404 })
  }
}

const sent = (type: string, body: string) =>
  new Response(body, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } })
