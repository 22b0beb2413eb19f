import type { Authority, Capacity, Role, Unit } from './authority.ts'
import { isCollective } from './decide-grant.ts'
import { isPrincipal } from './power.ts'
import {
  begunBy,
  endedBy,
  type GovernedCommune,
  mainSuccessor,
  type NewAuthority,
  type ReorganisationLine,
  type ReorganisationRequest,
} from './reorganisation.ts'
import type { ReorganisationProblem } from './reorganisation-problems.ts'
import type { Succession } from './succession.ts'

export interface StoredPost {
  postId: string
  authorityCode: string
  unitCode: string
  title: string
  roles: Role[]
  counter: string | null
  capacity: Capacity | null
}

/** Who holds a post now, without an end. */
export interface Holding {
  officerId: string
  name: string
  postId: string
  /** Locked officers keep their posts and do no work. */
  locked?: boolean
}

/** A grant that is in force or still to come. */
export interface StandingGrant {
  id: string
  kind: 'absence' | 'signing'
  authorityCode: string
  giver: string
  receiver: string
  posts: string[]
}

/** What stands before a reorganisation, of the authorities that it concerns and those under them. */
export interface DirectoryState {
  authorities: ReadonlyMap<string, Authority>
  units: ReadonlyMap<string, readonly Unit[]>
  posts: readonly StoredPost[]
  holdings: readonly Holding[]
  grants: readonly StandingGrant[]
}

export interface OfficerMove {
  officerId: string
  name: string
  /** The posts that end and the one or ones that begin; empty: none. */
  from: StoredPost[]
  to: StoredPost[]
}

export interface PlannedGrant {
  id: string
  /** The posts that it goes along to; null when it ends. */
  follows: { authorityCode: string; posts: string[] } | null
}

export type PlannedAuthority = Omit<Authority, 'validFrom' | 'validTo'> & { commune: GovernedCommune | null }

/** Everything that a reorganisation writes in the directory; what the preview shows is what is applied. */
export interface ReorganisationPlan {
  begins: PlannedAuthority[]
  ends: string[]
  renames: Extract<ReorganisationLine, { kind: 'rename' }>[]
  /** Authorities that go on under another one. */
  reparents: { code: string; parentCode: string }[]
  /** New units, and units whose fields grow. */
  units: Unit[]
  unitsEnded: { authorityCode: string; unitCode: string }[]
  posts: StoredPost[]
  officers: OfficerMove[]
  /** New posts that nobody holds. */
  vacant: StoredPost[]
  grants: PlannedGrant[]
  successions: Pick<Succession, 'from' | 'to' | 'fromUnit' | 'toUnit' | 'rule'>[]
  /** Communes that end, each with those of the authorities that take over. */
  communes: { from: string; to: string[] }[]
  /** What must be settled before the decision is approved: heads, officers without a place, roles that nobody holds. */
  problems: ReorganisationProblem[]
}

interface Spot {
  authority: string
  unit: string
}

/** Works out what a decision makes of units, posts, officers and grants. Pure; takes decisions free of `problemsOfLines`. */
export function planReorganisation(
  request: ReorganisationRequest,
  state: DirectoryState,
): ReorganisationPlan {
  const { lines } = request
  const ends = new Map(lines.flatMap((line) => endedBy(line).map(({ code }) => [code, line] as const)))
  const models = modelsOf(lines)
  const begins = lines.flatMap((line) => {
    const begun = begunBy(line)
    return begun ? [authorityOf(begun, models.get(begun.code), state)] : []
  })
  const known = new Map<string, Pick<Authority, 'code' | 'name' | 'shortName' | 'kind'>>(state.authorities)
  for (const each of begins) known.set(each.code, each)
  const spotOf = spots(lines)
  const { units, unitsEnded } = planUnits({ lines, state, begins, known, spotOf })
  const staff = planStaff({ request, state, known, spotOf, units })
  return {
    begins,
    ends: [...ends.keys()],
    renames: lines.filter((line) => line.kind === 'rename'),
    reparents: reparented(state, ends),
    ...{ units: [...units.values()], unitsEnded },
    ...staff,
    grants: planGrants(request, state, staff),
    successions: lines.flatMap(successionsOf),
    communes: lines.flatMap((line) => communesOf(line, known, state)),
  }
}

