import { messages } from 'motcua/kernel/i18n'
import type { DossierView } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { destructionOf, erasedKinds, mayRead } from 'motcua/modules/retention'
import type { PageContext } from 'motcua/web/context'
import { momentText } from '../ui/format'
import { officerNames } from './names'

/** What a dossier whose content was destroyed says of itself; null where the content stands. */
export async function destroyedOf(page: PageContext, officer: Officer, { dossier, destroyed }: DossierView) {
  const found = destroyed && (await destructionOf(page.app.db.pool, dossier.id))
  if (!found) return null
  const { at, batch, authority, basis, decidedBy, erased } = found
  const t = messages(page.locale)
  const [names, reads] = await Promise.all([
    officerNames(page, [decidedBy]),
    mayRead(page.app.db, officer, authority),
  ])
  const gone = erasedKinds.filter((kind) => kind !== 'kept' && (erased[kind] ?? 0) > 0)
  const list = gone.map((kind) => `${t(`retention.erased.${kind}`)} (${erased[kind]})`).join(', ')
  return {
    title: t('retention.left.title', { at: momentText(at, page.locale) }),
    lines: [
      t('retention.left.by', { basis, name: names[decidedBy] ?? decidedBy }),
      ...(list ? [t('retention.left.gone', { list })] : []),
      t('retention.left.stays'),
      ...(erased.kept ? [t('retention.left.kept', { count: erased.kept })] : []),
    ],
    certificate: reads ? `/can-bo/luu-tru/bien-ban/${batch}` : null,
  }
}
