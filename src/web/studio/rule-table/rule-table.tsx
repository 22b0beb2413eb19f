import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../ui/button'
import { FieldError } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { RuleExpert } from '../rule-editor/expert'
import type { Acts } from './acts'
import { Findings } from './findings'
import { GivesInput } from './gives'
import { TableRows } from './rows'
import styles from './rule-table.css?url'
import {
  answersFor,
  columnsFor,
  columnsIn,
  type Draft,
  draftOf,
  type Gives,
  movedColumn,
  movedRow,
  textOf,
  withColumn,
  withGives,
  withoutColumn,
  withoutRow,
  withRow,
} from './rule-table.view'

export interface RuleTableProps {
  /** The FEEL text is posted under this name; an empty text gives nothing. */
  name: string
  id: string
  value: string | null
  fields: readonly RuleField[]
  gives: Gives
  /** Types of the answers that a result may take; none: all. */
  types?: readonly string[]
  /** What holds where the table gives nothing, in words; without it such cases are gaps. */
  standsIn?: string
  label: string
  hint?: string
  error?: string
  editable?: boolean
  onChange?: (text: string | null) => void
}

/** A value that depends on answers, as a table: a column a question, a row a case. Posts FEEL text under `name`. */
export function RuleTable(props: RuleTableProps) {
  const t = useT()
  const { name, id, fields, label, hint, error } = props
  const [text, setText] = useState(props.value ?? '')
  const [draft, setDraft] = useState(() => draftOf(text))

  const write = (next: string) => {
    setText(next)
    props.onChange?.(next.trim() === '' ? null : next)
  }
  const say = (next: Draft) => {
    setDraft(next)
    write(textOf(next) ?? '')
  }
  return (
    <fieldset className={error ? 'rule rt field--error' : 'rule rt'} id={id} tabIndex={-1}>
      <link rel="stylesheet" href={styles} precedence="default" />
      <legend className="label">{label}</legend>
      {hint && <span className="hint">{hint}</span>}
      {error && <FieldError id={id}>{error}</FieldError>}
      <input type="hidden" name={name} value={text} />
      {draft ? (
        <Table {...props} draft={draft} say={say} />
      ) : (
        <div className="rule__beyond">
          <p>{t('rules.table.beyond')}</p>
          <Button type="button" kind="quiet" size="small" onClick={() => say(draftOf('') as Draft)}>
            {t('rules.table.again')}
          </Button>
        </div>
      )}
      <RuleExpert
        {...{ text, fields }}
        functions={undefined}
        lead={t('rules.table.expertLead')}
        write={(next) => {
          setDraft(draftOf(next))
          write(next)
        }}
      />
    </fieldset>
  )
}

interface TableFacts extends RuleTableProps {
  draft: Draft
  say: (draft: Draft) => void
}

interface Undo {
  draft: Draft
  said: string
}

function Table({ id, fields, gives, types, standsIn, label, editable = true, draft, say }: TableFacts) {
  const t = useT()
  const [undo, setUndo] = useState<Undo | null>(null)
  const [status, setStatus] = useState('')
  const focus = useFocusNext()
  const columns = columnsIn(draft, fields, t)
  const answers = answersFor(gives, fields, types)
  const nothing = standsIn ?? t('rules.table.nothing')

  const change = (next: Draft, said = '', dropped: Undo | null = null) => {
    say(next)
    setStatus(said)
    setUndo(dropped)
  }
  const acts: Acts = {
    change,
    addRow(at) {
      change(withRow(draft, at))
      focus(`${id}-r${at}-c0`)
    },
    dropRow(row) {
      change(withoutRow(draft, row), '', { draft, said: t('rules.table.rowDropped', { no: row + 1 }) })
      focus(`${id}-undo`)
    },
    moveRow(row, by, focused) {
      const to = row + by
      if (to < 0 || to >= draft.rules.length) return
      change(movedRow(draft, row, by), t('rules.table.rowMoved', { no: to + 1 }))
      focus(focused.replace(`${id}-r${row}-`, `${id}-r${to}-`))
    },
    dropColumn(column, dropped) {
      change(withoutColumn(draft, column), '', {
        draft,
        said: t('rules.table.columnDropped', { label: dropped }),
      })
      focus(`${id}-undo`)
    },
    moveColumn(column, by) {
      const to = column + by
      if (to < 0 || to >= draft.inputs.length) return
      change(movedColumn(draft, column, by), t('rules.table.columnMoved', { no: to + 1 }))
      focus(`${id}-k${to}-${by < 0 ? 'left' : 'right'}`)
    },
  }
  const output = { gives, answers, nothing }
  return (
    <div className="rt__whole">
      {draft.inputs.length === 0 ? (
        (gives !== 'money' || draft.otherwise !== null) && (
          <span className="rt__same">
            <GivesInput
              {...output}
              id={`${id}-o`}
              label={`${label}: ${t('rules.table.same')}`}
              output={draft.otherwise}
              set={(next) => change(withGives(draft, null, next))}
            />
          </span>
        )
      ) : (
        <TableRows {...{ id, draft, columns, output, acts, editable }} />
      )}
      {editable && (
        <AddColumn
          {...{ id, fields }}
          taken={draft.inputs}
          add={(input) => {
            change(withColumn(draft, input))
            focus(`${id}-r0-c${draft.inputs.length}`)
          }}
        />
      )}
      <p className="rule__undo">
        {undo && (
          <>
            {undo.said}{' '}
            <Button
              type="button"
              kind="quiet"
              size="small"
              icon="undo-2"
              id={`${id}-undo`}
              onClick={() => change(undo.draft)}
            >
              {t('rules.editor.undo')}
            </Button>
          </>
        )}
      </p>
      <p className="vh" role="status">
        {status}
      </p>
      {draft.inputs.length > 0 && (
        <Findings {...{ id, draft, columns, fields }} standsIn={standsIn !== undefined} />
      )}
    </div>
  )
}

/** Chooses the question of another column. */
function AddColumn({
  id,
  fields,
  taken,
  add,
}: {
  id: string
  fields: readonly RuleField[]
  taken: readonly string[]
  add: (input: string) => void
}) {
  const t = useT()
  const own = useId()
  const [wanted, setWanted] = useState('')
  const offered = columnsFor(fields, t).filter(({ input }) => !taken.includes(input))
  return (
    <div className="rt__add">
      {taken.length === 0 && (
        <p className="hint" id={`${own}-h`}>
          {t('rules.table.startHint')}
        </p>
      )}
      <label className="small" htmlFor={`${id}-add`}>
        {t('rules.table.addColumn')}
      </label>
      <span className="rt__choose">
        <select
          className="input"
          id={`${id}-add`}
          value={wanted}
          aria-describedby={taken.length === 0 ? `${own}-h` : undefined}
          onChange={({ target }) => setWanted(target.value)}
        >
          <option value="">{t('rules.table.chooseQuestion')}</option>
          {offered.map(({ input, label }) => (
            <option key={input} value={input}>
              {label}
            </option>
          ))}
        </select>
        <Button
          type="button"
          kind="second"
          size="small"
          icon="plus"
          onClick={() => {
            if (wanted === '') return document.getElementById(`${id}-add`)?.focus()
            setWanted('')
            add(wanted)
          }}
        >
          {t(taken.length === 0 ? 'rules.table.start' : 'rules.table.add')}
        </Button>
      </span>
    </div>
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
