import type { ReactNode } from 'react'
import { Icon } from './icon'
import type { IconName } from './icons'
import { useT } from './shell'

export type StateKind = 'waiting' | 'info' | 'ok' | 'warn' | 'bad' | 'paused'

const stateIcon: Record<StateKind, IconName> = {
  waiting: 'circle-dashed',
  info: 'info',
  ok: 'circle-check',
  warn: 'clock-alert',
  bad: 'octagon-alert',
  paused: 'circle-pause',
}

/** A state: drawing and word, never colour alone. */
export function StateTag({
  state,
  icon,
  children,
}: {
  state: StateKind
  icon?: IconName
  children?: ReactNode
}) {
  const t = useT()
  return (
    <span className={state === 'waiting' ? 'pill' : `pill pill--${state}`}>
      <Icon name={icon ?? stateIcon[state]} />
      {children ?? t(`web.state.${state}`)}
    </span>
  )
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>
}

/** How a clock stands. Time is in working minutes; `usedPercent` of the whole limit draws the bar. */
export interface ClockView {
  tone: 'ok' | 'soon' | 'late' | 'paused' | 'done'
  /** "Còn 1 ngày 3 giờ" */
  text: string
  usedPercent: number
}

const clockIcon: Record<ClockView['tone'], IconName> = {
  ok: 'clock',
  soon: 'clock-alert',
  late: 'octagon-alert',
  paused: 'circle-pause',
  done: 'circle-check',
}

/** Time left in working hours: drawing, words and bar say the same thing. */
export function ClockChip({ clock, big = false }: { clock: ClockView; big?: boolean }) {
  return (
    <span className={`clock clock--${clock.tone}${big ? ' clock--big' : ''}`}>
      <Icon name={clockIcon[clock.tone]} />
      <span>{clock.text}</span>
      <svg className="clock__bar" width="100%" height="3" aria-hidden="true">
        <rect width={`${clock.tone === 'late' ? 100 : clamp(clock.usedPercent)}%`} height="100%" />
      </svg>
    </span>
  )
}

const clamp = (percent: number) => Math.min(100, Math.max(0, Math.round(percent)))
