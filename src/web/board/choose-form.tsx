import { Button } from '../ui/button'
import { Hidden } from './board-head'
import type { HeadView } from './head.view'

/** One thing to choose, by the name of its parameter. */
export interface ChoiceField {
  name: string
  label: string
  value: string
  options: readonly { value: string; label: string }[]
}

/** A row of lists to choose from and a button: a plain form that keeps unit, period and set. */
export function ChooseForm({
  view: { kept },
  path,
  fields,
  button,
}: {
  view: Pick<HeadView, 'kept'>
  path: string
  fields: readonly ChoiceField[]
  button: string
}) {
  return (
    <form method="get" action={path} className="chooser__form no-print">
      <Hidden values={kept} />
      {fields.map(({ name, label, value, options }) => (
        <label key={name} htmlFor={`chon-${name}`}>
          <span>{label}</span>
          <select className="input" id={`chon-${name}`} name={name} defaultValue={value}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Button kind="second">{button}</Button>
    </form>
  )
}
