import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import { tableProblemText } from 'motcua/kernel/feel/table-text'
import type { Locale, Translate } from 'motcua/kernel/i18n'
import { useMemo } from 'react'
import { Icon } from '../../ui/icon'
import { useShell, useT } from '../../ui/shell'
import { type Column, type Draft, problemsIn, unfinishedIn } from './rule-table.view'

interface FindingsFacts {
  id: string
  draft: Draft
  columns: readonly Column[]
  fields: readonly RuleField[]
  standsIn: boolean
}

/** What the table leaves out or says twice, told while it is written. */
export function Findings({ id, draft, columns, fields, standsIn }: FindingsFacts) {
  const t = useT()
  const { locale } = useShell()
  const found = useMemo(
    () => findingsOf({ draft, columns, fields, standsIn }, t, locale),
    [draft, columns, fields, standsIn, t, locale],
  )
  return (
    <section className="rt__findings" aria-labelledby={`${id}-f`} aria-live="polite">
      <p id={`${id}-f`}>
        <strong>{t('rules.table.findings')}</strong>
      </p>
      {found.length === 0 ? (
        <p className="rule__check rule__check--ok">
          <Icon name="circle-check" />
          <span>{t('rules.table.fine')}</span>
        </p>
      ) : (
        <ul>
          {found.map((text) => (
            <li key={text} className="rule__check">
              <Icon name="triangle-alert" />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function findingsOf(
  { draft, columns, fields, standsIn }: Omit<FindingsFacts, 'id'>,
  t: Translate,
  locale: Locale,
): string[] {
  const open = unfinishedIn(draft, { mayBeNothing: standsIn })
  if (open.length > 0)
    return open.map(({ row, column }) =>
      column === null
        ? t('rules.table.unfinished', { no: row + 1 })
        : t('rules.table.unfinishedCell', { no: row + 1, label: columns[column]?.label ?? '' }),
    )
  const problems = problemsIn(draft, fields, { standsIn })
  if (problems === null) return [t('rules.table.tooWide')]
  return problems.map((problem) => tableProblemText(draft, problem, fields, locale))
}
