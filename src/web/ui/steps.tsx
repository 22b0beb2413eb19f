import { Icon } from './icon'
import { useT } from './shell'

export interface Step {
  key: string
  title: string
  state: 'done' | 'now' | 'todo'
  /** "3 câu, đang làm" */
  note?: string
  href?: string
}

const stateKey = { done: 'web.form.done', now: 'web.form.doing', todo: 'web.form.todo' } as const

/** How far a form has come, above its page. */
export function Steps({ steps, savedAt }: { steps: readonly Step[]; savedAt?: string }) {
  const t = useT()
  const now = steps.findIndex(({ state }) => state === 'now')
  return (
    <nav className="steps" aria-label={t('web.form.progress')}>
      <p className="steps__now">
        <span>
          <b>{t('web.form.step', { now: now + 1, all: steps.length })}</b> {steps[now]?.title}
        </span>
        <span data-saved={t('web.form.saved', { time: '{time}' })} role="status">
          {savedAt && (
            <>
              <Icon name="circle-check" /> {t('web.form.saved', { time: savedAt })}
            </>
          )}
        </span>
      </p>
      <ol className="steps__bar">
        {steps.map(({ key, title, state }) => (
          <li key={key} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="vh">
              {title}, {t(stateKey[state])}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const partIcon = { done: 'circle-check', now: 'circle-dot', todo: 'circle-dashed' } as const

/** The same parts as a list at the side. */
export function Parts({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="parts">
      {steps.map(({ key, title, state, note, href }) => (
        <li key={key} className={state}>
          <Icon name={partIcon[state]} />
          <span>
            {href ? <a href={href}>{title}</a> : state === 'todo' ? title : <b>{title}</b>}
            {note && <small>{note}</small>}
          </span>
        </li>
      ))}
    </ol>
  )
}
