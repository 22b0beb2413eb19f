import type { ReactNode } from 'react'
import { Icon } from './icon'
import { useT } from './shell'

export interface TimelineStep {
  key: string
  state: 'done' | 'now' | 'next'
  title: string
  lines?: readonly ReactNode[]
}

const markOf = { done: 'circle-check', now: 'circle-dot', next: 'circle-dashed' } as const

/** The way of a dossier: what happened, where it is, what comes. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol className="timeline">
      {steps.map(({ key, state, title, lines = [] }) => (
        <li
          key={key}
          className={state === 'done' ? undefined : state}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className="timeline__mark">
            <Icon name={markOf[state]} />
          </span>
          <h3>{title}</h3>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one step never move
            <p key={index}>{line}</p>
          ))}
        </li>
      ))}
    </ol>
  )
}

export interface WhyLine {
  text: ReactNode
  note?: string
}

/** The due date explained step by step; folded, open in print. */
export function WhyThisDate({
  lines,
  open = false,
  title,
}: {
  lines: readonly WhyLine[]
  open?: boolean
  title?: string
}) {
  const t = useT()
  return (
    <details className="more" open={open}>
      <summary>{title ?? t('web.clock.why')}</summary>
      <div>
        <ol className="why">
          {lines.map(({ text, note }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the explanation is a fixed sequence
            <li key={index}>
              <span>
                {text}
                {note && <small>{note}</small>}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </details>
  )
}

/** A part that most people do not need. */
export function More({
  summary,
  children,
  open,
}: {
  summary: ReactNode
  children: ReactNode
  open?: boolean
}) {
  return (
    <details className="more" open={open}>
      <summary>{summary}</summary>
      <div className="prose">{children}</div>
    </details>
  )
}
