import type { Role } from 'motcua/modules/identity'
import type { KeyboardEvent } from 'react'
import type { Problem } from '../../ui/error-summary'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { ActButtons, type RowAct } from '../change/act-buttons'
import { type RowDraft, type TableAct, waysOf, withWay } from './process-editor.view'

export interface RowEvents {
  change(at: number, row: RowDraft): void
  act(done: TableAct): void
}

interface Given {
  row: RowDraft
  i: number
  rows: readonly RowDraft[]
  events: RowEvents
  problems: readonly Problem[]
}

const roles = [
  'reception',
  'specialist',
  'head',
  'leader',
  'clerk',
  'cashier',
  'post',
  'control',
  'admin',
] as const satisfies readonly Role[]
const kinds = ['work', 'draft', 'review', 'decide', 'issue'] as const

/** One step of the table, every box with its own label. */
export function RowEditor({ row, i, rows, events, problems }: Given) {
  const t = useT()
  const field = (name: keyof RowDraft & string) => ({ id: `row-${i}-${name}`, name: `row.${i}.${name}` })
  const set = (changed: Partial<RowDraft>) => events.change(i, { ...row, ...changed })
  const wrong = (name: string) => problems.some(({ href }) => href === `#row-${i}-${name}`) || undefined
  const box = (name: 'name' | 'performer' | 'hours' | 'product') => (
    <input
      {...field(name)}
      className="input"
      value={row[name]}
      onChange={({ target }) => set({ [name]: target.value })}
      autoComplete="off"
      aria-invalid={wrong(name)}
      {...(name === 'hours' && { inputMode: 'decimal' as const, title: t('processEditor.table.hoursHint') })}
    />
  )
  return (
    <li className="step-row" onKeyDown={(event) => onKeys(event, i, events)}>
      <input type="hidden" {...field('id')} value={row.id} />
      <input type="hidden" name={`row.${i}.place`} value={`${row.role} ${row.unitKind} ${row.authority}`} />
      {row.signs && <input type="hidden" name={`row.${i}.signs`} value={row.signs} />}
      <h3 className="step-row__number">
        {t('processEditor.table.number')} {i + 1}
      </h3>
      <Labelled className="step-row__name" id={field('name').id} label={t('processEditor.table.content')}>
        {box('name')}
      </Labelled>
      <Labelled className="step-row__who" id={field('performer').id} label={t('processEditor.table.who')}>
        {box('performer')}
      </Labelled>
      <Labelled id={field('role').id} label={t('processEditor.table.role')}>
        <select
          {...field('role')}
          className="input"
          value={row.role}
          onChange={({ target }) => set({ role: target.value as RowDraft['role'] })}
        >
          <option value="">{t('processEditor.table.noRole')}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`processes.role.${role}`)}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id={field('kind').id} label={t('processEditor.table.kind')}>
        <select
          {...field('kind')}
          className="input"
          value={row.kind}
          onChange={({ target }) => set({ kind: target.value as RowDraft['kind'] })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`processes.kind.${kind}`)}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled className="step-row__hours" id={field('hours').id} label={t('processEditor.table.hours')}>
        {box('hours')}
      </Labelled>
      <Labelled
        className="step-row__product"
        id={field('product').id}
        label={t('processEditor.table.product')}
      >
        {box('product')}
      </Labelled>
      <Ways {...{ row, i, rows, events }} />
      <details className="step-row__note" open={row.note !== '' || undefined}>
        <summary>{t('processEditor.table.note')}</summary>
        <textarea
          {...field('note')}
          className="input"
          rows={Math.min(6, Math.max(2, row.note.split('\n').length))}
          aria-label={t('processEditor.table.of', { label: t('processEditor.table.note'), number: i + 1 })}
          value={row.note}
          onChange={({ target }) => set({ note: target.value })}
        />
      </details>
      <RowButtons i={i} count={rows.length} />
    </li>
  )
}

