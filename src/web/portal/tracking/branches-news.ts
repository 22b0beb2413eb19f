import type { Translate } from 'motcua/kernel/i18n'
import type { Branch, EntryData, HistoryItem } from 'motcua/modules/dossiers'

type Change = 'began' | 'goes-on' | 'paused' | 'granted' | 'refused' | 'ended' | 'not-started'

const order: readonly Change[] = ['granted', 'refused', 'ended', 'not-started', 'paused', 'goes-on', 'began']

/**
 * What one line of a group's history says: which parts began, ended or wait since the line before. Nothing when only
 * dates moved: the parts themselves tell those.
 */
export function branchNews(
  item: Pick<HistoryItem, 'sequence' | 'data'>,
  history: readonly Pick<HistoryItem, 'sequence' | 'kind' | 'data'>[],
  names: ReadonlyMap<string, string>,
  t: Translate,
): string[] {
  const before = history.findLast(
    ({ kind, sequence }) => kind === 'dossiers.branches-changed' && sequence < item.sequence,
  )
  const known = new Map(before ? branchesIn(before).map(({ key, state }) => [key, state]) : [])
  const changed = branchesIn(item).map((branch) => ({
    name: names.get(branch.procedureCode) ?? branch.name,
    change: changeOf(known.get(branch.key) ?? 'waiting', branch.state),
  }))
  return order.flatMap((wanted) => {
    const told = changed.filter(({ change }) => change === wanted).map(({ name }) => name)
    return told.length > 0 ? [t(`branches.happened.${wanted}`, { names: told.join(', ') })] : []
  })
}

const branchesIn = ({ data }: Pick<HistoryItem, 'data'>) =>
  (data as EntryData['dossiers.branches-changed']).branches

function changeOf(before: Branch['state'], now: Branch['state']): Change | undefined {
  if (before === now || now === 'waiting') return undefined
  if (now === 'running') return before === 'paused' ? 'goes-on' : 'began'
  return now
}
