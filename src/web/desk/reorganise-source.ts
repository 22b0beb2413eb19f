import { findMessage, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  type Authority,
  begunBy,
  concernedBy,
  endedBy,
  findAuthority,
  listAuthorities,
  type Reorganisation,
  type ReorganisationPreview,
  type SeenReorganisation,
  unitsOf,
} from 'motcua/modules/directory'
import { followedSoFar, previewReorganised } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'
import { dateText, momentText } from '../ui/format'
import { officerNames, placeNamesOf } from './names'
import { decisionRows, linesView, type Names, recordView, standingOf } from './reorganise.view'
import { problemText } from './reorganise-form.view'

/** Whether an officer drafts or reads decisions: procedure control of a province, and its leaders. */
export async function readsReorganisations(
  page: Pick<PageContext, 'app'>,
  officer: Officer,
): Promise<boolean> {
  const leads = officer.posts.filter(
    ({ roles, procedures }) => procedures === undefined && roles.includes('leader'),
  )
  const [reach, ...places] = await Promise.all([
    reachOfOfficer(page, officer),
    ...leads.map(({ authorityCode }) => findAuthority(page.app.db, authorityCode)),
  ])
  return [reach, ...places].some((place) => place?.kind === 'province')
}

/** The province or house under which an officer may draft; undefined when none. */
export async function reachOfOfficer(
  { app }: Pick<PageContext, 'app'>,
  { posts }: Officer,
): Promise<Authority | undefined> {
  const post = posts.find(({ roles, procedures }) => procedures === undefined && roles.includes('control'))
  const own = post && (await findAuthority(app.db, post.authorityCode))
  return own?.kind === 'office' && own.parentCode !== null ? findAuthority(app.db, own.parentCode) : own
}

/** All decisions, with the names of the authorities that they concern. */
export async function decisionList(page: PageContext) {
  const all = await page.app.reorganisations.list()
  const names = await placeNamesOf(
    page,
    all.flatMap(({ concerned }) => concerned),
  )
  return decisionRows(all, names, page.locale)
}

/** What the forms offer: authorities under the reach of the officer that stand today, and a code that was never used. */
export async function formChoices({ app, now }: PageContext, reach: Authority, source: string | null) {
  const today = dateOfLaw(now)
  const [standing, ever] = await Promise.all([
    listAuthorities(app.db, { on: today }),
    listAuthorities(app.db),
  ])
  const under = standing.filter(({ code, parentCode }) => parentCode === reach.code && code !== reach.code)
  const sorted = under.toSorted(
    (a, b) =>
      Number(b.kind === 'commune') - Number(a.kind === 'commune') ||
      a.shortName.localeCompare(b.shortName, 'vi'),
  )
  const chosen = sorted.find(({ code }) => code === source)
  return {
    authorities: sorted.map(choiceOf),
    nextCode: nextCode(reach.code, ever),
    source: chosen ? choiceOf(chosen) : null,
    units: chosen
      ? (await unitsOf(app.db, chosen.code)).map(({ unitCode, name }) => ({ value: unitCode, label: name }))
      : [],
  }
}

export type FormChoices = Awaited<ReturnType<typeof formChoices>>

const choiceOf = ({ code, shortName }: Authority): Choice => ({
  value: code,
  label: `${shortName} (${code})`,
})

function nextCode(parent: string, ever: readonly Authority[]): string {
  const used = new Set(ever.map(({ code }) => code))
  let no = 12
  while (used.has(`${parent}.${no}`)) no += 1
  return `${parent}.${no}`
}

/** What becomes of the kind and parent of new authorities: as the first source has them. */
export async function formFacts({ app }: PageContext, reach: Authority, source: string | undefined) {
  const model = source ? await findAuthority(app.db, source) : undefined
  return { parentCode: model?.parentCode ?? reach.code, authorityKind: model?.kind ?? 'commune' }
}

/** Everything that the page of one decision shows. */
export async function decisionData(page: PageContext, seen: SeenReorganisation) {
  const { reorganisation: decision, mayApprove, mayCancel, mayChange } = seen
  const { locale, now, app } = page
  const names = await namesOf(page, decision)
  const live = decision.state === 'drafted' || decision.state === 'approved'
  const preview = live ? await previewOf(page, decision, names) : null
  const progress = decision.state === 'applied' ? ((await followedSoFar(app.db, decision.id)) ?? null) : null
  const { lines, more } = linesView(decision.lines, names, locale)
  const t = messages(locale)
  return {
    id: decision.id,
    sequence: decision.sequence,
    ...{ number: decision.number, title: decision.title, mayApprove, mayCancel, mayChange },
    of: t('reorganise.of', { issuedBy: decision.issuedBy, issuedOn: dateText(decision.issuedOn) }),
    effectiveOn: dateText(decision.effectiveOn),
    isToday: decision.effectiveOn <= dateOfLaw(now),
    state: standingOf(decision),
    ...{ lines, more, preview },
    progress,
    left: decision.followed?.left ?? 0,
    moved: decision.followed?.moved ?? 0,
    record: recordView(decision, names, locale),
    at: momentText(now, locale),
  }
}

