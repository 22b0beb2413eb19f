import { Outlet } from 'react-router'
import type { RouteHandle } from '../root'
import styles from './desk.css?url'

export const handle = { hydrate: true, density: 'desk' } satisfies RouteHandle

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Every desk page runs in the browser too and wears the dense dress. */
export default function DeskLayout() {
  return <Outlet />
}
