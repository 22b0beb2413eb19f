import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { officerOf } from '../desk/officer'
import { LinkAction } from '../ui/button'
import { numberText } from '../ui/format'
import { Enhance, Main } from '../ui/frame'
import { Notice } from '../ui/notice'
import { useShell, useT } from '../ui/shell'
import { Title } from '../ui/title'
import type { BehindRow } from './behind.view'
import { readBehind } from './behind-source'
import { BehindTable } from './behind-table'
import type { BoardView } from './board.view'
import { AskProblems, BoardHead } from './board-head'
import { BoardHeat, BoardMiddle, BoardNotes, BoardTables, BoardTop, ThreeQuestions } from './board-parts'
import { boardHref } from './board-query'
import type { Choice } from './board-source'
import { openBoard } from './open-board'

interface InsideBoard {
  view: BoardView
  choices: Choice[]
  top: Choice
  mayOpen: boolean
  overdue: BehindRow[]
  counts: { overdue: number; awaiting: number }
}

/** For officers: the board of their own authority, with the dossiers that are overdue and who holds them. */
export async function loader(args: LoaderFunctionArgs) {
  const officer = officerOf(args)
  const page = pageContext(args)
  const { view, choices, top, mayOpen, facts } = await openBoard(
    args,
    '/bang',
    officer.posts[0]?.authorityCode,
  )
  const { inProgress, awaitingIntake, asAt } = facts.summary
  const overdue = mayOpen
    ? await readBehind(page, {
        measure: 'overdue',
        authority: view.placeCode || null,
        from: asAt.stockOn,
        to: asAt.stockOn,
      })
    : []
  const board: InsideBoard = {
    view,
    choices,
    top,
    mayOpen,
    overdue,
    counts: { overdue: inProgress.overdue, awaiting: awaitingIntake },
  }
  return data(board, { status: view.ask.problems.length > 0 ? 422 : 200 })
}

export default function InsideBoardPage({ loaderData }: { loaderData: InsideBoard }) {
  const t = useT()
  const { view, choices, top } = loaderData
  return (
    <Main
      crumbs={
        view.ask.wall
          ? undefined
          : [{ label: t('board.inside.desk'), href: '/can-bo' }, { label: t('board.titleInside') }]
      }
    >
      <Title>{`${t('board.titleInside')}, ${view.place}`}</Title>
      <AskProblems view={view} />
      <div className="board" data-version={view.version} data-live="/so-lieu/su-kien">
        <BoardHead
          view={view}
          title={t('board.titleInside')}
          lead={t('board.lead', { place: view.place })}
          path={view.path}
          {...{ choices, top }}
        >
          <a href="#chat-luong">{t('board.asAt.notes', { count: view.notes.length })}</a>
        </BoardHead>
        <BoardTop view={view} />
        <Overdue board={loaderData} />
        <BoardMiddle view={view} />
        <BoardHeat view={view} />
        <BoardTables view={view} />
        <ThreeQuestions view={view} />
        <BoardNotes view={view} />
        <p className="no-print">
          <LinkAction
            href={boardHref('/so-lieu', view.ask, { authority: view.placeCode || null })}
            icon="external-link"
          >
            {t('board.inside.public')}
          </LinkAction>
        </p>
      </div>
      <Enhance name="live-figures" />
    </Main>
  )
}

function Overdue({ board: { overdue, counts, mayOpen, view } }: { board: InsideBoard }) {
  const t = useT()
  const { locale } = useShell()
  const title =
    counts.overdue === 0
      ? t('board.inside.noOverdue')
      : t('board.inside.overdue', { count: numberText(counts.overdue, locale) })
  return (
    <section className="chart" aria-labelledby="qua-han">
      <div className="cap">
        <h2 id="qua-han">{title}</h2>
        {overdue.length > 0 && <p>{t('board.inside.overdueNote')}</p>}
      </div>
      {!mayOpen && <Notice title={t('board.inside.notYours')} />}
      {overdue.length > 0 && <BehindTable caption={t('board.inside.list')} rows={overdue} />}
      {mayOpen && (
        <p className="no-print">
          <LinkAction href={`/bang/qua-han?co-quan=${view.placeCode}`} icon="table">
            {t('overdue.nav')}
          </LinkAction>
        </p>
      )}
    </section>
  )
}
