import type { FieldView, InputView } from 'motcua/modules/forms'
import { Choices, FieldSet } from '../../ui/fields'
import { useT } from '../../ui/shell'

/** Types whose answer has parts, each with a control and a label of its own. */
export const compound: ReadonlySet<string> = new Set([
  'person',
  'organisation',
  'land-plot',
  'vehicle',
  'signature',
])

export const firstShown = ({ inputs }: FieldView): InputView =>
  inputs.find(({ kind }) => kind !== 'hidden') ?? inputs[0]!

interface Props {
  field: FieldView
  id: string
  label: string
  hint: string | undefined
  error: string | undefined
  optional: boolean
}

/** A person, an organisation, a plot, a vehicle, a signature: one question, one control for each part. */
export function CompoundQuestion({ field, ...frame }: Props) {
  const first = firstShown(field)
  return (
    <FieldSet {...frame}>
      <div className="place" data-place={field.inputs.some(({ kind }) => kind === 'place') ? '' : undefined}>
        {field.inputs.map((input) => (
          <Part
            key={input.name}
            input={input}
            described={field.error && input === first ? `${frame.id}-e` : undefined}
          />
        ))}
      </div>
    </FieldSet>
  )
}

function Part({ input, described }: { input: InputView; described: string | undefined }) {
  const t = useT()
  const { kind, id, name, label, value, options = [] } = input
  if (kind === 'hidden') return <input type="hidden" name={name} value={value} />
  if (kind === 'radio')
    return (
      <fieldset className="place__detail">
        <legend className="small">{label ?? t('filing.place.choose')}</legend>
        <Choices
          type="radio"
          id={id}
          name={name}
          options={options.map((option) => ({ value: option.value, label: option.label }))}
          isChecked={(one) => options.some((option) => option.value === one && option.checked)}
        />
      </fieldset>
    )
  const common = { id, name, defaultValue: value, 'aria-invalid': described ? true : undefined }
  return (
    <div className={input.width === 'full' || kind === 'place' ? 'place__detail' : undefined}>
      <label htmlFor={id}>{label}</label>
      {kind === 'select' ? (
        <select className="input" {...common} aria-describedby={described}>
          {!options.some((option) => option.value === '') && <option value="">{t('web.form.choose')}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="input"
          type="text"
          inputMode={input.inputMode}
          autoComplete="off"
          maxLength={input.maxLength}
          {...common}
          aria-describedby={described}
        />
      )}
    </div>
  )
}
