import { isRefusal } from 'motcua/kernel/errors'
import { compileFeel, feelOf, type Sentence, sentenceOf, type Test } from 'motcua/kernel/feel/index'
import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import { useId, useState } from 'react'
import { Button } from '../../ui/button'
import { FieldError } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { RuleExpert } from './expert'
import { RuleRow } from './row'
import styles from './rule-editor.css?url'
import { aboutAnother, type Place, subjectsOf, withAll, withTests } from './rule-editor.view'

export interface RuleEditorProps {
  /** The FEEL text is posted under this name; an empty text means no condition. */
  name: string
  /** Where the error summary points. */
  id?: string
  value: string | null
  fields: readonly RuleField[]
  label?: string
  hint?: string
  error?: string
  /** Functions that the forms add, so that a text using them is known. */
  functions?: Record<string, readonly [number, number]>
  onChange?: (text: string | null) => void
}

type Whole = Required<Sentence>
const nothing: Whole = { all: true, tests: [], groups: [] }

/** The sentence of a text; null when only the expert view can show it. */
function wholeOf(text: string): Whole | null {
  if (text.trim() === '') return nothing
  const sentence = sentenceOf(text)
  return sentence && { ...nothing, ...sentence }
}

/** A rule: first a sentence ("when all of these hold…"), behind it FEEL. Posts FEEL text under `name`. */
export function RuleEditor(props: RuleEditorProps) {
  const t = useT()
  const made = useId()
  const { name, id = made, fields, label = t('rules.editor.title'), hint, error } = props
  const [text, setText] = useState(props.value ?? '')
  const [sentence, setSentence] = useState(() => wholeOf(text))
  const [undone, setUndone] = useState<Whole | null>(null)

  const change = (next: string) => {
    setText(next)
    props.onChange?.(next.trim() === '' ? null : next)
  }
  const say = (next: Whole, before: Whole | null = null) => {
    setSentence(next)
    setUndone(before)
    change(next.tests.length + next.groups.length === 0 ? '' : feelOf(next))
  }
  const write = (next: string) => {
    setSentence(wholeOf(next))
    setUndone(null)
    change(next)
  }
  return (
    <fieldset className={error ? 'rule field--error' : 'rule'} id={id} tabIndex={-1}>
      <link rel="stylesheet" href={styles} precedence="default" />
      <legend className="label">{label}</legend>
      {hint && <span className="hint">{hint}</span>}
      {error && <FieldError id={id}>{error}</FieldError>}
      <input type="hidden" name={name} value={text} />
      {sentence ? (
        <RuleSentence {...{ sentence, fields, say, undone }} />
      ) : (
        <Beyond text={text} functions={props.functions} restart={() => say(nothing)} />
      )}
      <RuleExpert {...{ text, fields, write }} functions={props.functions} />
    </fieldset>
  )
}

function Beyond({
  text,
  functions,
  restart,
}: {
  text: string
  functions: RuleEditorProps['functions']
  restart: () => void
}) {
  const t = useT()
  const broken = isRefusal(compileFeel(text, functions ? { functions } : {}))
  return (
    <div className="rule__beyond">
      {!broken && <p>{t('rules.editor.beyond')}</p>}
      <Button type="button" kind="quiet" size="small" onClick={restart}>
        {t('rules.editor.backToSentence')}
      </Button>
    </div>
  )
}

interface SentenceFacts {
  sentence: Whole
  fields: readonly RuleField[]
  say: (next: Whole, before?: Whole | null) => void
  /** The sentence before the last test was removed. */
  undone: Whole | null
}

function RuleSentence({ sentence, fields, say, undone }: SentenceFacts) {
  const t = useT()
  const subjects = subjectsOf(fields, t)
  const first = subjects[0]
  const fresh = (): Test => {
    const empty: Test = { path: '', op: 'is', value: '' }
    return first ? aboutAnother(empty, first, fields[0]) : empty
  }
  const rows = (group: number | null, tests: readonly Test[]) =>
    tests.map((test, index) => (
      <RuleRow
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
        key={index}
        no={index + 1}
        joint={index === 0 ? null : (group === null ? sentence.all : !sentence.all) ? 'and' : 'or'}
        {...{ test, fields, subjects }}
        change={(next) => say(changed(sentence, { group, index }, next))}
        remove={() => say(removed(sentence, { group, index }), sentence)}
      />
    ))
  const isEmpty = sentence.tests.length + sentence.groups.length === 0
  return (
    <div className="rule__sentence">
      {isEmpty ? (
        <p className="soft">{t('rules.editor.none')}</p>
      ) : (
        <AllOrOne
          all={sentence.all}
          lead={t('rules.editor.when')}
          choose={(all) => say(withAll(sentence, all))}
        />
      )}
      <ol className="rule__rows">{rows(null, sentence.tests)}</ol>
      {sentence.groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the sentence
        <fieldset className="rule__group" key={at}>
          <legend>{t('rules.editor.group', { no: at + 1 })}</legend>
          <p className="small soft">
            {t(sentence.all ? 'rules.editor.groupWhen' : 'rules.editor.groupWhenOr')}{' '}
            {t(group.all ? 'rules.editor.all' : 'rules.editor.one')}:
          </p>
          <ol className="rule__rows">{rows(at, group.tests)}</ol>
          <Button
            type="button"
            kind="quiet"
            size="small"
            icon="plus"
            onClick={() => say(withTests(sentence, at, (tests) => [...tests, fresh()]))}
          >
            {t('rules.editor.add')}
          </Button>
        </fieldset>
      ))}
      <p className="btn-row rule__add">
        <Button
          type="button"
          kind="second"
          size="small"
          icon="plus"
          onClick={() => say(withTests(sentence, null, (tests) => [...tests, fresh()]))}
        >
          {t('rules.editor.add')}
        </Button>
        {!isEmpty && (
          <Button
            type="button"
            kind="quiet"
            size="small"
            icon="plus"
            onClick={() =>
              say({
                ...sentence,
                groups: [...sentence.groups, { all: !sentence.all, tests: [fresh(), fresh()] }],
              })
            }
          >
            {t('rules.editor.addGroup')}
          </Button>
        )}
      </p>
      <p className="rule__undo" role="status">
        {undone && (
          <>
            {t('rules.editor.removed')}{' '}
            <Button type="button" kind="quiet" size="small" icon="undo-2" onClick={() => say(undone)}>
              {t('rules.editor.undo')}
            </Button>
          </>
        )}
      </p>
    </div>
  )
}

const changed = (sentence: Whole, { group, index }: Place, next: Test) =>
  withTests(sentence, group, (tests) => tests.map((test, at) => (at === index ? next : test)))
const removed = (sentence: Whole, { group, index }: Place) =>
  withTests(sentence, group, (tests) => tests.filter((_, at) => at !== index))

function AllOrOne({ all, lead, choose }: { all: boolean; lead: string; choose: (all: boolean) => void }) {
  const t = useT()
  return (
    <label className="rule__all">
      {lead}{' '}
      <select
        className="input"
        value={all ? 'all' : 'one'}
        onChange={(event) => choose(event.target.value === 'all')}
      >
        <option value="all">{t('rules.editor.all')}</option>
        <option value="one">{t('rules.editor.one')}</option>
      </select>
    </label>
  )
}
