import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { listAuthorities } from 'motcua/modules/directory'
import type { Officer } from 'motcua/modules/identity'
import {
  abandonSet,
  findIndexSet,
  findStoredSet,
  handInSet,
  type IndexSet,
  indexCounts,
  levelOf,
  listIndexSets,
  powersOverSets,
  problemsOf,
  publishSet,
  returnSet,
  roundPoints,
  type SetProblem,
  type StoredSet,
  saveSet,
  scoreIndex,
  startSet,
  wholeIndex,
  withInherited,
} from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from '../../desk/acting'
import type { Problem } from '../../ui/error-summary'
import { dateText, numberText } from '../../ui/format'
import { linesOf, setIn, setsPath } from './set-form.view'

/** The sets of the country and of the officer's province. */
export async function setsData(page: PageContext, officer: Officer) {
  const { app, locale } = page
  const powers = await powersOverSets(app.db, officer)
  const territories = ['VN', ...powers.edit, ...powers.publish]
  const sets = await listIndexSets(app.db, { territories })
  return { rows: sets.map((each) => rowOf(each, locale)), mayEdit: powers.edit.length > 0 }
}

function rowOf({ id, territory, state, set }: StoredSet, locale: Locale) {
  const t = messages(locale)
  const { name, version, validFrom, validTo, trial } = set
  const days = validTo
    ? t('indexSets.page.fromTo', { from: dateText(validFrom), to: dateText(validTo) })
    : t('indexSets.page.from', { from: dateText(validFrom) })
  return {
    ...{ id, version, state, isOwn: territory !== 'VN', name: name[locale] },
    where: territory === 'VN' ? t('indexSets.page.country') : territory,
    days: state !== 'published' ? '–' : trial ? t('indexSets.page.trial') : days,
    stateText: t(`indexSets.page.state.${state}`),
  }
}
export type SetRow = ReturnType<typeof rowOf>

/** One set for its page: its table, what is wrong with it, what this officer may do, and a preview when asked for. */
export async function setData(page: PageContext, officer: Officer, id: string, preview: boolean) {
  const { app, locale } = page
  const stored = await findStored(page, officer, id)
  if (!stored) return undefined
  const { set, state, revision, territory } = stored
  const [powers, template] = await Promise.all([powersOverSets(app.db, officer), templateOf(page)])
  const edits = powers.edit.includes(territory)
  const wroteIt = [stored.editedBy, stored.handedInBy].includes(officer.officerId)
  return {
    ...{ id, state, revision, name: set.name[locale], row: rowOf(stored, locale) },
    ...{ nameVi: set.name.vi, nameEn: set.name.en, doubts: set.doubts },
    groups: linesOf(set, template, locale),
    bands: set.bands.map(({ key, name, from }) => ({
      key,
      name: name[locale],
      from: String(from).replace('.', ','),
    })),
    problems: problemsOf(set).map((problem) => problemIn(problem, locale)),
    mayEdit: edits && state === 'draft',
    mayReturn: state === 'handed-in' && (edits || powers.publish.includes(territory)),
    mayPublish: state === 'handed-in' && powers.publish.includes(territory) && !wroteIt,
    ...{ today: dateOfLaw(page.now), whole: wholeIndex },
    preview: preview ? await previewOf(page, set) : null,
  }
}
export type SetData = NonNullable<Awaited<ReturnType<typeof setData>>>

async function findStored({ app }: PageContext, officer: Officer, id: string) {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined
  const stored = await findStoredSet(app.db.pool, id)
  const powers = await powersOverSets(app.db, officer)
  const readable = ['VN', ...powers.edit, ...powers.publish]
  return stored && readable.includes(stored.territory) && stored.state !== 'abandoned' ? stored : undefined
}

/** The national set in force has every indicator that is counted, with its words. */
async function templateOf({ app, now }: PageContext): Promise<IndexSet> {
  const found = await findIndexSet(app.db, { on: dateOfLaw(now) })
  if (!found) throw new Error('no national index set holds today')
  return found
}

