import type { ReactNode } from 'react'
import { LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { WhyThisDate } from '../ui/timeline'
import type { DossierPageView } from './dossier.view'
import { Thread } from './thread'

type Props = { view: DossierPageView }

/** Who it is, how the clocks stand, what happened, what was issued. */
export function PersonPane({
  view,
  process,
  children,
}: Props & { process: ReactNode; children?: ReactNode }) {
  const t = useT()
  return (
    <>
      <section>
        <h2>{t('desk.dossier.person')}</h2>
        <p className="dossier__name">
          <b>{view.person.name}</b>, {view.person.note}
        </p>
        <KeyValues rows={view.person.rows} />
      </section>
      <Rows title={t('routing.organisations')} rows={view.organisations} />
      <section className="dossier__sec">
        <h2>{t('desk.dossier.clock')}</h2>
        <KeyValues rows={[...view.dates, ...view.clockRows]} />
        {view.why.length > 0 && (
          <div id="vi-sao">
            <WhyThisDate lines={view.why.map((text) => ({ text }))} />
          </div>
        )}
      </section>
      {process}
      {children}
      <Rows title={t('life.dimension.title')} rows={view.dimensions} />
      <Rows title={t('life.parties')} rows={view.parties} />
      <Opinions view={view} />
      <Rows title={t('desk.dossier.fees')} rows={view.fees} />
      <Rows title={t('life.obligations')} rows={view.obligations} />
      <Rows title={t('life.deliveries')} rows={view.deliveries} />
      {view.barred.length > 0 && (
        <section className="dossier__sec">
          <h2>{t('life.barred')}</h2>
          <p className="small">{view.barred.join(', ')}</p>
        </section>
      )}
      {view.issued.length > 0 && (
        <section className="dossier__sec">
          <h2>{t('desk.dossier.papersIssued')}</h2>
          <ul className="issued">
            {view.issued.map(({ href, title, at }) => (
              <li key={href}>
                <a href={href}>{title}</a> <span className="faint">{at}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="dossier__sec">
        <h2>{t('desk.dossier.history')}</h2>
        {view.history.map(({ day, items }) => (
          <div key={day}>
            <h3 className="log__day">{day}</h3>
            <ol className="log">
              {items.map((item) => (
                <li key={item.sequence}>
                  <time>{item.time}</time>
                  <span>
                    <b>{item.who}</b>: {item.what}
                    {item.text && <q className="log__text">{item.text}</q>}
                    {item.withheld && <i className="log__text">{t('life.withheld')}</i>}
                    {item.to.map((line) => (
                      <span key={line} className="log__to">
                        {line}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </section>
    </>
  )
}

function Rows({ title, rows }: { title: string; rows: readonly { label: string; value: string }[] }) {
  if (rows.length === 0) return null
  return (
    <section className="dossier__sec">
      <h2>{title}</h2>
      <KeyValues rows={rows} />
    </section>
  )
}

/** Who was asked and what they said; words that this reader may not see are said to be there. */
function Opinions({ view }: Props) {
  const t = useT()
  if (view.opinions.length === 0) return null
  return (
    <section className="dossier__sec">
      <h2>{t('life.opinions')}</h2>
      <ul className="opinions">
        {view.opinions.map(({ key, who, note, confidential, withheld, question, text }) => (
          <li key={key}>
            <b>{who}</b>{' '}
            {confidential && <span className="opinions__mark">{t('life.confidentialMark')}</span>}
            <small>{note}</small>
            {question && (
              <span className="log__text">
                {t('life.question')}: {question}
              </span>
            )}
            {text && <q>{text}</q>}
            {withheld && <i className="log__text">{t('life.withheld')}</i>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function KeyValues({ rows }: { rows: readonly { label: string; value: string }[] }) {
  return (
    <dl className="kv">
      {rows.map(({ label, value }) => (
        <div key={label + value}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type Declared = Pick<DossierPageView, 'openRequest' | 'thread' | 'awaitsAnswer' | 'draft' | 'sections'>

/** What the person declared, section by section, beside the papers. */
export function AnswersPane({ view }: { view: Declared }) {
  const t = useT()
  return (
    <section aria-labelledby="khai">
      <h2 id="khai">{t('desk.dossier.answers')}</h2>
      {view.openRequest.length > 0 && (
        <div className="notice notice--warn">
          <Icon name="clock-alert" />
          <div>
            <h3>{t('desk.dossier.waitingFor')}</h3>
            <ul>
              {view.openRequest.map(({ text, label }) => (
                <li key={text}>
                  {label && <b>{label}: </b>}
                  {text}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {view.thread.length > 0 && (
        <div id="trao-doi">
          <h3 className="dossier__sub">{t('life.thread.title')}</h3>
          {view.awaitsAnswer && (
            <p className="thread__waits">
              <Icon name="clock-alert" /> {t('life.thread.waiting')}
            </p>
          )}
          <Thread lines={view.thread} />
        </div>
      )}
      {view.draft.length > 0 && (
        <div>
          <h3 className="dossier__sub">{t('desk.dossier.draft')}</h3>
          <dl className="qa">
            {view.draft.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {view.sections.map(({ key, title, rows }) => (
        <div key={key}>
          <h3 className="dossier__sub">{title}</h3>
          <dl className="qa">
            {rows.map((row) => (
              <div key={row.key}>
                <dt>{row.label}</dt>
                <dd>{row.text}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}

/** One paper at a time, large; the strip below chooses, keys 1 to 9 too. */
export function ViewerPane({ view }: Props) {
  const t = useT()
  const { shown } = view
  if (!shown) return <p className="viewer__none">{t('desk.dossier.noPapers')}</p>
  return (
    <>
      <div className="viewer__bar">
        <h2>{shown.label}</h2>
        <a className="viewer__apart" href={shown.href} target="_blank" rel="noopener">
          <Icon name="external-link" />
          {t('desk.dossier.openApart')}
        </a>
        {shown.download !== shown.href && (
          <a className="viewer__apart" href={shown.download}>
            <Icon name="download" />
            {t('documents.original')}
          </a>
        )}
      </div>
      <div className="viewer__table">
        {shown.kind === 'image' && (
          <img className="viewer__image" src={shown.href} alt={`${shown.label}: ${shown.name}`} />
        )}
        {shown.kind === 'document' && (
          <iframe className="viewer__document" src={shown.href} title={shown.label} />
        )}
        {shown.kind === 'other' && (
          <div>
            <p>{t('desk.dossier.cannotShow')}</p>
            <LinkButton href={shown.download} icon="download" kind="second">
              {t('desk.dossier.download')}
            </LinkButton>
          </div>
        )}
      </div>
      <nav className="viewer__strip" aria-label={t('desk.dossier.papers')}>
        {view.papers.map((paper) => (
          <a
            key={paper.key}
            href={paper.href}
            aria-current={paper.current ? 'true' : undefined}
            data-hotkey={paper.hotkey}
          >
            <kbd>{paper.hotkey}</kbd> {paper.label}
            <br />
            {paper.note}
          </a>
        ))}
      </nav>
    </>
  )
}
