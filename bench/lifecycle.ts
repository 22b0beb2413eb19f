// Complete dossiers (filed, accepted, three steps, decided, returned) through the use cases and through the REST API
// with officers' sessions, against the same statements run raw by the same driver with the same concurrency. Rounds
// alternate, so that a busy machine slows all three alike. The last line is one JSON object.
// `--stored 10000,100000,1000000`: finished dossiers to have before each measurement. `--lean`: their rows and first
// entries alone, for ten millions.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type App, createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { restOf } from '../src/http-server.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { accepted } from '../src/kernel/errors.ts'
import { newId } from '../src/kernel/ids.ts'
import { openLog } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { dateOfLaw } from '../src/kernel/time.ts'
import { allOfficers, demonstrationIssuer } from '../src/modules/directory/index.ts'
import type { Dossier, SubmissionInput } from '../src/modules/dossiers/index.ts'
import { findForm } from '../src/modules/forms/index.ts'
import type { Officer } from '../src/modules/identity/index.ts'
import { loadReference } from '../src/reference.ts'
import { aSubmissionOf, theCitizenOf } from '../test/builders/a-filing.ts'
import { loadFinishedDossiers, type Profile } from './load/finished-dossiers.ts'
import { openLifeGenerator } from './load/generator-process.ts'
import { cast, type Part, steps } from './load/life-steps.ts'
import { about, ratio, runAll, type Statement, secondsOf, submissionKeyIn, taking } from './load/replay.ts'
import { signByHand } from './load/sign-by-hand.ts'

const { values: options } = parseArgs({
  options: { stored: { type: 'string', default: '10000,100000' }, lean: { type: 'boolean', default: false } },
})
const sizes = options.stored.split(',').map(Number)
const profile: Profile = options.lean ? 'lean' : 'whole'
const formKey = 'marital-status'
const rounds = Number(process.env.BENCH_ROUNDS ?? 4)
const perRound = Number(process.env.BENCH_N ?? 150)
const concurrency = 16
/** Copies of a life that were made so far. */
let made = 0

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const settings = { max_wal_size: '8GB' }
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const oidc = { OIDC_ISSUER: demonstrationIssuer, OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET: 'a-secret' }
  const config = { ...readConfig(oidc), dataDir: folder }
  const app = await createApp({
    config,
    databaseUrl: server.url,
    secret: 'x'.repeat(40),
    log: openLog('warn'),
  })
  signByHand(app)
  process.stdout.write(`${JSON.stringify(await measureAll(app))}\n`)
  await app.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measureAll(app: App) {
  const stage = await theStage(app)
  const pattern = await live(app, stage)
  const owner = openDatabase(server.url, { max: 1 })
  const measured: Awaited<ReturnType<typeof measure>>[] = []
  let stored = 0
  for (const size of sizes) {
    await loadFinishedDossiers(owner, pattern.id, { from: stored, to: size, profile })
    stored = size
    const one = await measure(app, stage, size)
    process.stderr.write(`${JSON.stringify(one)}\n`)
    measured.push(one)
  }
  await owner.close()
  const [first, last] = [measured[0]!, measured.at(-1)!]
  return {
    ...{ bench: 'lifecycle', profile, lives: rounds * perRound, concurrency, measured },
    /** What a life costs with the most dossiers stored, against the fewest, in the quietest round of each. */
    costRatio: ratio(first.best, last.best),
    ratioToRaw: last.ratioToRaw,
    http: { ratioToRaw: last.http.ratioToRaw },
  }
}

type Stage = Awaited<ReturnType<typeof theStage>>

/** Who acts, with sessions, and what is filed. */
async function theStage(app: App) {
  const officers = await allOfficers(app.db)
  const citizen = theCitizenOf(formKey)
  const cookieOf = async (subject: string, name: string, more: object = {}) =>
    accepted(await app.identity.openSessionFor({ subject, name, assurance: 2, organisations: [], ...more }))
  const actors = {} as Record<Part, Officer>
  const cookies = {} as Record<Part, string>
  for (const [part, id] of Object.entries(cast) as [Part, string][]) {
    const { name, posts } = officers.find(({ officerId }) => officerId === id)!
    actors[part] = { kind: 'officer', officerId: id, name, posts: posts as Officer['posts'] }
    cookies[part] = await cookieOf(id, name)
  }
  const today = dateOfLaw(app.now())
  const form = await findForm(app.db, formKey, { on: today })
  const input: SubmissionInput = await aSubmissionOf(form!.compiled, { today })
  const { name, personalId, dateOfBirth, phone } = citizen
  const cookie = await cookieOf('bench', name, { personalId, dateOfBirth, phone })
  return { citizen, cookie, actors, cookies, input }
}

/** One life through the use cases. */
async function live(app: App, { citizen, actors, input }: Stage): Promise<Dossier> {
  const filed = accepted(await app.dossiers.submit(citizen, input, { key: newId(), now: app.now() }))
  let { dossier } = filed
  for (const { by, request } of steps)
    dossier = accepted(await app.dossiers.act(actors[by], dossier.code, request, { now: app.now() }))
  return dossier
}

async function measure(app: App, stage: Stage, stored: number) {
  const statements = await theStatements(app, stage)
  const http = await serveOn(new Hono().route('/api/v1', restOf(app)))
  const generator = openLifeGenerator()
  const overHttp = (lives: number) =>
    generator.play({
      ...{ port: http.port, origin: app.config.baseUrl, lives, concurrency },
      ...{ citizen: stage.cookie, officers: stage.cookies, filing: JSON.stringify(stage.input) },
    })
  const spent = { useCases: 0, http: 0, raw: 0 }
  let best = Number.POSITIVE_INFINITY
  // The first round warms compilers, caches and prepared statements, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const lives = round === 0 ? 40 : perRound
    const copies = Array.from({ length: lives }, () => statements.fresh())
    const took = {
      useCases: await secondsOf(lives, concurrency, () => live(app, stage)),
      http: (await overHttp(lives)).seconds,
      raw: await secondsOf(lives, concurrency, () => runAll(app.db.pool, copies.pop()!)),
    }
    if (round > 0) best = Math.min(best, took.useCases)
    if (round > 0) for (const key of ['useCases', 'http', 'raw'] as const) spent[key] += took[key]
  }
  generator.stop()
  http.close()
  const lives = rounds * perRound
  const rate = (seconds: number) => Math.round((lives / seconds) * 10) / 10
  return {
    ...{ stored, statements: statements.count, raw: rate(spent.raw), useCases: rate(spent.useCases) },
    best: Math.round((perRound / best) * 10) / 10,
    ratioToRaw: ratio(spent.raw, spent.useCases),
    http: { lives: rate(spent.http), ratioToRaw: ratio(spent.raw, spent.http) },
  }
}

/** The statements that a life runs, taken while one is lived, and the same again under an id and a code of its own. */
async function theStatements(app: App, stage: Stage) {
  await live(app, stage)
  const [taken, { id, code }] = await taking(app.db.pool, () => live(app, stage))
  const usedKey = submissionKeyIn(taken)
  return {
    count: taken.length,
    fresh(): Statement[] {
      made += 1
      const other = `${code.slice(0, -5)}${String(5_000_000 + made)}`
      return about(taken, [
        [id, newId()],
        [code, other],
        [usedKey, newId()],
      ])
    },
  }
}

async function serveOn(hono: Hono) {
  const http = serve({ fetch: hono.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => http.once('listening', resolve))
  return { port: (http.address() as AddressInfo).port, close: () => http.close() }
}
