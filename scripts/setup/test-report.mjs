import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './place.mjs'

/**
 * What a run of tests came to: how many passed and failed, and for each failure a line that says what and why. A file
 * that could not even be loaded counts as one failure, as does a run that ended badly though every test passed.
 */
export function readOutcome(report, { name, code, said }) {
  const { testResults = [], numPassedTests: passed = 0 } = readReport(report)
  const failures = testResults.flatMap(failuresOf)
  if (failures.length === 0 && code !== 0) failures.push(badEnd(name, code, said))
  return { passed, failures }
}

function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`]
  return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

// Errors outside of tests stand in no report, only in what the run printed.
function badEnd(name, code, said) {
  const words = plain(said ?? '').split('\n')
  const telling = /Unhandled|Uncaught|error during close|close timed out|Startup Error|Error: /
  const at = words.findIndex((line) => telling.test(line))
  const why = at < 0 ? 'it printed no error' : words.slice(at, at + 12).join('\n')
  return `${name} ended with code ${code}${code > 128 ? ` (signal ${code - 128})` : ''}, though no test failed: ${why}`
}

const firstLine = (text = '') => plain(text).trim().split('\n')[0].slice(0, 300)

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const plain = (text) => text.replaceAll(escapes, '')

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
