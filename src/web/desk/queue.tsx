import { type BulkRequest, ordinaryOutcome, type QueueFilter } from 'motcua/modules/dossiers'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type FormEvent, useState } from 'react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction, LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import { hasRole, officerOf, worksOnDossiers } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { askPhone } from './phone-signing'
import { readBulk, runBulk } from './queue-bulk'
import { convenience, isConvenience } from './queue-conveniences'
import { BulkActions, LabelForm, SavedViewForm } from './queue-forms'
import { type Split, splitBySigning } from './queue-signing'
import { dayBegins, type QueuePage, queuePage } from './queue-source'
import { SplitNotice } from './queue-split'
import { QueueTable } from './queue-table'
import { QueueLayout, Rail } from './shell'
import { authorisationIn, type SigningView, signingOf } from './signing-source'
import { useRowCursor } from './use-hotkeys'

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!worksOnDossiers(officer)) throw redirect('/can-bo')
  const { searchParams } = new URL(args.request.url)
  const { flash, headers } = takeFlash(args.request)
  // An address that says nothing is where the officer's own day begins.
  const begins = searchParams.size === 0 && !flash ? await dayBegins(page, officer) : undefined
  if (begins) throw redirect(`/can-bo/viec?${begins}`)
  const queue = await queuePage(page, officer, searchParams)
  const signing = queue.acts.approve ? await signingOf(page, officer) : null
  return data(
    { ...queue, signing, outcome: outcomeView(flash, page.locale), atCounter: hasRole(officer, 'reception') },
    { headers },
  )
}

/** Acts on every marked dossier, each by itself; what became of each is told on the page that follows. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const { search } = new URL(args.request.url)
  const at = page.now.toISOString()
  const goTo = (href: string, flash: Parameters<typeof flashHeader>[0]) =>
    redirect(href, { headers: { 'set-cookie': flashHeader(flash) } })
  if (isConvenience(String(form.get('command')))) {
    const kept = await convenience(page, officer, form)
    if ('problem' in kept) return data(kept, { status: 422 })
    const query = kept.query ? `?${kept.query}` : search
    return goTo(`/can-bo/viec${query}`, { at, command: '', done: [], refused: [], said: kept.said })
  }
  const request = readBulk(form, page.locale)
  if ('problem' in request) return data(request, { status: 422 })
  if (request.request.command === 'completeStep' && !form.has('signed')) {
    const signing = await signingOf(page, officer)
    const split = await splitBySigning(page, request.marked, signing !== null)
    if (split) return data({ split, signing }, { status: 422 })
  }
  if (isSignedOnPhone(request.request, form) && (await signingOf(page, officer))?.byPhone) {
    const acts = await phoneActs(page, request)
    const asked = await askPhone(page, officer, acts)
    return goTo('waitsAt' in asked ? asked.waitsAt : `/can-bo/viec${search}`, asked.flash)
  }
  const ran = await runBulk(page, officer, request, authorisationIn(form))
  if ('problem' in ran) return data(ran, { status: 409 })
  return goTo(ran.slip ? `/can-bo/ban-giao/${ran.slip}` : `/can-bo/viec${search}`, ran.flash)
}

const isSignedOnPhone = ({ command }: BulkRequest['request'], form: FormData) =>
  command === 'approve' || (command === 'completeStep' && form.has('signed'))

async function phoneActs({ app }: PageContext, { request, marked }: BulkRequest) {
  const acts = marked.map(async ({ code, sequence, taskNo }) => {
    const task = taskNo !== null && { taskNo }
    if (request.command !== 'completeStep')
      return { code, sequence, request: { command: 'approve' as const, ...task } }
    const outcome = await ordinaryOutcome(app.db, code, taskNo)
    return { code, sequence, request: { command: 'completeStep' as const, outcome, ...task } }
  })
  return Promise.all(acts)
}

/** Why nothing was done yet: something is wrong, or some of the lines sign. */
type Posted = { problem: string } | { split: Split; signing: SigningView | null }