export type DecisionData = Awaited<ReturnType<typeof decisionData>>

async function namesOf(page: PageContext, decision: Reorganisation): Promise<Names> {
  const few = decision.lines.slice(0, 300)
  const codes = [...concernedBy(few), ...few.flatMap((line) => endedBy(line).map(({ code }) => code))]
  const people = [decision.draftedBy, decision.approvedBy, decision.cancelledBy].filter((id) => id !== null)
  const [places, officers] = await Promise.all([placeNamesOf(page, codes), officerNames(page, people)])
  const begun = decision.lines.flatMap((line) => {
    const authority = begunBy(line)
    return authority ? [[authority.code, authority.shortName] as const] : []
  })
  return { ...places, ...officers, ...Object.fromEntries(begun) }
}

async function previewOf(page: PageContext, decision: Reorganisation, names: Names) {
  const { app, now, locale } = page
  const preview = await app.reorganisations.preview(decision, { now, besides: decision.id })
  const moves = await previewReorganised(app.db, decision, { plan: preview.plan, now })
  const t = messages(locale)
  const problems = preview.problems.map((problem) => {
    const text = problemText(problem, locale)
    return problem.line === null ? text : t('reorganise.todo.line', { no: problem.line + 1, text })
  })
  return {
    problems,
    moves: moves.map((move) => ({
      ...{
        from: names[move.from] ?? move.from,
        to: names[move.to] ?? move.to,
        key: `${move.from} ${move.to}`,
      },
      ...{ open: move.open, dueTomorrow: move.dueTomorrow, overdue: move.overdue, toHandOut: move.toHandOut },
      elsewhere: move.elsewhere,
      tasks: move.tasks.map(({ role, count }) =>
        t('reorganise.preview.task', { role: findMessage(locale, `reorganise.role.${role}`) ?? role, count }),
      ),
      holders: holdersText(move, t),
    })),
    ...staffView(decision, preview, names),
    grants: {
      ends: preview.plan.grants.filter(({ follows }) => follows === null).length,
      follows: preview.plan.grants.filter(({ follows }) => follows !== null).length,
    },
    others: preview.others.map(({ id, number, effectiveOn, state }) => ({
      id,
      text: t('reorganise.preview.otherLine', {
        ...{ number, on: dateText(effectiveOn), state: t(`reorganise.state.${state}`) },
      }),
    })),
    heads: headChoices(decision, preview, names),
  }
}

type Moves = Awaited<ReturnType<typeof previewReorganised>>

function holdersText({ holders, unheld }: Moves[number], t: ReturnType<typeof messages>): string[] {
  const kept = holders.filter(({ keeps }) => keeps)
  const sum = (all: typeof holders) => all.reduce((total, { count }) => total + count, 0)
  const freed = sum(holders) - sum(kept)
  return [
    ...(kept.length > 0 ? [t('reorganise.preview.keeps', { kept: kept.length, count: sum(kept) })] : []),
    ...(freed > 0 ? [t('reorganise.preview.frees', { count: freed })] : []),
    ...(unheld > 0 ? [t('reorganise.preview.unheld', { count: unheld })] : []),
  ]
}

const mostOfficers = 400

function staffView({ officers }: Reorganisation, { plan }: ReorganisationPreview, names: Names) {
  const unitNames = new Map(plan.units.map((unit) => [`${unit.authorityCode}/${unit.unitCode}`, unit.name]))
  const where = ({ authorityCode, title }: { authorityCode: string; title: string }) => {
    const place = names[authorityCode] ?? authorityCode
    return title.toLowerCase().includes(place.toLowerCase()) ? title : `${title}, ${place}`
  }
  const places = [...unitNames].map(([value, label]) => {
    const code = value.slice(0, value.indexOf('/'))
    return { value, label: `${label}, ${names[code] ?? code}` }
  })
  return {
    officers: plan.officers.slice(0, mostOfficers).map(({ officerId, name, from, to }) => ({
      ...{ officerId, name, from: from[0]?.authorityCode ?? '' },
      before: from.map(where),
      after: to.map(where),
      placed: officers.some((each) => each.officerId === officerId) ? to.map(where).join('; ') || '—' : null,
    })),
    vacant: plan.vacant.map(where),
    places,
  }
}

// The leaders of what merges, for who is to head it.
function headChoices(decision: Reorganisation, { plan }: ReorganisationPreview, names: Names) {
  return decision.lines.flatMap((line, at) => {
    if (line.kind !== 'merge') return []
    const leaders = plan.officers.filter(({ to }) =>
      to.some(({ authorityCode, roles }) => authorityCode === line.into && roles.includes('leader')),
    )
    if (leaders.length < 2) return []
    const options = leaders.map(({ officerId, name, from }) => ({
      value: officerId,
      label: `${name}, ${from[0]?.title ?? ''}`,
    }))
    return [{ line: at, name: names[line.into] ?? line.into, value: line.head ?? '', options }]
  })
}
