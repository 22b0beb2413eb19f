import { readFile, writeFile } from 'node:fs/promises'
import { accepted, isRefusal } from '../kernel/errors.ts'
import { dateOfLaw } from '../kernel/time.ts'
import { exportPackage, readPackage, tryPackage } from '../modules/changes/index.ts'
import { type Command, options, UsageError } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'write a procedure to a package file, or try one',
  help: `  export --code CODE [--on YYYY-MM-DD] [--to FILE]   the edition in force on a day
  check --file FILE      reads a package as it would run here, and runs its test cases

Installing is done in the studio, where it becomes a draft that a second person reviews.
The exit code is 1 when a package cannot be read or a test case fails.`,
  async run([what, ...args]) {
    if (what === 'export') return write(args)
    if (what === 'check') return check(args)
    throw new UsageError('package knows two words: export and check')
  },
} satisfies Command

async function write(args: string[]): Promise<number> {
  const { code, on, to } = options(args, {
    code: { type: 'string' },
    on: { type: 'string' },
    to: { type: 'string' },
  })
  if (!code) throw new UsageError('--code takes the code of a procedure: 1.001193')
  return withApp(async ({ db, now: clock }) => {
    const now = clock()
    const made = await exportPackage({ db, now }, code, on ?? dateOfLaw(now))
    if (isRefusal(made)) return told(made.code, made.details)
    await writeFile(to ?? made.fileName, made.bytes)
    process.stdout.write(`${to ?? made.fileName}\n`)
    return 0
  })
}

async function check(args: string[]): Promise<number> {
  const { file } = options(args, { file: { type: 'string' } })
  if (!file) throw new UsageError('--file takes the name of a package')
  const read = readPackage(await readFile(file))
  if (isRefusal(read)) return told(read.code, read.details)
  return withApp(async ({ db, now }) => {
    const { problems, tests } = await tryPackage(accepted(read), { db, now: now() })
    for (const { part, at, code, details } of problems) told(`${part} ${at}: ${code}`, details)
    for (const { name, differences, unreadable } of tests?.lines ?? []) {
      const failed = differences.length > 0 || unreadable !== null
      process.stdout.write(`${failed ? '✗' : '✓'} ${name.vi}\n`)
      for (const { what, expected, came } of differences)
        process.stdout.write(`    ${what}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(came)}\n`)
      if (unreadable !== null) process.stdout.write(`    ${unreadable.join('.') || 'cannot be run'}\n`)
    }
    if (tests) process.stdout.write(`${tests.passed} passed, ${tests.failed} failed\n`)
    return problems.length > 0 || (tests?.failed ?? 0) > 0 ? 1 : 0
  })
}

function told(code: string, details: unknown): number {
  process.stderr.write(`✗ ${code} ${JSON.stringify(details)}\n`)
  return 1
}
