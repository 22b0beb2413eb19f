import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Button } from '../../ui/button'
import { useT } from '../../ui/shell'
import { ActButtons, type RowAct } from '../change/act-buttons'
import { RuleEditor } from '../rule-editor/rule-editor'
import type { LabelledChoice } from './choices'
import type { BlockAct, EditorBlock } from './template-editor.view'

interface Given {
  block: EditorBlock
  i: number
  count: number
  choices: readonly LabelledChoice[]
  editable: boolean
  act: (done: BlockAct) => void
  change: (block: EditorBlock) => void
}

/** One block with what its kind needs, its condition, and its buttons. */
export function BlockEditor(given: Given) {
  const { block, i, count, editable, act } = given
  const t = useT()
  return (
    <li className="tpl__block" onKeyDown={(event) => editable && onKeys(event, i, act)}>
      <input type="hidden" name={`b.${i}.id`} value={block.id} />
      <input type="hidden" name={`b.${i}.kind`} value={block.kind} />
      <div className="tpl__block-head">
        <h4 id={`khoi-${i}`} tabIndex={-1}>
          {t('templateEditor.block.number', { number: i + 1, kind: t(`templateEditor.kind.${block.kind}`) })}
        </h4>
        {editable && <BlockButtons {...{ i, count }} />}
      </div>
      <BlockFields {...given} />
      <Condition {...given} />
    </li>
  )
}

function onKeys(event: KeyboardEvent, i: number, act: (done: BlockAct) => void): void {
  if (!event.altKey || event.ctrlKey || event.metaKey) return
  const done = ({ ArrowUp: 'up', ArrowDown: 'down', Delete: 'remove' } as const)[event.key as 'Delete']
  if (!done) return
  event.preventDefault()
  act({ do: done, at: i })
}

function BlockButtons({ i, count }: { i: number; count: number }) {
  const t = useT()
  const number = { number: i + 1 }
  const acts: RowAct[] = [
    { value: `up-${i}`, icon: 'arrow-up', label: t('templateEditor.block.up', number), disabled: i === 0 },
    {
      ...{ value: `down-${i}`, icon: 'arrow-down', label: t('templateEditor.block.down', number) },
      disabled: i === count - 1,
    },
    { value: `remove-${i}`, icon: 'x', label: t('templateEditor.block.remove', number), disabled: false },
  ]
  return <ActButtons acts={acts} className="tpl__block-act" />
}

function BlockFields(given: Given) {
  const { block } = given
  const t = useT()
  switch (block.kind) {
    case 'head':
      return (
        <>
          <p className="studio__note">{t('templateEditor.field.headText')}</p>
          <Flag {...given} name="number" label={t('templateEditor.field.number')} />
        </>
      )
    case 'title':
      return (
        <>
          <Words {...given} name="text" label={t('templateEditor.field.titleText')} rows={1} />
          <Words {...given} name="about" label={t('templateEditor.field.about')} rows={1} />
          <Flag {...given} name="qr" label={t('templateEditor.field.qr')} />
        </>
      )
    case 'heading':
      return (
        <>
          <Words {...given} name="text" label={t('templateEditor.field.text')} rows={1} />
          <Row>
            <Align {...given} />
          </Row>
        </>
      )
    case 'paragraph':
      return (
        <>
          <Words {...given} name="text" label={t('templateEditor.field.text')} rows={3} />
          <Row>
            <Align {...given} />
            <Size {...given} />
            <Flag {...given} name="indent" label={t('templateEditor.field.indent')} />
          </Row>
        </>
      )
    case 'list':
      return (
        <>
          <Words
            {...given}
            name="text"
            label={t('templateEditor.field.items')}
            hint={t('templateEditor.field.itemsHint')}
            rows={3}
          />
          <Row>
            <Pick
              {...given}
              name="marker"
              label={t('templateEditor.field.marker')}
              options={['dash', 'number', 'letter'].map((value) => [
                value,
                t(`templateEditor.field.markers.${value as 'dash'}`),
              ])}
            />
          </Row>
        </>
      )
    case 'fields':
      return (
        <>
          <Words {...given} name="text" label={t('templateEditor.field.rows')} rows={5} />
          <Flag {...given} name="bordered" label={t('templateEditor.field.bordered')} />
        </>
      )
    case 'table': {
      const tables = given.choices
        .filter(({ type }) => type === 'table')
        .map(({ label }) => [label, label] as const)
      return (
        <Row>
          <Pick
            {...given}
            name="input"
            label={t('templateEditor.field.input')}
            options={[['', t('templateEditor.field.noInput')], ...tables]}
          />
        </Row>
      )
    }
    case 'recipients':
      return <Words {...given} name="text" label={t('templateEditor.field.recipients')} rows={3} />
    case 'signature':
      return (
        <>
          <Words
            {...given}
            name="text"
            label={t('templateEditor.field.signature')}
            hint={t('templateEditor.field.signatureHint')}
            rows={2}
          />
          <Flag {...given} name="note" label={t('templateEditor.field.note')} />
        </>
      )
    case 'qr':
      return (
        <Row>
          <Align {...given} />
        </Row>
      )
    case 'page-break':
      return <p className="studio__note">{t('templateEditor.field.breakText')}</p>
    case 'grid':
      return <GridFields {...given} />
    default:
      return block.kind satisfies never
  }
}

