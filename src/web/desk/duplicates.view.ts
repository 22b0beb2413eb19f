import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Duplicate } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { dateText } from '../ui/format'

/** One dossier that asks the same for the same person. */
export interface DuplicateView {
  code: string
  /** Null where the officer may not open it. */
  href: string | null
  text: string
}

/** Duplicates as an officer reads them: those of other places are named, not opened. Pure. */
export function duplicateViews(
  duplicates: readonly Duplicate[],
  officer: Officer,
  { places, locale }: { places: Readonly<Record<string, string>>; locale: Locale },
): DuplicateView[] {
  const t = messages(locale)
  const here = new Set(officer.posts.map(({ authorityCode }) => authorityCode))
  return duplicates.map(({ code, state, submittedAt, receivedBy, competent }) => ({
    code,
    href: here.has(receivedBy) || here.has(competent) ? `/can-bo/ho-so/${code}` : null,
    text: t('work.duplicates.line', {
      state: t(`desk.state.${state}`),
      date: dateText(submittedAt),
      place: places[receivedBy] ?? receivedBy,
    }),
  }))
}