/** What each unit would get: the counts of this year until now by the national set and by this one. */
async function previewOf(page: PageContext, set: IndexSet) {
  const { app, now, locale } = page
  const today = dateOfLaw(now)
  const [national, all] = await Promise.all([templateOf(page), listAuthorities(app.db)])
  const codes = all.map(({ code }) => code)
  const counts = await indexCounts(app.db, {
    authorities: codes,
    from: `${today.slice(0, 4)}-01-01`,
    to: today,
    now,
  })
  const points = (value: number) => numberText(value, locale, Number.isInteger(value) ? 0 : 2)
  return all.flatMap((authority) => {
    const own = counts.get(authority.code)?.counts ?? {}
    if (!own.onTime?.[1]) return []
    const level = levelOf(authority)
    const above = counts.get(authority.code.split('.')[0]!)?.counts ?? {}
    const total = (by: IndexSet) => scoreIndex(by, withInherited(by, own, above, level), { level }).total
    const [before, after] = [total(national), total(set)]
    const change = roundPoints(after - before)
    return [
      {
        ...{ code: authority.code, name: authority.shortName, before: points(before), after: points(after) },
        change: `${change > 0 ? '+' : change < 0 ? '−' : ''}${points(Math.abs(change))}`,
      },
    ]
  })
}

/** Does what a posted form says; gives where to go, or what is to be mended. */
export async function actOnSet(page: PageContext, officer: Officer, id: string, form: FormData) {
  const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const outcome = await does(page, officer, id, values)
  if (!isRefusal(outcome)) return { href: hrefAfter(outcome, values._action ?? '') }
  return { refused: outcome, problems: problemsIn(outcome, page.locale), values }
}

async function does(page: PageContext, officer: Officer, id: string, values: Record<string, string>) {
  const parts = { db: page.app.db, now: page.now, wake: page.app.wake }
  switch (values._action) {
    case 'start':
      return startSet(officer, values.from ?? '', parts)
    case 'hand-in':
      return handInSet(officer, id, parts)
    case 'return':
      return returnSet(officer, id, parts)
    case 'abandon':
      return abandonSet(officer, id, parts)
    case 'publish':
      return publishSet(officer, publicationIn(id, values), parts)
    default:
      return save(page, officer, id, values)
  }
}

async function save(page: PageContext, officer: Officer, id: string, values: Record<string, string>) {
  const parts = { db: page.app.db, now: page.now, wake: page.app.wake }
  const stored = await findStored(page, officer, id)
  const set = stored && setIn(values, stored.set, await templateOf(page))
  return saveSet(officer, { id, revision: Number(values.revision) || 0, set }, parts)
}

const publicationIn = (id: string, values: Record<string, string>) => ({
  id,
  decision: { number: values.decisionNumber ?? '', on: values.decisionOn ?? '' },
  validFrom: values.validFrom ?? '',
  validTo: values.validTo || null,
})

const acts: Record<string, string> = {
  ...{
    start: 'started',
    'hand-in': 'handed-in',
    return: 'returned',
    abandon: 'abandoned',
    publish: 'published',
  },
}

function hrefAfter({ id }: StoredSet, action: string): string {
  const done = acts[action] ?? 'saved'
  return done === 'abandoned' ? `${setsPath}?xong=${done}` : `${setsPath}/${id}?xong=${done}`
}

function problemsIn(refused: Refusal, locale: Locale): Problem[] {
  const { problems } = refused.details as { problems?: SetProblem[] }
  if (!problems) return [{ href: '#noi-dung', text: refusalText(refused, locale) }]
  return problems.map((problem) => problemIn(problem, locale))
}

const fields: Record<string, string> = { 'decision.number': 'decisionNumber', 'decision.on': 'decisionOn' }

function problemIn({ field, code, params = {} }: SetProblem, locale: Locale): Problem {
  const days = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      /^\d{4}-\d\d-\d\d$/.test(String(value))
        ? dateText(String(value))
        : typeof value === 'number'
          ? numberText(value, locale, Number.isInteger(value) ? 0 : 2)
          : value,
    ]),
  )
  const text = findMessage(locale, code, days) ?? code
  const at = fields[field] ?? (/^[a-z]\w+$/i.test(field) ? field : 'bang')
  const label = findMessage(locale, `indexSets.page.${at}`)
  return { href: `#${at}`, text: label ? `${label}: ${text}` : text }
}
