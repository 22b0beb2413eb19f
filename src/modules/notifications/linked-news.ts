import type { Branch, Dossier } from '../dossiers/index.ts'
import type { MessageKind } from './message.ts'
import { dataOf, type ToldEntry } from './told-entry.ts'

/** What a branch has in common with its filing was told of the filing. */
const toldOfTheFiling = new Set<MessageKind>([
  'submitted',
  'accepted',
  'returned',
  'due-moved',
  'due-by-edition',
])
/** What a filing comes to is told of each of its branches. */
const toldOfBranches = new Set<MessageKind>(['result-ready', 'declined'])

/** Whether something is news in a linked filing: one thing that happened is told once. */
export function isNews(
  kind: MessageKind,
  { actor }: Pick<ToldEntry, 'actor'>,
  { linked, branches }: Pick<Dossier, 'linked' | 'branches'>,
): boolean {
  if (branches !== null) return !toldOfBranches.has(kind)
  if (linked === null) return true
  // What ends with the filing ends by the platform; whoever withdrew the filing knows.
  const withFiling = kind === 'withdrawn' && actor?.kind === 'system'
  return !withFiling && !toldOfTheFiling.has(kind)
}

/** A branch that will never begin because of another: the people are told. */
export const neverStarts = ({ state, reason }: Branch): boolean =>
  state === 'not-started' && (reason === 'depends-on-refused' || reason === 'not-competent')

/** The branches of which an entry says for the first time that they never begin. */
export function newlyNotStarted(entry: ToldEntry, stream: readonly ToldEntry[]): Branch[] {
  const before = stream.findLast(({ kind, sequence }) => kind === entry.kind && sequence < entry.sequence)
  const known = new Set(
    (before ? dataOf(before, 'dossiers.branches-changed').branches : [])
      .filter(neverStarts)
      .map(({ key }) => key),
  )
  return dataOf(entry, 'dossiers.branches-changed').branches.filter(
    (branch) => neverStarts(branch) && !known.has(branch.key),
  )
}
