import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import { getVersion } from 'motcua/modules/catalogue'
import {
  actingOf,
  findByIds,
  permission,
  QueueFilter,
  type QueueItem,
  standingOf,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { getProcess } from 'motcua/modules/processes'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type FormEvent, useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { useT } from '../ui/shell'
import { ClockChip } from '../ui/state'
import { Title } from '../ui/title'
import { approveEach, refusalText } from './acting'
import {
  type ApprovalFacts,
  type ApprovalRow,
  approvalRow,
  type CapacityChoice,
  capacitiesFor,
  capacityChoices,
} from './approvals.view'
import { DeskPage } from './desk-page'
import { endsInRefusal } from './dossier-acts.view'
import { flashHeader, takeFlash } from './flash'
import { officerNames } from './names'
import { hasRole, officerOf } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { askPhone } from './phone-signing'
import { parseSeen } from './seen'
import { SigningPin } from './signing-pin'
import { authorisationIn, signingOf } from './signing-source'
import { useRowCursor } from './use-hotkeys'
import { type WorkingMinutes, workingTimeOf } from './working-time'

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = leaderOf(args)
  const { app, now, locale } = page
  const filter = QueueFilter.parse({ view: 'sign' })
  const { items } = await app.dossiers.queue(officer, filter, { now, endOfToday: app.endOfToday(now) })
  const minutes = await workingTimeOf(
    page,
    items.map(({ task }) => task.authority),
  )
  const rows = (await factsOf(page, officer, items, minutes)).map((facts) => approvalRow(facts, locale))
  const { flash, headers } = takeFlash(args.request)
  const chosen = new URL(args.request.url).searchParams.getAll('chon')
  const capacities = capacityChoices(officer, locale)
  const signing = await signingOf(page, officer)
  return data({ rows, chosen, capacities, signing, outcome: outcomeView(flash, locale) }, { headers })
}

/** Approves every marked dossier, one after another; what became of each is told on the page that follows. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = leaderOf(args)
  const form = await args.request.formData()
  if (form.has('back')) return sendBack(page, officer, form)
  const marked = form.getAll('code').filter((value) => typeof value === 'string')
  if (marked.length === 0)
    return data({ problem: messages(page.locale)('desk.queue.nothingSelected') }, { status: 422 })
  const capacity = form.get('capacity')
  // Without a choice each is signed in the first capacity that the officer holds for it.
  const act = typeof capacity === 'string' && capacity !== '' ? { capacity } : {}
  const goTo = (href: string, flash: Parameters<typeof flashHeader>[0]) =>
    redirect(href, { headers: { 'set-cookie': flashHeader(flash) } })
  if ((await signingOf(page, officer))?.byPhone) {
    const request = { command: 'approve' as const, ...act }
    const acts = marked.flatMap((text) => parseSeen(text) ?? [])
    const asked = await askPhone(
      page,
      officer,
      acts.map(({ code, sequence }) => ({ code, sequence, request })),
    )
    return goTo('waitsAt' in asked ? asked.waitsAt : '/can-bo/ky', asked.flash)
  }
  return goTo('/can-bo/ky', await approveEach(page, officer, marked, { ...act, ...authorisationIn(form) }))
}

/** Sends one draft back with the reason that was written beside it. */
async function sendBack({ app, now, locale }: PageContext, officer: Officer, form: FormData) {
  const seenNow = parseSeen(String(form.get('back')))
  if (!seenNow) throw data(null, { status: 400 })
  const { code, sequence } = seenNow
  const reason = String(form.get(`reason-${code}`) ?? '')
    .trim()
    .slice(0, 4000)
  if (!reason)
    return data({ problem: messages(locale)('desk.sign.reasonMissing', { code }) }, { status: 422 })
  const request = { command: 'sendBack' as const, reason }
  const done = await app.dossiers.act(officer, code, request, { now, expectedSequence: sequence })
  if (isRefusal(done)) return data({ problem: refusalText(done, locale) }, { status: httpStatus[done.kind] })
  const flash = { at: now.toISOString(), command: 'sendBack', done: [code], refused: [] }
  return redirect('/can-bo/ky', { headers: { 'set-cookie': flashHeader(flash) } })
}

