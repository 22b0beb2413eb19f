import { isRefusal } from 'motcua/kernel/errors'
import { compileFeel, evaluateFeel, type Feel, pathsOf, sentenceOf } from 'motcua/kernel/feel/index'
import { kindOfType, type RuleField, sentenceText } from 'motcua/kernel/feel/sentence-text'
import { findMessage, type Locale, type MessageParams } from 'motcua/kernel/i18n'
import { useId, useState } from 'react'
import { Icon } from '../../ui/icon'
import { useShell, useT } from '../../ui/shell'
import { sampleContext, strangePaths } from './rule-editor.view'

type Functions = Record<string, readonly [number, number]> | undefined

interface ExpertFacts {
  text: string
  fields: readonly RuleField[]
  functions: Functions
  /** What stands above it, when it is no sentence. */
  lead?: string
  write: (text: string) => void
}

/** The same rule as FEEL, checked while it is typed, and tried out with sample answers. */
export function RuleExpert({ text, fields, functions, lead, write }: ExpertFacts) {
  const t = useT()
  const id = useId()
  const tree = text.trim() === '' ? null : compileFeel(text, functions ? { functions } : {})
  const isBroken = tree !== null && isRefusal(tree)
  return (
    <details className="rule__expert" open={isBroken || undefined}>
      <summary>{t('rules.editor.expert')}</summary>
      <p className="small soft">{lead ?? t('rules.editor.expertLead')}</p>
      <label className="small" htmlFor={id}>
        {t('rules.editor.text')}
      </label>
      <textarea
        className="input input--code rule__feel"
        id={id}
        rows={3}
        maxLength={4000}
        spellCheck={false}
        value={text}
        aria-describedby={`${id}-s`}
        aria-invalid={isBroken || undefined}
        onChange={({ target }) => write(target.value)}
      />
      <Check id={`${id}-s`} {...{ text, fields, functions }} />
      <details className="rule__names">
        <summary>{t('rules.editor.names')}</summary>
        <ul>
          {fields.map(({ path, label }) => (
            <li key={path}>
              <code>{path}</code> {label}
            </li>
          ))}
        </ul>
      </details>
      {tree !== null && !isRefusal(tree) && <Trial tree={tree} fields={fields} />}
    </details>
  )
}

function Check({ id, text, fields, functions }: Omit<ExpertFacts, 'write' | 'lead'> & { id: string }) {
  const { locale } = useShell()
  const said = checkOf(text, fields, functions, locale)
  return (
    <p className={said?.fine ? 'rule__check rule__check--ok' : 'rule__check'} id={id} role="status">
      {said && <Icon name={said.fine ? 'circle-check' : 'triangle-alert'} />}
      <span>{said?.text}</span>
    </p>
  )
}

function checkOf(text: string, fields: readonly RuleField[], functions: Functions, locale: Locale) {
  if (text.trim() === '') return null
  const say = (key: string, params = {}) => findMessage(locale, key, params) ?? key
  const tree = compileFeel(text, functions ? { functions } : {})
  if (isRefusal(tree)) return { fine: false, text: say(tree.code, tree.details as MessageParams) }
  const strange = strangePaths(pathsOf(tree), fields)
  if (strange.length > 0)
    return { fine: false, text: say('rules.editor.unknown', { paths: strange.join(', ') }) }
  const sentence = sentenceOf(tree)
  const read = sentence && say('rules.editor.reads', { sentence: sentenceText(sentence, fields, locale) })
  return { fine: true, text: [say('rules.editor.fine'), read].filter(Boolean).join(' ') }
}

/** Sample answers to what the rule reads, and what it then says; nothing leaves the page. */
function Trial({ tree, fields }: { tree: Feel; fields: readonly RuleField[] }) {
  const t = useT()
  const shell = useShell()
  const id = useId()
  const [samples, setSamples] = useState<Record<string, unknown>>({})
  const [today, setToday] = useState(shell.now.slice(0, 10))
  const paths = pathsOf(tree)
  const set = (path: string, value: unknown) => setSamples((before) => ({ ...before, [path]: value }))
  const used = Object.fromEntries(paths.map((path) => [path, samples[path] ?? null]))
  return (
    <fieldset className="rule__trial">
      <legend>{t('rules.trial.title')}</legend>
      <p className="small soft">{t(paths.length > 0 ? 'rules.trial.lead' : 'rules.trial.none')}</p>
      {paths.map((path, index) => (
        <Sample key={path} id={`${id}-${index}`} {...{ path, fields }} value={samples[path]} set={set} />
      ))}
      <span className="rule__sample">
        <label htmlFor={`${id}-d`}>{t('rules.trial.today')}</label>
        <input
          className="input"
          id={`${id}-d`}
          type="date"
          value={today}
          onChange={({ target }) => setToday(target.value)}
        />
      </span>
      <p role="status">
        <strong>{t('rules.trial.result')}:</strong> {resultText(tree, used, today, shell.locale)}
      </p>
    </fieldset>
  )
}

function resultText(tree: Feel, samples: Record<string, unknown>, today: string, locale: Locale): string {
  const say = (key: string, params = {}) => findMessage(locale, `rules.trial.${key}`, params) ?? key
  try {
    const value = evaluateFeel(tree, sampleContext(samples), { today })
    if (value === null) return say('unknown')
    return typeof value === 'boolean' ? say(String(value)) : say('value', { value: JSON.stringify(value) })
  } catch {
    return say('tooLong')
  }
}

interface SampleFacts {
  id: string
  path: string
  fields: readonly RuleField[]
  value: unknown
  set: (path: string, value: unknown) => void
}

function Sample({ id, path, fields, value, set }: SampleFacts) {
  const field = fields.find((each) => each.path === path)
  return (
    <span className="rule__sample">
      <label htmlFor={id}>{field?.label ?? path}</label>
      <SampleInput {...{ id, field, value }} set={(next) => set(path, next)} />
    </span>
  )
}

interface SampleInputFacts {
  id: string
  field: RuleField | undefined
  value: unknown
  set: (value: unknown) => void
}

function SampleInput({ id, field, value, set }: SampleInputFacts) {
  const t = useT()
  const kind = kindOfType(field?.type ?? 'text')
  const common = { id, className: 'input', onChange: read(kind, set) }
  if (kind === 'bool') {
    return (
      <select {...common} value={value === undefined || value === null ? '' : String(value)}>
        <option value="">{t('web.form.choose')}</option>
        <option value="true">{t('rules.value.yes')}</option>
        <option value="false">{t('rules.value.no')}</option>
      </select>
    )
  }
  if (field?.options && field.options.length > 0) {
    return (
      <select {...common} value={String(value ?? '')}>
        <option value="">{t('web.form.choose')}</option>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  }
  const type = kind === 'number' || kind === 'list' ? 'number' : kind === 'date' ? 'date' : 'text'
  return <input {...common} type={type} defaultValue="" />
}

type Changed = { target: { value: string } }

function read(kind: string, set: (value: unknown) => void) {
  return ({ target: { value } }: Changed) => {
    if (value === '') set(null)
    else if (kind === 'bool') set(value === 'true')
    else if (kind === 'number') set(Number(value))
    else if (kind === 'list')
      set(Array.from({ length: Math.min(Math.max(Number(value), 0), 500) }, () => ({})))
    else set(value)
  }
}
