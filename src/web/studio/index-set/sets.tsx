import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Done } from '../../desk/outcome'
import { Button } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Table } from '../../ui/table'
import { StudioPage } from '../studio-page'
import { studioOfficer } from '../studio-source'
import { setsPath, setTones } from './set-form.view'
import { actOnSet, type SetRow, setsData } from './source'

export async function loader(args: LoaderFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const isAbandoned = new URL(args.request.url).searchParams.get('xong') === 'abandoned'
  return {
    ...(await setsData(page, officer)),
    done: isAbandoned ? messages(page.locale)('indexSets.page.done.abandoned') : null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const form = await args.request.formData()
  form.set('_action', 'start')
  const acted = await actOnSet(page, officer, '', form)
  if (acted.href !== undefined) return redirect(acted.href)
  return data({ problems: acted.problems }, { status: httpStatus[acted.refused.kind] })
}

/** The sets of the index: those of the country to copy, those of the province to write and publish. */
export default function IndexSetsPage({ actionData }: { actionData?: { problems: Problem[] } }) {
  const t = useT()
  const { rows, mayEdit, done } = useLoaderData<typeof loader>()
  return (
    <StudioPage title={t('indexSets.page.title')} lead={t('indexSets.page.lead')}>
      {done && <Done>{done}</Done>}
      <ErrorSummary problems={actionData?.problems ?? []} />
      <Table
        caption={t('indexSets.page.list')}
        hideCaption
        stack
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            ...{ key: 'name', title: t('indexSets.page.column.name'), heading: true },
            cell: ({ id, name }) => <a href={`${setsPath}/${id}`}>{name}</a>,
          },
          { key: 'where', title: t('indexSets.page.column.where'), cell: ({ where }) => where },
          { key: 'version', title: t('indexSets.page.column.version'), cell: ({ version }) => version },
          { key: 'days', title: t('indexSets.page.column.days'), cell: ({ days }) => days },
          {
            ...{ key: 'state', title: t('indexSets.page.column.state') },
            cell: ({ state, stateText }) => <StateTag state={setTones[state]}>{stateText}</StateTag>,
          },
          {
            ...{ key: 'act', title: t('indexSets.page.column.act') },
            cell: (row) => (mayEdit ? <Copy row={row} /> : null),
          },
        ]}
      />
    </StudioPage>
  )
}

function Copy({ row: { id, name, state } }: { row: SetRow }) {
  const t = useT()
  if (state !== 'published') return null
  return (
    <form method="post">
      <input type="hidden" name="from" value={id} />
      <Button kind="quiet" size="small">
        {t('indexSets.page.copy')}
        <span className="vh">: {name}</span>
      </Button>
    </form>
  )
}
