import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { editionsOf } from '../../catalogue/index.ts'
import type { Actor } from '../../identity/index.ts'
import { type ChangeParts, editorOf } from '../acting.ts'
import type { ProcedureChange } from '../change.ts'
import { isSame } from '../content-hash.ts'
import { contentsOf, emptyContents, inForce, lastEdition } from '../effective-parts.ts'
import { type Readiness, readinessOfContents } from '../readiness.ts'
import { refusals as changeRefusals } from '../refusals.ts'
import { startChange } from '../start-change.ts'
import { writePackage } from './package-file.ts'
import { type ReadPackage, readPackage } from './read-package.ts'
import { packageRefusals as refusals } from './refusals.ts'

/** A package with the name under which it is kept. */
export interface ExportedPackage {
  fileName: string
  bytes: Uint8Array
}

/** The edition in force on a date of law as a package; refuses a procedure that cannot be filed here then. */
export async function exportPackage(
  { db, now }: Pick<ChangeParts, 'db' | 'now'>,
  code: string,
  on = dateOfLaw(now),
): Promise<Outcome<ExportedPackage>> {
  const found = await inForce(db, code, on)
  if (!found?.versions.procedure) return refusals.notFiledHere({ code })
  const contents = await contentsOf(db, code, found.versions)
  const edition = (await editionsOf(db.pool, code)).find(
    ({ version }) => version.version === found.versions.procedure,
  )!
  const { version, validFrom, plainName, source } = edition.version
  const bytes = writePackage(contents, {
    name: plainName,
    edition: { version, validFrom, decision: edition.decision?.number ?? null },
    // The moment of publication, so that the same edition gives the same file.
    madeAt: edition.publishedAt,
    source,
    licence: 'Apache-2.0',
  })
  return { fileName: `${code}-${version}.motcua.zip`, bytes }
}

/** Reads the parts of a package as they would run here, and runs its test cases; nothing is stored. */
export const tryPackage = ({ manifest, contents }: ReadPackage, parts: ChangeParts): Promise<Readiness> => {
  const { procedureCode: code, name: title } = manifest
  return readinessOfContents(code, { ...emptyContents({ code, title }), ...contents }, parts)
}

/**
 * Begins a change with the parts of a package: new here, or an amendment of what can be filed here already. It is then
 * checked, reviewed and published like any other. Refuses a package that holds nothing but what is in use.
 */
export async function installPackage(
  actor: Actor,
  bytes: Uint8Array,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  if (!(await editorOf(actor, parts.db))) return changeRefusals.notYours()
  const read = readPackage(bytes)
  if (isRefusal(read)) return read
  const { manifest, contents } = read
  const { procedureCode: code } = manifest
  const holds = String(contents.procedure?.procedureCode)
  if (holds !== code) return refusals.otherProcedure({ says: code, holds })
  const here = await lastEdition(parts.db, code, dateOfLaw(parts.now))
  const differing = Object.entries(contents).filter(
    ([part, content]) => !isSame(content, here?.contents[part as never]),
  )
  if (here && differing.length === 0) return refusals.unchanged({ code })
  const edition = manifest.edition
    ? ` (bản ${manifest.edition.version}, từ ${dayText(manifest.edition.validFrom)})`
    : ''
  return startChange(
    actor,
    {
      ...{ code, kind: here ? 'amend' : 'new' },
      title: `${manifest.name}${edition}`.slice(0, 200),
      reason: manifest.source,
    },
    { ...parts, contents: Object.fromEntries(differing) },
  )
}

/** `2025-07-01` as people write it. */
const dayText = (day: string) => day.split('-').toReversed().join('/')
