import type { Plain, Test, TestOp, TestValue } from 'motcua/kernel/feel/index'
import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import { findMessage } from 'motcua/kernel/i18n'
import { useId } from 'react'
import { useDayRead } from '../../ui/day-field'
import { Icon } from '../../ui/icon'
import { useShell, useT } from '../../ui/shell'
import {
  type Against,
  aboutAnother,
  againstFor,
  againstOf,
  comparedBy,
  firstValue,
  isDay,
  isOther,
  isUnfinished,
  opsFor,
  othersOf,
  type Subject,
  subjectKey,
  subjectOf,
  withoutValue,
} from './rule-editor.view'

interface RowFacts {
  no: number
  /** The word before this test. */
  joint: 'and' | 'or' | null
  test: Test
  fields: readonly RuleField[]
  subjects: readonly Subject[]
  change: (test: Test) => void
  remove: () => void
}

/** One test of a sentence: question, comparison, value. */
export function RuleRow({ no, joint, test, fields, subjects, change, remove }: RowFacts) {
  const t = useT()
  const id = useId()
  const subject = subjectOf(test, subjects, t)
  const field = fields.find(({ path }) => path === test.path)
  const isKnown = subjects.some(({ key }) => key === subject.key)
  const others = othersOf(subject, subjects)
  return (
    <li className="rule__row">
      <span className="rule__joint">{joint && t(`rules.${joint}`)}</span>
      <fieldset className="rule__test">
        <legend className="vh">{t('rules.editor.row', { no })}</legend>
        <Labelled id={`${id}-q`} label={t('rules.editor.question')}>
          <select
            className="input"
            id={`${id}-q`}
            value={subjectKey(test)}
            onChange={({ target }) => {
              const next = subjects.find(({ key }) => key === target.value)
              if (next)
                change(
                  aboutAnother(
                    test,
                    next,
                    fields.find(({ path }) => path === next.path),
                  ),
                )
            }}
          >
            {!isKnown && <option value={subject.key}>{subject.label}</option>}
            {subjects.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id={`${id}-o`} label={t('rules.editor.compare')}>
          <OpSelect
            {...{ id: `${id}-o`, test, subject }}
            choose={(op) => change(comparedBy(test, op, subject, field))}
          />
        </Labelled>
        <AgainstSelect {...{ id, test, subject, others, field, change }} />
        {!withoutValue(test.op) && (
          <Value
            {...{ id: `${id}-v`, test, subject, field, others }}
            set={(value) => change({ ...test, value })}
          />
        )}
        {isUnfinished(test, subject) && <span className="rule__missing">{t('rules.editor.missing')}</span>}
        {!isKnown && test.path !== '' && (
          <span className="rule__missing">{t('rules.editor.unknownPath', { path: test.path })}</span>
        )}
      </fieldset>
      <button
        type="button"
        className="rule__drop"
        aria-label={t('rules.editor.remove', { no })}
        onClick={remove}
      >
        <Icon name="x" />
      </button>
    </li>
  )
}

function Labelled({ id, label, children }: { id: string; label: string; children: React.ReactNode }) {
  return (
    <span className="rule__part">
      <label className="vh" htmlFor={id}>
        {label}
      </label>
      {children}
    </span>
  )
}

interface OpFacts {
  id: string
  test: Test
  subject: Subject
  choose: (op: TestOp) => void
}

function OpSelect({ id, test, subject, choose }: OpFacts) {
  const t = useT()
  const { locale } = useShell()
  const words = (op: TestOp) =>
    (subject.kind === 'date' ? findMessage(locale, `rules.dateOp.${op}`) : undefined) ?? t(`rules.op.${op}`)
  return (
    <select
      className="input"
      id={id}
      value={test.op}
      onChange={({ target }) => choose(target.value as TestOp)}
    >
      {opsFor(subject, test.op).map((op) => (
        <option key={op} value={op}>
          {words(op)}
        </option>
      ))}
    </select>
  )
}

interface AgainstFacts {
  id: string
  test: Test
  subject: Subject
  others: readonly Subject[]
  field: RuleField | undefined
  change: (test: Test) => void
}

/** Compared with a value, another answer or today; shown only where there is a choice. */
function AgainstSelect({ id, test, subject, others, field, change }: AgainstFacts) {
  const t = useT()
  const used = againstOf(test.value)
  const offered = againstFor(subject, test.op, others)
  const choices = offered.includes(used) ? offered : [...offered, used]
  if (choices.length < 2 || withoutValue(test.op)) return null
  const firstOf: Record<Against, () => TestValue> = {
    value: () => firstValue(subject, field),
    answer: () => ({ path: others[0]?.path ?? '' }),
    today: () => ({ today: true }),
  }
  const words = {
    value: t('rules.editor.withValue'),
    answer: t('rules.editor.withAnswer'),
    today: t('rules.editor.withToday'),
  }
  return (
    <Labelled id={`${id}-w`} label={t('rules.editor.with')}>
      <select
        className="input rule__with"
        id={`${id}-w`}
        value={used}
        onChange={({ target }) => change({ ...test, value: firstOf[target.value as Against]() })}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

interface ValueFacts {
  id: string
  test: Test
  subject: Subject
  field: RuleField | undefined
  others: readonly Subject[]
  set: (value: TestValue) => void
}

function Value({ id, test, subject, field, others, set }: ValueFacts) {
  const t = useT()
  const { value } = test
  const label = t('rules.editor.value')
  if (isOther(value)) {
    const choices = others.map(({ path, label: text }) => ({ value: path, label: text }))
    return (
      <Labelled id={id} label={t('rules.editor.other')}>
        <Chooser {...{ id, choices }} value={value.path} set={(path) => set({ path })} />
      </Labelled>
    )
  }
  if (isDay(value)) return 'today' in value ? null : <DayInput {...{ id, label, value, set }} />
  if (Array.isArray(value)) return <Several {...{ id, label, value, field, subject, set }} />
  return (
    <Labelled id={id} label={label}>
      <Single {...{ id, value, subject, field, set }} />
    </Labelled>
  )
}

interface DayFacts {
  id: string
  label: string
  value: { date: string }
  set: (value: TestValue) => void
}

function DayInput({ id, label, value, set }: DayFacts) {
  const readDay = useDayRead()
  return (
    <Labelled id={id} label={label}>
      <input
        className="input"
        id={id}
        type="date"
        value={value.date}
        onChange={({ target }) => set({ date: target.value })}
      />
      <small className="soft">{readDay(value.date)}</small>
    </Labelled>
  )
}

interface SingleFacts {
  id: string
  value: Plain
  subject: Subject
  field: RuleField | undefined
  set: (value: TestValue) => void
}

function Single({ id, value, subject, field, set }: SingleFacts) {
  const t = useT()
  if (typeof value === 'boolean') {
    const choices = [
      { value: 'true', label: t('rules.value.yes') },
      { value: 'false', label: t('rules.value.no') },
    ]
    return <Chooser {...{ id, choices }} value={String(value)} set={(next) => set(next === 'true')} />
  }
  if (subject.kind === 'number') {
    return (
      <input
        className="input rule__number"
        id={id}
        type="number"
        step="any"
        value={value === null ? '' : String(value)}
        onChange={({ target }) => set(target.value === '' ? null : Number(target.value))}
      />
    )
  }
  if (field?.options && field.options.length > 0)
    return <Chooser {...{ id, set }} choices={field.options} value={String(value ?? '')} />
  return (
    <input
      className="input"
      id={id}
      value={String(value ?? '')}
      onChange={({ target }) => set(target.value)}
    />
  )
}

interface ChooserFacts {
  id: string
  choices: readonly { value: string; label: string }[]
  value: string
  set: (value: string) => void
}

function Chooser({ id, choices, value, set }: ChooserFacts) {
  const isKnown = choices.some((choice) => choice.value === value)
  return (
    <select className="input" id={id} value={value} onChange={({ target }) => set(target.value)}>
      {!isKnown && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

interface SeveralFacts {
  id: string
  label: string
  value: Plain[]
  field: RuleField | undefined
  subject: Subject
  set: (value: TestValue) => void
}

/** Any of a list: boxes for the options of the question, else texts with commas between. */
function Several({ id, label, value, field, subject, set }: SeveralFacts) {
  const options = field?.options ?? []
  if (options.length === 0) {
    const read = (text: string): Plain => (subject.kind === 'number' && text !== '' ? Number(text) : text)
    return (
      <Labelled id={id} label={label}>
        <input
          className="input"
          id={id}
          defaultValue={value.join(', ')}
          onChange={({ target }) => set(target.value.split(',').map((text) => read(text.trim())))}
        />
      </Labelled>
    )
  }
  const strange = value.filter((each) => !options.some((option) => option.value === each))
  const all = [...options, ...strange.map((each) => ({ value: String(each), label: String(each) }))]
  const toggled = (each: string, on: boolean) =>
    all.map((option) => option.value).filter((option) => (option === each ? on : value.includes(option)))
  return (
    <fieldset className="rule__several">
      <legend className="vh">{label}</legend>
      {all.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={({ target }) => set(toggled(option.value, target.checked))}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
