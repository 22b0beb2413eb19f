import { createTransport } from 'nodemailer'
import type { Config } from '../../config.ts'
import type { Outgoing } from './message.ts'

/** A way out for messages. `send` resolves when the other side has taken the message. */
export interface Adapter {
  name: string
  send(message: Pick<Outgoing, 'id' | 'recipient' | 'subject' | 'text'>): Promise<void>
}

/** The gateway answered "never": trying again would not help. */
export class Rejected extends Error {
  override name = 'Rejected'
}

/** How long a gateway may take before it counts as down, in milliseconds. */
const patienceMs = 10_000

/** The demonstration's outbox: the message stays here, shown as the phone would. */
export const demonstrationOutbox: Adapter = { name: 'outbox', send: async () => undefined }

/** E-mail through an SMTP server; a message sent twice keeps its Message-ID, so that mailboxes show it once. */
export function smtpAdapter({ smtpUrl, from }: { smtpUrl: string; from: string }): Adapter {
  const waits = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs }
  const transport = createTransport({ url: smtpUrl, ...waits })
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    name: 'smtp',
    async send({ id, recipient, subject, text }) {
      const mail = {
        from,
        to: { name: '', address: recipient },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
      }
      await transport
        .sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' } })
        .catch((error) => {
          const final = typeof error.responseCode === 'number' && error.responseCode >= 500
          throw final
            ? new Rejected(`smtp ${error.responseCode}`)
            : new Error(`smtp ${error.code ?? 'failed'}`)
        })
    },
  }
}

/** Text messages through an HTTP gateway: POST {to, text}; the message id is the idempotency key. */
export function smsAdapter({ url, token }: { url: string; token: string | undefined }): Adapter {
  return {
    name: 'sms-http',
    async send({ id, recipient, text }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ to: recipient, text }),
        signal: AbortSignal.timeout(patienceMs),
        redirect: 'error',
      }).catch((error) => {
        throw new Error(`sms gateway ${error.name === 'TimeoutError' ? 'timed out' : 'unreachable'}`)
      })
      await response.body?.cancel()
      if (response.ok) return
      const final =
        response.status >= 400 &&
        response.status < 500 &&
        ![401, 403, 408, 425, 429].includes(response.status)
      throw final
        ? new Rejected(`sms ${response.status}`)
        : new Error(`sms gateway answered ${response.status}`)
    },
  }
}

/** The adapters of an installation; a channel without one keeps its messages waiting. */
export function adaptersOf(
  config: Pick<Config, 'mail' | 'sms' | 'demonstration'>,
): Record<'sms' | 'email', Adapter | undefined> {
  const { mail, sms, demonstration } = config
  const fallback = demonstration.on ? demonstrationOutbox : undefined
  return {
    email: mail.smtpUrl ? smtpAdapter({ smtpUrl: mail.smtpUrl, from: mail.from }) : fallback,
    sms: sms ? smsAdapter(sms) : fallback,
  }
}
