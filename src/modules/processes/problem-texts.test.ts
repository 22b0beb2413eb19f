import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { processes as en } from '../../messages/processes.en.ts'
import { processes as vi } from '../../messages/processes.vi.ts'

const here = import.meta.dirname
const sources = globSync('{compile-process,compiling/*,checking/*}.ts', { cwd: here })
const named = /(?:note|notReadable)\('([a-z-]+)'|about\(process, '([a-z-]+)'|code: '([a-z-]+)'/g
const codes = sources.flatMap((file) =>
  [...readFileSync(join(here, file), 'utf8').matchAll(named)].map(([, a, b, c]) => a ?? b ?? c!),
)
// Named by the kind of event or attribute.
const composed = [
  'role-missing',
  'error-uncaught',
  'escalation-uncaught',
  'error-code-missing',
  'escalation-code-missing',
  'deadlock',
  'tokens-left',
]

test.each([...new Set([...codes, ...composed])].toSorted())('%s has a text in both languages', (code) => {
  expect(vi.problem).toHaveProperty(code)
  expect(en.problem).toHaveProperty(code)
})
