import { isRefusal } from 'motcua/kernel/errors'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { LinkAction, LinkButton } from '../../ui/button'
import { Door } from '../../ui/door'
import { Main, signInPath } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { Qr } from '../../ui/qr'
import { useT } from '../../ui/shell'
import { StateTag, Tag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import { More, Timeline, WhyThisDate } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { findPublicStatus } from './look-up'
import { retryAfterHeaders, tooMany, waitBeforeTry } from './lookup-limits'
import { PublicStatusCard } from './public-status'
import type { PublicStatusView } from './public-status.view'
import { type Fact, type StatusView, statusView } from './status.view'
import { statusFacts } from './status-source'
import { TooManyTries } from './too-many-tries'

/** What the applicant did on the page before this one. */
type JustDone = 'supplemented' | 'withdrawn'

type Loaded =
  | { kind: 'mine'; status: StatusView; justDone: JustDone | null }
  | { kind: 'public'; status: PublicStatusView }
  | { kind: 'wait'; seconds: number }

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const code = args.params.code ?? ''
  const secret = args.url.searchParams.get('m')
  const view = await page.app.dossiers.view(page.actor, code)
  if (!isRefusal(view)) {
    const facts = await statusFacts(page.app, view, page.now, page.locale)
    return data<Loaded>({
      kind: 'mine',
      status: statusView(facts, page.locale),
      justDone: justDone(args.url, view.dossier.state),
    })
  }
  if (secret !== null) return withSecret(args, code, secret)
  // Signed out, every code asks for sign-in, known or not; signed in, somebody else's dossier does not exist.
  if (page.actor.kind === 'anonymous') throw redirect(signInPath(args.url.pathname))
  throw data(null, { status: 404 })
}

// An address can be kept or passed on: the notice stands only while it is still true.
function justDone({ searchParams }: URL, state: string): JustDone | null {
  if (searchParams.has('da-rut') && state === 'withdrawn') return 'withdrawn'
  return searchParams.has('da-bo-sung') && state !== 'awaiting-supplement' ? 'supplemented' : null
}

async function withSecret(args: LoaderFunctionArgs, code: string, secret: string) {
  const page = pageContext(args)
  const seconds = waitBeforeTry({ address: page.address }, page.now)
  if (seconds !== null) return data<Loaded>({ kind: 'wait', seconds }, tooMany(seconds))
  // Four digits are for the form, which counts tries of each code.
  const status = secret.length >= 8 ? await findPublicStatus(page, code, secret) : undefined
  if (status === undefined) throw data(null, { status: 404 })
  return data<Loaded>({ kind: 'public', status })
}

export const headers = retryAfterHeaders

export default function StatusPage({ loaderData }: { loaderData: Loaded }) {
  const t = useT()
  if (loaderData.kind === 'wait') return <TooManyTries seconds={loaderData.seconds} />
  if (loaderData.kind === 'public')
    return (
      <Main
        crumbs={[{ label: t('tracking.lookup.title'), href: '/tra-cuu' }, { label: loaderData.status.code }]}
      >
        <Title>{loaderData.status.code}</Title>
        <h1>{t('tracking.lookup.title')}</h1>
        <div className="mt-5 max-w-3xl">
          <PublicStatusCard status={loaderData.status} />
        </div>
      </Main>
    )
  return <Status status={loaderData.status} justDone={loaderData.justDone} />
}

function Status({ status, justDone }: { status: StatusView; justDone: JustDone | null }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }, { label: status.title }]}>
      <Title>{status.title}</Title>
      {status.deskHref && (
        <p className="mb-4 small">
          {t('tracking.officerView')} <a href={status.deskHref}>{t('tracking.officerDesk')}</a>
        </p>
      )}
      <h1>{status.title}</h1>
      <p className="soft mt-2">
        {t('tracking.codeLine')} <b className="code">{status.code}</b> ·{' '}
        <span className="num">{status.filed}</span>
      </p>
      {justDone && (
        <div className="mt-5">
          <Notice tone="ok" role="status" title={t(`tracking.done.${justDone}`)}>
            {t(`tracking.done.${justDone}Text`)}
          </Notice>
        </div>
      )}
      <div className="two mt-5">
        <div>
          {status.ask ? <Ask status={status} ask={status.ask} /> : <Now status={status} />}
          <section className="section" aria-labelledby="duong-di">
            <h2 id="duong-di" className="mb-5">
              {t('tracking.way')}
            </h2>
            <Timeline steps={status.steps.map(toTimelineStep)} />
          </section>
          <Sent status={status} />
        </div>
        <Side status={status} />
      </div>
    </Main>
  )
}

