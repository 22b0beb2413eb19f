import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome, refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { type NewEntry, seal } from '../../kernel/journal.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findAuthority } from '../directory/index.ts'
import type { Actor, Officer } from '../identity/index.ts'
import { catalogueChanged } from './catalogue-store.ts'
import { addOverride, addProvinceEntry, endOverride, lockProvince, readOverrides } from './override-store.ts'
import type { ProcedureVersion } from './procedure-version.ts'
import { isShorter, OverrideRule, type ProvinceOverride } from './province-overrides.ts'
import { findVersion, forgetVersions } from './version-store.ts'

/** What control of a province states when it sets a rule over a national procedure. */
export const OverrideStatement = z.object({
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  rule: OverrideRule,
  resolution: z.object({ number: cleanText.pipe(z.string().trim().min(1).max(100)), on: z.iso.date() }),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
})
export type OverrideStatement = z.infer<typeof OverrideStatement>

/** One thing to mend: which field, and a key of `provinceRules.problem`. */
export interface OverrideProblem {
  field: string
  code: string
  params?: Record<string, string | number>
}

export const overrideRefusals = {
  notYours: () => refusal('forbidden', 'provinceRules.not-yours'),
  invalid: (problems: OverrideProblem[]) => refusal('invalid', 'provinceRules.invalid', { problems }),
  unknown: () => refusal('not-found', 'provinceRules.unknown'),
  ended: () => refusal('conflict', 'provinceRules.ended'),
}

export interface OverrideParts {
  db: Db
  now: Date
  /** Told that the journal has news. */
  wake?(): void
}

/** Kinds of authority whose procedure control sets rules for the whole province. */
const provincial = ['office', 'province']

/**
 * The provinces for which an officer may set rules: procedure control at the province. A power limited to some
 * procedures is not enough; control of a commune or a department reads only.
 */
export async function provincesOf(db: Db, actor: Actor): Promise<string[]> {
  if (actor.kind !== 'officer') return []
  const held = actor.posts.filter(
    ({ roles, procedures }) => roles.includes('control') && procedures === undefined,
  )
  const places = await Promise.all(held.map(({ authorityCode }) => findAuthority(db, authorityCode)))
  const codes = places.flatMap((place) =>
    place && provincial.includes(place.kind) ? [provinceOf(place.code)] : [],
  )
  return [...new Set(codes)]
}

/** `H99.12` stands in province `H99`. */
const provinceOf = (authorityCode: string) => authorityCode.split('.')[0] as string

/**
 * Sets a rule of the officer's province: a fee that the law leaves to it, a limit that is shorter than the national
 * one (never longer), or the executing unit. Refuses days in the past and what overlaps a rule in force.
 */
export async function setProvinceOverride(
  actor: Actor,
  raw: unknown,
  { db, now, wake }: OverrideParts,
): Promise<Outcome<ProvinceOverride>> {
  const [province] = await provincesOf(db, actor)
  if (actor.kind !== 'officer' || province === undefined) return overrideRefusals.notYours()
  const parsed = OverrideStatement.safeParse(raw)
  if (!parsed.success) return overrideRefusals.invalid(misstated(parsed.error))
  const { data: stated } = parsed
  const national = await findVersion(db, stated.procedureCode, stated.validFrom, { province: '' })
  const problems = [...datesProblems(stated, dateOfLaw(now)), ...ruleProblems(stated.rule, national)]
  if (problems.length > 0) return overrideRefusals.invalid(problems)
  const id = newId(now.getTime())
  const override: ProvinceOverride = {
    ...{ id, province, ...stated, setBy: actor.officerId, setAt: now.toISOString(), withdrawnAt: null },
  }
  const stored = await inTransaction(db, (tx) => store(tx, actor, override, now))
  if (isRefusal(stored)) return stored
  await told(db, wake)
  return stored
}

async function store(
  tx: Queryable,
  actor: Officer,
  override: ProvinceOverride,
  now: Date,
): Promise<Outcome<ProvinceOverride>> {
  const { province } = override
  const head = await lockProvince(tx, province, newId(now.getTime()))
  const other = (await readOverrides(tx, province)).find((each) => overlaps(each, override))
  if (other) {
    const params = { from: other.validFrom, number: other.resolution.number }
    return overrideRefusals.invalid([{ field: 'validFrom', code: 'overlaps', params }])
  }
  await addOverride(tx, override)
  const { setBy: _, setAt, withdrawnAt, ...data } = override
  await record(tx, province, head, entryOf('catalogue.province-rule-set', data, actor, now))
  return override
}

const End = z.object({ id: z.uuid(), lastDay: z.iso.date().nullable() })

/**
 * Ends a rule on a last day that has not passed; a rule that has not begun is taken back instead. The national
 * terms, or what else the province set, hold again the day after.
 */
export async function endProvinceOverride(
  actor: Actor,
  raw: unknown,
  { db, now, wake }: OverrideParts,
): Promise<Outcome<ProvinceOverride>> {
  const [province] = await provincesOf(db, actor)
  if (actor.kind !== 'officer' || province === undefined) return overrideRefusals.notYours()
  const parsed = End.safeParse(raw)
  if (!parsed.success) return overrideRefusals.invalid(misstated(parsed.error))
  const ended = await inTransaction(db, (tx) => storeEnd(tx, actor, province, parsed.data, now))
  if (isRefusal(ended)) return ended
  await told(db, wake)
  return ended
}

