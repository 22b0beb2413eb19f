import { Delta, Stat, Stats } from '../../ui/charts'
import { FigureLink } from '../../ui/figure-link'
import { useT } from '../../ui/shell'
import { DataLinks } from '../data-links'
import { BandScale } from './band-scale'
import { Raises } from './raises'
import { linksOf } from './score.links'
import type { ScoreView } from './score.view'

/** The total with its band, rank and change; unless it is brief, also what would raise it most. */
export function ScoreTop({ view, isBrief = false }: { view: ScoreView; isBrief?: boolean }) {
  const t = useT()
  const { headline, rank, stats } = view
  return (
    <section className="big" aria-label={t('score.title')}>
      <p className="big__n score__n">
        <b>{headline.text}</b>{' '}
        <span>
          {headline.outOf} <FigureLink figure="total" name={t('score.title')} />
        </span>
      </p>
      <p className="big__say">
        {headline.instead ?? headline.band}{' '}
        {headline.change && (
          <>
            <Delta value={headline.change.value} text={headline.change.text} />{' '}
            {t('score.than', { period: view.before })}
          </>
        )}
      </p>
      {headline.ofMeasured && <p className="soft">{headline.ofMeasured}</p>}
      <BandScale
        bands={view.bands}
        total={headline.total}
        isRated={headline.isRated}
        describe={t('score.scale', {
          bands: view.bands.map(({ label, from }) => `${label} ${from}`).join(', '),
          total: headline.text,
        })}
      />
      <div className="big__s">
        <Stats>
          {rank && (
            <Stat label={t('score.rank')} value={String(rank.rank)}>
              {rank.of}
              {rank.moved && ` · ${rank.moved}`}
            </Stat>
          )}
          <Stat label={t('score.dossiers')} value={stats.received}>
            {stats.finished}
          </Stat>
        </Stats>
      </div>
      {!isBrief && !headline.instead && <Raises view={view} />}
    </section>
  )
}

/** The groups of the set: points, the part that is measured, change, and where most is lost. */
export function ScoreGroups({ view }: { view: ScoreView }) {
  const t = useT()
  return (
    <section aria-labelledby="nhom">
      <h2 id="nhom" className="gh">
        {t('score.groups.title')}
      </h2>
      <ul className="sgroups">
        {view.groups.map((group) => (
          <li key={group.key}>
            <span>
              <a href={group.href}>{group.name}</a> <FigureLink figure={group.key} name={group.name} />
            </span>
            <span className="sgroups__n num">
              <b>{group.points}</b>/{group.max}
            </span>
            <svg className="sgroups__bar" width="100%" height="10" aria-hidden="true">
              <rect width="100%" height="100%" className="plot__unmeasured" />
              <rect width={percent(group.measuredShare)} height="100%" className="plot__track" />
              <rect width={percent(group.share)} height="100%" className="plot__data" />
            </svg>
            <small>
              {group.note}
              {group.partly && ` · ${group.partly}`}
            </small>
            <small className="sgroups__d num">
              <Delta {...group.change} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`

/** The change of the total, indicator by indicator, with the units that made it. */
export function WhyChanged({ view }: { view: ScoreView }) {
  const t = useT()
  const { why } = view
  if (!why || why.rows.length === 0) return null
  const rows = (list: typeof why.rows) => list.map((row) => <WhyRow key={row.key} row={row} />)
  return (
    <section className="chart" aria-labelledby="vi-sao">
      <div className="cap">
        <h2 id="vi-sao">{why.title}</h2>
        <p>{t('score.why.note')}</p>
      </div>
      <ol className="changes">{rows(why.rows.slice(0, 5))}</ol>
      {why.rows.length > 5 && (
        <details data-keep="vi-sao-het">
          <summary>{t('score.why.all')}</summary>
          <ol className="changes">{rows(why.rows.slice(5))}</ol>
        </details>
      )}
      <div className="chart__foot">
        <DataLinks {...linksOf(view, 'vi-sao')} />
      </div>
    </section>
  )
}

type Row = NonNullable<ScoreView['why']>['rows'][number]

function WhyRow({ row: { name, href, before, now, change, units, rest } }: { row: Row }) {
  return (
    <li>
      <b className={`num changes__p ${change.value < 0 ? 'is-down' : 'is-up'}`}>{change.text}</b>
      <span>
        <a href={href}>{name}</a> <span className="num soft">{`${before} → ${now}`}</span>
        {units.length > 0 && (
          <small>
            {units.map(({ code, name: unit, href: to, points, why }, index) => (
              <span key={code}>
                {index > 0 && '; '}
                <a href={to}>{unit}</a> <span className="num">{points}</span> ({why})
              </span>
            ))}
          </small>
        )}
        {rest && <small>{rest}</small>}
      </span>
    </li>
  )
}