const Row = ({ children }: { children: ReactNode }) => <div className="tpl__row">{children}</div>

type TextMember = 'text' | 'about'

function Words({
  block,
  i,
  change,
  editable,
  name,
  label,
  hint,
  rows,
}: Given & { name: TextMember; label: string; hint?: string; rows: number }) {
  const id = `b-${i}-${name}`
  return (
    <div className="tpl__field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="studio__note" id={`${id}-h`}>
          {hint}
        </span>
      )}
      <textarea
        id={id}
        name={`b.${i}.${name}`}
        className="input"
        data-merge=""
        aria-describedby={hint ? `${id}-h` : undefined}
        rows={Math.min(14, Math.max(rows, block[name].split('\n').length))}
        value={block[name]}
        readOnly={!editable}
        onChange={({ target }) => change({ ...block, [name]: target.value })}
      />
    </div>
  )
}

type FlagMember = 'number' | 'qr' | 'indent' | 'bordered' | 'note'

function Flag({ block, i, change, editable, name, label }: Given & { name: FlagMember; label: string }) {
  return (
    <label className="tpl__flag">
      <input
        type="checkbox"
        name={`b.${i}.${name}`}
        value="yes"
        checked={block[name]}
        disabled={!editable}
        onChange={({ target }) => change({ ...block, [name]: target.checked })}
      />{' '}
      {label}
    </label>
  )
}

function Pick({
  block,
  i,
  change,
  editable,
  name,
  label,
  options,
}: Given & {
  name: 'align' | 'marker' | 'input'
  label: string
  options: readonly (readonly [string, string])[]
}) {
  const id = `b-${i}-${name}`
  const known = options.some(([value]) => value === block[name]) || block[name] === ''
  return (
    <div className="tpl__field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={`b.${i}.${name}`}
        className="input"
        value={block[name]}
        disabled={!editable}
        onChange={({ target }) => change({ ...block, [name]: target.value })}
      >
        {!known && <option value={block[name]}>{block[name]}</option>}
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

function Align(given: Given) {
  const t = useT()
  const ways =
    given.block.kind === 'qr'
      ? (['left', 'center', 'right'] as const)
      : (['left', 'center', 'right', 'justify'] as const)
  return (
    <Pick
      {...given}
      name="align"
      label={t('templateEditor.field.align')}
      options={ways.map((value) => [value, t(`templateEditor.field.aligns.${value}`)])}
    />
  )
}

function Size({ block, i, change, editable }: Given) {
  const t = useT()
  const id = `b-${i}-size`
  return (
    <div className="tpl__field">
      <label htmlFor={id}>{t('templateEditor.field.size')}</label>
      <input
        id={id}
        name={`b.${i}.size`}
        className="input tpl__size"
        inputMode="decimal"
        autoComplete="off"
        value={block.size}
        readOnly={!editable}
        onChange={({ target }) => change({ ...block, size: target.value })}
      />
    </div>
  )
}

function GridFields({ block, i, change, editable }: Given) {
  const t = useT()
  const { grid } = block
  if (!grid) return null
  const write = (r: number, c: number, text: string) =>
    change({
      ...block,
      grid: { ...grid, rows: grid.rows.with(r, grid.rows[r]!.with(c, { ...grid.rows[r]![c]!, text })) },
    })
  return (
    <>
      <input type="hidden" name={`b.${i}.grid`} value={JSON.stringify(grid)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="tpl__grid" tabIndex={0} aria-labelledby={`khoi-${i}`}>
        <table>
          <tbody>
            {grid.rows.map((row, r) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a read table stay where they are
              <tr key={r}>
                {row.map((cell, c) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells of a read table stay where they are
                  <td key={c} colSpan={cell.span}>
                    <textarea
                      className="input"
                      name={`b.${i}.cell.${r}.${c}`}
                      data-merge=""
                      aria-label={t('templateEditor.field.cell', { row: r + 1, column: c + 1 })}
                      rows={Math.max(1, cell.text.split('\n').length)}
                      value={cell.text}
                      readOnly={!editable}
                      onChange={({ target }) => write(r, c, target.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** The condition of a block: asked for only where somebody wants one. */
function Condition({ block, i, choices, editable, change }: Given) {
  const t = useT()
  const [open, setOpen] = useState(block.feel !== '')
  if (!editable) return block.feel === '' ? null : <code className="studio__note">{block.feel}</code>
  if (!open)
    return (
      <p>
        <input type="hidden" name={`b.${i}.feel`} value="" />
        <Button type="button" kind="quiet" size="small" icon="plus" onClick={() => setOpen(true)}>
          {t('templateEditor.block.addCondition')}
        </Button>
      </p>
    )
  const fields = choices
    .filter(({ type }) => type !== 'table')
    .map(({ from, label, fieldType, options }) => ({
      path:
        from.kind === 'field' ? from.key : from.kind === 'fact' ? `dossier.${from.key}` : `draft.${from.key}`,
      ...{ label, type: fieldType, options },
    }))
  return (
    <RuleEditor
      id={`b-${i}-feel`}
      name={`b.${i}.feel`}
      value={block.feel}
      fields={fields}
      label={t('templateEditor.block.condition')}
      hint={t('templateEditor.block.conditionHint')}
      onChange={(text) => change({ ...block, feel: text ?? '' })}
    />
  )
}
