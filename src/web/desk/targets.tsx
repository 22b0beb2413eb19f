import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import {
  endTarget,
  findDefinition,
  listAlerts,
  markSeen,
  powersOverSets,
  ratioKeys,
  setTarget,
  type TargetProblem,
} from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { TargetTable } from '../board/targets/target-table'
import styles from '../board/targets/targets.css?url'
import { alertRows } from '../board/targets/targets.view'
import { readTargets } from '../board/targets/targets-source'
import { Button, LinkAction } from '../ui/button'
import { DayField } from '../ui/day-field'
import { ErrorSummary, errorAt, type Problem } from '../ui/error-summary'
import { Select, TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf, placesOf } from './officer'
import { Done } from './outcome'

export const links = () => [{ rel: 'stylesheet', href: styles }]

const dones = ['set', 'ended', 'seen'] as const

/** Targets of the province and what the responsible were told: for control and leaders of the province. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { app, locale } = page
  const { publish } = await powersOverSets(app.db, officer)
  const [read, alerts] = await Promise.all([
    readTargets(page),
    listAlerts(app.db.pool, answering(placesOf(officer), publish)),
  ])
  const [province] = publish
  const names = new Map(
    read.targets.map(({ territory, target }) => [`${territory} ${target.key}`, target.name[locale]]),
  )
  const done = dones.find((each) => each === new URL(args.request.url).searchParams.get('xong'))
  return {
    view: read.view,
    place: read.place,
    alerts: alertRows(alerts, names, locale),
    mayChange: province !== undefined,
    figures: await figureChoices(locale),
    authorities: read.authorities
      .filter(({ code }) => province !== undefined && `${code}.`.startsWith(`${province}.`))
      .map(({ code, name }) => ({ value: code, label: name })),
    done: done ? messages(locale)(`targets.done.${done}`) : null,
  }
}

/** Who answers for a province answers for the whole installation as well. */
const answering = (places: readonly string[], provinces: readonly string[]) =>
  provinces.length > 0 ? [...places, ...provinces, ''] : [...places]

async function figureChoices(locale: Locale) {
  const found = await Promise.all(ratioKeys.map((key) => findDefinition(key)))
  return found.flatMap((each) => (each ? [{ value: each.key, label: each.name[locale] }] : []))
}

interface Answer {
  problems: Problem[]
  values: Record<string, string>
}

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const parts = { db: app.db, now, wake: app.wake }
  if (values._action === 'seen') {
    const { publish } = await powersOverSets(app.db, officer)
    const authorities = answering(placesOf(officer), publish)
    await markSeen(app.db.pool, { authorities, by: officer.officerId, at: now })
    return redirect('/can-bo/chi-tieu?xong=seen')
  }
  const ends = values._action === 'end'
  const outcome = ends
    ? await endTarget(officer, values.key ?? '', parts)
    : await setTarget(officer, targetIn(values), parts)
  if (!isRefusal(outcome)) return redirect(`/can-bo/chi-tieu?xong=${ends ? 'ended' : 'set'}`)
  return data<Answer>(
    { problems: problemsIn(outcome, locale), values },
    { status: outcome.kind === 'forbidden' ? 403 : 422 },
  )
}

function targetIn(values: Record<string, string>): unknown {
  const { name = '', figure = '', from = '', to = '', document = '', responsible = '' } = values
  const value = Number(values.value?.trim().replace(',', '.') || Number.NaN)
  return {
    key: `${figure.toLowerCase()}-${responsible.toLowerCase().replaceAll('.', '-')}-${from}`,
    name: { vi: name, en: name },
    figure,
    operator: values.operator,
    unit: 'percent',
    levels: [responsible.includes('.') ? 'commune' : 'province'],
    stages: [{ from, to, value }],
    basis: { document, article: null, confidence: 'C' },
    responsible,
  }
}

const fieldOf = (path: string) => /(\w+?)(\.vi|\.en)?$/.exec(path)?.[1] ?? path

