import { Button } from '../ui/button'
import { Select, TextField } from '../ui/fields'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { type Column, Table } from '../ui/table'
import type { LineView } from './reorganise.view'
import type { DecisionData } from './reorganise-source'

type PreviewData = NonNullable<DecisionData['preview']>
type MoveRow = PreviewData['moves'][number]
type OfficerRow = PreviewData['officers'][number]

/** What the decision says, in sentences. */
export function Lines({ lines, more }: { lines: readonly LineView[]; more: number }) {
  const t = useT()
  return (
    <section className="reorg__part">
      <h2>{t('reorganise.column.line')}</h2>
      <ol className="reorg__lines">
        {lines.map(({ no, text, notes }) => (
          <li key={no}>
            {text}
            {notes.map((note) => (
              <small key={note} className="reorg__small">
                {note}
              </small>
            ))}
          </li>
        ))}
      </ol>
      {more > 0 && <p className="small soft">{t('reorganise.line.more', { count: more })}</p>}
    </section>
  )
}

/** Everything that would change, before and after; what must be mended comes first. */
export function Preview({
  preview,
  at,
  state,
}: {
  preview: PreviewData
  at: string
  state: DecisionData['state']
}) {
  const t = useT()
  const { problems, moves, vacant, grants, others } = preview
  const sum = t('reorganise.preview.sum', { count: moves.reduce((total, { open }) => total + open, 0) })
  return (
    <>
      {problems.length > 0 && (
        <Notice tone="warn" title={t('reorganise.todo.title', { count: problems.length })}>
          <ul className="reorg__todo">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      {problems.length === 0 && state === 'drafted' && (
        <Notice tone="ok" title={t('reorganise.preview.ready')} />
      )}
      {others.length > 0 && (
        <Notice tone="warn" title={t('reorganise.preview.others')}>
          <ul>
            {others.map(({ id, text }) => (
              <li key={id}>
                <a href={`/can-bo/sap-xep/${id}`}>{text}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <section className="reorg__part">
        <h2>
          {t('reorganise.preview.title')} <span className="count">{sum}</span>
        </h2>
        <p className="small soft">{t('reorganise.preview.lead', { at })}</p>
        {moves.length === 0 ? <p>{t('reorganise.preview.none')}</p> : <Moves rows={moves} />}
        {vacant.length > 0 && (
          <p className="small">{t('reorganise.preview.vacant', { posts: vacant.join('; ') })}</p>
        )}
        {grants.ends > 0 && (
          <p className="small">{t('reorganise.preview.grantsEnd', { count: grants.ends })}</p>
        )}
        {grants.follows > 0 && (
          <p className="small">{t('reorganise.preview.grantsFollow', { count: grants.follows })}</p>
        )}
      </section>
    </>
  )
}

const counted = ['open', 'dueTomorrow', 'overdue', 'toHandOut', 'elsewhere'] as const

function Moves({ rows }: { rows: readonly MoveRow[] }) {
  const t = useT()
  const numbers = counted.map((key): Column<MoveRow> => {
    return { key, title: t(`reorganise.column.${key}`), numeric: true, cell: (row) => row[key] }
  })
  const columns: Column<MoveRow>[] = [
    { key: 'from', title: t('reorganise.column.from'), heading: true, cell: ({ from }) => from },
    { key: 'to', title: t('reorganise.column.to'), cell: ({ to }) => to },
    ...numbers,
    { key: 'tasks', title: t('reorganise.column.tasks'), cell: ({ tasks }) => tasks.join(', ') || '—' },
    { key: 'keeps', title: t('reorganise.column.keeps'), cell: ({ holders }) => holders.join(', ') || '—' },
  ]
  return (
    <Table
      caption={t('reorganise.preview.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      stack
    />
  )
}

const fewOfficers = 12

/** Where each officer goes; many are folded away. */
export function Officers({ rows }: { rows: readonly OfficerRow[] }) {
  const t = useT()
  if (rows.length === 0) return <p className="small soft">{t('reorganise.preview.officersNone')}</p>
  const columns: Column<OfficerRow>[] = [
    { key: 'officer', title: t('reorganise.column.officer'), heading: true, cell: ({ name }) => name },
    { key: 'before', title: t('reorganise.column.before'), cell: ({ before }) => before.join('; ') },
    { key: 'after', title: t('reorganise.column.after'), cell: After },
  ]
  return (
    <details className="reorg__officers" open={rows.length <= fewOfficers}>
      <summary>
        {t('reorganise.preview.officers')} <span className="count">{rows.length}</span>
      </summary>
      <Table
        caption={t('reorganise.preview.officers')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ officerId }) => officerId}
        stack
      />
    </details>
  )
}

function After({ after }: OfficerRow) {
  const t = useT()
  return after.length > 0 ? after.join('; ') : <b>{t('reorganise.preview.unplaced')}</b>
}

/** Who heads what merges, and where each officer goes who is not to go as planned. */
export function Places({ id, preview }: { id: string; preview: PreviewData }) {
  const t = useT()
  const { heads, officers, places } = preview
  if (heads.length === 0 && officers.length === 0) return null
  const unplaced = officers.some(({ after }) => after.length === 0)
  return (
    <form
      method="post"
      action={`/can-bo/sap-xep/${id}`}
      className="reorg__form"
      aria-labelledby="sap-xep-can-bo"
    >
      <input type="hidden" name="_action" value="place" />
      <h2 id="sap-xep-can-bo">{t('reorganise.assign.title')}</h2>
      <p className="small soft">{t('reorganise.assign.lead')}</p>
      {heads.map(({ line, name, value, options }) => (
        <Select
          key={line}
          id={`head-${line}`}
          name={`head-${line}`}
          label={t('reorganise.assign.head', { name })}
          hint={t('reorganise.assign.headHint')}
          options={options}
          defaultValue={value}
          width="full"
          empty={t('reorganise.assign.choose')}
        />
      ))}
      {officers.length > 0 && (
        <details className="reorg__officers" open={unplaced}>
          <summary>{t('reorganise.assign.others')}</summary>
          {officers.map(({ officerId, name, from, before, placed }) => (
            <Select
              key={`${from} ${officerId}`}
              id={`to-${from}-${officerId}`}
              name={`to:${from}:${officerId}`}
              label={t('reorganise.assign.place', { name, post: before[0] ?? '' })}
              options={[
                ...(placed ? [{ value: 'kept', label: placed }] : []),
                { value: 'leave', label: t('reorganise.assign.leave') },
                ...places,
              ]}
              defaultValue={placed ? 'kept' : ''}
              width="full"
              empty={t('reorganise.assign.asPlanned')}
            />
          ))}
        </details>
      )}
      <p className="btn-row mt-5">
        <Button kind="second">{t('reorganise.assign.save')}</Button>
      </p>
    </form>
  )
}

/** Approving and cancelling, for who may. */
export function Actions({ id, sequence, effectiveOn, isToday, mayApprove, mayCancel }: DecisionData) {
  const t = useT()
  const here = `/can-bo/sap-xep/${id}`
  return (
    <>
      {mayApprove && (
        <form method="post" action={here} className="reorg__act">
          <input type="hidden" name="seen" value={sequence} />
          <p className="small soft">
            {isToday ? t('reorganise.act.approveNow') : t('reorganise.act.approveHint', { on: effectiveOn })}
          </p>
          <Button name="_action" value="approve" hotkey="D" id="duyet">
            {t('reorganise.act.approve')}
          </Button>
        </form>
      )}
      {mayCancel && (
        <details className="reorg__officers">
          <summary>{t('reorganise.act.cancel')}</summary>
          <form method="post" action={here} className="reorg__act">
            <TextField
              id="reason"
              name="reason"
              label={t('reorganise.act.reason')}
              maxLength={500}
              autoComplete="off"
            />
            <Button kind="harm" size="small" name="_action" value="cancel">
              {t('reorganise.act.cancelSave')}
            </Button>
          </form>
        </details>
      )}
    </>
  )
}
