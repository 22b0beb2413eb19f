import { Button, LinkButton } from '../ui/button'
import { errorAt, type Problem } from '../ui/error-summary'
import { type Choice, FieldError, TextField } from '../ui/fields'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { type Column, Table } from '../ui/table'
import type { MapLine, MoveEffectView, MoveRunView, MoveValues } from './process-move.view'

interface Versions {
  key: string
  from: number
  to: number
  choices: readonly Choice[]
}

const hereOf = (key: string) => `/can-bo/quy-trinh/${encodeURIComponent(key)}/chuyen`

/** From which version to which. */
export function VersionChooser({ shown }: { shown: Versions }) {
  const t = useT()
  const { key, from, to, choices } = shown
  const select = (name: string, label: string, value: number) => (
    <label>
      {label}{' '}
      <select className="input" id={name} name={name} defaultValue={value} key={value}>
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form method="get" action={hereOf(key)} className="filters">
      {select('tu', t('processPage.move.from'), from)}
      {select('sang', t('processPage.move.to'), to)}
      <Button kind="second" size="small">
        {t('processPage.move.show')}
      </Button>
    </form>
  )
}

/** Which step becomes which, by which decision; previewed, then sent once more to start. */
export function MoveForm({
  shown,
  lines,
  values,
  problems,
  previewed,
  moves = 0,
}: {
  shown: Versions & { mayStart: boolean }
  lines: readonly MapLine[]
  values: MoveValues | undefined
  problems: readonly Problem[]
  previewed: string | undefined
  moves: number | undefined
}) {
  const t = useT()
  const { key, from, to, mayStart } = shown
  const error = (id: string) => errorAt(problems, id)
  const field = (name: 'decision' | 'reason') => ({
    id: name,
    name,
    label: t(`processPage.move.${name}`),
    error: error(name),
    defaultValue: values?.[name],
    autoComplete: 'off',
  })
  const ready = mayStart && previewed !== undefined && moves > 0
  return (
    <form method="post" action={`${hereOf(key)}?tu=${from}&sang=${to}`} className="proc__form" noValidate>
      <input type="hidden" name="from" value={from} />
      <input type="hidden" name="to" value={to} />
      {previewed !== undefined && <input type="hidden" name="previewed" value={previewed} />}
      <div className="proc__map">
        <div className="proc__heads" aria-hidden="true">
          <b>{t('processPage.move.oldStep', { version: from })}</b>
          <b>{t('processPage.move.newStep', { version: to })}</b>
        </div>
        {lines.map((line, i) => (
          <MapRow key={line.id} line={line} index={i} error={error(`new-${i}`)} />
        ))}
      </div>
      {mayStart && (
        <div className="proc__pair">
          <TextField {...field('decision')} maxLength={100} />
          <TextField {...field('reason')} maxLength={500} />
        </div>
      )}
      <p className="btn-row">
        {ready && (
          <Button name="_action" value="start">
            {t('processPage.move.start', { count: moves })}
          </Button>
        )}
        <Button kind={ready ? 'second' : 'main'} name="_action" value="preview" hotkey="X">
          {t(previewed === undefined ? 'processPage.move.preview' : 'processPage.move.previewAgain')}
        </Button>
        <LinkButton
          href={`/can-bo/quy-trinh/${encodeURIComponent(key)}/${from}`}
          kind="quiet"
          hotkey="Escape"
        >
          {t('calendarPage.form.cancel')}
        </LinkButton>
      </p>
    </form>
  )
}

