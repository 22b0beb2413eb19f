import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { startChange } from 'motcua/modules/changes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { type Column, Empty, Table } from '../ui/table'
import { changeTone } from './change/words'
import { type ChangeLine, type ProcedureLine, studioHome } from './home-source'
import { readStart, type StartValues, statedTexts } from './start.view'
import { StartForm } from './start-form'
import { StudioPage } from './studio-page'
import { studioOfficer } from './studio-source'

/** Changes in the making, procedures that can be changed, and how many there are of each kind. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, powers } = await studioOfficer(args)
  return { ...(await studioHome(page, officer)), mayEdit: powers.edit }
}

interface Answer {
  problems: Problem[]
  values: StartValues
}

/** Begins the draft of a procedure that cannot be filed here yet. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const { app, now, locale } = page
  const values = readStart(await args.request.formData())
  const begun = await startChange(officer, { ...values, kind: 'new' }, { db: app.db, now, wake: app.wake })
  if (!isRefusal(begun)) return redirect(`/thiet-ke/thay-doi/${begun.id}?xong=start`)
  return data<Answer>({ problems: statedTexts(begun, locale), values }, { status: httpStatus[begun.kind] })
}

export default function StudioHome({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { open, ended, procedures, levels, mayEdit, tools } = useLoaderData<typeof loader>()
  return (
    <StudioPage
      title={t('studio.title')}
      back={null}
      lead={t('studio.lead')}
      tools={{ label: t('studio.list.tools'), links: tools }}
    >
      <ErrorSummary problems={actionData?.problems ?? []} />
      <section>
        <h2>{t('studio.list.open')}</h2>
        {open.length > 0 ? (
          <Changes caption={t('studio.list.open')} lines={open} />
        ) : (
          <Empty title={t('studio.list.none')}>
            <p>{t('studio.list.noneText')}</p>
          </Empty>
        )}
      </section>
      <Procedures lines={procedures} />
      <Levels levels={levels} />
      {mayEdit && (
        <section className="studio__part">
          <h2>{t('studio.list.startNew')}</h2>
          <StartForm withCode values={actionData?.values} problems={actionData?.problems ?? []} />
        </section>
      )}
      {ended.length > 0 && (
        <section>
          <h2>{t('studio.list.ended')}</h2>
          <Changes caption={t('studio.list.ended')} lines={ended} />
        </section>
      )}
    </StudioPage>
  )
}

export function Changes({ caption, lines }: { caption: string; lines: readonly ChangeLine[] }) {
  const t = useT()
  const columns: Column<ChangeLine>[] = [
    {
      key: 'title',
      title: t('studio.list.change'),
      heading: true,
      cell: ({ id, title, kind }) => (
        <>
          <a href={`/thiet-ke/thay-doi/${id}`}>{title}</a>
          <span className="studio__note">{t(`studio.kind.${kind}`)}</span>
        </>
      ),
    },
    {
      key: 'procedure',
      title: t('studio.list.procedure'),
      cell: ({ code, name }) => (
        <>
          {name} <span className="studio__note">{code}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('studio.list.state'),
      cell: ({ state, from }) => (
        <>
          <StateTag state={changeTone[state]}>{t(`studio.state.${state}`)}</StateTag>
          {from && <span className="studio__note">{t('studio.list.from', { on: from })}</span>}
        </>
      ),
    },
    {
      key: 'begun',
      title: t('studio.list.begun'),
      cell: ({ startedByName, startedAt }) => (
        <>
          {startedByName} <span className="studio__note">{startedAt}</span>
        </>
      ),
    },
    { key: 'saved', title: t('studio.list.saved'), cell: ({ savedAt }) => savedAt ?? '—' },
  ]
  return <Table caption={caption} hideCaption columns={columns} rows={lines} rowKey={({ id }) => id} stack />
}

function Procedures({ lines }: { lines: readonly ProcedureLine[] }) {
  const t = useT()
  const columns: Column<ProcedureLine>[] = [
    {
      key: 'name',
      title: t('studio.list.procedure'),
      heading: true,
      cell: ({ code, name }) => (
        <>
          <a href={`/thiet-ke/thu-tuc/${code}`}>{name}</a> <span className="studio__note">{code}</span>
        </>
      ),
    },
    { key: 'settledBy', title: t('studio.list.level'), cell: ({ settledBy }) => settledBy },
    {
      key: 'version',
      title: t('studio.list.inForce'),
      cell: ({ version, from }) => t('studio.list.version', { version, on: from }),
    },
  ]
  return (
    <section>
      <h2>{t('studio.list.procedures')}</h2>
      <Table
        caption={t('studio.list.procedures')}
        hideCaption
        columns={columns}
        rows={lines}
        rowKey={({ code }) => code}
        stack
      />
    </section>
  )
}

function Levels({ levels }: { levels: readonly { level: string; public: number; internal: number }[] }) {
  const t = useT()
  return (
    <section>
      <h2>{t('studio.list.levels')}</h2>
      <Table
        caption={t('studio.list.levels')}
        hideCaption
        columns={[
          { key: 'level', title: t('studio.list.level'), heading: true, cell: ({ level }) => level },
          { key: 'public', title: t('studio.list.kinds.public'), cell: (line) => line.public },
          { key: 'internal', title: t('studio.list.kinds.internal'), cell: (line) => line.internal },
        ]}
        rows={levels}
        rowKey={({ level }) => level}
        stack
      />
    </section>
  )
}
