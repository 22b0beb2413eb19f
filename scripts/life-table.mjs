// Writes the table of docs/life-of-a-dossier.md anew after the policy of dossiers changed: node scripts/life-table.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyTable } from '../src/modules/dossiers/policy-table.ts'

const path = join(import.meta.dirname, '../docs/life-of-a-dossier.md')
const text = readFileSync(path, 'utf8')
const table = /(<!-- table -->\n)[\s\S]*(\n<!-- end of table -->)/
writeFileSync(
  path,
  text.replace(table, (_, before, after) => `${before}${policyTable()}${after}`),
)
