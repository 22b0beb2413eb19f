import { tableOf } from 'motcua/kernel/feel/decision-table'
import { sentenceOf } from 'motcua/kernel/feel/index'
import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import type { Locale } from 'motcua/kernel/i18n'
import { createContext, use, useState } from 'react'
import { Button } from '../../ui/button'
import { useDayRead } from '../../ui/day-field'
import { Field, FieldError, FieldSet } from '../../ui/fields'
import { RuleEditor } from '../rule-editor/rule-editor'
import { RuleTable } from '../rule-table/rule-table'
import { ListField } from './list'
import { type FieldSpec, type OptionSet, optionSets } from './procedure-editor.spec'
import {
  type EditorProblem,
  idOf,
  linesOf,
  type Path,
  problemAt,
  problemsIn,
  recordIn,
  valueAt,
} from './procedure-editor.view'
import { said, wordsAt } from './words'

/** What every field of the editor knows. */
export interface Editing {
  draft: unknown
  code: string
  locale: Locale
  editable: boolean
  problems: readonly EditorProblem[]
  /** Answers that conditions may read: of the form, and of the questions before sign-in. */
  answers: readonly RuleField[]
  eligibility: readonly RuleField[]
  set: (path: Path, value: unknown) => void
}

export const EditingContext = createContext<Editing | null>(null)

export function useEditing(): Editing {
  const editing = use(EditingContext)
  if (!editing) throw new Error('a field of a procedure stands in its editor')
  return editing
}

interface FieldFacts<Spec = FieldSpec> {
  spec: Spec
  path: Path
}

/** One field of a procedure by its spec; lists and objects hold further ones. */
export function EditorField({ spec, path }: FieldFacts) {
  switch (spec.is) {
    case 'list':
      return <ListField spec={spec} path={path} />
    case 'object':
      return <ObjectField spec={spec} path={path} />
    case 'named':
      return <NamedField spec={spec} path={path} />
    case 'rule':
      return <ConditionField spec={spec} path={path} />
    case 'value':
      return <ValueField spec={spec} path={path} />
    case 'answer':
      return <AnswerField spec={spec} path={path} />
    case 'record':
      return <RecordField spec={spec} path={path} />
    case 'words':
      return <WordsField spec={spec} path={path} />
    case 'flags':
      return <FlagsField spec={spec} path={path} />
    case 'bool':
      return <BoolField path={path} />
    case 'choice':
      return <ChoiceField spec={spec} path={path} />
    default:
      return <InputField spec={spec} path={path} />
  }
}

/** Label, hint and problem of a place. */
export function useFrame({ spec, path }: FieldFacts) {
  const { draft, locale, problems } = useEditing()
  const name = path[path.length - 1]
  return {
    id: idOf(path),
    label: wordsAt(locale, 'field', path) ?? String(name),
    hint: spec.hint ? wordsAt(locale, 'hint', path) : undefined,
    error: problemAt(problems, path),
    optional: spec.nullable,
    value: valueAt(draft, path),
  }
}

const inputType = { day: 'date', time: 'time', number: 'number', money: 'number' } as const

function InputField({ spec, path }: FieldFacts) {
  const { set } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const readDay = useDayRead()
  if (spec.is === 'lines') return <LinesField spec={spec} path={path} />
  const isFigure = spec.is === 'number' || spec.is === 'money'
  const change = (text: string) => {
    if (text === '' && spec.nullable) set(path, null)
    else set(path, isFigure && text !== '' ? Number(text) : text)
  }
  const common = {
    id: frame.id,
    value: value === null || value === undefined ? '' : String(value),
    'aria-invalid': frame.error ? (true as const) : undefined,
    onChange: ({ target }: { target: { value: string } }) => change(target.value),
  }
  const isCode = spec.is === 'code'
  const hint = spec.is === 'day' ? [frame.hint, readDay(common.value)].filter(Boolean).join(' ') : frame.hint
  return (
    <Field {...frame} {...(hint !== undefined && { hint })}>
      {spec.is === 'long' ? (
        <textarea className="input pe__long" rows={3} {...common} />
      ) : (
        <input
          className={`input${isFigure ? ' input--short' : ''}${isCode ? ' input--code' : ''}`}
          type={inputType[spec.is as keyof typeof inputType] ?? 'text'}
          {...(isFigure && { min: 0, step: 1 })}
          autoComplete="off"
          {...common}
        />
      )}
    </Field>
  )
}

