import { findMessage, messages } from 'motcua/kernel/i18n'
import { isId } from 'motcua/kernel/ids'
import { readRun } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { LinkButton } from '../ui/button'
import { timeText } from '../ui/format'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'

interface Line {
  code: string
  why: string
}

/** What became of each dossier of an act on many; to anybody but who did it there is no such page. */
export async function loader(args: LoaderFunctionArgs) {
  const { app, locale } = pageContext(args)
  const officer = officerOf(args)
  const t = messages(locale)
  const id = args.params.run ?? ''
  const run = isId(id) ? await readRun(app.db.pool, id) : undefined
  if (run?.officerId !== officer.officerId) throw data(null, { status: 404 })
  const lines = (wanted: boolean): Line[] =>
    run.outcomes
      .filter(({ done }) => done === wanted)
      .map(({ code, refusal, details }) => ({
        code,
        why: refusal === null ? '' : refusalText({ code: refusal, details }, locale),
      }))
  const what = findMessage(locale, `desk.act.${run.command}`) ?? run.command
  const [done, refused] = [lines(true), lines(false)]
  return {
    lead: t('work.bulk.lead', {
      ...{ what, time: timeText(run.startedAt) },
      ...{ done: done.length, all: done.length + refused.length },
    }),
    done,
    refused,
  }
}

export default function BulkRunPage() {
  const t = useT()
  const { lead, done, refused } = useLoaderData<typeof loader>()
  return (
    <DeskPage keys={[{ keys: ['Q'], does: t('desk.keys.back') }]}>
      <Title>{t('work.bulk.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('work.bulk.title')}</h1>
          <p>{lead}</p>
          <p>
            <LinkButton href="/can-bo/viec" kind="second" icon="arrow-left" hotkey="Q">
              {t('work.bulk.back')}
            </LinkButton>
          </p>
        </div>
        {done.length + refused.length === 0 && <p className="pane__empty">{t('work.bulk.nothing')}</p>}
        <Lines title={t('work.bulk.refusedGroup')} lines={refused} />
        <Lines title={t('work.bulk.doneGroup')} lines={done} />
      </main>
    </DeskPage>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly Line[] }) {
  const t = useT()
  if (lines.length === 0) return null
  const link = { key: 'code', title: t('web.desk.code'), heading: true }
  return (
    <section className="pane__part">
      <h2>
        {title} <span className="count">{lines.length}</span>
      </h2>
      <Table
        caption={title}
        hideCaption
        stack
        rows={lines}
        rowKey={({ code }) => code}
        columns={[
          { ...link, cell: ({ code }) => <a href={`/can-bo/ho-so/${code}`}>{code}</a> },
          ...(lines.some(({ why }) => why)
            ? [{ key: 'why', title: t('work.bulk.why'), cell: ({ why }: Line) => why }]
            : []),
        ]}
      />
    </section>
  )
}
