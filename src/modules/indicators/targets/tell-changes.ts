import type { Db, Queryable } from '../../../kernel/db.ts'
import { defaultLocale, messages } from '../../../kernel/i18n.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { listAuthorities } from '../../directory/index.ts'
import { type NewNotice, tellOfficers } from '../../notifications/index.ts'
import { listTargets, noteTold, type TargetAlert, untoldAlerts } from './target-store.ts'

/** The page of targets. */
export const targetsPath = '/can-bo/chi-tieu'

/**
 * Tells everybody what changed in the targets they answer for: one message a day for each person. Whoever had one
 * today hears of a later change with tomorrow's.
 */
export async function tellChanges(
  tx: Queryable,
  { db, baseUrl, now }: { db: Db; baseUrl: string; now: Date },
): Promise<void> {
  const today = dateOfLaw(now)
  const key = `targets:${today}`
  const untold = await untoldAlerts(tx, key)
  if (untold.size === 0) return
  const names = await namesOf(tx, db)
  const notices = [...untold].map(([officerId, alerts]): NewNotice => {
    const { subject, text } = changesInWords(alerts, names, today)
    return { officerId, kind: 'targets-changed', key, subject, text, href: targetsPath }
  })
  await tellOfficers(tx, notices, { baseUrl, now })
  await noteTold(tx, key, [...untold.keys()])
}

/** Names of targets (by territory and key) and of the units that answer for them. */
export interface ChangeNames {
  targets: ReadonlyMap<string, string>
  units: ReadonlyMap<string, string>
}

async function namesOf(tx: Queryable, db: Db): Promise<ChangeNames> {
  const [targets, authorities] = [await listTargets(tx), await listAuthorities(db)]
  const root = authorities.find(({ parentCode }) => !parentCode)
  return {
    targets: new Map(
      targets.map(({ territory, target }) => [`${territory} ${target.key}`, target.name[defaultLocale]]),
    ),
    units: new Map([['', root?.name ?? ''], ...authorities.map(({ code, name }) => [code, name] as const)]),
  }
}

/** What one person is told of a day's changes: indicator, unit, value with its two numbers, and what is needed. Pure. */
export function changesInWords(
  alerts: readonly TargetAlert[],
  { targets, units }: ChangeNames,
  today: string,
): { subject: string; text: string } {
  const t = messages(defaultLocale)
  const lines = alerts.map((alert) => {
    const { territory, key, authority, previous, status, value, counts, wanted, operator, missing } = alert
    const what = { name: targets.get(`${territory} ${key}`) ?? key, unit: units.get(authority) ?? authority }
    const now = t(`targets.status.${status}`)
    const before =
      previous === null ? '' : t('targets.told.before', { before: t(`targets.status.${previous}`) })
    const stands =
      value === null || counts === null
        ? ''
        : t('targets.told.stands', { value: number(value), n: number(counts[0]), d: number(counts[1]) })
    const needs =
      wanted === null || operator === null
        ? ''
        : t('targets.told.needs', {
            wanted: t(`targets.operator.${operator}`, { value: `${number(wanted)}\u00a0%` }),
          })
    const lacks = missing ? t('targets.told.lacks', { count: number(missing) }) : ''
    return `${t('targets.told.line', { ...what, now, before })}${stands}${needs}${lacks}.`
  })
  const date = today.split('-').toReversed().join('/')
  return { subject: t('targets.told.subject', { count: alerts.length, date }), text: lines.join('\n\n') }
}

const number = (value: number) => new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }).format(value)
