import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { IconName } from '../../ui/icons'
import { useT } from '../../ui/shell'
import { type Acts, rowKey } from './acts'
import { TableCell } from './cell'
import { type Answer, GivesInput } from './gives'
import { type Column, type Draft, type Gives, withCell, withGives } from './rule-table.view'

interface RowsFacts {
  id: string
  draft: Draft
  columns: readonly Column[]
  output: { gives: Gives; answers: readonly Answer[]; nothing: string }
  acts: Acts
  editable: boolean
}

const words = {
  money: 'rules.table.givesMoney',
  place: 'rules.table.givesPlace',
  answer: 'rules.table.givesAnswer',
  bool: 'rules.table.givesBool',
  any: 'rules.table.gives',
} as const

/** The table itself: questions above, a row a case, and last what all other cases give. Narrow screens stack the rows. */
export function TableRows({ id, draft, columns, output, acts, editable }: RowsFacts) {
  const t = useT()
  const gives = t(words[output.gives])
  return (
    <div className="rt__frame">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: drawn as blocks on narrow screens, where the elements lose them */}
      <table className="rt__table" role="table" aria-describedby={`${id}-keys`}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t('rules.table.no')}
            </th>
            {columns.map((column, index) => (
              <th key={column.input} role="columnheader" scope="col">
                <span className="rt__question">{column.label}</span>
                {editable && (
                  <ColumnActs {...{ id, index, acts }} label={column.label} count={columns.length} />
                )}
              </th>
            ))}
            <th role="columnheader" scope="col">
              {gives}
            </th>
            {editable && <td role="cell" />}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {draft.rules.map(({ when, gives: given }, row) => (
            <tr
              key={draft.nos[row]}
              role="row"
              onKeyDown={editable ? (event) => rowKey(event, row, acts) : undefined}
            >
              <th role="rowheader" scope="row">
                <span className="rt__narrow">{t('rules.table.no')} </span>
                {row + 1}
              </th>
              {columns.map((column, index) => (
                <td key={column.input} role="cell">
                  <span className="rt__narrow" aria-hidden>
                    {column.label}
                  </span>
                  <TableCell
                    {...{ column, id: `${id}-r${row}-c${index}`, no: row + 1, cell: when[index] ?? null }}
                    change={(cell) => acts.change(withCell(draft, row, index, cell))}
                  />
                </td>
              ))}
              <td role="cell">
                <span className="rt__narrow" aria-hidden>
                  {gives}
                </span>
                <GivesInput
                  {...output}
                  id={`${id}-r${row}-g`}
                  label={t('rules.table.cell', { no: row + 1, label: gives })}
                  output={given}
                  set={(next) => acts.change(withGives(draft, row, next))}
                />
              </td>
              {editable && (
                <td role="cell" className="rt__acts">
                  <RowActs {...{ id, row, acts }} count={draft.rules.length} />
                </td>
              )}
            </tr>
          ))}
          <tr role="row" className="rt__otherwise">
            <th role="rowheader" scope="row" colSpan={columns.length + 1}>
              {t('rules.table.otherwise')}
            </th>
            <td role="cell">
              <GivesInput
                {...output}
                id={`${id}-o`}
                label={`${t('rules.table.otherwise')}: ${gives}`}
                output={draft.otherwise}
                set={(next) => acts.change(withGives(draft, null, next))}
              />
            </td>
            {editable && <td role="cell" />}
          </tr>
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: drawn as blocks on narrow screens, where the elements lose them */}
      {editable && (
        <p className="rt__below">
          <Button
            type="button"
            kind="second"
            size="small"
            icon="plus"
            onClick={() => acts.addRow(draft.rules.length)}
          >
            {t('rules.table.addRow')}
          </Button>
          <span className="small soft" id={`${id}-keys`}>
            {t('rules.table.keys')}
          </span>
        </p>
      )}
    </div>
  )
}

function ColumnActs({
  id,
  index,
  label,
  count,
  acts,
}: {
  id: string
  index: number
  label: string
  count: number
  acts: Acts
}) {
  const t = useT()
  return (
    <span className="rt__bar">
      {count > 1 && (
        <>
          <Act
            {...{ id: `${id}-k${index}-left`, icon: 'arrow-left', off: index === 0 }}
            label={t('rules.table.columnLeft', { label })}
            act={() => acts.moveColumn(index, -1)}
          />
          <Act
            {...{ id: `${id}-k${index}-right`, icon: 'arrow-right', off: index === count - 1 }}
            label={t('rules.table.columnRight', { label })}
            act={() => acts.moveColumn(index, 1)}
          />
        </>
      )}
      <Act
        {...{ id: `${id}-k${index}-x`, icon: 'x' }}
        label={t('rules.table.columnDrop', { label })}
        act={() => acts.dropColumn(index, label)}
      />
    </span>
  )
}

function RowActs({ id, row, count, acts }: { id: string; row: number; count: number; acts: Acts }) {
  const t = useT()
  const no = row + 1
  return (
    <span className="rt__bar">
      <Act
        {...{ id: `${id}-r${row}-up`, icon: 'arrow-up', off: row === 0 }}
        label={t('rules.table.rowUp', { no })}
        act={() => acts.moveRow(row, -1, `${id}-r${row}-up`)}
      />
      <Act
        {...{ id: `${id}-r${row}-down`, icon: 'arrow-down', off: row === count - 1 }}
        label={t('rules.table.rowDown', { no })}
        act={() => acts.moveRow(row, 1, `${id}-r${row}-down`)}
      />
      <Act
        {...{ id: `${id}-r${row}-x`, icon: 'x' }}
        label={t('rules.table.rowDrop', { no })}
        act={() => acts.dropRow(row)}
      />
    </span>
  )
}

interface ActFacts {
  id: string
  icon: IconName
  label: string
  off?: boolean
  act: () => void
}

function Act({ id, icon, label, off, act }: ActFacts) {
  return (
    <button
      type="button"
      className="rt__act"
      id={id}
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={off ? undefined : act}
    >
      <Icon name={icon} />
    </button>
  )
}
