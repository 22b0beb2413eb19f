import { messages } from 'motcua/kernel/i18n'
import { QueueFilter } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type FormEvent, useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { actOnEach } from './acting'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import { placeNamesOf, procedureNames } from './names'
import { hasRole, officerOf, worksOnDossiers } from './officer'
import { Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { queueView } from './queue.view'
import { BulkBar, QueueTable } from './queue-table'
import { QueueLayout, Rail } from './shell'
import { useRowCursor } from './use-hotkeys'
import { workingTimeOf } from './working-time'

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!worksOnDossiers(officer)) throw redirect('/can-bo')
  const { app, now, locale } = page
  const when = { now, endOfToday: app.endOfToday(now) }
  const filter = filterOf(args.request)
  const [{ items, hasMore }, counts] = await Promise.all([
    app.dossiers.queue(officer, filter, when),
    app.dossiers.counts(officer, when),
  ])
  const home = officer.posts[0]!.authorityCode
  const [procedures, places, minutes] = await Promise.all([
    procedureNames(page, [
      ...items.map((item) => item.procedureCode),
      ...(filter.procedure ? [filter.procedure] : []),
    ]),
    placeNamesOf(page, [home]),
    workingTimeOf(page, [home, ...items.map(({ task }) => task.authority)]),
  ])
  const { flash, headers } = takeFlash(args.request)
  const view = queueView({
    items,
    hasMore,
    counts,
    filter,
    officer,
    procedures,
    place: (places[home] ?? '').replace(/^\p{Lu}/u, (letter) => letter.toLowerCase()),
    minutes,
    locale,
    ...when,
  })
  return data(
    {
      ...view,
      filter,
      procedures,
      outcome: outcomeView(flash, locale),
      atCounter: hasRole(officer, 'reception'),
    },
    { headers },
  )
}

/** Accepts or returns every marked dossier; what became of each is told on the page that follows. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const marked = form.getAll('code').filter((value) => typeof value === 'string')
  if (marked.length === 0)
    return data({ problem: messages(page.locale)('desk.queue.nothingSelected') }, { status: 422 })
  const flash =
    form.get('command') === 'returnResult'
      ? await actOnEach(page, officer, marked, () => ({ command: 'returnResult', delivery: 'counter' }))
      : await actOnEach(page, officer, marked, () => ({ command: 'accept' }))
  const { search } = new URL(args.request.url)
  return redirect(`/can-bo/viec${search}`, { headers: { 'set-cookie': flashHeader(flash) } })
}

/** What the address bar says; nonsense in it is the ordinary view. */
function filterOf(request: Request): QueueFilter {
  const entries = [...new URL(request.url).searchParams].filter(
    ([, value]) => value !== '' && !value.includes('\0'),
  )
  const parsed = QueueFilter.safeParse(Object.fromEntries(entries))
  return parsed.success ? parsed.data : QueueFilter.parse({})
}