function leaderOf(args: LoaderFunctionArgs): Officer {
  const officer = officerOf(args)
  if (!hasRole(officer, 'leader')) throw data(null, { status: 403 })
  return officer
}

async function factsOf(
  { app, now }: PageContext,
  officer: Officer,
  items: readonly QueueItem[],
  minutes: WorkingMinutes,
): Promise<ApprovalFacts[]> {
  const files = new Map(
    (
      await findByIds(
        app.db.pool,
        items.map(({ dossierId }) => dossierId),
      )
    ).map((file) => [file.dossier.id, file]),
  )
  const today = dateOfLaw(now)
  const facts = items.map(async (item) => {
    const file = files.get(item.dossierId)!
    const { dossier, draft, answers } = file
    const [version, process] = await Promise.all([
      getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
      getProcess(app.db, dossier.processKey, dossier.processVersion),
    ])
    const drafter = dossier.tasks.findLast((task) => task.stepKind === 'draft' && task.closedBy)?.closedBy
    const names = drafter ? await officerNames({ app }, [drafter]) : {}
    const acting = actingOf(officer, standingOf(officer, file, today))
    const allowed = permission('approve', dossier, acting, item.task.no)
    const { task } = item
    const { procedureCode } = dossier
    const wantsDraft = Object.values(process.compiled.steps).some(({ kind }) => kind === 'draft')
    return {
      item,
      procedure: version.plainName,
      result: version.results.find(({ template }) => !template.startsWith('register-'))?.name ?? version.name,
      refusal: endsInRefusal(process.compiled, task.stepId!, answers),
      hasDraft: draft !== null || !wantsDraft,
      draftedBy: drafter ? (names[drafter] ?? null) : null,
      denied: 'denied' in allowed ? allowed.denied : null,
      returnable: !('denied' in permission('sendBack', dossier, acting, item.task.no)),
      capacities: capacitiesFor(officer, { authority: task.authority, procedureCode }),
      minutesLeft: task.dueAt ? minutes(task.authority, now.toISOString(), task.dueAt) : null,
      minutesOfLimit: task.dueAt ? Math.max(1, minutes(task.authority, task.openedAt, task.dueAt)) : 1,
    }
  })
  return Promise.all(facts)
}

