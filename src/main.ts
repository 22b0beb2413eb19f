import { type Command, UsageError } from './commands/command.ts'
import { ConfigError } from './config.ts'
import { explainFailure } from './kernel/boot.ts'

/** Each command is loaded only when it is asked for. */
const commands: Record<string, () => Promise<{ default: Command }>> = {
  serve: () => import('./commands/serve.ts'),
  web: () => import('./commands/web.ts'),
  worker: () => import('./commands/worker.ts'),
  migrate: () => import('./commands/migrate.ts'),
  load: () => import('./commands/load.ts'),
  verify: () => import('./commands/verify.ts'),
  'verify-paper': () => import('./commands/verify-paper.ts'),
  simulate: () => import('./commands/simulate.ts'),
  clock: () => import('./commands/clock.ts'),
  calendar: () => import('./commands/calendar.ts'),
  reorganise: () => import('./commands/reorganise.ts'),
  index: () => import('./commands/index.ts'),
  policy: () => import('./commands/policy.ts'),
  files: () => import('./commands/files.ts'),
  layouts: () => import('./commands/layouts.ts'),
  archive: () => import('./commands/archive.ts'),
  package: () => import('./commands/package.ts'),
  times: () => import('./commands/times.ts'),
  token: () => import('./commands/token.ts'),
  schema: () => import('./commands/schema.ts'),
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof ConfigError)
    process.stderr.write(`\nCấu hình chưa đúng · The configuration is wrong:\n${error.message}\n`)
  else if (error instanceof UsageError || error instanceof RangeError)
    process.stderr.write(`motcua: ${error.message}\n`)
  else explainFailure(error)
  return error instanceof UsageError ? 2 : 1
})

async function main([name, ...args]: string[]): Promise<number> {
  const load = name === undefined ? undefined : commands[name]
  if (load === undefined) return overview(name)
  const { default: command } = await load()
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`motcua ${name}: ${command.summary}\n\n${command.help}\n`)
    return 0
  }
  return (await command.run(args)) ?? 0
}

async function overview(name: string | undefined): Promise<number> {
  const asked = name === undefined || name === '--help' || name === 'help'
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([each, load]) => `  ${each.padEnd(14)}${(await load()).default.summary}`,
    ),
  )
  const text = `motcua <command> [options]\n\n${lines.join('\n')}\n\nmotcua <command> --help tells more.\n`
  if (!asked) process.stderr.write(`motcua: there is no command "${name}"\n\n`)
  ;(asked ? process.stdout : process.stderr).write(text)
  return asked ? 0 : 2
}
