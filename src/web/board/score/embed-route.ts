import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { embedSvg } from './embed-svg'
import { indexPath } from './score.links'
import { openScore } from './score-source'

/** The total of a unit as a small picture for other pages; it is current whenever it is loaded. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const { view } = await openScore(args)
  const t = messages(page.locale)
  const svg = embedSvg({
    title: t('score.title'),
    place: view.place,
    total: view.headline.text,
    outOf: view.headline.outOf,
    period: [view.period, view.set.own].filter(Boolean).join(' · '),
    asAt: `${view.asAt.time} ${view.asAt.date}`,
    groups: view.groups.map(({ name, points, max, share }) => ({ name, text: `${points}/${max}`, share })),
    address: `${new URL(page.baseUrl).host}${indexPath}`,
    isSample: page.demonstration,
    sample: t('web.sample.tag'),
  })
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      // Whoever answers for the unit may be shown more than everybody.
      'cache-control': page.actor.kind === 'anonymous' ? 'public, max-age=60' : 'private, no-cache',
      vary: 'cookie',
      // A picture runs nothing; if it is opened as a page it may still load nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cross-origin-resource-policy': 'cross-origin',
    },
  })
}
