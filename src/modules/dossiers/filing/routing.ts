import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { type Answers, type ProcedureVersion, type Route, routeOf } from '../../catalogue/index.ts'
import {
  type Authority,
  findAuthority,
  findPlace,
  listAuthorities,
  oldToNew,
  unitsOf,
} from '../../directory/index.ts'
import type { Channel } from '../dossier.ts'
import { refusals } from '../refusals.ts'

/** When a filing is routed: on a day of law. */
export interface RoutedOn {
  on: string
  channel?: Channel
  /** The authority asked for outside the form; the form's own answer comes first. */
  asked?: string | undefined
  /** Who settles when neither rule nor answer says it. */
  fallback?: string | undefined
}

/** Who settles, and by which rule; no rule: the form or a choice said so. */
export interface Competence {
  authority: Authority
  /** Every authority that the rule allows, the usual one first; empty without a rule. */
  allowed: Authority[]
  route: Route | null
  /** The person chose another authority than the rule names, which the law leaves open. */
  chosenOtherwise: boolean
}

/**
 * The authority that settles a filing: by the rule of the procedure and the answers, else the one answered in the
 * form, else `fallback`. Never by where it was taken in. Refuses a place that was divided (with the choices), one
 * where nobody settles such things, and a choice that a binding rule does not allow.
 */
export async function competentFor(
  db: Db,
  version: ProcedureVersion,
  answers: Answers,
  on: string,
  fallback?: string,
): Promise<Outcome<Authority>> {
  const found = await competenceOf(db, version, answers, { on, fallback })
  return isRefusal(found) ? found : found.authority
}

/** The same with the rule that said so. */
export async function competenceOf(
  db: Db,
  version: ProcedureVersion,
  answers: Answers,
  { on, channel, asked, fallback }: RoutedOn,
): Promise<Outcome<Competence>> {
  const answered = answeredAgency(answers) ?? asked
  const route = routeOf(version, answers, { today: on, ...(channel && { channel }) })
  if (route === null) return chosen(db, version, answered ?? fallback, on)
  const ruled = await allowedBy(db, version, route, on)
  if (answered === undefined)
    return isRefusal(ruled) ? ruled : { ...by(route, ruled), authority: ruled[0]!, chosenOtherwise: false }
  const answer = await chosen(db, version, answered, on)
  if (isRefusal(answer)) return answer
  const { authority } = answer
  if (isRefusal(ruled)) return settlesChoice(ruled, authority, route) ?? ruled
  const within = ruled.some(({ code }) => code === authority.code)
  if (route.binding && !within)
    return refusals.otherAuthorityCompetent({
      authority: authority.code,
      competent: ruled[0]!.code,
      competentName: ruled[0]!.name,
      why: route.text,
    })
  return { ...by(route, ruled), authority, chosenOtherwise: !within }
}

const by = (route: Route, allowed: Authority[]) => ({ route, allowed })

/** The code of the authority that the form asked for; undefined when it asks for none. */
export function answeredAgency(answers: Answers): string | undefined {
  const { code } = (answers.receivingAgency ?? {}) as { code?: unknown }
  return typeof code === 'string' && code !== '' ? code : undefined
}

// A place that the installation does not know, or that was divided, leaves the word to who may choose.
function settlesChoice(
  refused: ReturnType<typeof refusals.dividedPlace | typeof refusals.nobodyCompetent>,
  authority: Authority,
  route: Route,
): Competence | undefined {
  const choices = 'choices' in refused.details ? refused.details.choices : undefined
  const among = choices?.some(({ code }) => code === authority.communeCode) ?? false
  if (route.binding && !among) return undefined
  return { authority, allowed: [authority], route, chosenOtherwise: false }
}

async function chosen(
  db: Db,
  version: ProcedureVersion,
  code: string | undefined,
  on: string,
): Promise<Outcome<Competence>> {
  const authority = code === undefined ? undefined : await findAuthority(db, code)
  if (authority === undefined || !stands(authority, on) || !settles(version, authority))
    return refusals.wrongReceiver({ receiving: code ?? '' })
  return { authority, allowed: [], route: null, chosenOtherwise: false }
}

