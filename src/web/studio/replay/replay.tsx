import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { askForReplay } from 'motcua/modules/changes'
import {
  type ActionFunctionArgs,
  data,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useLoaderData,
} from 'react-router'
import { refusalText } from '../../desk/acting'
import { NotDone } from '../../desk/outcome'
import { useWatch } from '../../desk/use-watch'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Empty, Table, Tabs } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import styles from '../compare/compare.css?url'
import { changeOf } from '../studio-source'
import { openEffects } from './open'
import { askedLines, replayView } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What past dossiers would become under a change: asked for, watched, and each of them to be opened. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { kind, base } = studio.change
  const asksOpen = new URL(args.request.url).searchParams.has('dang-mo')
  return {
    frame: studio.frame,
    open: asksOpen ? await openEffects(studio) : undefined,
    possible: kind !== 'abolish' && base.procedure !== null,
    ...(await replayView(studio, askedLines(args.request))),
  }
}

interface Answer {
  said: string
}

/** Asks for a run; the worker does it. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer, change } = await changeOf(args)
  const asked = await askForReplay(page.app.db, officer, change, page.now)
  if (!isRefusal(asked)) {
    page.app.wake()
    return redirect(`/thiet-ke/thay-doi/${change.id}/chay-lai`)
  }
  return data<Answer>({ said: refusalText(asked, page.locale) }, { status: httpStatus[asked.kind] })
}

export default function StudioReplay({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { frame, possible, run } = useLoaderData<typeof loader>()
  useWatch(run?.running ?? false)
  return (
    <ChangeFrame frame={frame} page="replay" keys={[{ keys: ['R'], does: t('replay.keys.run') }]}>
      <NotDone problem={actionData?.said} />
      <p className="small soft max-w-3xl">{t('replay.lead')}</p>
      {possible ? (
        <Form method="post">
          <Button kind={run ? 'second' : 'main'} icon="rotate-cw" hotkey="R" disabled={run?.running}>
            {t(run ? 'replay.run.again' : 'replay.run.start')}
          </Button>
        </Form>
      ) : (
        <Empty title={t('replay.nothing-before')} />
      )}
      {run && <Run />}
      {possible && <Open />}
    </ChangeFrame>
  )
}

function Run() {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const run = shown.run!
  return (
    <section aria-labelledby="ket-qua">
      <h2 id="ket-qua">{t('replay.run.title')}</h2>
      <p className="small soft">{t('replay.run.asked', { at: run.at, scope: run.scope })}</p>
      {run.problem && <Notice tone="warn" title={run.problem} />}
      {run.stale && !run.problem && <Notice tone="warn" title={t('replay.run.stale')} />}
      {run.running ? (
        <p aria-live="polite">
          <label htmlFor="tien-do">{run.progress}</label>
          <progress id="tien-do" className="replay__bar" max={1} value={run.share} />
        </p>
      ) : (
        <p>
          <strong>{run.done}</strong> {run.erased}
        </p>
      )}
      {run.differing > 0 && <Lines />}
    </section>
  )
}

function Lines() {
  const t = useT()
  const { run, lines, kind, next, frame } = useLoaderData<typeof loader>()
  const at = `/thiet-ke/thay-doi/${frame.id}/chay-lai`
  const tabs = [
    { href: at, label: t('replay.kind.all'), count: run!.differing, current: kind === null },
    ...run!.counts.map((each) => ({
      href: `${at}?loai=${each.kind}`,
      label: each.label,
      count: each.count,
      current: each.kind === kind,
    })),
  ]
  const query = kind ? `?loai=${kind}` : ''
  return (
    <>
      <Tabs label={t('replay.table.filter')} tabs={tabs} />
      {lines.some(({ href }) => href === null) && <p className="small soft">{t('replay.table.closed')}</p>}
      <Table
        caption={t('replay.table.caption')}
        hideCaption
        stack
        rows={lines}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'code',
            title: t('replay.table.code'),
            heading: true,
            cell: ({ code, href }) => (href ? <a href={href}>{code}</a> : code),
          },
          { key: 'authority', title: t('replay.table.authority'), cell: ({ authority }) => authority },
          {
            key: 'says',
            title: t('replay.table.says'),
            cell: ({ says }) =>
              says.map((text) => (
                <span key={text} className="studio__note">
                  {text}
                </span>
              )),
          },
        ]}
      />
      <ButtonRow>
        {next !== null && (
          <LinkAction href={`${at}?${kind ? `loai=${kind}&` : ''}sau=${next}`} icon="arrow-right">
            {t('replay.table.next')}
          </LinkAction>
        )}
        <LinkAction href={`${at}.csv${query}`} icon="download">
          {t('replay.table.csv')}
        </LinkAction>
      </ButtonRow>
    </>
  )
}

function Open() {
  const t = useT()
  const { open, frame } = useLoaderData<typeof loader>()
  if (open === undefined)
    return (
      <LinkAction href={`/thiet-ke/thay-doi/${frame.id}/chay-lai?dang-mo=1`} icon="arrow-right">
        {t('replay.open.show')}
      </LinkAction>
    )
  return (
    <section aria-labelledby="dang-mo">
      <h2 id="dang-mo">{t('replay.open.title')}</h2>
      {open === null ? (
        <p>{t('replay.not-ready')}</p>
      ) : (
        <>
          <p className="small soft max-w-3xl">{t('replay.open.lead')}</p>
          <Table
            caption={t('replay.open.caption')}
            hideCaption
            stack
            rows={open.lines}
            rowKey={({ rule }) => rule}
            columns={[
              { key: 'rule', title: t('replay.open.which'), heading: true, cell: ({ name }) => name },
              {
                key: 'moved',
                title: t('replay.open.count'),
                numeric: true,
                cell: ({ moved, more }) => (more ? `≥ ${moved}` : moved),
              },
              {
                key: 'earlier',
                title: t('replay.open.earlier'),
                numeric: true,
                cell: ({ earlier }) => earlier,
              },
              { key: 'kept', title: t('replay.open.kept'), numeric: true, cell: ({ kept }) => kept },
              {
                key: 'stays',
                title: t('replay.open.stays'),
                cell: ({ stayed, why }) => (stayed > 0 ? why.join('; ') : '0'),
              },
            ]}
          />
          {open.missing.length > 0 && (
            <>
              <h3>{t('replay.open.missing')}</h3>
              <ul className="studio__list">
                {open.missing.map(({ code, opens, questions }) => (
                  <li key={code}>
                    {opens ? <a href={`/can-bo/ho-so/${code}`}>{code}</a> : code}: {questions}
                  </li>
                ))}
              </ul>
            </>
          )}
          <p className="small soft max-w-3xl">
            {t('replay.open.draftsText', { count: open.drafts })} {t('replay.open.note')}
          </p>
        </>
      )}
    </section>
  )
}
