import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { IssuedDocument } from 'motcua/modules/documents'
import { dateText, sizeText } from '../../ui/format'

export interface VerifyView {
  tone: 'ok' | 'warn' | 'bad'
  verdict: string
  reason: string | null
  /** The papers that took its place, one after the other: each by number and day, with its address when it is issued. */
  replaced: { text: string; href: string | null }[]
  /** From a receipt one goes on to the status; the proof is still asked for. */
  followHref: string | null
  rows: { label: string; text: string }[]
  sha256: string
  sample: boolean
}

const tones = { valid: 'ok', replaced: 'warn', revoked: 'bad' } as const

type Successor = Pick<IssuedDocument, 'verifyCode' | 'number' | 'issuedAt'>

/** What anybody may know about an issued paper: that it is genuine, from whom, when, and whether it still counts. */
export function verifyView(
  document: IssuedDocument,
  successors: readonly Successor[],
  locale: Locale,
): VerifyView {
  const t = messages(locale)
  return {
    tone: tones[document.status],
    verdict: t(`tracking.verify.${document.status}`),
    reason: document.statusReason ? t('tracking.verify.reason', { reason: document.statusReason }) : null,
    replaced: document.status === 'replaced' ? replacedView(successors, t) : [],
    followHref:
      document.kind === 'receipt' ? `/tra-cuu?code=${encodeURIComponent(document.dossierCode)}` : null,
    rows: [
      { label: t('tracking.verify.kind'), text: document.title },
      { label: t('tracking.verify.number'), text: document.number },
      { label: t('tracking.verify.issuer'), text: document.authorityName },
      { label: t('tracking.verify.date'), text: dateText(document.issuedAt) },
      {
        label: t('tracking.verify.standard'),
        text: `${document.standard}, ${sizeText(document.size, locale)}`,
      },
    ],
    sha256: document.sha256,
    sample: document.sample,
  }
}

// The correction counts from its day on, also while the new paper has not been printed yet.
function replacedView(successors: readonly Successor[], t: Translate): VerifyView['replaced'] {
  if (successors.length === 0) return [{ text: t('documents.replaced.coming'), href: null }]
  return successors.map(({ number, issuedAt, verifyCode }) => ({
    text: t('documents.replaced.by', { number, date: dateText(issuedAt) }),
    href: `/xac-minh/${verifyCode}`,
  }))
}
