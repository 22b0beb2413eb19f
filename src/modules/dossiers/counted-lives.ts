import type { Queryable } from '../../kernel/db.ts'
import { type Counted, factsOf, signs, type Told, toldBy, toldOf } from './counted-dossiers.ts'
import type { EntryKind, SealedDossierEntry } from './entries.ts'
import { fold } from './evolve.ts'
import { nationalDestination } from './sync.ts'

/** Acts that change nothing of what is counted: most of a life is left unread when figures are made anew. */
export const ofNoFigure = [
  'dossiers.noted',
  'dossiers.opined',
  'dossiers.visit-planned',
  'dossiers.visit-recorded',
  'dossiers.step-completed',
  'dossiers.sent-back',
  'dossiers.transfer-asked',
  'dossiers.transfer-rejected',
  'dossiers.handed-over',
  'dossiers.taken-over',
  'dossiers.message-received',
  'dossiers.timer-fired',
  'dossiers.compensated',
  'dossiers.assigned',
  'dossiers.reassigned',
  'dossiers.result-drafted',
  'dossiers.consulted',
  'dossiers.replied',
  'dossiers.consultation-ended',
  'dossiers.apologised',
  'dossiers.delay-explained',
  'dossiers.result-dispatched',
  'dossiers.result-delivered',
  'dossiers.conflict-declared',
  'dossiers.messaged',
  'dossiers.process-changed',
  'dossiers.partner-reported',
] as const satisfies readonly EntryKind[]

/** What the journal tells of one dossier's figures, and what stands beside it. */
export interface CountedLife {
  id: string
  /** Oldest first, without acts of no figure and without what only tasks, texts and people need. */
  entries: SealedDossierEntry[]
  /** Components that stand digitised. */
  scanned: ReadonlySet<string>
  synchronised: boolean
  /** Of a branch of a linked filing: what the filing itself says. */
  filing: readonly Told[]
}

/** A dossier as its journal folds, whatever its row says; pure. */
export function countedOf({ entries, filing, scanned, synchronised }: CountedLife): Counted {
  const dossier = fold(entries)!
  return { dossier, facts: factsOf(toldBy(entries), { filing, scanned, synchronised }) }
}

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')

// What the fold needs for tasks, texts and people is not carried over the wire.
const heavy = ['opens', 'closes', 'changes', 'marking', 'answers', 'known', 'fees', 'reason', 'note']
// In a filing a reference to people; in what follows it says who of them agreed.
const heavyWhenFiled = [...heavy, 'party']

// One reading of the journal in its own order, without a sort: the first entry brings along what stands beside it.
// Kinds are written out, because only then are they looked up and not compared one by one.
const lives = `declare dossiers_lives no scroll cursor for
  select stream, sequence, kind, (extract(epoch from at) * 1000)::float8,
    data - case kind when 'dossiers.submitted' then array[${quoted(heavyWhenFiled)}] else array[${quoted(heavy)}] end,
    case when sequence = 1 then
      array(select component from dossiers.digitised_paper p where p.dossier_id = e.stream) end,
    case when sequence = 1 then exists (select from dossiers.sync s where s.dossier_id = e.stream
      and s.destination = '${nationalDestination}' and s.acknowledged_at is not null) end
  from journal.entry e
  where stream_kind = 'dossier'
    and (kind not in (${quoted(ofNoFigure)}) or (kind in (${quoted(signs)}) and data ? 'signature'))
  order by stream, sequence`

type Row = [
  stream: string,
  sequence: number,
  kind: EntryKind,
  at: number,
  data: object,
  scanned: string[] | null,
  synchronised: boolean | null,
]

/** Every dossier by its journal, some hundred at a time, in the order of their ids; inside a transaction. */
export async function* readLives(
  tx: Queryable,
  { rowsAtOnce = 1000 }: { rowsAtOnce?: number } = {},
): AsyncGenerator<CountedLife[]> {
  await tx.query(lives)
  let last: CountedLife | undefined
  for (;;) {
    const fetching = { text: `fetch ${rowsAtOnce} from dossiers_lives`, rowMode: 'array' as const }
    const { rows } = await tx.query<Row>(fetching as never)
    if (rows.length === 0) break
    const whole: CountedLife[] = []
    for (const row of rows) {
      if (last?.id !== row[0]) {
        if (last) whole.push(last)
        last = begunBy(row)
      }
      last.entries.push(toEntry(row))
    }
    if (whole.length > 0) yield withFilings(tx, whole)
  }
  await tx.query('close dossiers_lives')
  if (last) yield withFilings(tx, [last])
}

const none: ReadonlySet<string> = new Set()
const nobody = { kind: 'system', id: '' } as const
const noHash = Buffer.alloc(0)
const noTexts = { answers: { ref: '', hash: '' } }

const begunBy = ([id, , , , , scanned, synchronised]: Row): CountedLife => ({
  id,
  entries: [],
  scanned: scanned === null || scanned.length === 0 ? none : new Set(scanned),
  synchronised: synchronised === true,
  filing: [],
})

function toEntry([stream, sequence, kind, at, data]: Row): SealedDossierEntry {
  const told = kind === 'dossiers.submitted' ? { ...noTexts, ...data } : data
  const entry = { stream, sequence, kind, at: new Date(at), data: told, actor: nobody, hash: noHash }
  return entry as unknown as SealedDossierEntry
}

// Who filed linked procedures signed in once, for all of them.
async function withFilings(tx: Queryable, whole: readonly CountedLife[]): Promise<CountedLife[]> {
  const ids = whole.flatMap((life) => filingOf(life) ?? [])
  if (ids.length === 0) return [...whole]
  const told = await toldOf(tx, ids)
  return whole.map((life) => ({ ...life, filing: told.get(filingOf(life) ?? '') ?? [] }))
}

const filingOf = ({ entries: [first] }: CountedLife) =>
  first?.kind === 'dossiers.submitted' ? first.data.linked?.filing : undefined
