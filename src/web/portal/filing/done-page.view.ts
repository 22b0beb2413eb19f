import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { moment } from 'motcua/modules/calendar'
import { limitText } from 'motcua/modules/catalogue'
import type { Dossier } from 'motcua/modules/dossiers'
import type { TimelineStep } from '../../ui/timeline'

export interface DoneView {
  code: string
  title: string
  /** What stands over the code: that it is sent, or that somebody else has to agree first. */
  heading: string
  /** What the QR opens: the status with the secret of this dossier. */
  statusUrl: string
  secret: string
  sentAt: string
  agency: string
  /** How the person will be told. */
  toldBy: string
  next: TimelineStep[]
}

interface Given {
  dossier: Pick<
    Dossier,
    'code' | 'state' | 'submittedAt' | 'intakeDueAt' | 'acceptedAt' | 'limit' | 'delivery'
  >
  /** Name of the person who has to agree before it counts as filed. */
  awaited?: string | undefined
  title: string
  secret: string
  phone: string | null
  email: string | null
  agency: string
  resultName: string
  /** Names of the parts of a group by turn; null for one procedure. */
  parts?: readonly (readonly string[])[] | null
  baseUrl: string
  locale: Locale
}

/** Where anybody who holds the code and the secret sees the status. */
export function statusUrl(baseUrl: string, code: string, secret: string): string {
  return `${baseUrl}/ho-so/${code}?${new URLSearchParams({ m: secret })}`
}

/** What happened, what happens next and when. Pure. */
export function doneView({
  dossier,
  awaited,
  title,
  secret,
  phone,
  email,
  agency,
  resultName,
  parts = null,
  baseUrl,
  locale,
}: Given): DoneView {
  const t = messages(locale)
  const limit = limitText({ ...dossier.limit, raw: '' }, locale)
  const due = dossier.intakeDueAt
    ? t('filing.done.intake-due', { at: moment(dossier.intakeDueAt, locale) })
    : t('filing.done.intake-done')
  const waits = dossier.state === 'awaiting-party' && awaited !== undefined
  const asked: TimelineStep[] = waits
    ? [
        {
          key: 'party',
          state: 'now',
          title: t('filing.done.party', { name: awaited }),
          lines: [t('filing.done.party-text')],
        },
      ]
    : []
  return {
    code: dossier.code,
    title,
    heading: t(waits ? 'filing.done.title-party' : 'filing.done.title'),
    statusUrl: statusUrl(baseUrl, dossier.code, secret),
    secret,
    sentAt: moment(dossier.submittedAt, locale),
    agency,
    toldBy: toldBy(phone, email, locale),
    next: [
      {
        key: 'sent',
        state: 'done',
        title: t('filing.done.sent'),
        lines: [moment(dossier.submittedAt, locale)],
      },
      ...asked,
      {
        key: 'intake',
        state: waits ? 'next' : 'now',
        title: t('filing.done.intake', { agency }),
        lines: [...(waits ? [] : [due]), t('filing.done.intake-text')],
      },
      ...(parts ? partSteps(parts, limit, t) : [workStep(limit, t)]),
      {
        key: 'result',
        state: 'next',
        title: parts ? t('branches.doneNext.result') : t('filing.done.result', { result: resultName }),
        lines: [t(`filing.done.delivery-${dossier.delivery}`)],
      },
    ],
  }
}

const workStep = (limit: string, t: Translate): TimelineStep => ({
  key: 'work',
  state: 'next',
  title: t('filing.done.work'),
  lines: [t('filing.done.work-text', { limit })],
})

// Several procedures: each turn is a step of its own, and nobody files anything in between.
const partSteps = (parts: readonly (readonly string[])[], limit: string, t: Translate): TimelineStep[] =>
  parts.map((turn, i) => {
    const names = turn.join(', ')
    if (i === 0)
      return {
        key: `part-${i}`,
        state: 'next',
        title: t('branches.doneNext.first', { names }),
        lines: [t('branches.guide.total', { limit })],
      }
    const title = t(turn.length > 1 ? 'branches.doneNext.next' : 'branches.doneNext.nextOne', { names })
    return { key: `part-${i}`, state: 'next', title, lines: [t('branches.doneNext.auto')] }
  })

function toldBy(phone: string | null, email: string | null, locale: Locale): string {
  const t = messages(locale)
  const ways = [
    ...(phone ? [t('filing.done.by-phone', { last: phone.slice(-3) })] : []),
    ...(email ? [t('filing.done.by-email')] : []),
  ]
  return ways.length > 0 ? t('filing.done.told', { ways: ways.join(', ') }) : t('filing.done.told-here')
}
