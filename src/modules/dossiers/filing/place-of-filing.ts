import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { Answers, ProcedureVersion } from '../../catalogue/index.ts'
import { type Authority, findAuthority } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Channel } from '../dossier.ts'
import { refusals } from '../refusals.ts'
import { type Competence, competenceOf, rootOf } from './routing.ts'

/** The three organisations of a dossier. */
export interface Place {
  receivedBy: string
  competent: string
  /** Where an officer helped to file online with another authority. */
  helpedBy: string | null
  /** The commune that the competent authority serves, where it serves one. */
  communeCode: string | null
}

interface Situation {
  on: string
  channel: Channel
  /** The authority asked to settle it, when the form does not ask. */
  asked?: string | undefined
}

/**
 * Where a filing is taken in and where it is settled. Competence comes from the procedure and the answers; the
 * counter of any commune of the province, or the provincial centre, may take it in (NĐ 118/2025/NĐ-CP, Điều 14).
 * An officer who files online helps: the competent authority receives. Refuses a counter that may not receive, and
 * a token that is for other authorities.
 */
export async function placeOfFiling(
  db: Db,
  version: ProcedureVersion,
  answers: Answers,
  actor: Actor,
  situation: Situation,
): Promise<Outcome<Place>> {
  const found = await competenceAt(db, version, answers, actor, situation)
  if (isRefusal(found)) return found
  const { authority } = found
  // A token for some authorities files with those alone.
  const limitedTo = actor.kind === 'system' ? actor.authorityCodes : undefined
  if (limitedTo && !limitedTo.includes(authority.code))
    return refusals.wrongReceiver({ receiving: authority.code })
  const settledAt = { competent: authority.code, communeCode: authority.communeCode }
  const here = await counterOf(db, actor)
  if (here.length === 0) return { ...settledAt, receivedBy: authority.code, helpedBy: null }
  if (situation.channel === 'online') {
    const helper = here.some(({ code }) => code === authority.code) ? null : here[0]!.code
    return { ...settledAt, receivedBy: authority.code, helpedBy: helper }
  }
  const receiver = await receiverAmong(db, version, here, authority)
  if (receiver === undefined) return refusals.notReceivedHere({ authority: here[0]!.code })
  return { ...settledAt, receivedBy: receiver.code, helpedBy: null }
}

/** Who settles what an actor files, and by which rule. */
export async function competenceAt(
  db: Db,
  version: ProcedureVersion,
  answers: Answers,
  actor: Actor,
  { on, channel, asked }: Situation,
): Promise<Outcome<Competence>> {
  const fallback = await ownChoice(db, version, actor)
  return competenceOf(db, version, answers, { on, channel, asked, fallback })
}

/**
 * The own house of an officer, for a procedure that any authority of its kind settles wherever people live, such as
 * certified copies. With a rule of territory nothing is ever settled by the address of the counter.
 */
export async function ownChoice(
  db: Db,
  version: ProcedureVersion,
  actor: Actor,
): Promise<string | undefined> {
  if (version.routing.length > 0) return undefined
  const here = await counterOf(db, actor)
  return here.find(({ kind }) => kind === version.executing.kind)?.code
}

/** Where an officer sits at a counter. */
async function counterOf(db: Db, actor: Actor): Promise<Authority[]> {
  if (actor.kind !== 'officer') return []
  const codes = actor.posts
    .filter(({ roles }) => roles.includes('reception'))
    .map((post) => post.authorityCode)
  const found = await Promise.all([...new Set(codes)].map((code) => findAuthority(db, code)))
  return found.filter((each) => each !== undefined)
}

async function receiverAmong(
  db: Db,
  version: ProcedureVersion,
  here: readonly Authority[],
  competent: Authority,
): Promise<Authority | undefined> {
  if (here.some(({ code }) => code === competent.code)) return competent
  const house = await rootOf(db, competent)
  for (const each of here) if (takesIn(version, each) && (await rootOf(db, each)) === house) return each
  return undefined
}

/** Whether a counter of this kind may take in a procedure that another authority settles. */
export function takesIn({ receivingKinds }: ProcedureVersion, { kind }: Pick<Authority, 'kind'>): boolean {
  // The centre of a commune is the one-stop unit of its people's committee.
  const counter = kind === 'commune' ? 'commune-centre' : kind
  return (receivingKinds as readonly string[]).includes(counter)
}
