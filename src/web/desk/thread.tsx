import { useT } from '../ui/shell'
import type { ThreadLine } from './dossier-life.view'

/** What the applicant and the office wrote to each other, the newest last. */
export function Thread({ lines }: { lines: readonly ThreadLine[] }) {
  const t = useT()
  if (lines.length === 0) return <p className="small soft">{t('life.thread.none')}</p>
  return (
    <ol className="thread">
      {lines.map(({ sequence, mine, who, at, text }) => (
        <li key={sequence} className={mine ? 'thread__office' : undefined}>
          <p className="thread__who">
            <b>{who}</b> <time>{at}</time>
          </p>
          <p className="thread__text">{text}</p>
        </li>
      ))}
    </ol>
  )
}
