import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  endProvinceOverride,
  limitText,
  listProvinceOverrides,
  listVersions,
  type OverrideProblem,
  type ProcedureVersion,
  type ProvinceOverride,
  provincesOf,
  setProvinceOverride,
  vndText,
} from 'motcua/modules/catalogue'
import { findAuthority, findOfficer } from 'motcua/modules/directory'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from '../../desk/acting'
import type { Problem } from '../../ui/error-summary'
import { dateText, momentText } from '../../ui/format'

const ruleKinds = ['fee', 'limit', 'executing'] as const
export type RuleKind = (typeof ruleKinds)[number]

/** One rule of the province as a row. */
export interface RuleRow {
  id: string
  code: string
  procedure: string
  what: string
  resolution: string
  days: string
  by: string
  state: 'coming' | 'held' | 'ended' | 'withdrawn'
  stateText: string
}

/** What a province has set, for control of the province to add and end, and for others to read. */
export async function provinceData(page: PageContext, officer: Officer, search: URLSearchParams) {
  const { app, now, locale } = page
  const today = dateOfLaw(now)
  const own = await provincesOf(app.db, officer)
  const province = own[0] ?? (officer.posts[0]?.authorityCode.split('.')[0] as string)
  const [authority, overrides, national] = await Promise.all([
    findAuthority(app.db, province),
    listProvinceOverrides(app.db, province),
    listVersions(app.db, today, { province: '' }),
  ])
  const names = await namesOf(page, [...new Set(overrides.map(({ setBy }) => setBy))])
  const byCode = new Map(national.map((version) => [version.procedureCode, version]))
  const rows = overrides.map((each) => rowOf(each, byCode.get(each.procedureCode), names, today, locale))
  const chosen = byCode.get(search.get('thu-tuc') ?? '')
  const kind = ruleKinds.find((each) => each === search.get('loai')) ?? 'fee'
  return {
    ...{ province: authority?.name ?? province, rows, today, kind, mayChange: own.length > 0 },
    procedures: national
      .map(({ procedureCode, plainName }) => ({
        value: procedureCode,
        label: `${plainName} (${procedureCode})`,
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label, 'vi')),
    chosen: chosen ? choicesOf(chosen, locale) : null,
  }
}
export type ProvinceData = Awaited<ReturnType<typeof provinceData>>

async function namesOf({ app }: PageContext, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    ids.map(async (id) => [id, (await findOfficer(app.db, id))?.name ?? id] as const),
  )
  return new Map(found)
}

/** What can be set for a procedure: its fees that are the province's, and its cases with their national limits. */
function choicesOf(version: ProcedureVersion, locale: Locale) {
  const fees = new Map(
    version.cases
      .flatMap((each) => each.fees)
      .filter((fee) => fee.setBy === 'province')
      .map((fee) => [fee.key, fee.name[locale]]),
  )
  return {
    code: version.procedureCode,
    name: version.plainName,
    executing: version.executing.text,
    fees: [...fees].map(([value, label]) => ({ value, label })),
    cases: version.cases.map(({ code, name, limit }) => ({
      value: code,
      label: `${name[locale]} (${limitText(limit, locale)})`,
    })),
  }
}

function rowOf(
  override: ProvinceOverride,
  version: ProcedureVersion | undefined,
  names: ReadonlyMap<string, string>,
  today: string,
  locale: Locale,
): RuleRow {
  const t = messages(locale)
  const { id, procedureCode, resolution, validFrom, validTo, setBy, setAt } = override
  const state = stateOf(override, today)
  return {
    ...{ id, code: procedureCode, procedure: version?.plainName ?? procedureCode, state },
    what: ruleText(override, version, locale),
    resolution: t('provinceRules.resolutionText', { number: resolution.number, on: dateText(resolution.on) }),
    days: validTo
      ? t('provinceRules.fromTo', { from: dateText(validFrom), to: dateText(validTo) })
      : t('provinceRules.from', { from: dateText(validFrom) }),
    by: `${names.get(setBy) ?? setBy}, ${momentText(setAt, locale)}`,
    stateText: t(`provinceRules.state.${state}`),
  }
}