export default function Queue({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  const [selected, setSelected] = useState<number>()
  useRowCursor()
  const count = (event: FormEvent<HTMLFormElement>) =>
    setSelected(event.currentTarget.querySelectorAll('input[name=code]:checked').length)
  return (
    <DeskPage keys={keysOf(t, view.mayAccept)} status={view.lead}>
      <Title>{view.title}</Title>
      <QueueLayout rail={<Rail groups={view.rail} />}>
        <div className="pane__head">
          <div className="pane__line">
            <h1 className="desk__title">
              {view.title} <small className="pane__lead">{view.lead}</small>
            </h1>
            {view.atCounter && (
              <LinkButton href="/can-bo/tai-quay" icon="plus" hotkey="F2">
                {t('desk.queue.counter')}
              </LinkButton>
            )}
          </div>
          <Filters filter={view.filter} chips={view.chips} procedures={view.procedures} />
        </div>
        <Outcome outcome={view.outcome} />
        {actionData?.problem && (
          <p className="outcome" role="alert">
            <Icon name="triangle-alert" />
            {actionData.problem}
          </p>
        )}
        {view.isEmpty ? (
          <p className="pane__empty">
            {t(view.chips.length > 0 ? 'desk.queue.emptyFiltered' : 'desk.queue.empty')}
          </p>
        ) : (
          <form method="post" className="pane__list" onChange={count} onSubmit={markCursor}>
            <QueueTable caption={t('desk.queue.caption')} groups={view.groups} codePrefix={view.codePrefix} />
            {(view.mayAccept || view.mayReturn) && (
              <BulkBar>
                <span>
                  {selected === undefined
                    ? t('desk.queue.selectedSome')
                    : t('desk.queue.selected', { count: selected })}
                </span>
                {view.mayAccept && (
                  <Button name="command" value="accept" hotkey="T">
                    {t('desk.queue.acceptAll')}
                  </Button>
                )}
                {view.mayReturn && (
                  <Button name="command" value="returnResult" kind="second" hotkey="R">
                    {t('desk.queue.returnAll')}
                  </Button>
                )}
                <Button type="reset" kind="quiet" onClick={() => setSelected(0)}>
                  {t('desk.queue.unselect')}
                </Button>
              </BulkBar>
            )}
          </form>
        )}
        <Pages previousHref={view.previousHref} nextHref={view.nextHref} page={view.filter.page} />
      </QueueLayout>
    </DeskPage>
  )
}

// With nothing marked, the key works on the row under the cursor.
function markCursor(event: FormEvent<HTMLFormElement>) {
  const form = event.currentTarget
  if (form.querySelector('input[name=code]:checked')) return
  const box = form.querySelector<HTMLInputElement>('tr.is-cursor input[name=code]')
  if (box) box.checked = true
}

function keysOf(t: ReturnType<typeof useT>, mayAccept: boolean) {
  return [
    { keys: ['J', 'K'], does: t('desk.keys.move') },
    { keys: ['Enter'], does: t('desk.keys.open') },
    { keys: ['X'], does: t('desk.keys.select') },
    ...(mayAccept ? [{ keys: ['T'], does: t('desk.keys.accept') }] : []),
    { keys: ['/'], does: t('desk.keys.find') },
  ]
}

function Filters({
  filter,
  chips,
  procedures,
}: {
  filter: QueueFilter
  chips: readonly { text: string; removeHref: string }[]
  procedures: Readonly<Record<string, string>>
}) {
  const t = useT()
  return (
    <form method="get" className="filters" aria-label={t('desk.queue.filter')}>
      <input type="hidden" name="view" value={filter.view} />
      {chips.map(({ text, removeHref }) => (
        <a key={text} className="filters__chip" href={removeHref}>
          {text}
          <Icon name="x" />
          <span className="vh">{t('desk.queue.clear')}</span>
        </a>
      ))}
      <FilterSelect
        name="procedure"
        label={t('desk.queue.filterProcedure')}
        value={filter.procedure}
        options={Object.entries(procedures)}
      />
      <FilterSelect
        name="channel"
        label={t('desk.queue.filterChannel')}
        value={filter.channel}
        options={(['online', 'direct', 'post'] as const).map((each) => [each, t(`desk.channel.${each}`)])}
      />
      <label className="filters__text">
        <span className="vh">{t('desk.queue.filterText')}</span>
        <input
          className="input"
          name="q"
          type="search"
          placeholder={t('desk.queue.filterText')}
          defaultValue={filter.q}
          maxLength={200}
        />
      </label>
      <Button kind="second" size="small">
        {t('desk.queue.apply')}
      </Button>
    </form>
  )
}

function FilterSelect({
  name,
  label,
  value,
  options,
}: {
  name: string
  label: string
  value: string | undefined
  options: readonly (readonly [string, string])[]
}) {
  const t = useT()
  return (
    <label className="filters__select">
      <span className="vh">{label}</span>
      <select className="input" name={name} defaultValue={value ?? ''}>
        <option value="">
          {label}: {t('desk.queue.any').toLowerCase()}
        </option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Pages({ previousHref, nextHref, page }: { previousHref?: string; nextHref?: string; page: number }) {
  const t = useT()
  if (!previousHref && !nextHref) return null
  return (
    <nav className="pages" aria-label={t('web.table.pages')}>
      {previousHref && <a href={previousHref}>{t('desk.queue.previous')}</a>}
      <span aria-current="page">{t('desk.queue.page', { page })}</span>
      {nextHref && <a href={nextHref}>{t('desk.queue.nextPage')}</a>}
    </nav>
  )
}
