// Open dossiers moved to another version of their process and to another authority, while people file at a steady
// rate: how long each takes, and what it does to the filings.
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { App } from '../../src/app.ts'
import { restOf } from '../../src/http-server.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { migrateJobs } from '../../src/kernel/jobs.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { allOfficers, listAuthorities } from '../../src/modules/directory/index.ts'
import {
  askForProcessMove,
  findBulkMove,
  followReorganisation,
  runBulkMoves,
} from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import type { Officer } from '../../src/modules/identity/index.ts'
import { findProcessXml, publicationFacts, publishProcess } from '../../src/modules/processes/index.ts'
import { aSubmissionOf, theCitizenOf } from '../../test/builders/a-filing.ts'
import { cpuSecondsOf } from '../load/cpu-of-server.ts'
import { openSteadyGenerator } from '../load/generator-process.ts'
import { loadOpenDossiers } from '../load/open-dossiers.ts'

const open = Number(process.env.BENCH_OPEN ?? 100_000)
const perSecond = Number(process.env.BENCH_RATE ?? 20)
const quietSeconds = Number(process.env.BENCH_QUIET ?? 20)
const key = 'birth-registration'

export async function measureMoves(app: App, ownerUrl: string) {
  await migrateJobs(ownerUrl)
  const owner = openDatabase(ownerUrl, { max: 1 })
  await loadOpenDossiers(owner, open, (stored) => process.stderr.write(`\rstored ${stored} of ${open}`))
  await owner.pool.query('checkpoint')
  await owner.close()
  const filings = await theFilings(app)
  await filings.during(new Promise((resolve) => setTimeout(resolve, 5000)))
  const toVersion = await measured(app, filings, () => toNextVersion(app))
  const toHeir = await measured(app, filings, () => toOneHeir(app))
  await filings.stop()
  return {
    ...{ open, filingsPerSecond: perSecond, toVersion, toHeir },
    seconds: tenths(toVersion.seconds + toHeir.seconds),
    budgetSeconds: tenths((open / 100_000) * 120),
  }
}

/** The version after this one asks for other hours of its first step. */
async function toNextVersion(app: App): Promise<void> {
  const now = app.now()
  const found = (await allOfficers(app.db)).find(({ officerId }) => officerId === 'officer-control-1')!
  const { officerId, name } = found
  const control: Officer = { kind: 'officer', officerId, name, posts: found.posts as Officer['posts'] }
  const xml = (await findProcessXml(app.db, key, 1))!.replace('motcua:hours="', 'motcua:hours="1')
  const today = dateOfLaw(now)
  const stated = { xml, validFrom: today, decision: { number: '1/QĐ', on: today }, reason: 'Đo', seen: 1 }
  const parts = { db: app.db, facts: await publicationFacts(app.db, now), now }
  const { version } = accepted(await publishProcess(control, stated, parts))
  const mapping = { verify: 'verify' }
  const plan = { key, from: 1, to: version, mapping, reason: 'Đo', decision: '1/QĐ' }
  const { id } = accepted(await askForProcessMove(app.db, control, plan, now))
  await runBulkMoves({ db: app.db, now: app.now })
  const run = await findBulkMove(app.db.pool, id)
  if (run?.moved !== open) throw new Error(`${run?.moved} of ${open} moved`)
}

async function toOneHeir(app: App): Promise<void> {
  const authorities = await listAuthorities(app.db, { kinds: ['commune', 'department'] })
  const moves = authorities.map(({ code }) => ({ from: code, to: 'H99.99' }))
  const stated = { id: newId(), decision: '2/QĐ', effectiveOn: dateOfLaw(app.now()), officers: new Map() }
  const done = accepted(await followReorganisation({ db: app.db, now: app.now }, { ...stated, moves }))
  if (done.moved < open) throw new Error(`${done.moved} of ${open} moved`)
}

type Filings = Awaited<ReturnType<typeof theFilings>>

/** A citizen who files over HTTP again and again. */
async function theFilings(app: App) {
  const citizen = theCitizenOf('marital-status')
  const { name, personalId, dateOfBirth, phone, assurance } = citizen
  const profile = { subject: 'bench', name, personalId, dateOfBirth, phone, assurance, organisations: [] }
  const cookie = accepted(await app.identity.openSessionFor(profile))
  const today = dateOfLaw(app.now())
  const form = await findForm(app.db, 'marital-status', { on: today })
  const body = JSON.stringify(await aSubmissionOf(form!.compiled, { today }))
  const http = serve({
    fetch: new Hono().route('/api/v1', restOf(app)).fetch,
    port: 0,
    hostname: '127.0.0.1',
  })
  await new Promise((resolve) => http.once('listening', resolve))
  const { port } = http.address() as AddressInfo
  const headers = { cookie, origin: app.config.baseUrl, 'sec-fetch-site': 'same-origin' }
  const generator = openSteadyGenerator()
  const some = async (seconds: number) =>
    (await generator.play({ port, path: '/api/v1/dossiers', headers, body, perSecond, seconds })).milliseconds
  return {
    some,
    /** How long those took that were filed while something went on. */
    async during(work: Promise<unknown>): Promise<number[]> {
      let going = true
      const ended = work.finally(() => {
        going = false
      })
      ended.catch(() => undefined)
      const all: number[] = []
      while (going) all.push(...(await some(2)))
      await ended
      return all
    },
    async stop() {
      generator.stop()
      http.close()
    },
  }
}

async function measured(app: App, filings: Filings, move: () => Promise<void>) {
  const before = await filings.some(quietSeconds)
  const dataDir = join(app.config.dataDir, 'postgres')
  const cpu = { own: process.cpuUsage(), database: cpuSecondsOf(dataDir) }
  const begun = performance.now()
  let seconds = 0
  const during = await filings.during(
    move().then(() => {
      seconds = (performance.now() - begun) / 1000
    }),
  )
  const { user, system } = process.cpuUsage(cpu.own)
  const database = cpuSecondsOf(dataDir)
  const after = await filings.some(quietSeconds)
  const quiet = [...before, ...after]
  return {
    seconds: tenths(seconds),
    dossiersPerSecond: Math.round(open / seconds),
    /** Seconds of a core, the filings meanwhile included. */
    ownCpuSeconds: tenths((user + system) / 1e6),
    ...(database !== undefined && { databaseCpuSeconds: tenths(database - cpu.database!) }),
    filings: {
      quiet: { p50: percentile(quiet, 50), p95: percentile(quiet, 95) },
      meanwhile: { p50: percentile(during, 50), p95: percentile(during, 95), count: during.length },
      p95Ratio: tenths(percentile(during, 95) / percentile(quiet, 95)),
    },
  }
}

const percentile = (values: readonly number[], share: number) =>
  tenths(values.toSorted((a, b) => a - b)[Math.floor((values.length * share) / 100)]!)

const tenths = (value: number) => Math.round(value * 10) / 10
