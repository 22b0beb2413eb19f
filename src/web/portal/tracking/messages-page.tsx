import { isId } from 'motcua/kernel/ids'
import { type Message, markRead, messagesOf } from 'motcua/modules/notifications'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import { Moment } from '../../ui/texts'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'

const onPage = 30

interface Loaded {
  items: Pick<Message, 'id' | 'dossierCode' | 'href' | 'kind' | 'text' | 'createdAt' | 'readAt'>[]
  older: string | null
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const { app } = pageContext(args)
  const { personId } = personOnly(args)
  const before = args.url.searchParams.get('truoc')
  const given = before !== null && !Number.isNaN(Date.parse(before)) ? { before } : {}
  const found = await messagesOf(app.db.pool, personId, { limit: onPage, ...given })
  return {
    items: found.map(({ id, dossierCode, href, kind, text, createdAt, readAt }) => ({
      id,
      dossierCode,
      href,
      kind,
      text,
      createdAt,
      readAt,
    })),
    older: found.length === onPage ? found.at(-1)!.createdAt : null,
  }
}

/** One message, or without a name all of them, is marked as read. */
export async function action(args: ActionFunctionArgs) {
  const { app, now } = pageContext(args)
  const { personId } = personOnly(args)
  const form = await args.request.formData()
  const id = form.get('id')
  const ids = typeof id === 'string' && isId(id) ? [id] : ('all' as const)
  await markRead(app.db.pool, personId, { ids, now })
  return redirect(ids === 'all' ? '/thong-bao' : pageOf(form))
}

// Where the message just read is dealt with.
function pageOf(form: FormData): string {
  const code = form.get('code')
  if (typeof code === 'string' && code !== '') return `/ho-so/${encodeURIComponent(code)}`
  return form.get('page') === bookings ? bookings : '/thong-bao'
}

const bookings = '/hen'

export default function MessagesPage({ loaderData: { items, older } }: { loaderData: Loaded }) {
  const t = useT()
  const anyUnread = items.some(({ readAt }) => readAt === null)
  return (
    <Main
      crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }, { label: t('tracking.messages.title') }]}
    >
      <Title>{t('tracking.messages.title')}</Title>
      <h1>{t('tracking.messages.title')}</h1>
      <p className="lead mt-3">{t('tracking.messages.lead')}</p>
      <div className="mt-5 max-w-3xl">
        {items.length === 0 && (
          <Empty title={t('tracking.messages.none')} icon="message-square">
            <p>{t('tracking.messages.noneText')}</p>
          </Empty>
        )}
        {anyUnread && (
          <form method="post" className="mb-4">
            <Button kind="second" size="small">
              {t('tracking.messages.readAll')}
            </Button>
          </form>
        )}
        <ul className="rows">
          {items.map((message) => (
            <MessageLine key={message.id} message={message} />
          ))}
        </ul>
        {older && (
          <p className="mt-4">
            <LinkAction href={`?truoc=${encodeURIComponent(older)}`} icon="arrow-right">
              {t('tracking.messages.older')}
            </LinkAction>
          </p>
        )}
      </div>
    </Main>
  )
}

function MessageLine({ message }: { message: Loaded['items'][number] }) {
  const t = useT()
  return (
    <li className="message">
      <p className="message__head">
        <b>{t(`notifications.kind.${message.kind}`)}</b>
        {message.readAt === null && <StateTag state="info">{t('tracking.messages.unread')}</StateTag>}
        <span className="small faint num">
          <Moment value={message.createdAt} />
        </span>
      </p>
      <p className="message__text">{message.text}</p>
      {/* Opening a message reads it, so it is a post: a link that a browser fetches ahead would read it too. */}
      <form method="post">
        <input type="hidden" name="id" value={message.id} />
        <input type="hidden" name="code" value={message.dossierCode} />
        <input type="hidden" name="page" value={message.href ?? ''} />
        <button type="submit" className="message__open">
          {t('tracking.messages.open')}
          <span className="vh"> {message.dossierCode}</span>
        </button>
      </form>
    </li>
  )
}