function problemsIn(refused: Refusal, locale: Locale): Problem[] {
  const { problems } = refused.details as { problems?: TargetProblem[] }
  if (!problems) return [{ href: '#dat', text: refusalText(refused, locale) }]
  const known = [...new Set(['name', 'figure', 'operator', 'value', 'from', 'to', 'document', 'responsible'])]
  const named = problems.map(({ field, code }) => {
    const last = fieldOf(field.replace(/^name\..*/, 'name'))
    return { field: known.includes(last) ? last : 'name', code }
  })
  return [...new Map(named.map((each) => [each.field, each])).values()].map(({ field, code }) => {
    const label = findMessage(locale, `targets.form.${field}`) ?? field
    return { href: `#${field}`, text: findMessage(locale, code, { field: label }) ?? code }
  })
}

export default function DeskTargets({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { view, place, alerts, mayChange, figures, authorities, done } = useLoaderData<typeof loader>()
  const problems = actionData?.problems ?? []
  return (
    <DeskPage>
      <Title>{t('targets.titleDesk')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('targets.titleDesk')}</h1>
          <p className="small soft max-w-3xl">{view.asAt}</p>
          <LinkAction href="/so-lieu/chi-tieu" icon="table" small>
            {t('targets.public')}
          </LinkAction>
        </div>
        <div className="targets targets--desk">
          {done && !actionData && <Done>{done}</Done>}
          <ErrorSummary problems={problems} />
          <section>
            <h2>{t('targets.alerts')}</h2>
            {alerts.length === 0 && <p className="soft">{t('targets.noAlerts')}</p>}
            <ul className="targets__alerts">
              {alerts.map(({ id, isNew, at, tone, text }) => (
                <li key={id}>
                  <StateTag state={tone}>{text}</StateTag>{' '}
                  <span className="small soft">
                    {at} {isNew && `· ${t('targets.new')}`}
                  </span>
                </li>
              ))}
            </ul>
            {alerts.some(({ isNew }) => isNew) && (
              <form method="post">
                <Button kind="second" size="small" name="_action" value="seen">
                  {t('targets.seen')}
                </Button>
              </form>
            )}
          </section>
          <section>
            <h2>{t('targets.own', { place })}</h2>
            {view.own.length === 0 && <p className="soft">{t('targets.none')}</p>}
            {view.own.length > 0 && (
              <TargetTable
                caption={t('targets.own', { place })}
                rows={view.own}
                act={mayChange ? ({ key, name }) => <End target={key} name={name} /> : undefined}
              />
            )}
          </section>
          {mayChange && (
            <TargetForm {...{ figures, authorities, problems }} values={actionData?.values ?? {}} />
          )}
          <section>
            <h2>{t('targets.national')}</h2>
            <TargetTable caption={t('targets.national')} rows={view.national} />
          </section>
        </div>
      </main>
    </DeskPage>
  )
}

function End({ target, name }: { target: string; name: string }) {
  const t = useT()
  return (
    <form method="post">
      <input type="hidden" name="key" value={target} />
      <Button kind="quiet" size="small" name="_action" value="end">
        {t('targets.form.end')}
        <span className="vh">: {name}</span>
      </Button>
    </form>
  )
}

interface Choice {
  value: string
  label: string
}

function TargetForm({
  figures,
  authorities,
  problems,
  values,
}: {
  figures: readonly Choice[]
  authorities: readonly Choice[]
  problems: readonly Problem[]
  values: Record<string, string>
}) {
  const t = useT()
  const field = (
    name: 'name' | 'figure' | 'operator' | 'value' | 'from' | 'to' | 'document' | 'responsible',
  ) => ({
    ...{ id: name, name, label: t(`targets.form.${name}`), defaultValue: values[name] },
    error: errorAt(problems, name),
  })
  const operators = (['>=', '<=', '='] as const).map((value) => ({
    value,
    label: t(`targets.operator.${value}`, { value: '…' }),
  }))
  return (
    <section id="dat">
      <h2>{t('targets.form.title')}</h2>
      <p className="small soft">{t('targets.form.hint')}</p>
      <form method="post" className="targets__form" noValidate>
        <TextField {...field('name')} maxLength={300} />
        <Select {...field('figure')} options={figures} width="full" />
        <Select {...field('operator')} options={operators} />
        <TextField {...field('value')} inputMode="decimal" width="short" />
        <DayField {...field('from')} />
        <DayField {...field('to')} />
        <TextField {...field('document')} maxLength={300} />
        <Select {...field('responsible')} options={authorities} width="full" />
        <p className="btn-row">
          <Button name="_action" value="set">
            {t('targets.form.save')}
          </Button>
        </p>
      </form>
    </section>
  )
}
