import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag, Tag } from '../ui/state'
import { type Column, Table } from '../ui/table'
import type { DayView, EffectView, MissingYear, RunView, SectionView } from './calendar.view'

/** Years that dossiers may need and nobody published; loud when they are near. */
export function MissingYears({ missing }: { missing: readonly MissingYear[] }) {
  return missing.map(({ year, title, text, urgent }) =>
    urgent ? (
      <Notice key={year} tone="bad" title={title} role="alert">
        {text}
      </Notice>
    ) : (
      <p key={year} className="small soft">
        {text}
      </p>
    ),
  )
}

/** The days of a territory, then those of the authorities above it. */
export function Days({ sections }: { sections: readonly SectionView[] }) {
  return sections.map((section) => (
    <section key={section.territory} className="cal__section">
      <h2>{section.title}</h2>
      <p className="small soft">{section.said}</p>
      {section.days.length > 0 && <DayTable section={section} />}
    </section>
  ))
}

function DayTable({ section }: { section: SectionView }) {
  const t = useT()
  const columns: Column<DayView>[] = [
    { key: 'date', title: t('calendarPage.column.date'), heading: true, cell: ({ day }) => day },
    {
      key: 'kind',
      title: t('calendarPage.column.kind'),
      cell: ({ kind, works }) => (works ? <Tag>{kind}</Tag> : kind),
    },
    { key: 'name', title: t('calendarPage.column.name'), cell: ({ name }) => name },
    { key: 'basis', title: t('calendarPage.column.basis'), cell: ({ basis }) => basis },
    {
      key: 'status',
      title: t('calendarPage.column.status'),
      cell: ({ status, counts }) => (counts ? status : <StateTag state="paused">{status}</StateTag>),
    },
  ]
  const { title, days } = section
  return <Table caption={title} hideCaption columns={columns} rows={days} rowKey={({ date }) => date} stack />
}

/** What publishing would do; nothing is stored yet. */
export function Effect({ effect }: { effect: EffectView }) {
  const t = useT()
  const { looked, complete, figures, examples, missing } = effect
  return (
    <section className="cal__effect" aria-labelledby="anh-huong">
      <h2 id="anh-huong">{t('calendarPage.effect.title')}</h2>
      {complete ? <p role="status">{looked}</p> : <Notice tone="warn" title={looked} role="status" />}
      <p className="small soft">{t('calendarPage.effect.nothingKept')}</p>
      <dl className="cal__figures">
        {figures.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {examples.length > 0 && <Examples examples={examples} />}
      {missing && (
        <Notice tone="warn" title={missing.title}>
          <ul>
            {missing.dossiers.map((said) => (
              <li key={said}>{said}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  )
}

function Examples({ examples }: Pick<EffectView, 'examples'>) {
  const t = useT()
  return (
    <details open={examples.length <= 5}>
      <summary>{t('calendarPage.effect.examples')}</summary>
      <Table
        caption={t('calendarPage.effect.examples')}
        hideCaption
        stack
        rows={examples}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'code',
            title: t('calendarPage.effect.code'),
            heading: true,
            cell: ({ code }) => <a href={`/can-bo/ho-so/${code}`}>{code}</a>,
          },
          { key: 'from', title: t('calendarPage.effect.from'), cell: ({ from }) => from },
          { key: 'to', title: t('calendarPage.effect.to'), cell: ({ to }) => <b>{to}</b> },
        ]}
      />
    </details>
  )
}

/** The last recomputations that touch these dossiers. */
export function Runs({ runs }: { runs: readonly RunView[] }) {
  const t = useT()
  if (runs.length === 0) return null
  const columns: Column<RunView>[] = [
    { key: 'what', title: t('calendarPage.runs.column.what'), heading: true, cell: ({ what }) => what },
    { key: 'asked', title: t('calendarPage.runs.column.asked'), cell: ({ asked }) => asked },
    {
      key: 'state',
      title: t('calendarPage.runs.column.state'),
      cell: ({ state, tone }) => <StateTag state={tone}>{state}</StateTag>,
    },
    { key: 'counts', title: t('calendarPage.runs.column.counts'), cell: Counts },
  ]
  return (
    <section className="cal__section" aria-live="polite">
      <h2>{t('calendarPage.runs.title')}</h2>
      <Table
        caption={t('calendarPage.runs.title')}
        hideCaption
        columns={columns}
        rows={runs}
        rowKey={({ id }) => id}
        stack
      />
    </section>
  )
}

function Counts({ counts, notes }: RunView) {
  return (
    <>
      {counts}
      {notes.map((note) => (
        <span key={note} className="cal__note">
          {note}
        </span>
      ))}
    </>
  )
}
