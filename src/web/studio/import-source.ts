import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  type ImportedRecord,
  type ImportReport,
  listVersions,
  missingParts,
  type Trait,
} from 'motcua/modules/catalogue'
import type { PageContext } from 'motcua/web/context'

/** One trait in words. */
export interface TraitLine {
  text: string
  at: string
  says: string
}

/** One record as the page shows it. */
export interface RecordLine {
  code: string
  name: string
  here: boolean
  missing: string | null
  traits: TraitLine[]
  /** The draft as JSON, to be posted back when it is taken over. */
  procedure: string
}

/** So many records are shown at once. */
const mostShown = 100

/** What was read, in words. */
export async function reportView({ app, now, locale }: PageContext, { records, traits }: ImportReport) {
  const versions = await listVersions(app.db, dateOfLaw(now))
  const here = new Set(versions.map(({ procedureCode }) => procedureCode))
  return {
    count: records.length,
    traits: traits.slice(0, mostShown).map((each) => traitLine(each, locale)),
    records: records.slice(0, mostShown).map((record) => recordLine(record, here, locale)),
    more: records.length > mostShown ? mostShown : null,
  }
}

export type ReportView = Awaited<ReturnType<typeof reportView>>

function recordLine(
  { code, name, procedure, traits }: ImportedRecord,
  here: ReadonlySet<string>,
  locale: 'vi' | 'en',
): RecordLine {
  const t = messages(locale)
  const missing = missingParts(procedure).map((part) => t(`exchange.part.${part}`))
  return {
    ...{ code, name, here: here.has(code) },
    missing: missing.length > 0 ? missing.join(', ') : null,
    traits: traits.map((each) => traitLine(each, locale)),
    procedure: JSON.stringify(procedure),
  }
}

const traitLine = ({ code, at, says }: Trait, locale: 'vi' | 'en'): TraitLine => ({
  text: messages(locale)(`exchange.trait.${code}`),
  ...{ at, says },
})
