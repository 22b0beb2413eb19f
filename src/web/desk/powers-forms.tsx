import { Button, LinkButton } from '../ui/button'
import { errorAt, type Problem } from '../ui/error-summary'
import { CheckboxGroup, type Choice, RadioGroup, Select, TextArea, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import type { PowerValues } from './powers.view'
import type { PowerChoices } from './powers-source'

interface FormFacts {
  choices: PowerChoices
  today: string
  officerId: string
  problems: readonly Problem[]
  values: PowerValues | undefined
}

/** "I am away from … to …, … stands in for me"; heads report it for their people too. */
export function AbsenceForm({ choices, today, officerId, problems, values }: FormFacts) {
  const t = useT()
  const error = (id: string) => errorAt(problems, id)
  return (
    <form method="post" action="/can-bo/uy-quyen" className="powers__form" aria-labelledby="bao-vang">
      <input type="hidden" name="_action" value="absence" />
      <h2 id="bao-vang">{t('powers.absence.title')}</h2>
      <p className="small soft">{t('powers.absence.lead')}</p>
      <Giver
        label={t('powers.absence.giver')}
        options={choices.away}
        first={officerId}
        {...{ values, error }}
      />
      <Days {...{ today, values, error }} />
      <Officers
        name="receiver"
        label={t('powers.absence.receiver')}
        options={choices.standIns}
        {...{ values, error }}
      />
      {choices.posts.length > 0 && choices.away.length === 1 && (
        <CheckboxGroup
          id="posts"
          name="posts"
          label={t('powers.absence.posts')}
          hint={t('powers.absence.postsHint')}
          options={choices.posts}
          values={values?.posts ?? []}
          error={error('posts')}
        />
      )}
      <Reason {...{ values, error }} />
      <Send label={t('powers.absence.save')} />
    </form>
  )
}

/** The head gives away the signature, in a capacity, for some days, procedures and by a paper. */
export function SigningForm({ choices, today, problems, values }: FormFacts) {
  const t = useT()
  const error = (id: string) => errorAt(problems, id)
  return (
    <form method="post" action="/can-bo/uy-quyen" className="powers__form" aria-labelledby="giao-ky">
      <input type="hidden" name="_action" value="signing" />
      <h2 id="giao-ky">{t('powers.signing.title')}</h2>
      <p className="small soft">{t('powers.signing.lead')}</p>
      <Giver
        label={t('powers.signing.giver')}
        options={choices.heads}
        first={choices.heads[0]?.value ?? ''}
        {...{ values, error }}
      />
      <Officers
        name="receiver"
        label={t('powers.signing.receiver')}
        options={choices.signers}
        {...{ values, error }}
      />
      <RadioGroup
        id="capacity"
        name="capacity"
        label={t('powers.signing.capacity')}
        options={choices.capacities.map((value) => ({
          value,
          label: t(`powers.capacity.${value}.name`),
          hint: t(`powers.capacity.${value}.hint`),
        }))}
        value={values?.capacity ?? ''}
        error={error('capacity')}
      />
      <div className="powers__many">
        <CheckboxGroup
          id="procedures"
          name="procedures"
          label={t('powers.signing.procedures')}
          hint={t('powers.signing.proceduresHint')}
          options={choices.procedures}
          values={values?.procedures ?? []}
          error={error('procedures')}
        />
      </div>
      <details className="powers__many" open={(values?.fields.length ?? 0) > 0}>
        <summary>{t('powers.signing.fields')}</summary>
        <CheckboxGroup
          id="fields"
          name="fields"
          label={t('powers.signing.fields')}
          options={choices.fields}
          values={values?.fields ?? []}
          error={error('fields')}
        />
      </details>
      <div className="powers__pair">
        <TextField
          id="documentNumber"
          name="documentNumber"
          label={t('powers.signing.documentNumber')}
          hint={t('powers.signing.documentHint')}
          defaultValue={values?.documentNumber}
          error={error('documentNumber')}
          maxLength={60}
          width="mid"
          autoComplete="off"
        />
        <TextField
          id="documentOn"
          name="documentOn"
          type="date"
          label={t('powers.signing.documentOn')}
          defaultValue={values?.documentOn}
          width="mid"
        />
      </div>
      <Days {...{ today, values, error }} />
      <Reason {...{ values, error }} />
      <Send label={t('powers.signing.save')} />
    </form>
  )
}

interface Part {
  values: PowerValues | undefined
  error: (id: string) => string | undefined
}

interface Choosing extends Part {
  label: string
  options: readonly Choice[]
}

/** Whose power it is: asked only of whoever may give for several. */
function Giver({ options, first, ...part }: Choosing & { first: string }) {
  if (options.length === 0) return null
  if (options.length === 1) return <input type="hidden" name="giver" value={first} />
  return <Officers name="giver" options={options} first={first} {...part} />
}

function Officers({
  name,
  label,
  options,
  first = '',
  values,
  error,
}: Choosing & { name: 'giver' | 'receiver'; first?: string }) {
  return (
    <Select
      id={name}
      name={name}
      label={label}
      options={options}
      defaultValue={values?.[name] ?? first}
      error={error(name)}
      width="full"
    />
  )
}

function Days({ today, values, error }: Part & { today: string }) {
  const t = useT()
  return (
    <div className="powers__pair">
      <TextField
        id="from"
        name="from"
        type="date"
        label={t('powers.from')}
        defaultValue={values?.from ?? today}
        min={today}
        error={error('from')}
        width="mid"
      />
      <TextField
        id="to"
        name="to"
        type="date"
        label={t('powers.to')}
        defaultValue={values?.to ?? ''}
        min={today}
        error={error('to')}
        width="mid"
      />
    </div>
  )
}

function Reason({ values, error }: Part) {
  const t = useT()
  return (
    <TextArea
      id="reason"
      name="reason"
      label={t('powers.reason')}
      defaultValue={values?.reason}
      error={error('reason')}
      maxLength={500}
      rows={2}
    />
  )
}

function Send({ label }: { label: string }) {
  const t = useT()
  return (
    <p className="btn-row mt-5">
      <Button>{label}</Button>
      <LinkButton href="/can-bo/uy-quyen" kind="quiet" hotkey="Escape">
        {t('powers.cancel')}
      </LinkButton>
    </p>
  )
}
