import type { Queryable } from '../../kernel/db.ts'
import type { Dossier } from './dossier.ts'
import { toDossier } from './dossier-row.ts'
import type { PaperStated, SealedDossierEntry, SubmittedData } from './entries.ts'
import { reuseOf } from './papers/reuse.ts'
import { nationalDestination } from './sync.ts'

const countedFields = [
  'id',
  'code',
  'competent',
  'procedureCode',
  'channel',
  'state',
  'delivery',
  'outcome',
  'submittedAt',
  'acceptedAt',
  'dueAt',
  'indexDueAt',
  'decidedAt',
  'closedAt',
  'supplementRequests',
  'pauses',
  'otherParties',
  'predecessors',
  'branches',
  'linked',
] as const satisfies readonly (keyof Dossier)[]

/** The part of a dossier that figures depend on. */
export type CountedDossier = Pick<Dossier, Exclude<(typeof countedFields)[number], 'linked'>> &
  Partial<Pick<Dossier, 'linked'>>

/**
 * What figures ask about papers, accounts and partners. It comes from the journal and from what is only ever added to,
 * so that contents destroyed at the end of their retention change no figure of the past.
 */
export interface CountedFacts {
  /** Some component is here as a file, handed in or scanned and signed at the counter. */
  hasPaper: boolean
  /** Some component stands digitised or was reused (`HoSoCoThanhPhanSoHoa`). */
  reused: boolean
  /** Some paper was taken from the store of papers of the person or organisation. */
  fromVault: boolean
  /** The decision rests on a digitally signed paper. */
  signedResult: boolean
  /** It was filed from an account of the second level, whose data the population database confirmed. */
  proven: boolean
  /** The national portal has acknowledged it. */
  synchronised: boolean
}

/** A dossier as figures see it. */
export interface Counted {
  dossier: CountedDossier
  facts: CountedFacts
}

/** What is known of a dossier of which nothing more is said. */
export const noFacts: CountedFacts = {
  ...{ hasPaper: false, reused: false, fromVault: false },
  ...{ signedResult: false, proven: false, synchronised: false },
}

/** Dossiers as they stand now, by their rows. */
export async function readCounted(db: Queryable, ids: readonly string[]): Promise<Counted[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query({
    name: 'dossiers.counted',
    text: `select id, code, competent, procedure_code, channel, state, delivery, outcome, submitted_at, accepted_at,
             due_at, index_due_at, decided_at, closed_at, supplement_requests, pauses, other_parties, predecessors,
             branches, linked
           from dossiers.dossier where id = any($1)`,
    values: [ids],
  })
  const dossiers = rows.map((row) => toCounted(toDossier({ ...row, ...unread }, [])))
  return withFacts(db, dossiers)
}

// Dates that the reading of a row wants and no figure uses.
const unread = { intake_due_at: null, promised_due_at: null, apologised_at: null, apologised_until: null }

const toCounted = (dossier: Dossier): CountedDossier =>
  Object.fromEntries(countedFields.map((field) => [field, dossier[field]])) as unknown as CountedDossier

const bringsPapers = ['dossiers.submitted', 'dossiers.supplemented'] as const
/** Acts that may rest on a signed paper. */
export const signs = ['dossiers.approved', 'dossiers.declined', 'dossiers.step-completed'] as const

/** What an entry says of papers and of who filed. */
export interface Told {
  papers: PaperStated[] | null
  lookedUp: string[] | null
  assurance: number | null
  signed: boolean
}

/** The same that `toldOf` reads, of entries at hand. */
export const toldBy = (entries: readonly SealedDossierEntry[]): Told[] =>
  entries.flatMap(({ kind, data }) => {
    const signed = 'signature' in data
    if (!isOneOf(bringsPapers, kind) && !(signed && isOneOf(signs, kind))) return []
    const { papers = null, lookedUp = null, assurance = null } = data as Partial<SubmittedData>
    return [{ papers, lookedUp, assurance, signed }]
  })

