import { LinkAction, LinkButton } from '../../ui/button'
import { Door } from '../../ui/door'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag, Tag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import { More, WhyThisDate } from '../../ui/timeline'
import type { News } from './news.view'
import type { PersonLine } from './people.view'
import type { ReaderLine } from './readers-source'
import type { Fact, StatusView } from './status.view'

/** What changed, each in a notice that stays until it no longer matters. */
export function NewsOf({ news }: { news: readonly News[] }) {
  return news.map(({ key, tone, title, lines, link }) => (
    <Notice key={key} tone={tone} title={title}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {link && (
        <LinkAction href={link.href} icon="file-text">
          {link.label}
        </LinkAction>
      )}
    </Notice>
  ))
}

/** The door: who has it, since when, what next, when and why. */
export function Now({ status }: { status: StatusView }) {
  const t = useT()
  return (
    <Door labelledBy="luc-nay">
      <h2 className="vh" id="luc-nay">
        {t('tracking.now')}
      </h2>
      <p className="now__say">
        <StateTag state={status.tag.state}>{status.tag.text}</StateTag>
        <span>
          {status.say} {status.nothingToDo && <b>{t('tracking.nothingToDo')}</b>}
          {status.wordOfRecord && <> {status.wordOfRecord}</>}
        </span>
      </p>
      <Facts facts={status.facts} />
      {status.main && (
        <div className="btn-row mt-5">
          <LinkButton href={status.main.href} icon={status.branches ? 'pen-line' : 'file-check'}>
            {status.main.label}
          </LinkButton>
        </div>
      )}
      <Why status={status} />
    </Door>
  )
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="now__grid">
      {facts.map(({ label, text, small, large }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={large ? 'num due' : undefined}>
            {text}
            {small && <small>{small}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The one request for more, with everything it asks for. */
export function Ask({ status, ask }: { status: StatusView; ask: NonNullable<StatusView['ask']> }) {
  const t = useT()
  return (
    <section className="door ask" aria-labelledby="bo-sung">
      <p className="now__say">
        <StateTag state={status.tag.state}>{status.tag.text}</StateTag>
        <StateTag state="paused">{t('tracking.paused')}</StateTag>
      </p>
      <h2 id="bo-sung">{ask.title}</h2>
      <p className="soft mt-2">
        {ask.lead} {ask.note} {ask.answerBy}
      </p>
      {ask.newFact && <p className="mt-2">{ask.newFact}</p>}
      {ask.reason && <p className="soft mt-2">{ask.reason}</p>}
      <ol className="asks">
        {ask.items.map(({ text, about }) => (
          <li key={text}>
            <h3>{text}</h3>
            {about && (
              <div className="asks__do">
                <Tag>{about}</Tag>
              </div>
            )}
          </li>
        ))}
      </ol>
      <div className="btn-row mt-5">
        <LinkButton href={ask.href}>{t('tracking.ask.do')}</LinkButton>
      </div>
      <Why status={status} />
    </section>
  )
}

/** What was sent, folded. */
export function Sent({ status }: { status: StatusView }) {
  const t = useT()
  if (status.sent.length === 0 && status.files.length === 0) return null
  return (
    <section className="mt-6" id="da-gui">
      <More summary={t('tracking.sent')}>
        <SummaryList rows={status.sent} />
        {status.files.length > 0 && (
          <>
            <h3 className="mt-5">{t('tracking.sentFiles')}</h3>
            <ul className="fields">
              {status.files.map(({ href, name }) => (
                <li key={href}>
                  <a href={href}>
                    <Icon name="file-text" />
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </More>
    </section>
  )
}

/** Who opened the dossier, for the people it is about. */
export function Readers({ readers }: { readers: readonly ReaderLine[] }) {
  const t = useT()
  return (
    <section className="mt-6" id="ai-da-xem">
      <More summary={t('tracking.readers.title')}>
        <p className="small soft">{t('tracking.readers.text')}</p>
        {readers.length === 0 ? (
          <p className="mt-3">{t('tracking.readers.none')}</p>
        ) : (
          <ul className="readers mt-3">
            {readers.map(({ key, who, what }) => (
              <li key={key}>
                <b>{who}</b>
                <small className="soft">{what}</small>
              </li>
            ))}
          </ul>
        )}
      </More>
    </section>
  )
}

/** Money that is waited for. */
export function Obligation({
  status,
  obligation,
}: {
  status: StatusView
  obligation: NonNullable<StatusView['obligation']>
}) {
  const t = useT()
  return (
    <section className="door ask" aria-labelledby="nop-tien">
      <p className="now__say">
        <StateTag state={status.tag.state}>{status.tag.text}</StateTag>
        {obligation.paused && <StateTag state="paused">{t('tracking.paused')}</StateTag>}
      </p>
      <h2 id="nop-tien">{obligation.title}</h2>
      <p className="soft mt-2">{obligation.lead}</p>
      {obligation.why && (
        <p className="mt-2">
          <b>{t('status.obligation.why')}:</b> {obligation.why}
        </p>
      )}
      <p className="mt-4">{obligation.how}</p>
      <p className="soft mt-2">{obligation.clock}</p>
      {obligation.link && (
        <p className="mt-4">
          <LinkAction href={obligation.link.href} icon="file-text">
            {t('status.obligation.notice')}
          </LinkAction>
        </p>
      )}
      <div className="mt-5">
        <Facts facts={status.facts} />
      </div>
      <Why status={status} />
    </section>
  )
}

/** How the date moved, and how it is counted. */
function Why({ status }: { status: StatusView }) {
  const { moved, why } = status
  return (
    <>
      {moved && (
        <div className="moves">
          <h3>{moved.title}</h3>
          <ul>
            {moved.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {why && (
        <div className="why-box">
          <WhyThisDate title={why.title} lines={why.lines.map((text) => ({ text }))} />
        </div>
      )}
    </>
  )
}

/** People of a dossier, each with where they stand. */
export function PersonLines({
  id,
  title,
  lines,
}: {
  id: string
  title: string
  lines: readonly PersonLine[]
}) {
  if (lines.length === 0) return null
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="rows mt-3">
        {lines.map(({ key, name, text, tag }) => (
          <li key={key} className="res">
            <span>
              <b>{name}</b>
              <br />
              <small className="soft">{text}</small>
            </span>
            <StateTag state={tag.state}>{tag.text}</StateTag>
          </li>
        ))}
      </ul>
    </section>
  )
}
