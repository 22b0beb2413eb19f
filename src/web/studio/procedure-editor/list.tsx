import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { FieldError } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import type { IconName } from '../../ui/icons'
import { EditorField, useEditing, useFrame } from './fields'
import type { FieldSpec } from './procedure-editor.spec'
import {
  freshItem,
  idOf,
  inserted,
  listAt,
  moved,
  type Path,
  problemsIn,
  titleOf,
  without,
} from './procedure-editor.view'
import { said } from './words'

type ListSpec = Extract<FieldSpec, { is: 'list' }>

let last = 0
const number = () => ++last

interface Removed {
  index: number
  item: unknown
  no: number
  title: string
}

/** A list whose items open in place: add, remove with undo, and move by buttons or Alt and an arrow. */
export function ListField({ spec, path }: { spec: ListSpec; path: Path }) {
  const { draft, code, locale, editable, set } = useEditing()
  const { id, label, hint, error } = useFrame({ spec, path })
  const items = listAt(draft, path)
  const [numbers, setNumbers] = useState(() => items.map(number))
  const [fresh, setFresh] = useState<number | null>(null)
  const [removed, setRemoved] = useState<Removed | null>(null)
  const [status, setStatus] = useState('')
  const focus = useFocusNext()
  // What is written elsewhere (the expert view) may change the length of the list.
  const nos = items.map((_, index) => numbers[index] ?? -index)
  const title = (item: unknown, index: number) =>
    titleOf(item, spec.title) || said(locale, 'untitled', { no: index + 1 })

  const write = (next: readonly unknown[], order: number[]) => {
    setNumbers(order)
    set(path, next.length === 0 && spec.emptyIsNull ? null : next)
  }
  const add = () => {
    const no = number()
    setFresh(no)
    write([...items, freshItem(spec.fresh, spec.key, items, code)], [...nos, no])
    focus(`${id}-${items.length}-s`)
  }
  const move = (index: number, by: -1 | 1) => {
    const to = index + by
    if (to < 0 || to >= items.length) return
    write(moved(items, index, by), moved(nos, index, by))
    setStatus(said(locale, 'moved', { what: title(items[index], index), no: to + 1 }))
    focus(`${id}-${to}-s`)
  }
  const remove = (index: number) => {
    setRemoved({ index, item: items[index], no: nos[index] as number, title: title(items[index], index) })
    write(without(items, index), without(nos, index) as number[])
    focus(`${id}-undo`)
  }
  const undo = () => {
    if (!removed) return
    const { index, item, no } = removed
    write(inserted(items, index, item), inserted(nos, index, no) as number[])
    setRemoved(null)
    focus(`${id}-${index}-s`)
  }
  return (
    <fieldset className="pe__list" id={id} tabIndex={-1}>
      <legend className="label">
        {label} <span className="soft">({items.length})</span>
      </legend>
      {hint && <span className="hint">{hint}</span>}
      {error && <FieldError id={id}>{error}</FieldError>}
      <ol>
        {items.map((item, index) => (
          <Item
            key={nos[index]}
            {...{ spec, path: [...path, index], index, count: items.length, title: title(item, index) }}
            isFresh={nos[index] === fresh}
            move={(by) => move(index, by)}
            remove={() => remove(index)}
          />
        ))}
      </ol>
      {removed && (
        <p className="pe__undo">
          {said(locale, 'removed', { what: removed.title })}{' '}
          <Button type="button" kind="quiet" size="small" icon="undo-2" id={`${id}-undo`} onClick={undo}>
            {said(locale, 'act.undo')}
          </Button>
        </p>
      )}
      <p className="vh" role="status">
        {status}
      </p>
      {editable && (
        <Button type="button" kind="second" size="small" icon="plus" onClick={add}>
          {said(locale, 'act.add', { what: label.toLowerCase() })}
        </Button>
      )}
    </fieldset>
  )
}

/** Focuses an element that the next drawing of the page brings. */
function useFocusNext() {
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    document.getElementById(wanted.current)?.focus()
    wanted.current = null
  })
  return (id: string) => {
    wanted.current = id
  }
}

interface ItemFacts {
  spec: ListSpec
  path: Path
  index: number
  count: number
  title: string
  isFresh: boolean
  move: (by: -1 | 1) => void
  remove: () => void
}

function Item({ spec, path, index, count, title, isFresh, move, remove }: ItemFacts) {
  const { locale, editable, problems } = useEditing()
  const own = problemsIn(problems, path).length
  const [open, setOpen] = useState(isFresh || own > 0)
  const id = idOf(path)
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className="pe__item">
      <div className="pe__bar">
        <button
          type="button"
          className="pe__open"
          id={`${id}-s`}
          aria-expanded={open}
          aria-controls={`${id}-b`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => setOpen(!open)}
          onKeyDown={editable ? press : undefined}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <span className="pe__no">{index + 1}.</span> <span className="pe__title">{title}</span>
          {own > 0 && <span className="pe__bad">{said(locale, 'toMend', { count: own })}</span>}
        </button>
        {editable && (
          <span className="pe__acts">
            <Act
              icon="arrow-up"
              label={said(locale, 'act.up', { what: title })}
              off={index === 0}
              act={() => move(-1)}
            />
            <Act
              icon="arrow-down"
              label={said(locale, 'act.down', { what: title })}
              off={index === count - 1}
              act={() => move(1)}
            />
            <Act icon="x" label={said(locale, 'act.remove', { what: title })} act={remove} />
          </span>
        )}
      </div>
      <div className="pe__body" id={`${id}-b`} hidden={!open}>
        {open &&
          spec.fields.map((field) => (
            <EditorField key={field.key} spec={field} path={[...path, field.key]} />
          ))}
      </div>
    </li>
  )
}

interface ActFacts {
  icon: IconName
  label: string
  act: () => void
  off?: boolean
}

function Act({ icon, label, act, off }: ActFacts) {
  return (
    <button
      type="button"
      className="pe__act"
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={off ? undefined : act}
    >
      <Icon name={icon} />
    </button>
  )
}
