import { type Locale, messages } from 'motcua/kernel/i18n'
import type { JudgedTarget, TargetAlert, TargetStatus } from 'motcua/modules/indicators'
import { dateText, momentText, numberText } from '../../ui/format'
import type { StateKind } from '../../ui/state'

const tones: Record<TargetStatus, StateKind> = {
  met: 'ok',
  'at-risk': 'warn',
  missed: 'bad',
  coming: 'info',
  'not-measured': 'waiting',
}

/** One target as a row: what is wanted, where it stands with both numbers, and where it will be. */
export interface TargetRow {
  id: string
  key: string
  name: string
  figure: string | null
  document: string
  wanted: string
  stage: string
  value: string | null
  counts: string | null
  missing: string | null
  ahead: string | null
  aheadCounts: string | null
  responsible: string
  tone: StateKind
  status: string
}

/** Targets of the country and of the province, each judged. */
export function targetsView(
  judged: readonly JudgedTarget[],
  {
    names,
    now,
    paceDays,
    locale,
  }: { names: Record<string, string>; now: Date; paceDays: number; locale: Locale },
) {
  const t = messages(locale)
  const row = (each: JudgedTarget) => rowOf(each, names, locale)
  const measuredFirst = judged.toSorted((a, b) => rankOf(a) - rankOf(b))
  const own = measuredFirst.filter(({ territory }) => territory !== 'VN')
  return {
    asAt: t('targets.asAt', { time: momentText(now, locale), days: paceDays }),
    national: measuredFirst.filter(({ territory }) => territory === 'VN').map(row),
    own: own.map(row),
  }
}

/** What is measured stands first, and of that what is worst. */
const rankOf = ({ assessment: { status } }: JudgedTarget) => order.indexOf(status)
const order: TargetStatus[] = ['missed', 'at-risk', 'met', 'coming', 'not-measured']

export type TargetsView = ReturnType<typeof targetsView>

function rowOf(
  { territory, target, stage, assessment }: JudgedTarget,
  names: Record<string, string>,
  locale: Locale,
): TargetRow {
  const t = messages(locale)
  const unit = ` ${t(`library.unit.${target.unit}`)}`
  const number = (value: number) => numberText(value, locale, Number.isInteger(value) ? 0 : 2)
  const { basis } = target
  const { status, value, counts, projected, missing } = assessment
  const both = ([n, d]: readonly [number, number]) => `${numberText(n, locale)}/${numberText(d, locale)}`
  return {
    ...{
      id: `${territory} ${target.key}`,
      key: target.key,
      name: target.name[locale],
      figure: target.figure,
    },
    document: [basis.document, basis.note, t('targets.sure', { sure: t(`library.sure.${basis.confidence}`) })]
      .flatMap((text) => text?.replace(/\.$/, '') ?? [])
      .join('. ')
      .concat('.'),
    wanted: t(`targets.operator.${target.operator}`, { value: `${number(stage.value)}${unit}` }),
    stage: t('targets.stage', { from: dateText(stage.from), to: dateText(stage.to) }),
    value: value === null ? null : `${numberText(value, locale, 2)} %`,
    counts: counts && both(counts),
    missing:
      missing === null || missing === 0
        ? null
        : t('targets.missingCount', { count: numberText(missing, locale) }),
    ahead: projected && `${numberText(projected.value, locale, 2)} %`,
    aheadCounts: projected && both(projected.counts),
    responsible: names[target.responsible] ?? target.responsible,
    tone: tones[status],
    status: t(`targets.status.${status}`),
  }
}

/** What the responsible were told, in words. */
export function alertRows(
  alerts: readonly TargetAlert[],
  names: ReadonlyMap<string, string>,
  locale: Locale,
) {
  const t = messages(locale)
  return alerts.map(({ id, territory, key, previous, status, at, seenAt }) => {
    const name = names.get(`${territory} ${key}`) ?? key
    const now = t(`targets.status.${status}`)
    return {
      ...{ id, isNew: seenAt === null, at: momentText(at, locale), tone: tones[status] },
      text: previous
        ? t('targets.alert', { name, before: t(`targets.status.${previous}`), now })
        : t('targets.first', { name, now }),
    }
  })
}
