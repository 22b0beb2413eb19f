import type { FileState } from 'motcua/modules/documents'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { Icon } from './icon'
import { useT } from './shell'

/** What every field may carry. `id` is where the error summary points. */
interface Common {
  id: string
  label: string
  hint?: string
  error?: string
  /** Says "(không bắt buộc)" after the label; required is the rule, so it is not marked. */
  optional?: boolean
}

const hintId = (id: string) => `${id}-h`
const errorId = (id: string) => `${id}-e`

function describedBy({ id, hint, error }: Pick<Common, 'id' | 'hint' | 'error'>): string | undefined {
  const ids = [hint && hintId(id), error && errorId(id)].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** The attributes that tie an input to its hint and its error. */
function tied(field: Pick<Common, 'id' | 'hint' | 'error'>) {
  return { 'aria-describedby': describedBy(field), 'aria-invalid': field.error ? (true as const) : undefined }
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  const t = useT()
  return (
    <p className="error" id={errorId(id)}>
      <Icon name="octagon-alert" />
      <span>
        <span className="vh">{t('web.form.error')} </span>
        {children}
      </span>
    </p>
  )
}

/** What a form warns of beside a question; nothing is refused for it. */
export function FieldWarning({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <p className="warning">
      <Icon name="clock-alert" />
      <span>
        <span className="vh">{t('web.form.warning')} </span>
        <span data-words="">{children}</span>
      </span>
    </p>
  )
}

/** Says that a question may stay open. */
export function Optional() {
  const t = useT()
  return <span className="optional"> {t('web.form.optional')}</span>
}

/** Label, hint, error, then whatever is typed into. */
export function Field({ id, label, hint, error, optional, children }: Common & { children: ReactNode }) {
  return (
    <div className={error ? 'field field--error' : 'field'}>
      <label className="label" htmlFor={id}>
        {label}
        {optional && <Optional />}
      </label>
      {hint && (
        <span className="hint" id={hintId(id)}>
          {hint}
        </span>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
      {children}
    </div>
  )
}

/** The same around several inputs; the question is the legend. */
export function FieldSet({ id, label, hint, error, optional, children }: Common & { children: ReactNode }) {
  return (
    <fieldset
      className={error ? 'group field--error' : 'group'}
      aria-describedby={describedBy({ id, hint, error })}
    >
      <legend className="label">
        {label}
        {optional && <Optional />}
      </legend>
      {hint && (
        <span className="hint" id={hintId(id)}>
          {hint}
        </span>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
      {children}
    </fieldset>
  )
}

type Width = 'short' | 'mid' | 'full'
const widthClass = { short: ' input--short', mid: ' input--mid', full: '' } as const

type TextFieldProps = Common & {
  name: string
  width?: Width
  /** Digits on one width: codes, numbers of papers. */
  code?: boolean
} & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    | 'type'
    | 'inputMode'
    | 'autoComplete'
    | 'list'
    | 'maxLength'
    | 'defaultValue'
    | 'readOnly'
    | 'spellCheck'
    | 'min'
    | 'max'
    | 'autoFocus'
    | 'onInput'
  >

export function TextField({
  id,
  name,
  label,
  hint,
  error,
  optional,
  width = 'full',
  code,
  ...input
}: TextFieldProps) {
  return (
    <Field {...{ id, label, hint, error, optional }}>
      <input
        className={`input${widthClass[width]}${code ? ' input--code' : ''}`}
        id={id}
        name={name}
        type="text"
        {...tied({ id, hint, error })}
        {...input}
      />
    </Field>
  )
}

export function TextArea({
  id,
  name,
  label,
  hint,
  error,
  optional,
  defaultValue,
  maxLength,
  rows = 4,
}: Common & { name: string; defaultValue?: string; maxLength?: number; rows?: number }) {
  return (
    <Field {...{ id, label, hint, error, optional }}>
      <textarea
        className="input"
        {...{ id, name, rows, defaultValue, maxLength }}
        {...tied({ id, hint, error })}
      />
    </Field>
  )
}

export interface Choice {
  value: string
  label: string
  hint?: string
  /** Drawn, but not to be chosen now: a script may open it. */
  closed?: true | undefined
}

export function Select({
  id,
  name,
  label,
  hint,
  error,
  optional,
  options,
  defaultValue,
  width = 'mid',
  empty,
}: Common & {
  name: string
  options: readonly Choice[]
  defaultValue?: string
  width?: Width
  empty?: string
}) {
  const t = useT()
  return (
    <Field {...{ id, label, hint, error, optional }}>
      <select
        className={`input${widthClass[width]}`}
        {...{ id, name, defaultValue }}
        {...tied({ id, hint, error })}
      >
        <option value="">{empty ?? t('web.form.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** Three boxes for day, month, year, as people write dates: names `<name>.day`, `.month`, `.year`. */
export function DateField({
  id,
  name,
  label,
  hint,
  error,
  optional,
  value = {},
}: Common & { name: string; value?: { day?: string; month?: string; year?: string } }) {
  const t = useT()
  const parts = [
    { part: 'day', label: t('web.form.day'), most: 2, inputId: id },
    { part: 'month', label: t('web.form.month'), most: 2, inputId: `${id}-month` },
    { part: 'year', label: t('web.form.year'), most: 4, inputId: `${id}-year` },
  ] as const
  return (
    <FieldSet {...{ id, label, error, optional }} hint={hint ?? t('web.form.dateHint')}>
      <div className="date">
        {parts.map(({ part, label: text, most, inputId }) => (
          <div key={part}>
            <label htmlFor={inputId}>{text}</label>
            <input
              className="input"
              id={inputId}
              name={`${name}.${part}`}
              inputMode="numeric"
              autoComplete="off"
              maxLength={most}
              defaultValue={value[part]}
              aria-invalid={error ? true : undefined}
            />
          </div>
        ))}
      </div>
    </FieldSet>
  )
}

type ChoicesProps = Common & { name: string; options: readonly Choice[] }

/** One of a few. Each option is a full-width target. */
export function RadioGroup({ name, options, value, ...field }: ChoicesProps & { value?: string }) {
  return (
    <FieldSet {...field}>
      <Choices
        type="radio"
        id={field.id}
        name={name}
        options={options}
        isChecked={(option) => option === value}
      />
    </FieldSet>
  )
}

/** Any of a few; the values arrive as repeated entries of one name. */
export function CheckboxGroup({
  name,
  options,
  values = [],
  ...field
}: ChoicesProps & { values?: readonly string[] }) {
  return (
    <FieldSet {...field}>
      <Choices
        type="checkbox"
        id={field.id}
        name={name}
        options={options}
        isChecked={(option) => values.includes(option)}
      />
    </FieldSet>
  )
}

export function Choices({
  type,
  id,
  name,
  options,
  isChecked,
}: {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  options: readonly Choice[]
  isChecked: (value: string) => boolean
}) {
  return (
    <div className="choices">
      {options.map(({ value, label, hint, closed }, index) => (
        <label className="choice" key={value} hidden={closed}>
          <input
            type={type}
            disabled={closed}
            id={index === 0 ? id : `${id}-${index}`}
            name={name}
            value={value}
            defaultChecked={isChecked(value)}
          />
          <span>
            {label}
            {hint && <small>{hint}</small>}
          </span>
        </label>
      ))}
    </div>
  )
}

/** One statement to agree with. */
export function Checkbox({
  id,
  name,
  label,
  hint,
  error,
  checked,
  value = 'yes',
}: Common & { name: string; checked?: boolean; value?: string }) {
  return (
    <div className={error ? 'field field--error' : 'field'}>
      {error && <FieldError id={id}>{error}</FieldError>}
      <label className="choice" htmlFor={id}>
        <input type="checkbox" {...{ id, name, value }} defaultChecked={checked} {...tied({ id, error })} />
        <span>
          {label}
          {hint && <small id={hintId(id)}>{hint}</small>}
        </span>
      </label>
    </div>
  )
}

export interface PlaceValue {
  provinceCode?: string
  communeCode?: string
  /** House, street, hamlet. */
  detail?: string
}

/**
 * A place in Vietnam. Without script: a list of provinces, and a commune typed by name or chosen once the
 * province is known; the enhancement `place-search` offers communes while typing.
 * Names: `<name>.provinceCode`, `<name>.communeCode`, `<name>.detail`.
 */
export function PlaceField({
  name,
  provinces,
  communes,
  value = {},
  withDetail = true,
  ...field
}: Common & {
  name: string
  provinces: readonly Choice[]
  communes: readonly Choice[]
  value?: PlaceValue
  withDetail?: boolean
}) {
  const t = useT()
  const { id } = field
  return (
    <FieldSet {...field}>
      <div className="place" data-place-search="">
        <PlaceSelect
          id={id}
          name={`${name}.provinceCode`}
          label={t('web.form.province')}
          options={provinces}
          value={value.provinceCode}
          part="province"
        />
        <PlaceSelect
          id={`${id}-commune`}
          name={`${name}.communeCode`}
          label={t('web.form.commune')}
          options={communes}
          value={value.communeCode}
          part="commune"
        />
        {withDetail && (
          <div className="place__detail">
            <label htmlFor={`${id}-detail`}>{t('web.form.address')}</label>
            <input
              className="input"
              id={`${id}-detail`}
              name={`${name}.detail`}
              defaultValue={value.detail}
              autoComplete="off"
            />
          </div>
        )}
      </div>
    </FieldSet>
  )
}

function PlaceSelect({
  id,
  name,
  label,
  options,
  value,
  part,
}: {
  id: string
  name: string
  label: string
  options: readonly Choice[]
  value?: string
  part: string
}) {
  const t = useT()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select className="input" id={id} name={name} defaultValue={value ?? ''} data-place={part}>
        <option value="">{t('web.form.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export interface StoredFile {
  fileId: string
  name: string
  note?: string
  href?: string
  /** What became of it, and a picture to look at. */
  state?: FileState & { of: string }
}

/** What is asked of a phone: kinds without HEIC make an iPhone send its photos as JPEG. */
export const acceptedFiles = 'image/jpeg,image/png,image/webp,image/tiff,.pdf,.docx,.odt,.xlsx,.txt,.xml'

/**
 * Any photo or file; what was stored is listed with its way out. The button that uploads posts the form
 * (`formEncType` multipart must be on the form); the enhancement `dropzone` sends at once, with numbers.
 */
export function FileField({
  name,
  stored = [],
  most,
  removeName = 'remove-file',
  ...field
}: Common & { name: string; stored?: readonly StoredFile[]; most?: string; removeName?: string }) {
  const t = useT()
  return (
    <Field {...field}>
      <div
        className="drop"
        data-dropzone=""
        data-sending={t('web.form.sending', { percent: '{percent}', sent: '{sent}', size: '{size}' })}
        data-sending-label={t('web.form.upload')}
        data-lost={t('web.form.lost')}
      >
        <p className="small soft">
          {t('web.form.fileHint')} {most && t('web.form.fileMost', { size: most })}
        </p>
        <input
          className="drop__input"
          type="file"
          id={field.id}
          name={name}
          multiple
          accept={acceptedFiles}
          {...tied(field)}
        />
      </div>
      {stored.length > 0 && (
        <ul className="files">
          {stored.map((file) => (
            <StoredFileRow key={file.fileId} file={file} removeName={removeName} />
          ))}
        </ul>
      )}
    </Field>
  )
}

function StoredFileRow({ file, removeName }: { file: StoredFile; removeName: string }) {
  const t = useT()
  return (
    <li className="file">
      <span className="file__pic">
        {file.state?.picture ? (
          <img src={file.state.picture} alt="" loading="lazy" />
        ) : (
          <Icon name="file-check" />
        )}
      </span>
      <span>
        <b>{file.href ? <a href={file.href}>{file.name}</a> : file.name}</b>
        {file.note && <small>{file.note}</small>}
        {file.state && (
          <small role="status" data-file-waiting={file.state.waiting ? file.state.of : undefined}>
            {file.state.text}
          </small>
        )}
      </span>
      <button
        className="btn btn--quiet btn--small"
        type="submit"
        name={removeName}
        value={file.fileId}
        formNoValidate
      >
        {t('web.form.remove')}
        <span className="vh"> {file.name}</span>
      </button>
    </li>
  )
}
