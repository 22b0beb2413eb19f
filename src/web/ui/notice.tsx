import type { ReactNode } from 'react'
import { Icon } from './icon'
import type { IconName } from './icons'

type Tone = 'info' | 'ok' | 'warn' | 'bad' | 'plain'

const noticeIcon: Record<Tone, IconName> = {
  info: 'info',
  ok: 'circle-check',
  warn: 'clock-alert',
  bad: 'octagon-alert',
  plain: 'info',
}

/** Something to know on this page. Stays until read: nothing that matters disappears by itself. */
export function Notice({
  tone = 'info',
  icon,
  title,
  children,
  role,
}: {
  tone?: Tone
  icon?: IconName
  title: string
  children?: ReactNode
  role?: 'status' | 'alert'
}) {
  return (
    <div className={tone === 'info' ? 'notice' : `notice notice--${tone}`} role={role}>
      <Icon name={icon ?? noticeIcon[tone]} />
      <div>
        <h2>{title}</h2>
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  )
}
