import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning } from '../../../test/builders/a-desk.ts'
import { aSubmission } from '../../../test/builders/a-dossier.ts'
import { anAllowedRequest, aRequest } from '../../../test/builders/a-request.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { loadCalendar } from '../calendar/index.ts'
import type { Actor } from '../identity/index.ts'
import { listProcesses, type ProcessVersion } from '../processes/index.ts'
import { actingOf } from './acting.ts'
import { sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import { decideSubmission } from './deciding/intake.ts'
import { nationalStatus } from './derived.ts'
import { type Dossier, isEnded, openTasks, type TaskKind } from './dossier.ts'
import { applyEntries } from './dossier-store.ts'
import { type CommandName, commandNames } from './policy.ts'
import { differences, verifyDossiers } from './verify.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())

const ward = desk.officers
  .filter((each) => each.posts.some((post) => post.authorityCode === 'H99.12'))
  .map((each) => desk.officer(each.officerId) as Actor)
const actors: Actor[] = [desk.citizen(), ...ward]
const later = (step: number) => new Date(morning.getTime() + step * 3_600_000)

/** What must hold of every dossier at every moment. */
function expectSound(dossier: Dossier): void {
  const { state, acceptedAt, obligationRule, decidedAt } = dossier
  const open = openTasks(dossier)
  const of = (kind: TaskKind) => open.filter((task) => task.kind === kind).map(({ subject }) => subject)
  expect(open.length > 0, `${state} with open tasks`).toBe(!isEnded(dossier))
  expect(nationalStatus(dossier)).toBeGreaterThanOrEqual(1)
  expect(dossier.closedAt !== null).toBe(isEnded(dossier))
  expect(dossier.tasks.map(({ no }) => no)).toEqual(dossier.tasks.map((_, i) => i + 1))
  // The clock stands while the applicant has to act; what was late before that stays late.
  const stands =
    (state === 'awaiting-supplement' && acceptedAt !== null) ||
    (state === 'awaiting-obligation' && obligationRule === 'pause')
  const pauses = dossier.pauses.filter(({ to }) => to === null)
  if (!isEnded(dossier)) expect(pauses).toHaveLength(stands ? 1 : 0)
  if (stands && dossier.dueAt !== null) expect(dossier.dueAt < pauses[0]!.from).toBe(true)
  if (['in-progress', 'decided', 'returned'].includes(state)) {
    expect(dossier.dueAt).not.toBeNull()
    expect(dossier.indexDueAt).not.toBeNull()
  }
  if (state === 'in-progress') expect(of('step')).toHaveLength(1)
  // What is asked of somebody waits with somebody.
  const consulted = dossier.consultations.filter((each) => each.state === 'open').map(({ no }) => no)
  expect(of('consult')).toEqual(consulted)
  const asked = dossier.obligations.filter((each) => each.state === 'requested').map(({ no }) => no)
  if (!isEnded(dossier)) expect(of('obligation')).toEqual(asked)
  const undelivered = dossier.deliveries.filter((each) => each.state !== 'delivered').map(({ no }) => no)
  expect(of('return').toSorted()).toEqual(undelivered)
  expect(dossier.deliveries.length > 0).toBe(decidedAt !== null)
  for (const { assignee } of open) expect(dossier.barred).not.toContain(assignee)
}

const choices = fc.array(fc.noBias(fc.nat({ max: 10_000 })), { minLength: 12, maxLength: 45 })

/** Reads choices one after the other, and again from the start. */
function chooser(numbers: readonly number[]) {
  let at = 0
  return (n: number) => (numbers[at++ % numbers.length]! + at) % n
}

// Everybody may do these at any time: seldom, so that work gets done.
const dull = new Set<CommandName>([
  ...(['note', 'message', 'opine', 'represent', 'explainDelay', 'withdraw', 'stop', 'refuse'] as const),
  ...(['correctFees'] as const),
  ...(['declareConflict', 'bar', 'assign', 'reassign', 'handOver', 'transfer', 'disagree'] as const),
])

/** Somebody who may do something now, and what. */
function nextAct(dossier: Dossier, process: ProcessVersion, pick: (n: number) => number, now: Date) {
  const first = pick(actors.length)
  let last: { actor: Actor; request: ReturnType<typeof anAllowedRequest> } | undefined
  for (let i = 0; i < actors.length; i++) {
    const actor = actors[(first + i) % actors.length]!
    const acting = actingOf(actor, { applicant: actor.kind === 'person' })
    const request = anAllowedRequest(dossier, acting, process.compiled, pick, dateOfLaw(now))
    if (request === undefined) continue
    if (!dull.has(request.command) || pick(10) === 0) return { actor, request }
    last ??= { actor, request }
  }
  return isEnded(dossier) ? undefined : last
}

// What the policy allows may still be refused, but not for a reason that the policy has looked at.
const ofPolicy = /not-in-this-state|not-your-role|held-by-another|conflict-of-interest|must-be/

test('any sequence of allowed acts keeps the stored row equal to the fold of its journal', async () => {
  const process = (await listProcesses(desk.db)).find(({ key }) => key === 'marital-status')!
  let acts = 0
  await fc.assert(
    fc.asyncProperty(choices, async (numbers) => {
      const pick = chooser(numbers)
      const { dossier } = await desk.file()
      for (let step = 1; step <= numbers.length; step++) {
        const before = await desk.stored(dossier)
        const next = nextAct(before, process, pick, later(step))
        if (next === undefined) break
        const outcome = await desk.dossiers.act(next.actor, dossier.code, next.request!, { now: later(step) })
        if (isRefusal(outcome)) expect(outcome.code).not.toMatch(ofPolicy)
        else acts += 1
        const stored = await desk.stored(dossier)
        if (!isRefusal(outcome)) expect(differences(outcome, stored)).toEqual([])
        expect(differences(await desk.folded(dossier), stored)).toEqual([])
        expectSound(stored)
      }
    }),
    { numRuns: 12, seed: 2026, endOnFailure: true },
  )
  expect(acts).toBeGreaterThan(150)
  const report = await verifyDossiers(desk.db.pool)
  expect(report).toMatchObject({ chainFaults: [], differingRows: [] })
})

test('whatever a well-formed request asks of whatever dossier, it is decided or refused by name', async () => {
  const [process] = await listProcesses(desk.db)
  const calendar = await loadCalendar(desk.db, { authorityCode: 'H99.12' })
  const acting = actingOf(actors[0]!, { applicant: true })
  const filed = decideSubmission(aSubmission(), { now: morning, acting, calendar })
  const { after } = applyEntries('0199d000-0000-7000-8000-000000000001', undefined, filed)
  for (const actor of actors)
    for (const command of commandNames)
      for (const taskNo of [undefined, 1, 99]) {
        const facts = {
          now: morning,
          acting: actingOf(actor, { applicant: true }),
          process: process!.compiled,
          calendar,
          answers: {},
        }
        const outcome = decide(after, sealRequest(aRequest(command, { taskNo })).command, facts)
        if (isRefusal(outcome)) expect(outcome.code).toMatch(/^dossiers\./)
        else expect(outcome.length).toBeGreaterThan(0)
      }
})
