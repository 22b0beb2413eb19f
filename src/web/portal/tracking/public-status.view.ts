import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { PublicStatus } from 'motcua/modules/dossiers'
import { momentText } from '../../ui/format'
import { organisationRows } from '../../ui/organisations.view'
import type { StateKind } from '../../ui/state'
import { dayInWords } from './news.view'
import { tagOf } from './status.view'

export interface PublicStatusView {
  code: string
  procedure: string
  tag: { state: StateKind; text: string }
  rows: { label: string; text: string }[]
  /** The parts of a group of linked procedures. */
  parts: {
    key: string
    name: string
    place: string
    tag: { state: StateKind; text: string }
    due: string | null
  }[]
  signInHref: string
}

/** What anybody with the receipt may see: status and dates; nothing about persons. */
export function publicStatusView(
  status: PublicStatus,
  names: { procedure: string; place: (code: string) => string; part?: (code: string) => string | undefined },
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
    parts: (status.parts ?? []).map((part) => partOf(part, names, now, locale, t)),
    signInHref: `/dang-nhap?${new URLSearchParams({ ve: `/ho-so/${status.code}` })}`,
  }
}

type PublicPart = NonNullable<PublicStatus['parts']>[number]

const looks = { waiting: 'waiting', running: 'info', paused: 'warn', over: 'ok' } as const

function partOf(
  { procedureCode, name, competent, state, dueAt }: PublicPart,
  names: Parameters<typeof publicStatusView>[1],
  now: Date,
  locale: Locale,
  t: Translate,
): PublicStatusView['parts'][number] {
  const late = state === 'running' && dueAt !== null && Date.parse(dueAt) < now.getTime()
  const text = state === 'paused' ? 'supplement' : late ? 'late' : state
  return {
    key: procedureCode,
    name: names.part?.(procedureCode) ?? name,
    place: competent === null ? '' : names.place(competent),
    tag: { state: late ? 'bad' : looks[state], text: t(`branches.state.${text}`) },
    due: dueAt && t('branches.due', { day: dayInWords(dueAt, locale) }),
  }
}