function Labelled({
  id,
  label,
  className = '',
  children,
}: {
  id: string
  label: string
  className?: string
  children: React.ReactNode
}) {
  return (
    <div className={`step-row__field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

/** Where a step leads: the ordinary way, sending back, refusing, and whatever else the model knows. */
function Ways({ row, i, rows, events }: Omit<Given, 'problems'>) {
  const t = useT()
  const label = (outcome: string, ordinary: boolean) => {
    if (ordinary) return t('processEditor.way.ordinary')
    if (outcome === 'send-back' || outcome === 'not-eligible' || outcome === 'decline')
      return t(`processEditor.way.${outcome}`)
    return t('processEditor.way.other', { outcome })
  }
  return (
    <fieldset className="step-row__ways">
      <legend className="vh">
        {t('processEditor.table.of', { label: t('processEditor.table.ways'), number: i + 1 })}
      </legend>
      {waysOf(row).map(({ outcome, to, ordinary }) => (
        <Labelled key={outcome} id={`row-${i}-to-${outcome}`} label={label(outcome, ordinary)}>
          <select
            className="input"
            id={`row-${i}-to-${outcome}`}
            name={`row.${i}.to.${outcome}`}
            value={to}
            onChange={({ target }) => events.change(i, withWay(row, outcome, target.value))}
          >
            {!ordinary && <option value="">{t('processEditor.to.none')}</option>}
            <option value="next">{t('processEditor.to.next')}</option>
            <option value="granted">{t('processEditor.to.granted')}</option>
            <option value="refused">{t('processEditor.to.refused')}</option>
            {rows.map(({ id, name }, n) => (
              <option key={id} value={`#${id}`}>
                {t('processEditor.to.step', { number: n + 1, name: name.slice(0, 60) })}
              </option>
            ))}
          </select>
        </Labelled>
      ))}
    </fieldset>
  )
}

function RowButtons({ i, count }: { i: number; count: number }) {
  const t = useT()
  const number = { number: i + 1 }
  const acts: RowAct[] = [
    { value: `up-${i}`, icon: 'arrow-up', label: t('processEditor.act.up', number), disabled: i === 0 },
    {
      ...{ value: `down-${i}`, icon: 'arrow-down', label: t('processEditor.act.down', number) },
      disabled: i === count - 1,
    },
    { value: `add-${i + 1}`, icon: 'plus', label: t('processEditor.act.addAfter', number), disabled: false },
    { value: `remove-${i}`, icon: 'x', label: t('processEditor.act.remove', number), disabled: false },
  ]
  return <ActButtons acts={acts} className="step-row__act" />
}

function onKeys(event: KeyboardEvent, i: number, { act }: RowEvents): void {
  if (!event.altKey || event.ctrlKey || event.metaKey) return
  const done: Record<string, TableAct> = {
    ArrowUp: { do: 'up', at: i },
    ArrowDown: { do: 'down', at: i },
    Insert: { do: 'add', at: i + 1 },
    Delete: { do: 'remove', at: i },
  }
  const asked = done[event.key]
  if (!asked) return
  event.preventDefault()
  act(asked)
}

/** The rows as they are read, without boxes. */
export function FixedRows({ rows }: { rows: readonly RowDraft[] }) {
  const t = useT()
  const numbers = new Map(rows.map(({ id }, i) => [id, i + 1]))
  const target = (to: string) => {
    if (to === 'next' || to === 'granted' || to === 'refused') return t(`processEditor.to.${to}`)
    const number = numbers.get(to.slice(1)) ?? 0
    return t('processEditor.to.step', { number, name: rows[number - 1]?.name ?? '' })
  }
  return (
    <Table
      caption={t('processEditor.table.caption')}
      hideCaption
      stack
      rows={rows.map((row, i) => ({ row, number: i + 1 }))}
      rowKey={({ row }) => row.id}
      columns={[
        { key: 'number', title: t('processEditor.table.number'), cell: ({ number }) => number },
        {
          key: 'who',
          title: t('processEditor.table.who'),
          cell: ({ row }) => (
            <>
              {row.performer}
              <span className="studio__note">
                {row.role === '' ? t('processEditor.paste.unknown') : t(`processes.role.${row.role}`)}
              </span>
            </>
          ),
        },
        {
          key: 'content',
          title: t('processEditor.table.content'),
          heading: true,
          cell: ({ row }) => (
            <>
              {row.name}
              {row.note && <span className="studio__note">{row.note}</span>}
            </>
          ),
        },
        {
          key: 'hours',
          title: t('processEditor.table.hours'),
          cell: ({ row }) => row.hours || t('processEditor.paste.unknown'),
        },
        { key: 'product', title: t('processEditor.table.product'), cell: ({ row }) => row.product },
        {
          key: 'ways',
          title: t('processEditor.table.ways'),
          cell: ({ row }) =>
            row.outcomes.map(({ outcome, to }, i) => (
              <span key={outcome} className={i === 0 ? '' : 'studio__note'}>
                {i > 0 && `${outcomeName(t, outcome)}: `}
                {target(to)}
              </span>
            )),
        },
      ]}
    />
  )
}

function outcomeName(t: ReturnType<typeof useT>, outcome: string): string {
  if (outcome === 'send-back' || outcome === 'not-eligible' || outcome === 'decline')
    return t(`processEditor.way.${outcome}`)
  return t('processEditor.way.other', { outcome })
}
