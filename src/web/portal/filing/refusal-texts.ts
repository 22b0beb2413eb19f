import type { Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams, messages } from 'motcua/kernel/i18n'
import type { Problem as DossierProblem } from 'motcua/modules/dossiers'
import type { Problem } from '../../ui/error-summary'

interface Where {
  /** Whether the page already tells what is wrong with a field. */
  isShown?: (field: string) => boolean
  /** Where to mend a field or a paper (`paper:<key>`), by its path. */
  hrefOf: (field: string) => string
  /** The label of a field, for sentences that name it. */
  labelOf: (field: string) => string
}

/** A refusal as the things to do about it: each of its problems with a link, or the refusal itself. */
export function refusalProblems(
  refusal: Refusal,
  locale: Locale,
  { hrefOf, labelOf, isShown }: Where,
): Problem[] {
  const { problems } = refusal.details as { problems?: DossierProblem[] }
  if (problems?.length) {
    return problems
      .filter(({ field }) => !isShown?.(field))
      .map(({ field, code, params }) => ({
        href: hrefOf(field),
        text:
          findMessage(locale, code, { label: labelOf(field), field, ...params }) ??
          messages(locale)('filing.mend', { label: labelOf(field) }),
      }))
  }
  return [{ href: hrefOf(''), text: refusalText(refusal, locale) }]
}

/** What a refusal says to the person. */
export function refusalText({ code, details }: Refusal, locale: Locale): string {
  const { reason } = details as { reason?: string }
  const why =
    reason && code === 'identity.may-not-represent'
      ? findMessage(locale, `identity.represent.${reason}`)
      : undefined
  return why ?? findMessage(locale, code, details as MessageParams) ?? messages(locale)('filing.refused')
}
