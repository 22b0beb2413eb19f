import type { ReactNode } from 'react'
import { LinkAction } from '../ui/button'
import { Delta, Stat, Stats } from '../ui/charts'
import { FigureLink } from '../ui/figure-link'
import { numberText } from '../ui/format'
import { Icon } from '../ui/icon'
import { useShell, useT } from '../ui/shell'
import { Table } from '../ui/table'
import type { BoardView, PartGroup } from './board.view'
import { NoteList } from './board-head'
import { boardHref } from './board-query'
import { DataLinks } from './data-links'
import { FigureTable } from './figure-table'
import { HeatTable } from './heat-table'
import { TrendChart } from './trend-chart'

/** The one large figure with what it means, and beside it where the dossiers are. */
export function BoardTop({ view }: { view: BoardView }) {
  const t = useT()
  return (
    <section className="top" aria-label={t('board.headline.label')}>
      <div className="big">
        {view.headline.share && (
          <p className="big__n">
            <b>{view.headline.share}</b>
            <span>
              {t('board.headline.name')} <FigureLink figure="on-time-share" name={t('board.headline.name')} />
            </span>
          </p>
        )}
        <p className="big__say">
          {view.headline.say}{' '}
          <Change
            points={view.headline.points}
            than={t('board.headline.than', { period: view.headline.before })}
          />
        </p>
        {view.headline.slowest && <p className="soft">{view.headline.slowest}</p>}
        <BoardStats view={view} />
      </div>
      <div>
        <h2 className="gh">{t('board.where.title')}</h2>
        {view.groups.map((group) => (
          <Group key={group.key} group={group} />
        ))}
      </div>
    </section>
  )
}

function Change({ points, than }: { points: number | null; than: string }) {
  const t = useT()
  const { locale } = useShell()
  if (points === null) return null
  const value = numberText(Math.abs(points), locale, 1)
  return (
    <>
      <Delta value={points} text={t('board.headline.points', { value })} /> {than}
    </>
  )
}

function BoardStats({ view: { stats, headline } }: { view: BoardView }) {
  const t = useT()
  const named = (name: string, figure: string) => (
    <>
      {name} <FigureLink {...{ figure, name }} />
    </>
  )
  return (
    <div className="big__s">
      <Stats>
        <Stat label={named(t('board.headline.received'), 'received')} value={stats.received}>
          {stats.receivedBefore &&
            t('board.headline.receivedBefore', { period: headline.before, count: stats.receivedBefore })}
        </Stat>
        <Stat label={named(t('board.headline.online'), 'online-share')} value={stats.online}>
          <Change points={stats.onlinePoints} than="" />
        </Stat>
        <Stat label={named(t('board.headline.satisfied'), 'satisfaction-share')} value={stats.satisfied}>
          {stats.hasRatings
            ? t('board.headline.ratings', { count: stats.ratings })
            : t('board.headline.noRatings')}
        </Stat>
      </Stats>
    </div>
  )
}

