import { messages } from 'motcua/kernel/i18n'
import { meansOf } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  type Authorisation,
  demonstrationPin,
  type SignerRow,
  sampleOtp,
  sampleService,
  shortPapers,
} from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { dateText, momentText } from '../ui/format'

/** By what an officer signs, in words, and what a demonstration fills in for them. */
export interface SigningView {
  certificate: string
  hint: string
  /** The PIN of sample keys; empty where keys are real. */
  pin: string
  /** A one-time code is wanted beside the PIN; `otpHint` says where it comes from. */
  otpHint: string | null
  /** Nothing is typed here: the officer confirms on a phone. */
  byPhone: boolean
  /** A service was silent: what is signed now gets its time stamps later. */
  stampsFollow: string | null
}

/** The means of signing of an officer at an authority, or where they lead; null for who signs by hand. */
export async function signingOf(
  page: Pick<PageContext, 'app' | 'locale'>,
  officer: Officer,
  authority = officer.posts.find(({ roles }) => roles.includes('leader'))?.authorityCode,
): Promise<SigningView | null> {
  const signer = authority && (await meansOf(page.app, officer, authority))
  return signer ? signingView(page, signer) : null
}

/** Says that papers wait for their time stamps; null while none does. */
async function stampsFollow({ app, locale }: Pick<PageContext, 'app' | 'locale'>): Promise<string | null> {
  const short = await shortPapers(app.db.pool)
  return (
    short && messages(locale)('signing.stampsFollow', { count: short.count, since: momentText(short.since) })
  )
}

/** A means of signing as a page asks for what opens it. */
export async function signingView(
  page: Pick<PageContext, 'app' | 'locale'>,
  signer: SignerRow,
): Promise<SigningView> {
  const { app, locale } = page
  const t = messages(locale)
  const sample = app.config.demonstration.on
  const byPhone = signer.kind === 'mobile'
  return {
    certificate: t('signing.certificate', { name: signer.label, until: dateText(signer.validTo) }),
    hint: t(byPhone ? 'signing.phone.hint' : sample ? 'signing.pinSample' : 'signing.pinHint'),
    pin: sample && !byPhone ? demonstrationPin : '',
    byPhone,
    otpHint: wantsOtp(signer)
      ? sample && signer.settings.service === sampleService
        ? t('signing.remote.sampleOtp', { otp: sampleOtp })
        : t('signing.otpHint')
      : null,
    stampsFollow: await stampsFollow(page),
  }
}

/** Whether a remote certificate wants a one-time code. */
export const wantsOtp = ({ settings }: SignerRow): boolean =>
  Array.isArray(settings.needs) && settings.needs.includes('OTP')

/** What a form says to open a key. PIN and code go to the signer and nowhere else. */
export function authorisationIn(form: FormData): { authorisation?: Authorisation } {
  const [pin, otp] = ['pin', 'otp'].map((name) => String(form.get(name) ?? '').slice(0, 100))
  return pin ? { authorisation: { pin, ...(otp && { otp }) } } : {}
}
