import { Button, LinkButton } from '../ui/button'
import { errorAt, type Problem } from '../ui/error-summary'
import { CheckboxGroup, type Choice, RadioGroup, Select, TextArea, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import type { ReorganiseValues } from './reorganise-form.view'
import type { FormChoices } from './reorganise-source'
import { type FormKind, mostTargets } from './reorganise-words'

interface FormProps {
  kind: FormKind
  /** How the address calls the form. */
  word: string
  choices: FormChoices
  values: ReorganiseValues | undefined
  problems: readonly Problem[]
}

interface Part {
  choices: FormChoices
  value: (name: string) => string
  from: readonly string[]
  error: (id: string) => string | undefined
}

/** The decision and what it says, on one page without scripts; saved, it is previewed. */
export function ReorganiseForm({ kind, word, choices, values, problems }: FormProps) {
  const t = useT()
  const part: Part = {
    choices,
    value: (name) => values?.fields[name] ?? '',
    from: values?.from ?? (choices.source ? [choices.source.value] : []),
    error: (id) => errorAt(problems, id),
  }
  // What is split is chosen first: its units are asked about one by one.
  if (kind === 'split' && part.from.length === 0) return <ChooseSource {...{ word, choices }} />
  return (
    <form
      method="post"
      action={here(word, part.from)}
      className="reorg__form"
      aria-labelledby="soan"
      noValidate
    >
      <input type="hidden" name="kind" value={kind} />
      <h2 id="soan">{t(`reorganise.form.${kind}`)}</h2>
      {kind === 'merge' && <Merge {...part} />}
      {kind === 'split' && <Split {...part} />}
      {kind === 'rename' && <Rename {...part} />}
      <Paper {...part} />
      {kind !== 'rename' && (
        <RadioGroup
          id="grants"
          name="grants"
          label={t('reorganise.form.grants')}
          value={part.value('grants') || 'end'}
          options={[
            { value: 'end', label: t('reorganise.form.grantsEnd') },
            { value: 'follow', label: t('reorganise.form.grantsFollow') },
          ]}
        />
      )}
      <p className="btn-row mt-5">
        <Button>{t('reorganise.form.save')}</Button>
        <LinkButton href="/can-bo/sap-xep" kind="quiet" hotkey="Escape">
          {t('reorganise.form.cancel')}
        </LinkButton>
      </p>
    </form>
  )
}

const here = (word: string, from: readonly string[]) =>
  `/can-bo/sap-xep?viec=${word}${word === 'tach' && from[0] ? `&tu=${from[0]}` : ''}`

function ChooseSource({ word, choices }: { word: string; choices: FormChoices }) {
  const t = useT()
  return (
    <form method="get" action="/can-bo/sap-xep" className="reorg__form" aria-labelledby="soan">
      <input type="hidden" name="viec" value={word} />
      <h2 id="soan">{t('reorganise.form.split')}</h2>
      <Select
        id="tu"
        name="tu"
        label={t('reorganise.form.source')}
        options={choices.authorities}
        width="full"
      />
      <p className="btn-row mt-5">
        <Button>{t('reorganise.form.show')}</Button>
      </p>
    </form>
  )
}

function Merge({ choices, value, from, error }: Part) {
  const t = useT()
  const into: Choice[] = [{ value: 'new', label: t('reorganise.form.intoNew') }, ...choices.authorities]
  return (
    <>
      <div className="reorg__many">
        <CheckboxGroup
          id="from"
          name="from"
          label={t('reorganise.form.from')}
          options={choices.authorities}
          values={from}
          error={error('from')}
        />
      </div>
      <Select
        id="into"
        name="into"
        label={t('reorganise.form.into')}
        options={into}
        defaultValue={value('into') || 'new'}
        error={error('into')}
        width="full"
      />
      <NewAuthority no={0} title={t('reorganise.form.newAuthority')} {...{ choices, value, error }} />
    </>
  )
}

function Split({ choices, value, from, error }: Part) {
  const t = useT()
  const numbers = Array.from({ length: mostTargets }, (_, i) => i + 1)
  const targets = numbers.map((no) => ({ value: String(no), label: t('reorganise.form.target', { no }) }))
  const self = choices.source ?? { value: from[0] ?? '', label: from[0] ?? '' }
  return (
    <>
      <input type="hidden" name="from" value={self.value} />
      <p id="from">
        {t('reorganise.form.source')}: <b>{self.label}</b>
      </p>
      {numbers.map((no) => (
        <NewAuthority
          key={no}
          no={no}
          title={t('reorganise.form.newNo', { no })}
          {...{ choices, value, error }}
        />
      ))}
      <RadioGroup
        id="rest"
        name="rest"
        label={t('reorganise.form.rest')}
        value={value('rest')}
        error={error('rest')}
        options={[
          ...targets,
          { ...self, value: 'self' },
          { value: '', label: t('reorganise.form.restNone') },
        ]}
      />
      <fieldset className="group" id="rules">
        <legend className="label">{t('reorganise.form.rules')}</legend>
        {error('rules') && <p className="error">{error('rules')}</p>}
        <div className="reorg__pair">
          {choices.units.map((unit) => (
            <Select
              key={unit.value}
              id={`unit-${unit.value}`}
              name={`unit:${unit.value}`}
              label={unit.label}
              options={[{ value: 'rest', label: t('reorganise.form.byRest') }, ...targets]}
              defaultValue={value(`unit:${unit.value}`) || 'rest'}
              width="full"
            />
          ))}
        </div>
      </fieldset>
      {numbers.map((no) => (
        <TextArea
          key={no}
          id={`procedures-${no}`}
          name={`procedures-${no}`}
          label={t('reorganise.form.procedures', { no })}
          hint={t('reorganise.form.proceduresHint')}
          defaultValue={value(`procedures-${no}`)}
          rows={1}
          optional
        />
      ))}
    </>
  )
}

function Rename({ choices, value, from, error }: Part) {
  const t = useT()
  return (
    <>
      <Select
        id="from"
        name="from"
        label={t('reorganise.form.authority')}
        options={choices.authorities}
        defaultValue={from[0]}
        error={error('from')}
        width="full"
      />
      <Names no={0} {...{ value, error }} />
    </>
  )
}

function NewAuthority({
  no,
  title,
  choices,
  value,
  error,
}: Pick<Part, 'choices' | 'value' | 'error'> & { no: number; title: string }) {
  const t = useT()
  return (
    <fieldset className="group">
      <legend className="label">{title}</legend>
      {no !== 1 && <p className="hint">{t('reorganise.form.newHint')}</p>}
      <div className="reorg__pair">
        <TextField
          id={`code-${no}`}
          name={`code-${no}`}
          label={t('reorganise.form.code')}
          hint={t('reorganise.form.codeHint', { code: choices.nextCode })}
          defaultValue={value(`code-${no}`)}
          error={error(`code-${no}`)}
          maxLength={35}
          autoComplete="off"
          code
        />
        <TextField
          id={`commune-${no}`}
          name={`commune-${no}`}
          label={t('reorganise.form.communeCode')}
          hint={t('reorganise.form.communeHint')}
          defaultValue={value(`commune-${no}`)}
          error={error(`commune-${no}`)}
          maxLength={10}
          autoComplete="off"
          optional
          code
        />
      </div>
      <Names {...{ no, value, error }} />
    </fieldset>
  )
}

function Names({ no, value, error }: Pick<Part, 'value' | 'error'> & { no: number }) {
  const t = useT()
  return (
    <div className="reorg__pair">
      <TextField
        id={`shortName-${no}`}
        name={`shortName-${no}`}
        label={t('reorganise.form.shortName')}
        hint={t('reorganise.form.shortNameHint')}
        defaultValue={value(`shortName-${no}`)}
        error={error(`shortName-${no}`)}
        maxLength={120}
        autoComplete="off"
      />
      <TextField
        id={`name-${no}`}
        name={`name-${no}`}
        label={t('reorganise.form.name')}
        hint={t('reorganise.form.nameHint')}
        defaultValue={value(`name-${no}`)}
        error={error(`name-${no}`)}
        maxLength={300}
        autoComplete="off"
        optional
      />
    </div>
  )
}

/** The paper that decides, and its day. */
function Paper({ value, error }: Part) {
  const t = useT()
  const text = (name: 'number' | 'issuedBy', max: number) => (
    <TextField
      id={name}
      name={name}
      label={t(`reorganise.form.${name}`)}
      hint={name === 'number' ? t('reorganise.form.numberHint') : undefined}
      defaultValue={value(name)}
      error={error(name)}
      maxLength={max}
      autoComplete="off"
    />
  )
  const day = (name: 'issuedOn' | 'effectiveOn') => (
    <TextField
      id={name}
      name={name}
      type="date"
      label={t(`reorganise.form.${name}`)}
      hint={name === 'effectiveOn' ? t('reorganise.form.effectiveHint') : undefined}
      defaultValue={value(name)}
      error={error(name)}
      width="mid"
    />
  )
  return (
    <fieldset className="group">
      <legend className="label">{t('reorganise.form.decision')}</legend>
      <div className="reorg__pair">
        {text('number', 60)}
        {day('issuedOn')}
      </div>
      {text('issuedBy', 200)}
      <TextArea
        id="subject"
        name="title"
        label={t('reorganise.form.subject')}
        defaultValue={value('title')}
        error={error('subject')}
        maxLength={500}
        rows={2}
      />
      {day('effectiveOn')}
    </fieldset>
  )
}