function stateOf({ validFrom, validTo, withdrawnAt }: ProvinceOverride, today: string): RuleRow['state'] {
  if (withdrawnAt !== null) return 'withdrawn'
  if (validFrom > today) return 'coming'
  return validTo !== null && validTo < today ? 'ended' : 'held'
}

/** A rule in words: "Lệ phí cấp giấy: 12.000 đ". */
function ruleText({ rule }: ProvinceOverride, version: ProcedureVersion | undefined, locale: Locale): string {
  const t = messages(locale)
  if (rule.kind === 'fee') {
    const fee = version?.cases.flatMap(({ fees }) => fees).find(({ key }) => key === rule.feeKey)
    return t('provinceRules.said.fee', {
      name: fee?.name[locale] ?? rule.feeKey,
      amount: vndText(rule.amountVnd),
    })
  }
  if (rule.kind === 'executing') return t('provinceRules.said.executing', { text: rule.text })
  const limit = limitText({ ...rule, cutOff: null, raw: '' }, locale)
  const found = version?.cases.find(({ code }) => code === rule.caseCode)
  return found
    ? t('provinceRules.said.limitOfCase', { limit, name: found.name[locale] })
    : t('provinceRules.said.limit', { limit })
}

/** What was typed into the form that sets a rule. */
export type RuleValues = Record<string, string>

/** Sets or ends a rule as a posted form says; gives what is to be mended, or nothing when it is done. */
export async function actOnRules(page: PageContext, officer: Officer, form: FormData) {
  const { app, now, locale } = page
  const values: RuleValues = Object.fromEntries(
    [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
  const parts = { db: app.db, now, wake: app.wake }
  const ends = values._action === 'end'
  const outcome = ends
    ? await endProvinceOverride(officer, { id: values.id, lastDay: values.lastDay || null }, parts)
    : await setProvinceOverride(officer, statementIn(values), parts)
  if (!isRefusal(outcome))
    return { done: ends ? ('ended' as const) : ('set' as const), code: outcome.procedureCode }
  return { refused: outcome, problems: problemsIn(outcome, locale), values }
}

const whole = (text: string | undefined) => (/^\d{1,12}$/.test(text?.trim() ?? '') ? Number(text) : undefined)

function statementIn(values: RuleValues): unknown {
  const { kind, procedureCode, validFrom, validTo, resolutionNumber: number, resolutionOn: on } = values
  const rules: Record<string, unknown> = {
    fee: { kind, feeKey: values.feeKey, amountVnd: whole(values.amountVnd?.replace(/[.\s]/g, '')) },
    limit: {
      ...{ kind, caseCode: values.caseCode || null, unit: values.unit },
      amount: values.unit === 'same-day' ? 1 : whole(values.amount),
    },
    executing: { kind, authorityKind: values.authorityKind, text: values.text ?? '' },
  }
  const rule = kind !== undefined && Object.hasOwn(rules, kind) ? rules[kind] : null
  return { procedureCode, rule, resolution: { number, on }, validFrom, validTo: validTo || null }
}

function problemsIn(refused: Refusal, locale: Locale): Problem[] {
  const { problems } = refused.details as { problems?: OverrideProblem[] }
  if (!problems) return [{ href: '#noi-dung', text: refusalText(refused, locale) }]
  const known = [...new Map(problems.map((problem) => [problem.field, problem])).values()]
  return known.map(({ field, code, params }) => ({
    href: `#${field}`,
    text: wordsOf(field, code, params ?? {}, locale),
  }))
}

function wordsOf(
  field: string,
  code: string,
  params: Record<string, string | number>,
  locale: Locale,
): string {
  const days = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === 'from' ? dateText(String(value)) : value]),
  )
  const label = findMessage(locale, `provinceRules.field.${field}`) ?? field
  return findMessage(locale, `provinceRules.problem.${code}`, { ...days, field: label }) ?? code
}
