import { LineChart } from '../../ui/charts'
import { Icon } from '../../ui/icon'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { DataLinks } from '../data-links'
import { HeatTable } from '../heat-table'
import { Radar } from './radar'
import { linksOf } from './score.links'
import type { ScoreView } from './score.view'

/** The total month by month, with the table behind it. */
export function Trend({ view }: { view: ScoreView }) {
  const t = useT()
  const { trend, place } = view
  return (
    <figure className="chart" aria-labelledby="diem-thang">
      <figcaption>
        <h2 id="diem-thang">{trend.title}</h2>
        <p>{t('score.trend.note', { place })}</p>
      </figcaption>
      <LineChart
        ticks={trend.ticks}
        lines={[{ label: trend.latest, values: trend.values, look: 'focus' }]}
        describe={trend.describe}
      />
      <div className="chart__foot">
        <details data-keep="diem-thang-bang">
          <summary>
            <Icon name="table" />
            {t('web.table.showTable')}
          </summary>
          <Table
            caption={t('score.trend.title')}
            hideCaption
            rows={trend.rows}
            rowKey={({ month }) => month}
            columns={[
              { key: 'month', title: t('score.trend.month'), heading: true, cell: ({ label }) => label },
              { key: 'total', title: t('score.trend.total'), numeric: true, cell: ({ total }) => total },
            ]}
          />
        </details>
        <DataLinks {...linksOf(view, 'thang')} />
      </div>
    </figure>
  )
}

/** The shape of the score over its groups. */
export function Shape({ view }: { view: ScoreView }) {
  const t = useT()
  const { radar, before } = view
  return (
    <figure className="chart" aria-labelledby="hinh-dang">
      <figcaption>
        <h2 id="hinh-dang">{radar.title}</h2>
        <p>{t('score.radar.note', { period: before })}</p>
      </figcaption>
      <Radar axes={radar.axes} describe={radar.describe} />
      <div className="chart__foot">
        <DataLinks {...linksOf(view, 'nhom')} />
      </div>
    </figure>
  )
}

/** Totals by unit and month; the figure stands in every cell. */
export function Heat({ view }: { view: ScoreView }) {
  const t = useT()
  const { heat } = view
  if (heat.rows.length < 2) return null
  return (
    <figure className="chart" aria-labelledby="don-vi-thang">
      <figcaption>
        <h2 id="don-vi-thang">{t('score.heat.title')}</h2>
        <p>{t('score.heat.note')}</p>
      </figcaption>
      <HeatTable
        caption={t('score.heat.title')}
        first={t('score.heat.unit')}
        months={heat.months}
        rows={heat.rows}
      />
      <div className="chart__foot heat__foot">
        <p className="scale">
          {([0, 1, 2, 3, 4] as const).map((step) => (
            <span key={step}>
              <i className={step === 0 ? undefined : `h${step}`} />
              {t(`score.heat.step${step}`)}
            </span>
          ))}
          <span>{t('score.heat.partial')}</span>
        </p>
        <DataLinks {...linksOf(view, 'don-vi-thang')} />
      </div>
    </figure>
  )
}