/** Whom each successor takes over from, the first of several. */
function modelsOf(lines: readonly ReorganisationLine[]): Map<string, string> {
  const models = new Map<string, string>()
  for (const line of lines) {
    const from = line.kind === 'split' ? [{ code: line.from, successors: line.into }] : endedBy(line)
    for (const { code, successors } of from)
      for (const to of successors) if (!models.has(to)) models.set(to, code)
  }
  return models
}

function authorityOf(begun: NewAuthority, before: string | undefined, { authorities }: DirectoryState) {
  const { commune, address, phone, ...authority } = begun
  const model = authorities.get(before ?? begun.parentCode ?? '')
  return {
    ...authority,
    commune,
    communeCode: commune?.code ?? (begun.kind === 'commune' ? null : (model?.communeCode ?? null)),
    address: address || (before ? (model?.address ?? null) : null),
    phone: phone || (before ? (model?.phone ?? null) : null),
    workingHours: model?.workingHours ?? usualHours,
    sample: model?.sample ?? false,
  }
}

const usualHours: Authority['workingHours'] = {
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  saturdayDesk: null,
}

/** Where a unit goes; null when no line says, or nobody takes over. */
type SpotOf = (spot: Spot) => Spot | null

function spots(lines: readonly ReorganisationLine[]): SpotOf {
  const units = new Map<string, Spot>()
  const whole = new Map<string, (unit: string) => string | null>()
  for (const line of lines)
    switch (line.kind) {
      case 'merge':
      case 'end':
        for (const { code } of endedBy(line)) whole.set(code, () => mainSuccessor(line))
        break
      case 'split': {
        const stays = line.into.includes(line.from) ? line.from : null
        const ruled = (unit: string) => line.rules.find((rule) => rule.units.includes(unit))?.to
        whole.set(line.from, (unit) => ruled(unit) ?? line.rest ?? stays)
        break
      }
      case 'unit-merge':
        for (const unit of line.from)
          units.set(`${line.authority}/${unit}`, { authority: line.authority, unit: line.into.unitCode })
        break
      case 'unit-split':
        units.set(`${line.authority}/${line.from}`, { authority: line.authority, unit: line.rest })
        break
      case 'unit-end':
        units.set(`${line.authority}/${line.unit}`, { authority: line.authority, unit: line.successor })
        break
      case 'unit-move':
        units.set(`${line.authority}/${line.unit}`, { authority: line.to, unit: line.unit })
    }
  return (spot) => {
    const moved = units.get(`${spot.authority}/${spot.unit}`) ?? spot
    const next = whole.get(moved.authority)
    if (next === undefined) return moved
    const authority = next(moved.unit)
    return authority === null ? null : { authority, unit: moved.unit }
  }
}

interface Drafting {
  lines: readonly ReorganisationLine[]
  state: DirectoryState
  begins: readonly PlannedAuthority[]
  known: ReadonlyMap<string, Pick<Authority, 'code' | 'name' | 'shortName' | 'kind'>>
  spotOf: SpotOf
}

// Tasks look for units by kind: an authority without these would leave some with nobody.
const usualUnits: readonly Pick<Unit, 'unitCode' | 'kind' | 'name'>[] = [
  { unitCode: 'leadership', kind: 'leadership', name: 'Lãnh đạo' },
  { unitCode: 'one-stop', kind: 'one-stop', name: 'Bộ phận Tiếp nhận và Trả kết quả' },
  { unitCode: 'office', kind: 'division', name: 'Bộ phận chuyên môn' },
  { unitCode: 'clerk-office', kind: 'clerk-office', name: 'Văn thư' },
]

