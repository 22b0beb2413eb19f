// The door of resumable uploads alone, in a process of its own, so that its memory can be watched.
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openDatabase } from '../../src/kernel/db.ts'
import { filesOnDisk, type KeyRing, readKeyRing } from '../../src/kernel/files.ts'
import { appRole } from '../../src/kernel/migrate.ts'
import { tusRoutes } from '../../src/modules/documents/index.ts'

const { databaseUrl, dataDir, sealed } = JSON.parse(process.argv[2]!)
const db = openDatabase(databaseUrl, { role: appRole, max: 8 })
const keys = readKeyRing(`bench:${Buffer.alloc(32, 1).toString('base64')}`) as KeyRing
const routes = tusRoutes({
  door: { db: db.pool, files: filesOnDisk(join(dataDir, 'files'), sealed ? keys : undefined) },
  directory: join(dataDir, 'uploads'),
  now: () => new Date(),
  authorise: async () => ({ kind: 'person', id: 'bench' }),
})
const app = new Hono().route('/files/tus', routes)

const megabyte = 1024 * 1024
let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss() / megabyte)
}, 50).unref()
process.on('message', (word) => {
  if (word === 'forget') peak = 0
  else {
    const { user, system } = process.cpuUsage()
    process.send?.({
      type: 'memory',
      now: process.memoryUsage.rss() / megabyte,
      peak,
      cpu: (user + system) / 1e6,
    })
  }
})
process.once('disconnect', () => process.exit())

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  process.send?.({ type: 'ready', port }),
)
process.once('SIGTERM', () => {
  server.close()
  process.exit()
})
