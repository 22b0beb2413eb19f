import { messages } from 'motcua/kernel/i18n'
import { isId, newId } from 'motcua/kernel/ids'
import { at, dateOfLaw } from 'motcua/kernel/time'
import { findAuthority, officersOfUnit, unitsOf } from 'motcua/modules/directory'
import { mostAtOnce, readWorkload, tasksHeldBy } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { forgetAlarmCounts } from './alarm-count'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import { officerOf } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { runBulk } from './queue-bulk'
import { Line, Pick } from './queue-forms'
import { workingTimeOf } from './working-time'
import { type LoadRow, weekBegins, workloadRows } from './workload.view'

/** Where somebody directs, and the unit that is theirs to look at first: a head's own, a leader's whole authority. */
function directed({ posts }: Officer) {
  const whole = posts.filter(({ procedures }) => procedures === undefined)
  const post =
    whole.find(({ roles }) => roles.includes('leader')) ?? whole.find(({ roles }) => roles.includes('head'))
  if (post === undefined) throw data(null, { status: 403 })
  return { authority: post.authorityCode, unit: post.roles.includes('leader') ? '' : post.unitCode }
}

/** Who of a unit has how much on the desk. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { app, now, locale } = page
  const { authority, unit: own } = directed(officer)
  const asked = new URL(args.request.url).searchParams.get('bo-phan')
  const [place, units] = await Promise.all([findAuthority(app.db, authority), unitsOf(app.db, authority)])
  const unit = asked === '' ? '' : (units.find(({ unitCode }) => unitCode === asked)?.unitCode ?? own)
  const since = at(weekBegins(dateOfLaw(now)), '00:00')
  const [workload, people, minutes] = await Promise.all([
    readWorkload(app.db.pool, authority, { now, endOfToday: app.endOfToday(now), since }),
    officersOfUnit(app.db, authority, unit || undefined, dateOfLaw(now)),
    workingTimeOf(page, [authority]),
  ])
  const officers = people.map(({ officerId, name, posts }) => {
    const here = posts.filter(({ authorityCode }) => authorityCode === authority)
    return { officerId, name, title: here[0]?.title ?? '', roles: here.flatMap(({ roles }) => roles) }
  })
  const { flash, headers } = takeFlash(args.request)
  return data(
    {
      place: place?.name ?? authority,
      unit,
      units: units.map(({ unitCode, name }) => ({ value: unitCode, label: name })),
      rows: workloadRows({
        ...{ workload, officers, now, locale },
        minutes: (from, to) => minutes(authority, from, to),
      }),
      people: officers.map(({ officerId, name, title }) => ({
        value: officerId,
        label: title ? `${name}, ${title}` : name,
      })),
      run: newId(now.getTime()),
      outcome: outcomeView(flash, locale),
    },
    { headers },
  )
}

/** Moves the most urgent tasks of one officer to another, with one reason; each is asked for itself. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const moved = await move(page, officer, form)
  if ('problem' in moved) return data(moved, { status: 422 })
  forgetAlarmCounts(page.app.db)
  const { pathname, search } = new URL(args.request.url)
  return redirect(pathname + search, { headers: { 'set-cookie': flashHeader(moved.flash) } })
}

async function move(page: PageContext, officer: Officer, form: FormData) {
  const t = messages(page.locale)
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .trim()
      .slice(0, 4000)
  const [from, to, reason] = [text('from'), text('to'), text('reason')]
  const most = Number(text('most'))
  if (!from || !to) return { problem: t('work.bulk.officerMissing') }
  if (from === to) return { problem: t('work.load.same') }
  if (!Number.isInteger(most) || most < 1 || most > mostAtOnce)
    return { problem: t('work.load.howManyWrong', { most: mostAtOnce }) }
  if (!reason) return { problem: t('work.bulk.reasonMissing') }
  const { authority } = directed(officer)
  const held = await tasksHeldBy(page.app.db.pool, authority, from === 'none' ? null : from, most)
  if (held.length === 0) return { problem: t('work.load.nothing') }
  const run = text('run')
  return runBulk(page, officer, {
    id: isId(run) ? run : newId(page.now.getTime()),
    request: { command: 'reassign', officer: to, reason },
    marked: held,
  })
}

export default function WorkloadPage({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const { place, unit, units, rows, people, run, outcome } = useLoaderData<typeof loader>()
  const number = (key: 'open' | 'overdue' | 'today', title: string) => ({
    key,
    title,
    numeric: true,
    cell: (row: LoadRow) => row[key],
  })
  return (
    <DeskPage>
      <Title>{t('work.load.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('work.load.title')}</h1>
          <p className="small soft">{t('work.load.lead', { place })}</p>
          <form method="get" className="filters">
            <Pick
              name="bo-phan"
              label={t('work.load.unit')}
              options={units}
              value={unit}
              empty={t('work.load.wholePlace')}
            />
            <Button kind="second" size="small">
              {t('desk.queue.apply')}
            </Button>
          </form>
        </div>
        <Outcome outcome={outcome} />
        <NotDone problem={actionData?.problem} />
        <div className="pane__part">
          <Table
            caption={t('work.load.title')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'officer',
                title: t('work.load.columns.officer'),
                heading: true,
                cell: ({ name, title, href }) => (
                  <>
                    <a href={href}>{name}</a>
                    {title && <small className="soft block">{title}</small>}
                  </>
                ),
              },
              number('open', t('work.load.columns.open')),
              {
                ...number('overdue', t('work.load.columns.overdue')),
                cell: ({ overdue }) =>
                  overdue > 0 ? (
                    <b className="load__late">
                      <Icon name="octagon-alert" /> {overdue}
                    </b>
                  ) : (
                    0
                  ),
              },
              number('today', t('work.load.columns.today')),
              {
                key: 'finished',
                title: t('work.load.columns.finished'),
                numeric: true,
                cell: ({ finished }) => finished ?? '',
              },
              { key: 'oldest', title: t('work.load.columns.oldest'), cell: ({ oldest }) => oldest },
            ]}
          />
        </div>
        <form method="post" className="pane__acts">
          <h2>{t('work.load.move')}</h2>
          <p className="small soft">{t('work.load.moveLead')}</p>
          <input type="hidden" name="run" value={run} />
          <Pick
            name="from"
            label={t('work.load.from')}
            options={[{ value: 'none', label: t('work.load.fromNobody') }, ...people]}
          />
          <Pick name="to" label={t('work.load.to')} options={people} />
          <Line name="most" label={t('work.load.howMany')} numeric />
          <Line name="reason" label={t('work.bulk.reasonForAll')} />
          <Button name="command" value="reassign">
            {t('work.load.move')}
          </Button>
        </form>
      </main>
    </DeskPage>
  )
}