export default function Queue({ actionData }: { actionData?: Posted }) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  useRowCursor()
  return (
    <DeskPage keys={keysOf(t, view)} status={view.lead}>
      <Title>{view.title}</Title>
      <QueueLayout
        rail={
          <Rail groups={view.rail}>
            <SavedViewForm query={view.query} open={view.open} />
            <LabelForm labels={view.labels} colours={view.colours} />
          </Rail>
        }
      >
        <div className="pane__head">
          <div className="pane__line">
            <h1 className="desk__title">
              {view.title} <small className="pane__lead">{view.lead}</small>
            </h1>
            {view.filter.view === 'takeover' && (
              <LinkAction href="/can-bo/ban-giao" icon="file-text" small>
                {t('work.handover.list')}
              </LinkAction>
            )}
            {view.atCounter && (
              <LinkButton href="/can-bo/tai-quay" icon="plus" hotkey="F2">
                {t('desk.queue.counter')}
              </LinkButton>
            )}
          </div>
          <Filters view={view} />
        </div>
        <Outcome outcome={view.outcome} />
        <NotDone problem={actionData && 'problem' in actionData ? actionData.problem : undefined} />
        {actionData && 'split' in actionData && <SplitNotice {...actionData} />}
        {view.isEmpty ? (
          <p className="pane__empty">
            {t(view.chips.length > 0 ? 'desk.queue.emptyFiltered' : 'desk.queue.empty')}
          </p>
        ) : (
          <MarkedLines view={view} />
        )}
        <Pages firstHref={view.firstHref} nextHref={view.nextHref} />
      </QueueLayout>
    </DeskPage>
  )
}

function MarkedLines({ view }: { view: QueuePage & { signing: SigningView | null } }) {
  const t = useT()
  const [selected, setSelected] = useState<number>()
  const count = (event: FormEvent<HTMLFormElement>) =>
    setSelected(event.currentTarget.querySelectorAll('input[name=code]:checked').length)
  return (
    <form method="post" className="pane__list" onChange={count} onSubmit={markCursor}>
      <input type="hidden" name="run" value={view.run} />
      <QueueTable caption={t('desk.queue.caption')} groups={view.groups} codePrefix={view.codePrefix} />
      <BulkActions {...view} selected={selected} onReset={() => setSelected(0)} />
    </form>
  )
}

// With nothing marked, the key works on the row under the cursor.
function markCursor(event: FormEvent<HTMLFormElement>) {
  const form = event.currentTarget
  if (form.querySelector('input[name=code]:checked')) return
  const box = form.querySelector<HTMLInputElement>('tr.is-cursor input[name=code]')
  if (box) box.checked = true
}

function keysOf(t: ReturnType<typeof useT>, { acts }: QueuePage) {
  return [
    { keys: ['J', 'K'], does: t('desk.keys.move') },
    { keys: ['Enter'], does: t('desk.keys.open') },
    { keys: ['X'], does: t('desk.keys.select') },
    { keys: ['A'], does: t('work.keys.selectAll') },
    ...(acts.accept ? [{ keys: ['T'], does: t('desk.keys.accept') }] : []),
    { keys: ['G'], does: t('work.keys.bulkMore') },
    { keys: ['/'], does: t('desk.keys.find') },
  ]
}

function Filters({ view }: { view: QueuePage }) {
  const t = useT()
  const { filter, chips, procedures, labels, assignees } = view
  const select = (
    name: keyof QueueFilter,
    label: string,
    options: readonly (readonly [string, string])[],
  ) => <FilterSelect name={name} label={label} value={filter[name]} options={options} />
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
      {select('procedure', t('desk.queue.filterProcedure'), Object.entries(procedures))}
      {select(
        'due',
        t('desk.queue.filterDue'),
        (['overdue', 'today', 'later'] as const).map((each) => [each, t(`desk.queue.${each}Only`)]),
      )}
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
      <details className="filters__more" open={Boolean(filter.channel || filter.assignee || filter.label)}>
        <summary>{t('work.filter.more')}</summary>
        <div>
          {select(
            'channel',
            t('desk.queue.filterChannel'),
            (['online', 'direct', 'post'] as const).map((each) => [each, t(`desk.channel.${each}`)]),
          )}
          {select('assignee', t('work.filter.assignee'), [
            ['me', t('work.filter.me')],
            ['none', t('work.filter.nobody')],
            ...assignees.map(({ value, label }) => [value, label] as const),
          ])}
          {labels.length > 0 &&
            select(
              'label',
              t('work.filter.label'),
              labels.map(({ id, name }) => [id, name] as const),
            )}
          {select(
            'sort',
            t('work.filter.sort'),
            (['due', 'oldest', 'newest'] as const).map((each) => [each, t(`work.filter.sorts.${each}`)]),
          )}
        </div>
      </details>
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
        {name !== 'sort' && (
          <option value="">
            {label}: {t('desk.queue.any').toLowerCase()}
          </option>
        )}
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {name === 'sort' ? `${label}: ${text}` : text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Pages({ firstHref, nextHref }: { firstHref?: string; nextHref?: string }) {
  const t = useT()
  if (!firstHref && !nextHref) return null
  return (
    <nav className="pages" aria-label={t('web.table.pages')}>
      {firstHref && <a href={firstHref}>{t('work.pages.first')}</a>}
      {nextHref && <a href={nextHref}>{t('work.pages.next')}</a>}
    </nav>
  )
}