function LinesField({ spec, path }: FieldFacts) {
  const { set } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const lines = Array.isArray(value) ? value : []
  return (
    <Field {...frame}>
      <textarea
        className="input pe__long"
        id={frame.id}
        rows={Math.min(8, Math.max(3, lines.length + 1))}
        value={lines.join('\n')}
        onChange={({ target }) => set(path, target.value === '' ? [] : target.value.split('\n'))}
        onBlur={() =>
          set(
            path,
            lines.map((line) => String(line).trim()).filter((line) => line !== ''),
          )
        }
      />
    </Field>
  )
}

function optionsOf(set: OptionSet, locale: Locale) {
  return optionSets[set].map((value) => ({
    value: value as string,
    label: said(locale, `option.${set}.${value}`),
  }))
}

function ChoiceField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'choice' }>>) {
  const { set, locale } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const none = spec.absent ? undefined : null
  return (
    <Field {...frame}>
      <select
        className="input"
        id={frame.id}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => set(path, target.value === '' ? none : target.value)}
      >
        {(spec.nullable || typeof value !== 'string') && <option value="">{said(locale, 'none')}</option>}
        {optionsOf(spec.options, locale).map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

function FlagsField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'flags' }>>) {
  const { set, locale } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const chosen: unknown[] = Array.isArray(value) ? value : []
  const options = optionsOf(spec.options, locale)
  return (
    <FieldSet {...frame}>
      <div className="pe__flags">
        {options.map((option, index) => (
          <label key={option.value}>
            <input
              type="checkbox"
              id={index === 0 ? frame.id : undefined}
              checked={chosen.includes(option.value)}
              onChange={({ target }) =>
                set(
                  path,
                  options
                    .map((each) => each.value)
                    .filter((each) => (each === option.value ? target.checked : chosen.includes(each))),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </div>
    </FieldSet>
  )
}

function BoolField({ path }: { path: Path }) {
  const { set } = useEditing()
  const { value, id, label } = useFrame({ spec: { key: '', is: 'bool' }, path })
  return (
    <label className="pe__bool" htmlFor={id}>
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={({ target }) => set(path, target.checked)}
      />
      {label}
    </label>
  )
}

/** A text in both languages, Vietnamese first. */
function WordsField({ spec, path }: FieldFacts) {
  const { set, locale, problems } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const change = (language: 'vi' | 'en', text: string) => {
    const next = { vi: '', en: '', ...(value as object | null), [language]: text }
    set(path, spec.nullable && next.vi === '' && next.en === '' ? null : next)
  }
  return (
    <FieldSet {...frame}>
      <div className="pe__words" id={frame.id} tabIndex={-1}>
        {(['vi', 'en'] as const).map((language) => {
          const error = problemAt(problems, [...path, language])
          const id = idOf([...path, language])
          return (
            <div key={language}>
              <label className="small soft" htmlFor={id}>
                {said(locale, `language.${language}`)}
              </label>
              {error && <FieldError id={id}>{error}</FieldError>}
              <textarea
                className="input"
                id={id}
                lang={language}
                rows={2}
                value={String(valueAt(value, [language]) ?? '')}
                aria-invalid={error ? true : undefined}
                onChange={({ target }) => change(language, target.value)}
              />
            </div>
          )
        })}
      </div>
    </FieldSet>
  )
}

function ConditionField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'rule' }>>) {
  const { set, answers, eligibility, editable } = useEditing()
  const { value, id, label, hint, error } = useFrame({ spec, path })
  const text = typeof value === 'string' ? value : null
  // A condition written as a table is shown as one.
  const [isTable] = useState(() => text !== null && sentenceOf(text) === null && tableOf(text) !== null)
  const common = {
    ...{ name: `rule.${id}`, id, label, value: text },
    ...(hint && { hint }),
    ...(error && { error }),
    fields: spec.reads === 'eligibility' ? eligibility : answers,
    onChange: (next: string | null) => set(path, next === null && !spec.nullable ? '' : next),
  }
  return isTable ? <RuleTable {...common} gives="bool" editable={editable} /> : <RuleEditor {...common} />
}

/** A value by the answers: an amount, a place, or who somebody is. */
function ValueField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'value' }>>) {
  const { draft, set, answers, locale, editable } = useEditing()
  const { value, id, label, hint, error } = useFrame({ spec, path })
  // Where the table of a fee gives nothing the ordinary amount beside it holds.
  const ordinary = spec.gives === 'money' ? valueAt(draft, [...path.slice(0, -1), 'amountVnd']) : null
  return (
    <RuleTable
      name={`rule.${id}`}
      {...{ id, label, editable }}
      {...(hint && { hint })}
      {...(error && { error })}
      value={typeof value === 'string' ? value : null}
      fields={answers}
      gives={spec.gives}
      {...(spec.types && { types: spec.types })}
      {...(typeof ordinary === 'number' && { standsIn: said(locale, 'ordinaryAmount') })}
      onChange={(text) => set(path, text === null && !spec.nullable ? '' : text)}
    />
  )
}

/** One question of the form; what the form does not have stays to be seen. */
function AnswerField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'answer' }>>) {
  const { set, answers, locale } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const offered = answers.filter(({ type }) => spec.types.includes(type))
  const chosen = typeof value === 'string' ? value : ''
  return (
    <Field {...frame}>
      <select
        className="input"
        id={frame.id}
        value={chosen}
        onChange={({ target }) => set(path, target.value === '' ? null : target.value)}
      >
        <option value="">{said(locale, 'none')}</option>
        {chosen !== '' && !offered.some((each) => each.path === chosen) && (
          <option value={chosen}>{answers.find((each) => each.path === chosen)?.label ?? chosen}</option>
        )}
        {offered.map((each) => (
          <option key={each.path} value={each.path}>
            {each.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** Names with what is said of each, a line each; a line that says nothing yet stays while it is typed. */
function RecordField({ spec, path }: FieldFacts) {
  const { set, problems } = useEditing()
  const { value, ...frame } = useFrame({ spec, path })
  const [text, setText] = useState(() => linesOf(value))
  const inside = problemsIn(problems, path).filter((problem) => problem.path.length > path.length)
  return (
    <Field {...frame}>
      {inside.map((problem) => (
        <p className="error" key={problem.path.join('.')} id={idOf(problem.path)} tabIndex={-1}>
          {problem.path.slice(path.length).join('.')}: {problem.text}
        </p>
      ))}
      <textarea
        className="input input--code pe__long"
        id={frame.id}
        rows={Math.min(12, Math.max(3, text.split('\n').length + 1))}
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          set(path, recordIn(target.value))
        }}
      />
    </Field>
  )
}

function ObjectField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'object' }>>) {
  const { set, locale, editable } = useEditing()
  const { value, id, label, hint, error } = useFrame({ spec, path })
  const isThere = value !== null && value !== undefined
  return (
    <fieldset className="pe__object" id={id} tabIndex={-1}>
      <legend className="label">{label}</legend>
      {hint && <span className="hint">{hint}</span>}
      {error && <FieldError id={id}>{error}</FieldError>}
      {isThere &&
        spec.fields.map((field) => <EditorField key={field.key} spec={field} path={[...path, field.key]} />)}
      {(spec.nullable || !isThere) && editable && (
        <Button
          type="button"
          kind="quiet"
          size="small"
          icon={isThere ? 'x' : 'plus'}
          onClick={() => set(path, isThere ? null : structuredClone(spec.fresh))}
        >
          {said(locale, isThere ? 'act.drop' : 'act.state', { what: label.toLowerCase() })}
        </Button>
      )}
    </fieldset>
  )
}

/** An object for some of the names, such as another limit on one channel. */
function NamedField({ spec, path }: FieldFacts<Extract<FieldSpec, { is: 'named' }>>) {
  const { set, locale, editable } = useEditing()
  const { value, id, label, hint } = useFrame({ spec, path })
  return (
    <fieldset className="pe__object" id={id} tabIndex={-1}>
      <legend className="label">{label}</legend>
      {hint && <span className="hint">{hint}</span>}
      {optionsOf(spec.names, locale).map((name) => {
        const here = [...path, name.value]
        const isThere = valueAt(value, [name.value]) !== undefined
        return (
          <div className="pe__named" key={name.value}>
            {isThere && (
              <fieldset className="pe__object">
                <legend>{name.label}</legend>
                {spec.fields.map((field) => (
                  <EditorField key={field.key} spec={field} path={[...here, field.key]} />
                ))}
              </fieldset>
            )}
            {editable && (
              <Button
                type="button"
                kind="quiet"
                size="small"
                icon={isThere ? 'x' : 'plus'}
                onClick={() => set(here, isThere ? undefined : structuredClone(spec.fresh))}
              >
                {said(locale, isThere ? 'act.drop' : 'act.state', { what: name.label.toLowerCase() })}
              </Button>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
