import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Outgoing } from 'motcua/modules/notifications'
import { momentText } from '../../ui/format'

export interface OutboxLine {
  id: string
  kind: 'sms' | 'email'
  to: string
  at: string
  subject: string | null
  text: string
  /** The dossier or page that it speaks of, for whoever looks around the demonstration; no code for a page. */
  href: string
  code: string
  state: Outgoing['state']
  /** What a text message costs: letters and parts. */
  cost: string | null
}

/** Letters of one text message in the plain alphabet; longer ones are sent and paid in parts of 153. */
const onePart = 160
const partLength = 153

/** How many messages the network makes of a text in the plain alphabet. */
export function smsParts(text: string): number {
  return text.length <= onePart ? 1 : Math.ceil(text.length / partLength)
}

/** The outbox as a column of what the phone would show. */
export function outboxView(sent: readonly Outgoing[], locale: Locale): OutboxLine[] {
  const t = messages(locale)
  return sent.map(({ id, dossierCode, href, channel, recipient, createdAt, subject, text, state }) => {
    const isSms = channel === 'sms'
    return {
      id,
      kind: isSms ? 'sms' : 'email',
      to: t('tracking.outbox.to', { recipient }),
      at: momentText(createdAt, locale),
      subject: isSms ? null : subject,
      text,
      href: href ?? `/ho-so/${dossierCode}`,
      code: dossierCode,
      state,
      cost: isSms ? t('tracking.outbox.parts', { length: text.length, parts: smsParts(text) }) : null,
    }
  })
}
