import { useT } from '../../ui/shell'
import { type StateKind, StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import type { DifferenceLine, PartDifferences } from './source'

const tones: Record<DifferenceLine['what'], StateKind> = {
  added: 'ok',
  removed: 'bad',
  changed: 'info',
  moved: 'waiting',
}

/** What differs, part by part: each line says what it is about, what was said and what is said now. */
export function Differences({ parts }: { parts: readonly PartDifferences[] }) {
  const t = useT()
  if (parts.length === 0)
    return <Empty title={t('replay.compare.none')}>{t('replay.compare.noneText')}</Empty>
  return (
    <>
      {parts.map(({ part, title, lines }) => (
        <section key={part} aria-labelledby={`part-${part}`}>
          <h2 id={`part-${part}`}>
            {title} <span className="soft">({lines.length})</span>
          </h2>
          <ul className="diff">
            {lines.map((line) => (
              <DifferenceItem key={line.key} line={line} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function DifferenceItem({ line: { what, whatText, label, before, after } }: { line: DifferenceLine }) {
  const t = useT()
  return (
    <li className="diff__item">
      <p className="diff__label">
        <StateTag state={tones[what]}>{whatText}</StateTag> {label}
      </p>
      {what === 'changed' ? (
        <dl className="diff__pair">
          <div>
            <dt>{t('replay.compare.before')}</dt>
            <dd>{before ?? <span className="soft">{t('differences.nothing')}</span>}</dd>
          </div>
          <div>
            <dt>{t('replay.compare.after')}</dt>
            <dd>{after ?? <span className="soft">{t('differences.nothing')}</span>}</dd>
          </div>
        </dl>
      ) : (
        <p className="diff__whole">{what === 'moved' ? moved(before, after) : (after ?? before)}</p>
      )}
    </li>
  )
}

const moved = (before: string | null, after: string | null) =>
  before === after ? (after ?? '') : `${before ?? ''} → ${after ?? ''}`
