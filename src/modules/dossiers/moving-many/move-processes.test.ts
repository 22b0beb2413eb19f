import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { migrateJobs, runJobs } from '../../../kernel/jobs.ts'
import { openLog } from '../../../kernel/log.ts'
import { findProcessXml, publicationFacts, publishProcess, withdrawProcess } from '../../processes/index.ts'
import type { Dossier } from '../dossier.ts'
import { verifyDossiers } from '../verify.ts'
import { bulkMoveTasks, runBulkMoves } from './bulk-move-run.ts'
import { addBulkMove, findBulkMove, processMoves } from './bulk-move-store.ts'
import { askForProcessMove } from './move-processes.ts'
import { previewProcessMove } from './preview-process-move.ts'
import { sameSteps } from './process-plan.ts'
import { walk } from './walk.ts'

const desk = await aDesk()
const { act, db, file, officer } = desk
const key = 'marital-status'
const now = new Date('2026-11-19T09:00:00.000Z')
const parts = { db, now: () => now, rest: 0 }
const control = officer('officer-control-1')

// The second version calls the first step "examine", gives it two hours and has a head look at it before the draft.
beforeAll(async () => {
  await migrateJobs(desk.database.url)
  const first = (await findProcessXml(db, key, 1))!
  const second = first
    .replaceAll('"verify"', '"examine"')
    .replace('>verify<', '>examine<')
    .replace('name="Thẩm tra tình trạng hôn nhân, hỏi nơi cư trú cũ"', 'name="Thẩm định hồ sơ"')
    .replace('motcua:hours="12"', 'motcua:hours="2"')
  const third = second.replace('name="Thẩm định hồ sơ"', 'name="Xem xét hồ sơ"')
  for (const [xml, seen, validFrom] of [
    [second, 1, '2026-11-19'],
    [third, 2, '2026-12-01'],
  ] as const) {
    const decision = { number: '12/QĐ-UBND', on: '2026-11-18' }
    const stated = { xml, validFrom, decision, reason: 'Gọn hơn', seen }
    accepted(await publishProcess(control, stated, { db, facts: await publicationFacts(db, now), now }))
  }
})
afterAll(() => desk.db.close())

const same = { draft: 'draft', 'draft-refusal': 'draft-refusal', sign: 'sign', issue: 'issue' }
const plan = { key, from: 1, to: 2, mapping: { ...same, verify: 'examine' } }
const back = { key, from: 2, to: 1, mapping: { ...same, examine: 'verify' } }
const ask = async (more: object = {}) =>
  accepted(
    await askForProcessMove(db, control, { ...plan, reason: 'Gọn hơn', decision: '7/QĐ', ...more }, now),
  )
async function move(more: object = {}) {
  const { id } = await ask(more)
  await runBulkMoves(parts)
  return (await findBulkMove(db.pool, id))!
}
const preview = async (more: object = {}) =>
  accepted(await previewProcessMove(db, { ...plan, ...more }, { now }))

// On this day the first version is in force.
const filed = () => file({ at: new Date('2026-11-18T02:00:00.000Z') })

async function inProgress() {
  const { dossier } = await filed()
  return accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
}
const assigned = async (dossier: Dossier) =>
  accepted(await act(officer(staff.head), dossier, { command: 'assign', officer: staff.specialist }))
const versionOf = async (dossier: Dossier) => (await desk.stored(dossier)).processVersion

