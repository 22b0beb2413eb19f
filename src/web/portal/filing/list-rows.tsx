import type { FieldView, GroupView, KnownFact } from 'motcua/modules/forms'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon'
import { KnownFact as Fact } from '../../ui/known'
import { useT } from '../../ui/shell'
import { RowFrame } from './filing-field'

type Row = NonNullable<GroupView['blank']>
interface Props {
  group: GroupView
  ask: (field: FieldView) => ReactNode
}

/** The rows of a list with their buttons: one under the other, or as lines of a table; lists inside rows as well. */
export function ListRows({ group, ask }: Props) {
  const { rows = [], columns, key, addLabel, canAdd } = group
  return (
    <>
      {columns ? (
        <div className={`lines lines--${Math.min(columns.length, 8)}`}>
          {rows.length > 0 && <Columns columns={columns} />}
          <Lines group={group} ask={ask} />
        </div>
      ) : (
        <Lines group={group} ask={ask} />
      )}
      <p className="mt-4">
        <button
          className="btn btn--second"
          type="submit"
          name="_action"
          value={`add:${key}`}
          hidden={!canAdd}
          formNoValidate
        >
          <Icon name="plus" />
          {addLabel}
        </button>
      </p>
    </>
  )
}

// Each cell has its own label; these are for the eye, which reads a table by its head.
function Columns({ columns }: { columns: NonNullable<GroupView['columns']> }) {
  return (
    <div className="lines__head" aria-hidden="true">
      {columns.map(({ key, label }) => (
        <span key={key}>{label}</span>
      ))}
    </div>
  )
}

function Lines({ group, ask }: Props) {
  const t = useT()
  const { rows = [], blank, key, title: what = '' } = group
  const titleOf = (number: number | string) => t('filing.rows.title', { what, number }).trim()
  const frame = (row: Row, title: string) => (
    <RowFrame key={row.path} title={title} rowName={row.path} removeValue={`remove:${row.path}`}>
      <Cells row={row} columns={group.columns} ask={ask} />
    </RowFrame>
  )
  return (
    <>
      {rows.map((row) => frame(row, titleOf(row.index + 1)))}
      {/* The row that the script copies. Hidden and disabled: without script it is not there. */}
      {blank && (
        <fieldset
          hidden
          disabled
          role="none"
          data-blank={key}
          data-title={titleOf('{number}')}
          data-remove={t('filing.rows.remove', { what: titleOf('{number}') })}
        >
          {frame(blank, titleOf('{number}'))}
        </fieldset>
      )}
    </>
  )
}

function Cells({ row, columns, ask }: { row: Row; columns: GroupView['columns']; ask: Props['ask'] }) {
  const inner = row.groups?.map((list) => (
    <div key={list.key} className="inner-list" id={idOf(list.key)} data-group={list.key} hidden={list.hidden}>
      {list.title && <p className="label">{list.title}</p>}
      <ListRows group={list} ask={ask} />
    </div>
  ))
  if (!columns)
    return (
      <>
        {row.known.length > 0 && <Facts facts={row.known} />}
        {row.fields.map(ask)}
        {inner}
      </>
    )
  return (
    <>
      {columns.map(({ key }) => {
        const path = `${row.path}.${key}`
        const field = row.fields.find((one) => one.path === path)
        const fact = row.known.find((one) => one.key === path)
        return field ? ask(field) : fact ? <Facts key={key} facts={[fact]} /> : <span key={key} />
      })}
      {inner}
    </>
  )
}

function Facts({ facts }: { facts: readonly KnownFact[] }) {
  return (
    <dl className="known" data-facts="" hidden={facts.every(({ hidden }) => hidden)}>
      {facts.map(({ key, label, text, hidden }) => (
        <Fact key={key} path={key} label={label} text={text} hidden={hidden} />
      ))}
    </dl>
  )
}

const idOf = (path: string) => `f-${path.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}`
