import { existsSync } from 'node:fs'
import { inRoot } from './place.mjs'
import { file, runNode } from './run.mjs'
import { step } from './steps.mjs'

/** Format, lint and types over the whole repository; returns how many of the checks passed, and which failed. */
export async function runChecks() {
  const typegen = () =>
    runNode([file('node_modules', '@react-router', 'dev', 'bin.cjs'), 'typegen'], { quiet: true })
  if (existsSync(inRoot('react-router.config.ts'))) await typegen()
  const results = [
    await check(
      'Định dạng và lint',
      'Format and lint',
      ['node_modules', '@biomejs', 'biome', 'bin', 'biome'],
      ['check', '--error-on-warnings', '--diagnostic-level=warn'],
    ),
    await check('Kiểu dữ liệu', 'Types', ['node_modules', 'typescript', 'bin', 'tsc'], ['--noEmit']),
  ]
  const failures = results.filter((failure) => failure !== undefined)
  return { passed: results.length - failures.length, failures }
}

function check(vi, en, tool, words) {
  return step(vi, en, async () => {
    const { code, said } = await runNode([file(...tool), ...words], { quiet: true })
    if (code !== 0) process.stdout.write(`${said.trim()}\n`)
    return code === 0 ? undefined : `${vi} · ${en}: npm run check`
  })
}
