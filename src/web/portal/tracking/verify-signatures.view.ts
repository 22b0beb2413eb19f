import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { PaperSignature } from 'motcua/modules/documents'
import type { SignatureFinding, SignatureReport } from 'motcua/modules/signatures'
import { momentText } from '../../ui/format'

/** One signature in words: whose, when, and whether it still holds; then what else is known or wrong. */
export interface SignatureLine {
  tone: 'ok' | 'warn' | 'bad'
  text: string
  details: string[]
}

const notes: readonly string[] = ['revocation-unknown', 'timestamp-missing', 'field-added']

/** What was found of every signature of a file; `known` names capacities, which certificates do not. */
export function signatureLines(
  { signatures }: Pick<SignatureReport, 'signatures'>,
  known: readonly PaperSignature[],
  locale: Locale,
): SignatureLine[] {
  const t = messages(locale)
  return signatures.map((one) => {
    const paper = known.find(({ field, name }) => field === one.field && name === one.signerName)
    const faults = one.problems.filter((problem) => !notes.includes(problem))
    const tone = faults.length > 0 ? 'bad' : one.problems.length > 0 ? 'warn' : 'ok'
    const whole = tone === 'bad' ? 'broken' : 'whole'
    const params = { name: whoOf(one, paper, t), time: timeOf(one, t, locale) }
    return {
      tone,
      text: t(`tracking.verify.${kindOf(one, paper)}.${whole}`, params),
      details: detailsOf(one, t, locale),
    }
  })
}

function kindOf(one: SignatureFinding, paper: PaperSignature | undefined) {
  if (one.kind === 'document-timestamp') return 'stampOf' as const
  const isSeal = paper
    ? paper.role === 'seal'
    : one.organisation !== null && one.organisation === one.signerName
  return isSeal ? ('sealOf' as const) : ('signatureOf' as const)
}

function whoOf(one: SignatureFinding, paper: PaperSignature | undefined, t: Translate): string {
  const name = one.signerName || t('tracking.verify.nobody')
  const capacity = paper?.capacity.join(', ')
  return capacity ? `${name} (${capacity})` : name
}

const timeOf = ({ signedAt }: SignatureFinding, t: Translate, locale: Locale): string =>
  signedAt ? momentText(signedAt, locale) : t('tracking.verify.noTime')

function detailsOf(one: SignatureFinding, t: Translate, locale: Locale): string[] {
  const { kind, timestamp, level, issuer } = one
  const changes = one.changes.map((code) => t(`signatures.change.${code}`)).join('; ')
  return [
    ...one.problems.map((code) => t(`signatures.problem.${code}`)),
    ...(changes ? [t('tracking.verify.changed', { changes })] : []),
    ...(kind === 'signature' && timestamp
      ? [
          t('tracking.verify.stampedAt', {
            time: momentText(timestamp.at, locale),
            authority: timestamp.authority,
          }),
        ]
      : []),
    ...(issuer ? [t('tracking.verify.issuedBy', { issuer })] : []),
    ...(level && one.problems.length === 0 ? [t(`tracking.verify.level.${level}`)] : []),
  ]
}
