import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { searchable } from '../../../kernel/text.ts'
import { findAuthority, findOfficer, type UnitKind, unitFor, unitsOf } from '../../directory/index.ts'
import { documentsOfDossier, logEntriesOf, logNumber } from '../../documents/index.ts'
import type { DossierView } from '../read-dossier.ts'
import { type Handover, handoversOf, type Side } from './handovers.ts'
import { about, paperFacts } from './paper-facts.ts'
import { printWithSeal } from './print-with-seal.ts'
import { settledElsewhere } from './slip-data.ts'
import type { PaperDoor } from './slips.ts'

/**
 * Mẫu 06 as the journal stands now: for officers, at any time. It bears the number of the receipt, with which it
 * travels, or that of the log book, and the seal of the authority that received; it is in no register.
 */
export async function controlSlip(door: PaperDoor, view: DossierView): Promise<Outcome<Uint8Array>> {
  const { dossier } = view
  const act = { ...view.history.at(-1)!, at: door.now().toISOString() }
  const [facts, issued, [line]] = await Promise.all([
    paperFacts(door.db, view, act, door.baseUrl),
    documentsOfDossier(door.db.pool, dossier.id),
    logEntriesOf(door.db.pool, [dossier.id]),
  ])
  const entered = line ? `${logNumber(line)}/${line.year}` : ''
  const number = issued.find(({ kind }) => kind === 'receipt')?.number ?? entered
  const verifyUrl = `${door.baseUrl}/can-bo/ho-so/${dossier.code}`
  const data = {
    ...about(facts, { number, verifyUrl }),
    receivedAt: dossier.acceptedAt ?? dossier.submittedAt,
    dueAt: dossier.dueAt ?? dossier.promisedDueAt,
    settledBy: settledElsewhere(facts),
    handovers: await named(door.db, view, handoversOf(view.history, dossier), facts.version.field.code),
  }
  return printWithSeal(door, 'control', data, facts.received)
}

async function named(db: Db, view: DossierView, handovers: Handover[], field: string | null) {
  const party = (side: Side | 'applicant') =>
    side === 'applicant'
      ? { unit: 'Người nhận kết quả', name: view.party.name }
      : partyOf(db, side, field ?? undefined)
  return Promise.all(
    handovers.map(async ({ giver, taker, ...rest }) => ({
      ...rest,
      giver: await party(giver),
      taker: await party(taker),
    })),
  )
}

/** A unit of an authority and an officer in it, as slips name them. */
export async function partyOf(
  db: Db,
  { authority, unitKind, officer }: Side,
  field?: string,
): Promise<{ unit: string; name: string }> {
  const [place, units, person] = await Promise.all([
    findAuthority(db, authority),
    unitsOf(db, authority),
    officer === null ? undefined : findOfficer(db, officer),
  ])
  const own = person?.posts.find((post) => post.authorityCode === authority)?.unitCode
  const unit = units.find(({ unitCode }) => unitCode === own) ?? unitFor(units, unitKind as UnitKind, field)
  const short = place?.shortName ?? authority
  return { unit: placed(unit?.name, short), name: person?.name ?? '' }
}

// "Văn thư UBND phường Hoa Sen" says where it is.
function placed(unit: string | undefined, place: string): string {
  if (unit === undefined) return place
  return searchable(unit).includes(searchable(place)) ? unit : `${unit}, ${place}`
}
