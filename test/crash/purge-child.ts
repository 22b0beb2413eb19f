import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../src/kernel/db.ts'
import { filesOnDisk } from '../../src/kernel/files.ts'
import { runPurges } from '../../src/modules/retention/index.ts'

/* A worker that destroys, says so after each dossier, and is killed from outside. */

const [url, folder, instant] = process.argv.slice(2) as [string, string, string]
await runPurges({
  db: openDatabase(url, { role: 'motcua_app', max: 4 }),
  files: filesOnDisk(folder),
  now: () => new Date(instant),
  baseUrl: 'http://localhost',
  onDossier: async (code) => {
    process.stdout.write(`${code}\n`)
    await sleep(60_000)
  },
})