async function sound() {
  expect(await verifyDossiers(db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
}

describe('who decides it', () => {
  test.each([staff.reception, staff.leader, staff.control, 'officer-centre-admin-1'])(
    '%s may not',
    async (id) => {
      const asked = { ...plan, reason: 'x', decision: '7/QĐ' }
      expect(await askForProcessMove(db, officer(id), asked, now)).toMatchObject({
        kind: 'forbidden',
        code: 'moving.not-yours',
      })
    },
  )

  test('nor may a citizen, or a signature lent for some procedures', async () => {
    const asked = { ...plan, reason: 'x', decision: '7/QĐ' }
    const posts = control.posts.map((post) => ({ ...post, procedures: ['1.001193'] }))
    for (const actor of [desk.citizen(), { ...control, posts }])
      expect(await askForProcessMove(db, actor, asked, now)).toMatchObject({ kind: 'forbidden' })
  })

  test.each([
    [{ reason: ' ' }, [{ field: 'reason', code: 'missing' }]],
    [{ decision: undefined }, [{ field: 'decision', code: 'missing' }]],
    [{ to: 1 }, [{ field: 'to', code: 'same-version' }]],
    [{ to: 3 }, [{ field: 'to', code: 'not-in-force' }]],
    [{ mapping: { verify: 'verify' } }, [{ field: 'mapping.verify', code: 'no-such-step' }]],
    [{ mapping: { nowhere: 'sign' } }, [{ field: 'mapping.nowhere', code: 'no-such-step' }]],
    [{ mapping: { verify: 'granted' } }, [{ field: 'mapping.verify', code: 'no-such-step' }]],
    // Nobody would have signed what is then issued.
    [{ mapping: { verify: 'issue' } }, [{ field: 'mapping.verify', code: 'skips-decision' }]],
    [{ mapping: { sign: 'issue' } }, [{ field: 'mapping.sign', code: 'skips-decision' }]],
  ])('a plan with %j is refused, by the preview as well', async (more, problems) => {
    const asked = { ...plan, reason: 'x', decision: '7/QĐ', ...more }
    const refused = await askForProcessMove(db, control, asked, now)
    expect(refused).toMatchObject({ code: 'moving.invalid' })
    const found = (refused as { details: { problems: object[] } }).details.problems
    expect(found).toEqual(expect.arrayContaining(problems.map((problem) => expect.objectContaining(problem))))
    if ('to' in more || 'mapping' in more)
      expect(await previewProcessMove(db, asked, { now })).toMatchObject({ code: 'moving.invalid' })
  })

  test('a version that was withdrawn is refused', async () => {
    const withdrawn = { version: 3, reason: 'Chưa chín' }
    const parts = { db, facts: await publicationFacts(db, now), now }
    accepted(await withdrawProcess(control, { key, ...withdrawn }, parts))
    expect(await previewProcessMove(db, { ...plan, to: 3 }, { now })).toMatchObject({
      details: { problems: [{ field: 'to', code: 'withdrawn' }] },
    })
  })

  test('a version that nobody published is refused', async () => {
    expect(await previewProcessMove(db, { ...plan, to: 9 }, { now })).toMatchObject({ kind: 'not-found' })
    expect(await sameSteps(db, { key: 'nowhere', from: 1, to: 2 })).toMatchObject({ kind: 'not-found' })
  })

  test('what has the same id in both versions is known without asking', async () => {
    expect(await sameSteps(db, plan)).toMatchObject(same)
    expect(await sameSteps(db, plan)).not.toHaveProperty('verify')
  })
})

describe('open dossiers', () => {
  test('what the preview says is what happens, and the preview writes nothing', async () => {
    const waiting = (await filed()).dossier
    const held = await assigned(await inProgress())
    const seen = await preview()
    expect(seen).toMatchObject({ complete: true, stays: 0, freed: 0, reasons: [] })
    expect(seen.notBegun).toBeGreaterThan(0)
    expect(seen.steps).toContainEqual({
      step: 'verify',
      to: 'examine',
      open: expect.any(Number),
      moves: seen.steps[0]!.open,
    })
    const example = seen.examples.find(({ code }) => code === held.code)!
    expect(example.tasks).toMatchObject([{ step: 'verify', to: 'examine', from: held.tasks.at(-1)!.dueAt }])
    expect((await desk.stored(held)).sequence).toBe(held.sequence)
    const run = await move()
    expect(run).toMatchObject({
      open: seen.open,
      moved: seen.moves,
      stayed: 0,
      startedAt: now,
      finishedAt: now,
    })
    expect(run).toMatchObject({
      by: 'officer-control-1',
      decision: '7/QĐ',
      reason: 'Gọn hơn',
      kind: 'process',
    })
    const task = (await desk.stored(held)).tasks.at(-1)!
    expect(task).toMatchObject({ stepId: 'examine', name: 'Thẩm định hồ sơ', assignee: staff.specialist })
    expect(task.dueAt).toBe(example.tasks[0]!.dueAt)
    expect([await versionOf(waiting), await versionOf(held)]).toEqual([2, 2])
    await sound()
    await move(back)
  })

  test('go on in the new version to their end', async () => {
    const dossier = await inProgress()
    await move()
    const specialist = officer(staff.specialist)
    const { no } = (await desk.stored(dossier)).tasks.at(-1)!
    const done = { command: 'completeStep' as const, taskNo: no, outcome: 'ok' }
    expect(accepted(await act(specialist, dossier, done)).tasks.at(-1)).toMatchObject({ stepId: 'draft' })
    const view = accepted(await desk.dossiers.view(specialist, dossier.code))
    expect(view.history.find(({ kind }) => kind === 'dossiers.process-changed')).toMatchObject({
      actor: { kind: 'system', id: 'process-move' },
      data: { from: { key, version: 1 }, to: { key, version: 2 }, mapping: plan.mapping },
    })
    await move(back)
  })

  test('go back to what a step done before the move has become, to whoever did it', async () => {
    const dossier = await inProgress()
    const specialist = officer(staff.specialist)
    await assigned(dossier)
    accepted(await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }))
    accepted(await act(specialist, dossier, { command: 'draftResult', draft: { note: 'x' } }))
    accepted(await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }))
    await move()
    const sendBack = { command: 'sendBack' as const, reason: 'Thiếu', toStep: 'examine' }
    const sent = accepted(await act(officer(staff.leader), dossier, sendBack, now))
    expect(sent.tasks.at(-1)).toMatchObject({ stepId: 'examine', assignee: staff.specialist, closedAt: null })
    expect(sent.marking!.tokens).toMatchObject([{ at: 'examine' }])
    await move(back)
  })

  test('at a step that nobody mapped stay, and the run says which', async () => {
    const dossier = await inProgress()
    const run = await move({ mapping: same })
    expect(run.stays).toEqual([
      {
        why: 'step-not-mapped',
        step: 'verify',
        count: expect.any(Number),
        codes: expect.arrayContaining([dossier.code]),
      },
    ])
    expect(run.stayed).toBe(run.stays[0]!.count)
    expect(run.open).toBe(run.moved + run.stayed)
    expect(await versionOf(dossier)).toBe(1)
    await move(back)
  })

  test('that have ended stay with the version that they ended on', async () => {
    const dossier = await inProgress()
    accepted(await act(desk.citizen(), dossier, { command: 'withdraw', reason: 'Không cần nữa' }))
    await move()
    expect(await versionOf(dossier)).toBe(1)
    await move(back)
  })

  test('doing it twice moves nothing the second time', async () => {
    const dossier = await inProgress()
    await move()
    const { sequence } = await desk.stored(dossier)
    expect(await move()).toMatchObject({ open: 0, moved: 0, stayed: 0 })
    expect((await desk.stored(dossier)).sequence).toBe(sequence)
    await move(back)
  })

  test('a preview that stops early says so', async () => {
    await Promise.all([inProgress(), inProgress()])
    const seen = accepted(await previewProcessMove(db, plan, { now, atMost: 1 }))
    expect(seen).toMatchObject({ open: 1, complete: false })
  })
})

