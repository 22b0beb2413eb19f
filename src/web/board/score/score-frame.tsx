import { LinkAction } from '../../ui/button'
import { useT } from '../../ui/shell'
import { NoteList } from '../board-head'
import { type BoardAsk, boardHref } from '../board-query'
import {
  boardPath,
  comparePath,
  dataPath,
  embedPagePath,
  indexPath,
  mapPath,
  slidesPath,
  stepsPath,
} from './score.links'
import type { ScoreView } from './score.view'

/** The pages of figures, each a press away; from a page of figures, of the same unit, period and set. */
export function ScoreNav({ current, ask }: { current: string; ask?: BoardAsk }) {
  const t = useT()
  const of = (path: string) => (ask ? boardHref(path, ask) : path)
  const pages = [
    ['index', indexPath, of(indexPath)],
    ['dossiers', boardPath, of(boardPath)],
    ['map', mapPath, of(mapPath)],
    ['steps', stepsPath, of(stepsPath)],
    ['targets', '/so-lieu/chi-tieu', '/so-lieu/chi-tieu'],
    ['library', '/so-lieu/thu-vien', '/so-lieu/thu-vien'],
    ['data', dataPath, of(dataPath)],
  ] as const
  return (
    <nav className="snav no-print" aria-label={t('score.nav.label')}>
      {pages.map(([key, path, href]) => (
        <a key={key} href={href} aria-current={path === current ? 'page' : undefined}>
          {t(`score.nav.${key}`)}
        </a>
      ))}
    </nav>
  )
}

/** What to keep in mind about the figures. */
export function ScoreNotes({ view }: { view: ScoreView }) {
  const t = useT()
  return (
    <section className="chart" aria-labelledby="chat-luong">
      <div className="cap">
        <h2 id="chat-luong">{t('score.quality.title')}</h2>
      </div>
      <NoteList
        notes={view.notes}
        sample={{
          title: t('score.quality.demonstration'),
          text: t('score.quality.demonstrationMore'),
        }}
      />
      {view.doubts.length > 0 && (
        <>
          <h3>{t('doubts.title')}</h3>
          <p>{t('doubts.lead')}</p>
          <ul>
            {view.doubts.map(({ key, name, count, href }) => (
              <li key={key}>
                <a href={href}>{name}</a>: {count}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Taking the figures elsewhere: slides, a wall, paper, another page, a program. */
export function ScoreUse({ view }: { view: ScoreView }) {
  const t = useT()
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
        <LinkAction href={boardHref(embedPagePath, { ...view.ask, wall: false })} icon="code">
          {t('score.embed.title')}
        </LinkAction>
      </p>
    </section>
  )
}
