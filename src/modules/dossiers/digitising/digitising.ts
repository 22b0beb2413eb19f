import { createHash } from 'node:crypto'
import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type ComponentLine, componentsFor, getVersion } from '../../catalogue/index.ts'
import { findFiles, type StoredFile } from '../../documents/index.ts'
import { type Actor, provedPersonalIds } from '../../identity/index.ts'
import { codesServing, itemsOf, type Owner, offersOf, type VaultItem } from '../../vault/index.ts'
import { wantsFiles } from '../certifying/originals.ts'
import type { Dossier } from '../dossier.ts'
import { holderOf } from '../papers/whose-papers.ts'
import { involved } from '../permission.ts'
import type { DossierView } from '../read-dossier.ts'
import { type DigitiseRule, digitiseRule } from './digitise-rule.ts'
import { type DigitisedPaper, digitisedOf, scansOf } from './digitised-store.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** Files that are one paper: the photos of a component together, or one PDF. */
export interface ScannedPaper {
  /** Names it among the papers of the dossier. */
  key: string
  source: string
  files: StoredFile[]
}

/** One component at the counter: its rule, what is there, and what is left to do. */
export interface DigitisingLine {
  component: ComponentLine
  rule: DigitiseRule
  /** Codes of papers that serve as it; the first is the likely one. */
  codes: string[]
  /** What the vault has of it already: then nothing is scanned (TT 01/2023/TT-VPCP, first step). */
  inVault: VaultItem[]
  taken: boolean
  waiting: ScannedPaper[]
  done: DigitisedPaper[]
}

export interface Digitising {
  lines: DigitisingLine[]
  /** In whose vault signed copies are kept; null when the dossier names nobody who proved who they are. */
  holder: Owner | null
}

const open = new Set<Dossier['state']>([
  'submitted',
  'awaiting-supplement',
  'in-progress',
  'awaiting-obligation',
])

/** The place in whose name an officer digitises papers of a dossier; undefined when they may not. Pure. */
export function digitiserAt(officer: Officer, dossier: Dossier): string | undefined {
  if (!open.has(dossier.state)) return undefined
  const places = involved(dossier)
  return officer.posts.find(
    ({ authorityCode, roles, procedures }) =>
      roles.includes('reception') &&
      places.includes(authorityCode) &&
      (procedures === undefined || procedures.includes(dossier.procedureCode)),
  )?.authorityCode
}

/** Every component of a dossier with what is to be digitised of it, as things stand. */
export async function digitisingOf(
  db: Db,
  { dossier, answers, papers, party }: DossierView,
  today: string,
): Promise<Digitising> {
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  const { caseCode, channel } = dossier
  const certified = wantsFiles(version, answers)
  const filedOn = dateOfLaw(dossier.submittedAt)
  const components = componentsFor(version, { caseCode, channel, answers, today: filedOn })
  const [done, scans, proved] = await Promise.all([
    digitisedOf(db.pool, dossier.id),
    scansOf(db.pool, dossier.id),
    provedPersonalIds(db.pool, party.personId === null ? [] : [party.personId]),
  ])
  const holder = holderOf({ ...party, proved: proved.get(party.personId ?? '') ?? null })
  const codesOf = (line: ComponentLine) => codesServing(dossier.procedureCode, line)
  const codes = [...new Set(components.flatMap(codesOf))]
  const kept = holder === null || codes.length === 0 ? [] : await itemsOf(db.pool, [holder], { codes })
  const official = kept.filter(
    ({ trust, dossierCode }) => trust !== 'own-upload' && dossierCode !== dossier.code,
  )
  const brought = [
    ...papers
      .filter(({ source }) => source === 'upload' || source === 'counter')
      .map(({ component, fileId }) => ({ component, fileId })),
    ...scans,
  ]
  const files = await findFiles(db.pool, [...new Set(brought.map(({ fileId }) => fileId))])
  const byId = new Map(files.map((file) => [file.fileId, file]))
  const lines = components.map((component): DigitisingLine => {
    const { key } = component
    const own = brought
      .filter((each) => each.component === key)
      .flatMap(({ fileId }) => byId.get(fileId) ?? [])
    const signed = done.filter((each) => each.component === key)
    const stated = version.components.find((each) => each.key === key)?.digitise
    return {
      component,
      rule: digitiseRule(dossier.procedureCode, component, { stated, certified }),
      codes: codesOf(component),
      inVault: offersOf(official, codesOf(component), today).items,
      taken: papers.some((each) => each.component === key && each.vaultItemId !== undefined),
      waiting: papersIn(key, own).filter(({ source }) => signed.every((each) => each.source !== source)),
      done: signed,
    }
  })
  return { lines, holder }
}

/** Photos are sides of one paper; every other file is a paper of its own. */
function papersIn(component: string, files: readonly StoredFile[]): ScannedPaper[] {
  const photos = files.filter(({ mediaType }) => mediaType.startsWith('image/'))
  const others = files.filter(({ mediaType }) => !mediaType.startsWith('image/'))
  return [...(photos.length > 0 ? [photos] : []), ...others.map((file) => [file])].map((parts) => ({
    key: `${component}~${parts[0]!.fileId}`,
    source: sourceOf(parts),
    files: parts,
  }))
}

const sourceOf = (files: readonly StoredFile[]): string =>
  createHash('sha256')
    .update(files.map(({ sha256 }) => sha256).join('\n'))
    .digest('hex')

/**
 * Whether the line asks for anything still: the law wants it digitised, it must be handed in or was, and neither vault
 * nor signature is there. Pure.
 */
export const isMissing = ({ component, rule, inVault, taken, waiting, done }: DigitisingLine): boolean =>
  rule.rule === 'required' &&
  (component.required || waiting.length > 0) &&
  inVault.length === 0 &&
  !taken &&
  done.length === 0
