import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { listVersions, type ProcedureVersion } from 'motcua/modules/catalogue'
import { changesFor, type ListedChange } from 'motcua/modules/changes'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { dateText, momentText } from '../ui/format'

/** A change in a list. */
export interface ChangeLine {
  id: string
  code: string
  name: string
  title: string
  kind: ListedChange['kind']
  state: ListedChange['state']
  /** From which day it is in force. */
  from: string | null
  startedByName: string
  startedAt: string
  savedAt: string | null
}

/** A procedure that can be changed. */
export interface ProcedureLine {
  code: string
  name: string
  settledBy: string
  version: number
  from: string
}

const inTheMaking = ['draft', 'in-review', 'approved']

/** Everything of the first page of the studio. */
export async function studioHome(page: PageContext, officer: Officer) {
  const { app, now, locale } = page
  const [versions, changes] = await Promise.all([
    listVersions(app.db, dateOfLaw(now)),
    changesFor(app.db, officer),
  ])
  const lines = changeLines(changes, versions, page)
  const t = messages(locale)
  return {
    open: lines.filter(({ state }) => inTheMaking.includes(state)),
    ended: lines.filter(({ state }) => !inTheMaking.includes(state)).slice(0, 30),
    procedures: versions.map(procedureLine).toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    levels: countsByLevel(versions, locale),
    tools: [
      { href: '/thiet-ke/nhap', label: t('studio.list.import') },
      { href: '/thiet-ke/goi', label: t('studio.list.packages') },
      { href: '/thiet-ke/tinh', label: t('studio.list.province') },
      { href: '/thiet-ke/bo-chi-so', label: t('indexSets.page.nav') },
    ],
  }
}

/** Changes as lists show them, with the everyday name of their procedures. */
export function changeLines(
  changes: readonly ListedChange[],
  versions: readonly ProcedureVersion[],
  { locale }: PageContext,
): ChangeLine[] {
  const names = new Map(versions.map(({ procedureCode, plainName }) => [procedureCode, plainName]))
  return changes.map(({ id, code, kind, title, state, startedByName, startedAt, savedAt, publication }) => ({
    ...{ id, code, kind, title, state, startedByName },
    name: names.get(code) ?? code,
    from: publication && dateText(publication.validFrom),
    startedAt: momentText(startedAt, locale),
    savedAt: savedAt && momentText(savedAt, locale),
  }))
}

const procedureLine = (version: ProcedureVersion): ProcedureLine => ({
  code: version.procedureCode,
  name: version.plainName,
  settledBy: version.executing.text,
  version: version.version,
  from: dateText(version.validFrom),
})

const levelOf = {
  commune: 'commune',
  'commune-police': 'commune',
  department: 'province',
  office: 'province',
  'provincial-police': 'province',
  'land-registry': 'province',
  insurance: 'central',
  tax: 'central',
} as const satisfies Record<ProcedureVersion['executing']['kind'], string>

/** How many procedures each level settles: public ones, and those between state bodies. */
function countsByLevel(versions: readonly ProcedureVersion[], locale: 'vi' | 'en') {
  const t = messages(locale)
  const levels = Map.groupBy(versions, ({ executing }) => levelOf[executing.kind])
  return [...levels]
    .map(([level, group]) => ({
      level: t(`studio.level.${level}`),
      public: group.filter(({ kind }) => kind === 'public').length,
      internal: group.filter(({ kind }) => kind === 'internal').length,
    }))
    .toSorted((a, b) => b.public + b.internal - a.public - a.internal)
}
