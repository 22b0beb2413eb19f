import type { Db } from '../../kernel/db.ts'
import { at, dateOfLaw } from '../../kernel/time.ts'
import { getVersion } from '../catalogue/index.ts'
import { type Due, dayAfter, dueOf, endedBy, type Rule } from './due.ts'
import { type EndedDossier, endedBefore, readRules } from './retention-store.ts'

/** A dossier with what the periods say of it. */
export interface DueDossier {
  dossier: EndedDossier
  due: Extract<Due, { dueOn: string }>
}

/** What comes due by a day: how many at each authority, and the first of them. */
export interface ComingDue {
  until: string
  counts: { authority: string; due: number; coming: number; held: number; listed: number }[]
  first: DueDossier[]
  hasMore: boolean
  /** Rules that any of them follows. */
  rules: Rule[]
}

/** Remembers the templates of results by procedure and version. */
export function templates(db: Db) {
  const known = new Map<string, Promise<string | null>>()
  return ({ procedureCode, procedureVersion, granted }: EndedDossier): Promise<string | null> => {
    if (!granted) return Promise.resolve(null)
    const key = `${procedureCode}/${procedureVersion}`
    // A result without a template of its own is still a result.
    const look = async () =>
      (await getVersion(db, procedureCode, procedureVersion)).results[0]?.template ?? 'result'
    if (!known.has(key)) known.set(key, look())
    return known.get(key)!
  }
}

/** What the periods say of a dossier on a day. */
export async function dueOfDossier(
  dossier: EndedDossier,
  { rules, templateOf, on }: { rules: readonly Rule[]; templateOf: ReturnType<typeof templates>; on: string },
): Promise<Due> {
  return dueOf({ ...dossier, template: await templateOf(dossier) }, rules, on)
}

const mostShown = 200

/** What comes due at an authority and those under it within some days. */
export async function comingDue(
  db: Db,
  { authority, days, now, most = mostShown }: { authority: string; days: number; now: Date; most?: number },
): Promise<ComingDue> {
  const rules = await readRules(db.pool)
  const on = dateOfLaw(now)
  const until = dayAfter(now, days)
  const templateOf = templates(db)
  const counts = new Map<string, ComingDue['counts'][number]>()
  const first: DueDossier[] = []
  let seen = 0
  const pages = endedBefore(db.pool, { authority, until: at(endedBy(rules, until), '23:59:59.999') })
  for await (const page of pages)
    for (const dossier of page) {
      if (dossier.purged) continue
      const due = await dueOfDossier(dossier, { rules, templateOf, on })
      if (!('dueOn' in due) || due.dueOn >= until) continue
      seen += 1
      count(counts, dossier, due)
      if (first.length < most) first.push({ dossier, due })
    }
  const followed = new Set(
    first.flatMap(({ due }) => [due.rule, ...(due.resultRule ? [due.resultRule] : [])]),
  )
  return {
    until,
    counts: [...counts.values()].sort((a, b) => (a.authority < b.authority ? -1 : 1)),
    first,
    hasMore: seen > first.length,
    rules: [...followed],
  }
}

function count(
  counts: Map<string, ComingDue['counts'][number]>,
  dossier: EndedDossier,
  due: DueDossier['due'],
) {
  const { competent: authority } = dossier
  const here = counts.get(authority) ?? { authority, due: 0, coming: 0, held: 0, listed: 0 }
  counts.set(authority, here)
  if (due.state === 'held') here.held += 1
  else if (dossier.listed) here.listed += 1
  else if (due.state === 'due') here.due += 1
  else here.coming += 1
}
