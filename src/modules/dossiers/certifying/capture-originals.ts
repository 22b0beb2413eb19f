import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { getVersion } from '../../catalogue/index.ts'
import { capturedPages, contentOf, keepContent, type StoredFile, turnedPage } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import { digitiserAt } from '../digitising/digitising.ts'
import type { SigningDoor } from '../papers/papers-to-sign.ts'
import type { DossierView } from '../read-dossier.ts'
import {
  type Capture,
  type CapturedPage,
  capturesOf,
  dropCapture,
  keepCapture,
  lockCaptures,
} from './capture-store.ts'
import { certificationsOf } from './certification-store.ts'
import { mostOriginals, wantsFiles } from './originals.ts'
import { certifyingRefusals as refusals } from './refusals.ts'

type Officer = Extract<Actor, { kind: 'officer' }>
type Door = Pick<SigningDoor, 'db' | 'files' | 'now'>

/** More pages than any one paper that is certified while somebody waits. */
const mostPages = 200

/**
 * Adds what was captured of one original to its pages: photographs, a TIFF, or a PDF as the counter's scanner writes
 * it, each page upright. Refuses who does not receive the dossier, what is certified already, and files that are no
 * picture of a paper; then nothing is added.
 */
export async function captureOriginal(
  door: Door,
  officer: Officer,
  view: DossierView,
  { place, name, files }: { place: number; name: string; files: readonly StoredFile[] },
): Promise<Outcome<Capture>> {
  const refused = await mayCapture(door, officer, view)
  if (refused) return refused
  if (!Number.isInteger(place) || place < 0 || place >= mostOriginals) return refusals.noSuchOriginal()
  if (files.some(({ owner }) => owner.kind !== 'officer' || owner.id !== officer.officerId))
    return refusals.noSuchOriginal()
  const fresh: CapturedPage[] = []
  for (const file of files) {
    const read = await capturedPages(door.files, file)
    if (isRefusal(read)) return read
    for (const { jpeg, width, height } of read) {
      const kept = await keepContent(door.files, jpeg)
      if (isRefusal(kept)) return kept
      fresh.push({ sha256: kept.sha256, width, height, fileId: file.fileId })
    }
  }
  return change(door, officer, view, place, (before) => {
    const pages = [...(before?.pages ?? []), ...fresh]
    return pages.length > mostPages ? refusals.tooManyPages({ most: mostPages }) : { name, pages }
  })
}

export type PageChange =
  | { act: 'turn' | 'drop' | 'up'; page: number }
  /** The whole capture, or only its name. */
  | { act: 'drop-all' }
  | { act: 'name'; name: string }

/** Turns a page a quarter, moves it before the one above, takes it back, or takes all back. Refuses what capturing refuses. */
export async function changeCapture(
  door: Door,
  officer: Officer,
  view: DossierView,
  { place, change: wanted }: { place: number; change: PageChange },
): Promise<Outcome<Capture | null>> {
  const refused = await mayCapture(door, officer, view)
  if (refused) return refused
  if (wanted.act === 'drop-all') return dropAll(door, view, place)
  const [capture] = (await capturesOf(door.db.pool, view.dossier.id)).filter((each) => each.place === place)
  const { name } = capture ?? { name: '' }
  if (wanted.act === 'name')
    return change(door, officer, view, place, (before) => ({ name: wanted.name, pages: before?.pages ?? [] }))
  const page = capture?.pages[wanted.page]
  if (page === undefined) return refusals.noSuchOriginal()
  const turned = wanted.act === 'turn' ? await turn(door, page) : page
  if (isRefusal(turned)) return turned
  return change(door, officer, view, place, (before) => {
    // Somebody else moved pages meanwhile: look again.
    if (before?.pages[wanted.page]?.sha256 !== page.sha256) return refusals.noSuchOriginal()
    const pages = [...before.pages]
    if (wanted.act === 'drop') pages.splice(wanted.page, 1)
    if (wanted.act === 'turn') pages[wanted.page] = turned
    if (wanted.act === 'up' && wanted.page > 0)
      pages.splice(wanted.page - 1, 0, ...pages.splice(wanted.page, 1))
    return { name, pages }
  })
}

async function turn({ files }: Door, page: CapturedPage): Promise<Outcome<CapturedPage>> {
  const content = await contentOf(files, page.sha256)
  if (content === undefined) throw new Error(`no content of the captured page ${page.sha256}`)
  const { jpeg, width, height } = await turnedPage({ jpeg: Buffer.from(content) })
  const kept = await keepContent(files, jpeg)
  return isRefusal(kept) ? kept : { ...page, sha256: kept.sha256, width, height }
}

async function mayCapture({ db }: Door, officer: Officer, { dossier, answers }: DossierView) {
  if (digitiserAt(officer, dossier) === undefined) return refusals.mayNotCapture()
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  return wantsFiles(version, answers) ? undefined : refusals.notThisProcedure()
}

type Changed = Pick<Capture, 'name' | 'pages'>

// What is certified stays as it was; the lock is the one that certifying takes.
async function change(
  { db, now }: Door,
  officer: Officer,
  { dossier }: DossierView,
  place: number,
  decide: (before: Capture | undefined) => Outcome<Changed>,
): Promise<Outcome<Capture>> {
  return inTransaction(db, async (tx) => {
    const before = await openCapture(tx, dossier.id, place)
    if (isRefusal(before)) return before
    const changed = decide(before)
    if (isRefusal(changed)) return changed
    const capture: Capture = {
      ...{ id: before?.id ?? newId(now().getTime()), dossierId: dossier.id, place },
      ...{ name: changed.name.slice(0, 200), pages: changed.pages },
      ...{ capturedBy: officer.officerId, capturedAt: now().toISOString() },
    }
    await keepCapture(tx, capture)
    return capture
  })
}

async function dropAll({ db }: Door, { dossier }: DossierView, place: number): Promise<Outcome<null>> {
  return inTransaction(db, async (tx) => {
    const before = await openCapture(tx, dossier.id, place)
    if (isRefusal(before)) return before
    if (before) await dropCapture(tx, before.id)
    return null
  })
}

async function openCapture(
  tx: Queryable,
  dossierId: string,
  place: number,
): Promise<Outcome<Capture | undefined>> {
  await lockCaptures(tx, dossierId)
  const capture = (await capturesOf(tx, dossierId)).find((each) => each.place === place)
  const certified = await certificationsOf(tx, dossierId)
  return capture && certified.some(({ originalId }) => originalId === capture.id)
    ? refusals.already()
    : capture
}
