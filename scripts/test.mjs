// npm test: from nothing to every check and test. The last line is `N passed, M failed`.
// npm test -- <path or vitest words> runs only those tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './setup/checks.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { file, runNode } from './setup/run.mjs'
import { main } from './setup/steps.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

const words = process.argv.slice(2)
const projects = ['journeys', 'unit']
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0)

await main(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  const checks = words.length === 0 ? [await runChecks()] : []
  // A browser waits more than it works: tests without one fill what its stories leave of the machine.
  const tests = words.length === 0 ? await Promise.all(projects.map(runProject)) : [await runTests(words)]
  const counts = [...checks, ...tests]
  const passed = sum(counts.map((count) => count.passed))
  const failed = sum(counts.map((count) => count.failed))
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})

function runProject(name) {
  // Two runs at once draw no screen, but their words may have colours where somebody looks at them.
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  return runTests(['--project', name], { beside: true, env: colour })
}

async function runTests(chosen, { beside = false, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-report-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code } = await runNode(
      [file('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...chosen],
      // A person's NODE_ENV or time zone must not decide what passes.
      { beside, env: { ...process.env, ...env, NODE_ENV: 'test' } },
    )
    return count(report, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that could not even be loaded counts as one failure, as does a run that ended badly for another reason. */
function count(report, code) {
  const { testResults = [], numPassedTests: passed = 0, numFailedTests = 0 } = readReport(report)
  const unloaded = testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = numFailedTests + unloaded
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
