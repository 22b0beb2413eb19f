import { fillLogBooks } from '../demonstration/fill-demonstration.ts'
import { lastDays } from '../simulation/filings.ts'
import { simulate } from '../simulation/simulate.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'play invented people and officers over past days and store what became of it',
  help: `  --dossiers N    how many (default 3000)
  --days N        over how many days, ending today (default 365)
  --seed N        the same seed gives the same people and dossiers (default 1)
  --finished      store only dossiers that have ended

Only in demonstration mode. Every dossier goes through the same rules as a real one.`,
  async run(args) {
    const given = options(args, {
      dossiers: { type: 'string' },
      days: { type: 'string' },
      seed: { type: 'string' },
      finished: { type: 'boolean', default: false },
    })
    const count = wholeNumber(given.dossiers, 'dossiers', 3000)
    const days = wholeNumber(given.days, 'days', 365)
    const seed = wholeNumber(given.seed, 'seed', 1)
    return withApp(async (app) => {
      if (!app.config.demonstration.on)
        throw new UsageError('simulate runs only in demonstration mode (MOTCUA_DEMO=yes)')
      const now = app.now()
      const begun = performance.now()
      const onProgress = (stored: number) => process.stderr.write(`\r${stored} / ${count}`)
      const playing = simulate(app.db, {
        span: lastDays(days, count, now),
        seed,
        now,
        finishedOnly: given.finished ?? false,
        onProgress,
      })
      const stored = await playing.catch(explainRepeat)
      await fillLogBooks(app)
      process.stderr.write(`\r${stored} dossiers in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
      return 0
    })
  },
} satisfies Command

// The same seed makes the same dossiers, with the same ids.
function explainRepeat(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint === 'dossier_pkey')
    throw new UsageError('this seed has been played in this database already; choose another with --seed')
  throw error
}
