import { dateOfLaw } from 'motcua/kernel/time'
import { findDefinition, findIndexSet } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { LinkAction } from '../../ui/button'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { ScoreNav } from '../score/score-frame'
import { type FigureView, figureView } from './library.view'

export async function loader(args: LoaderFunctionArgs) {
  const { app, locale, now } = pageContext(args)
  const definition = await findDefinition(args.params.key ?? '')
  if (!definition) throw data(null, { status: 404 })
  const set = await findIndexSet(app.db, { on: dateOfLaw(now) })
  return figureView(definition, set, locale)
}

/** What one figure means: words, formula, both numbers, source, rule, who answers for it. */
export default function FigurePage({ loaderData: view }: { loaderData: FigureView }) {
  const t = useT()
  return (
    <Main
      crumbs={[
        { label: t('web.nav.figures'), href: '/so-lieu' },
        { label: t('library.title'), href: '/so-lieu/thu-vien' },
      ]}
    >
      <Title>{view.name}</Title>
      <ScoreNav current="/so-lieu/thu-vien" />
      <div className="board library">
        <h1>{view.name}</h1>
        <p className="lead">{view.words}</p>
        <SummaryList rows={view.rows} />
        <p className="library__links no-print">
          {view.boardHref && (
            <LinkAction href={view.boardHref} icon="table">
              {t('library.board')}
            </LinkAction>
          )}
          <LinkAction href={`/api/board/figures/${view.key}`} icon="download">
            {t('library.json')}
          </LinkAction>
          <LinkAction href="/so-lieu/thu-vien" icon="arrow-left">
            {t('library.back')}
          </LinkAction>
        </p>
      </div>
    </Main>
  )
}
