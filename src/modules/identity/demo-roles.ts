import { type Locale, messages } from '../../kernel/i18n.ts'

/** One card of "Vào vai": a person of the demonstration whose part a visitor may take. */
export interface DemoRole {
  key: DemoRoleKey
  /** Subject at the demonstration's identity provider. */
  subject: string
  title: string
  /** Three short lines: who, in what situation, with what. */
  who: readonly [string, string, string]
  tryThis: { text: string; href: string }
}

/** Who plays each card and where the card leads; the words are in the message catalogue. */
const cards = {
  mother: { subject: 'citizen-mau-don', href: '/thu-tuc/1.001193' },
  business: { subject: 'citizen-lua', href: '/tim?q=h%E1%BB%99%20kinh%20doanh' },
  reception: { subject: 'officer-hoa-sen-reception-1', href: '/can-bo/viec' },
  civilStatus: { subject: 'officer-hoa-sen-civil-status-1', href: '/can-bo/viec' },
  chair: { subject: 'officer-hoa-sen-leader-1', href: '/can-bo/ky' },
  divisionHead: { subject: 'officer-mai-thuong-culture-head-1', href: '/can-bo/viec' },
  control: { subject: 'officer-control-1', href: '/kham-pha' },
  provincialLeader: { subject: 'officer-province-leader-1', href: '/bang' },
  developer: { subject: 'developer-1', href: '/api' },
} as const

export type DemoRoleKey = keyof typeof cards

export const demoRoleKeys = Object.keys(cards) as DemoRoleKey[]

/** The role cards in the visitor's language. Show them in a demonstration only. */
export function demoRoles(locale: Locale = 'vi'): DemoRole[] {
  const say = messages(locale)
  return demoRoleKeys.map((key) => ({
    key,
    subject: cards[key].subject,
    title: say(`identity.roles.${key}.title`),
    who: [
      say(`identity.roles.${key}.person`),
      say(`identity.roles.${key}.situation`),
      say(`identity.roles.${key}.means`),
    ],
    tryThis: { text: say(`identity.roles.${key}.try`), href: cards[key].href },
  }))
}

/** One card by its key, or undefined. */
export function findDemoRole(key: string): { key: DemoRoleKey; subject: string; href: string } | undefined {
  const found = demoRoleKeys.find((known) => known === key)
  return found && { key: found, ...cards[found] }
}
