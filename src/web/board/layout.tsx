import { Outlet } from 'react-router'
import type { RouteHandle } from '../root'
import { PageShell, SampleBar } from '../ui/frame'
import { useShell, useT } from '../ui/shell'
import styles from './board.css?url'
import libraryStyles from './library/library.css?url'
import scoreStyles from './score/score.css?url'
import { slidesPath } from './score/score.links'

export const handle = { density: 'board' } satisfies RouteHandle

export const links = () => [styles, scoreStyles, libraryStyles].map((href) => ({ rel: 'stylesheet', href }))

/** The frame of the boards: that of a public page, or on a wall screen nothing but the figures. */
export default function BoardLayout() {
  const { here } = useShell()
  const { pathname, searchParams } = new URL(here, 'http://here')
  const isWall = searchParams.get('man-hinh') === '1' || pathname === slidesPath
  if (!isWall) {
    return (
      <PageShell>
        <Outlet />
        <Source />
      </PageShell>
    )
  }
  return (
    <div className="wall">
      <SampleBar />
      <Outlet />
      <Source />
    </div>
  )
}

/** On paper: where the same figures are read anew. */
function Source() {
  const t = useT()
  const { here, origin } = useShell()
  return <p className="source num">{t('board.source', { address: `${origin}${here}` })}</p>
}
