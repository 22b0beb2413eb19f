import { ProcessDrawing } from '../../desk/process-drawing'
import { numberText } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { hoursText, type RowDraft, type TableDraft, totalHours } from './process-editor.view'
import type { Checked, LimitLine } from './source'

/** The whole time against each limit of the procedure, as it is typed. */
export function TotalPanel({
  table,
  limits,
  change,
}: {
  table: TableDraft
  limits: readonly LimitLine[]
  change?: (name: 'receptionHours' | 'returnHours', value: string) => void
}) {
  const t = useT()
  const hours = totalHours(table)
  const box = (name: 'receptionHours' | 'returnHours', label: string) => (
    <div className="step-row__field">
      <label htmlFor={name}>{label}</label>
      <input
        className="input"
        id={name}
        name={name}
        inputMode="decimal"
        autoComplete="off"
        aria-describedby="ngoai-h"
        value={table[name]}
        readOnly={!change}
        onChange={({ target }) => change?.(name, target.value)}
      />
    </div>
  )
  return (
    <section aria-labelledby="tong" className="steps-total">
      <h2 id="tong">{t('processEditor.total.title')}</h2>
      <div className="steps-total__outside">
        {box('receptionHours', t('processEditor.total.reception'))}
        {box('returnHours', t('processEditor.total.returning'))}
      </div>
      <p className="studio__note" id="ngoai-h">
        {t('processEditor.total.outsideHint')} {t('processEditor.total.longest')}
      </p>
      <div role="status">
        {limits.length === 0 && (
          <p>
            <b>{t('processEditor.total.text', { hours: hoursText(hours) || '0' })}</b>{' '}
            {t('processEditor.total.noLimit')}
          </p>
        )}
        <ul className="steps-total__limits">
          {limits.map(({ name, hours: limit }) => (
            <li key={name}>
              <b>
                {t('processEditor.total.of', { hours: hoursText(hours) || '0', limit: hoursText(limit) })}
              </b>{' '}
              <StateTag state={hours > limit ? 'bad' : 'ok'}>
                {t(hours > limit ? 'processEditor.total.above' : 'processEditor.total.within')}
              </StateTag>
              <span className="studio__note">{name}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** The time against the narrowest limit, beside the button that saves; always in sight on wide screens. */
export function TotalLine({ table, limits }: { table: TableDraft; limits: readonly LimitLine[] }) {
  const t = useT()
  const hours = totalHours(table)
  const limit = Math.min(...limits.map((each) => each.hours))
  const said = hoursText(hours) || '0'
  if (limits.length === 0) return <p>{t('processEditor.total.text', { hours: said })}</p>
  return (
    <p>
      <b>{t('processEditor.total.of', { hours: said, limit: hoursText(limit) })}</b>{' '}
      <StateTag state={hours > limit ? 'bad' : 'ok'}>
        {t(hours > limit ? 'processEditor.total.above' : 'processEditor.total.within')}
      </StateTag>
    </p>
  )
}

/** What the check found, and the drawing with its marks. */
export function CheckPanel({
  checked,
  busy = false,
  rows = [],
  drawn = true,
}: {
  checked: Checked
  /** Whether the drawing is shown; where it is edited it stands there already. */
  drawn?: boolean
  busy?: boolean
  rows?: readonly RowDraft[]
}) {
  const t = useT()
  const { problems, warnings, drawing } = checked
  const rowOf = (element: string | null) => rows.findIndex(({ id }) => id === element)
  const lines = (found: Checked['problems']) => (
    <ul className="studio__list">
      {found.map(({ text, element }) => (
        <li key={text}>{rowOf(element) >= 0 ? <a href={`#row-${rowOf(element)}-name`}>{text}</a> : text}</li>
      ))}
    </ul>
  )
  return (
    <>
      <section aria-labelledby="kiem-tra" aria-busy={busy}>
        <h2 id="kiem-tra">{t('processEditor.check.title')}</h2>
        <div role="status">
          {busy && <p className="soft">{t('processEditor.check.checking')}</p>}
          {problems.length === 0 ? (
            <Notice tone="ok" title={t('processEditor.check.fine')} />
          ) : (
            <Notice
              tone="bad"
              title={t('processEditor.check.problems', { count: numberText(problems.length) })}
            >
              {lines(problems)}
            </Notice>
          )}
        </div>
        {warnings.length > 0 && (
          <Notice tone="warn" title={t('processEditor.check.warnings')}>
            {lines(warnings)}
          </Notice>
        )}
      </section>
      {drawn && (
        <section aria-labelledby="so-do">
          <h2 id="so-do">{t('processEditor.drawing.title')}</h2>
          <ProcessDrawing svg={drawing} />
        </section>
      )}
    </>
  )
}
