import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import type { Officer } from 'motcua/modules/identity'
import {
  demonstrationPin,
  type RemoteCredential,
  type SignerOwner,
  sampleOtp,
  sampleService,
} from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'
import { dateText } from '../ui/format'
import { refusalText } from './acting'
import { managedBy, signsPapers } from './means-source'

export interface NamedOwner extends SignerOwner {
  name: string
}

/** For whom an officer may attach a certificate: for themselves where they sign, and for whom they manage. */
export async function ownersFor(page: PageContext, officer: Officer): Promise<NamedOwner[]> {
  const own = { kind: 'officer' as const, id: officer.officerId, name: officer.name }
  const managed = await managedBy(page, officer)
  return [...(signsPapers(officer) ? [own] : []), ...managed]
}

export const ownerValue = ({ kind, id }: SignerOwner): string => `${kind}/${id}`

/** One certificate at the service, as somebody chooses among them. */
export interface CredentialLine {
  id: string
  name: string
  about: string
  days: string
  opens: string
  /** Why it cannot be attached. */
  stops: string | null
  /** Its name is not the owner's: to be looked at twice. */
  otherName: boolean
}

export interface RemotePage {
  services: Choice[]
  owners: Choice[]
  owner: string
  service: string
  userId: string
  /** Null until a service was asked. */
  credentials: CredentialLine[] | null
  problem: string | null
  isOwn: boolean
  needsOtp: boolean
  /** What opens the sample keys. */
  sample: { pin: string; otp: string } | null
}

/** What the page shows: which services there are and, once one was chosen, the certificates that it holds. */
export async function remotePage(
  page: PageContext,
  { officer, owners, query }: { officer: Officer; owners: readonly NamedOwner[]; query: URLSearchParams },
): Promise<RemotePage> {
  const { app, locale } = page
  const t = messages(locale)
  const owner = owners.find((each) => ownerValue(each) === query.get('cho')) ?? owners[0]!
  const { services } = app.signatures
  const service = services.find((name) => name === query.get('dich-vu')) ?? services[0] ?? ''
  const isSample = service === sampleService && app.config.demonstration.on
  // The sample service knows people as this installation does.
  const userId = isSample ? owner.id : (query.get('tai-khoan') ?? '').trim().slice(0, 100)
  const asked = query.has('dich-vu') && service !== ''
  const found = asked ? await app.signatures.remoteCredentials({ service, userId, name: owner.name }) : []
  const credentials = isRefusal(found) ? [] : found
  return {
    services: services.map((name) => ({
      value: name,
      label: name === sampleService ? t('signing.remote.sampleService') : name,
    })),
    owners: owners.map((each) => ({ value: ownerValue(each), label: each.name })),
    ...{ owner: ownerValue(owner), service, userId },
    credentials: asked ? credentials.map((each) => lineOf(each, owner.name, page)) : null,
    problem: isRefusal(found) ? refusalText(found, locale) : null,
    isOwn: owner.kind === 'officer' && owner.id === officer.officerId,
    needsOtp: credentials.some(({ needs }) => needs.includes('OTP')),
    sample: isSample ? { pin: demonstrationPin, otp: sampleOtp } : null,
  }
}

function lineOf(credential: RemoteCredential, owner: string, { locale }: PageContext): CredentialLine {
  const t = messages(locale)
  const { id, name, organisation, issuer, serial, from, to, needs, unusable } = credential
  return {
    ...{ id, name },
    about: [organisation, issuer, t('signing.remote.serial', { serial })].filter(Boolean).join(' · '),
    days: t('signing.means.fromTo', { from: dateText(from), to: dateText(to) }),
    opens: t(needs.includes('OTP') ? 'signing.remote.opensOtp' : 'signing.remote.opensPin'),
    stops: unusable && t(`signatures.unusable.${unusable}`),
    otherName: plain(name) !== plain(owner),
  }
}

const plain = (name: string) => name.normalize('NFC').trim().toLocaleLowerCase('vi').replace(/\s+/g, ' ')
