import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { states } from './dossier.ts'
import { policyTable } from './policy-table.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/life-of-a-dossier.md'), 'utf8')

test('docs/life-of-a-dossier.md shows the policy in force (npm run -s motcua -- policy --write)', () => {
  expect(page).toContain(policyTable())
})

test('it tells of every state', () => {
  for (const state of states) expect(page).toContain(state)
})
