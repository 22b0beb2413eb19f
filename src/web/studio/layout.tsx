import { Outlet } from 'react-router'
import styles from './studio.css?url'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Where officials change procedures; in the frame of the desk. */
export default function StudioLayout() {
  return <Outlet />
}