const toTimelineStep = ({ key, state, title, lines }: StatusView['steps'][number]) => ({
  key,
  state,
  title,
  lines: lines.map(({ text, link }) =>
    link ? (
      <>
        {text} · <a href={link.href}>{link.label}</a>
      </>
    ) : (
      text
    ),
  ),
})

function Now({ status }: { status: StatusView }) {
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
        </span>
      </p>
      <Facts facts={status.facts} />
      {status.main && (
        <div className="btn-row mt-5">
          <LinkButton href={status.main.href} icon="file-check">
            {status.main.label}
          </LinkButton>
        </div>
      )}
      {status.why && (
        <div className="why-box">
          <WhyThisDate title={status.why.title} lines={status.why.lines.map((text) => ({ text }))} />
        </div>
      )}
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

function Ask({ status, ask }: { status: StatusView; ask: NonNullable<StatusView['ask']> }) {
  const t = useT()
  return (
    <section className="door ask" aria-labelledby="bo-sung">
      <p className="now__say">
        <StateTag state={status.tag.state}>{status.tag.text}</StateTag>
        <StateTag state="paused">{t('tracking.paused')}</StateTag>
      </p>
      <h2 id="bo-sung">{ask.title}</h2>
      <p className="soft mt-2">
        {ask.lead} {ask.note}
      </p>
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
      {status.why && (
        <div className="why-box">
          <WhyThisDate title={status.why.title} lines={status.why.lines.map((text) => ({ text }))} />
        </div>
      )}
    </section>
  )
}

function Sent({ status }: { status: StatusView }) {
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

function Side({ status }: { status: StatusView }) {
  const t = useT()
  const { withdraw, rate, again } = status.links
  return (
    <aside className="stack-l">
      <section>
        <h2 className="side">{t('tracking.papers')}</h2>
        {status.papers.length === 0 ? (
          <p className="small soft">{t('tracking.papersNone')}</p>
        ) : (
          <ul className="rows small">
            {status.papers.map(({ href, title, at }) => (
              <li key={href}>
                <a className="rows__link" href={href}>
                  <span>
                    <b>{title}</b>
                    <small>
                      <span className="num">{at}</span> · {t('tracking.pdf')}
                    </small>
                  </span>
                  <Icon name="download" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      {status.fees.length > 0 && (
        <section>
          <h2 className="side">{t('tracking.fees')}</h2>
          <ul className="rows small">
            {status.fees.map(({ name, text }) => (
              <li key={name} className="res">
                <span>{name}</span>
                <b className="num">{text}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="side">{t('tracking.ask2')}</h2>
        <p className="small soft">
          {status.office.name}, {status.office.opening}.
        </p>
        {status.office.phone && (
          <LinkAction href={`tel:${status.office.phone.replaceAll(/[^+\d]/g, '')}`} icon="phone">
            <span className="num">{status.office.phone}</span>
          </LinkAction>
        )}
      </section>
      <section>
        <h2 className="side">{t('tracking.other')}</h2>
        <ul className="fields">
          {rate && <SideLink href={rate} icon="star" label={t('tracking.rate')} />}
          {again && <SideLink href={again} icon="rotate-cw" label={t('tracking.again')} />}
          <SideLink href="#da-gui" icon="file-text" label={t('tracking.seeSent')} />
          {withdraw && <SideLink href={withdraw} icon="undo-2" label={t('tracking.withdraw')} />}
        </ul>
      </section>
      {status.qr && (
        <section>
          <h2 className="side">{t('tracking.qrTitle')}</h2>
          <p className="small soft mb-2">{t('tracking.qrText')}</p>
          <Qr text={status.qr.text} label={t('tracking.qrLabel', { code: status.code })} />
          <p className="small code mt-2">{t('tracking.secret', { secret: status.qr.secret })}</p>
        </section>
      )}
    </aside>
  )
}

function SideLink({
  href,
  icon,
  label,
}: {
  href: string
  icon: Parameters<typeof Icon>[0]['name']
  label: string
}) {
  return (
    <li>
      <a href={href}>
        <Icon name={icon} />
        {label}
      </a>
    </li>
  )
}