function planUnits({ lines, state, begins, known, spotOf }: Drafting) {
  const units = new Map<string, Unit>()
  const ended: ReorganisationPlan['unitsEnded'] = []
  const key = (unit: Pick<Unit, 'authorityCode' | 'unitCode'>) => `${unit.authorityCode}/${unit.unitCode}`
  const there = (authority: string) => state.units.get(authority) ?? []
  const ensure = (unit: Unit) => {
    const before =
      units.get(key(unit)) ?? there(unit.authorityCode).find(({ unitCode }) => unitCode === unit.unitCode)
    if (!before) return units.set(key(unit), unit)
    const fields = [...new Set([...before.fields, ...unit.fields])]
    if (fields.length > before.fields.length) units.set(key(unit), { ...before, fields })
    return units
  }
  const named = (unit: Unit, to: string, unitCode = unit.unitCode): Unit => ({
    ...unit,
    authorityCode: to,
    unitCode,
    name: renamed(unit.name, known.get(unit.authorityCode), known.get(to)),
  })
  const begun = new Set(begins.map(({ code }) => code))
  for (const line of lines) {
    if (line.kind === 'split')
      // Whoever begins gets every unit, so that each rule finds one; whoever stands has its own.
      for (const to of line.into)
        if (begun.has(to)) for (const unit of there(line.from)) ensure(named(unit, to))
    for (const { code } of [...endedBy(line), ...(line.kind === 'split' ? [{ code: line.from }] : [])])
      for (const unit of there(code)) {
        const spot = spotOf({ authority: code, unit: unit.unitCode })
        if (spot && spot.authority !== code) ensure(named(unit, spot.authority, spot.unit))
      }
    if (line.kind === 'unit-begin') ensure({ authorityCode: line.authority, ...line.unit })
    if (line.kind === 'unit-merge') {
      const merged = there(line.authority).filter(({ unitCode }) => line.from.includes(unitCode))
      const fields = [...new Set([...line.into.fields, ...merged.flatMap((unit) => unit.fields)])]
      ensure({ authorityCode: line.authority, ...line.into, fields })
      ended.push(...merged.filter(({ unitCode }) => unitCode !== line.into.unitCode))
    }
    if (line.kind === 'unit-split') {
      for (const unit of line.into)
        units.set(`${line.authority}/${unit.unitCode}`, { authorityCode: line.authority, ...unit })
      if (!line.into.some(({ unitCode }) => unitCode === line.from))
        ended.push({ authorityCode: line.authority, unitCode: line.from })
    }
    if (line.kind === 'unit-end' || line.kind === 'unit-move') {
      const unit = there(line.authority).find(({ unitCode }) => unitCode === line.unit)
      const spot = spotOf({ authority: line.authority, unit: line.unit })
      if (unit && spot) ensure({ ...named(unit, spot.authority, spot.unit) })
      ended.push({ authorityCode: line.authority, unitCode: line.unit })
    }
  }
  const filled = new Set([...units.values()].map(({ authorityCode }) => authorityCode))
  for (const { code } of begins)
    if (!filled.has(code))
      for (const unit of usualUnits)
        units.set(`${code}/${unit.unitCode}`, { authorityCode: code, fields: [], ...unit })
  return {
    units,
    unitsEnded: ended.map(({ authorityCode, unitCode }) => ({ authorityCode, unitCode })),
  }
}

type Named = Pick<Authority, 'name' | 'shortName'> | undefined

/** A title or name in which the old authority is called what takes over. */
function renamed(text: string, from: Named, to: Named): string {
  if (!from || !to) return text
  const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
  return text
    .replaceAll(from.name, to.name)
    .replaceAll(lower(from.name), lower(to.name))
    .replaceAll(from.shortName, to.shortName)
    .replaceAll(lower(from.shortName), lower(to.shortName))
}

interface Staffing extends Pick<Drafting, 'state' | 'known' | 'spotOf'> {
  request: ReorganisationRequest
  units: ReadonlyMap<string, Unit>
}

type Staff = Pick<ReorganisationPlan, 'posts' | 'officers' | 'vacant' | 'problems'>

function planStaff(staffing: Staffing): Staff {
  const { request, state, spotOf } = staffing
  const problems: ReorganisationProblem[] = []
  const holders = Map.groupBy(state.holdings, ({ postId }) => postId)
  const posts = new Posts(staffing)
  const moves = new Map<string, OfficerMove>()
  const moveOf = ({ officerId, name }: Holding) => {
    const move = moves.get(officerId) ?? { officerId, name, from: [], to: [] }
    moves.set(officerId, move)
    return move
  }
  const placed = placeByPlan({ staffing, posts, moveOf, problems })
  for (const post of state.posts) {
    const spot = spotOf({ authority: post.authorityCode, unit: post.unitCode })
    if (spot && spot.authority === post.authorityCode && spot.unit === post.unitCode) continue
    const all = holders.get(post.postId) ?? []
    const free = all.filter((held) => !placed.has(`${held.officerId}@${post.authorityCode}`))
    if (all.length > 0 && free.length === 0) continue
    if (!spot) {
      for (const held of free) {
        moveOf(held).from.push(post)
        problems.push(noPlace(post, held, request))
      }
      continue
    }
    const next = posts.successorOf(post, spot)
    for (const held of free) {
      const move = moveOf(held)
      move.from.push(post)
      if (!move.to.includes(next)) move.to.push(next)
    }
  }
  const officers = [...moves.values()]
  problems.push(...settleHeads(staffing, officers, holders), ...unheldRoles(staffing, officers, holders))
  const taken = new Set(officers.flatMap(({ to }) => to))
  return { posts: posts.made, officers, vacant: posts.made.filter((post) => !taken.has(post)), problems }
}

