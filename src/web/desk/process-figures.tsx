import { Button, LinkAction } from '../ui/button'
import { dateText } from '../ui/format'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import type { FigureRow, SpreadText } from './process-figures.view'
import type { ShownFigures as Figures } from './process-figures-source'
import { Pick } from './queue-forms'

/** Where the time of a process goes, under its drawing: what it means, step by step, where it goes back, who holds it. */
export function ProcessFigures({ figures }: { figures: Figures }) {
  const t = useT()
  const { asked, findings, rows, loops } = figures
  return (
    <section className="pfig" aria-labelledby="thoi-gian">
      <h2 id="thoi-gian">{t('reform.title')}</h2>
      <p className="small soft">{t('reform.lead')}</p>
      <Filter asked={asked} />
      {asked.wrong && (
        <Notice
          tone="warn"
          title={t('reform.filter.wrong', {
            from: dateText(asked.period.from),
            to: dateText(asked.period.to),
          })}
        />
      )}
      {findings.length === 0 ? (
        <Notice title={t('reform.none')} />
      ) : (
        <>
          <h3>{t('reform.finding.title')}</h3>
          <ul className="pfig__said">
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </>
      )}
      <Total total={figures.total} />
      <h3>{t('reform.steps.title')}</h3>
      <p className="small soft">{t('reform.steps.lead')}</p>
      <Steps rows={rows} />
      <p className="no-print">
        <LinkAction href={figures.csvHref} icon="download">
          {t('reform.csv')}
        </LinkAction>
      </p>
      <h3>{t('reform.loops.title')}</h3>
      {loops.length === 0 ? (
        <p className="soft">{t('reform.loops.none')}</p>
      ) : (
        <Table
          caption={t('reform.loops.title')}
          hideCaption
          rows={loops}
          rowKey={({ key }) => key}
          columns={[
            { key: 'from', title: t('reform.loops.from'), heading: true, cell: ({ from }) => from },
            { key: 'to', title: t('reform.loops.to'), cell: ({ to }) => to },
            { key: 'times', title: t('reform.loops.times'), numeric: true, cell: ({ times }) => times },
            {
              key: 'dossiers',
              title: t('reform.loops.dossiers'),
              numeric: true,
              cell: ({ dossiers }) => dossiers,
            },
          ]}
        />
      )}
      <HoldersNow figures={figures} />
    </section>
  )
}

function Filter({ asked: { place, period, places, today } }: { asked: Figures['asked'] }) {
  const t = useT()
  const day = (name: string, label: string, value: string) => (
    <label className="pick">
      <span>{label}</span>
      <input className="input" type="date" name={name} defaultValue={value} max={today} />
    </label>
  )
  return (
    <form method="get" className="filters no-print">
      <Pick
        name="noi"
        label={t('reform.filter.place')}
        options={places}
        value={place}
        empty={t('reform.filter.everywhere')}
      />
      {day('tu', t('reform.filter.from'), period.from)}
      {day('den', t('reform.filter.to'), period.to)}
      <Button kind="second" size="small">
        {t('reform.filter.apply')}
      </Button>
    </form>
  )
}

function Total({ total }: { total: Figures['total'] }) {
  const t = useT()
  if (total === null) return null
  return (
    <>
      <h3>{total.title}</h3>
      <Table
        caption={total.title}
        hideCaption
        rows={total.rows}
        rowKey={({ name }) => name}
        columns={[
          { key: 'stage', title: t('reform.total.stage'), heading: true, cell: ({ name }) => name },
          ...total.heads.map((title, i) => ({
            key: title,
            title,
            numeric: true,
            cell: ({ cells }: { cells: string[] }) => cells[i],
          })),
        ]}
      />
    </>
  )
}

function Steps({ rows }: { rows: readonly FigureRow[] }) {
  const t = useT()
  const number = (key: 'done' | 'planned' | 'over' | 'again' | 'handOvers') => ({
    key,
    title: t(`reform.steps.${key}`),
    numeric: true,
    cell: (row: FigureRow) => row[key],
  })
  const spread = (key: 'waiting' | 'working') => ({
    key,
    title: t(`reform.steps.${key}`),
    numeric: true,
    cell: (row: FigureRow) => <Spread of={row[key]} />,
  })
  return (
    <Table
      caption={t('reform.steps.title')}
      hideCaption
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'name',
          title: t('reform.steps.name'),
          heading: true,
          cell: ({ name, whose }) => (
            <>
              {name}
              {whose && <small className="soft block">{whose}</small>}
            </>
          ),
        },
        spread('waiting'),
        spread('working'),
        {
          key: 'share',
          title: t('reform.steps.share'),
          numeric: true,
          cell: ({ share, level }) => <span className={`pfig__share pfig__share--${level}`}>{share}</span>,
        },
        number('done'),
        {
          key: 'open',
          title: t('reform.steps.open'),
          numeric: true,
          cell: ({ open, late }) => (
            <>
              {open}
              {late && (
                <small className="pfig__late">
                  <Icon name="octagon-alert" /> {late}
                </small>
              )}
            </>
          ),
        },
        number('planned'),
        number('over'),
        number('again'),
        number('handOvers'),
      ]}
    />
  )
}

function Spread({ of: { half, most } }: { of: SpreadText }) {
  return (
    <>
      {half}
      {most && <small className="pfig__most">{most}</small>}
    </>
  )
}

function HoldersNow({ figures: { holders, hidden } }: { figures: Figures }) {
  const t = useT()
  return (
    <>
      <h3>{t('reform.holders.title')}</h3>
      {hidden && <p className="small soft">{t('reform.holders.hidden')}</p>}
      {holders.length === 0 ? (
        <p className="soft">{t('reform.holders.none')}</p>
      ) : (
        <Table
          caption={t('reform.holders.title')}
          hideCaption
          rows={holders}
          rowKey={({ key }) => key}
          columns={[
            { key: 'who', title: t('reform.holders.who'), heading: true, cell: ({ who }) => who },
            { key: 'role', title: t('reform.holders.role'), cell: ({ role }) => role },
            { key: 'place', title: t('reform.holders.place'), cell: ({ place }) => place },
            { key: 'count', title: t('reform.holders.count'), numeric: true, cell: ({ count }) => count },
            { key: 'late', title: t('reform.holders.late'), numeric: true, cell: ({ late }) => late },
            { key: 'oldest', title: t('reform.holders.oldest'), cell: ({ oldest }) => oldest },
          ]}
        />
      )}
    </>
  )
}
