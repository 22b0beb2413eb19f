import type { FieldView, InputView } from 'motcua/modules/forms'
import { type Choice, Choices, Field, FieldSet, FileField } from './fields'
import { useT } from './shell'

/** Draws one field of a form definition as its view says; the view decides everything. */
export function FormField({ field }: { field: FieldView }) {
  const [first] = field.inputs
  if (!first) return null
  const frame = {
    id: first.id,
    label: field.label,
    hint: field.sourceUnavailable ? `${field.sourceUnavailable} ${field.help ?? ''}`.trim() : field.help,
    error: field.error,
    optional: !field.required,
  }
  if (first.kind === 'hidden') return <HiddenInputs inputs={field.inputs} />
  if (first.kind === 'file') return <FileField {...frame} name={first.name} stored={field.files} />
  if (field.inputs.length === 1 && first.kind !== 'radio' && first.kind !== 'checkbox') {
    return (
      <Field {...frame}>
        <Control input={first} field={field} />
      </Field>
    )
  }
  const isDate =
    field.inputs.length > 1 && field.inputs.every(({ inputMode, label }) => inputMode === 'numeric' && label)
  return (
    <FieldSet {...frame}>
      {field.inputs.length === 1 ? (
        <Control input={first} field={field} />
      ) : (
        <div className={isDate ? 'date' : 'place'}>
          {field.inputs.map((input) => (
            <Part key={input.name} input={input} field={field} />
          ))}
        </div>
      )}
    </FieldSet>
  )
}

function Part({ input, field }: { input: InputView; field: FieldView }) {
  if (input.kind === 'hidden' || input.kind === 'radio' || input.kind === 'checkbox')
    return <Control input={input} field={field} />
  return (
    <div>
      <label htmlFor={input.id}>{input.label || field.label}</label>
      <Control input={input} field={field} />
    </div>
  )
}

function HiddenInputs({ inputs }: { inputs: readonly InputView[] }) {
  return inputs.map((input) => <input key={input.name} type="hidden" name={input.name} value={input.value} />)
}

function Control({ input, field }: { input: InputView; field: FieldView }) {
  const t = useT()
  const invalid = field.error ? (true as const) : undefined
  const common = {
    id: input.id,
    name: input.name,
    'aria-invalid': invalid,
    'aria-describedby': describedBy(field, input),
  }
  switch (input.kind) {
    case 'textarea':
      return (
        <textarea
          className="input"
          rows={4}
          defaultValue={input.value}
          maxLength={input.maxLength}
          {...common}
        />
      )
    case 'radio':
    case 'checkbox':
      return (
        <Choices
          type={input.kind}
          id={input.id}
          name={input.name}
          options={choicesOf(input)}
          isChecked={(value) => isChecked(input, value)}
        />
      )
    case 'select':
      return (
        <select className={inputClass(input)} defaultValue={input.value} {...common}>
          {!input.options?.some(({ value }) => value === '') && (
            <option value="">{t('web.form.choose')}</option>
          )}
          {input.options?.map((option) => (
            <option key={option.value} value={option.value} hidden={option.closed} disabled={option.closed}>
              {option.label}
            </option>
          ))}
        </select>
      )
    case 'hidden':
      return <input type="hidden" name={input.name} value={input.value} />
    case 'file':
      return <input type="file" className="drop__input" {...common} />
    case 'place':
    case 'agency':
    case 'text':
      return (
        <input
          className={inputClass(input)}
          type="text"
          defaultValue={input.value}
          inputMode={input.inputMode}
          autoComplete={input.autoComplete ?? 'off'}
          maxLength={input.maxLength}
          data-place-search={input.kind === 'place' ? '' : undefined}
          data-agency-search={input.kind === 'agency' ? '' : undefined}
          {...common}
        />
      )
    default:
      return input.kind satisfies never
  }
}

function inputClass({ width, inputMode }: InputView): string {
  const size = width === 'full' ? '' : ` input--${width}`
  return `input${size}${inputMode === 'numeric' ? ' input--code' : ''}`
}

function choicesOf({ options = [], label }: InputView): Choice[] {
  return options.length > 0 ? options : [{ value: 'yes', label: label ?? '' }]
}

function isChecked({ options = [], value: current }: InputView, value: string): boolean {
  const option = options.find((each) => each.value === value)
  return option ? option.checked : current === value
}

function describedBy(field: FieldView, input: InputView): string | undefined {
  if (field.inputs[0] !== input) return undefined
  const ids = [
    (field.help || field.sourceUnavailable) && `${input.id}-h`,
    field.error && `${input.id}-e`,
  ].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}