async function storeEnd(
  tx: Queryable,
  actor: Officer,
  province: string,
  { id, lastDay }: z.infer<typeof End>,
  now: Date,
): Promise<Outcome<ProvinceOverride>> {
  const today = dateOfLaw(now)
  const head = await lockProvince(tx, province, newId(now.getTime()))
  const found = (await readOverrides(tx, province)).find((each) => each.id === id)
  if (!found) return overrideRefusals.unknown()
  if (found.withdrawnAt !== null || (found.validTo !== null && found.validTo < today))
    return overrideRefusals.ended()
  const isComing = found.validFrom > today
  if (!isComing && (lastDay === null || lastDay < today))
    return overrideRefusals.invalid([{ field: 'lastDay', code: 'in-the-past' }])
  const last = isComing ? null : lastDay
  await endOverride(tx, { id, lastDay: last, at: now })
  const data = { id, procedureCode: found.procedureCode, lastDay: last }
  await record(tx, province, head, entryOf('catalogue.province-rule-ended', data, actor, now))
  return { ...found, validTo: last ?? found.validTo, withdrawnAt: isComing ? now.toISOString() : null }
}

/** The rules that a province has set, the latest first; withdrawn ones too. */
export const listProvinceOverrides = (db: Db, province: string): Promise<ProvinceOverride[]> =>
  readOverrides(db.pool, province)

function* datesProblems(
  { resolution, validFrom, validTo }: OverrideStatement,
  today: string,
): Iterable<OverrideProblem> {
  if (validFrom < today) yield { field: 'validFrom', code: 'in-the-past' }
  if (validTo !== null && validTo < validFrom) yield { field: 'validTo', code: 'before-start' }
  if (resolution.on > today) yield { field: 'resolutionOn', code: 'resolution-in-the-future' }
}

function* ruleProblems(
  rule: OverrideRule,
  national: ProcedureVersion | undefined,
): Iterable<OverrideProblem> {
  if (!national) {
    yield { field: 'procedureCode', code: 'no-such-procedure' }
    return
  }
  if (rule.kind === 'fee') {
    const fee = national.cases.flatMap(({ fees }) => fees).find(({ key }) => key === rule.feeKey)
    if (!fee) yield { field: 'feeKey', code: 'no-such-fee' }
    else if (fee.setBy !== 'province') yield { field: 'feeKey', code: 'fee-is-national' }
  }
  if (rule.kind === 'limit') yield* limitProblems(rule, national)
}

function* limitProblems(
  rule: Extract<OverrideRule, { kind: 'limit' }>,
  { cases }: ProcedureVersion,
): Iterable<OverrideProblem> {
  const concerned = cases.filter(({ code }) => rule.caseCode === null || code === rule.caseCode)
  if (concerned.length === 0) yield { field: 'caseCode', code: 'no-such-case' }
  const longer = concerned.find(({ limit }) => !isShorter(rule, limit))
  if (longer)
    yield { field: 'amount', code: 'not-shorter', params: { limit: longer.limit.raw, case: longer.name.vi } }
}

/** Rules about the same thing whose days meet. */
function overlaps(each: ProvinceOverride, other: ProvinceOverride): boolean {
  if (each.withdrawnAt !== null || each.procedureCode !== other.procedureCode) return false
  if (subjectOf(each.rule) !== subjectOf(other.rule)) return false
  const endsBefore = (a: ProvinceOverride, b: ProvinceOverride) =>
    a.validTo !== null && a.validTo < b.validFrom
  return !endsBefore(each, other) && !endsBefore(other, each)
}

function subjectOf(rule: OverrideRule): string {
  if (rule.kind === 'fee') return `fee ${rule.feeKey}`
  return rule.kind === 'limit' ? `limit ${rule.caseCode ?? ''}` : 'executing'
}

const fields: Record<string, string> = {
  'resolution.number': 'resolutionNumber',
  'resolution.on': 'resolutionOn',
}

function misstated(error: z.ZodError): OverrideProblem[] {
  return error.issues.map(({ path }) => {
    const at = path.filter((name) => name !== 'rule').join('.')
    return { field: fields[at] ?? (at || 'kind'), code: 'missing' }
  })
}

function entryOf(
  kind: string,
  data: Record<string, unknown>,
  { officerId, posts }: Officer,
  at: Date,
): NewEntry {
  const post = posts.find(({ roles }) => roles.includes('control'))?.postId
  return { kind, data, actor: { kind: 'officer', id: officerId, ...(post && { post }) }, at }
}

async function record(
  tx: Queryable,
  province: string,
  { stream, ...head }: Awaited<ReturnType<typeof lockProvince>>,
  entry: NewEntry,
): Promise<void> {
  const [sealed] = seal(stream, head, [entry])
  await addProvinceEntry(tx, province, sealed!)
}

async function told(db: Db, wake?: () => void): Promise<void> {
  await catalogueChanged(db)
  forgetVersions(db)
  wake?.()
}
