import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { type FormEvent, useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Done } from '../../desk/outcome'
import { Button, LinkAction } from '../../ui/button'
import { DayField } from '../../ui/day-field'
import { ErrorSummary, errorAt, type Problem } from '../../ui/error-summary'
import { TextField } from '../../ui/fields'
import { FigureLink } from '../../ui/figure-link'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Table } from '../../ui/table'
import { StudioPage } from '../studio-page'
import { studioOfficer } from '../studio-source'
import styles from './set.css?url'
import { type GroupLines, type IndicatorLine, numberIn, setsPath, setTones, sumsOf } from './set-form.view'
import { actOnSet, type SetData, setData } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

const dones = ['started', 'saved', 'handed-in', 'returned', 'published'] as const

export async function loader(args: LoaderFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const search = new URL(args.request.url).searchParams
  const set = await setData(page, officer, args.params.id ?? '', search.has('xem-thu'))
  if (!set) throw data(null, { status: 404 })
  const done = dones.find((each) => each === search.get('xong'))
  return { ...set, done: done ? messages(page.locale)(`indexSets.page.done.${done}`) : null }
}

interface Answer {
  problems: Problem[]
  values: Record<string, string>
}

export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const acted = await actOnSet(page, officer, args.params.id ?? '', await args.request.formData())
  if (acted.href !== undefined) return redirect(acted.href)
  const { refused, problems, values } = acted
  return data<Answer>({ problems, values }, { status: httpStatus[refused.kind] })
}

/** One set of the index: its table with sums that follow what is typed, its preview, and what may be done with it. */
export default function IndexSetPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { done, ...set } = useLoaderData<typeof loader>()
  const problems = actionData?.problems ?? []
  const typed = actionData?.values ?? {}
  return (
    <StudioPage
      title={set.name}
      back={{ href: setsPath, label: t('indexSets.page.back') }}
      lead={<StateTag state={setTones[set.state]}>{set.row.stateText}</StateTag>}
    >
      {done && !actionData && <Done>{done}</Done>}
      <ErrorSummary problems={problems.length > 0 ? problems : set.mayEdit ? set.problems : []} />
      {set.doubts.length > 0 && (
        <Notice tone="plain" title={t('indexSets.page.doubts')}>
          <ul>
            {set.doubts.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
      {set.mayPublish && <Publish {...{ set, problems, typed }} />}
      {set.state === 'handed-in' && !set.mayPublish && (
        <Notice tone="plain" title={t('indexSets.page.waits')} />
      )}
      {set.mayReturn && <Act name="return" text={t('indexSets.page.giveBack')} />}
      <SetTable set={set} typed={typed} />
      {set.mayEdit && (
        <div className="btn-row">
          <Act name="hand-in" text={t('indexSets.page.handIn')} />
          <Act name="abandon" text={t('indexSets.page.abandon')} />
        </div>
      )}
      <Preview set={set} />
    </StudioPage>
  )
}

function Act({ name, text }: { name: string; text: string }) {
  return (
    <form method="post">
      <Button kind="second" size="small" name="_action" value={name}>
        {text}
      </Button>
    </form>
  )
}

function SetTable({ set, typed }: { set: SetData; typed: Record<string, string> }) {
  const t = useT()
  const first = { ...valuesOf(set), ...typed }
  const [values, setValues] = useState(first)
  const sums = sumsOf(values, set.groups)
  const follow = (event: FormEvent<HTMLFormElement>) => {
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])
    setValues(Object.fromEntries(entries))
  }
  const off = !set.mayEdit
  return (
    <form method="post" id="bang" onInput={follow} className="iset" noValidate>
      <input type="hidden" name="revision" value={set.revision} />
      {!off && (
        <>
          <TextField
            id="nameVi"
            name="nameVi"
            label={t('indexSets.page.nameVi')}
            defaultValue={first.nameVi}
            width="full"
          />
          <TextField
            id="nameEn"
            name="nameEn"
            label={t('indexSets.page.nameEn')}
            defaultValue={first.nameEn}
            width="full"
          />
          <p className="small soft">{t('indexSets.page.empty')}</p>
        </>
      )}
      {set.groups.map((group) => (
        <GroupTable
          key={group.key}
          {...{ group, first, off }}
          sum={sums.groups[group.key] ?? 0}
          values={values}
        />
      ))}
      <p className="iset__whole" role="status">
        <b>{t('indexSets.page.whole', { sum: written(sums.whole), max: set.whole })}</b>{' '}
        <Balance difference={sums.whole - set.whole} />
      </p>
      <fieldset className="iset__bands">
        <legend>{t('indexSets.page.bands')}</legend>
        {set.bands.map(({ key, name }) => (
          <label key={key}>
            <span className="small">{t('indexSets.page.bandFrom', { name })}</span>
            <input
              className="input input--short"
              name={`band.${key}`}
              defaultValue={first[`band.${key}`]}
              readOnly={off}
              inputMode="decimal"
            />
          </label>
        ))}
      </fieldset>
      {!off && (
        <p className="btn-row">
          <Button name="_action" value="save">
            {t('indexSets.page.save')}
          </Button>
        </p>
      )}
    </form>
  )
}

const written = (value: number) => String(Math.round(value * 100) / 100).replace('.', ',')

