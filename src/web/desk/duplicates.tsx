import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import type { DuplicateView } from './duplicates.view'

/** Warns that the same was asked for before; it forbids nothing. */
export function DuplicateNotice({ duplicates }: { duplicates: readonly DuplicateView[] }) {
  const t = useT()
  if (duplicates.length === 0) return null
  return (
    <Notice tone="warn" title={t('work.duplicates.title')} role="status">
      <p>{t('work.duplicates.lead')}</p>
      <ul>
        {duplicates.map(({ code, href, text }) => (
          <li key={code}>
            {href ? <a href={href}>{code}</a> : <b>{code}</b>}: {text}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
