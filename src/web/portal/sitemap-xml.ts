import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { openPages, publicPages } from './site-map'
import { eventLines, filedHere } from './sources'

/** The same map for search engines (sitemaps.org). */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { app, locale, baseUrl } = pageContext(args)
  const [events, procedures] = await Promise.all([eventLines(app.db, locale), filedHere(app.db, locale)])
  const paths = [
    ...[...publicPages, ...openPages].map(({ path }) => path),
    ...events.map(({ slug }) => `/viec-trong-doi/${slug}`),
    ...procedures.map(({ code }) => `/thu-tuc/${code}`),
  ]
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${paths.map((path) => `  <url><loc>${escapeXml(baseUrl + path)}</loc></url>`).join('\n')}
</urlset>
`
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
