import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { openPast } from 'motcua/modules/changes'
import { data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { refusalText } from '../../desk/acting'
import { LinkAction } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { SummaryList } from '../../ui/summary-list'
import { Empty, Table } from '../../ui/table'
import { ChangeFrame } from '../change/frame'
import styles from '../compare/compare.css?url'
import { changeOf } from '../studio-source'
import { openedView } from './opened-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** One past dossier under the rules before and after, with its people blacked out. Each opening is journalled. */
export async function loader(args: LoaderFunctionArgs) {
  const studio = await changeOf(args)
  const { page, officer, change, frame } = studio
  const { app, now, locale } = page
  const asked = { change, code: args.params.code ?? '', locale }
  const opened = await openPast(officer, asked, { db: app.db, now, wake: () => app.wake() })
  if (!isRefusal(opened)) return { frame, problem: null, dossier: await openedView(studio, opened) }
  if (opened.kind === 'not-found' || opened.kind === 'forbidden')
    throw data(null, { status: httpStatus[opened.kind] })
  return { frame, problem: refusalText(opened, locale), dossier: null }
}

export default function OpenedPast() {
  const t = useT()
  const { frame, problem, dossier } = useLoaderData<typeof loader>()
  return (
    <ChangeFrame frame={frame} page="replay">
      <LinkAction href={`/thiet-ke/thay-doi/${frame.id}/chay-lai`} icon="chevron-left" small>
        {t('replay.opened.back')}
      </LinkAction>
      {problem && <Notice tone="warn" title={problem} />}
      {dossier && <Opened dossier={dossier} />}
    </ChangeFrame>
  )
}

type Shown = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['dossier']>

function Opened({ dossier }: { dossier: Shown }) {
  const t = useT()
  return (
    <>
      <h2>
        {t('replay.opened.title')} <span className="code">{dossier.code}</span>
      </h2>
      <Notice icon="eye" title={t('replay.opened.blacked')}>
        {t('replay.opened.kept')}
      </Notice>
      <SummaryList rows={dossier.facts} />
      <section aria-labelledby="khac">
        <h3 id="khac">{t('replay.table.says')}</h3>
        {dossier.says.length === 0 ? (
          <Empty title={t('replay.opened.same')} />
        ) : (
          <ul className="studio__list">
            {dossier.says.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </section>
      <Compared dossier={dossier} />
      <Decides dossier={dossier} />
      <Answers dossier={dossier} />
    </>
  )
}

function Compared({ dossier }: { dossier: Shown }) {
  const t = useT()
  return (
    <section aria-labelledby="truoc-sau">
      <h3 id="truoc-sau">{t('replay.opened.compared')}</h3>
      <Table
        caption={t('replay.opened.compared')}
        hideCaption
        stack
        rows={dossier.compared}
        rowKey={({ what }) => what}
        columns={[
          { key: 'what', title: t('replay.opened.what'), heading: true, cell: ({ what }) => what },
          { key: 'before', title: t('replay.compare.before'), cell: ({ before }) => before },
          {
            key: 'after',
            title: t('replay.compare.after'),
            cell: ({ after, differs }) => (differs ? <strong>{after}</strong> : t('replay.opened.asBefore')),
          },
        ]}
      />
    </section>
  )
}

function Decides({ dossier }: { dossier: Shown }) {
  const t = useT()
  if (dossier.deciding.length === 0) return null
  return (
    <section aria-labelledby="vi-sao">
      <h3 id="vi-sao">{t('replay.opened.why')}</h3>
      <Table
        caption={t('replay.opened.why')}
        hideCaption
        stack
        rows={dossier.deciding}
        rowKey={({ kind, what }) => `${kind} ${what}`}
        columns={[
          { key: 'what', title: t('replay.opened.rule'), heading: true, cell: ({ what }) => what },
          { key: 'kind', title: t('replay.table.kinds'), cell: ({ kind }) => kind },
          { key: 'before', title: t('replay.compare.before'), cell: ({ before }) => before },
          { key: 'after', title: t('replay.compare.after'), cell: ({ after }) => after },
        ]}
      />
    </section>
  )
}

function Answers({ dossier }: { dossier: Shown }) {
  const t = useT()
  return (
    <section aria-labelledby="tra-loi">
      <h3 id="tra-loi">{t('replay.opened.answers')}</h3>
      <SummaryList
        rows={dossier.answers.map(({ label, text, decides }) => ({
          label: decides ? `${label} (${t('replay.opened.decides')})` : label,
          text: text ?? <Bar />,
        }))}
      />
    </section>
  )
}

/** A bar where something is blacked out; its width tells nothing. */
function Bar() {
  const t = useT()
  return (
    <span className="blacked-out">
      <span className="vh">{t('replay.opened.bar')}</span>
    </span>
  )
}
