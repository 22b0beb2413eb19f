import type { FieldView, InputView } from 'motcua/modules/forms'
import type { ReactNode } from 'react'
import { Choices, FieldSet, FieldWarning, FileField } from '../../ui/fields'
import { FormField } from '../../ui/form-field'
import { useT } from '../../ui/shell'
import { CompoundQuestion, compound, firstShown } from './compound-question'
import type { PlaceHit } from './places'

interface Props {
  field: FieldView
  hits: readonly PlaceHit[]
  /** The largest file, in words. */
  most: string
}

/**
 * One question of a form page. It says to the server that it is asked, because an empty choice posts nothing. On a
 * live page one that is hidden now is drawn too, disabled, so that it neither shows nor posts until the script opens it.
 */
export function AskedField(props: Props) {
  const { path, hidden } = props.field
  const inside = (
    <>
      <input type="hidden" name="_asked" value={path} />
      <FilingField {...props} />
      {props.field.warning && <FieldWarning>{props.field.warning}</FieldWarning>}
    </>
  )
  return hidden ? (
    <fieldset className="asked" role="none" data-field={path} hidden disabled>
      {inside}
    </fieldset>
  ) : (
    <div className="asked" data-field={path}>
      {inside}
    </div>
  )
}

/** The controls of one question. */
export function FilingField({ field, hits, most }: Props) {
  if (compound.has(field.type))
    return <CompoundQuestion {...frameOf(field, firstShown(field).id)} field={field} />
  if (field.inputs.some(({ kind }) => kind === 'place')) return <PlaceQuestion field={field} hits={hits} />
  if (field.type === 'file') return <FileQuestion field={field} most={most} />
  if (field.type === 'delivery') return <DeliveryQuestion field={field} />
  return <FormField field={field} />
}

function frameOf(field: FieldView, id: string) {
  return {
    id,
    label: field.label,
    hint: [field.sourceUnavailable, field.help].filter(Boolean).join(' ') || undefined,
    error: field.error,
    optional: !field.required,
  }
}

// Typed by name and found on the server; where several communes fit, the next page shows them to choose from.
function PlaceQuestion({ field, hits }: Pick<Props, 'field' | 'hits'>) {
  const t = useT()
  const written = field.inputs.find(({ kind }) => kind === 'place')!
  const code = field.inputs.find(({ name }) => name.endsWith('.communeCode'))
  const offer = field.inputs.find(({ name }) => name.endsWith('.offer'))
  const parts = field.inputs.filter(({ kind, name }) => kind === 'text' && !name.endsWith('.written'))
  return (
    <FieldSet {...frameOf(field, offer?.id ?? written.id)}>
      {offer && (
        <Choices
          type="radio"
          id={offer.id}
          name={offer.name}
          options={optionsOf(offer)}
          isChecked={isChecked(offer)}
        />
      )}
      <div className={offer ? 'place place--offered' : 'place'} data-place="">
        <div className="place__detail">
          <label htmlFor={written.id}>{written.label}</label>
          <input
            className="input"
            id={written.id}
            name={written.name}
            type="text"
            autoComplete="off"
            maxLength={written.maxLength}
            defaultValue={written.value}
            aria-invalid={field.error ? true : undefined}
            aria-describedby={field.error ? `${offer?.id ?? written.id}-e` : undefined}
          />
        </div>
        {code && hits.length === 0 && <input type="hidden" name={code.name} value={code.value} />}
        {code && hits.length > 0 && (
          <fieldset className="place__detail">
            <legend className="small">{t('filing.place.choose')}</legend>
            <Choices
              type="radio"
              id={code.id}
              name={code.name}
              options={hits.map((hit) => ({ value: hit.code, label: hit.text }))}
              isChecked={(value) => value === code.value}
            />
          </fieldset>
        )}
        {parts.map((part) => (
          <Part key={part.name} input={part} wide />
        ))}
      </div>
    </FieldSet>
  )
}

function DeliveryQuestion({ field }: { field: FieldView }) {
  const [way, ...parts] = field.inputs
  return (
    <div className="delivery">
      <FieldSet {...frameOf(field, way!.id)}>
        <Choices
          type="radio"
          id={way!.id}
          name={way!.name}
          options={optionsOf(way!)}
          isChecked={isChecked(way!)}
        />
        <div className="place delivery__post">
          {parts.map((part) => (
            <Part key={part.name} input={part} wide={part.name.endsWith('.address')} />
          ))}
        </div>
      </FieldSet>
    </div>
  )
}

function Part({ input, wide }: { input: InputView; wide?: boolean }) {
  return (
    <div className={wide ? 'place__detail' : undefined}>
      <label htmlFor={input.id}>{input.label}</label>
      <input
        className="input"
        id={input.id}
        name={input.name}
        type="text"
        inputMode={input.inputMode}
        autoComplete={input.autoComplete ?? 'off'}
        maxLength={input.maxLength}
        defaultValue={input.value}
      />
    </div>
  )
}

function FileQuestion({ field, most }: { field: FieldView; most: string }) {
  const [control] = field.inputs
  const stored = field.files ?? []
  return (
    <>
      {stored.map(({ fileId, name }) => (
        <span key={fileId}>
          <input type="hidden" name={`${field.path}.fileId`} value={fileId} />
          <input type="hidden" name={`${field.path}.fileName`} value={name} />
        </span>
      ))}
      <FileField
        {...frameOf(field, control!.id)}
        name={control!.name}
        most={most}
        removeName="_action"
        stored={stored.map(({ fileId, name }) => ({
          fileId: `removeFile:${field.path}:${fileId}`,
          name,
          href: `/tep/${fileId}?xem`,
        }))}
      />
    </>
  )
}

const optionsOf = ({ options = [] }: InputView) => options.map(({ value, label }) => ({ value, label }))
const isChecked =
  ({ options = [] }: InputView) =>
  (value: string) =>
    options.some((option) => option.value === value && option.checked)

/** A group of rows: people, papers. Each row says that it is there, and can be taken away. */
export function RowFrame({
  title,
  rowName,
  removeValue,
  children,
}: {
  title: string
  rowName: string
  removeValue: string | undefined
  children: ReactNode
}) {
  const t = useT()
  return (
    <fieldset className="rowset" data-row={rowName}>
      <legend className="label">{title}</legend>
      <input type="hidden" name="_rows" value={rowName} />
      {children}
      {removeValue && (
        <p className="mt-4">
          <button
            className="btn btn--quiet btn--small"
            type="submit"
            name="_action"
            value={removeValue}
            formNoValidate
          >
            {t('filing.rows.remove', { what: title })}
          </button>
        </p>
      )}
    </fieldset>
  )
}
