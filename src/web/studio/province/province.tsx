import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Done } from '../../desk/outcome'
import { Button } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Table } from '../../ui/table'
import { StudioPage } from '../studio-page'
import { studioOfficer } from '../studio-source'
import { ProvinceForm } from './form'
import styles from './province.css?url'
import { actOnRules, provinceData, type RuleRow, type RuleValues } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What the province sets over national procedures: fees, shorter limits, the executing unit. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const search = new URL(args.request.url).searchParams
  const done = search.get('xong')
  const t = messages(page.locale)
  return {
    ...(await provinceData(page, officer, search)),
    done: done === 'set' || done === 'ended' ? t(`provinceRules.done.${done}`) : undefined,
  }
}

interface Answer {
  problems: Problem[]
  values: RuleValues
}

export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  const acted = await actOnRules(page, officer, form)
  if ('done' in acted) return redirect(`/thiet-ke/tinh?xong=${acted.done}`)
  const { refused, problems, values } = acted
  return data<Answer>({ problems, values }, { status: httpStatus[refused.kind] })
}

export default function ProvinceRulesPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { done, ...shown } = useLoaderData<typeof loader>()
  const problems = actionData?.problems ?? []
  const { rows, mayChange, province } = shown
  return (
    <StudioPage title={t('provinceRules.title')} lead={t('provinceRules.lead', { province })}>
      {done && !actionData && <Done>{done}</Done>}
      <ErrorSummary problems={problems} />
      {mayChange ? (
        <ProvinceForm {...shown} problems={problems} values={actionData?.values} />
      ) : (
        <Notice tone="plain" title={t('provinceRules.readOnly')} />
      )}
      <section>
        <h2>{t('provinceRules.list')}</h2>
        {rows.length === 0 ? <p className="soft">{t('provinceRules.none')}</p> : <Rules {...shown} />}
      </section>
    </StudioPage>
  )
}

const tones = { coming: 'info', held: 'ok', ended: 'waiting', withdrawn: 'paused' } as const

function Rules({ rows, mayChange, today }: { rows: readonly RuleRow[]; mayChange: boolean; today: string }) {
  const t = useT()
  return (
    <Table
      caption={t('provinceRules.list')}
      hideCaption
      stack
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          ...{ key: 'procedure', title: t('provinceRules.column.procedure'), heading: true },
          cell: ({ code, procedure }) => (
            <a href={`/thu-tuc/${code}`}>
              {procedure} <span className="studio__note">{code}</span>
            </a>
          ),
        },
        { key: 'what', title: t('provinceRules.column.what'), cell: ({ what }) => what },
        {
          key: 'resolution',
          title: t('provinceRules.column.resolution'),
          cell: ({ resolution }) => resolution,
        },
        { key: 'days', title: t('provinceRules.column.days'), cell: ({ days }) => days },
        {
          ...{ key: 'state', title: t('provinceRules.column.state') },
          cell: ({ state, stateText }) => <StateTag state={tones[state]}>{stateText}</StateTag>,
        },
        { key: 'by', title: t('provinceRules.column.by'), cell: ({ by }) => by },
        {
          ...{ key: 'end', title: t('provinceRules.column.end') },
          cell: (row) => (mayChange ? <End row={row} today={today} /> : null),
        },
      ]}
    />
  )
}

function End({ row: { id, state, what }, today }: { row: RuleRow; today: string }) {
  const t = useT()
  if (state !== 'held' && state !== 'coming') return null
  return (
    <form method="post" className="prov__end">
      <input type="hidden" name="id" value={id} />
      {state === 'held' && (
        <label>
          <span className="small">{t('provinceRules.field.lastDay')}</span>
          <input className="input" type="date" name="lastDay" min={today} defaultValue={today} required />
        </label>
      )}
      <Button kind="quiet" size="small" name="_action" value="end">
        {t(state === 'held' ? 'provinceRules.act.end' : 'provinceRules.act.takeBack')}
        <span className="vh">: {what}</span>
      </Button>
    </form>
  )
}