function Group({ group: { title, total, totalHref, parts } }: { group: PartGroup }) {
  return (
    <section className="parts">
      <h3>
        <span>{title}</span>
        <a className="parts__total num" href={totalHref}>
          {total}
        </a>
      </h3>
      <ul>
        {parts.map(({ key, label, value, share, note, href, look }) => (
          <li key={key}>
            <a href={href}>{label}</a>
            <svg className="parts__bar" width="100%" height="10" aria-hidden="true">
              <rect width="100%" height="100%" className="plot__track" />
              <rect width={`${(share * 100).toFixed(1)}%`} height="100%" className={`plot__${look}`} />
            </svg>
            <b className="num">{value}</b>
            <small className="num">{note}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What came and was done over time, beside what pulls the share down. */
export function BoardMiddle({ view }: { view: BoardView }) {
  const t = useT()
  return (
    <section className="mid">
      <Trend view={view} />
      <section className="chart" aria-labelledby="keo-xuong">
        <div className="cap">
          <h2 id="keo-xuong">{t(`board.pull.${view.pullKind}Title`)}</h2>
          <p>{t(`board.pull.${view.pullKind}Note`)}</p>
        </div>
        {view.pulls.length === 0 ? (
          <p>{t('board.pull.none')}</p>
        ) : (
          <ol className="raise">
            {view.pulls.map(({ key, name, points, text, href }) => (
              <li key={key}>
                <span className="raise__p">
                  <b>{points}</b>
                  <small>{t('board.pull.point')}</small>
                </span>
                <span>
                  {href ? <a href={href}>{name}</a> : <b>{name}</b>}
                  <small>{text}</small>
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </section>
  )
}

function Trend({ view }: { view: BoardView }) {
  const t = useT()
  const { locale } = useShell()
  const { points, title } = view.trend
  const count = (n: number) => numberText(n, locale)
  const sum = (figure: 'received' | 'inTime' | 'late') =>
    count(points.reduce((all, point) => all + point[figure], 0))
  return (
    <figure className="chart" aria-labelledby="xu-huong">
      <figcaption>
        <h2 id="xu-huong">{title}</h2>
        <p>{t('board.trend.note')}</p>
      </figcaption>
      <TrendChart
        points={points}
        describe={t('board.trend.describe', {
          period: view.period,
          received: sum('received'),
          inTime: sum('inTime'),
          late: sum('late'),
        })}
      />
      <div className="chart__foot">
        <details data-keep="xu-huong-bang">
          <summary>
            <Icon name="table" />
            {t('web.table.showTable')}
          </summary>
          <Table
            caption={title}
            hideCaption
            rows={points}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'when',
                title: t('board.trend.when'),
                heading: true,
                cell: ({ label, moving }) => (moving ? `${label} (${t('board.trend.moving')})` : label),
              },
              {
                key: 'received',
                title: t('board.trend.received'),
                numeric: true,
                cell: (p) => count(p.received),
              },
              {
                key: 'online',
                title: t('board.trend.onlineOf'),
                numeric: true,
                cell: (p) => count(p.online),
              },
              { key: 'inTime', title: t('board.trend.inTime'), numeric: true, cell: (p) => count(p.inTime) },
              { key: 'late', title: t('board.trend.late'), numeric: true, cell: (p) => count(p.late) },
            ]}
          />
        </details>
        <DataLinks csv={view.csvHrefs['thoi-gian']} api={view.apiHref} />
      </div>
    </figure>
  )
}

/** The share in time of each authority and month; the figure stands in every cell. */
export function BoardHeat({ view }: { view: BoardView }) {
  const t = useT()
  const { heat } = view
  if (heat.rows.length < 2) return null
  return (
    <figure className="chart" aria-labelledby="theo-thang">
      <figcaption>
        <h2 id="theo-thang">{heat.title}</h2>
        <p>{t('board.heat.note', { rows: heat.rows.length })}</p>
      </figcaption>
      <HeatTable
        caption={t('board.heat.caption')}
        first={t('board.heat.place')}
        months={heat.months}
        rows={heat.rows.map((row) => ({
          ...row,
          href: boardHref(view.path, view.ask, { authority: row.code }),
          isHere: row.code === heat.worst,
        }))}
      />
      <div className="chart__foot heat__foot">
        <p className="scale">
          {(['from95', 'h1', 'h2', 'h3', 'h4'] as const).map((level) => (
            <span key={level}>
              <i className={level === 'from95' ? undefined : level} />
              {t(`board.heat.${level}`)}
            </span>
          ))}
          <span>{t('board.heat.few')}</span>
          <span>{t('board.heat.moving')}</span>
        </p>
        <a href={view.csvHrefs.thang}>
          <Icon name="download" />
          {t('board.table.csv')}
        </a>
      </div>
    </figure>
  )
}

/** The tables that every figure above is made of. */
export function BoardTables({ view }: { view: BoardView }) {
  const t = useT()
  const { ask, path } = view
  return (
    <div id="bang-so" className="board__tables">
      {view.authorities.length > 0 && (
        <TableSection
          id="theo-co-quan"
          title={t('board.table.byAuthority')}
          note={t('board.table.byAuthorityNote')}
          csv={view.csvHrefs['co-quan']}
          api={view.apiHref}
        >
          <FigureTable
            id="theo-co-quan"
            caption={t('board.table.byAuthority')}
            firstTitle={t('board.table.authority')}
            rows={view.authorities}
            withStock
            {...{ ask, path }}
          />
        </TableSection>
      )}
      <TableSection
        id="theo-thu-tuc"
        title={t('board.table.byProcedure')}
        note={t('board.table.byProcedureNote')}
        csv={view.csvHrefs['thu-tuc']}
        api={view.apiHref}
      >
        {view.procedures.length > 0 ? (
          <FigureTable
            id="theo-thu-tuc"
            caption={t('board.table.byProcedure')}
            firstTitle={t('board.table.procedure')}
            rows={view.procedures}
            withStock={false}
            {...{ ask, path }}
          />
        ) : (
          <p>{t('board.table.none')}</p>
        )}
      </TableSection>
    </div>
  )
}

function TableSection({
  id,
  title,
  note,
  csv,
  api,
  children,
}: {
  id: string
  title: string
  note: string
  csv: string
  api: string
  children: ReactNode
}) {
  return (
    <section className="chart" aria-labelledby={id}>
      <div className="cap">
        <h2 id={id}>{title}</h2>
        <p>{note}</p>
      </div>
      {children}
      <div className="chart__foot">
        <DataLinks csv={csv} api={api} />
      </div>
    </section>
  )
}

/** The three questions of the vice-chair: what is measured, and plainly what is not. */
export function ThreeQuestions({ view }: { view: BoardView }) {
  const t = useT()
  return (
    <section className="chart" aria-labelledby="ba-cau-hoi">
      <div className="cap">
        <h2 id="ba-cau-hoi">{t('board.questions.title')}</h2>
        <p>
          {t('board.questions.note', { period: view.period })}{' '}
          {t('board.questions.asAt', { time: view.usageAt })}
        </p>
      </div>
      <div className="three">
        {view.questions.map(({ question, answers }) => (
          <section key={question}>
            <h3>{question}</h3>
            <ul>
              {answers.map(({ figure, text }) => (
                <li key={text} className={figure === null ? 'three__not' : undefined}>
                  <b className="num">{figure ?? t('board.questions.notMeasured')}</b>
                  <span>{text}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

/** What to keep in mind about the data, and where to get it. */
export function BoardNotes({ view }: { view: BoardView }) {
  const t = useT()
  return (
    <section className="chart" aria-labelledby="chat-luong">
      <div className="cap">
        <h2 id="chat-luong">{t('board.quality.title')}</h2>
      </div>
      <NoteList
        notes={view.notes.map((note) => ({ ...note, key: note.title }))}
        sample={{ title: t('board.quality.sample'), text: t('board.quality.sampleMore') }}
      />
      <div className="board__open no-print">
        <h3>{t('board.open.title')}</h3>
        <p className="soft">{t('board.open.text')}</p>
        <p>
          <LinkAction href={view.apiHref} icon="code">
            {t('board.open.json')}
          </LinkAction>
          <LinkAction href="/api" icon="file-text">
            {t('board.open.docs')}
          </LinkAction>
          <LinkAction href={boardHref(view.path, view.ask, { wall: true })} icon="monitor">
            {t('board.open.wall')}
          </LinkAction>
        </p>
      </div>
    </section>
  )
}
