import { rebuildTimes } from '../modules/reform/index.ts'
import { type Command, options } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'make the figures of where time goes anew',
  help: `  After hours of work were put right, or much was loaded at once: what motcua verify finds to differ is made again
  from rows and journal, in short transactions, beside people who work.`,
  run: (args) => {
    options(args, {})
    return withApp(async ({ db }) => {
      const count = await rebuildTimes(db)
      process.stdout.write(`${count} dossiers\n`)
      return 0
    })
  },
} satisfies Command
