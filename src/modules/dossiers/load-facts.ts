import type { Db } from '../../kernel/db.ts'
import { readStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { loadCalendar } from '../calendar/index.ts'
import { getVersion, secondPartyOf } from '../catalogue/index.ts'
import { findAuthority, officersOf } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { getProcess } from '../processes/index.ts'
import { actingOf, standingOf } from './acting.ts'
import { beforeTheEnd } from './before-the-end.ts'
import { lacksFiles } from './certifying/read-originals.ts'
import type { Request } from './commands.ts'
import type { Facts } from './deciding/facts.ts'
import { type Dossier, openTasks } from './dossier.ts'
import type { DossierFile } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { settles } from './filing/routing.ts'
import { signedSoFar } from './papers/co-signers.ts'
import { type Acting, holds, involved, permission } from './permission.ts'

/** Looks up what a decision depends on; most of it is remembered, so that an ordinary act costs no query here. */
export async function loadFacts(
  db: Db,
  actor: Actor,
  file: DossierFile,
  request: Request,
  now: Date,
): Promise<Facts> {
  const { dossier, answers } = file
  const acting = actingOf(actor, standingOf(actor, file, dateOfLaw(now)))
  const [
    process,
    version,
    calendar,
    officerFits,
    place,
    before,
    stepsBecame,
    messagesToday,
    otherSecondParty,
    signedBefore,
  ] = await Promise.all([
    getProcess(db, dossier.processKey, dossier.processVersion),
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    loadCalendar(db, { authorityCode: dossier.competent }),
    officerFitsFor(db, dossier, acting, request),
    placeFor(db, dossier, request),
    request.command === 'restore' ? lifeBefore(db, dossier) : undefined,
    request.command === 'sendBack' ? processChanges(db, dossier) : undefined,
    request.command === 'message' && acting.kind !== 'officer'
      ? messagesOfLastDay(db, dossier, acting.id, now)
      : undefined,
    namesAnother(db, file, request),
    request.command === 'sendBack' ? signedBeforeIn(db, dossier) : undefined,
  ])
  const filesLacking = request.command === 'approve' && (await lacksFiles(db.pool, version, file))
  return {
    ...{ now, acting, process: process.compiled, calendar, answers },
    statusRules: version.statusAuthority,
    ...(officerFits !== undefined && { officerFits }),
    ...(place !== undefined && { place }),
    ...(before !== undefined && { before }),
    ...(stepsBecame !== undefined && { stepsBecame }),
    ...(messagesToday !== undefined && { messagesToday }),
    ...(otherSecondParty && { otherSecondParty }),
    ...(signedBefore && { signedBefore }),
    ...(filesLacking && { filesLacking }),
  }
}

async function officerFitsFor(
  db: Db,
  dossier: Dossier,
  acting: Acting,
  request: Request,
): Promise<boolean | undefined> {
  switch (request.command) {
    case 'assign':
    case 'reassign': {
      const { taskNo, officer } = request
      const allowed = permission(request.command, dossier, acting, taskNo)
      const task = 'denied' in allowed ? null : allowed.task
      if (task === null || task.role === 'applicant' || dossier.barred.includes(officer)) return false
      return isAmong(await officersOf(db, task.authority, task.role), officer)
    }
    case 'handOver': {
      const { authority, role, officer } = request.to
      return officer === null ? undefined : isAmong(await officersOf(db, authority, role), officer)
    }
    case 'bar': {
      const all = await Promise.all(directed(dossier, acting).map((authority) => officersOf(db, authority)))
      return isAmong(all.flat(), request.officer)
    }
    default:
      return undefined
  }
}

/** Where somebody may bar officers: everywhere for who leads where it is settled, else in the own house. */
function directed(dossier: Dossier, acting: Acting): string[] {
  const leads = (authority: string) =>
    (['head', 'leader'] as const).some((role) => holds(acting, role, authority, dossier.procedureCode))
  return leads(dossier.competent) ? involved(dossier) : involved(dossier).filter(leads)
}

const isAmong = (holders: readonly { officerId: string }[], officer: string) =>
  holders.some((holder) => holder.officerId === officer)

/** About the authority that a request names, or that takes a dossier over. */
async function placeFor(db: Db, dossier: Dossier, request: Request): Promise<Facts['place'] | undefined> {
  const code = namedAuthority(dossier, request)
  if (code === undefined) return undefined
  const [authority, version] = await Promise.all([
    findAuthority(db, code),
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
  ])
  if (authority === undefined) return null
  return {
    settles: settles(version, authority),
    calendar: await loadCalendar(db, { authorityCode: code }),
  }
}

function namedAuthority(dossier: Dossier, request: Request): string | undefined {
  switch (request.command) {
    case 'consult':
      return 'authority' in request.to ? request.to.authority : undefined
    case 'transfer':
      return request.to
    case 'handOver':
      return request.to.authority
    case 'takeOver':
      return openTasks(dossier).find(({ kind }) => kind === 'transfer')?.authority
    default:
      return undefined
  }
}

async function messagesOfLastDay(db: Db, { id }: Dossier, by: string, now: Date): Promise<number> {
  const { rows } = await db.pool.query({
    name: 'dossiers.messages-of-last-day',
    text: `select count(*)::int as n from journal.entry
           where stream = $1 and kind = 'dossiers.messaged' and actor ->> 'id' = $2 and at > $3`,
    values: [id, by, new Date(now.getTime() - 86_400_000)],
  })
  return rows[0].n
}

// Whoever agreed did so for themself: the number says who that is, however the name is mended.
async function namesAnother(db: Db, { dossier, answers }: DossierFile, request: Request): Promise<boolean> {
  if (request.command !== 'supplement' || request.answers === undefined) return false
  if (!dossier.otherParties.some(({ kind }) => kind === 'second-party')) return false
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  const numberIn = (given: Record<string, unknown>) => secondPartyOf(version, given)?.personalId
  return numberIn(request.answers) !== numberIn(answers)
}

async function processChanges(db: Db, { id }: Dossier): Promise<NonNullable<Facts['stepsBecame']>> {
  const { rows } = await db.pool.query<{ at: Date; mapping: Record<string, string> }>({
    name: 'dossiers.process-changes',
    text: `select at, data -> 'mapping' as mapping from journal.entry
      where stream = $1 and kind = 'dossiers.process-changed' order by sequence`,
    values: [id],
  })
  return rows.map(({ at, mapping }) => ({ at: at.toISOString(), mapping }))
}

// What was signed on the way to where the dossier stands comes to nothing when it is sent back.
async function signedBeforeIn(db: Db, { id }: Dossier): Promise<string[]> {
  const entries = (await readStream(db.pool, id)) as SealedDossierEntry[]
  return signedSoFar(entries).papers.map(({ paper }) => paper)
}

const lifeBefore = async (db: Db, { id }: Dossier) =>
  beforeTheEnd((await readStream(db.pool, id)) as SealedDossierEntry[])