function valuesOf({ groups, bands, nameVi, nameEn }: SetData): Record<string, string> {
  return {
    ...{ nameVi, nameEn },
    ...Object.fromEntries(bands.map(({ key, from }) => [`band.${key}`, from])),
    ...Object.fromEntries(groups.map(({ key, max }) => [`group.${key}`, max])),
    ...Object.fromEntries(
      groups.flatMap(({ lines }) =>
        lines.flatMap(({ key, max, full, zero }) => [
          [`max.${key}`, max],
          [`full.${key}`, full],
          [`zero.${key}`, zero],
        ]),
      ),
    ),
  }
}

/** Whether points add up, in a word and a drawing. */
function Balance({ difference }: { difference: number }) {
  const t = useT()
  const off = Math.round(difference * 100) / 100
  if (off === 0) return <StateTag state="ok">{t('indexSets.page.right')}</StateTag>
  return (
    <StateTag state="bad">
      {t('indexSets.page.wrong', { difference: `${off > 0 ? '+' : '−'}${written(Math.abs(off))}` })}
    </StateTag>
  )
}

interface GroupProps {
  group: GroupLines
  first: Record<string, string>
  values: Record<string, string>
  sum: number
  off: boolean
}

function GroupTable({ group, first, values, sum, off }: GroupProps) {
  const t = useT()
  const box = (name: string, label: string) => (
    <input
      className="input input--short"
      name={name}
      aria-label={label}
      defaultValue={first[name]}
      readOnly={off}
      inputMode="decimal"
    />
  )
  return (
    <section>
      <h2>{group.name}</h2>
      <Table
        caption={group.name}
        hideCaption
        stack
        rows={group.lines}
        rowKey={({ key }) => key}
        columns={[
          {
            ...{ key: 'name', title: t('indexSets.page.indicator'), heading: true },
            cell: ({ key, name }) => (
              <>
                {name} <FigureLink figure={key} name={name} />
              </>
            ),
          },
          {
            ...{ key: 'max', title: t('indexSets.page.max') },
            cell: ({ key, name }) => box(`max.${key}`, `${t('indexSets.page.max')}: ${name}`),
          },
          {
            ...{ key: 'full', title: t('indexSets.page.full') },
            cell: ({ key, name, isRate }) =>
              isRate && box(`full.${key}`, `${t('indexSets.page.full')}: ${name}`),
          },
          {
            ...{ key: 'zero', title: t('indexSets.page.zero') },
            cell: (line) => line.isRate && <Zero line={line} first={first} off={off} />,
          },
        ]}
      />
      <p className="iset__sum">
        <span>
          {t('indexSets.page.groupMax')}{' '}
          {box(`group.${group.key}`, `${t('indexSets.page.groupMax')}: ${group.name}`)}
        </span>
        <span className="num">
          {t('indexSets.page.sum')} <b>{written(sum)}</b>
        </span>
        <Balance difference={sum - (numberIn(values[`group.${group.key}`]) || 0)} />
      </p>
    </section>
  )
}

const zeros = ['none', 'zero', 'full', 'shared'] as const

function Zero({ line, first, off }: { line: IndicatorLine; first: Record<string, string>; off: boolean }) {
  const t = useT()
  const name = `zero.${line.key}`
  if (off) return t(`indexSets.page.zeros.${line.zero}`)
  return (
    <select
      className="input"
      name={name}
      aria-label={`${t('indexSets.page.zero')}: ${line.name}`}
      defaultValue={first[name]}
    >
      {zeros.map((each) => (
        <option key={each} value={each}>
          {t(`indexSets.page.zeros.${each}`)}
        </option>
      ))}
    </select>
  )
}

function Publish({
  set,
  problems,
  typed,
}: {
  set: SetData
  problems: readonly Problem[]
  typed: Record<string, string>
}) {
  const t = useT()
  const field = (name: 'decisionNumber' | 'decisionOn' | 'validFrom' | 'validTo') => ({
    ...{ id: name, name, label: t(`indexSets.page.${name}`), defaultValue: typed[name] },
    error: errorAt(problems, name),
  })
  return (
    <form method="post" className="studio__form" noValidate>
      <h2>{t('indexSets.page.publish')}</h2>
      <TextField {...field('decisionNumber')} maxLength={100} />
      <DayField {...field('decisionOn')} max={set.today} />
      <DayField {...field('validFrom')} min={set.today} />
      <DayField {...field('validTo')} min={set.today} optional />
      <p className="btn-row">
        <Button name="_action" value="publish">
          {t('indexSets.page.publish')}
        </Button>
      </p>
    </form>
  )
}

function Preview({ set: { id, preview } }: { set: SetData }) {
  const t = useT()
  if (!preview)
    return (
      <p>
        <LinkAction href={`${setsPath}/${id}?xem-thu=1#xem-thu`} icon="search">
          {t('indexSets.page.preview')}
        </LinkAction>
      </p>
    )
  return (
    <section id="xem-thu">
      <h2>{t('indexSets.page.previewTitle')}</h2>
      <p className="small soft">{t('indexSets.page.previewNote')}</p>
      <Table
        caption={t('indexSets.page.previewTitle')}
        hideCaption
        rows={preview}
        rowKey={({ code }) => code}
        columns={[
          { key: 'unit', title: t('indexSets.page.unit'), heading: true, cell: ({ name }) => name },
          { key: 'before', title: t('indexSets.page.before'), numeric: true, cell: ({ before }) => before },
          { key: 'after', title: t('indexSets.page.after'), numeric: true, cell: ({ after }) => after },
          { key: 'change', title: t('indexSets.page.change'), numeric: true, cell: ({ change }) => change },
        ]}
      />
    </section>
  )
}
