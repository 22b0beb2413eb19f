import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { getVersion } from '../../catalogue/index.ts'
import { renderSlip, type SlipData } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import { mayOpen } from '../acting.ts'
import { type HandedOver, handedOverIn } from '../desk/hand-over-batch.ts'
import { type DossierFile, findByIds } from '../dossier-store.ts'
import { involved } from '../permission.ts'
import { asOfficer } from '../readings/reading.ts'
import { recordExport } from '../readings/readings-store.ts'
import { refusals } from '../refusals.ts'
import { partyOf } from './control-slip.ts'
import { unitKindOf } from './handovers.ts'
import { shortMoment } from './log-book-paper.ts'
import { needAuthority, placeName, unitHead } from './paper-facts.ts'
import type { PaperDoor } from './slips.ts'

/**
 * Phiếu bàn giao of one batch as the journal stands now: what was given, and whether it was taken over. Who may
 * open none of its dossiers is told that there is no such slip.
 */
export async function handOverSlip(
  door: PaperDoor,
  actor: Actor,
  batch: string,
): Promise<Outcome<Uint8Array>> {
  const given = await handedOverIn(door.db.pool, batch)
  const files = await findByIds(
    door.db.pool,
    given.map(({ dossierId }) => dossierId),
  )
  const byId = new Map(files.map((file) => [file.dossier.id, file]))
  const lines = given.flatMap((line) => {
    const file = byId.get(line.dossierId)
    return file && mayOpen(actor, file.dossier) ? [{ ...line, file }] : []
  })
  if (lines.length === 0) return refusals.notFound()
  // It names the people of every dossier in it.
  if (actor.kind === 'officer') {
    const places = lines.flatMap(({ file }) => involved(file.dossier))
    const codes = lines.map(({ file }) => file.dossier.code)
    await recordExport(door.db.pool, asOfficer(actor, places), { codes, at: door.now() })
  }
  const data = await dataOf(door, batch, lines)
  return renderSlip('hand-over', data, door.layouts ? { layouts: door.layouts } : {})
}

type Line = HandedOver & { file: DossierFile }

async function dataOf(door: PaperDoor, batch: string, lines: Line[]): Promise<SlipData<'hand-over'>> {
  const { db } = door
  const first = lines[0]!
  const { receivedBy } = first.file.dossier
  const from = giverTask(first)
  const [giver, taker, unit] = await Promise.all([
    partyOf(db, {
      authority: from?.authority ?? receivedBy,
      unitKind: from?.unitKind ?? 'one-stop',
      officer: first.by,
    }),
    partyOf(db, {
      authority: first.to.authority,
      unitKind: unitKindOf(first.to.role),
      officer: takenBy(first) ?? first.to.officer,
    }),
    needAuthority(db, from?.authority ?? receivedBy),
  ])
  const parent = unit.parentCode ? await needAuthority(db, unit.parentCode) : undefined
  const number = `BG-${batch.slice(-8).toUpperCase()}`
  const all = lines.every((line) => takenBy(line) !== null)
  return {
    sample: unit.sample,
    agency: unitHead(unit, parent),
    number,
    place: placeName(unit),
    on: dateOfLaw(first.at),
    code: number,
    qr: { text: `${door.baseUrl}/giay/ban-giao/${batch}.pdf`, label: `Mã QR mở phiếu bàn giao ${number}` },
    giver: { ...giver, note: confirmed },
    taker: { ...taker, note: all ? confirmed : null },
    at: first.at,
    dossiers: await Promise.all(lines.map((line) => lineOf(db, line))),
  }
}

const confirmed = 'Đã xác nhận trên hệ thống'

async function lineOf(db: Db, line: Line) {
  const { dossier, party } = line.file
  const { plainName } = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  return {
    code: dossier.code,
    applicant: party.name,
    procedure: plainName,
    due: shortMoment(dossier.dueAt ?? dossier.promisedDueAt),
    sheets: line.sheets || null,
    remark: takenBy(line) === null ? 'Chưa nhận' : '',
  }
}

/** Who took it over; null as long as nobody did. */
const takenBy = ({ file, at }: Line): string | null =>
  file.dossier.tasks.find(({ kind, openedAt }) => kind === 'handover' && openedAt === at)?.closedBy ?? null

// What the giver was busy with: the task of the giver that was open then.
const giverTask = ({ file, by, at }: Line) =>
  file.dossier.tasks.findLast(
    (task) =>
      (task.assignee === by || task.closedBy === by) &&
      task.openedAt <= at &&
      (task.closedAt === null || task.closedAt >= at),
  )
