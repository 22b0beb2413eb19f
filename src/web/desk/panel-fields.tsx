import { Checkbox, RadioGroup, Select, TextArea, TextField } from '../ui/fields'
import type { PanelField } from './dossier-choices'

interface Props {
  fields: readonly PanelField[]
  /** What was posted and refused, by field. */
  posted: Readonly<Record<string, string[]>> | undefined
}

/** The fields of an act, in order. What is asked only beside a certain choice is hidden by the style sheet. */
export function PanelFields({ fields, posted }: Props) {
  return fields.map((field) => (
    <div
      key={field.name}
      className="panel__field"
      data-when={field.when && `${field.when.field}=${field.when.is}`}
    >
      <One field={field} value={posted ? posted[field.name]?.[0] : field.start} />
    </div>
  ))
}

function One({ field, value }: { field: PanelField; value: string | undefined }) {
  const { name, kind, label, hint, optional, options = [], min, max } = field
  const common = { id: name, name, label, ...(hint && { hint }), ...(optional && { optional }) }
  switch (kind) {
    case 'area':
      return <TextArea {...common} defaultValue={value} maxLength={4000} rows={3} />
    case 'select':
      return <Select {...common} options={options} defaultValue={value} width="full" />
    case 'radios':
      return <RadioGroup {...common} options={options} value={value} />
    case 'box':
      return <Checkbox {...common} checked={value !== undefined} />
    case 'text':
      return <TextField {...common} defaultValue={value} maxLength={200} autoComplete="off" />
    case 'secret':
      return <TextField {...common} type="password" defaultValue={value} width="mid" autoComplete="off" />
    case 'number':
      return <TextField {...common} defaultValue={value} inputMode="numeric" width="mid" autoComplete="off" />
    case 'date':
    case 'moment':
      return (
        <TextField
          {...common}
          type={kind === 'date' ? 'date' : 'datetime-local'}
          defaultValue={value}
          width="mid"
          {...(min && { min })}
          {...(max && { max })}
        />
      )
    default:
      return kind satisfies never
  }
}
