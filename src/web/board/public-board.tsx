import type { LoaderFunctionArgs, MiddlewareFunction } from 'react-router'
import { data } from 'react-router'
import { LinkAction } from '../ui/button'
import { Enhance, Main } from '../ui/frame'
import { useShell, useT } from '../ui/shell'
import { Title } from '../ui/title'
import type { BoardView } from './board.view'
import { cachedBoard } from './board-cache'
import { AskProblems, BoardHead } from './board-head'
import { BoardHeat, BoardMiddle, BoardNotes, BoardTables, BoardTop, ThreeQuestions } from './board-parts'
import { boardHref } from './board-query'
import type { Choice } from './board-source'
import { openBoard } from './open-board'
import { ScoreNav } from './score/score-frame'

interface PublicBoard {
  view: BoardView
  choices: Choice[]
  top: Choice
  /** An officer who answers for this authority may go on to its dossiers. */
  mayOpen: boolean
}

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export async function loader(args: LoaderFunctionArgs) {
  const { view, choices, top, mayOpen } = await openBoard(args, '/so-lieu')
  const status = view.ask.problems.length > 0 ? 422 : 200
  return data({ view, choices, top: { ...top, code: '' }, mayOpen } satisfies PublicBoard, { status })
}

export default function PublicBoardPage({ loaderData }: { loaderData: PublicBoard }) {
  const t = useT()
  const { person } = useShell()
  const { view, choices, top, mayOpen } = loaderData
  return (
    <Main crumbs={view.ask.wall ? undefined : [{ label: t('web.nav.figures') }]}>
      <Title>{`${t('board.title')}, ${view.place}`}</Title>
      <AskProblems view={view} />
      {!view.ask.wall && <ScoreNav current="/so-lieu" ask={view.ask} />}
      <div className="board" id="so-lieu" data-version={view.version} data-live="/so-lieu/su-kien">
        <BoardHead
          view={view}
          title={t('board.title')}
          lead={t('board.lead', { place: view.place })}
          path={view.path}
          {...{ choices, top }}
        >
          <a href="#chat-luong">{t('board.asAt.notes', { count: view.notes.length })}</a>
        </BoardHead>
        {person.kind === 'officer' && mayOpen && (
          <p className="no-print">
            <LinkAction href={boardHref('/bang', view.ask)} icon="users">
              {t('board.titleInside')}
            </LinkAction>
          </p>
        )}
        <BoardTop view={view} />
        <BoardMiddle view={view} />
        <ThreeQuestions view={view} />
        <BoardHeat view={view} />
        <BoardTables view={view} />
        <BoardNotes view={view} />
      </div>
      <Enhance name="live-figures" />
    </Main>
  )
}
