import type { UnitKind } from '../../directory/index.ts'
import type { Dossier, Predecessor, Task, TaskChange } from '../dossier.ts'
import type { EntryData } from '../entries.ts'

/** Which dossiers of an authority go to which other one; of several that fit a dossier the first is taken. */
export interface SuccessionMove {
  from: string
  to: string
  /** Only what is meant; everything of `from`, unless said otherwise. */
  when?: {
    /** Codes of procedures. */
    procedures?: readonly string[]
    /** Codes of dossiers for which somebody chose. */
    dossiers?: readonly string[]
    /**
     * What lies with units of this kind: open tasks there; what was received or helped with, of the one-stop unit; what
     * is settled, of divisions.
     */
    unitKind?: UnitKind
  }
}

/** What a reorganisation of authorities means for their open dossiers. */
export interface Succession {
  /** Of the reorganisation, a UUID: asked to follow it again, the run goes on where it stopped. */
  id: string
  /** Number of the decision. */
  decision: string
  /** The day of law on which it takes effect, `YYYY-MM-DD`. */
  effectiveOn: string
  moves: readonly SuccessionMove[]
  /** Where officers work afterwards, by their ids: who moved along keeps their tasks. */
  officers: ReadonlyMap<string, string>
  /** The officer who had it applied; the system, unless said. */
  by?: string
}

/** The part of a dossier that a reorganisation changes; `tasks` may be the open ones alone. */
export type InheritedDossier = Pick<
  Dossier,
  'code' | 'procedureCode' | 'closedAt' | 'competent' | 'receivedBy' | 'helpedBy'
> & { tasks: Pick<Task, 'no' | 'closedAt' | 'authority' | 'unitKind' | 'assignee'>[] }

type Succeeded = EntryData['dossiers.succeeded']

/**
 * What becomes of an open dossier when authorities are reorganised, or null when it stays where it is. Its code, clock,
 * dates and calendar stay. Who holds a task keeps it when they moved along; else it is free.
 */
export function succeededTo(
  dossier: InheritedDossier,
  { id: run, decision, moves, officers }: Pick<Succession, 'id' | 'decision' | 'moves' | 'officers'>,
): Succeeded | null {
  if (dossier.closedAt !== null) return null
  const { code, procedureCode } = dossier
  const heir = (authority: string, unitKind: string) =>
    heirOf(moves, { authority, unitKind, procedureCode, code })?.to
  const authorities = heirs(dossier, heir)
  const changes = dossier.tasks
    .filter(({ closedAt }) => closedAt === null)
    .flatMap((task) => {
      const authority = heir(task.authority, task.unitKind)
      return authority === undefined ? [] : [{ no: task.no, set: taken(task, authority, officers) }]
    })
  if (authorities.length === 0 && changes.length === 0) return null
  return { decision, run, authorities, ...(changes.length > 0 && { changes }) }
}

/** The move that takes what lies with units of a kind at an authority; without a code, of dossiers nobody chose for. */
export function heirOf(
  moves: readonly SuccessionMove[],
  {
    authority,
    unitKind,
    procedureCode,
    code,
  }: { authority: string; unitKind: string; procedureCode: string; code?: string },
): SuccessionMove | undefined {
  return moves.find(
    ({ from, when }) =>
      from === authority &&
      (when?.dossiers === undefined || (code !== undefined && when.dossiers.includes(code))) &&
      (when?.procedures === undefined || when.procedures.includes(procedureCode)) &&
      (when?.unitKind === undefined || when.unitKind === unitKind),
  )
}

const unitKindOf = { competent: 'division', received: 'one-stop', helped: 'one-stop' } as const

function heirs(
  { competent, receivedBy, helpedBy }: InheritedDossier,
  heir: (authority: string, unitKind: string) => string | undefined,
): Succeeded['authorities'] {
  const places: [as: Predecessor['as'], authority: string | null][] = [
    ['competent', competent],
    ['received', receivedBy],
    ['helped', helpedBy],
  ]
  return places.flatMap(([as, from]) => {
    const to = from === null ? undefined : heir(from, unitKindOf[as])
    return to === undefined ? [] : [{ as, from: from!, to }]
  })
}

function taken({ assignee }: Pick<Task, 'assignee'>, authority: string, officers: Succession['officers']) {
  const free = assignee !== null && officers.get(assignee) !== authority
  return { authority, ...(free && { assignee: null }) } satisfies TaskChange
}
