import type { Db } from '../../kernel/db.ts'
import { readStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { loadCalendar } from '../calendar/index.ts'
import { getVersion } from '../catalogue/index.ts'
import { findAuthority, officersOf } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { getProcess } from '../processes/index.ts'
import { actingOf, standingOf } from './acting.ts'
import { beforeTheEnd } from './before-the-end.ts'
import type { Request } from './commands.ts'
import type { Facts } from './deciding/facts.ts'
import { type Dossier, openTasks } from './dossier.ts'
import type { DossierFile } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { type Acting, involved, permission } from './permission.ts'

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
  const [process, calendar, officerFits, place, before] = await Promise.all([
    getProcess(db, dossier.processKey, dossier.processVersion),
    loadCalendar(db, { authorityCode: dossier.competent }),
    officerFitsFor(db, dossier, acting, request),
    placeFor(db, dossier, request),
    request.command === 'restore' ? lifeBefore(db, dossier) : undefined,
  ])
  return {
    ...{ now, acting, process: process.compiled, calendar, answers },
    ...(officerFits !== undefined && { officerFits }),
    ...(place !== undefined && { place }),
    ...(before !== undefined && { before }),
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
      const all = await Promise.all(involved(dossier).map((authority) => officersOf(db, authority)))
      return isAmong(all.flat(), request.officer)
    }
    default:
      return undefined
  }
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
    settles: authority.kind === version?.executing.kind,
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

const lifeBefore = async (db: Db, { id }: Dossier) =>
  beforeTheEnd((await readStream(db.pool, id)) as SealedDossierEntry[])
