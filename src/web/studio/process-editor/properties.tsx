import { useEffect, useState } from 'react'
import { useT } from '../../ui/shell'
import { type ModelElement, type Modeller, type Property, propertiesOf, saidOf, setValue } from './bpmn'

interface Given {
  modeller: Modeller
  picked: ModelElement | undefined
  /** Counts what was done, so that the panel shows what stands in the drawing now. */
  changes: number
  pick(element: ModelElement): void
}

const shown = /^bpmn:(UserTask|ReceiveTask|.*Event|.*Gateway|SubProcess|CallActivity|SequenceFlow)$/

/** What is said of the chosen element; elements are chosen in the drawing, or in a list by keyboard. */
export function Properties({ modeller, picked, changes, pick }: Given) {
  const t = useT()
  const element = picked?.labelTarget ?? picked
  const registry = modeller.get('elementRegistry')
  const all = registry.getAll().filter(({ type, labelTarget }) => shown.test(type) && !labelTarget)
  return (
    <section className="modeller__panel" aria-labelledby="thuoc-tinh">
      <h3 id="thuoc-tinh">{t('processEditor.modeler.properties')}</h3>
      <div className="step-row__field">
        <label htmlFor="phan-tu">{t('processEditor.modeler.pick')}</label>
        <select
          className="input"
          id="phan-tu"
          value={element?.id ?? ''}
          onChange={({ target }) => {
            const chosen = registry.get(target.value)
            if (chosen) pick(chosen)
          }}
        >
          <option value="">{t('processEditor.modeler.pickNone')}</option>
          {all.map(({ id, businessObject }) => (
            <option key={id} value={id}>
              {businessObject.name || id}
            </option>
          ))}
        </select>
      </div>
      {element && shown.test(element.type) ? (
        propertiesOf(element).map((property) => (
          <PropertyBox key={`${element.id} ${property}`} {...{ modeller, element, property, changes }} />
        ))
      ) : (
        <p className="soft small">{t('processEditor.modeler.nothing')}</p>
      )}
    </section>
  )
}

const options = {
  role: ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post', 'control', 'admin'],
  unitKind: ['one-stop', 'division', 'leadership', 'clerk-office'],
  authority: ['receiving', 'competent'],
  kind: ['work', 'draft', 'review', 'decide', 'issue'],
  result: ['granted', 'refused'],
  clock: ['working', 'calendar'],
  relativeTo: ['start', 'step-due', 'dossier-due'],
} as const

function PropertyBox({
  modeller,
  element,
  property,
  changes,
}: Pick<Given, 'modeller' | 'changes'> & { element: ModelElement; property: Property }) {
  const t = useT()
  const stands = saidOf(element, property)
  const [typed, setTyped] = useState(stands)
  // What was undone, or changed on the drawing, shows here too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again after each change
  useEffect(() => setTyped(saidOf(element, property)), [changes, element, property])
  const id = `thuoc-tinh-${property}`
  const write = (value: string) => {
    if (value !== stands) setValue(modeller, element, property, value)
  }
  if (property === 'isDefault')
    return (
      <p className="modeller__check">
        <input
          id={id}
          type="checkbox"
          checked={stands === 'true'}
          onChange={({ target }) => write(target.checked ? 'true' : '')}
        />{' '}
        <label htmlFor={id}>{t('processEditor.modeler.isDefault')}</label>
      </p>
    )
  return (
    <div className="step-row__field">
      <label htmlFor={id}>{t(`processEditor.modeler.${property}`)}</label>
      {property in options ? (
        <select className="input" id={id} value={stands} onChange={({ target }) => write(target.value)}>
          <option value="">{t('processEditor.modeler.unset')}</option>
          {options[property as keyof typeof options].map((value) => (
            <option key={value} value={value}>
              {optionText(t, property, value)}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="input"
          id={id}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => write(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') write(typed)
          }}
        />
      )}
    </div>
  )
}

function optionText(t: ReturnType<typeof useT>, property: Property, value: string): string {
  switch (property) {
    case 'clock':
      return t(`processEditor.modeler.clockOf.${value as 'working'}`)
    case 'relativeTo':
      return t(`processEditor.modeler.relativeOf.${value as 'start'}`)
    default:
      return t(`processes.${property as 'role'}.${value as 'head'}`)
  }
}
