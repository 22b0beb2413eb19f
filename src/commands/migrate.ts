import { readConfig } from '../config.ts'
import { migrateJobs } from '../kernel/jobs.ts'
import { migrate } from '../kernel/migrate.ts'
import type { Command } from './command.ts'
import { openConfiguredDatabase } from './database.ts'

export default {
  summary: 'bring the database up to date, forward only',
  help: 'Prints the files that were applied. Running it again changes nothing.',
  async run() {
    const database = await openConfiguredDatabase(readConfig())
    try {
      for (const name of await migrate(database.url)) process.stdout.write(`${name}\n`)
      await migrateJobs(database.url)
    } finally {
      await database.stop()
    }
    return undefined
  },
} satisfies Command