const noPlace = (post: StoredPost, { officerId, name }: Holding, { lines }: ReorganisationRequest) => ({
  line: lineEnding(lines, post.authorityCode),
  ...{ field: 'officers', code: 'officer-without-place' },
  params: { officer: officerId, name, title: post.title, code: post.authorityCode },
})

const lineEnding = (lines: readonly ReorganisationLine[], code: string) => {
  const at = lines.findIndex(
    (line) =>
      endedBy(line).some((ended) => ended.code === code) || (line.kind === 'split' && line.from === code),
  )
  return at < 0 ? null : at
}

/** The posts that begin, each with an id of its own. */
class Posts {
  readonly made: StoredPost[] = []
  readonly #ids: Set<string>
  readonly #known: Staffing['known']

  constructor({ state, known }: Staffing) {
    this.#ids = new Set(state.posts.map(({ postId }) => postId))
    this.#known = known
  }

  successorOf(post: StoredPost, { authority, unit }: Spot): StoredPost {
    const title = renamed(post.title, this.#known.get(post.authorityCode), this.#known.get(authority))
    return this.make({ ...post, title, authorityCode: authority, unitCode: unit })
  }

  make(post: StoredPost): StoredPost {
    const last = post.postId.split('/').at(-1)!
    const made = { ...post, postId: this.#freeId(`${post.authorityCode}/${post.unitCode}/${last}`) }
    this.made.push(made)
    return made
  }

  #freeId(wanted: string): string {
    const base = wanted.replace(/-\d+$/, '')
    let id = wanted
    for (let no = 1; this.#ids.has(id); no += 1) id = `${base}-${no}`
    this.#ids.add(id)
    return id
  }
}

/** Officers whom the decision places itself; gives `officer@authority` of those settled. */
function placeByPlan({
  staffing: { request, state, known, units },
  posts,
  moveOf,
  problems,
}: {
  staffing: Staffing
  posts: Posts
  moveOf(held: Holding): OfficerMove
  problems: ReorganisationProblem[]
}): Set<string> {
  const placed = new Set<string>()
  if (request.officers.length === 0) return placed
  const byId = new Map(state.posts.map((post) => [post.postId, post]))
  for (const { officerId, from, to, title, roles } of request.officers) {
    const held = state.holdings.filter(
      (each) => each.officerId === officerId && byId.get(each.postId)?.authorityCode === from,
    )
    const say = (code: string, params: Record<string, string> = {}) =>
      problems.push({
        line: null,
        field: 'officers',
        code,
        params: { officer: officerId, code: from, ...params },
      })
    if (held.length === 0) {
      say('officer-not-there')
      continue
    }
    placed.add(`${officerId}@${from}`)
    const old = held.map(({ postId }) => byId.get(postId)!)
    const move = moveOf(held[0]!)
    move.from.push(...old)
    if (to === null) continue
    const unit =
      units.get(`${to.authority}/${to.unit}`) ??
      state.units.get(to.authority)?.find(({ unitCode }) => unitCode === to.unit)
    if (!unit) {
      say('unknown-unit', { code: to.authority, unit: to.unit })
      continue
    }
    const base = old[0]!
    move.to.push(
      posts.make({
        ...base,
        ...{ authorityCode: to.authority, unitCode: to.unit },
        roles: roles ?? [...new Set(old.flatMap((post) => post.roles))],
        title: title || renamed(base.title, known.get(from), known.get(to.authority)),
      }),
    )
  }
  return placed
}

type HeldPosts = ReadonlyMap<string, readonly Holding[]>

const asPost = ({ roles, capacity }: StoredPost) => ({ roles, ...(capacity && { capacity }) })

/** One head for each authority: the one that the decision names, else who heads it already. The others become deputies. */
function settleHeads({ request, state, known }: Staffing, officers: readonly OfficerMove[], held: HeldPosts) {
  const problems: ReorganisationProblem[] = []
  const targets = Map.groupBy(
    officers.flatMap((move) => move.to.map((post) => ({ move, post }))),
    ({ post }) => post.authorityCode,
  )
  for (const [code, coming] of targets) {
    const line = request.lines.findIndex((each) => each.kind === 'merge' && each.into === code)
    const merge = request.lines[line]
    const chosen = merge?.kind === 'merge' ? merge.head : null
    const here = state.posts.some(
      (post) => post.authorityCode === code && isPrincipal(asPost(post)) && held.has(post.postId),
    )
    const leaders = coming.filter(({ post }) => post.roles.includes('leader'))
    const heads = leaders.filter(({ post }) => isPrincipal(asPost(post)))
    const named = leaders.find(({ move }) => move.officerId === chosen)
    const say = (problem: string, params: Record<string, string> = {}) =>
      problems.push({
        line: line < 0 ? null : line,
        ...{ field: 'head', code: problem, params: { code, ...params } },
      })
    if (chosen !== null && !named) say('head-not-leader', { officer: chosen })
    if (named && !isPrincipal(asPost(named.post))) promote(named.post, known.get(code)?.kind)
    const head = named ?? (here ? undefined : heads.length === 1 ? heads[0] : undefined)
    if (!head && !here && heads.length > 1) {
      say('several-heads', { names: heads.map(({ move }) => move.name).join(', ') })
      continue
    }
    for (const { post } of heads) if (post !== head?.post) demote(post)
  }
  return problems
}

function promote(post: StoredPost, kind: Authority['kind'] | undefined): void {
  post.capacity = kind && isCollective(kind) ? 'TM.' : null
  const title = post.title.replace(/^phó\s+/iu, '')
  post.title = title.charAt(0).toUpperCase() + title.slice(1)
}

function demote(post: StoredPost): void {
  post.capacity = 'KT.'
  if (!/^phó\s/iu.test(post.title)) post.title = `Phó ${post.title}`
}

const workRoles: readonly Role[] = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post']

/** Roles that somebody held before and that nobody holds at who takes over. */
function unheldRoles({ request, state }: Staffing, officers: readonly OfficerMove[], held: HeldPosts) {
  const rolesAt = new Map<string, Set<Role>>()
  const add = (map: Map<string, Set<Role>>, code: string, roles: readonly Role[]) => {
    const there = map.get(code) ?? new Set()
    for (const role of roles) there.add(role)
    map.set(code, there)
  }
  const leaving = new Set(
    officers.flatMap(({ officerId, from }) => from.map(({ postId }) => `${officerId}@${postId}`)),
  )
  const before = new Map<string, Set<Role>>()
  const away = new Set<string>()
  for (const post of state.posts)
    for (const { officerId, locked } of held.get(post.postId) ?? []) {
      if (locked) away.add(officerId)
      else add(before, post.authorityCode, post.roles)
      if (!locked && !leaving.has(`${officerId}@${post.postId}`)) add(rolesAt, post.authorityCode, post.roles)
    }
  for (const { officerId, to } of officers)
    if (!away.has(officerId)) for (const post of to) add(rolesAt, post.authorityCode, post.roles)
  const problems: ReorganisationProblem[] = []
  const told = new Set<string>()
  for (const [line, each] of request.lines.entries())
    for (const [from, to] of flows(each))
      for (const role of workRoles) {
        if (!before.get(from)?.has(role) || rolesAt.get(to)?.has(role) || told.has(`${to} ${role}`)) continue
        told.add(`${to} ${role}`)
        problems.push({ line, field: 'officers', code: 'role-unheld', params: { code: to, role } })
      }
  return problems
}

/** From which authority work goes to which. */
function flows(line: ReorganisationLine): [from: string, to: string][] {
  if (line.kind === 'split') return line.into.map((to) => [line.from, to])
  return endedBy(line).flatMap(({ code, successors }) => successors.map((to): [string, string] => [code, to]))
}

function planGrants(
  request: ReorganisationRequest,
  state: DirectoryState,
  { officers }: Staff,
): PlannedGrant[] {
  const moves = new Map(officers.map((move) => [move.officerId, move]))
  const ended = new Set(request.lines.flatMap((line) => endedBy(line).map(({ code }) => code)))
  return state.grants.flatMap((grant): PlannedGrant[] => {
    const giver = moves.get(grant.giver)
    const lost = giver?.from.some(({ postId }) => grant.posts.includes(postId)) ?? false
    if (!lost && !ended.has(grant.authorityCode)) return []
    // What was lent goes along and nothing besides: the giver may have other posts, or be given more by the plan.
    const lent = new Set(
      giver?.from.filter(({ postId }) => grant.posts.includes(postId)).flatMap(({ roles }) => roles),
    )
    const fit = (giver?.to ?? []).filter(
      ({ roles }) =>
        roles.every((role) => lent.has(role)) && (grant.kind === 'absence' || roles.includes('leader')),
    )
    const place = fit[0]?.authorityCode
    const posts = fit.filter(({ authorityCode }) => authorityCode === place)
    const together = moves.get(grant.receiver)?.to.some(({ authorityCode }) => authorityCode === place)
    const headStill = grant.kind === 'absence' || posts.some((post) => isPrincipal(asPost(post)))
    const follows = request.grants === 'follow' && lost && place !== undefined && together && headStill
    return [
      {
        id: grant.id,
        follows: follows ? { authorityCode: place, posts: posts.map(({ postId }) => postId) } : null,
      },
    ]
  })
}

function successionsOf(line: ReorganisationLine): ReorganisationPlan['successions'] {
  const whole = { fromUnit: null, toUnit: null, rule: { kind: 'whole' as const } }
  switch (line.kind) {
    case 'merge':
    case 'end':
      return endedBy(line).flatMap(({ code, successors }) =>
        successors.map((to) => ({ from: code, to, ...whole })),
      )
    case 'split':
      return line.into
        .filter((to) => to !== line.from)
        .map((to) => ({ from: line.from, to, ...whole, rule: ruleOf(line, to) }))
    case 'unit-merge':
      return line.from
        .filter((unit) => unit !== line.into.unitCode)
        .map((unit) => unitSuccession(line.authority, unit, line.into.unitCode))
    case 'unit-split':
      return line.into
        .filter(({ unitCode }) => unitCode !== line.from)
        .map(({ unitCode }) => unitSuccession(line.authority, line.from, unitCode))
    case 'unit-end':
      return [unitSuccession(line.authority, line.unit, line.successor)]
    case 'unit-move':
      return [{ ...unitSuccession(line.authority, line.unit, line.unit), to: line.to }]
    default:
      return []
  }
}

const unitSuccession = (authority: string, fromUnit: string, toUnit: string) => ({
  ...{ from: authority, to: authority, fromUnit, toUnit },
  rule: { kind: 'whole' as const },
})

function ruleOf(
  { rest, rules }: Extract<ReorganisationLine, { kind: 'split' }>,
  to: string,
): Succession['rule'] {
  if (rest === to) return { kind: 'rest' }
  const mine = rules.filter((rule) => rule.to === to)
  if (mine.length === 0) return { kind: 'choice' }
  const all = (pick: (rule: (typeof mine)[number]) => string[]) => mine.flatMap(pick)
  return {
    kind: 'part',
    procedures: all((rule) => rule.procedures),
    units: all((rule) => rule.units),
    dossiers: all((rule) => rule.dossiers),
  }
}

function reparented({ authorities }: DirectoryState, ends: ReadonlyMap<string, ReorganisationLine>) {
  return [...authorities.values()].flatMap(({ code, parentCode, validTo }) => {
    const line = parentCode === null ? undefined : ends.get(parentCode)
    const heir = line && mainSuccessor(line)
    return heir && validTo === null && !ends.has(code) ? [{ code, parentCode: heir }] : []
  })
}

// Only what the communes' own committees are: their police shares the commune and says nothing of it.
function communesOf(
  line: ReorganisationLine,
  known: Drafting['known'],
  { authorities }: DirectoryState,
): ReorganisationPlan['communes'] {
  const codeOf = (code: string) => (known.get(code) as Partial<Authority> | undefined)?.communeCode ?? null
  return endedBy(line).flatMap(({ code, successors }) => {
    const from = authorities.get(code)
    if (from?.kind !== 'commune' || from.communeCode === null) return []
    const to = successors.flatMap((heir) => codeOf(heir) ?? [])
    return to.length > 0 ? [{ from: from.communeCode, to }] : []
  })
}
