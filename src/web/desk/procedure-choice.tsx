import { Button } from '../ui/button'
import { useT } from '../ui/shell'

export interface ProcedureChoiceView {
  q: string
  /** A code was asked for that cannot be filed here. */
  unknown: boolean
  often: { code: string; name: string; legal: string; waits: boolean }[]
  found: { code: string; name: string; legal: string; waits: boolean }[] | null
}

/** Which procedure: the ones of this counter, and a search through them. */
export function ProcedureChoice({ view }: { view: ProcedureChoiceView }) {
  const t = useT()
  const lines = view.found ?? view.often
  return (
    <div className="counter__choice">
      <h1 className="desk__title">{t('desk.counter.title')}</h1>
      <p className="small soft">{t('desk.counter.lead')}</p>
      <form method="get" className="counter__search">
        <label htmlFor="q">{t('desk.counter.find')}</label>
        <input
          className="input"
          id="q"
          name="q"
          type="search"
          defaultValue={view.q}
          autoComplete="off"
          maxLength={200}
        />
        <Button>{t('desk.find.go')}</Button>
      </form>
      <p className="hint">{t('desk.counter.findHint')}</p>
      {(view.unknown || view.found?.length === 0) && <p role="status">{t('desk.counter.nothing')}</p>}
      <h2>{t(view.found ? 'desk.counter.found' : 'desk.counter.often')}</h2>
      <ol className="counter__list">
        {lines.map(({ code, name, legal, waits }, i) => (
          <li key={code}>
            <a href={`/can-bo/tai-quay?tt=${code}`} data-hotkey={i < 9 ? String(i + 1) : undefined}>
              {i < 9 && <kbd>{i + 1}</kbd>} <b>{name}</b>
            </a>
            <span className="small soft">
              {' '}
              {code} · {legal}
              {waits && ` · ${t('desk.counter.submitWait')}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
