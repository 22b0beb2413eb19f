import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { type Answers, type ProcedureVersion, type Route, routeOf } from '../../catalogue/index.ts'
import {
  type Authority,
  findAuthority,
  findPlace,
  listAuthorities,
  oldToNew,
  resolveAuthority,
  stands,
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
  if (answered === undefined && !('refused' in ruled))
    return { ...by(route, ruled), authority: ruled[0]!, chosenOtherwise: false }
  const choice = answered ?? (route.binding ? undefined : fallback)
  if (choice === undefined && 'refused' in ruled) return ruled
  const answer = await chosen(db, version, choice, on)
  if (isRefusal(answer)) return answer
  const { authority } = answer
  if ('refused' in ruled) return settledByChoice(ruled, authority, route) ?? ruled
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

/** What the rule alone says, whatever was chosen; null when none holds, or nobody there settles such things. */
export async function settledByRule(
  db: Db,
  version: ProcedureVersion,
  answers: Answers,
  { on, channel }: Pick<RoutedOn, 'on' | 'channel'>,
): Promise<{ allowed: Authority[]; route: Route } | null> {
  const route = routeOf(version, answers, { today: on, ...(channel && { channel }) })
  if (route === null) return null
  const allowed = await allowedBy(db, version, route, on)
  return 'refused' in allowed ? null : { allowed, route }
}

const by = (route: Route, allowed: Authority[]) => ({ route, allowed })

/** The code of the authority that the form asked for; undefined when it asks for none. */
export function answeredAgency(answers: Answers): string | undefined {
  const { code } = (answers.receivingAgency ?? {}) as { code?: unknown }
  return typeof code === 'string' && code !== '' ? code : undefined
}

// A place that the installation does not know, or that was divided, leaves the word to who may choose.
function settledByChoice(refused: NotFound, authority: Authority, route: Route): Competence | undefined {
  const choices = 'choices' in refused.details ? refused.details.choices : []
  const among = choices.some(({ code }) => code === authority.communeCode || code === authority.code)
  if (route.binding && !among) return undefined
  return { authority, allowed: [authority], route, chosenOtherwise: false }
}

async function chosen(
  db: Db,
  version: ProcedureVersion,
  code: string | undefined,
  on: string,
): Promise<Outcome<Competence>> {
  const meant = code === undefined ? undefined : await resolveAuthority(db, code, on)
  if (meant && meant.choices.length > 0) return divided(code!, meant.choices)
  const authority = meant?.authority
  if (!authority || authority.validFrom > on || !settles(version, authority))
    return refusals.wrongReceiver({ receiving: code ?? '' })
  return { authority, allowed: [], route: null, chosenOtherwise: false }
}

/** Whether an authority is of a kind that settles a procedure. */
export function settles(version: ProcedureVersion, authority: Pick<Authority, 'kind'>): boolean {
  const kinds = [version.executing.kind, ...version.routing.map(({ kind }) => kind)]
  return kinds.includes(authority.kind)
}

type NotFound = ReturnType<typeof refusals.dividedPlace | typeof refusals.nobodyCompetent>

const divided = (territory: string, choices: readonly Pick<Authority, 'code' | 'name'>[]) =>
  refusals.dividedPlace({
    territory,
    choices: choices.map(({ code, name }) => ({ code, name })),
    names: choices.map(({ name }) => name).join(', '),
  })

// One territory that can be served is enough: the people may choose among several.
async function allowedBy(
  db: Db,
  version: ProcedureVersion,
  { kind, territory, territories }: Route,
  on: string,
): Promise<Authority[] | NotFound> {
  if (territory === null) return fitting(db, await listAuthorities(db, { kinds: [kind], on }), version)
  const found = await Promise.all(territories.map((code) => serving(db, version, { kind, code, on })))
  const served = found.flatMap((each) => ('refused' in each ? [] : each))
  const refused = found.find((each) => 'refused' in each)
  return served.length > 0 || refused === undefined ? [...new Set(served)] : refused
}

interface Wanted {
  kind: Authority['kind']
  /** The code of a commune, of today or of before a reorganisation. */
  code: string
  on: string
}

async function serving(
  db: Db,
  version: ProcedureVersion,
  { kind, code, on }: Wanted,
): Promise<Authority[] | NotFound> {
  const ever = await listAuthorities(db, { kinds: [kind], communeCode: code })
  const here = ever.filter((each) => each.validFrom <= on && stands(each, on))
  if (here.length > 0) return fitting(db, here, version, code)
  const heirs = await Promise.all(ever.map((each) => resolveAuthority(db, each.code, on)))
  const several = heirs.find((heir) => heir && heir.choices.length > 0)
  if (several) return divided(code, several.choices)
  const heir = heirs.flatMap((each) => each?.authority ?? [])
  if (heir.length > 0) return fitting(db, heir, version, code)
  const place = await communeOn(db, code, on)
  if ('refused' in place) return place
  if (place.code !== code) return serving(db, version, { kind, code: place.code, on })
  return fitting(db, await ofProvince(db, { kind, code, on }), version, code)
}

/** The commune that a code means on a day; an old one leads to the new commune, unless it was divided. */
async function communeOn(db: Db, code: string, on: string): Promise<{ code: string } | NotFound> {
  const standing = await findPlace(db, 'commune', code, on)
  if (standing !== undefined) return standing
  const moved = await oldToNew(db, code)
  if (moved === undefined) return refusals.nobodyCompetent({ territory: code })
  const targets = moved.targets.map(({ code: target, fullName }) => ({ code: target, name: fullName }))
  return moved.divided ? divided(code, targets) : targets[0]!
}

/** Authorities that serve the whole province of a commune: departments, insurance, tax, police. */
async function ofProvince(db: Db, { kind, code, on }: Wanted): Promise<Authority[]> {
  const [local] = await listAuthorities(db, { communeCode: code, on })
  if (local === undefined) return []
  const [house, wide] = await Promise.all([rootOf(db, local), listAuthorities(db, { kinds: [kind], on })])
  const roots = await Promise.all(wide.map((each) => rootOf(db, each)))
  return wide.filter(({ communeCode }, i) => communeCode === null && roots[i] === house)
}

// Of several of a kind, such as the departments of a province, the one with a unit for the field of the procedure.
async function fitting(
  db: Db,
  found: Authority[],
  { field, executing }: ProcedureVersion,
  territory = '',
): Promise<Authority[] | NotFound> {
  if (found.length === 1) return found
  const units = await Promise.all(found.map(({ code }) => unitsOf(db, code)))
  const ofField = found.filter((_, i) => units[i]!.some(({ fields }) => fields.includes(field.name)))
  // A guess would send the people's papers to strangers.
  return ofField.length === 1 ? ofField : refusals.nobodyCompetent({ territory, kind: executing.kind })
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
