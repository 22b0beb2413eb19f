import { messages } from 'motcua/kernel/i18n'
import { editionsOf } from 'motcua/modules/catalogue'
import {
  baseContents,
  type Contents,
  type Difference,
  differencesOf,
  inForce,
  type PartKind,
  partKinds,
} from 'motcua/modules/changes'
import type { PageContext } from 'motcua/web/context'
import { dateText } from '../../ui/format'
import type { StudioChange } from '../studio-source'

/** One difference as a page shows it. */
export interface DifferenceLine {
  key: string
  what: Difference['what']
  whatText: string
  label: string
  before: string | null
  after: string | null
}

/** The differences of one part. */
export interface PartDifferences {
  part: PartKind
  title: string
  lines: DifferenceLine[]
}

/** What differs between what is in force and a change, part by part. */
export async function differencesOfChange({
  page,
  change,
  contents,
}: StudioChange): Promise<PartDifferences[]> {
  const before = change.base.procedure === null ? null : await baseContents(page.app.db, change)
  return partsOf(
    await differencesOf(before, change.kind === 'abolish' ? null : contents, { locale: page.locale }),
    page,
  )
}

/** Two published versions of a procedure compared; null when one of them does not exist. */
export async function differencesOfVersions(
  page: PageContext,
  code: string,
  [from, to]: readonly [number, number],
) {
  const editions = await editionsOf(page.app.db.pool, code)
  const contents = await Promise.all(
    [from, to].map((version) => contentsOfEdition(page, code, editions, version)),
  )
  const [before, after] = contents as [Contents | undefined, Contents | undefined]
  if (!before || !after) return null
  const choices = editions.map(({ version: { version, validFrom } }) => ({
    value: String(version),
    label: messages(page.locale)('replay.compare.edition', { version, on: dateText(validFrom) }),
  }))
  const name = editions[0]!.version.plainName
  return { name, choices, parts: partsOf(await differencesOf(before, after, { locale: page.locale }), page) }
}

async function contentsOfEdition(
  { app }: PageContext,
  code: string,
  editions: Awaited<ReturnType<typeof editionsOf>>,
  version: number,
): Promise<Contents | undefined> {
  const edition = editions.find((each) => each.version.version === version)
  if (!edition) return undefined
  // One that was taken back was never in force: what it would have been cannot be looked up by its day.
  return (await inForce(app.db, code, edition.version.validFrom))?.contents
}

function partsOf(differences: readonly Difference[], { locale }: PageContext): PartDifferences[] {
  const t = messages(locale)
  return partKinds
    .map((part) => ({
      part,
      title: t(`differences.part.${part}`),
      lines: differences
        .filter((each) => each.part === part)
        .map(({ what, label, before, after }, i) => ({
          ...{ key: `${part}-${i}`, what, label: label[locale], before, after },
          whatText: t(`differences.what.${what}`),
        })),
    }))
    .filter(({ lines }) => lines.length > 0)
}
