import { newId } from 'motcua/kernel/ids'
import { readHandOver } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import { type SlipLine, slipView } from './handover.view'
import { officerNames, placeNamesOf, procedureNames } from './names'
import { officerOf } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { readBulk, runBulk } from './queue-bulk'
import { Line } from './queue-forms'

/** One hand-over with both its parties; the taker confirms what arrived and refuses what did not. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const batch = args.params.batch ?? ''
  const slip = await readHandOver(page.app.db.pool, officer, batch)
  if (!slip) throw data(null, { status: 404 })
  const people = [slip.givenBy, slip.to.officer, ...slip.lines.map(({ endedBy }) => endedBy)]
  const [officers, places, procedures] = await Promise.all([
    officerNames(
      page,
      people.filter((id) => id !== null),
    ),
    placeNamesOf(page, [slip.from, slip.to.authority]),
    procedureNames(
      page,
      slip.lines.map(({ procedureCode }) => procedureCode),
    ),
  ])
  const { flash, headers } = takeFlash(args.request)
  return data(
    {
      ...slipView(slip, officer, { officers, places, procedures, locale: page.locale }),
      batch,
      run: newId(page.now.getTime()),
      outcome: outcomeView(flash, page.locale),
    },
    { headers },
  )
}

/** Takes over, or refuses to, each marked dossier by itself. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const request = readBulk(await args.request.formData(), page.locale)
  if ('problem' in request) return data(request, { status: 422 })
  const ran = await runBulk(page, officer, request)
  if ('problem' in ran) return data(ran, { status: 409 })
  return redirect(new URL(args.request.url).pathname, { headers: { 'set-cookie': flashHeader(ran.flash) } })
}

const tones = { waiting: 'waiting', 'taken-over': 'ok', rejected: 'bad', ended: 'paused' } as const

export default function HandOverSlip({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const slip = useLoaderData<typeof loader>()
  return (
    <DeskPage keys={slip.mayTake ? [{ keys: ['N'], does: t('work.bulk.takeOver') }] : []}>
      <Title>{t('work.handover.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <div className="pane__line">
            <h1 className="desk__title">{t('work.handover.title')}</h1>
            <LinkButton href={`/giay/ban-giao/${slip.batch}.pdf`} kind="second" icon="printer" hotkey="P">
              {t('work.handover.pdf')}
            </LinkButton>
          </div>
          <dl className="kv kv--wide">
            <dt>{t('work.handover.giver')}</dt>
            <dd>{slip.giver}</dd>
            <dt>{t('work.handover.taker')}</dt>
            <dd>{slip.taker}</dd>
            <dt>{t('work.handover.at')}</dt>
            <dd>{slip.at}</dd>
          </dl>
        </div>
        <Outcome outcome={slip.outcome} />
        <NotDone problem={actionData?.problem} />
        {slip.allTaken && <Notice tone="ok" title={t('work.handover.allTaken')} />}
        <form method="post">
          <input type="hidden" name="run" value={slip.run} />
          <SlipTable lines={slip.lines} withBoxes={slip.mayTake} />
          <p className="pane__note">
            <b>{slip.total}</b>
          </p>
          {slip.mayTake && (
            <div className="pane__acts">
              <p className="small soft">{t('work.handover.takeLead')}</p>
              <Button name="command" value="takeOver" hotkey="N">
                {t('work.handover.takeAll')}
              </Button>
              <Line name="reason" label={t('work.handover.rejectReason')} />
              <Button name="command" value="rejectTransfer" kind="harm">
                {t('work.handover.reject')}
              </Button>
            </div>
          )}
        </form>
      </main>
    </DeskPage>
  )
}

function SlipTable({ lines, withBoxes }: { lines: readonly SlipLine[]; withBoxes: boolean }) {
  const t = useT()
  const box = ({ value, code }: SlipLine) =>
    value && (
      <input
        className="box"
        type="checkbox"
        name="code"
        value={value}
        defaultChecked
        aria-label={t('web.desk.selectOne', { code })}
      />
    )
  return (
    <Table
      caption={t('work.handover.title')}
      hideCaption
      stack
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        ...(withBoxes ? [{ key: 'box', title: t('web.desk.select'), cell: box }] : []),
        {
          key: 'code',
          title: t('web.desk.code'),
          heading: true,
          cell: ({ code }) => <a href={`/can-bo/ho-so/${code}`}>{code}</a>,
        },
        { key: 'who', title: t('web.desk.applicant'), cell: ({ applicant }) => applicant },
        { key: 'what', title: t('web.desk.procedure'), cell: ({ procedure }) => procedure },
        { key: 'sheets', title: t('work.handover.sheets'), numeric: true, cell: ({ sheets }) => sheets },
        {
          key: 'state',
          title: t('desk.log.state'),
          cell: ({ state, stateText }) => <StateTag state={tones[state]}>{stateText}</StateTag>,
        },
      ]}
    />
  )
}
