import type { Localised } from 'motcua/modules/forms'
import { type ReactNode, useId } from 'react'
import { Field } from '../../ui/fields'
import { useBuilder } from './context'

interface Typed {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  error?: string
  /** Several lines. */
  lines?: number
  width?: 'short' | 'mid'
  code?: boolean
  lang?: 'vi' | 'en'
  id?: string
}

/** One text of the form, written straight into the draft. */
export function TextLine({ label, value, onChange, hint, error, lines, width, code, lang, id: own }: Typed) {
  const made = useId()
  const id = own ?? made
  const shared = {
    id,
    lang,
    value,
    className: `input${width ? ` input--${width}` : ''}${code ? ' input--code' : ''}`,
    'aria-describedby': [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(' ') || undefined,
    'aria-invalid': error ? (true as const) : undefined,
    autoComplete: 'off',
    spellCheck: code ? false : undefined,
  }
  const more = { ...(hint ? { hint } : {}), ...(error ? { error } : {}) }
  return (
    <Field id={id} label={label} {...more}>
      {lines ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} type="text" onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}

/** The same words in both languages, side by side. */
export function BothLanguages({
  label,
  value,
  onChange,
  hint,
  lines,
  id,
}: {
  label: string
  value: Localised | undefined
  /** Undefined when both were emptied. */
  onChange: (value: Localised | undefined) => void
  hint?: string
  lines?: number
  id?: string
}) {
  const { t } = useBuilder()
  const { vi = '', en = '' } = value ?? {}
  const give = (next: Localised) => onChange(next.vi === '' && next.en === '' ? undefined : next)
  const shared = lines ? { lines } : {}
  return (
    <div className="fb__pair">
      <TextLine
        {...shared}
        {...(hint ? { hint } : {})}
        {...(id ? { id: `${id}-vi` } : {})}
        label={`${label} (${t('formBuilder.both.vi')})`}
        lang="vi"
        value={vi}
        onChange={(text) => give({ vi: text, en })}
      />
      <TextLine
        {...shared}
        {...(id ? { id: `${id}-en` } : {})}
        label={`${label} (${t('formBuilder.both.en')})`}
        lang="en"
        value={en}
        onChange={(text) => give({ vi, en: text })}
      />
    </div>
  )
}

/** A number, or nothing. */
export function NumberLine({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | undefined
  onChange: (value: number | undefined) => void
}) {
  const id = useId()
  return (
    <Field id={id} label={label}>
      <input
        id={id}
        className="input input--short"
        type="number"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
      />
    </Field>
  )
}

/** One thing that is so or not. */
export function Tick({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <label className="choice" htmlFor={id}>
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
}

export interface Choice {
  value: string
  label: string
}

/** One of a list; groups are the parts of the list. */
export function Choose({
  label,
  hint,
  value,
  onChange,
  options = [],
  groups = [],
  empty,
  id: own,
}: {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  options?: readonly Choice[]
  groups?: readonly { label: string; options: readonly Choice[] }[]
  empty?: string
  id?: string
}) {
  const made = useId()
  const id = own ?? made
  const lines = (list: readonly Choice[]) =>
    list.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))
  return (
    <Field id={id} label={label} {...(hint ? { hint } : {})}>
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={hint ? `${id}-h` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {lines(options)}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {lines(group.options)}
          </optgroup>
        ))}
      </select>
    </Field>
  )
}

/** One of two or three, all in sight. */
export function Pick({
  label,
  value,
  onChange,
  options,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  options: readonly Choice[]
}) {
  const name = useId()
  return (
    <fieldset className="group fb__pick">
      <legend className="label">{label}</legend>
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Settings that belong together. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="fb__part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}
