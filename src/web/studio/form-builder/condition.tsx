import { formFunctionArity, type Place, placeId } from 'motcua/modules/forms/editing'
import { RuleEditor } from '../rule-editor/rule-editor'
import { useBuilder } from './context'
import { ruleFields } from './form-builder.view'

/** A condition as a sentence; empty means none. */
export function ConditionOf({
  name,
  label,
  hint,
  value,
  place,
  onChange,
}: {
  name: string
  label: string
  hint?: string
  value: string | undefined
  place: Place | undefined
  onChange: (value: string | undefined) => void
}) {
  const { draft, t, locale, epoch } = useBuilder()
  return (
    <RuleEditor
      key={`${place ? placeId(place) : ''} ${epoch}`}
      name={name}
      label={label}
      {...(hint ? { hint } : {})}
      value={value ?? null}
      fields={ruleFields(draft, t, locale, place)}
      functions={formFunctionArity}
      onChange={(text) => onChange(text ?? undefined)}
    />
  )
}
