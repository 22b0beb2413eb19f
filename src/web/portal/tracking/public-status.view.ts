import { type Locale, messages } from 'motcua/kernel/i18n'
import type { PublicStatus } from 'motcua/modules/dossiers'
import { momentText } from '../../ui/format'
import { organisationRows } from '../../ui/organisations.view'
import type { StateKind } from '../../ui/state'
import { tagOf } from './status.view'

export interface PublicStatusView {
  code: string
  procedure: string
  tag: { state: StateKind; text: string }
  rows: { label: string; text: string }[]
  signInHref: string
}

/** What anybody with the receipt may see: status and dates; nothing about persons. */
export function publicStatusView(
  status: PublicStatus,
  names: { procedure: string; place: (code: string) => string },
  now: Date,
  locale: Locale,
): PublicStatusView {
  const t = messages(locale)
  const late =
    status.state === 'in-progress' && status.dueAt !== null && Date.parse(status.dueAt) < now.getTime()
  const dates = [
    ['submitted', status.submittedAt],
    ['accepted', status.acceptedAt],
    ['due', status.dueAt],
    ['decided', status.decidedAt],
    ['closed', status.closedAt],
  ] as const
  return {
    code: status.code,
    procedure: names.procedure,
    // How a decision went is the applicant's own affair.
    tag: tagOf({ state: status.state, outcome: null }, late ? 0 : null, t),
    rows: [
      ...dates
        .filter(([key, at]) => at !== null || key === 'due')
        .map(([key, at]) => ({
          label: t(`tracking.lookup.${key}`),
          text: at === null ? t('tracking.lookup.notYet') : momentText(at, locale),
        })),
      ...organisationRows(status, names.place, t).map(({ label, value }) => ({ label, text: value })),
    ],
    signInHref: `/dang-nhap?${new URLSearchParams({ ve: `/ho-so/${status.code}` })}`,
  }
}
