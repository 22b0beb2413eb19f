import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readOutcome } from '../scripts/setup/test-report.mjs'

const folder = mkdtempSync(join(tmpdir(), 'motcua-outcome-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const passing = { name: 'a.test.ts', status: 'passed', assertionResults: [] }

function reportOf(testResults: object[]): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify({ numPassedTests: 7, testResults }))
  return path
}

describe('the end of npm test', () => {
  test('names a test that failed with the first line of why', () => {
    const failed = { status: 'failed', fullName: 'a clock stands still', failureMessages: ['it ran\n at x'] }
    const report = reportOf([{ ...passing, status: 'failed', assertionResults: [failed] }])
    const { passed, failures } = readOutcome(report, { name: 'unit', code: 1 })
    expect(passed).toBe(7)
    expect(failures).toEqual([expect.stringMatching(/a\.test\.ts > a clock stands still: it ran$/)])
  })

  test('names a file that could not be loaded', () => {
    const report = reportOf([{ ...passing, status: 'failed', message: 'no such module' }])
    const { failures } = readOutcome(report, { name: 'unit', code: 1 })
    expect(failures).toEqual([expect.stringMatching(/a\.test\.ts: no such module$/)])
  })

  test('says how a run ended badly though no test failed', () => {
    const said = 'all well\n\u001b[31mUnhandled Errors\u001b[39m\nError: Connection terminated\n'
    const { failures } = readOutcome(reportOf([passing]), { name: 'journeys', code: 137, said })
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain('journeys ended with code 137 (signal 9), though no test failed')
    expect(failures[0]).toContain('Unhandled Errors\nError: Connection terminated')
  })

  test('counts nothing where all is well', () => {
    expect(readOutcome(reportOf([passing]), { name: 'unit', code: 0 })).toEqual({ passed: 7, failures: [] })
  })
})
