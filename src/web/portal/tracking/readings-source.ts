import type { App } from 'motcua/app'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { pastReadingsOf } from 'motcua/modules/changes'
import { findOfficer } from 'motcua/modules/directory'
import { momentText } from '../../ui/format'

/** Who opened a dossier, with its people blacked out, to try a new rule on it, in words; the last first. */
export async function readingLines(app: App, dossierId: string, locale: Locale): Promise<string[]> {
  const t = messages(locale)
  const found = await pastReadingsOf(app.db.pool, dossierId)
  const officers = new Map(
    await Promise.all(
      [...new Set(found.map(({ officerId }) => officerId))].map(
        async (id) => [id, await findOfficer(app.db, id)] as const,
      ),
    ),
  )
  return found.map(({ at, officerId, title }) => {
    const officer = officers.get(officerId)
    const who = [officer?.name, officer?.posts[0]?.title].filter(Boolean).join(', ')
    return t('tracking.readings.line', { at: momentText(at, locale), who, title })
  })
}
