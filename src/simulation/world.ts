import type { Db } from '../kernel/db.ts'
import { isRefusal } from '../kernel/errors.ts'
import { type Calendar, loadCalendar } from '../modules/calendar/index.ts'
import { type Authority, allOfficers, listAuthorities, type Officer } from '../modules/directory/index.ts'
import { type Acting, loadRules, type Rules } from '../modules/dossiers/index.ts'
import { findProcess, type ProcessVersion } from '../modules/processes/index.ts'

/** A place where dossiers are received and settled, with its people and calendar. */
export interface Site {
  authority: Authority
  calendar: Calendar
  /** Share of all filings. */
  weight: number
  /** How slow its people are: 1 is usual; the one in trouble is there to be discovered on the board. */
  slowness: number
  /** Officers by role. */
  staff: ReadonlyMap<string, Acting[]>
}

export interface Offer {
  rules: Rules
  /** Every version of its process up to now, the newest first. */
  processes: ProcessVersion[]
  weight: number
  sites: Site[]
}

/** Everything that the simulation plays with; looked up once. */
export interface World {
  offers: Offer[]
}

/** Certification of copies is about a quarter of what communes do; the others in rough proportion. */
const shares: Record<string, number> = {
  '2.000815': 26,
  '2.000635': 17,
  '1.001193': 13,
  '1.004873': 11,
  '1.004194': 14,
  '1.000656': 6,
  '1.013225': 5,
  '1.014028': 4,
  '1.004884': 4,
  '1.000894': 3,
  '1.004222': 5,
  '1.003197': 2,
  '1.014062': 2,
  '1.001939': 2,
  '1.001612': 3,
  '1.008498': 1,
  '1.002051': 1,
  '1.004859': 2,
  '1.001022': 1,
  '3.000333': 2,
  '1.115668': 2,
  '1.014027': 2,
  '3.000347': 2,
}

/** The best-staffed communes are also the busiest. */
const busy: Record<string, number> = { 'H99.12': 14, 'H99.13': 6, 'H99.14': 5 }
const inTrouble = new Set(['H99.27', 'H99.14'])

/** Reads procedures, authorities, officers and calendars into one world. */
export async function loadWorld(db: Db, now: Date): Promise<World> {
  const [authorities, officers] = await Promise.all([listAuthorities(db, { sample: true }), allOfficers(db)])
  const sites = new Map<string, Site>()
  for (const authority of authorities) sites.set(authority.code, await siteOf(db, authority, officers))
  const offers: Offer[] = []
  for (const [code, weight] of Object.entries(shares)) {
    const rules = await loadRules(db, code, now)
    if (isRefusal(rules)) continue
    const able = [...sites.values()].filter(
      (site) => site.authority.kind === rules.version.executing.kind && site.staff.has('reception'),
    )
    if (able.length === 0) continue
    offers.push({ rules, processes: await versionsOf(db, rules.process), weight, sites: able })
  }
  return { offers }
}

async function versionsOf(db: Db, newest: ProcessVersion): Promise<ProcessVersion[]> {
  const versions = [newest]
  for (let found: ProcessVersion | undefined = newest; found; ) {
    const before = new Date(Date.parse(found.validFrom) - 86_400_000).toISOString().slice(0, 10)
    found = await findProcess(db, newest.key, before)
    if (found) versions.push(found)
  }
  return versions
}

/** The version of the process that a dossier of that day begins with. */
export const processOn = ({ processes }: Offer, on: string): ProcessVersion =>
  processes.find(({ validFrom }) => validFrom <= on) ?? processes.at(-1)!

async function siteOf(db: Db, authority: Authority, officers: readonly Officer[]): Promise<Site> {
  const { code } = authority
  const staff = new Map<string, Acting[]>()
  for (const officer of officers) {
    const posts = officer.posts.filter((post) => post.authorityCode === code)
    const acting: Acting = {
      kind: 'officer',
      id: officer.officerId,
      posts: posts.map(({ roles, postId }) => ({ authority: code, roles, post: postId })),
    }
    for (const role of new Set(posts.flatMap((post) => post.roles)))
      staff.set(role, [...(staff.get(role) ?? []), acting])
  }
  const calendar = await loadCalendar(db, { authorityCode: code })
  return { authority, calendar, weight: busy[code] ?? 1, slowness: inTrouble.has(code) ? 1.8 : 1, staff }
}
