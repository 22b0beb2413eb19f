import { Outlet } from 'react-router'
import type { RouteHandle } from '../root'
import { PageShell, SampleBar } from '../ui/frame'
import { useShell } from '../ui/shell'
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
      </PageShell>
    )
  }
  return (
    <div className="wall">
      <SampleBar />
      <Outlet />
    </div>
  )
}
