import { LinkAction } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { SampleTag } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useShell, useT } from '../../ui/shell'
import { Tabs } from '../../ui/table'
import { Chooser } from '../board-parts'
import { type BoardAsk, boardHref } from '../board-query'
import type { Choice } from '../board-source'
import { comparePath, embedPath, indexPath, slidesPath } from './score.links'
import type { ScoreView } from './score.view'

/** What every page of figures says at its top: which place and period, and of when the figures are. */
export interface HeadView {
  ask: BoardAsk
  tabs: ScoreView['tabs']
  asAt: ScoreView['asAt']
  isMoving: boolean
}

/** Heading, period, time of the figures and the choice of another unit. */
export function ScoreHead({
  view,
  title,
  lead,
  path,
  choices,
  top,
}: {
  view: HeadView
  title: string
  lead: string
  path: string
  choices: readonly Choice[]
  top: Choice
}) {
  const t = useT()
  return (
    <>
      <div className="bhead">
        <div>
          <h1>{title}</h1>
          <p className="soft bhead__lead">{lead}</p>
        </div>
        <Tabs label={t('board.period.label')} tabs={view.tabs} />
      </div>
      <p className="asat">
        <Icon name="clock" />
        <span>
          {t('board.asAt.read')}{' '}
          <b className="num">
            {view.asAt.time} {t('board.asAt.on')} {view.asAt.date}
          </b>
          . {view.isMoving && t('board.asAt.moving')} <SampleTag />
        </span>
      </p>
      <Chooser ask={view.ask} path={path} {...{ choices, top }} />
      {view.ask.wall && (
        <p className="no-print">
          <LinkAction href={boardHref(path, view.ask, { wall: false })} icon="x">
            {t('board.open.leave')}
          </LinkAction>
        </p>
      )}
    </>
  )
}

/** The pages of figures, each a press away. */
export function ScoreNav({ current }: { current: string }) {
  const t = useT()
  const pages = [
    ['index', '/so-lieu/chi-so'],
    ['dossiers', '/so-lieu'],
    ['map', '/so-lieu/ban-do'],
    ['steps', '/so-lieu/cac-buoc'],
    ['targets', '/so-lieu/chi-tieu'],
    ['library', '/so-lieu/thu-vien'],
    ['data', '/so-lieu/du-lieu-mo'],
  ] as const
  return (
    <nav className="snav no-print" aria-label={t('score.nav.label')}>
      {pages.map(([key, href]) => (
        <a key={key} href={href} aria-current={href === current ? 'page' : undefined}>
          {t(`score.nav.${key}`)}
        </a>
      ))}
    </nav>
  )
}

/** What was wrong with the address, with links to where it is put right. */
export function ScoreAddress({ view }: { view: Pick<HeadView, 'ask'> }) {
  const t = useT()
  const text = {
    period: { href: '#tu', text: t('board.choose.period') },
    authority: { href: '#co-quan', text: t('board.choose.unknownAuthority') },
  }
  return <ErrorSummary problems={view.ask.problems.map((problem) => text[problem])} />
}

/** What to keep in mind about the figures. */
export function ScoreNotes({ view }: { view: ScoreView }) {
  const t = useT()
  const { demonstration } = useShell()
  return (
    <section className="chart" aria-labelledby="chat-luong">
      <div className="cap">
        <h2 id="chat-luong">{t('score.quality.title')}</h2>
      </div>
      <ul>
        {demonstration && (
          <li className="dq">
            <Icon name="info" />
            <span>
              <b>{t('score.quality.demonstration')}</b> {t('score.quality.demonstrationMore')}
            </span>
          </li>
        )}
        {view.notes.map(({ key, tone, title, text }) => (
          <li key={key} className={tone === 'ok' ? 'dq ok' : 'dq'}>
            <Icon name={tone === 'ok' ? 'circle-check' : 'triangle-alert'} />
            <span>
              <b>{title}</b> {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Taking the figures elsewhere: slides, a wall, paper, another page, a program. */
export function ScoreUse({ view, origin }: { view: ScoreView; origin: string }) {
  const t = useT()
  const picture = boardHref(embedPath, { ...view.ask, wall: false })
  const page = boardHref(indexPath, { ...view.ask, wall: false })
  return (
    <section className="board__open no-print" aria-labelledby="dung-so">
      <h2 id="dung-so">{t('score.use.title')}</h2>
      <p>
        <LinkAction href={boardHref(slidesPath, view.ask)} icon="monitor">
          {t('score.slides.open')}
        </LinkAction>
        <LinkAction href={boardHref(indexPath, view.ask, { wall: true })} icon="monitor">
          {t('score.wall')}
        </LinkAction>
        <LinkAction href={boardHref(comparePath, view.ask)} icon="table">
          {t('score.compare.title')}
        </LinkAction>
        <LinkAction href={picture} icon="code">
          {t('score.embed.picture')}
        </LinkAction>
      </p>
      <details>
        <summary>{t('score.embed.title')}</summary>
        <p>{t('score.embed.text')}</p>
        <pre>
          <code>{`<a href="${origin}${page}"><img src="${origin}${picture}" alt="${t('score.title')}, ${view.place}" width="360" height="300"></a>`}</code>
        </pre>
      </details>
    </section>
  )
}
