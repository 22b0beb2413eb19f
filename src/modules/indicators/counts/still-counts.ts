import { changeDays } from '../../feedback/index.ts'
import type { RatioKey } from '../index-sets/figures.ts'

/** Why a dossier below the line of a figure does not stand above it, and what could still bring it there. */
export const stillReasons = [
  'not-decided',
  'not-digitised',
  'from-vault',
  'not-acknowledged',
  'rating-changeable',
] as const
export const goneReasons = [
  'date-passed',
  'asked-twice',
  'ended-late',
  'rating-closed',
  'filed-otherwise',
  'not-proven',
  'given-on-paper',
  'no-papers',
  'no-result',
  'closed',
] as const
export type MissReason = (typeof stillReasons)[number] | (typeof goneReasons)[number]

const has = (measure: string) =>
  `exists (select from jsonb_array_elements(c.deltas) h where h ->> 0 = '${measure}')`
const isOpen = 's.decided_at is null and s.closed_at is null'
/** Papers are digitised while the work goes on; a result is signed with its decision. */
const isWorkedOn = `s.state in ('submitted', 'awaiting-supplement', 'in-progress', 'awaiting-obligation')`

const late = `when s.supplement_requests > 1 then 'asked-twice' when ${isOpen} then 'date-passed'`

/**
 * The reason as SQL over a contribution `c`, its dossier `s` and its rating `r`; `$now` stands for this moment. Nothing
 * for figures of procedures.
 */
const reasons: Partial<Record<RatioKey, string>> = {
  onTime: `case ${late} else 'ended-late' end`,
  satisfied: `case when ${has('finished-late')} and s.supplement_requests > 1 then 'asked-twice'
    when ${has('finished-late')} then 'ended-late' ${late.replace('when s.supplement', `when ${isOpen} and s.supplement`)}
    when r.first_rated_at + interval '${changeDays} days' >= $now then 'rating-changeable' else 'rating-closed' end`,
  synced: `'not-acknowledged'`,
  onlineDossiers: `'filed-otherwise'`,
  electronicResults: `case when ${isOpen} then 'not-decided' when s.decided_at is null then 'no-result'
    else 'given-on-paper' end`,
  digitised: `case when ${isOpen} then 'not-decided' when s.decided_at is null then 'no-result'
    when ${has('electronic-result')} then 'no-papers' else 'given-on-paper' end`,
  reused: `case when ${isWorkedOn} then 'not-digitised' else 'closed' end`,
  vaultShared: `case when ${isOpen} and ${has('population-data')} then 'not-decided'
    when ${isWorkedOn} then 'from-vault' when ${isOpen} then 'closed'
    when ${has('population-data')} then 'no-result' else 'not-proven' end`,
  populationData: `'not-proven'`,
}

/** The reason why a dossier misses a figure, as SQL; undefined for figures of procedures. */
export const reasonOf = (key: RatioKey, now: string): string | undefined =>
  reasons[key]?.replaceAll('$now', now)

/** Whether a figure counts dossiers one by one, so that each that misses it has a reason. */
export const saysWhyNot = (key: RatioKey): boolean => key in reasons

/** Figures whose misses of the past nothing changes any more. */
const settled = new Set<RatioKey>(['onTime', 'onlineDossiers', 'populationData'])
export const mayStillCount = (key: RatioKey): boolean => key in reasons && !settled.has(key)

/** Figures for which only what is still open may count: found without looking through what has ended. */
const needsOpen = new Set<RatioKey>(['electronicResults', 'digitised', 'reused', 'vaultShared'])
export const onlyOpen = (key: RatioKey): boolean => needsOpen.has(key)