export default function Approvals({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const { rows, chosen, capacities, signing, outcome } = useLoaderData<typeof loader>()
  const [selected, setSelected] = useState<number | undefined>(chosen.length || undefined)
  useRowCursor()
  const count = (event: FormEvent<HTMLFormElement>) =>
    setSelected(event.currentTarget.querySelectorAll('input[name=code]:checked').length)
  return (
    <DeskPage
      keys={[
        { keys: ['J', 'K'], does: t('desk.keys.move') },
        { keys: ['X'], does: t('desk.keys.select') },
        { keys: ['T'], does: t('desk.keys.sign') },
      ]}
      status={t('desk.log.count', { count: rows.length })}
    >
      <Title>{t('desk.sign.title')}</Title>
      <main id="noi-dung" className="pane">
        <div className="pane__head">
          <h1 className="desk__title">{t('desk.sign.title')}</h1>
          <p className="small soft">{t(signing ? 'signing.lead' : 'desk.sign.lead')}</p>
        </div>
        <Outcome outcome={outcome} />
        <NotDone problem={actionData?.problem} />
        {rows.length === 0 ? (
          <p className="pane__empty">{t('desk.sign.empty')}</p>
        ) : (
          <>
            <form method="post" id="tra-lai" />
            <form method="post" className="pane__list" onChange={count}>
              <Rows rows={rows} chosen={chosen} />
              <div className="toolbar">
                <SignAs capacities={capacities} />
                <SigningPin signing={signing} />
                <Button hotkey="T">
                  <ApproveLabel signs={signing !== null} selected={selected} />
                </Button>
              </div>
            </form>
          </>
        )}
      </main>
    </DeskPage>
  )
}

function ApproveLabel({ signs, selected }: { signs: boolean; selected: number | undefined }) {
  const t = useT()
  if (selected) return t(signs ? 'signing.approveCount' : 'desk.sign.approveCount', { count: selected })
  return t(signs ? 'signing.approveSome' : 'desk.sign.approveSome')
}

/** In which capacity one signs: said when there is one, chosen when there are several. */
function SignAs({ capacities }: { capacities: readonly CapacityChoice[] }) {
  const t = useT()
  const [only] = capacities
  if (only === undefined) return null
  if (capacities.length === 1)
    return (
      <p className="signas">
        {t('powers.sign.as')}: <b>{only.label}</b> {only.hint && <small>({only.hint})</small>}
        <input type="hidden" name="capacity" value={only.value} />
      </p>
    )
  return (
    <label className="signas">
      {t('powers.sign.as')}{' '}
      <select className="input" name="capacity" defaultValue={only.value}>
        {capacities.map(({ value, label, hint }) => (
          <option key={value} value={value}>
            {hint ? `${label} (${hint})` : label}
          </option>
        ))}
      </select>
    </label>
  )
}

function Rows({ rows, chosen }: { rows: readonly ApprovalRow[]; chosen: readonly string[] }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll queue__scroll" aria-label={t('desk.sign.title')} tabIndex={0}>
      <table className="table table--dense table--stack sign">
        <caption className="vh">{t('desk.sign.title')}</caption>
        <thead>
          <tr>
            <th>
              <span className="vh">{t('web.desk.select')}</span>
            </th>
            <th>{t('web.desk.left')}</th>
            <th>{t('web.desk.applicant')}</th>
            <th>{t('desk.sign.what')}</th>
            <th>{t('web.desk.code')}</th>
            <th>{t('desk.dossier.preview')}</th>
            <th>{t('desk.log.state')}</th>
            <th>{t('desk.sign.back')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code} data-row={row.code}>
              <td>
                {!row.stops && (
                  <label className="sign__box">
                    <input
                      className="box"
                      type="checkbox"
                      name="code"
                      value={row.value}
                      defaultChecked={chosen.includes(row.code)}
                      aria-label={t('web.desk.selectOne', { code: row.code })}
                    />
                    <span aria-hidden="true">{t('web.desk.select')}</span>
                  </label>
                )}
              </td>
              <td data-label={t('web.desk.left')}>
                <ClockChip clock={row.clock} />
              </td>
              <th scope="row">
                <a href={row.href} data-open="">
                  <b>{row.applicant}</b>
                </a>
              </th>
              <td className="cell--words" data-label={t('desk.sign.what')}>
                <b>{row.result}</b>
                <br />
                <span className="small soft">
                  {row.procedure}
                  {row.draftedBy && ` · ${row.draftedBy}`}
                  {row.as && ` · ${row.as}`}
                </span>
              </td>
              <td className="faint code" data-label={t('web.desk.code')}>
                {row.code}
              </td>
              <td className="sign__preview">
                {row.previewHref && (
                  <LinkAction href={row.previewHref} icon="eye" small>
                    {t('desk.sign.preview')}
                    <span className="vh"> {row.code}</span>
                  </LinkAction>
                )}
              </td>
              <td className="soft cell--words" data-label={t('desk.log.state')}>
                {row.stops ?? t('desk.sign.ready')}
              </td>
              <td>{row.returnable && <SendBack row={row} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Opens where it stands, so that a reason can be written on a phone; it belongs to a form of its own. */
function SendBack({ row: { code, value } }: { row: ApprovalRow }) {
  const t = useT()
  return (
    <details className="sign__back">
      <summary>
        {t('desk.sign.back')}
        <span className="vh"> {code}</span>
      </summary>
      <label>
        {t('desk.sign.reason')}
        <textarea className="input" name={`reason-${code}`} form="tra-lai" rows={3} maxLength={4000} />
      </label>
      <Button form="tra-lai" name="back" value={value} kind="second">
        {t('desk.sign.backSend')}
      </Button>
    </details>
  )
}
