import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { findAuthority } from 'motcua/modules/directory'
import { belongsElsewhere, type DossierView } from 'motcua/modules/dossiers'
import type { PageContext } from 'motcua/web/context'

/** A dossier that lies where it does not belong, with what one press sends. */
export interface BelongingView {
  to: string
  title: string
  why: string
  /** Where the people chose the place themselves, which the law may allow. */
  usually: string | null
  press: string
  reason: string
}

/** Where the rule of the procedure says that a dossier belongs; null unless this officer may transfer it now. */
export async function belongingOf(
  { app, now, locale }: Pick<PageContext, 'app' | 'now' | 'locale'>,
  view: DossierView,
): Promise<BelongingView | null> {
  if (!view.actions.some(({ command }) => command === 'transfer')) return null
  const found = await belongsElsewhere(app.db, view, dateOfLaw(now))
  if (found === null) return null
  const t = messages(locale)
  const { authority, rule, binding } = found
  const here = await findAuthority(app.db, view.dossier.competent)
  const place = authority.name
  return {
    to: authority.code,
    title: t('routing.belongs.title', { place }),
    why: t('routing.belongs.why', { rule: rule[locale] }),
    usually: binding ? null : t('routing.belongs.usually', { here: here?.name ?? view.dossier.competent }),
    press: t('routing.belongs.transfer', { place: authority.shortName }),
    // In Vietnamese, whatever the officer reads: it stays in the dossier.
    reason: messages('vi')('routing.belongs.reason', { place, rule: rule.vi }),
  }
}
