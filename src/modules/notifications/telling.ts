import type { FeedEntry } from '../../kernel/feed.ts'
import type { Dossier, Party } from '../dossiers/index.ts'
import type { MessageChannel, MessageKind } from './message.ts'

const open: readonly MessageChannel[] = ['in-app', 'sms', 'email']
const quiet: readonly MessageChannel[] = ['in-app', 'email']

/** On which channels each kind is told: a text message costs money, so it says only what changes a person's plans. */
export const channelsOf: Record<MessageKind, readonly MessageChannel[]> = {
  submitted: open,
  accepted: open,
  'supplement-requested': open,
  supplemented: quiet,
  refused: open,
  'result-ready': open,
  declined: open,
  returned: quiet,
  withdrawn: quiet,
  stopped: open,
}

/** The kind of message that an entry calls for; undefined for the inner work of the office. */
export function kindOf(entry: Pick<FeedEntry, 'kind' | 'data'>): MessageKind | undefined {
  switch (entry.kind) {
    case 'dossiers.submitted':
      // Who stands at the counter gets the receipt in the hand a minute later.
      return entry.data.channel === 'direct' ? undefined : 'submitted'
    case 'dossiers.accepted':
      return 'accepted'
    case 'dossiers.supplement-requested':
      return 'supplement-requested'
    case 'dossiers.supplemented':
      return 'supplemented'
    case 'dossiers.refused':
      return 'refused'
    case 'dossiers.decided':
      return entry.data.outcome === 'granted' ? 'result-ready' : 'declined'
    case 'dossiers.returned':
      return 'returned'
    case 'dossiers.withdrawn':
      return 'withdrawn'
    case 'dossiers.stopped':
      return 'stopped'
    default:
      return undefined
  }
}

/** Older news is kept for the app only: nobody wants last month's text messages after an outage or a replay. */
export const openChannelHours = 48

/** Where a party is told about an entry. The present state is asked too: what is no longer asked for is not sent out. */
export function recipientsOf(
  kind: MessageKind,
  { dossier, party }: { dossier: Dossier; party: Party },
  { at, now }: { at: Date; now: Date },
): { channel: MessageChannel; recipient: string }[] {
  const fresh = now.getTime() - at.getTime() <= openChannelHours * 3_600_000
  const stillAsked = kind !== 'supplement-requested' || dossier.state === 'awaiting-supplement'
  const addresses = { 'in-app': party.personId, sms: party.phone, email: party.email }
  return channelsOf[kind]
    .filter((channel) => channel === 'in-app' || (fresh && stillAsked))
    .flatMap((channel) => (addresses[channel] ? [{ channel, recipient: addresses[channel] }] : []))
}
