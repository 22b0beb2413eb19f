import { writeFileSync } from 'node:fs'
import { drawMigrations } from '../kernel/schema-picture.ts'
import { type Command, options } from './command.ts'

export default {
  summary: 'print the picture of the migrated database, or write it to db/schema.sql',
  help: '  --write   write db/schema.sql',
  async run(args) {
    const { write } = options(args, { write: { type: 'boolean', default: false } })
    const picture = await drawMigrations()
    if (write) writeFileSync(new URL('../../db/schema.sql', import.meta.url), picture)
    else process.stdout.write(picture)
    return undefined
  },
} satisfies Command
