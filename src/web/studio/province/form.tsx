import { Button } from '../../ui/button'
import { DayField } from '../../ui/day-field'
import { errorAt, type Problem } from '../../ui/error-summary'
import { Select, TextField } from '../../ui/fields'
import { useShell, useT } from '../../ui/shell'
import { optionSets } from '../procedure-editor/procedure-editor.spec'
import { said } from '../procedure-editor/words'
import type { ProvinceData, RuleValues } from './source'

type FormFacts = Pick<ProvinceData, 'procedures' | 'chosen' | 'kind' | 'today'> & {
  problems: readonly Problem[]
  values: RuleValues | undefined
}

/** First which procedure and what is set, then the rule itself with its resolution. */
export function ProvinceForm({ procedures, chosen, kind, today, problems, values = {} }: FormFacts) {
  const t = useT()
  const kinds = (['fee', 'limit', 'executing'] as const).map((value) => ({
    value,
    label: t(`provinceRules.kind.${value}`),
  }))
  return (
    <section className="prov" aria-labelledby="them">
      <h2 id="them">{t('provinceRules.add')}</h2>
      <form method="get" className="prov__choose">
        <Select
          id="thu-tuc"
          name="thu-tuc"
          label={t('provinceRules.field.procedureCode')}
          options={procedures}
          defaultValue={chosen?.code}
          width="full"
        />
        <Select
          id="loai"
          name="loai"
          label={t('provinceRules.field.kind')}
          options={kinds}
          defaultValue={kind}
        />
        <Button kind="second" size="small">
          {t('provinceRules.choose')}
        </Button>
      </form>
      {chosen && <Statement {...{ chosen, kind, today, problems, values }} />}
    </section>
  )
}

type StatementFacts = Omit<FormFacts, 'procedures' | 'values'> & {
  chosen: NonNullable<FormFacts['chosen']>
  values: RuleValues
}

function Statement({ chosen, kind, today, problems, values }: StatementFacts) {
  const t = useT()
  const field = (name: string) => ({
    ...{ id: name, name, label: t(`provinceRules.field.${name}` as 'provinceRules.field.text') },
    error: errorAt(problems, name),
    defaultValue: values[name],
  })
  if (kind === 'fee' && chosen.fees.length === 0) return <p className="soft">{t('provinceRules.noFees')}</p>
  return (
    <form method="post" className="studio__form prov__form" noValidate>
      <h3>{t('provinceRules.forWhat', { name: chosen.name, code: chosen.code })}</h3>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="procedureCode" value={chosen.code} />
      <Rule {...{ chosen, kind, field }} />
      <TextField {...field('resolutionNumber')} hint={t('provinceRules.hint.resolution')} maxLength={100} />
      <DayField {...field('resolutionOn')} max={today} />
      <DayField {...field('validFrom')} min={today} />
      <DayField {...field('validTo')} min={today} optional />
      <p className="btn-row">
        <Button name="_action" value="set">
          {t('provinceRules.act.set')}
        </Button>
      </p>
    </form>
  )
}

type Described = (name: string) => {
  id: string
  name: string
  label: string
  error: string | undefined
  defaultValue: string | undefined
}

function Rule({ chosen, kind, field }: Pick<StatementFacts, 'chosen' | 'kind'> & { field: Described }) {
  const t = useT()
  const { locale } = useShell()
  const options = (set: 'unit' | 'executing') =>
    optionSets[set].map((value) => ({ value, label: said(locale, `option.${set}.${value}`) }))
  if (kind === 'fee') {
    return (
      <>
        <Select {...field('feeKey')} options={chosen.fees} width="full" />
        <TextField {...field('amountVnd')} inputMode="numeric" width="short" />
      </>
    )
  }
  if (kind === 'limit') {
    return (
      <>
        <Select
          {...field('caseCode')}
          options={chosen.cases}
          empty={t('provinceRules.everyCase')}
          width="full"
          hint={t('provinceRules.hint.shorter')}
        />
        <TextField {...field('amount')} inputMode="numeric" width="short" />
        <Select {...field('unit')} options={options('unit')} />
      </>
    )
  }
  return (
    <>
      <p className="small soft">{t('provinceRules.national', { text: chosen.executing })}</p>
      <TextField {...field('text')} maxLength={300} />
      <Select {...field('authorityKind')} options={options('executing')} width="full" />
    </>
  )
}
