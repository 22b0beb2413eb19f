import { randomUUID } from 'node:crypto'
import { type Db, openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { readStream } from '../../src/kernel/journal.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { allOfficers } from '../../src/modules/directory/index.ts'
import {
  createDossiers,
  type Dossier,
  findByCode,
  fold,
  type PaperDoor,
  type Request,
  type SealedDossierEntry,
  type SubmissionInput,
} from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import type { Actor, Person } from '../../src/modules/identity/index.ts'
import { testDatabase } from '../harness/database.ts'
import { aSubmissionOf, theCitizenOf } from './a-filing.ts'
import { officerAmong } from './officers.ts'

/** A Thursday morning on which every reference version is in force. */
export const morning = new Date('2026-11-19T02:00:00.000Z')

/**
 * The dossiers of the demonstration province on a real database, with its officers and citizens. Where papers are to
 * be signed, `papersOf` says by what.
 */
export async function aDesk({ papersOf }: { papersOf?: (db: Db) => PaperDoor } = {}) {
  const database = await testDatabase({ reference: true })
  const db = openDatabase(database.url, { role: 'motcua_app', max: 12 })
  const dossiers = createDossiers(db, () => undefined, [], undefined, papersOf?.(db))
  const officers = await allOfficers(db)
  const officer = officerAmong(officers)
  const citizen = (formKey = 'marital-status'): Person => theCitizenOf(formKey)

  async function submissionOf(formKey = 'marital-status', changes: Partial<SubmissionInput> = {}) {
    const form = await findForm(db, formKey, { on: dateOfLaw(morning) })
    const made = await aSubmissionOf(form!.compiled, { today: dateOfLaw(morning) })
    return { ...made, ...changes, answers: { ...made.answers, ...changes.answers } }
  }

  /** Files and gives the dossier; a refusal is a bug of the test. */
  async function file({ actor = citizen() as Actor, formKey = 'marital-status', at = morning } = {}) {
    const input = await submissionOf(formKey)
    const applicant =
      actor.kind === 'person' ? {} : { applicant: { name: 'Nguyễn Thị Quầy', phone: '0912345678' } }
    const options = { key: randomUUID(), now: at }
    return accepted(await dossiers.submit(actor, { ...input, ...applicant }, options))
  }

  const act = (actor: Actor, { code }: Pick<Dossier, 'code'>, request: Request, at = morning) =>
    dossiers.act(actor, code, request, { now: at })
  const stored = async ({ code }: Pick<Dossier, 'code'>) => (await findByCode(db.pool, code))!.dossier
  const folded = async ({ id }: Pick<Dossier, 'id'>) =>
    fold((await readStream(db.pool, id)) as SealedDossierEntry[])

  return { database, db, dossiers, officers, officer, citizen, submissionOf, file, act, stored, folded }
}

export type Desk = Awaited<ReturnType<typeof aDesk>>

/** Officers of the best-staffed ward of the demonstration, by role. */
export const staff = {
  reception: 'officer-hoa-sen-reception-1',
  otherReception: 'officer-hoa-sen-reception-2',
  specialist: 'officer-hoa-sen-civil-status-1',
  head: 'officer-hoa-sen-justice-head-1',
  leader: 'officer-hoa-sen-leader-1',
  clerk: 'officer-hoa-sen-clerk-1',
  cashier: 'officer-hoa-sen-cashier-1',
  post: 'officer-hoa-sen-post-1',
  control: 'officer-hoa-sen-control-1',
  elsewhere: 'officer-ben-go-reception-1',
} as const
