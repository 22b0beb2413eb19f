import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'

/** Search engines read public pages; a demonstration is read by nobody, so that sample data is never found as real. */
export function loader(args: LoaderFunctionArgs): Response {
  const { demonstration, baseUrl } = pageContext(args)
  const rules = demonstration
    ? ['Disallow: /']
    : ['Disallow: /ho-so', 'Disallow: /nop', 'Disallow: /can-bo', `Sitemap: ${baseUrl}/sitemap.xml`]
  return new Response(`User-agent: *\n${rules.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
