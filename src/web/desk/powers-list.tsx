import { Button } from '../ui/button'
import { useT } from '../ui/shell'
import { StateTag, Tag } from '../ui/state'
import { type Column, Table } from '../ui/table'
import type { PowerRow, PowersView } from './powers.view'

/** What is in force, what is coming, and the history, which is folded away. */
export function PowersList({ view }: { view: PowersView }) {
  const t = useT()
  const { current, coming, past } = view
  if (current.length + coming.length + past.length === 0)
    return <p className="pane__empty">{t('powers.empty')}</p>
  return (
    <>
      <Group title={t('powers.group.current')} rows={current} />
      <Group title={t('powers.group.coming')} rows={coming} />
      {past.length > 0 && (
        <details className="powers__past" open={current.length + coming.length === 0}>
          <summary>
            {t('powers.group.past')} <span className="count">{past.length}</span>
          </summary>
          <Rows caption={t('powers.group.past')} rows={past} />
        </details>
      )}
    </>
  )
}

function Group({ title, rows }: { title: string; rows: readonly PowerRow[] }) {
  if (rows.length === 0) return null
  return (
    <section className="powers__group">
      <h2>
        {title} <span className="count">{rows.length}</span>
      </h2>
      <Rows caption={title} rows={rows} />
    </section>
  )
}

function Rows({ caption, rows }: { caption: string; rows: readonly PowerRow[] }) {
  const t = useT()
  const columns: Column<PowerRow>[] = [
    { key: 'receiver', title: t('powers.column.receiver'), heading: true, cell: Receiver },
    { key: 'giver', title: t('powers.column.giver'), cell: ({ giver }) => giver },
    { key: 'days', title: t('powers.column.days'), cell: ({ days }) => days },
    { key: 'what', title: t('powers.column.what'), cell: What },
    { key: 'reason', title: t('powers.column.reason'), cell: Reason },
    { key: 'state', title: t('powers.column.state'), cell: State },
  ]
  return <Table caption={caption} hideCaption columns={columns} rows={rows} rowKey={({ id }) => id} stack />
}

function Receiver({ receiver, mine }: PowerRow) {
  return (
    <>
      {receiver} {mine && <Mine mine={mine} />}
    </>
  )
}

function Mine({ mine }: { mine: 'given' | 'received' }) {
  const t = useT()
  return <Tag>{t(`powers.mine.${mine}`)}</Tag>
}

function What({ what, limits }: PowerRow) {
  return (
    <>
      {what}
      {limits.map((limit) => (
        <small key={limit} className="powers__small">
          {limit}
        </small>
      ))}
    </>
  )
}

function Reason({ reason, notes }: PowerRow) {
  return (
    <>
      {reason}
      {notes.map((note) => (
        <small key={note} className="powers__small">
          {note}
        </small>
      ))}
    </>
  )
}

function State(row: PowerRow) {
  return <StateCell row={row} />
}

function StateCell({ row }: { row: PowerRow }) {
  const t = useT()
  return (
    <>
      <StateTag state={row.state}>{t(`powers.phase.${row.phase}`)}</StateTag>
      {row.mayEnd && (
        <details className="powers__end">
          <summary id={`end-${row.id}`}>
            {t('powers.end.open')}
            <span className="vh"> {t('powers.end.of', { name: row.receiver })}</span>
          </summary>
          <form method="post" action="/can-bo/uy-quyen">
            <input type="hidden" name="_action" value="end" />
            <input type="hidden" name="id" value={row.id} />
            <label htmlFor={`why-${row.id}`}>{t('powers.end.reason')}</label>
            <input className="input" id={`why-${row.id}`} name="reason" maxLength={500} autoComplete="off" />
            <Button kind="harm" size="small">
              {t('powers.end.save')}
            </Button>
          </form>
        </details>
      )}
    </>
  )
}
