// Processes: steps a second through the use cases, compiling and checking models, moving open dossiers.
// `--only steps,…` measures some of them. The last line is one JSON object.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type App, createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { openLog } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { demonstrationIssuer } from '../src/modules/directory/index.ts'
import { loadReference } from '../src/reference.ts'
import { signByHand } from './load/sign-by-hand.ts'
import { measureModels } from './process/models.ts'
import { measureMoves } from './process/moves.ts'
import { measureSteps } from './process/steps.ts'

const parts: Record<string, (app: App, ownerUrl: string) => Promise<unknown>> = {
  steps: measureSteps,
  models: measureModels,
  moves: measureMoves,
}

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const wanted = options.only?.split(',') ?? Object.keys(parts)

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const server = await startEmbeddedPostgres({
  dataDir: join(folder, 'postgres'),
  settings: { max_wal_size: '8GB' },
})
try {
  await migrate(server.url)
  await loadReference(server.url)
  const owner = openDatabase(server.url, { max: 1 })
  // What the peer saves to; nothing of the product.
  await owner.pool.query(
    `create schema bench; create table bench.peer (id uuid primary key, state jsonb);
     grant usage on schema bench to motcua_app; grant select, insert, update on bench.peer to motcua_app`,
  )
  await owner.close()
  const oidc = { OIDC_ISSUER: demonstrationIssuer, OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET: 'a-secret' }
  const config = { ...readConfig(oidc), dataDir: folder }
  const app = await createApp({
    config,
    databaseUrl: server.url,
    secret: 'x'.repeat(40),
    log: openLog('warn'),
  })
  signByHand(app)
  const measured: Record<string, unknown> = { bench: 'process' }
  for (const name of wanted) {
    measured[name] = await parts[name]!(app, server.url)
    process.stderr.write(`${JSON.stringify({ [name]: measured[name] })}\n`)
  }
  process.stdout.write(`${JSON.stringify(measured)}\n`)
  await app.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
