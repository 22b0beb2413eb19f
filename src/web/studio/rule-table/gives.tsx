import type { Output } from 'motcua/kernel/feel/decision-table'
import { outputWords } from 'motcua/kernel/feel/table-text'
import { useShell, useT } from '../../ui/shell'
import type { Gives } from './rule-table.view'

export interface Answer {
  value: string
  label: string
}

interface GivesFacts {
  id: string
  label: string
  gives: Gives
  answers: readonly Answer[]
  output: Output
  /** What stands in where nothing is given. */
  nothing: string
  set: (output: Output) => void
}

/** What a row gives: an amount, yes or no, or an answer of the form. */
export function GivesInput(facts: GivesFacts) {
  const t = useT()
  const { id, label, gives, output, nothing, set } = facts
  // What another hand wrote stays to be seen, whatever it is.
  const isPath = typeof output === 'object' && output !== null
  if (gives === 'money' && !isPath) {
    return (
      <input
        className="input rt__money"
        id={id}
        aria-label={label}
        type="number"
        min={0}
        step={1}
        placeholder={nothing}
        value={typeof output === 'number' ? String(output) : ''}
        onChange={({ target }) => set(target.value === '' ? null : Number(target.value))}
      />
    )
  }
  if (gives === 'bool' && !isPath) {
    return (
      <select
        className="input"
        id={id}
        aria-label={label}
        value={String(output)}
        onChange={({ target }) => set(target.value === 'null' ? null : target.value === 'true')}
      >
        <option value="null">{nothing}</option>
        <option value="true">{t('rules.value.yes')}</option>
        <option value="false">{t('rules.value.no')}</option>
      </select>
    )
  }
  return <AnswerOrValue {...facts} />
}

const severalKey = '…'
const fixedKey = '='

function AnswerOrValue({ id, label, gives, answers, output, nothing, set }: GivesFacts) {
  const t = useT()
  const { locale } = useShell()
  const paths =
    typeof output === 'object' && output !== null ? ('path' in output ? [output.path] : output.paths) : []
  const isSeveral = typeof output === 'object' && output !== null && 'paths' in output
  const isFixed = output !== null && typeof output !== 'object'
  const strange = isSeveral ? [] : paths.filter((path) => !answers.some((answer) => answer.value === path))
  const choose = (value: string) => {
    if (value === '') set(null)
    else if (value === severalKey) set({ paths: paths.length > 0 ? paths : [] })
    else if (value === fixedKey) set('')
    else set({ path: value })
  }
  return (
    <span className="rt__cell">
      <select
        className="input"
        id={id}
        aria-label={label}
        value={isSeveral ? severalKey : isFixed ? fixedKey : (paths[0] ?? '')}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{nothing}</option>
        {strange.map((path) => (
          <option key={path} value={path}>
            {outputWords({ path }, [], locale)}
          </option>
        ))}
        {answers.map((answer) => (
          <option key={answer.value} value={answer.value}>
            {answer.label}
          </option>
        ))}
        {(gives === 'place' || isSeveral) && <option value={severalKey}>{t('rules.table.answers')}</option>}
        <option value={fixedKey}>{t('rules.table.fixed')}</option>
      </select>
      {isSeveral && <Several {...{ label, answers, paths, set }} />}
      {isFixed && (
        <input
          className="input"
          id={`${id}-v`}
          aria-label={`${label}: ${t('rules.table.fixedValue')}`}
          value={String(output)}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </span>
  )
}

interface SeveralFacts {
  label: string
  answers: readonly Answer[]
  paths: readonly string[]
  set: (output: Output) => void
}

function Several({ label, answers, paths, set }: SeveralFacts) {
  const strange = paths.filter((path) => !answers.some(({ value }) => value === path))
  const all = [...answers, ...strange.map((path) => ({ value: path, label: path }))]
  return (
    <fieldset className="rt__boxes">
      <legend className="vh">{label}</legend>
      {all.map((answer) => (
        <label key={answer.value}>
          <input
            type="checkbox"
            checked={paths.includes(answer.value)}
            onChange={({ target }) =>
              // The first is the usual one, so those chosen keep their order.
              set({
                paths: target.checked
                  ? [...paths, answer.value]
                  : paths.filter((path) => path !== answer.value),
              })
            }
          />
          {answer.label}
        </label>
      ))}
    </fieldset>
  )
}
