import { readConfig } from '../config.ts'
import { openDatabase } from '../kernel/db.ts'
import { loadReference } from '../reference.ts'
import { type Command, options } from './command.ts'
import { openConfiguredDatabase } from './database.ts'

export default {
  summary: 'load the reference data that has changed',
  help: '  --no-demonstration   without the sample province',
  async run(args) {
    const given = options(args, { 'no-demonstration': { type: 'boolean', default: false } })
    const database = await openConfiguredDatabase(readConfig())
    const db = openDatabase(database.url, { max: 2 })
    try {
      for (const name of await loadReference(db, { demonstration: !given['no-demonstration'] }))
        process.stdout.write(`${name}\n`)
    } finally {
      await db.close()
      await database.stop()
    }
    return undefined
  },
} satisfies Command
