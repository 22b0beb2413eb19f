import { accepted, isRefusal, type Outcome } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { loadCalendar } from '../../src/modules/calendar/index.ts'
import {
  append,
  applyEntries,
  type Beside,
  type Dossier,
  decideSubmission,
  findByCode,
  openTasks,
  type Request,
  type Submission,
  type Task,
  type TaskKind,
} from '../../src/modules/dossiers/index.ts'
import type { Person } from '../../src/modules/identity/index.ts'
import { type Desk, morning, staff } from './a-desk.ts'
import { aSubmission } from './a-dossier.ts'

/** An instant of November 2026 by the clock on the wall. */
export const on = (day: number, time = '09:00') =>
  new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00+07:00`)

/** What came of it: the code of the refusal, or "done". */
export const codeOf = (outcome: Outcome<unknown>) => (isRefusal(outcome) ? outcome.code : 'done')

/** The one open task of a kind. */
export function openTask(dossier: Dossier, kind: TaskKind): Task {
  const found = openTasks(dossier).filter((task) => task.kind === kind)
  if (found.length !== 1) throw new Error(`${found.length} open tasks of kind ${kind}`)
  return found[0]!
}

/** Somebody to agree, as they sign in. */
export const otherPerson: Person = {
  kind: 'person',
  personId: '0199d000-0000-7000-8000-0000000000b2',
  name: 'Phạm Văn Hai',
  personalId: '001085000022',
  assurance: 2,
  organisations: [],
}

let made = 0

/** Brings dossiers of a desk to the moments that tests are about. */
export function livesOf(desk: Desk) {
  const who = {
    reception: desk.officer(staff.reception),
    specialist: desk.officer(staff.specialist),
    head: desk.officer(staff.head),
    leader: desk.officer(staff.leader),
    clerk: desk.officer(staff.clerk),
    cashier: desk.officer(staff.cashier),
    citizen: desk.citizen(),
  }
  const { act } = desk
  const must = async (outcome: Promise<Outcome<Dossier>>) => accepted(await outcome)
  /** Does it, and gives the dossier after; a refusal is a bug of the test. */
  const does = (
    actor: Parameters<Desk['act']>[0],
    dossier: Pick<Dossier, 'code'>,
    request: Request,
    at?: Date,
  ) => must(act(actor, dossier, request, at))

  /** Files on terms that no shipped procedure has: another limit, another rule, other parties. */
  async function fileOn(terms: Partial<Submission>, others: Beside['otherParties'] = [], now = morning) {
    const like = (await findByCode(desk.db.pool, (await desk.file()).dossier.code))!
    // Their numbers are far from those that filings get.
    const code = `${like.dossier.code.slice(0, -5)}${90_000 + made++}`
    const submission = { ...aSubmission(), ...statedBy(like.dossier), code, ...terms }
    const calendar = await loadCalendar(desk.db, { authorityCode: submission.receivedBy })
    const acting = { kind: 'applicant', id: who.citizen.personId } as const
    const change = applyEntries(
      newId(now.getTime()),
      undefined,
      decideSubmission(submission, { now, calendar, acting }),
    )
    await append(desk.db.pool, change, { party: { ...like.party, searchName: '' }, otherParties: others })
    return change.after
  }

  async function inProgress({ at = morning, terms }: { at?: Date; terms?: Partial<Submission> } = {}) {
    const dossier = terms ? await fileOn(terms, [], at) : (await desk.file({ at })).dossier
    return does(who.reception, dossier, { command: 'accept' }, at)
  }

  /** Drafted, and worked on until a step of this kind is open. */
  async function upTo(kind: Task['stepKind'], given?: Dossier, at = morning): Promise<Dossier> {
    let dossier = given ?? (await inProgress({ at }))
    for (let step = 0; step < 8 && openTask(dossier, 'step').stepKind !== kind; step++)
      dossier = await stepDone(dossier, at)
    return dossier
  }

  async function stepDone(dossier: Dossier, at = morning): Promise<Dossier> {
    const { stepKind, role } = openTask(dossier, 'step')
    if (stepKind === 'draft')
      await does(who.specialist, dossier, { command: 'draftResult', draft: { note: 'Theo hồ sơ' } }, at)
    if (stepKind === 'decide') return does(who.leader, dossier, { command: 'approve' }, at)
    const actor = role === 'clerk' ? who.clerk : role === 'head' ? who.head : who.specialist
    return does(actor, dossier, { command: 'completeStep', outcome: 'ok' }, at)
  }

  async function decided(given?: Dossier, at = morning): Promise<Dossier> {
    let dossier = await upTo('decide', given, at)
    while (dossier.state === 'in-progress') dossier = await stepDone(dossier, at)
    return dossier
  }

  async function returned(given?: Dossier, at = morning): Promise<Dossier> {
    return does(who.reception, await decided(given, at), { command: 'returnResult', delivery: 'counter' }, at)
  }

  /** Says that the stored row is what the journal folds to. */
  const rowAndFold = async (dossier: Pick<Dossier, 'id' | 'code'>) =>
    [await desk.stored(dossier), await desk.folded(dossier)] as const

  return { ...who, act, does, fileOn, inProgress, upTo, stepDone, decided, returned, rowAndFold }
}

function statedBy(dossier: Dossier): Partial<Submission> {
  const { procedureCode, procedureVersion, caseCode, formKey, formVersion, processKey, processVersion } =
    dossier
  const { channel, receivedBy, competent, applicantKind, filedFor, delivery, limit, supplementRule } = dossier
  const { calendarVersion, fees } = dossier
  return {
    ...{ procedureCode, procedureVersion, caseCode, formKey, formVersion, processKey, processVersion },
    ...{ channel, receivedBy, competent, applicantKind, filedFor, delivery, limit, supplementRule },
    ...{ calendarVersion, fees },
  }
}
