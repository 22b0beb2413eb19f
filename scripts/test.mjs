// npm test: from nothing to every check and test. The last line is `N passed, M failed`; what failed stands above it.
// npm test -- <path or vitest words> runs only those tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './setup/checks.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { file, runNode } from './setup/run.mjs'
import { main } from './setup/steps.mjs'
import { readOutcome } from './setup/test-report.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

const words = process.argv.slice(2)
const projects = ['journeys', 'unit']

await main(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  const checks = words.length === 0 ? [await runChecks()] : []
  // A browser waits more than it works: tests without one fill what its stories leave of the machine.
  const tests = words.length === 0 ? await Promise.all(projects.map(runProject)) : [await runTests(words)]
  const outcomes = [...checks, ...tests]
  const failures = outcomes.flatMap((outcome) => outcome.failures)
  if (failures.length > 0) process.stdout.write(`\nHỏng · Failed:\n- ${failures.join('\n- ')}\n\n`)
  const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0)
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
  return failures.length === 0 ? 0 : 1
})

function runProject(name) {
  // Two runs at once draw no screen, but their words may have colours where somebody looks at them.
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  // Stories go one after the other and take longest, so the many small tests give way to them.
  return runTests(['--project', name], { name, beside: true, gives: name === 'unit', env: colour })
}

async function runTests(chosen, { name = 'vitest', beside = false, gives = false, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-report-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code, said } = await runNode(
      [file('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...chosen],
      // A person's NODE_ENV or time zone must not decide what passes.
      { beside, gives, env: { ...process.env, ...env, NODE_ENV: 'test' } },
    )
    return readOutcome(report, { name, code, said })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
