import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { LinkAction } from '../../ui/button'
import { LineChart } from '../../ui/charts'
import { Icon } from '../../ui/icon'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { cachedBoard } from '../board-cache'
import { boardHref } from '../board-query'
import type { BoardPage } from '../board-source'
import { DataLinks } from '../data-links'
import { notHere } from '../not-here'
import { NotHereBoundary } from '../not-here-boundary'
import { IndexFrame } from './index-frame'
import { findPart, type IndicatorView, indicatorView } from './indicator.view'
import { indexPath, seriesLinks, unitLinks } from './score.links'
import { readScore } from './score-source'

type Loaded = BoardPage<IndicatorView>

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { facts, ask, choices, top, mayOpen } = await readScore(args)
  const part = findPart(facts.set, args.params.key ?? '')
  if (!part) {
    const t = messages(page.locale)
    throw notHere({
      title: t('score.notHere.key'),
      text: t('score.notHere.keyMore', { set: facts.set.name[page.locale] }),
      link: { href: boardHref(indexPath, ask), text: t('score.notHere.index') },
    })
  }
  const view = indicatorView(facts, part, { ask, locale: page.locale, mayOpen })
  return data({ view, choices, top } satisfies Loaded, { status: ask.problems.length > 0 ? 422 : 200 })
}

/** A group or an indicator: both numbers, share, points, what one more would bring, and every unit. */
export default function IndicatorPage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={view.title}
      place={view.place}
      lead={view.lead}
      path={`${indexPath}/${view.key}`}
      below
      live={view.version}
    >
      <ul className="sparts">
        {view.parts.map((part) => (
          <Part key={part.key} part={part} isLinked={view.isGroup} />
        ))}
      </ul>
      <RatioTrend view={view} />
      <Units view={view} />
    </IndexFrame>
  )
}

function Part({ part, isLinked }: { part: IndicatorView['parts'][number]; isLinked: boolean }) {
  const t = useT()
  return (
    <li className="spart">
      {isLinked && (
        <h2>
          <a href={part.href}>{part.name}</a>
        </h2>
      )}
      <p className="spart__n num">
        <b>{part.ratio ?? part.points}</b>
        <span>
          {part.figure && `${part.figure} · `}
          {`${part.points}/${part.max}`} {t('score.raise.point')}
        </span>
      </p>
      <svg className="sgroups__bar" width="100%" height="10" aria-hidden="true">
        <rect width="100%" height="100%" className="plot__track" />
        <rect width={`${(part.share * 100).toFixed(1)}%`} height="100%" className="plot__data" />
      </svg>
      {part.raise && <p>{part.raise}</p>}
      {part.note && <p className="soft">{part.note}</p>}
      <p className="spart__links no-print">
        <LinkAction href={part.definitionHref} icon="info">
          {t('score.indicator.definition')}
        </LinkAction>
        {part.open.map(({ href, text }) => (
          <LinkAction key={href} href={href} icon="search">
            {text}
          </LinkAction>
        ))}
      </p>
    </li>
  )
}

function RatioTrend({ view: { ratioTrend, ask, placeCode } }: { view: IndicatorView }) {
  const t = useT()
  if (!ratioTrend) return null
  return (
    <figure className="chart" aria-labelledby="ty-le-thang">
      <figcaption>
        <h2 id="ty-le-thang">{t('score.indicator.trend')}, %</h2>
      </figcaption>
      <LineChart
        ticks={ratioTrend.ticks}
        lines={[{ label: ratioTrend.latest, values: ratioTrend.values, look: 'focus' }]}
        describe={ratioTrend.describe}
      />
      <div className="chart__foot">
        <DataLinks {...seriesLinks(ask, placeCode)} />
      </div>
    </figure>
  )
}

function Units({ view: { unitRows, isGroup, ask, level } }: { view: IndicatorView }) {
  const t = useT()
  if (unitRows.length === 0) return null
  const number = (key: 'in' | 'of' | 'share' | 'points' | 'left') => ({
    key,
    title: t(`score.indicator.${key}`),
    numeric: true,
    cell: (row: (typeof unitRows)[number]) => row[key],
  })
  return (
    <section className="chart" aria-labelledby="tung-don-vi">
      <div className="cap">
        <h2 id="tung-don-vi">{t('score.indicator.units')}</h2>
        <p>{t('score.indicator.unitsNote')}</p>
      </div>
      <div className={isGroup ? 'table--short' : undefined}>
        <Table
          caption={t('score.indicator.units')}
          hideCaption
          rows={unitRows}
          rowKey={({ code }) => code}
          columns={[
            {
              key: 'name',
              title: t('score.indicator.unit'),
              heading: true,
              cell: ({ name, href }) => (
                <a href={href}>
                  {name} <Icon name="chevron-right" />
                </a>
              ),
            },
            ...(isGroup ? [] : [number('in'), number('of'), number('share')]),
            number('points'),
            number('left'),
          ]}
        />
      </div>
      <div className="chart__foot">
        <DataLinks {...unitLinks(ask, level)} />
      </div>
    </section>
  )
}
