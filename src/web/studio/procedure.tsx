import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { startChange } from 'motcua/modules/changes'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { type Column, Table } from '../ui/table'
import { Counts } from './change/counts'
import { Changes } from './home'
import { type EditionLine, procedureOf } from './procedure-source'
import { readStart, type StartValues, statedTexts } from './start.view'
import { StartForm } from './start-form'
import { StudioPage } from './studio-page'
import { studioOfficer } from './studio-source'

/** One procedure: its editions, its changes, and where a new change begins. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, powers } = await studioOfficer(args)
  const shown = await procedureOf(page, officer, args.params.code ?? '')
  if (!shown) throw data(null, { status: 404 })
  return { ...shown, mayEdit: powers.edit }
}

interface Answer {
  problems: Problem[]
  values: StartValues
}

/** Begins a change of this procedure. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const { app, now, locale } = page
  const form = await args.request.formData()
  const values = { ...readStart(form), code: args.params.code ?? '' }
  const kind = form.get('kind') === 'abolish' ? 'abolish' : 'amend'
  const begun = await startChange(officer, { ...values, kind }, { db: app.db, now, wake: app.wake })
  if (!isRefusal(begun)) return redirect(`/thiet-ke/thay-doi/${begun.id}?xong=start`)
  return data<Answer>({ problems: statedTexts(begun, locale), values }, { status: httpStatus[begun.kind] })
}

export default function StudioProcedure({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { code, name, editions, changes, open, mayEdit, burden, publicPage, tools } =
    useLoaderData<typeof loader>()
  return (
    <StudioPage
      title={name}
      lead={
        <>
          {code} · <a href={publicPage}>{t('studio.procedure.see')}</a>
        </>
      }
      tools={{ label: t('studio.list.tools'), links: tools }}
    >
      <ErrorSummary problems={actionData?.problems ?? []} />
      {burden && (
        <section>
          <h2>{t('studio.procedure.burden')}</h2>
          <Counts counts={burden.counts} />
          <p className="small soft">{burden.explained}</p>
        </section>
      )}
      <Editions editions={editions} />
      {open && (
        <Notice title={t('studio.procedure.alreadyOpen')}>
          <p>
            <a href={`/thiet-ke/thay-doi/${open}`}>{t('studio.procedure.openIt')}</a>
          </p>
        </Notice>
      )}
      {mayEdit && !open && (
        <section className="studio__part">
          <h2>{t('studio.procedure.start')}</h2>
          <StartForm withKind values={actionData?.values} problems={actionData?.problems ?? []} />
        </section>
      )}
      {changes.length > 0 && (
        <section>
          <h2>{t('studio.procedure.changes')}</h2>
          <Changes caption={t('studio.procedure.changes')} lines={changes} />
        </section>
      )}
    </StudioPage>
  )
}

function Editions({ editions }: { editions: readonly EditionLine[] }) {
  const t = useT()
  const columns: Column<EditionLine>[] = [
    {
      key: 'version',
      title: t('studio.procedure.version'),
      heading: true,
      cell: ({ version, withdrawn }) =>
        withdrawn ? `${version} (${t('studio.procedure.withdrawn')})` : String(version),
    },
    { key: 'from', title: t('studio.procedure.from'), cell: ({ from }) => from },
    {
      key: 'to',
      title: t('studio.procedure.to'),
      cell: ({ to, withdrawn }) => (withdrawn ? '—' : (to ?? t('studio.procedure.open'))),
    },
    {
      key: 'decision',
      title: t('studio.procedure.decision'),
      cell: ({ decision }) => decision ?? t('studio.procedure.shipped'),
    },
    { key: 'entered', title: t('studio.procedure.entered'), cell: ({ publishedAt }) => publishedAt },
    {
      key: 'clock',
      title: t('studio.procedure.clock'),
      cell: ({ clock }) => (clock ? t('studio.procedure.clockText', { ...clock }) : '—'),
    },
  ]
  return (
    <section>
      <h2>{t('studio.procedure.versions')}</h2>
      <Table
        caption={t('studio.procedure.versions')}
        hideCaption
        columns={columns}
        rows={editions}
        rowKey={({ version }) => String(version)}
        stack
      />
    </section>
  )
}