/** Whether an authority is of a kind that settles a procedure. */
export function settles(version: ProcedureVersion, authority: Authority): boolean {
  const kinds = [version.executing.kind, ...version.routing.map(({ kind }) => kind)]
  return kinds.includes(authority.kind)
}

const stands = ({ validFrom, validTo }: Authority, on: string) =>
  validFrom <= on && (validTo === null || validTo >= on)

type NotFound = ReturnType<typeof refusals.dividedPlace | typeof refusals.nobodyCompetent>

// One territory that can be served is enough: the people may choose among several.
async function allowedBy(
  db: Db,
  version: ProcedureVersion,
  { kind, territory, territories }: Route,
  on: string,
): Promise<Authority[] | NotFound> {
  const all = (await listAuthorities(db, { kinds: [kind] })).filter((each) => stands(each, on))
  if (territory === null) return fitting(db, all, version, { kind, territory: '' })
  const found = await Promise.all(
    territories.map(async (code) => serving(db, version, { kind, code, on, all })),
  )
  const served = found.flatMap((each) => ('refused' in each ? [] : each))
  const refused = found.find((each) => 'refused' in each)
  return served.length > 0 || refused === undefined ? [...new Set(served)] : refused
}

interface Wanted {
  kind: Authority['kind']
  code: string
  on: string
  all: readonly Authority[]
}

async function serving(
  db: Db,
  version: ProcedureVersion,
  { kind, code, on, all }: Wanted,
): Promise<Authority[] | NotFound> {
  const place = await communeOn(db, code, on)
  if ('refused' in place) return place
  const here = all.filter(({ communeCode }) => communeCode === place.code)
  if (here.length > 0) return fitting(db, here, version, { kind, territory: place.code })
  const province = await houseOf(db, place.code, on)
  const wide = all.filter(({ communeCode }) => communeCode === null)
  const inProvince = await Promise.all(
    wide.map(async (each) => ((await rootOf(db, each)) === province ? [each] : [])),
  )
  return fitting(db, inProvince.flat(), version, { kind, territory: place.code })
}

/** The commune that a code means on a day; an old one leads to the new commune, unless it was divided. */
async function communeOn(db: Db, code: string, on: string): Promise<{ code: string } | NotFound> {
  const standing = await findPlace(db, 'commune', code, on)
  if (standing !== undefined) return standing
  const moved = await oldToNew(db, code)
  if (moved === undefined) return refusals.nobodyCompetent({ territory: code, kind: '' })
  if (moved.divided) {
    const choices = moved.targets.map(({ code: target, fullName }) => ({ code: target, name: fullName }))
    return refusals.dividedPlace({ territory: code, choices })
  }
  return moved.targets[0]!
}

// Of several of a kind, such as the departments of a province, those with a unit for the field of the procedure.
async function fitting(
  db: Db,
  found: Authority[],
  { field }: ProcedureVersion,
  wanted: { territory: string; kind: string },
): Promise<Authority[] | NotFound> {
  if (found.length === 0) return refusals.nobodyCompetent(wanted)
  if (found.length === 1) return found
  const units = await Promise.all(found.map(({ code }) => unitsOf(db, code)))
  const ofField = found.filter((_, i) => units[i]!.some(({ fields }) => fields.includes(field.name)))
  if (ofField.length === 1) return ofField
  // A guess would send the people's papers to strangers.
  return refusals.nobodyCompetent(wanted)
}

/** The topmost authority of the house that serves a commune, such as the people's committee of its province. */
async function houseOf(db: Db, communeCode: string, on: string): Promise<string | undefined> {
  const there = await listAuthorities(db, { communeCode })
  const known = there.find((each) => stands(each, on))
  return known && rootOf(db, known)
}

/** The code of the topmost authority above one: two of one province have the same. */
export async function rootOf(db: Db, authority: Authority): Promise<string> {
  let top = authority
  for (let steps = 0; top.parentCode !== null && steps < 10; steps += 1) {
    const above = await findAuthority(db, top.parentCode)
    if (above === undefined) break
    top = above
  }
  return top.code
}
