import type { Bound, Cell } from 'motcua/kernel/feel/decision-table'
import type { Plain } from 'motcua/kernel/feel/index'
import { useState } from 'react'
import { useT } from '../../ui/shell'
import { type Column, cellBy, type How, howOf, howsFor, listedIn, numberIn } from './rule-table.view'

interface CellFacts {
  id: string
  /** Row as people count. */
  no: number
  column: Column
  cell: Cell
  change: (cell: Cell) => void
}

/** One cell: how it compares, and with what. A question with options is one choice. */
export function TableCell({ id, no, column, cell, change }: CellFacts) {
  const t = useT()
  const how = howOf(cell)
  const { label } = column
  return (
    <span className="rt__cell">
      <select
        className="input"
        id={id}
        aria-label={t('rules.table.cell', { no, label })}
        value={chosen(cell, how, column)}
        onChange={({ target }) => change(cellChosen(target.value, cell, column))}
      >
        {optionsOf(column).map((option) => (
          <option key={option.value} value={`=${option.value}`}>
            {option.label ?? t(option.value === 'true' ? 'rules.value.yes' : 'rules.value.no')}
          </option>
        ))}
        {howsFor(column, how).map((each) => (
          <option key={each} value={each}>
            {t(`rules.table.is.${each}`)}
          </option>
        ))}
      </select>
      <Against {...{ id, no, column, cell, how, change }} />
    </span>
  )
}

/** The answers of a question that are chosen outright, as texts. */
function optionsOf({ kind, options }: Column): { value: string; label?: string }[] {
  if (kind === 'choice') return [...options]
  return kind === 'bool' ? [{ value: 'true' }, { value: 'false' }] : []
}

function chosen(cell: Cell, how: How, column: Column): string {
  if (how !== 'equal' || cell?.is !== 'in') return how
  const value = String(cell.values[0])
  return optionsOf(column).some((option) => option.value === value) ? `=${value}` : how
}

function cellChosen(choice: string, before: Cell, column: Column): Cell {
  if (!choice.startsWith('=')) return cellBy(choice as How, before, column)
  const value = choice.slice(1)
  return { is: 'in', values: [column.kind === 'bool' ? value === 'true' : value] }
}

/** What the cell compares with, where the choice alone does not say it. */
function Against({ id, no, column, cell, how, change }: CellFacts & { how: How }) {
  const t = useT()
  const { label, kind, options } = column
  if (cell === null || cell.is === 'given') return null
  const common = { className: 'input', 'aria-label': t('rules.table.cellValue', { no, label }) }
  if (cell.is === 'range') return <Bounds {...{ id, no, column, cell, change }} />
  const setValues = (values: Plain[]) => change({ ...cell, values })
  if (how === 'one-of' || how === 'none-of') {
    if (options.length > 0) return <Boxes {...{ no, column, values: cell.values, setValues }} />
    return <Listed {...{ common, id: `${id}-v`, values: cell.values, column, setValues }} />
  }
  if (kind === 'number')
    return (
      <Figure {...{ common, id: `${id}-v` }} value={cell.values[0]} set={(value) => setValues([value])} />
    )
  if (chosen(cell, how, column) !== how) return null
  return (
    <input
      {...common}
      id={`${id}-v`}
      value={String(cell.values[0] ?? '')}
      onChange={({ target }) => setValues([target.value])}
    />
  )
}

interface RangeFacts extends Omit<CellFacts, 'cell'> {
  cell: { is: 'range'; from: Bound | null; to: Bound | null }
}

function Bounds({ id, no, column: { label }, cell, change }: RangeFacts) {
  const t = useT()
  const { from, to } = cell
  const common = { className: 'input' }
  return (
    <span className="rt__bounds">
      {from && (
        <Figure
          common={{ ...common, 'aria-label': t('rules.table.cellValue', { no, label }) }}
          id={`${id}-v`}
          value={from.value}
          set={(value) => change({ ...cell, from: { ...from, value } })}
        />
      )}
      {to && (
        <Figure
          common={{
            ...common,
            'aria-label': t(from ? 'rules.table.cellTo' : 'rules.table.cellValue', { no, label }),
          }}
          id={from ? `${id}-t` : `${id}-v`}
          value={to.value}
          set={(value) => change({ ...cell, to: { ...to, value } })}
        />
      )}
    </span>
  )
}

interface CommonFacts {
  common: { className: string; 'aria-label': string }
  id: string
}

function Figure({ common, id, value, set }: CommonFacts & { value: unknown; set: (value: number) => void }) {
  const isThere = typeof value === 'number' && !Number.isNaN(value)
  return (
    <input
      {...common}
      id={id}
      type="number"
      step="any"
      value={isThere ? String(value) : ''}
      aria-invalid={isThere ? undefined : true}
      onChange={({ target }) => set(numberIn(target.value))}
    />
  )
}

interface ListFacts {
  values: readonly Plain[]
  column: Column
  setValues: (values: Plain[]) => void
}

/** Several values with commas between; what is typed stays as it is typed. */
function Listed({ common, id, values, column, setValues }: CommonFacts & ListFacts) {
  const [text, setText] = useState(() => values.filter((value) => !Number.isNaN(value)).join(', '))
  return (
    <input
      {...common}
      id={id}
      value={text}
      aria-invalid={values.length === 0 || undefined}
      onChange={({ target }) => {
        setText(target.value)
        setValues(listedIn(target.value, column))
      }}
    />
  )
}

function Boxes({ no, column: { label, options }, values, setValues }: ListFacts & { no: number }) {
  const t = useT()
  const strange = values.filter((value) => !options.some((option) => option.value === value))
  const all = [...options, ...strange.map((value) => ({ value: String(value), label: String(value) }))]
  const toggled = (value: string, on: boolean) =>
    all.map((option) => option.value).filter((each) => (each === value ? on : values.includes(each)))
  return (
    <fieldset className="rt__boxes">
      <legend className="vh">{t('rules.table.cellValue', { no, label })}</legend>
      {all.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={values.includes(option.value)}
            onChange={({ target }) => setValues(toggled(option.value, target.checked))}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
