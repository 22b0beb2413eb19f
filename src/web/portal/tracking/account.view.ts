import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Actor } from 'motcua/modules/identity'
import { dateText } from '../../ui/format'

export interface AccountView {
  kind: 'person' | 'officer' | 'system'
  rows: { label: string; text: string }[]
}

/** What the site knows about the one who is signed in. */
export function accountView(actor: Exclude<Actor, { kind: 'anonymous' }>, locale: Locale): AccountView {
  const t = messages(locale)
  const name = { label: t('tracking.account.name'), text: actor.name }
  if (actor.kind === 'system') return { kind: actor.kind, rows: [name] }
  if (actor.kind === 'officer') {
    const posts = actor.posts.map(({ title }) => ({ label: t('tracking.account.post'), text: title }))
    return { kind: actor.kind, rows: [name, ...posts] }
  }
  const missing = t('tracking.account.missing')
  const organisations = actor.organisations.map((each) => `${each.name} (${each.role})`).join('; ')
  return {
    kind: actor.kind,
    rows: [
      name,
      { label: t('tracking.account.personalId'), text: actor.personalId ?? missing },
      {
        label: t('tracking.account.dateOfBirth'),
        text: actor.dateOfBirth ? dateText(actor.dateOfBirth) : missing,
      },
      { label: t('tracking.account.phone'), text: actor.phone ?? missing },
      { label: t('tracking.account.email'), text: actor.email ?? missing },
      { label: t('tracking.account.assurance'), text: t(`tracking.account.assurance${actor.assurance}`) },
      ...(organisations ? [{ label: t('tracking.account.organisations'), text: organisations }] : []),
    ],
  }
}
