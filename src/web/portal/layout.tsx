import { Outlet } from 'react-router'
import { PageShell } from '../ui/frame'

/** The frame of every portal page. */
export default function PortalLayout() {
  return (
    <PageShell>
      <Outlet />
    </PageShell>
  )
}
