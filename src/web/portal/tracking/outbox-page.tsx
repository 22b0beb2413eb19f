import { outbox } from 'motcua/modules/notifications'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Main, SampleTag } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useT } from '../../ui/shell'
import { Empty } from '../../ui/table'
import { Title } from '../../ui/title'
import { type OutboxLine, outboxView } from './outbox.view'

export async function loader(args: LoaderFunctionArgs): Promise<{ lines: OutboxLine[] }> {
  const { app, demonstration, locale } = pageContext(args)
  // Messages of real people are theirs alone.
  if (!demonstration) throw data(null, { status: 404 })
  return { lines: outboxView(await outbox(app.db.pool, { limit: 40 }), locale) }
}

export default function OutboxPage({ loaderData: { lines } }: { loaderData: { lines: OutboxLine[] } }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.outbox.title') }]}>
      <Title>{t('tracking.outbox.title')}</Title>
      <h1>{t('tracking.outbox.title')}</h1>
      <p className="lead mt-3">{t('tracking.outbox.lead')}</p>
      <p className="mt-3">
        <SampleTag />
      </p>
      <div className="handset mt-5">
        {lines.length === 0 ? (
          <Empty title={t('tracking.outbox.none')} icon="smartphone">
            <p>{t('tracking.outbox.noneText')}</p>
          </Empty>
        ) : (
          <ol className="handset__list">
            {lines.map((line) => (
              <Bubble key={line.id} line={line} />
            ))}
          </ol>
        )}
      </div>
    </Main>
  )
}

function Bubble({ line }: { line: OutboxLine }) {
  const t = useT()
  return (
    <li className={`bubble bubble--${line.kind}`}>
      <p className="bubble__head">
        <Icon name={line.kind === 'sms' ? 'message-square' : 'mail'} />
        <b>{line.kind === 'sms' ? t('tracking.outbox.sender') : line.subject}</b>
        <span className="vh">({t(`tracking.outbox.${line.kind}`)})</span>
      </p>
      <p className="bubble__text">{line.text}</p>
      <p className="bubble__foot">
        <span className="num">{line.at}</span> · {line.to} · {t(`notifications.state.${line.state}`)}
        {line.cost && ` · ${line.cost}`}
      </p>
      <p className="bubble__foot">
        <a href={line.href}>
          {line.code ? t('tracking.messages.open') : t('tracking.outbox.page')}{' '}
          <span className="code">{line.code}</span>
        </a>
      </p>
    </li>
  )
}
