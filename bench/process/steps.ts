// Steps of the building permit, with work in parallel and timers, through the use cases, against the same statements
// run raw, and against an engine that keeps its processes in memory and saves their state to the same PostgreSQL.
import type { App } from '../../src/app.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { allOfficers } from '../../src/modules/directory/index.ts'
import type { Dossier, Request, Role } from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import type { Officer } from '../../src/modules/identity/index.ts'
import { aSubmissionOf } from '../../test/builders/a-filing.ts'
import { about, ratio, runAll, type Statement, secondsOf, submissionKeyIn, taking } from '../load/replay.ts'
import { openPeer } from './peer.ts'

const formKey = 'building-permit'
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const perRound = Number(process.env.BENCH_N ?? 100)
const sideBySide = 16

/** The work of one permit: who, and which step ends. */
const work: readonly { by: Role; step: string; also?: Request }[] = [
  { by: 'head', step: 'assign' },
  { by: 'specialist', step: 'site' },
  { by: 'specialist', step: 'planning' },
  { by: 'specialist', step: 'conclude' },
  { by: 'specialist', step: 'draft', also: { command: 'draftResult', draft: { note: 'Theo hồ sơ' } } },
  { by: 'head', step: 'review' },
  { by: 'leader', step: 'sign' },
  { by: 'clerk', step: 'issue' },
]

/** Steps a second of each way, and their ratios. */
export async function measureSteps(app: App) {
  const stage = await theStage(app)
  // The first life warms statements and remembers editions; the second is the pattern.
  await finish(app, stage, await begun(app, stage))
  const [setting, dossier] = await taking(app.db.pool, () => begun(app, stage))
  const [steps, ended] = await taking(app.db.pool, () => finish(app, stage, dossier))
  const key = submissionKeyIn(setting)
  let made = 0
  /** The statements of another permit: those that bring it to its first step, and those of its steps. */
  const copy = (): [Statement[], Statement[]] => {
    made += 1
    const code = `${ended.code.slice(0, -5)}${String(6_000_000 + made)}`
    const swaps: [string, string][] = [
      [ended.id, newId()],
      [ended.code, code],
      [key, newId()],
    ]
    return [about(setting, swaps), about(steps, swaps)]
  }
  const peer = openPeer(
    app.db,
    work.map(({ step }) => step),
  )
  const spent = { useCases: 0, raw: 0, inMemory: 0, recovered: 0 }
  for (let round = 0; round <= rounds; round++) {
    const lives = round === 0 ? 20 : perRound
    const dossiers: Dossier[] = []
    for (let i = 0; i < lives; i++) dossiers.push(await begun(app, stage))
    const copies = Array.from({ length: lives }, copy)
    for (const [before] of copies) await runAll(app.db.pool, before)
    const took = {
      useCases: await secondsOf(lives, sideBySide, () => finish(app, stage, dossiers.pop()!)),
      raw: await secondsOf(lives, sideBySide, () => runAll(app.db.pool, copies.pop()![1])),
      inMemory: await secondsOf(lives, sideBySide, peer.liveInMemory),
      recovered: await secondsOf(lives, sideBySide, peer.liveRecovered),
    }
    if (round === 0) {
      await mustBeDecided(app, made)
      continue
    }
    for (const way of ['useCases', 'raw', 'inMemory', 'recovered'] as const) spent[way] += took[way]
  }
  const rate = (seconds: number) => Math.round((rounds * perRound * work.length) / seconds)
  return {
    ...{ steps: rounds * perRound * work.length, sideBySide, statements: steps.length },
    ...{ useCases: rate(spent.useCases), raw: rate(spent.raw) },
    peer: { inMemory: rate(spent.inMemory), recovered: rate(spent.recovered) },
    ratioToRaw: ratio(spent.raw, spent.useCases),
    ratioToInMemory: ratio(spent.inMemory, spent.useCases),
    ratioToRecovered: ratio(spent.recovered, spent.useCases),
  }
}

// Statements that changed nothing would be fast.
async function mustBeDecided(app: App, copies: number): Promise<void> {
  const { rows } = await app.db.pool.query(
    `select count(*)::int as n from dossiers.dossier where state = 'decided' and code ~ '-6[0-9]{6}$'`,
  )
  if (rows[0].n < copies) throw new Error(`only ${rows[0].n} of ${copies} copies were decided`)
}

type Stage = Awaited<ReturnType<typeof theStage>>

async function theStage(app: App) {
  const officers = await allOfficers(app.db)
  const form = await findForm(app.db, formKey, { on: dateOfLaw(app.now()) })
  const input = await aSubmissionOf(form!.compiled, { today: dateOfLaw(app.now()) })
  const holder = (authority: string, role: Role): Officer => {
    const found = officers.find(({ posts }) =>
      posts.some((post) => post.authorityCode === authority && post.roles.some((each) => each === role)),
    )!
    const { officerId, name, posts } = found
    return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
  }
  return { input: { ...input, applicant: { name: 'Nguyễn Thị Xây', phone: '0912345678' } }, holder }
}

/** A permit filed at the counter and accepted: its first step is open. */
async function begun(app: App, { input, holder }: Stage): Promise<Dossier> {
  const reception = holder('H99.12', 'reception')
  const options = { key: newId(), now: app.now() }
  const { dossier } = accepted(await app.dossiers.submit(reception, input, options))
  return accepted(await app.dossiers.act(reception, dossier.code, { command: 'accept' }, options))
}

/** Does all the work of a permit. */
async function finish(app: App, { holder }: Stage, begun: Dossier): Promise<Dossier> {
  let dossier = begun
  for (const { by, step, also } of work) {
    const actor = holder(dossier.competent, by)
    const act = async (request: Request) => {
      dossier = accepted(await app.dossiers.act(actor, dossier.code, request, { now: app.now() }))
    }
    const taskNo = dossier.tasks.find(({ stepId, closedAt }) => stepId === step && closedAt === null)!.no
    if (also) await act(also)
    await act(
      step === 'sign' ? { command: 'approve', taskNo } : { command: 'completeStep', taskNo, outcome: 'ok' },
    )
  }
  return dossier
}
