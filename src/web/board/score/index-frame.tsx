import type { ReactNode } from 'react'
import { Enhance, Main } from '../../ui/frame'
import { Title } from '../../ui/title'
import { useIndexCrumbs } from '../behind-frame'
import { AskProblems, BoardHead } from '../board-head'
import { boardHref } from '../board-query'
import type { BoardPage } from '../board-source'
import type { HeadView } from '../head.view'
import { indexPath } from './score.links'
import { ScoreNav } from './score-frame'

/** A page of the index in its frame: where it stands, what was wrong with what it was asked, and its head. */
export function IndexFrame({
  of: { view, choices, top },
  title,
  place,
  lead,
  path,
  below,
  live,
  said,
  children,
}: {
  of: BoardPage<HeadView>
  title: string
  /** Where the figures are of, where they are of one place. */
  place?: string
  lead: string
  path: string
  /** It is reached from the index, not from the row of pages. */
  below?: boolean
  /** Version of the figures; the page asks for newer ones while it is open. */
  live?: number
  /** Said after the time of the figures. */
  said?: ReactNode
  children: ReactNode
}) {
  const { ask } = view
  const [figures, index] = useIndexCrumbs(boardHref(indexPath, ask))
  const crumbs = below ? [figures, index] : [figures]
  const listens =
    live === undefined ? {} : { id: 'so-lieu', 'data-version': live, 'data-live': '/so-lieu/su-kien' }
  return (
    <Main crumbs={ask.wall ? undefined : crumbs}>
      <Title>{place ? `${title}, ${place}` : title}</Title>
      <AskProblems view={view} />
      {!ask.wall && <ScoreNav current={below ? indexPath : path} ask={ask} />}
      <div className="board score" {...listens}>
        <BoardHead {...{ view, title, lead, path, choices, top }}>{said}</BoardHead>
        {children}
      </div>
      {live !== undefined && <Enhance name="live-figures" />}
    </Main>
  )
}
