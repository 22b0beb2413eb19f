import { type Locale, messages } from 'motcua/kernel/i18n'
import type { EntryData, HistoryItem } from 'motcua/modules/dossiers'
import { momentText } from './format'

/** Why the date stands as it does after the dossier went to another authority: code and clock stay. Pure. */
export function transferLines(
  history: readonly Pick<HistoryItem, 'kind' | 'at' | 'data'>[],
  nameOf: (code: string) => string,
  locale: Locale,
): string[] {
  const t = messages(locale)
  return history.flatMap(({ kind, at, data }) => {
    if (kind !== 'dossiers.transferred') return []
    const { from, to, dueAt } = data as EntryData['dossiers.transferred']
    if (dueAt === null) return []
    return [t('routing.moved', { from: nameOf(from), to: nameOf(to), at: momentText(at, locale) })]
  })
}
