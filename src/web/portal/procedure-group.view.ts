import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { findCase, type LinkedBranch, limitText, type ProcedureVersion } from 'motcua/modules/catalogue'
import { stagesOf } from './tracking/branches.view'

/** One procedure of a group, as somebody reads it before filing. */
export interface GroupPart {
  key: string
  name: string
  /** The paper or change that comes out of it. */
  result: string
  by: string
  /** The people choose whether they want it. */
  optional: boolean
  href: string
}

/** What a group of linked procedures gives, in which order and by whom. */
export interface GroupGuide {
  lead: string
  total: string
  stages: { key: string; title: string; parts: GroupPart[] }[]
}

/** The order and the authorities of a group; `versions` are the editions of its branches. Null: an ordinary procedure. */
export function groupGuide(
  version: ProcedureVersion,
  versions: ReadonlyMap<string, ProcedureVersion>,
  locale: Locale,
): GroupGuide | null {
  if (version.linked === null) return null
  const t = messages(locale)
  const { branches } = version.linked
  const parts = new Map(branches.map((branch) => [branch.key, partOf(branch, version, versions, locale, t)]))
  const total = limitText(findCase(version).limit, locale)
  return {
    lead: t('branches.guide.lead', { count: branches.length }),
    total: t('branches.guide.total', { limit: total }),
    stages: stagesOf(branches, branches).map((keys, turn) => ({
      key: keys.join(' '),
      title: titleOf(keys, turn, branches, parts, t),
      parts: keys.map((key) => parts.get(key)!),
    })),
  }
}

/** The groups that a procedure may be filed in together with others. */
export const groupsWith = (versions: readonly ProcedureVersion[], code: string): ProcedureVersion[] =>
  versions.filter(({ linked }) => linked?.branches.some(({ procedureCode }) => procedureCode === code))

function titleOf(
  keys: readonly string[],
  turn: number,
  branches: readonly LinkedBranch[],
  parts: ReadonlyMap<string, GroupPart>,
  t: Translate,
): string {
  if (turn === 0) return t('branches.first')
  const before = new Set(branches.filter(({ key }) => keys.includes(key)).flatMap(({ after }) => after))
  const names = [...before].map((key) => parts.get(key)!.name).join('”, “')
  return t(keys.length > 1 ? 'branches.nextTogether' : 'branches.next', { names })
}

function partOf(
  { key, procedureCode, limit, when }: LinkedBranch,
  group: ProcedureVersion,
  versions: ReadonlyMap<string, ProcedureVersion>,
  locale: Locale,
  t: Translate,
): GroupPart {
  const version = versions.get(procedureCode)
  const href = `/thu-tuc/${procedureCode}`
  if (version === undefined) return { key, name: procedureCode, result: '', by: '', optional: false, href }
  // The group names its results in plainer words than the national list.
  const codes = version.results.flatMap(({ code }) => code ?? [])
  const named = group.results.find(({ code }) => code !== null && codes.includes(code)) ?? version.results[0]
  const words = limitText(limit ?? findCase(version).limit, locale)
  return {
    key,
    name: locale === 'en' ? version.plainNameEn : version.plainName,
    result: t('branches.guide.result', { name: named?.name ?? version.plainName }),
    by: t('branches.guide.by', { place: version.executing.text, limit: words }),
    optional: when !== null,
    href,
  }
}