describe('others at work meanwhile', () => {
  test('officers win: nobody is overwritten, and every row is its fold', async () => {
    const dossiers = await Promise.all(Array.from({ length: 12 }, inProgress))
    const done = dossiers.map((dossier, i) =>
      act(
        officer(staff.specialist),
        dossier,
        i % 2 === 0 ? { command: 'note', note: 'x' } : { command: 'completeStep', outcome: 'ok' },
        now,
      ),
    )
    await Promise.all([move(), ...done])
    for (const dossier of dossiers) {
      const stored = await desk.stored(dossier)
      expect(stored.processVersion).toBe(2)
      expect(['examine', 'draft']).toContain(stored.tasks.at(-1)!.stepId)
      expect(stored.tasks.at(-1)!.stepId === 'examine' || stored.tasks.at(-2)!.closedAt !== null).toBe(true)
      expect(await desk.folded(dossier)).toEqual(stored)
    }
    await sound()
    await move(back)
  })

  test('what a process left behind when it died goes on, and counts stay whole', async () => {
    const dossiers = await Promise.all(Array.from({ length: 30 }, inProgress))
    const { id } = await ask()
    let times = 0
    const dies = () => {
      times += 1
      if (times === 20) throw new Error('died')
      return now
    }
    await expect(runBulkMoves({ ...parts, now: dies })).rejects.toThrow('died')
    const half = (await findBulkMove(db.pool, id))!
    expect(half.finishedAt).toBeNull()
    expect(half.moved).toBeGreaterThan(0)
    await runBulkMoves(parts)
    const run = (await findBulkMove(db.pool, id))!
    expect(run).toMatchObject({ startedAt: now, finishedAt: now, moved: run.open, stayed: 0 })
    for (const dossier of dossiers) {
      const stored = await desk.stored(dossier)
      expect([stored.processVersion, stored.sequence]).toEqual([2, dossier.sequence + 1])
    }
    await sound()
    await move(back)
  })

  test('a run that cannot be done does not hold up the others', async () => {
    const bad = { plan: { ...plan, to: 99 }, decision: 'x', reason: 'x', by: 'x', askedAt: new Date(0) }
    await addBulkMove(db.pool, { ...bad, id: '00000000-0000-7000-8000-000000000001', kind: 'process' })
    const { id } = await ask()
    await expect(runBulkMoves(parts)).rejects.toThrow('unknown-version')
    expect((await findBulkMove(db.pool, id))!.finishedAt).not.toBeNull()
    await desk.database.pool.query(`delete from dossiers.bulk_move where by = 'x'`)
    await move(back)
  })

  test('the worker takes up what was asked for', async () => {
    const dossier = await inProgress()
    const { id } = await ask()
    const runner = await runJobs(desk.database.url, bulkMoveTasks(parts), openLog('silent'))
    try {
      const finished = async () => expect((await findBulkMove(db.pool, id))!.finishedAt).not.toBeNull()
      await vi.waitFor(finished, { timeout: 30_000, interval: 100 })
    } finally {
      await runner.stop()
    }
    expect(await versionOf(dossier)).toBe(2)
    const runs = await processMoves(db.pool, key)
    expect(runs.find((run) => run.id === id)).toMatchObject({ plan: { from: 1, to: 2 }, finishedAt: now })
    expect(await processMoves(db.pool, key, { limit: 1 })).toHaveLength(1)
    await move(back)
  })
})

test('a walk ends though nothing that it is about can be kept', async () => {
  const dossier = await inProgress()
  let tries = 0
  const counted = await walk({
    db,
    chosen: { name: 'one', condition: 'd.id = $2', values: [dossier.id] },
    decide: async (open) => {
      tries += 1
      return tries > 3 ? null : { dossier: open, entry: {} as never, freed: 0 }
    },
    keep: async () => new Set(),
  })
  expect(counted).toMatchObject({ looked: 1, moved: 0 })
})
