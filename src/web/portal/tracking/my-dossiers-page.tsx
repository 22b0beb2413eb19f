import { listDrafts } from 'motcua/modules/dossiers'
import { unreadCount } from 'motcua/modules/notifications'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect } from 'react-router'
import { LinkAction, LinkButton } from '../../ui/button'
import { Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { type MyDossierLine, type MyDossiersView, myDossiersView } from './my-dossiers.view'
import { procedureNames } from './status-source'

interface Loaded {
  lists: MyDossiersView
  unread: number
  /** Whether the person has just said no to a dossier, which is not theirs to open any more. */
  answered: boolean
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const page = pageContext(args)
  // An officer's dossiers are on the desk; this page is for those who file.
  if (page.actor.kind === 'officer') throw redirect('/can-bo/viec')
  const person = personOnly(args)
  const pool = page.app.db.pool
  const [mine, drafts, unread] = await Promise.all([
    page.app.dossiers.mine(person),
    listDrafts(pool, person.personId),
    unreadCount(pool, person.personId),
  ])
  const procedures = await procedureNames(
    page.app,
    [...mine, ...drafts].map(({ procedureCode }) => procedureCode),
    page.locale,
  )
  return {
    lists: myDossiersView({ mine, drafts, now: page.now }, procedures, page.locale),
    unread,
    answered: args.url.searchParams.has('da-tra-loi'),
  }
}

export default function MyDossiersPage({ loaderData: { lists, unread, answered } }: { loaderData: Loaded }) {
  const t = useT()
  const { drafts, open, ended } = lists
  return (
    <Main crumbs={[{ label: t('tracking.mine.title') }]}>
      <Title>{t('tracking.mine.title')}</Title>
      <h1>{t('tracking.mine.title')}</h1>
      <p className="lead mt-3">{t('tracking.mine.lead')}</p>
      <div className="mt-5 max-w-3xl stack-l">
        {answered && (
          <Notice tone="ok" role="status" title={t('status.confirm.said')}>
            {t('status.confirm.saidText')}
          </Notice>
        )}
        {unread > 0 && (
          <Notice icon="message-square" title={t('tracking.mine.unread', { count: unread })}>
            <LinkAction href="/thong-bao">{t('tracking.messages.title')}</LinkAction>
          </Notice>
        )}
        {drafts.length + open.length + ended.length === 0 && (
          <Empty title={t('tracking.mine.none')}>
            <p>{t('tracking.mine.noneText')}</p>
            <LinkButton href="/tim">{t('tracking.mine.find')}</LinkButton>
          </Empty>
        )}
        {drafts.length > 0 && (
          <section aria-labelledby="lam-do">
            <h2 id="lam-do">{t('tracking.mine.drafts')}</h2>
            <ul className="rows mt-3">
              {drafts.map(({ href, title, when }) => (
                <li key={href}>
                  <a className="rows__link" href={href}>
                    <span>
                      <b>{title}</b>
                      <small className="num">{when}</small>
                    </span>
                    <span className="pill">
                      <Icon name="pen-line" />
                      {t('tracking.mine.go')}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Lines id="dang" title={t('tracking.mine.open')} lines={open} />
        <Lines id="xong" title={t('tracking.mine.ended')} lines={ended} />
      </div>
    </Main>
  )
}

function Lines({ id, title, lines }: { id: string; title: string; lines: readonly MyDossierLine[] }) {
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="rows mt-3">
        {lines.map((line) => (
          <li key={line.href}>
            <a className="rows__link" href={line.href}>
              <span>
                <b>{line.title}</b>
                <small>{line.about}</small>
                <small className="num">{line.when}</small>
              </span>
              <StateTag state={line.tag.state}>{line.tag.text}</StateTag>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