const isOneOf = (kinds: readonly string[], kind: string) => kinds.includes(kind)

/** What the journal says of papers and of who filed, by dossier. */
export async function toldOf(db: Queryable, ids: readonly string[]): Promise<Map<string, Told[]>> {
  const { rows } = await db.query<Told & { stream: string }>({
    name: 'dossiers.counted-facts',
    text: `select stream, data -> 'papers' as papers, data -> 'lookedUp' as "lookedUp",
             (data ->> 'assurance')::int as assurance, data ? 'signature' as signed
           from journal.entry
           where stream = any($1) and (kind = any($2) or (kind = any($3) and data ? 'signature'))`,
    values: [ids, bringsPapers, signs],
  })
  return Map.groupBy(rows, ({ stream }) => stream)
}

async function withFacts(db: Queryable, dossiers: readonly CountedDossier[]): Promise<Counted[]> {
  const ids = dossiers.map(({ id }) => id)
  // Who filed linked procedures signed in once, for all of them.
  const filings = dossiers.flatMap(({ linked }) => linked?.filing ?? [])
  const told = await toldOf(db, [...new Set([...ids, ...filings])])
  const [scanned, acknowledged] = [await scannedOf(db, ids), await acknowledgedOf(db, ids)]
  return dossiers.map((dossier) => ({
    dossier,
    facts: factsOf(told.get(dossier.id) ?? [], {
      filing: told.get(dossier.linked?.filing ?? '') ?? [],
      scanned: scanned.get(dossier.id) ?? noComponents,
      synchronised: acknowledged.has(dossier.id),
    }),
  }))
}

const noComponents: ReadonlySet<string> = new Set()

/** What figures ask beside the dossier itself, of what was told; pure. */
export function factsOf(
  rows: readonly Told[],
  beside: { filing: readonly Told[]; scanned: ReadonlySet<string>; synchronised: boolean },
): CountedFacts {
  const papers = rows.flatMap(({ papers }) => papers ?? []).map(toTaken)
  const { lines, HoSoCoThanhPhanSoHoa } = reuseOf([], papers, beside.scanned)
  return {
    hasPaper: lines.some(({ way }) => way !== 'none' && way !== 'shown'),
    reused: HoSoCoThanhPhanSoHoa === 1 || rows.some(({ lookedUp }) => (lookedUp ?? []).length > 0),
    fromVault: lines.some(({ flags }) => flags.DuocLayTuKhoDMQG === 1),
    signedResult: rows.some(({ signed }) => signed),
    proven: [...rows, ...beside.filing].some(({ assurance }) => assurance === 2),
    synchronised: beside.synchronised,
  }
}

const toTaken = ({ component, how, vaultItem, trust }: PaperStated) => ({
  ...{ component, source: 'upload' as const },
  ...(how && { how }),
  ...(vaultItem !== undefined && { vaultItemId: vaultItem }),
  ...(trust && { trust }),
})

async function scannedOf(db: Queryable, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ id: string; components: string[] }>({
    name: 'dossiers.counted-scans',
    text: `select dossier_id as id, array_agg(component) as components from dossiers.digitised_paper
           where dossier_id = any($1) group by dossier_id`,
    values: [ids],
  })
  return new Map(rows.map(({ id, components }) => [id, new Set(components)]))
}

async function acknowledgedOf(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.counted-acknowledged',
    text: `select dossier_id as id from dossiers.sync
           where dossier_id = any($1) and destination = $2 and acknowledged_at is not null`,
    values: [ids, nationalDestination],
  })
  return new Set(rows.map(({ id }) => id))
}

/** Whether the national portal has ever been told of a dossier here: before, nobody can say how many it has. */
export async function synchronises(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ does: boolean }>({
    name: 'dossiers.synchronises',
    text: 'select exists (select from dossiers.sync where destination = $1) as does',
    values: [nationalDestination],
  })
  return rows[0]!.does
}