function MapRow({ line, index, error }: { line: MapLine; index: number; error: string | undefined }) {
  const t = useT()
  const id = `new-${index}`
  return (
    <div className={error && 'field--error'}>
      <label htmlFor={id}>{line.name}</label>
      <div>
        {error && <FieldError id={id}>{error}</FieldError>}
        <input type="hidden" name="old" value={line.id} />
        <select
          className="input"
          id={id}
          name="new"
          defaultValue={line.chosen}
          key={line.chosen}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && `${id}-e`}
        >
          <option value="">{t('processPage.move.stays')}</option>
          {line.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

/** What moving would do; nothing is stored yet. */
export function MoveEffect({ effect }: { effect: MoveEffectView }) {
  const t = useT()
  const { looked, complete, totals, steps, reasons, examples } = effect
  return (
    <section className="proc__form" aria-labelledby="anh-huong">
      <h2 id="anh-huong">{t('processPage.move.effect')}</h2>
      {complete ? <p role="status">{looked}</p> : <Notice tone="warn" title={looked} role="status" />}
      <p className="small soft">{t('processPage.move.nothingKept')}</p>
      <dl className="proc__totals">
        {totals.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {steps.length > 0 && (
        <Table
          caption={t('processPage.move.effect')}
          hideCaption
          stack
          rows={steps}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'step',
              title: t('processPage.move.column.step'),
              heading: true,
              cell: ({ name }) => name,
            },
            { key: 'to', title: t('processPage.move.column.to'), cell: ({ to }) => to },
            { key: 'open', title: t('processPage.move.column.open'), numeric: true, cell: (row) => row.open },
            {
              key: 'moves',
              title: t('processPage.move.column.moves'),
              numeric: true,
              cell: (row) => row.moves,
            },
          ]}
        />
      )}
      {reasons.length > 0 && <Reasons reasons={reasons} />}
      {examples.length > 0 && <Examples examples={examples} />}
    </section>
  )
}

function Reasons({ reasons }: Pick<MoveEffectView, 'reasons'>) {
  const t = useT()
  return (
    <>
      <h3>{t('processPage.move.cannot')}</h3>
      <Table
        caption={t('processPage.move.cannot')}
        hideCaption
        stack
        rows={reasons}
        rowKey={({ id }) => id}
        columns={[
          { key: 'why', title: t('processPage.move.column.why'), heading: true, cell: ({ why }) => why },
          {
            key: 'count',
            title: t('processPage.move.column.count'),
            numeric: true,
            cell: ({ count }) => count,
          },
          {
            key: 'codes',
            title: t('processPage.move.column.codes'),
            cell: ({ codes }) => codes.map((code) => <Code key={code} code={code} />),
          },
        ]}
      />
    </>
  )
}

const Code = ({ code }: { code: string }) => (
  <a className="proc__line" href={`/can-bo/ho-so/${code}`}>
    {code}
  </a>
)

function Examples({ examples }: Pick<MoveEffectView, 'examples'>) {
  const t = useT()
  return (
    <details className="more">
      <summary>{t('processPage.move.examples')}</summary>
      <Table
        caption={t('processPage.move.examples')}
        hideCaption
        stack
        rows={examples}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'code',
            title: t('processPage.move.column.code'),
            heading: true,
            cell: ({ code }) => <Code code={code} />,
          },
          { key: 'work', title: t('processPage.move.column.work'), cell: ({ lines }) => lines.join('; ') },
        ]}
      />
    </details>
  )
}

/** The moves that were asked for, and how far they are. */
export function MoveRuns({ runs }: { runs: readonly MoveRunView[] }) {
  const t = useT()
  if (runs.length === 0) return null
  const columns: Column<MoveRunView>[] = [
    {
      key: 'what',
      title: t('processPage.move.runColumn.what'),
      heading: true,
      cell: ({ what, decision }) => (
        <>
          {what}
          <span className="proc__note">{decision}</span>
        </>
      ),
    },
    { key: 'asked', title: t('processPage.move.runColumn.asked'), cell: ({ asked }) => asked },
    {
      key: 'state',
      title: t('processPage.move.runColumn.state'),
      cell: ({ state, tone }) => <StateTag state={tone}>{state}</StateTag>,
    },
    {
      key: 'counts',
      title: t('processPage.move.runColumn.counts'),
      cell: ({ counts, notes }) => (
        <>
          {counts}
          {notes.map((note) => (
            <span key={note} className="proc__note">
              {note}
            </span>
          ))}
        </>
      ),
    },
  ]
  return (
    <section aria-live="polite">
      <h2>{t('processPage.move.runs')}</h2>
      <Table
        caption={t('processPage.move.runs')}
        hideCaption
        stack
        columns={columns}
        rows={runs}
        rowKey={({ id }) => id}
      />
    </section>
  )
}
