import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../../ui/icon'
import { useBuilder } from './context'
import { type OutlineLine, outlineOf, type Selected } from './form-builder.view'

/** The form as a tree: arrows walk, Alt and arrows move, and a drag does the same. */
export function FormOutline({
  closed,
  toggle,
  drop,
}: {
  closed: ReadonlySet<Selected>
  toggle: (id: Selected, open: boolean) => void
  drop: (moved: Selected, onto: Selected) => void
}) {
  const builder = useBuilder()
  const { draft, selected, select, problems, t, locale, editable } = builder
  const tree = useRef<HTMLDivElement>(null)
  const lines = outlineOf(draft, { problems, closed, t, locale })
  const current = lines.find(({ id }) => id === selected) ?? lines[0]!
  const [over, setOver] = useState<Selected | null>(null)
  useKeepFocus(tree, current.id, lines.map(({ id }) => id).join())

  const onKey = (event: KeyboardEvent) => {
    const at = lines.indexOf(current)
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      if (editable) builder.shift(current.id, event.key === 'ArrowUp' ? -1 : 1)
      return
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') {
      event.preventDefault()
      if (editable) builder.copy(current.id)
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = stepOf(event.key, { lines, at, current })
    if (step === undefined && !['Delete', 'Enter'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Delete') {
      if (editable) builder.remove(current.id)
    } else if (event.key === 'Enter') document.getElementById('fb-panel')?.focus()
    else if (typeof step === 'string') select(step)
    else if (step) toggle(current.id, step.open)
  }

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('formBuilder.outline')}
      aria-describedby="fb-outline-hint"
      className="fb__tree"
      onKeyDown={onKey}
    >
      {lines.map((line) => (
        <OutlineItem
          key={line.id}
          {...{ line, toggle }}
          isCurrent={line === current}
          isOver={over === line.id}
          drag={
            editable
              ? {
                  over: (event) => {
                    event.preventDefault()
                    setOver(line.id)
                  },
                  leave: () => setOver(null),
                  drop: (event) => {
                    event.preventDefault()
                    setOver(null)
                    drop(event.dataTransfer.getData('text/plain'), line.id)
                  },
                }
              : undefined
          }
        />
      ))}
    </div>
  )
}

/** When a moved line is drawn anew at its new place, the focus goes with it. */
function useKeepFocus(tree: { current: HTMLDivElement | null }, current: Selected, order: string): void {
  const had = useRef(false)
  useEffect(() => {
    const node = tree.current
    if (!node) return
    const remember = (event: FocusEvent) => {
      // Removed nodes take the focus with them: then nothing is focused, and the tree had it.
      had.current = event.type === 'focusin' || event.relatedTarget === null
      if (event.type === 'focusout' && event.relatedTarget)
        had.current = node.contains(event.relatedTarget as Node)
    }
    node.addEventListener('focusin', remember)
    node.addEventListener('focusout', remember)
    return () => {
      node.removeEventListener('focusin', remember)
      node.removeEventListener('focusout', remember)
    }
  }, [tree])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order says that lines were drawn anew
  useEffect(() => {
    const node = tree.current
    const inTree = node?.contains(document.activeElement)
    if (!node || !(inTree || (had.current && document.activeElement === document.body))) return
    node.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus()
  }, [tree, current, order])
}

type Walk = { lines: readonly OutlineLine[]; at: number; current: OutlineLine }

/** Where a key leads: another line, or the open state of this one. */
function stepOf(key: string, { lines, at, current }: Walk): Selected | { open: boolean } | undefined {
  switch (key) {
    case 'ArrowDown':
      return lines[Math.min(at + 1, lines.length - 1)]!.id
    case 'ArrowUp':
      return lines[Math.max(at - 1, 0)]!.id
    case 'Home':
      return lines[0]!.id
    case 'End':
      return lines.at(-1)!.id
    case 'ArrowRight':
      return current.open === false ? { open: true } : current.open ? lines[at + 1]?.id : current.id
    case 'ArrowLeft':
      return current.open ? { open: false } : (current.parent ?? current.id)
    default:
      return undefined
  }
}

interface Drag {
  over: (event: DragEvent) => void
  leave: () => void
  drop: (event: DragEvent) => void
}

function OutlineItem({
  line,
  isCurrent,
  isOver,
  toggle,
  drag,
}: {
  line: OutlineLine
  isCurrent: boolean
  isOver: boolean
  toggle: (id: Selected, open: boolean) => void
  drag: Drag | undefined
}) {
  const { select, t } = useBuilder()
  const { id, is, name, level, no, of, open } = line
  const moves = is === 'page' || is === 'group' || is === 'field'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all its lines
    <div
      role="treeitem"
      aria-level={level}
      aria-posinset={no}
      aria-setsize={of}
      aria-expanded={open}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      data-id={id}
      className={`fb__line fb__line--${is} fb__line--${level}${isOver ? ' is-over' : ''}`}
      draggable={moves && drag !== undefined}
      onDragStart={(event) => {
        event.stopPropagation()
        event.dataTransfer.setData('text/plain', id)
      }}
      onDragOver={drag?.over}
      onDragLeave={drag?.leave}
      onDrop={drag?.drop}
      onClick={(event) => {
        event.currentTarget.focus()
        select(id)
        if (open !== undefined && (event.target as HTMLElement).closest('.fb__twist')) toggle(id, !open)
      }}
    >
      {open !== undefined && (
        <span className="fb__twist" aria-hidden="true">
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        </span>
      )}
      <span className="fb__name">
        {is !== 'field' && is !== 'form' && is !== 'rules' && is !== 'rule' && (
          <span className="vh">{t(`formBuilder.${is}`)}: </span>
        )}
        {name}
      </span>
      <OutlineMarks line={line} />
    </div>
  )
}

function OutlineMarks({ line }: { line: OutlineLine }) {
  const { t } = useBuilder()
  const { conditional, known, rows, errors, warnings } = line
  const badge = (icon: Parameters<typeof Icon>[0]['name'], words: string, tone = '') => (
    <span className={`fb__mark ${tone}`} title={words}>
      <Icon name={icon} />
      <span className="vh">, {words}</span>
    </span>
  )
  return (
    <span className="fb__marks">
      {rows && badge('table', t('formBuilder.badge.list'))}
      {conditional && badge('eye', t('formBuilder.badge.conditional'))}
      {known && badge('database', t('formBuilder.badge.known'))}
      {errors > 0 && badge('octagon-alert', t('formBuilder.badge.problems', { count: errors }), 'is-bad')}
      {errors === 0 &&
        warnings > 0 &&
        badge('triangle-alert', t('formBuilder.badge.warnings', { count: warnings }), 'is-warn')}
    </span>
  )
}
